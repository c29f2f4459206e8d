"""The documents keep up with the program."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from loaders.formats import FORMATS
from loaders.formats.reading.delimited import Delimited
from loaders.formats.reading.format import Format
from loaders.formats.record_csv import RECORD_CSV
from loaders.issues import RULES
from service.cli import main
from service.settings import Settings, variable_of

ROOT = Path(__file__).parents[1]
OPERATING = (ROOT / "docs" / "operating.md").read_text()
OURS = "\n".join(path.read_text() for path in sorted((ROOT / "docs").glob("record-csv*.md")))
READ = (ROOT / "docs" / "formats.md").read_text()


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_documented(command: str) -> None:
    assert f"`gmkg {command}`" in OPERATING


@pytest.mark.parametrize("setting", [field.name for field in fields(Settings)])
def test_every_setting_is_documented(setting: str) -> None:
    assert f"`{variable_of(setting)}`" in OPERATING


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_documented(name: str) -> None:
    assert f"`{name}`" in READ or name in {known.name for known in RECORD_CSV}


@pytest.mark.parametrize("known", RECORD_CSV, ids=lambda known: known.name)
def test_every_format_of_ours_is_documented_with_its_columns(known: Format) -> None:
    (section,) = re.findall(rf"^## {known.name}\n(.*?)(?=^## |\Z)", OURS, re.M | re.S)
    assert isinstance(known.layout, Delimited)
    columns = known.layout.columns
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
