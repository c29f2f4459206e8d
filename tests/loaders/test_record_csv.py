"""A row of our own CSV formats becomes the record that it describes."""

from datetime import date

import pytest

from loaders.formats import FORMATS, find_format
from loaders.formats.record_csv import RECORD_CSV
from loaders.formats.row import Row
from loaders.issues import Fault
from loaders.records import (
    Area,
    ChangeEvent,
    Identifier,
    Link,
    Membership,
    Organisation,
    Record,
)
from tests.loaders.conftest import FULL_ROWS

SOURCE = "https://register.example/document"
RECORDS: dict[str, Record] = {
    "organisation-csv": Organisation(
        key="GM-passenger-transport-executive",
        name="Passenger Transport Executive",
        organisation_type="PTE",
        other_names=("PTE", "The Executive"),
        homepage="http://www.tfgm.com/",
        founded=date(1974, 4, 1),
        dissolved=date(2011, 4, 1),
        administers=("E08000001", "E08000002"),
        replaced_by=("GM-transport-for-greater-manchester",),
        source=SOURCE,
    ),
    "area-csv": Area("E08000003", "Manchester", "metropolitan-district", "E47000001", SOURCE),
    "identifier-csv": Identifier("area", "E08000003", "ordnance-survey", "7000000000018821"),
    "link-csv": Link("organisation", "GB-LAE-MAN", "http://www.wikidata.org/entity/Q2302252"),
    "membership-csv": Membership(
        "GB-LAE-MAN",
        "GB-LAE-GMCA",
        "constituent-council",
        date(2011, 4, 1),
        date(2024, 3, 31),
        SOURCE,
    ),
    "change-event-csv": ChangeEvent(
        "pte-to-tfgm",
        "One became the other",
        date(2011, 4, 1),
        ("GM-pte", "GM-pta"),
        ("GM-tfgm",),
        SOURCE,
    ),
}
REQUIRED = [(format_.name, column) for format_ in RECORD_CSV for column in format_.columns.required]


def test_each_of_our_formats_is_tried_here() -> None:
    assert RECORDS.keys() == {format_.name for format_ in RECORD_CSV}


@pytest.mark.parametrize("name", RECORDS)
def test_a_full_row_makes_one_record_with_every_value(name: str) -> None:
    row = Row(2, FULL_ROWS[name])
    assert find_format(name).interpret(row) == (RECORDS[name],)
    assert row.withheld == []


@pytest.mark.parametrize("name", RECORDS)
def test_every_column_that_is_declared_is_read(name: str) -> None:
    cells = FULL_ROWS[name]
    columns = find_format(name).columns
    assert set(columns.required + columns.optional) == set(cells)
    row = Row(2, cells)
    find_format(name).interpret(row)
    assert {column for column, _ in row.read} == set(cells)


@pytest.mark.parametrize(("name", "column"), REQUIRED)
def test_a_row_without_a_required_value_is_left_out(name: str, column: str) -> None:
    cells = FULL_ROWS[name]
    with pytest.raises(Fault) as caught:
        find_format(name).interpret(Row(2, {**cells, column: ""}))
    assert (caught.value.rule, caught.value.field) == ("missing-value", column)


@pytest.mark.parametrize("name", sorted(RECORDS.keys() - {"change-event-csv"}))
def test_required_values_are_enough(name: str) -> None:
    cells = FULL_ROWS[name]
    format_ = find_format(name)
    row = Row(2, {column: cells[column] for column in format_.columns.required})
    [record] = format_.interpret(row)
    assert row.withheld == []
    assert not getattr(record, "source", None)


