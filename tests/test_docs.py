"""The documents keep up with the program."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from loaders.formats import FORMATS
from loaders.issues import RULES
from service.cli import main
from service.settings import Settings, variable_of

ROOT = Path(__file__).parents[1]
OPERATING = (ROOT / "docs" / "operating.md").read_text()
RECORD_CSV = (ROOT / "docs" / "record-csv.md").read_text()


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_documented(command: str) -> None:
    assert f"`gmkg {command}`" in OPERATING


@pytest.mark.parametrize("setting", [field.name for field in fields(Settings)])
def test_every_setting_is_documented(setting: str) -> None:
    assert f"`{variable_of(setting)}`" in OPERATING


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_documented_with_its_columns(name: str) -> None:
    if not name.startswith("digital-land"):
        (section,) = re.findall(rf"^## {name}\n(.*?)(?=^## |\Z)", RECORD_CSV, re.M | re.S)
        columns = FORMATS[name].columns
        for column in columns.required + columns.optional:
            assert f"`{column}`" in section


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\((\d{4}-[a-z0-9-]+\.md)\)", (folder / "README.md").read_text()))
    assert listed == {path.name for path in folder.glob("0*.md")}


def test_every_link_between_documents_leads_somewhere() -> None:
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert len(documents) > 10
    for document in documents:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text()):
            assert (document.parent / target).exists(), f"{document}: {target}"


def test_every_rule_has_a_sentence() -> None:
    assert all(sentence.endswith(".") for sentence in RULES.values())
