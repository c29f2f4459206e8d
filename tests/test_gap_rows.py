"""Rows of a workbook of gaps: whatever stands in one, it comes back as it went out, or is told."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.formats import find_format
from loaders.formats.reading.content import Content
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.formats.reading.workbook import ERRORS
from loaders.issues import Fault
from queries.gap_fields import KINDS, columns
from queries.gap_rows import (
    CHECK,
    IDENTITY,
    KIND,
    ORGANISATION,
    THING,
    TITLE,
    VISIBLE_TO,
    changed_columns,
    row_check,
)
from service.gap_finding import Cell, GapRow, KindGaps, State, as_shown
from service.gap_workbook import write_workbook

HOLDER = "GB-LAE-EXA"
FORMAT = find_format("gap-workbook")
FEED = Feed("exa-gaps", HOLDER)
ASSETS = KINDS["information-asset"]
THE_THING = {
    THING: f"information-asset/{HOLDER}/A-1",
    KIND: "information-asset",
    ORGANISATION: HOLDER,
    TITLE: "Trees",
    VISIBLE_TO: "",
}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    texts=st.lists(
        st.text(max_size=400).map(as_shown).filter(lambda each: each not in ERRORS),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_shown_comes_back_unchanged(
    texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    fields = [each.column for each in ASSETS.fields]
    rows = []
    for number, text in enumerate(texts):
        identity = {**THE_THING, THING: f"{THE_THING[THING]}-{number}", TITLE: text}
        cells = {each: Cell(State.MISSING) for each in fields}
        cells["description"] = Cell(State.RECORDED, text)
        rows.append(GapRow(text, identity, cells))
    book = write_workbook((KindGaps(ASSETS, 9, len(rows), tuple(rows)),), "Exa", "2026-01-02")
    file = tmp_path_factory.mktemp("gaps") / "gaps.xlsx"
    file.write_bytes(book)
    read = FORMAT.layout.read(Content("gaps.xlsx", file))
    found = list(read)
    assert read.remarks == []
    assert len(found) == len(rows)
    for each in found:
        assert isinstance(each, Row)
        assert FORMAT.interpret(each, FEED) == ()
        assert (each.withheld, each.noted) == ([], [])


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=40)
    | st.sampled_from(
        [
            "SECRET",
            "=1+1",
            "gaps-1",
            "gaps-1 x y",
            "dataset",
            HOLDER,
            "yes",
            "2026-01-02",
            ";",
            "a/b",
        ]
    )
)


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(list(KINDS)),
    filled=st.dictionaries(st.sampled_from((*columns(), *IDENTITY, CHECK)), SCALARS, max_size=8),
)
def test_whatever_is_filled_in_is_read_or_told(kind: str, filled: dict[str, object]) -> None:
    identity = {**THE_THING, KIND: kind}
    row = Row(3, {**identity, CHECK: row_check(identity, {}), **filled})
    with suppress(Fault):  # what refuses a row; nothing else may come out of it
        FORMAT.interpret(row, FEED)


def test_a_check_tells_which_cells_changed() -> None:
    cells = {"owner": "Head of Trees", "access": "Open"}
    check = row_check(THE_THING, cells)
    recorded = frozenset(cells)
    assert changed_columns(THE_THING, cells, check) == (recorded, frozenset())
    spaced = {**cells, "owner": " Head  of Trees\n", "steward": "Tree Steward"}
    assert changed_columns(THE_THING, spaced, check) == (recorded, frozenset())
    emptied = {"owner": "Head of Parks"}
    assert changed_columns(THE_THING, emptied, check) == (recorded, recorded)


def test_a_check_holds_for_its_own_thing_and_as_it_was_written() -> None:
    check = row_check(THE_THING, {"owner": "Head of Trees"})
    for column in IDENTITY:
        assert changed_columns({**THE_THING, column: "other"}, {}, check) is None
    shorter, _, _ = check.rpartition(" ")
    for altered in ("", "gaps-1", shorter, f"{check} owner=0", check.replace("gaps-1", "gaps-2")):
        assert changed_columns(THE_THING, {}, altered) is None
