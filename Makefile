# The project's commands. Everything is installed into .venv; nothing else on the machine changes.

PYTHON ?= python3
BIN := .venv/bin
FRONTEND := $(shell find service/frontend -type f -not -path '*/node_modules/*' -not -name '*.pyc')

.DEFAULT_GOAL := help
.PHONY: help install run test format lint types imports illustrative coverage bench lock clean

help: ## List these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

install: .venv/installed ## Install the service into .venv

run: .venv/installed ## Load the sample, publish it, and serve it until Ctrl-C
	@$(BIN)/gmkg init && $(BIN)/gmkg load --all && $(BIN)/gmkg publish >/dev/null
	@exec $(BIN)/gmkg serve

test: .venv/testable lint types imports ## Check format, lint, types and imports, and run all tests
	$(BIN)/pytest

format: .venv/testable ## Put the code into its one format
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

lint: .venv/testable ## Check format and lint
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: .venv/testable ## Check types
	$(BIN)/mypy

imports: .venv/testable ## Check which package imports which
	$(BIN)/lint-imports

illustrative: .venv/testable ## Make the records of the illustrative world anew
	$(BIN)/python -m tests.illustrative

coverage: .venv/testable ## Say what becomes of real publishers’ files beside this folder
	$(BIN)/python -m tests.coverage

bench: .venv/testable ## Measure beside other programs; FULL=1: loading of up to a million records, in three hours; QUICK=1: the endpoint in two minutes
	@$(BIN)/python -m tests.benchmarks.first_byte
	@$(BIN)/python -m tests.benchmarks.questions
	@$(BIN)/python -m tests.benchmarks.loading $(if $(FULL),--full)
	@$(BIN)/python -m tests.benchmarks.endpoint $(if $(QUICK),--quick)

lock: ## Choose versions anew (needs uv)
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --universal pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --universal pyproject.toml --group test --group benchmark --constraint requirements.lock \
	  --output-file tests/requirements.lock

clean: ## Remove what was installed and built, but no data
	rm -rf .venv service/static/dist service/frontend/node_modules

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python requirements.lock pyproject.toml $(FRONTEND)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/testable: .venv/installed tests/requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.lock
	@touch $@