@pytest.mark.parametrize(
    ("name", "column", "cell", "attribute", "value"),
    [
        ("organisation-csv", "homepage", "www.tfgm.com", "homepage", None),
        ("organisation-csv", "founded", "1905-05-27", "founded", None),
        ("organisation-csv", "dissolved", "2011", "dissolved", None),
        ("organisation-csv", "administers", "Bolton", "administers", ()),
        ("organisation-csv", "replaced-by", "TfGM", "replaced_by", ()),
        ("organisation-csv", "source", "the web", "source", None),
        ("area-csv", "within", "Greater Manchester", "within", None),
        ("area-csv", "source", "the web", "source", None),
        ("membership-csv", "began", "in 2011", "began", None),
        ("membership-csv", "ended", "1905-05-27", "ended", None),
        ("membership-csv", "source", "the web", "source", None),
        ("change-event-csv", "date", "2011-04", "on", None),
        ("change-event-csv", "source", "the web", "source", None),
    ],
)
def test_a_faulty_optional_value_is_withheld_and_the_record_stays(
    name: str, column: str, cell: str, attribute: str, value: object
) -> None:
    cells, expected = FULL_ROWS[name], RECORDS[name]
    row = Row(2, {**cells, column: cell})
    [record] = find_format(name).interpret(row)
    assert [(fault.field, fault.value) for fault in row.withheld] == [(column, cell)]
    assert getattr(record, attribute) == value
    unharmed = {each for each in type(record).__slots__ if each != attribute}
    assert all(getattr(record, each) == getattr(expected, each) for each in unharmed)


def test_something_may_have_happened_on_a_day_that_bodies_do_not_begin_on() -> None:
    row = Row(2, {**FULL_ROWS["change-event-csv"], "date": "1905-05-27"})
    [event] = find_format("change-event-csv").interpret(row)
    assert isinstance(event, ChangeEvent)
    assert (event.on, row.withheld) == (date(1905, 5, 27), [])


@pytest.mark.parametrize("name", ["identifier-csv", "link-csv"])
def test_the_key_of_a_thing_is_read_as_its_kind_prescribes(name: str) -> None:
    cells = FULL_ROWS[name]
    for kind, key in (("organisation", "E08000003"), ("area", "GB-LAE-MAN")):
        with pytest.raises(Fault) as caught:
            find_format(name).interpret(Row(2, {**cells, "kind": kind, "key": key}))
        assert (caught.value.rule, caught.value.field) == ("bad-code", "key")


@pytest.mark.parametrize(
    ("scheme", "sound", "faulty"),
    [
        ("gss", "E08000003", "E0800003"),
        ("local-authority-eng", "MAN", "man"),
        ("wikidata", "Q2302252", "q2302252"),
        ("e-code", "E4203", "E 4203"),
        ("ukprn", "0049", "00 49"),
    ],
)
def test_a_code_is_read_as_its_scheme_prescribes(scheme: str, sound: str, faulty: str) -> None:
    cells = {**FULL_ROWS["identifier-csv"], "scheme": scheme}
    interpret = find_format("identifier-csv").interpret
    [record] = interpret(Row(2, {**cells, "code": sound}))
    assert isinstance(record, Identifier)
    assert (record.scheme, record.code) == (scheme, sound)
    with pytest.raises(Fault) as caught:
        interpret(Row(2, {**cells, "code": faulty}))
    assert (caught.value.rule, caught.value.field, caught.value.value) == (
        "bad-code",
        "code",
        faulty,
    )


@pytest.mark.parametrize("name", ["identifier-csv", "link-csv"])
def test_a_kind_of_thing_is_an_organisation_or_an_area(name: str) -> None:
    cells = FULL_ROWS[name]
    with pytest.raises(Fault) as caught:
        find_format(name).interpret(Row(2, {**cells, "kind": "council"}))
    assert (caught.value.rule, caught.value.field) == ("unknown-category", "kind")
    assert caught.value.message == ("“council” is no kind of thing: say organisation or area.")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_names_no_column_twice(name: str) -> None:
    columns = find_format(name).columns
    every = columns.required + columns.optional + columns.ignored
    assert len(every) == len(set(every)) == len(columns.known())


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_found_by_its_name_and_says_what_it_is(name: str) -> None:
    assert find_format(name).name == name
    assert find_format(name).summary.strip()
