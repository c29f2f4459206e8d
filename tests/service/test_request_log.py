"""The log of requests: which are worth a line, and what a line never says."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from service.app import create_app
from service.query_runner import QueryRunner
from service.request_log import is_logged, log_to_stderr
from service.settings import Settings
from tests.service.conftest import ASSETS
from tests.service.conftest_audiences import make_tokens, publish_for_all, views
from tests.service.conftest_edge import Live, eventually, live

MEMBERS = {
    "time",
    "id",
    "method",
    "route",
    "status",
    "ms",
    "bytes",
    "audience",
    "token",
    "client",
}


def make(settings: Settings, runner: QueryRunner) -> Flask:
    return create_app(replace(settings, request_log="all"), runner, ASSETS)


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    data: Path = tmp_path_factory.mktemp("logged")
    publish_for_all(data, "20250102T030405Z-00000001", views())
    with live(data, make=make) as running:
        yield running


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[dict[str, object]]]:
    """What is logged of requests from now on."""
    read: list[dict[str, object]] = []

    class Reading(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            read.append(json.loads(record.getMessage()))

    log, handler = logging.getLogger("gmkg.requests"), Reading()
    log.addHandler(handler)
    with caplog.at_level(logging.INFO, "gmkg.requests"):
        yield read
    log.removeHandler(handler)


@pytest.mark.parametrize(
    ("mode", "status", "seconds", "logged"),
    [
        ("off", 500, 60.0, False),
        ("slow", 200, 0.5, False),
        ("slow", 404, 0.5, False),
        ("slow", 200, 1.5, True),
        ("slow", 503, 0.1, True),
        ("slow", 0, 5.0, True),
        ("all", 304, 0.0, True),
    ],
)
def test_what_is_worth_a_line(mode: str, status: int, seconds: float, logged: bool) -> None:
    assert is_logged(mode, status, seconds) == logged


def test_a_line_tells_what_an_operator_needs(edge: Live, lines: list[dict[str, object]]) -> None:
    reply = edge.ask("/doc/organisation/GB-LAE-MAN?format=ttl", X_Request_Id="mine")
    eventually(lambda: bool(lines))
    (line,) = lines
    assert line.keys() == MEMBERS | {"path"}
    assert datetime.fromisoformat(str(line["time"])).tzinfo is not None
    assert (line["id"], line["method"], line["route"]) == ("mine", "GET", "/doc/{path}")
    assert (line["status"], line["bytes"]) == (200, len(reply.body))
    assert (line["audience"], line["token"], line["client"]) == ("public", None, "127.0.0.1")
    assert line["path"] == "/doc/organisation/GB-LAE-MAN"


def test_the_id_is_the_one_that_the_client_was_told(
    edge: Live, lines: list[dict[str, object]]
) -> None:
    reply = edge.ask("/prefixes.ttl")
    eventually(lambda: bool(lines))
    assert lines[0]["id"] == reply.headers["x-request-id"]


def test_no_query_and_no_token_is_ever_logged(edge: Live, lines: list[dict[str, object]]) -> None:
    token = make_tokens(edge.data)["partner"]
    bearer = f"Bearer {token}"
    edge.ask(
        "/sparql?query=ASK%7B%3Fa%20%3Chttp://secret.example/%3E%20%3Fb%7D", Authorization=bearer
    )
    edge.ask("/search?q=secret")
    edge.ask("/doc/organisation/secret", Authorization=bearer)
    edge.ask(
        "/sparql",
        "POST",
        b"ASK { <urn:secret> ?p ?o }",
        Content_Type="application/sparql-query",
        Authorization=bearer,
    )
    eventually(lambda: len(lines) == 4)
    assert "secret" not in json.dumps(lines)
    assert token.rpartition("_")[2] not in json.dumps(lines)
    assert [line["audience"] for line in lines] == ["partner", "public", "partner", "partner"]
    assert lines[0]["token"] == token.split("_")[1]


def test_a_line_on_stderr_is_json_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    log = logging.getLogger("gmkg.requests")
    before = log.handlers, log.level, log.propagate
    try:
        log_to_stderr()
        log.info("%s", '{"a": 1}')
        assert capsys.readouterr().err == '{"a": 1}\n'
    finally:
        log.handlers, log.propagate = before[0], before[2]
        log.setLevel(before[1])
