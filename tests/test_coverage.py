"""The table of real files is what becomes of them, where they are at hand."""

from pathlib import Path

import pytest

from loaders.formats import FORMATS
from loaders.formats.record_csv import RECORD_CSV
from tests.coverage import DATA, FILES, HEAD, outcomes
from tests.coverage_files.declared import declared_for

DOCUMENT = (Path(__file__).parents[1] / "docs" / "coverage.md").read_text()
ROWS = [line for line in DOCUMENT.splitlines() if line.startswith("| `")]


def test_the_table_has_a_row_for_every_file() -> None:
    assert len(FILES) == len(ROWS) == 286
    for file, row in zip(FILES, ROWS, strict=True):
        (found,) = declared_for(file.place)
        assert row.startswith(f"| `{file.place}` | `{file.format}` | `{found.source}` |")
    assert f"| {' | '.join(HEAD)} | Seconds |" in DOCUMENT


def test_every_format_has_met_a_real_file_or_the_document_says_that_none_was_had() -> None:
    met = {file.format for file in FILES}
    ours = {known.name for known in RECORD_CSV}
    for name in FORMATS.keys() - met - ours:
        assert f"`{name}`" in DOCUMENT, name


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.is_dir(), reason="the publishers' files are not here")
def test_the_table_says_what_becomes_of_each_file() -> None:
    for outcome, row in zip(outcomes(), ROWS, strict=True):
        assert row.rpartition(" | ")[0] == f"| {' | '.join(outcome.cells())}"
