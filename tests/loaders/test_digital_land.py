"""A row of the planning data platform's register becomes a council, its area, codes and links."""

from datetime import date

import pytest

from loaders.formats import find_format
from loaders.formats.reading.delimited import Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Area, Identifier, Link, Membership, Organisation, Record
from tests.loaders.conftest import FULL_ROWS

FORMAT = find_format("digital-land-local-authority")
assert isinstance(FORMAT.layout, Delimited)
COLUMNS = FORMAT.layout.columns
BURY = FULL_ROWS["digital-land-local-authority"]
LEAST = {"reference": "BUR", "name": "Bury", "local-authority-type": "MD"}


def interpret(row: Row) -> tuple[Record, ...]:
    """The records of a row."""
    return FORMAT.interpret(row, Feed("given"))


def test_a_full_row_makes_every_record_that_it_tells_of() -> None:
    row = Row(2, BURY)
    records = interpret(row)
    key = "GB-LAE-BUR"
    codes = {
        "local-authority-eng": "BUR",
        "e-code": "E4202",
        "addressbase-custodian": "4210",
        "parliament-thesaurus": "16822",
        "planning-data-entity": "69",
        "local-planning-authority": "E60000026",
        "wikidata": "Q16954633",
    }
    assert records[0] == Organisation(
        key=key,
        name="Bury Metropolitan Borough Council",
        organisation_type="MD",
        homepage="https://www.bury.gov.uk",
        founded=date(1974, 4, 1),
        dissolved=date(2030, 3, 31),
        administers=("E08000002",),
    )
    assert set(records[1:]) == {
        Area("E08000002", within="E12000002"),
        Area("E12000002", area_type="region"),
        *(Identifier("organisation", key, scheme, code) for scheme, code in codes.items()),
        Link("organisation", key, "http://www.wikidata.org/entity/Q16954633"),
        Link(
            "organisation",
            key,
            "http://opendatacommunities.org/id/district-council/bury",
        ),
        Membership(key, "GB-LAE-GMCA", "constituent-council"),
    }
    assert len(records) == len(set(records))
    assert row.withheld == []


def test_every_column_that_is_declared_is_read() -> None:
    row = Row(2, BURY)
    interpret(row)
    assert sorted(row.read) == sorted(BURY.items())
    assert set(BURY) == set(COLUMNS.required + COLUMNS.optional)


def test_an_ignored_column_is_not_looked_at() -> None:
    ignored = dict.fromkeys(COLUMNS.ignored, "\x00")
    row = Row(2, {**BURY, **ignored})
    assert interpret(row) == interpret(Row(2, BURY))
    assert row.withheld == []


def test_the_least_row_makes_a_council_and_its_code() -> None:
    assert interpret(Row(2, LEAST)) == (
        Organisation("GB-LAE-BUR", "Bury", "MD"),
        Identifier("organisation", "GB-LAE-BUR", "local-authority-eng", "BUR"),
    )


@pytest.mark.parametrize("column", LEAST)
def test_a_row_without_what_makes_a_council_is_left_out(column: str) -> None:
    with pytest.raises(Fault) as caught:
        interpret(Row(2, {**BURY, column: ""}))
    assert (caught.value.rule, caught.value.field) == ("missing-value", column)


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("reference", "B/R", "bad-code"),
        ("reference", "bur", "bad-code"),
        ("reference", "BURY.1", "bad-code"),
        ("reference", "B", "bad-code"),
        ("reference", "BURYMB", "bad-code"),
        ("reference", "B\x07R", "control-character"),
        ("local-authority-type", "borough", "unknown-category"),
    ],
)
def test_a_row_whose_council_cannot_be_told_is_left_out(column: str, cell: str, rule: str) -> None:
    with pytest.raises(Fault) as caught:
        interpret(Row(2, {**BURY, column: cell}))
    assert (caught.value.rule, caught.value.field) == (rule, column)


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("statistical-geography", "E0800002", "bad-code"),
        ("region", "North West", "bad-code"),
        ("website", "www.bury.gov.uk", "bad-web-address"),
        ("start-date", "1905-05-27", "spreadsheet-date"),
        ("end-date", "31/03/2030", "bad-date"),
        ("wikidata", "q16954633", "bad-code"),
        ("wikidata", "Q", "bad-code"),
        ("wikidata", "Q0", "bad-code"),
        ("wikidata", "Q١٢", "bad-code"),
        ("wikidata", "http://www.wikidata.org/entity/Q16954633", "bad-code"),
        ("opendatacommunities-uri", "district-council/bury", "bad-web-address"),
        ("combined-authority", "GM CA", "bad-code"),
        ("combined-authority", "gmca", "bad-code"),
        ("billing-authority", "E 4202", "bad-code"),
        ("addressbase-custodian", "4 210", "bad-code"),
        ("parliament-thesaurus", "16 822", "bad-code"),
        ("entity", "6 9", "bad-code"),
        ("entity", "6\x079", "control-character"),
        ("local-planning-authority", "E6 0000026", "bad-code"),
    ],
)
def test_a_faulty_value_is_withheld_with_what_hangs_on_it_and_no_more(
    column: str, cell: str, rule: str
) -> None:
    row = Row(2, {**BURY, column: cell})
    records = interpret(row)
    assert [(fault.rule, fault.field, fault.value) for fault in row.withheld] == [
        (rule, column, cell)
    ]
    assert records == interpret(Row(2, {**BURY, column: ""}))
    assert cell not in repr(records)


def test_a_body_that_governs_a_region_does_not_lie_within_it() -> None:
    london = {**LEAST, "statistical-geography": "E12000007", "region": "E12000007"}
    areas = [each for each in interpret(Row(2, london)) if isinstance(each, Area)]
    assert areas == [Area("E12000007"), Area("E12000007", area_type="region")]


def test_a_damaged_start_is_withheld_and_the_end_is_kept() -> None:
    row = Row(2, {**BURY, "start-date": "1905-06-07"})
    council = interpret(row)[0]
    assert isinstance(council, Organisation)
    assert (council.founded, council.dissolved) == (None, date(2030, 3, 31))
