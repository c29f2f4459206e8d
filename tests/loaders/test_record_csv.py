"""A row of our own CSV formats becomes the record that it describes."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from loaders.formats import FORMATS, find_format
from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.formats.record_csv import RECORD_CSV
from loaders.issues import Fault
from loaders.records import (
    Area,
    ChangeEvent,
    Channel,
    Concept,
    ConceptScheme,
    Dataset,
    Distribution,
    Identifier,
    Link,
    Membership,
    Organisation,
    Party,
    Place,
    Record,
    Service,
    Text,
)
from tests.loaders.conftest import FULL_ROWS
from tests.loaders.governance_records import GOVERNANCE_RECORDS
from tests.loaders.strategy_records import STRATEGY_RECORDS

SOURCE = "https://register.example/document"
RECORDS: dict[str, Record] = {
    **GOVERNANCE_RECORDS,
    **STRATEGY_RECORDS,
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
        description="It ran the trains.",
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
    "service-csv": Service(
        key="bin-day",
        name="Bin collection days",
        description="When bins are emptied.",
        provider=Party("GB-LAE-MAN", "City of Exampleton"),
        responsible=Party("GB-LAE-GMCA", "The combined authority"),
        types=("http://id.esd.org.uk/service/524", "https://taxonomy.example/waste"),
        status="active",
        areas=("E08000003", "E08000006"),
        channels=(Channel("https://council.example/bins", "8"),),
        locations=("tip", "yard.2"),
        modified=date(2024, 4, 1),
        source=SOURCE,
    ),
    "place-csv": Place(
        key="town-hall",
        name="Town Hall",
        description="With a clock.",
        address=("1 High Street", "Exampleton"),
        postcode="M60 2LA",
        latitude=Decimal("53.4790"),
        longitude=Decimal("-2.2446"),
        within="E08000003",
        source=SOURCE,
    ),
    "dataset-csv": Dataset(
        key="bins.2024",
        titles=(Text("Bins", "en"),),
        descriptions=(Text("Where bins stand.", "en"),),
        publisher=Party("GB-LAE-MAN", "City of Exampleton"),
        licence="https://licence.example/",
        landing_page="https://data.example/bins",
        keywords=(Text("waste", "en"), Text("bins", "en")),
        themes=(
            "http://publications.europa.eu/resource/authority/data-theme/ENVI",
            "https://themes.example/waste",
        ),
        subjects=("http://id.esd.org.uk/function/1", "urn:subject:2"),
        issued=date(2024, 4, 1),
        modified=datetime(2024, 4, 2, 9, 30, tzinfo=UTC),
        frequency="monthly",
        areas=("E08000003", "E08000006"),
        access="OPEN",
        contact="Waste team",
        identifiers=("bins", "BINS 1"),
        conforms_to=("https://standard.example/bins", "urn:standard:2"),
        source=SOURCE,
    ),
    "distribution-csv": Distribution(
        key="bins.2024-csv",
        dataset="bins.2024",
        title=Text("Bins as CSV", "en"),
        description=Text("One row a bin.", "en"),
        access_url="https://data.example/bins",
        download_url="https://data.example/bins.csv",
        file_type="CSV",
        byte_size=1024,
        licence="https://licence.example/",
        issued=date(2024, 4, 1),
        modified=datetime(2024, 4, 2, 10, 30, tzinfo=UTC),
    ),
    "concept-csv": Concept(
        iri="http://id.esd.org.uk/function/2",
        scheme="http://id.esd.org.uk/list/functions",
        notation="2",
        label="Collecting waste",
        definition="All that has to do with bins.",
        broader=("http://id.esd.org.uk/function/1", "urn:function:0"),
        source=SOURCE,
    ),
    "concept-scheme-csv": ConceptScheme(
        "http://id.esd.org.uk/list/functions",
        "Functions",
        "What local government is for.",
        SOURCE,
    ),
}

# One of several values is needed, so that none of their columns is required.
SAYING_MORE = {"change-event-csv", "distribution-csv", "retention-rule-csv", "contribution-csv"}


def interpret(name: str, row: Row) -> tuple[Record, ...]:
    """The records that a format makes of a row."""
    return find_format(name).interpret(row, Feed("given"))


def columns_of(name: str) -> Columns:
    """The columns of a format of delimited text."""
    layout = find_format(name).layout
    assert isinstance(layout, Delimited)
    return layout.columns


REQUIRED = [
    (format_.name, column) for format_ in RECORD_CSV for column in columns_of(format_.name).required
]


def test_each_of_our_formats_is_tried_here() -> None:
    assert RECORDS.keys() == {format_.name for format_ in RECORD_CSV}


@pytest.mark.parametrize("name", RECORDS)
def test_a_full_row_makes_one_record_with_every_value(name: str) -> None:
    row = Row(2, FULL_ROWS[name])
    assert interpret(name, row) == (RECORDS[name],)
    assert row.withheld == []


@pytest.mark.parametrize("name", RECORDS)
def test_every_column_that_is_declared_is_read(name: str) -> None:
    cells = FULL_ROWS[name]
    columns = columns_of(name)
    assert set(columns.required + columns.optional) == set(cells)
    row = Row(2, cells)
    interpret(name, row)
    assert {column for column, _ in row.read} == set(cells)


@pytest.mark.parametrize(("name", "column"), REQUIRED)
def test_a_row_without_a_required_value_is_left_out(name: str, column: str) -> None:
    cells = FULL_ROWS[name]
    with pytest.raises(Fault) as caught:
        interpret(name, Row(2, {**cells, column: ""}))
    assert (caught.value.rule, caught.value.field) == ("missing-value", column)


@pytest.mark.parametrize("name", sorted(RECORDS.keys() - SAYING_MORE))
def test_required_values_are_enough(name: str) -> None:
    cells = FULL_ROWS[name]
    row = Row(2, {column: cells[column] for column in columns_of(name).required})
    [record] = interpret(name, row)
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
        ("service-csv", "types", "recycling", "types", ()),
        ("service-csv", "status", "open", "status", None),
        ("service-csv", "areas", "Manchester", "areas", ()),
        ("service-csv", "page", "council.example", "channels", ()),
        (
            "service-csv",
            "interaction",
            "3",
            "channels",
            (Channel("https://council.example/bins", None),),
        ),
        ("service-csv", "provider", "MAN", "provider", Party(None, "City of Exampleton")),
        ("service-csv", "locations", "the tip", "locations", ()),
        ("service-csv", "modified", "yesterday", "modified", None),
        ("service-csv", "source", "the web", "source", None),
        ("place-csv", "postcode", "M60", "postcode", None),
        ("place-csv", "latitude", "91", "latitude", None),
        ("place-csv", "longitude", "2°W", "longitude", None),
        ("place-csv", "within", "Manchester", "within", None),
        ("place-csv", "source", "the web", "source", None),
        ("dataset-csv", "publisher", "MAN", "publisher", Party(None, "City of Exampleton")),
        ("dataset-csv", "licence", "OGL", "licence", None),
        ("dataset-csv", "landing-page", "data.example", "landing_page", None),
        ("dataset-csv", "themes", "WASTE", "themes", ()),
        ("dataset-csv", "subjects", "waste", "subjects", ()),
        ("dataset-csv", "issued", "2024", "issued", None),
        ("dataset-csv", "modified", "01/04/2024", "modified", None),
        ("dataset-csv", "frequency", "Monthly", "frequency", None),
        ("dataset-csv", "areas", "Manchester", "areas", ()),
        ("dataset-csv", "access", "public", "access", None),
        ("dataset-csv", "conforms-to", "RFC 4180", "conforms_to", ()),
        ("dataset-csv", "source", "the web", "source", None),
        ("distribution-csv", "access-url", "data.example", "access_url", None),
        ("distribution-csv", "download-url", "bins.csv", "download_url", None),
        ("distribution-csv", "format", "text/csv", "file_type", None),
        ("distribution-csv", "byte-size", "1.5", "byte_size", None),
        ("distribution-csv", "licence", "OGL", "licence", None),
        ("distribution-csv", "issued", "2024", "issued", None),
        ("distribution-csv", "modified", "2024", "modified", None),
        ("concept-csv", "broader", "function 1", "broader", ()),
        ("concept-csv", "source", "the web", "source", None),
        ("concept-scheme-csv", "source", "the web", "source", None),
    ],
)
def test_a_faulty_optional_value_is_withheld_and_the_record_stays(
    name: str, column: str, cell: str, attribute: str, value: object
) -> None:
    cells, expected = FULL_ROWS[name], RECORDS[name]
    row = Row(2, {**cells, column: cell})
    [record] = interpret(name, row)
    assert [(fault.field, fault.value) for fault in row.withheld] == [(column, cell)]
    assert getattr(record, attribute) == value
    unharmed = {each for each in type(record).__slots__ if each != attribute}
    assert all(getattr(record, each) == getattr(expected, each) for each in unharmed)


def test_something_may_have_happened_on_a_day_that_bodies_do_not_begin_on() -> None:
    row = Row(2, {**FULL_ROWS["change-event-csv"], "date": "1905-05-27"})
    [event] = interpret("change-event-csv", row)
    assert isinstance(event, ChangeEvent)
    assert (event.on, row.withheld) == (date(1905, 5, 27), [])


KEYS = {
    "organisation": "GB-LAE-MAN",
    "area": "E08000003",
    "service": "bin-day",
    "place": "town-hall",
    "dataset": "bins.2024",
}


@pytest.mark.parametrize("name", ["identifier-csv", "link-csv"])
@pytest.mark.parametrize(
    ("kind", "faulty"),
    [
        ("organisation", "E08000003"),
        ("area", "GB-LAE-MAN"),
        ("service", "bin day"),
        ("place", "a/b"),
        ("dataset", ".."),
    ],
)
def test_the_key_of_a_thing_is_read_as_its_kind_prescribes(
    name: str, kind: str, faulty: str
) -> None:
    cells = {**FULL_ROWS[name], "kind": kind}
    [record] = interpret(name, Row(2, {**cells, "key": KEYS[kind]}))
    assert isinstance(record, Identifier | Link)
    assert (record.kind, record.key) == (kind, KEYS[kind])
    with pytest.raises(Fault) as caught:
        interpret(name, Row(2, {**cells, "key": faulty}))
    assert (caught.value.rule, caught.value.field) == ("bad-code", "key")


@pytest.mark.parametrize(
    ("scheme", "sound", "faulty"),
    [
        ("gss", "E08000003", "E0800003"),
        ("local-authority-eng", "MAN", "man"),
        ("wikidata", "Q2302252", "q2302252"),
        ("e-code", "E4203", "E 4203"),
        ("ukprn", "10006841", "6841"),
    ],
)
def test_a_code_is_read_as_its_scheme_prescribes(scheme: str, sound: str, faulty: str) -> None:
    cells = {**FULL_ROWS["identifier-csv"], "scheme": scheme}
    [record] = interpret("identifier-csv", Row(2, {**cells, "code": sound}))
    assert isinstance(record, Identifier)
    assert (record.scheme, record.code) == (scheme, sound)
    with pytest.raises(Fault) as caught:
        interpret("identifier-csv", Row(2, {**cells, "code": faulty}))
    assert (caught.value.rule, caught.value.field, caught.value.value) == (
        "bad-code",
        "code",
        faulty,
    )


@pytest.mark.parametrize("name", ["identifier-csv", "link-csv"])
def test_there_are_no_other_kinds_of_things_than_those_of_keys(name: str) -> None:
    cells = FULL_ROWS[name]
    with pytest.raises(Fault) as caught:
        interpret(name, Row(2, {**cells, "kind": "council"}))
    assert (caught.value.rule, caught.value.field) == ("unknown-category", "kind")
    assert caught.value.message == (
        "“council” is no kind of thing: say one of organisation, area, service, place, dataset."
    )


@pytest.mark.parametrize(
    ("name", "cells", "attribute", "party"),
    [
        (name, cells, attribute, party)
        for name, attribute in (
            ("service-csv", "provider"),
            ("service-csv", "responsible"),
            ("dataset-csv", "publisher"),
        )
        for cells, party in (
            (("GB-LAE-MAN", ""), Party("GB-LAE-MAN")),
            (("", "City of Exampleton"), Party(None, "City of Exampleton")),
            (("", ""), None),
        )
    ],
)
def test_a_party_is_told_by_its_key_or_by_words_or_not_at_all(
    name: str, cells: tuple[str, str], attribute: str, party: Party | None
) -> None:
    changed = dict(zip((attribute, f"{attribute}-as-stated"), cells, strict=True))
    [record] = interpret(name, Row(2, {**FULL_ROWS[name], **changed}))
    assert getattr(record, attribute) == party


def test_what_can_be_done_at_no_page_is_not_said() -> None:
    [record] = interpret("service-csv", Row(2, {**FULL_ROWS["service-csv"], "page": ""}))
    assert isinstance(record, Service)
    assert record.channels == ()


def test_a_distribution_needs_one_web_address_of_two() -> None:
    cells = {**FULL_ROWS["distribution-csv"]}
    for column in ("access-url", "download-url"):
        interpret("distribution-csv", Row(2, {**cells, column: ""}))
    with pytest.raises(Fault) as caught:
        interpret("distribution-csv", Row(2, {**cells, "access-url": "", "download-url": ""}))
    assert caught.value.message == "The distribution has no web address at all."


@pytest.mark.parametrize(
    "name", [name for name, each in FORMATS.items() if isinstance(each.layout, Delimited)]
)
def test_a_format_names_no_column_twice(name: str) -> None:
    columns = columns_of(name)
    every = columns.required + columns.optional + columns.ignored
    assert len(every) == len(set(every)) == len(columns.known())
    assert set(columns.aliases.values()) <= set(every)
    assert not {each.casefold() for each in every} & columns.aliases.keys()


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_found_by_its_name_and_says_what_it_is(name: str) -> None:
    assert find_format(name).name == name
    assert find_format(name).summary.strip()
