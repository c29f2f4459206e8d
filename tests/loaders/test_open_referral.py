"""Services of Open Referral UK become services, with their providers and places, and no persons."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import StructureError
from loaders.formats.open_referral import OPEN_REFERRAL
from loaders.formats.reading.content import Content
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Effect, Fault
from loaders.mappings import map_record
from loaders.nquads import line_of
from loaders.quads import plain, text
from loaders.records import (
    Channel,
    Contact,
    Cost,
    Hours,
    Identifier,
    Organisation,
    Party,
    Place,
    Record,
    Service,
)
from loaders.source import Source, SourceFile
from loaders.validation import validate
from ontology.vocab import CV, DCT, FOAF, GM, LOCN, ORG, RDF, SKOS
from tests.loaders.conftest import BASE, MINT, Reading, graph_of, read, turtle

(FORMAT,) = OPEN_REFERRAL
FEED = Feed("given")
SOURCE = Source("given", "Services given by hand", (SourceFile("feed.json", FORMAT, None, 0),))
ID = "0b0b6b5e-0000-4000-8000-000000000001"
BODY = "0b0b6b5e-0000-4000-8000-00000000000B"
OWN = FEED.own_key(BODY)
FOLDER = Path(__file__).parents[2].parent / "shared/data/services"
real_data = pytest.mark.real_data
absent = pytest.mark.skipif(not FOLDER.exists(), reason="the publishers' own files are not here")

LEAST: dict[str, Any] = {"id": ID, "name": "Repair café", "status": "active"}
LEAST_SERVICE = Service(ID, "Repair café", status="active")
FULL: dict[str, Any] = {
    **LEAST,
    "description": "<p>Bring what is broken.</p><p>We  mend &amp; teach.</p>",
    "url": "https://mend.example/cafe",
    "email": "hello@mend.example",
    "fees": "Free, gifts are <b>welcome</b>",
    "minimum_age": 12.0,
    "maximum_age": "100",
    "last_modified": "2024-04-01T10:30:45.123Z",
    "assured_date": "2024-04-01",
    "organization": {
        "id": BODY,
        "name": "Menders  of Exampleton",
        "website": "https://mend.example",
        "organization_identifiers": [
            {"identifier_scheme": "GB-COH", "identifier": "01234567"},
            {"identifier_scheme": "GB-CHC", "identifier": "1234567"},
        ],
    },
    "attributes": [
        {"taxonomy_term": {"name": "Waste", "term_uri": "https://id.esd.org.uk/service/524"}},
        {"taxonomy_term": {"name": "Clubs", "taxonomy": "esd Services", "code": "1100"}},
        {"taxonomy_term": {"name": "Mending", "term_uri": "https://kinds.example/mending"}},
    ],
    "service_areas": [
        {
            "name": "Exampleton",
            "uri": "http://statistics.data.gov.uk/id/statistical-geography/E08000099",
        },
        {"name": "Next door", "extent": "E08000098", "extent_type": "text"},
    ],
    "service_at_locations": [
        {
            "id": "1",
            "location": {
                "id": 77,
                "location_type": "physical",
                "name": "Old Hall",
                "description": "By the <i>canal</i>.",
                "latitude": 53.479,
                "longitude": "-2.2446",
                "external_identifier": "10009999999",
                "external_identifier_type": "UPRN",
                "addresses": [
                    {"address_type": "postal", "address_1": "PO Box 1", "postal_code": "M1 1AA"},
                    {
                        "address_type": "physical",
                        "address_1": "Old Hall",
                        "address_2": "1 High Street",
                        "city": "Exampleton",
                        "region": "exampleton",
                        "postal_code": "m602la",
                    },
                ],
            },
            "schedules": [
                {
                    "freq": "WEEKLY",
                    "byday": "FR,TH",
                    "opens_at": "10:00:00",
                    "closes_at": "18:00+01:00",
                    "valid_from": "2024-04-01",
                    "valid_to": "2024-09-30",
                }
            ],
        }
    ],
    "schedules": [{"byday": "MO", "opens_at": "9:30Z", "description": "Ring the bell."}],
    "phones": [{"number": "0161 496 0000", "extension": 12, "type": "voice"}],
    "contacts": [
        {
            "title": "Front desk",
            "email": "desk@mend.example",
            "phones": [{"number": "0161 496 0001"}, {"number": "+44 161 496 0002"}],
        }
    ],
    "cost_options": [
        {
            "option": "Members",
            "amount": 3.5,
            "currency": "gbp",
            "amount_description": "per visit",
            "valid_from": "2024-04-01",
        }
    ],
    "alert": "Not loaded",
    "languages": [{"id": "x"}],
}
FULL_SERVICE = Service(
    key=ID,
    name="Repair café",
    description="Bring what is broken. We mend & teach.",
    provider=Party("GB-CHC-1234567", "Menders of Exampleton"),
    types=(
        "http://id.esd.org.uk/service/524",
        "http://id.esd.org.uk/service/1100",
        "https://kinds.example/mending",
    ),
    status="active",
    areas=("E08000099", "E08000098"),
    channels=(Channel("https://mend.example/cafe"),),
    costs=(
        Cost("Free, gifts are welcome"),
        Cost("Members: per visit (from 2024-04-01)", Decimal("3.5"), "GBP"),
    ),
    contacts=(
        Contact(None, "0161 496 0000 ext 12", "hello@mend.example"),
        Contact("Front desk", "0161 496 0001", "desk@mend.example"),
        Contact("Front desk", "+44 161 496 0002"),
    ),
    hours=(
        Hours(("Monday",), time(9, 30), description="Ring the bell."),
        Hours(
            ("Thursday", "Friday"),
            time(10),
            time(18),
            date(2024, 4, 1),
            date(2024, 9, 30),
            "Old Hall",
        ),
    ),
    locations=("77",),
    minimum_age=12,
    maximum_age=100,
    modified=datetime(2024, 4, 1, 10, 30, 45, 123000, UTC),
)
FULL_PLACE = Place(
    key="77",
    name="Old Hall",
    description="By the canal.",
    address=("Old Hall", "1 High Street", "Exampleton"),
    postcode="M60 2LA",
    latitude=Decimal("53.479"),
    longitude=Decimal("-2.2446"),
    is_mention=True,
)

Told = list[tuple[str, str | None, str | None]]


def part_of(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def row_of(item: dict[str, Any]) -> Row:
    """An item as the layout hands it on: whole numbers as such, all others as decimals."""
    return Row(1, json.loads(json.dumps(item), parse_float=Decimal))


def interpret(item: dict[str, Any], feed: Feed = FEED) -> tuple[tuple[Record, ...], Row]:
    row = row_of(item)
    return FORMAT.interpret(row, feed), row


def told(faults: Iterable[Fault]) -> Told:
    return [(fault.rule, fault.field, fault.value) for fault in faults]


def page(*items: object, total: object = None) -> dict[str, object]:
    return {
        "total_items": len(items) if total is None else total,
        "total_pages": 1,
        "page_number": 1,
        "size": len(items),
        "first_page": True,
        "last_page": True,
        "empty": not items,
        "contents": list(items),
    }


def numbered(number: int, **members: object) -> dict[str, object]:
    return {**LEAST, "id": str(number), **members}


def loaded_keys(reading: Reading) -> set[str]:
    return {quad.subject.rpartition("/")[2] for quad in reading.quads if quad.object == GM.Service}


def test_a_full_service_makes_every_record_that_it_tells_of() -> None:
    records, row = interpret(FULL)
    body = "GB-CHC-1234567"
    assert records == (
        FULL_SERVICE,
        Organisation(
            body,
            "Menders of Exampleton",
            homepage="https://mend.example",
            is_mention=True,
            known_as=BODY,
        ),
        Identifier("organisation", body, "company-number", "01234567"),
        Identifier("organisation", body, "charity-number", "1234567"),
        FULL_PLACE,
        Identifier("place", "77", "uprn", "10009999999"),
    )
    assert row.withheld == []
    assert told(row.noted) == [
        ("html-in-text", "service_at_locations[1].location.description", None),
        ("html-in-text", "description", None),
        ("html-in-text", "fees", None),
    ]


def test_the_least_service_has_an_identifier_and_a_name() -> None:
    assert interpret(LEAST)[0] == (LEAST_SERVICE,)
    assert interpret({"id": 7, "name": "Seven"})[0] == (Service("7", "Seven"),)


def test_nulls_and_empty_members_are_as_if_they_were_not_there() -> None:
    for nothing in (None, ""):
        bare: dict[str, Any] = dict.fromkeys(FULL, nothing) | LEAST
        records, row = interpret(bare)
        assert records == (LEAST_SERVICE,)
        assert (row.withheld, row.noted) == ([], [])
    hollow: dict[str, Any] = {
        **LEAST,
        "contacts": [None, {}],
        "phones": [{"number": None}],
        "schedules": [{"freq": "WEEKLY", "byday": None}],
        "cost_options": [{"amount": None}],
        "attributes": [{"taxonomy_term": None}],
        "service_at_locations": [{"location": None}],
        "organization": {"organization_identifiers": [{"identifier": None}]},
    }
    assert interpret({**hollow, "organization": None})[0] == (LEAST_SERVICE,)
    records, row = interpret(hollow)
    assert records == (LEAST_SERVICE,)
    assert told(row.noted) == [("unknown-organisation", "organization.name", None)]


def test_one_item_stands_for_a_list_of_one() -> None:
    alone = {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in FULL.items()
    }
    assert alone["phones"] == FULL["phones"][0]
    assert interpret(alone)[0] == interpret(FULL)[0]


def test_a_service_is_said_in_rdf_and_conforms() -> None:
    reading = read(SOURCE, json.dumps(FULL).encode())
    service = f"id/service/given/{ID}"
    part = f".well-known/genid/given/service/{ID}"
    body = "id/organisation/GB-CHC-1234567"
    body_part = ".well-known/genid/given/organisation/GB-CHC-1234567/identifier"
    place = ".well-known/genid/given/place/77"
    address = f"{place}/address/{part_of('Old Hall, 1 High Street, Exampleton, M60 2LA')}"
    geometry = f"{place}/geometry/{part_of('POINT(-2.2446 53.479)')}"
    currency = "http://publications.europa.eu/resource/authority/currency/GBP"
    expected = turtle(
        f"""
        <{service}> a gm:Service, cpsv:PublicService ;
            dct:identifier "{ID}" ; dct:title "Repair café"@en ;
            dct:description "Bring what is broken. We mend & teach."@en ;
            gm:deliveredBy <{body}> ; gm:providerAsStated "Menders of Exampleton"@en ;
            gm:serviceType <http://id.esd.org.uk/service/524>,
                <http://id.esd.org.uk/service/1100>, <https://kinds.example/mending> ;
            adms:status service-status:active ;
            dct:spatial <id/area/E08000099>, <id/area/E08000098> ;
            cv:hasChannel <{part}/channel/page-1> ;
            cv:hasCost <{part}/cost/1>, <{part}/cost/2> ;
            cv:contactPoint <{part}/contact/1>, <{part}/contact/2>, <{part}/contact/3> ;
            gm:atLocation <id/place/given/77> ;
            schema:openingHoursSpecification <{part}/hours/1>, <{part}/hours/2> ;
            gm:minimumAge 12 ; gm:maximumAge 100 ;
            dct:modified "2024-04-01T10:30:45Z"^^xsd:dateTime .
        <id/area/E08000099> a gm:Area, dct:Location, geo:Feature ;
            dct:identifier "E08000099" ; gm:gssCode "E08000099" .
        <id/area/E08000098> a gm:Area, dct:Location, geo:Feature ;
            dct:identifier "E08000098" ; gm:gssCode "E08000098" .
        <{part}/channel/page-1> a cv:Channel ; foaf:page <https://mend.example/cafe> .
        <{part}/cost/1> a cv:Cost ; dct:description "Free, gifts are welcome"@en .
        <{part}/cost/2> a cv:Cost ; cv:hasValue 3.5 ; cv:currency <{currency}> ;
            dct:description "Members: per visit (from 2024-04-01)"@en .
        <{part}/contact/1> a cv:ContactPoint ; cv:telephone "0161 496 0000 ext 12" ;
            cv:email "hello@mend.example" .
        <{part}/contact/2> a cv:ContactPoint ; dct:title "Front desk"@en ;
            cv:telephone "0161 496 0001" ; cv:email "desk@mend.example" .
        <{part}/contact/3> a cv:ContactPoint ; dct:title "Front desk"@en ;
            cv:telephone "+44 161 496 0002" .
        <{part}/hours/1> a schema:OpeningHoursSpecification ;
            schema:dayOfWeek schema:Monday ; schema:opens "09:30:00"^^xsd:time ;
            dct:description "Ring the bell."@en .
        <{part}/hours/2> a schema:OpeningHoursSpecification ;
            schema:dayOfWeek schema:Thursday, schema:Friday ;
            schema:opens "10:00:00"^^xsd:time ; schema:closes "18:00:00"^^xsd:time ;
            schema:validFrom "2024-04-01"^^xsd:date ;
            schema:validThrough "2024-09-30"^^xsd:date ; dct:description "Old Hall"@en .
        <{body}> a org:Organization ; dct:identifier "GB-CHC-1234567" ;
            skos:prefLabel "Menders of Exampleton"@en ; foaf:homepage <https://mend.example> ;
            adms:identifier <{body_part}/charity-number/1234567>,
                <{body_part}/company-number/01234567> .
        <{body_part}/charity-number/1234567> a adms:Identifier ; skos:notation "1234567" ;
            gm:identifierScheme identifier-scheme:charity-number .
        <{body_part}/company-number/01234567> a adms:Identifier ; skos:notation "01234567" ;
            gm:identifierScheme identifier-scheme:company-number .
        <id/place/given/77> a gm:ServiceLocation, dct:Location ; dct:identifier "77" ;
            dct:title "Old Hall"@en ; dct:description "By the canal."@en ;
            locn:address <{address}> ; locn:geometry <{geometry}> ;
            adms:identifier <{place}/identifier/uprn/10009999999> .
        <{address}> a locn:Address ; locn:postCode "M60 2LA" ;
            locn:fullAddress "Old Hall, 1 High Street, Exampleton, M60 2LA" .
        <{geometry}> a geo:Geometry ;
            geo:asWKT "POINT(-2.2446 53.479)"^^geo:wktLiteral .
        <{place}/identifier/uprn/10009999999> a adms:Identifier ;
            skos:notation "10009999999" ; gm:identifierScheme identifier-scheme:uprn .
        """
    )
    assert set(graph_of(reading.quads)) == set(expected)
    assert [str(each) for each in validate("given", reading.lines) if each.refuses] == []


# The feed


def test_pages_single_services_and_bare_lists_are_read_one_after_the_other() -> None:
    documents = (
        page(numbered(1), numbered(2), total=6),
        page(numbered(3), total=6),
        numbered(4),
        [numbered(5), numbered(6)],
    )
    content = "\n".join(map(json.dumps, documents)).encode()
    reading = read(SOURCE, content)
    assert loaded_keys(reading) == set("123456")
    assert reading.issues == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_of_a_feed_changes_nothing_but_a_remark(encoding: str) -> None:
    content = json.dumps(page(LEAST), ensure_ascii=False)
    reading = read(SOURCE, content.encode(encoding))
    assert reading.lines == read(SOURCE, content.encode()).lines
    rule = "byte-order-mark" if encoding == "utf-8-sig" else "other-encoding"
    assert [each.rule for each in reading.issues] == [rule]


def test_lines_of_comment_before_a_feed_are_passed_over() -> None:
    reading = read(SOURCE, b"// fetched by hand\n" + json.dumps(page(LEAST)).encode())
    assert loaded_keys(reading) == {ID}
    assert [each.rule for each in reading.issues] == ["comment-lines"]


def test_a_total_that_is_not_kept_is_remarked_upon() -> None:
    reading = read(SOURCE, json.dumps(page(numbered(1), numbered(2), total=31)).encode())
    assert loaded_keys(reading) == {"1", "2"}
    assert [(each.rule, each.field, each.value, each.effect) for each in reading.issues] == [
        ("lying-total", "total_items", "31", Effect.NOTED)
    ]


def test_members_in_the_wrong_case_are_unknown_and_the_service_is_left_out() -> None:
    wrong = {"ID": "9", "Name": "Nine", "status": "active"}
    reading = read(SOURCE, json.dumps(page(wrong, numbered(1))).encode())
    assert loaded_keys(reading) == {"1"}
    assert [(each.row, each.rule, each.field, each.effect) for each in reading.issues] == [
        (1, "missing-value", "id", Effect.LEFT_OUT),
        (None, "unknown-column", "ID", Effect.NOTED),
        (None, "unknown-column", "Name", Effect.NOTED),
    ]


def test_services_of_one_identifier_are_left_out_all_of_them() -> None:
    services = [numbered(1, name=f"Service {number}") for number in range(3)]
    reading = read(SOURCE, json.dumps(page(*services, numbered(2))).encode())
    assert loaded_keys(reading) == {"2"}
    assert [(each.row, each.rule, each.field) for each in reading.issues] == [
        (row, "duplicate-key", "id") for row in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"contents": [',
        b"{}",
        b"7",
        b"key,name\n",
        b"[}",
        b"\xff",
    ],
)
def test_what_is_no_feed_is_refused(content: bytes) -> None:
    with pytest.raises(StructureError):
        read(SOURCE, content)


def test_every_member_of_the_standard_is_known() -> None:
    reading = read(SOURCE, json.dumps(FULL).encode())
    assert [each for each in reading.issues if each.rule == "unknown-column"] == []


# The service itself


@pytest.mark.parametrize(
    ("members", "rule", "field"),
    [
        ({"id": None}, "missing-value", "id"),
        ({"id": " "}, "missing-value", "id"),
        ({"id": 12.0}, "number-as-decimal", "id"),
        ({"id": "12.0"}, "number-as-decimal", "id"),
        ({"id": "a/b"}, "bad-code", "id"),
        ({"id": {"value": "1"}}, "unexpected-structure", "id"),
        ({"name": None}, "missing-value", "name"),
        ({"name": "<p>&nbsp;</p>"}, "no-words", "name"),
        ({"name": ["Mending"]}, "unexpected-structure", "name"),
        ({"name": "Men\x07ding"}, "control-character", "name"),
        ({"minimum_age": 18, "maximum_age": 5}, "dates-out-of-order", None),
        ({"status": None, "website": "https://mend.example"}, "out-of-scope", None),
        ({"status": None, "services": [{"id": "1"}]}, "out-of-scope", None),
        ({"status": None, "term_uri": "https://kinds.example/1"}, "out-of-scope", None),
    ],
)
def test_a_service_that_cannot_be_told_is_left_out(
    members: dict[str, object], rule: str, field: str | None
) -> None:
    with pytest.raises(Fault) as caught:
        interpret({**FULL, **members})
    assert (caught.value.rule, caught.value.field) == (rule, field)


@pytest.mark.parametrize(
    ("members", "withheld"),
    [
        ({"url": "mend.example"}, ("bad-web-address", "url", "mend.example")),
        ({"url": 7}, ("bad-web-address", "url", "7")),
        ({"status": "sleeping"}, ("unknown-category", "status", "sleeping")),
        ({"minimum_age": 12.5}, ("bad-number", "minimum_age", "12.5")),
        ({"minimum_age": -1}, ("bad-number", "minimum_age", "-1")),
        ({"maximum_age": "old"}, ("bad-number", "maximum_age", "old")),
        ({"maximum_age": 999}, ("bad-number", "maximum_age", "999")),
        ({"last_modified": "01/04/2024"}, ("bad-date", "last_modified", "01/04/2024")),
        ({"description": {"en": "x"}}, ("unexpected-structure", "description", None)),
        ({"fees": ["x"]}, ("unexpected-structure", "fees", None)),
        ({"email": "ann.persona@mend.example"}, ("contact-of-a-person", "email", ...)),
        ({"email": "at mend"}, ("bad-code", "email", "at mend")),
        ({"phones": "0161 496 0000"}, ("unexpected-structure", "phones", "0161 496 0000")),
        ({"contacts": ["Ann"]}, ("unexpected-structure", "contacts", "Ann")),
        ({"organization": "Menders"}, ("unexpected-structure", "organization", "Menders")),
    ],
)
def test_a_faulty_value_is_withheld_and_the_service_is_kept(
    members: dict[str, object], withheld: tuple[str, str, object]
) -> None:
    records, row = interpret({**LEAST, **members})
    expected = replace(LEAST_SERVICE, status=None if "status" in members else "active")
    assert records == (expected,)
    assert [(rule, field) for rule, field, _ in told(row.withheld)] == [withheld[:2]]
    if withheld[2] is not ...:
        assert row.withheld[0].value == withheld[2]


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ("Active", "active"),
        ("temporarily closed", "temporarily-closed"),
        ("DEFUNCT", "defunct"),
        ("inactive", "inactive"),
    ],
)
def test_a_status_is_known_however_it_is_spelled(stated: str, status: str) -> None:
    assert interpret({**LEAST, "status": stated})[0] == (replace(LEAST_SERVICE, status=status),)


# Who provides it


def provided(feed: Feed = FEED, **members: object) -> tuple[Party | None, tuple[Record, ...], Row]:
    records, row = interpret({**LEAST, **members}, feed)
    service = records[0]
    assert isinstance(service, Service)
    return service.provider, records[1:], row


def test_a_provider_without_a_register_has_a_key_of_the_feed() -> None:
    party, others, row = provided(organization={"id": BODY, "name": "Menders"})
    assert party == Party(OWN, "Menders")
    assert others == (Organisation(OWN, "Menders", is_mention=True),)
    assert (row.withheld, row.noted) == ([], [])


@pytest.mark.parametrize(
    ("scheme", "code", "key", "identifier"),
    [
        ("GB-COH", "01234567", "GB-COH-01234567", ("company-number", "01234567")),
        ("gb-coh", "SC123456", "GB-COH-SC123456", ("company-number", "SC123456")),
        ("GB-COH", "GB-COH-01234567", "GB-COH-01234567", ("company-number", "01234567")),
        ("GB-CHC", 210843, "GB-CHC-210843", ("charity-number", "210843")),
        ("GB-LAE", "EXA", "GB-LAE-EXA", ("local-authority-eng", "EXA")),
        ("GB-NHS", "R0Z", "GB-NHS-R0Z", ("ods", "R0Z")),
        ("GB-UKPRN", "10099999", "GB-UKPRN-10099999", ("ukprn", "10099999")),
        ("GB-EDU", "999999", "GB-EDU-999999", None),
        ("GB-SC", "SC099999", "GB-SC-SC099999", None),
    ],
)
def test_a_code_of_a_register_makes_the_key(
    scheme: str, code: object, key: str, identifier: tuple[str, str] | None
) -> None:
    stated = [{"identifier_scheme": scheme, "identifier": code}]
    party, others, row = provided(
        organization={"id": BODY, "name": "Menders", "organization_identifiers": stated}
    )
    assert party == Party(key, "Menders")
    expected: list[Record] = [Organisation(key, "Menders", is_mention=True, known_as=BODY)]
    if identifier:
        expected.append(Identifier("organisation", key, *identifier))
    assert others == tuple(expected)
    assert row.withheld == []


@pytest.mark.parametrize(
    ("stated", "rule", "field"),
    [
        ({"identifier_scheme": "GB-COH", "identifier": "1234567"}, "bad-code", "identifier"),
        (
            {"identifier_scheme": "GB-COH", "identifier": 1234567.0},
            "number-as-decimal",
            "identifier",
        ),
        ({"identifier_scheme": "GB-COH", "identifier": "0123 4567"}, "bad-code", "identifier"),
        ({"identifier_scheme": "GB-LAE", "identifier": "exa"}, "bad-code", "identifier"),
        ({"identifier_scheme": "GB-CHC", "identifier": "12/34"}, "bad-code", "identifier"),
        ({"identifier_scheme": "VAT", "identifier": "1"}, "unknown-category", "identifier_scheme"),
        ({"identifier": "1"}, "unknown-category", "identifier_scheme"),
    ],
)
def test_a_code_that_is_not_sound_makes_no_key(
    stated: dict[str, object], rule: str, field: str
) -> None:
    party, others, row = provided(
        organization={"id": BODY, "name": "Menders", "organization_identifiers": stated}
    )
    assert (party, others) == (
        Party(OWN, "Menders"),
        (Organisation(OWN, "Menders", is_mention=True),),
    )
    assert [(fault.rule, fault.field) for fault in row.withheld] == [
        (rule, f"organization.organization_identifiers.{field}")
    ]


@pytest.mark.parametrize("stated", [BODY, "Menders"])
def test_a_provider_that_the_source_declares_is_that_one_and_told_of_no_further(
    stated: str,
) -> None:
    feed = Feed("given", organisations={stated: "GB-LAE-EXA"})
    party, others, row = provided(feed, organization={"id": BODY, "name": "Menders"})
    assert (party, others) == (Party("GB-LAE-EXA", "Menders"), ())
    assert row.noted == []
    in_register = {"identifier_scheme": "GB-LAE", "identifier": "EXA"}
    body = {"id": "7", "name": "Exampleton", "organization_identifiers": [in_register]}
    assert provided(feed, organization=body)[:2] == (Party("GB-LAE-EXA", "Exampleton"), ())


def test_a_declared_provider_goes_before_its_code_in_a_register() -> None:
    feed = Feed("given", organisations={"Menders": "GB-LAE-EXA"})
    codes = [{"identifier_scheme": "GB-COH", "identifier": "01234567"}]
    body = {"id": "7", "name": "Menders", "organization_identifiers": codes}
    party, others, row = provided(feed, organization=body)
    assert (party, others) == (Party("GB-LAE-EXA", "Menders"), ())
    assert (row.withheld, row.noted) == ([], [])


def test_a_provider_named_by_number_alone_is_no_link_unless_it_is_declared() -> None:
    party, others, row = provided(organization_id=BODY)
    assert (party, others) == (None, ())
    assert told(row.noted) == [("unknown-organisation", "organization_id", BODY)]
    feed = Feed("given", organisations={BODY: "GB-LAE-EXA"})
    party, others, row = provided(feed, organization_id=BODY)
    assert (party, others, row.noted) == (Party("GB-LAE-EXA"), (), [])


@pytest.mark.parametrize(
    ("body", "party", "rules"),
    [
        ({"name": "Menders"}, Party(None, "Menders"), []),
        ({"id": "a.b", "name": "Menders"}, Party(None, "Menders"), ["bad-code"]),
        ({"id": "a/b", "name": "Menders"}, Party(None, "Menders"), ["bad-code"]),
        ({"id": 7.0, "name": "Menders"}, Party(None, "Menders"), ["number-as-decimal"]),
        ({"id": "7"}, None, []),
    ],
)
def test_a_provider_that_cannot_be_told_is_kept_in_words_and_noted(
    body: dict[str, object], party: Party | None, rules: list[str]
) -> None:
    found, others, row = provided(organization=body)
    assert (found, others) == (party, ())
    assert [fault.rule for fault in row.withheld] == rules
    assert [fault.rule for fault in row.noted] == ["unknown-organisation"]


def test_one_provider_of_many_services_is_no_contradiction() -> None:
    bodies = (
        {"id": BODY, "name": "Menders"},
        {"id": BODY, "name": "Menders"},
        {"id": BODY, "name": "Menders", "website": "https://mend.example"},
    )
    services = [numbered(number, organization=body) for number, body in enumerate(bodies)]
    reading = read(SOURCE, json.dumps(page(*services)).encode())
    assert reading.issues == []
    body = f"{BASE}id/organisation/{OWN}"
    assert {(quad.predicate, quad.object) for quad in reading.quads if quad.subject == body} == {
        (RDF.type, ORG.Organization),
        (DCT.identifier, plain(OWN)),
        (SKOS.prefLabel, text("Menders")),
        (FOAF.homepage, "https://mend.example"),
    }
    delivered = [quad for quad in reading.quads if quad.predicate == GM.deliveredBy]
    assert [quad.object for quad in delivered] == [body] * 3


def test_one_code_for_two_bodies_is_the_key_of_neither() -> None:
    codes = [{"identifier_scheme": "GB-COH", "identifier": "01234567"}]
    services = [
        numbered(number, organization={"id": key, "name": name, "organization_identifiers": codes})
        for number, (key, name) in enumerate((("a", "Menders"), ("b", "Bakers"), ("a", "Menders")))
    ]
    reading = read(SOURCE, json.dumps(page(*services)).encode())
    assert [(each.row, each.rule, each.value, each.effect) for each in reading.issues] == [
        (row, "shared-identifier", "GB-COH-01234567", Effect.WITHHELD) for row in (1, 2, 3)
    ]
    bodies = {f"{BASE}id/organisation/GM-given-{key}" for key in "ab"}
    assert {quad.object for quad in reading.quads if quad.predicate == GM.deliveredBy} == bodies
    assert b"01234567" not in b"".join(reading.lines)


def test_two_names_of_one_provider_are_loaded_and_noted() -> None:
    codes = [{"identifier_scheme": "GB-COH", "identifier": "01234567"}]
    services = [
        numbered(number, organization={"id": "a", "name": name, "organization_identifiers": codes})
        for number, name in enumerate(("Menders", "The Menders"))
    ]
    reading = read(SOURCE, json.dumps(page(*services)).encode())
    assert [(each.row, each.rule, each.value, each.effect) for each in reading.issues] == [
        (row, "told-otherwise", "GB-COH-01234567", Effect.NOTED) for row in (1, 2)
    ]
    body = f"{BASE}id/organisation/GB-COH-01234567"
    assert {
        quad.object
        for quad in reading.quads
        if (quad.subject, quad.predicate) == (body, SKOS.prefLabel)
    } == {text("Menders"), text("The Menders")}


def test_a_code_that_two_providers_claim_is_neither_ones() -> None:
    stated = [{"identifier_scheme": "GB-COH", "identifier": "01234567"}]
    charity = {"identifier_scheme": "GB-CHC", "identifier": "7777777"}
    services = [
        numbered(1, organization={"id": "1", "name": "A", "organization_identifiers": stated}),
        numbered(
            2, organization={"id": "2", "name": "B", "organization_identifiers": [charity, *stated]}
        ),
    ]
    reading = read(SOURCE, json.dumps(page(*services)).encode())
    assert [(each.row, each.rule, each.value, each.effect) for each in reading.issues] == [
        (1, "shared-identifier", "01234567", Effect.WITHHELD),
        (2, "shared-identifier", "01234567", Effect.WITHHELD),
    ]
    assert loaded_keys(reading) == {"1", "2"}


# What kind of service it is, and for which area


@pytest.mark.parametrize(
    ("term", "types"),
    [
        ({"term_uri": "http://id.esd.org.uk/service/7"}, ("http://id.esd.org.uk/service/7",)),
        ({"term_uri": "https://id.esd.org.uk/service/7/"}, ("http://id.esd.org.uk/service/7",)),
        ({"term_uri": "urn:kinds:7"}, ("urn:kinds:7",)),
        ({"taxonomy": "LGSL", "code": 7}, ("http://id.esd.org.uk/service/7",)),
        ({"taxonomy": "esd", "term": "7"}, ("http://id.esd.org.uk/service/7",)),
    ],
)
def test_a_term_is_a_kind_of_service(term: dict[str, object], types: tuple[str, ...]) -> None:
    records, row = interpret({**LEAST, "attributes": [{"taxonomy_term": term}]})
    assert records == (replace(LEAST_SERVICE, types=types),)
    assert row.withheld == []


@pytest.mark.parametrize(
    ("attribute", "rule", "field"),
    [
        ({"taxonomy_term": {"term_uri": "esd:7"}}, "bad-web-address", "taxonomy_term.term_uri"),
        ({"taxonomy_term": {"name": "Waste"}}, "unknown-category", "taxonomy_term.name"),
        (
            {"taxonomy_term": {"name": "Waste", "taxonomy": "ours", "code": "7"}},
            "unknown-category",
            "taxonomy_term.name",
        ),
        (
            {"taxonomy_term": {"taxonomy": "LGSL", "code": 7.0}},
            "number-as-decimal",
            "taxonomy_term.code",
        ),
        (
            {"taxonomy_term": {"taxonomy": "LGSL", "code": "seven"}},
            "bad-code",
            "taxonomy_term.code",
        ),
        (
            {"link_type": "Intended audience", "taxonomy_term": {"term_uri": "urn:kinds:7"}},
            "out-of-scope",
            "link_type",
        ),
        ({"taxonomy_term": "Waste"}, "unexpected-structure", "taxonomy_term"),
    ],
)
def test_a_term_that_tells_no_kind_is_withheld(
    attribute: dict[str, object], rule: str, field: str
) -> None:
    sound = {"taxonomy_term": {"term_uri": "urn:kinds:1"}}
    records, row = interpret({**LEAST, "attributes": [attribute, sound]})
    assert records == (replace(LEAST_SERVICE, types=("urn:kinds:1",)),)
    assert [(fault.rule, fault.field) for fault in row.withheld] == [
        (rule, f"attributes[1].{field}")
    ]


@pytest.mark.parametrize(
    "area",
    [
        {"uri": "http://statistics.data.gov.uk/id/statistical-geography/E08000099"},
        {"uri": "https://mapit.example/area/1", "extent": "E08000099"},
        {"extent": "https://areas.example/E08000099.html"},
    ],
)
def test_an_area_is_known_by_its_gss_code(area: dict[str, str]) -> None:
    records, row = interpret({**LEAST, "service_areas": [area]})
    assert records == (replace(LEAST_SERVICE, areas=("E08000099",)),)
    assert row.withheld == []


@pytest.mark.parametrize(
    "area",
    [
        {"name": "Exampleton", "uri": "http://example.com"},
        {"name": "Exampleton", "extent": '{"code": "E08000099"}', "extent_type": "geojson"},
        {"name": "Exampleton", "extent": {"type": "Polygon"}},
        {"service_area": "Exampleton", "uri": "http://areas.example/XE080000991"},
    ],
)
def test_an_area_without_a_code_is_withheld(area: dict[str, object]) -> None:
    records, row = interpret({**LEAST, "service_areas": [area]})
    assert records == (LEAST_SERVICE,)
    assert told(row.withheld) == [("unknown-area", "service_areas[1].name", "Exampleton")]


# What it costs


def costs(*options: dict[str, object], **members: object) -> tuple[tuple[Cost, ...], Row]:
    records, row = interpret({**LEAST, **members, "cost_options": list(options)})
    service = records[0]
    assert isinstance(service, Service)
    return service.costs, row


def test_an_amount_without_a_currency_is_told_in_words_and_noted() -> None:
    found, row = costs(
        {
            "option": "Under 18s",
            "amount": 35,
            "amount_description": "an hour",
            "valid_from": "2020-01-01",
            "valid_to": "2022-12-31",
        },
        {"amount": "7.50"},
    )
    assert found == (
        Cost("Under 18s: 35 an hour (from 2020-01-01 until 2022-12-31)"),
        Cost("7.50"),
    )
    assert told(row.noted) == [
        ("missing-value", "cost_options[1].amount", "35"),
        ("missing-value", "cost_options[2].amount", "7.50"),
    ]
    assert row.withheld == []


def test_nothing_to_pay_is_an_amount() -> None:
    found, row = costs({"amount": 0, "amount_currency": "GBP"})
    assert found == (Cost(None, Decimal(0), "GBP"),)
    assert (row.withheld, row.noted) == ([], [])


@pytest.mark.parametrize(
    ("option", "rule", "field", "cost"),
    [
        ({"amount": -1, "currency": "GBP"}, "bad-number", "amount", ()),
        ({"amount": "£5", "option": "All"}, "bad-number", "amount", (Cost("All"),)),
        ({"amount": 5, "currency": "pounds"}, "bad-code", "currency", (Cost("5"),)),
        ({"valid_to": "never", "option": "All"}, "bad-date", "valid_to", (Cost("All"),)),
    ],
)
def test_a_faulty_cost_is_withheld(
    option: dict[str, object], rule: str, field: str, cost: tuple[Cost, ...]
) -> None:
    found, row = costs(option)
    assert found == cost
    assert [(fault.rule, fault.field) for fault in row.withheld] == [
        (rule, f"cost_options[1].{field}")
    ]


# How it is reached


def contacts(**members: object) -> tuple[tuple[Contact, ...], Row]:
    records, row = interpret({**LEAST, **members})
    service = records[0]
    assert isinstance(service, Service)
    return service.contacts, row


def test_the_name_of_a_contact_is_never_loaded_and_noted_once() -> None:
    person = {
        "name": "Ann Persona",
        "title": "Head of mending",
        "department": "Workshop",
        "email": "workshop@mend.example",
        "phones": [{"number": "0161 496 0003"}, {"number": "0161 496 0004"}],
    }
    found, row = contacts(contacts=[person, {**person, "department": None, "email": None}])
    assert found == (
        Contact("Workshop", "0161 496 0003", "workshop@mend.example"),
        Contact("Workshop", "0161 496 0004"),
        Contact("Head of mending", "0161 496 0003"),
        Contact("Head of mending", "0161 496 0004"),
    )
    assert told(row.noted) == [
        ("contact-of-a-person", "contacts[1].name", None),
        ("contact-of-a-person", "contacts[2].name", None),
    ]
    assert "Persona" not in repr((found, row.read, row.withheld, row.noted))


def test_the_number_of_a_person_without_a_post_is_withheld() -> None:
    person = {"name": "Ann Persona", "phones": [{"number": "07700 900000"}]}
    found, row = contacts(contacts=[person])
    assert found == ()
    assert told(row.withheld) == [("contact-of-a-person", "contacts[1].phones", None)]
    assert "07700" not in repr((found, row.read, row.withheld, row.noted))


@pytest.mark.parametrize(
    "address", ["ann@mend.example", "apersona@mend.example", "ann.persona@mend.example"]
)
def test_the_address_of_a_person_is_withheld(address: str) -> None:
    found, row = contacts(contacts=[{"name": "Ann Persona", "title": "Head", "email": address}])
    assert found == ()
    assert [(fault.rule, fault.field) for fault in row.withheld] == [
        ("contact-of-a-person", "contacts[1].email")
    ]


def test_a_contact_whom_nobody_can_reach_is_none() -> None:
    assert contacts(contacts=[{"title": "Head of mending"}])[0] == ()


@pytest.mark.parametrize(
    ("phone", "rule", "field"),
    [
        ({"number": '"0161 496 0000"'}, "bad-code", "number"),
        ({"number": "0161"}, "bad-code", "number"),
        ({"number": "0161 496 0000", "type": "Fax"}, "out-of-scope", "number"),
    ],
)
def test_a_number_that_cannot_be_called_is_withheld(
    phone: dict[str, str], rule: str, field: str
) -> None:
    found, row = contacts(phones=[phone, {"number": "0161 496 0001"}])
    assert found == (Contact(None, "0161 496 0001"),)
    assert [(fault.rule, fault.field) for fault in row.withheld] == [(rule, f"phones[1].{field}")]


def test_contacts_at_a_location_are_contacts_of_the_service_each_told_once() -> None:
    phones = [{"number": "0161 496 0000"}]
    found, _ = contacts(
        phones=phones, service_at_locations=[{"phones": phones}, {"phones": phones}]
    )
    assert found == (Contact(None, "0161 496 0000"),)


# When it is open


def hours(**schedule: object) -> tuple[tuple[Hours, ...], Row]:
    records, row = interpret({**LEAST, "schedules": [schedule]})
    service = records[0]
    assert isinstance(service, Service)
    return service.hours, row


WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ({"byday": "SU, mo"}, Hours(("Monday", "Sunday"))),
        ({"byday": ["MO", "WE"]}, Hours(("Monday", "Wednesday"))),
        ({"freq": "DAILY", "opens_at": "08:00"}, Hours(WEEK, time(8))),
        ({"freq": "daily", "byday": "MO"}, Hours(("Monday",))),
        ({"freq": "WEEKLY", "interval": 1, "byday": "MO"}, Hours(("Monday",))),
        ({"closes_at": "24:00"}, Hours(closes=time(23, 59))),
        ({"valid_from": "2024-04-01T00:00:00Z"}, Hours(valid_from=date(2024, 4, 1))),
        ({"description": "By appointment"}, Hours(description="By appointment")),
    ],
)
def test_a_schedule_is_hours_of_the_week(schedule: dict[str, object], expected: Hours) -> None:
    found, row = hours(**schedule)
    assert found == (expected,)
    assert row.withheld == []


@pytest.mark.parametrize(
    ("schedule", "part", "value"),
    [
        ({"freq": "MONTHLY", "byday": "1MO"}, "freq", "MONTHLY"),
        ({"freq": "WEEKLY", "interval": 2, "byday": "MO"}, "interval", "WEEKLY, every 2"),
        ({"interval": 3}, "interval", "WEEKLY, every 3"),
        ({"freq": "WEEKLY", "byday": "TH", "bymonthday": "1"}, "bymonthday", "WEEKLY"),
        ({"freq": "WEEKLY", "byday": "TH", "count": 4}, "count", "WEEKLY"),
        ({"freq": "WEEKLY", "byday": "TH", "until": "2024-06-01"}, "until", "WEEKLY"),
        ({"byday": "TH", "dtstart": "2024-06-06"}, "dtstart", "WEEKLY"),
        ({"freq": "DAILY", "byweekno": "20"}, "byweekno", "DAILY"),
    ],
)
def test_hours_of_other_rhythms_are_told_by_their_description_alone(
    schedule: dict[str, object], part: str, value: str
) -> None:
    found, row = hours(**schedule, opens_at="10:00", description="Now and then")
    assert found == (Hours(description="Now and then"),)
    assert told(row.withheld) == [("unknown-category", f"schedules[1].{part}", value)]
    assert hours(**schedule, opens_at="10:00", valid_from="2024-04-01")[0] == ()


def test_a_weekly_rule_that_begins_on_a_day_is_weekly() -> None:
    found, row = hours(freq="WEEKLY", byday="TH", dtstart="2024-06-06", opens_at="10:00")
    assert (found, row.withheld) == ((Hours(("Thursday",), time(10)),), [])


def test_hours_whose_days_are_withheld_have_no_times() -> None:
    found, row = hours(byday="1TH", opens_at="10:00", description="The first Thursday")
    assert found == (Hours(description="The first Thursday"),)
    assert told(row.withheld) == [("unknown-category", "schedules[1].byday", "1TH")]


@pytest.mark.parametrize("closes", ["09:00", "02:00"])
def test_hours_that_close_before_they_open_are_told_by_their_description(closes: str) -> None:
    found, row = hours(byday="MO", opens_at="18:00", closes_at=closes, description="Late")
    assert found == (Hours(description="Late"),)
    assert told(row.withheld) == [("dates-out-of-order", "schedules[1].closes_at", closes)]


@pytest.mark.parametrize(
    ("schedule", "rule", "field", "expected"),
    [
        ({"byday": "MO,XX"}, "unknown-category", "byday", (Hours(("Monday",)),)),
        ({"byday": "1MO"}, "unknown-category", "byday", ()),
        ({"byday": "MO", "opens_at": "ten"}, "bad-time", "opens_at", (Hours(("Monday",)),)),
        ({"byday": "MO", "closes_at": "25:00"}, "bad-time", "closes_at", (Hours(("Monday",)),)),
        ({"valid_from": "1/4/24"}, "bad-date", "valid_from", ()),
        (
            {"byday": "MO", "valid_from": "2024-04-02", "valid_to": "2024-04-01"},
            "dates-out-of-order",
            "valid_to",
            (Hours(("Monday",)),),
        ),
    ],
)
def test_a_faulty_part_of_a_schedule_is_withheld(
    schedule: dict[str, object], rule: str, field: str, expected: tuple[Hours, ...]
) -> None:
    found, row = hours(**schedule)
    assert found == expected
    assert [(fault.rule, fault.field) for fault in row.withheld] == [
        (rule, f"schedules[1].{field}")
    ]


def test_hours_at_a_location_say_which_one() -> None:
    visit = {
        "location": {"id": "7", "name": "Old Hall"},
        "schedules": {"byday": "MO", "description": "Ring the bell."},
    }
    records, _ = interpret({**LEAST, "service_at_locations": [visit]})
    service = records[0]
    assert isinstance(service, Service)
    assert service.hours == (Hours(("Monday",), description="Old Hall: Ring the bell."),)


# Where it is to be had


def placed(location: dict[str, object], **others: object) -> tuple[tuple[Record, ...], Row]:
    visit = {"location": {"id": "7", "name": "Old Hall", **location}, **others}
    records, row = interpret({**LEAST, "service_at_locations": [visit]})
    return records, row


@pytest.mark.parametrize(
    ("location", "rule", "field"),
    [
        ({"latitude": 100, "longitude": 101}, "bad-coordinates", "latitude"),
        ({"latitude": 0, "longitude": 0}, "bad-coordinates", "latitude"),
        ({"latitude": -2.2446, "longitude": 53.479}, "bad-coordinates", "latitude"),
        ({"latitude": 53.479}, "missing-value", "latitude"),
        ({"latitude": 53.479, "longitude": "west"}, "bad-number", "longitude"),
        ({"addresses": [{"postal_code": "ABC 1234"}]}, "bad-code", "addresses[1].postal_code"),
        (
            {"external_identifier_type": "UPRN", "external_identifier": "10 00"},
            "bad-code",
            "external_identifier",
        ),
        (
            {"external_identifier_type": "UPRN", "external_identifier": 1000.0},
            "number-as-decimal",
            "external_identifier",
        ),
        (
            {"external_identifier_type": "TOID", "external_identifier": "1"},
            "unknown-category",
            "external_identifier_type",
        ),
        ({"external_identifier": "1"}, "unknown-category", "external_identifier_type"),
    ],
)
def test_a_faulty_part_of_a_location_is_withheld(
    location: dict[str, object], rule: str, field: str
) -> None:
    records, row = placed(location)
    assert records == (
        replace(LEAST_SERVICE, locations=("7",)),
        Place("7", "Old Hall", is_mention=True),
    )
    assert [(fault.rule, fault.field) for fault in row.withheld] == [
        (rule, f"service_at_locations[1].location.{field}")
    ]


@pytest.mark.parametrize(
    ("location", "rule", "field"),
    [
        ({"id": None}, "missing-value", "id"),
        ({"id": "a/b"}, "bad-code", "id"),
        ({"id": 7.0}, "number-as-decimal", "id"),
        ({"location_type": "Virtual"}, "out-of-scope", "location_type"),
    ],
)
def test_a_location_that_cannot_be_told_or_gone_to_is_no_place(
    location: dict[str, object], rule: str, field: str
) -> None:
    records, row = placed(location)
    assert records == (LEAST_SERVICE,)
    assert [(fault.rule, fault.field) for fault in row.withheld] == [
        (rule, f"service_at_locations[1].location.{field}")
    ]


def test_a_location_named_by_number_alone_is_no_place() -> None:
    records, row = interpret({**LEAST, "service_at_locations": [{"location_id": "7"}]})
    assert records == (LEAST_SERVICE,)
    assert told(row.withheld) == [("missing-value", "service_at_locations[1].location_id", "7")]


def test_to_whose_attention_letters_go_is_not_loaded() -> None:
    records, row = placed(
        {"addresses": [{"attention": "A. Persona", "address_1": "1 High Street"}]}
    )
    assert records[1] == Place("7", "Old Hall", address=("1 High Street",), is_mention=True)
    assert [fault.rule for fault in row.noted] == ["contact-of-a-person"]
    assert "Persona" not in repr((records, row.read, row.withheld, row.noted))


def test_a_location_told_of_in_two_ways_is_what_it_was_told_first() -> None:
    visits = [{"location": {"id": "7", "name": name}} for name in ("Old Hall", "New Hall")]
    records, row = interpret({**LEAST, "service_at_locations": visits})
    assert records == (
        replace(LEAST_SERVICE, locations=("7",)),
        Place("7", "Old Hall", is_mention=True),
    )
    assert told(row.withheld) == [("duplicate-key", "service_at_locations[2].location", "7")]


def test_one_place_of_many_services_is_told_once_and_keeps_its_uprn() -> None:
    visits = FULL["service_at_locations"]
    services = [numbered(number, service_at_locations=visits) for number in range(3)]
    reading = read(SOURCE, json.dumps(page(*services)).encode())
    assert [each for each in reading.issues if each.effect is not Effect.NOTED] == []
    places = {quad.subject for quad in reading.quads if quad.object == GM.ServiceLocation}
    assert places == {f"{BASE}id/place/given/77"}
    assert plain("10009999999") in {quad.object for quad in reading.quads}


def test_a_place_that_two_services_describe_in_two_ways_has_both_descriptions() -> None:
    locations = [
        {"id": "7", "name": "Old Hall", "latitude": 53.4, "longitude": -2.2},
        {"id": "7", "name": "The Old Hall", "latitude": 53.5, "longitude": -2.2},
    ]
    services = [
        numbered(number, service_at_locations=[{"location": location}])
        for number, location in enumerate(locations)
    ]
    reading = read(SOURCE, json.dumps(page(*services)).encode())
    assert [(each.row, each.rule, each.value, each.effect) for each in reading.issues] == [
        (row, "told-otherwise", "7", Effect.NOTED) for row in (1, 2)
    ]
    place = f"{BASE}id/place/given/7"
    said = [(quad.predicate, quad.object) for quad in reading.quads if quad.subject == place]
    assert {each for term, each in said if term == DCT.title} == {
        text("Old Hall"),
        text("The Old Hall"),
    }
    assert len([term for term, _ in said if term == LOCN.geometry]) == 2
    at = [quad.object for quad in reading.quads if quad.predicate == GM.atLocation]
    assert at == [place, place]
    assert [str(each) for each in validate("given", reading.lines) if each.refuses] == []


@pytest.mark.parametrize("kind", ["postal", "Postal", "virtual"])
def test_an_address_that_nobody_goes_to_is_not_the_places(kind: str) -> None:
    post = {"address_type": kind, "address_1": "PO Box 1", "postal_code": "M1 1AA"}
    records, row = placed({"addresses": [post]})
    assert records[1] == Place("7", "Old Hall", is_mention=True)
    assert told(row.withheld) == [
        ("out-of-scope", "service_at_locations[1].location.addresses", None)
    ]
    records, row = placed({"addresses": [post, {"address_1": "1 High Street"}]})
    assert records[1] == Place("7", "Old Hall", address=("1 High Street",), is_mention=True)
    assert row.withheld == []


def test_a_uprn_that_two_places_claim_is_neither_ones() -> None:
    uprn = {"external_identifier": "10009999999", "external_identifier_type": "UPRN"}
    services = [
        numbered(number, service_at_locations=[{"location": {"id": f"l{number}", **uprn}}])
        for number in range(2)
    ]
    reading = read(SOURCE, json.dumps(page(*services)).encode())
    assert [(each.row, each.rule, each.value, each.effect) for each in reading.issues] == [
        (1, "shared-identifier", "10009999999", Effect.WITHHELD),
        (2, "shared-identifier", "10009999999", Effect.WITHHELD),
    ]
    assert plain("10009999999") not in {quad.object for quad in reading.quads}
    assert len([quad for quad in reading.quads if quad.predicate == GM.atLocation]) == 2


# Whatever comes


def leave(folder: Path, content: bytes) -> None:
    """Read and map a feed, all but its faults."""
    path = folder / "feed.json"
    path.write_bytes(content)
    with suppress(StructureError):
        for row in FORMAT.layout.read(Content("feed.json", path)):
            if isinstance(row, Row):
                with suppress(Fault):
                    for record in FORMAT.interpret(row, FEED):
                        for quad in map_record(record, MINT, "given"):
                            line_of(quad)


@given(st.one_of(st.binary(), st.binary().map(lambda noise: b'{"contents": [' + noise + b"]}")))
def test_whatever_the_bytes_only_a_broken_structure_stops_the_reading(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    leave(tmp_path_factory.mktemp("given"), content)


def names(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        yield from value
        for each in value.values():
            yield from names(each)
    elif isinstance(value, list):
        for each in value:
            yield from names(each)


MEMBERS = st.sampled_from(sorted({*names(FULL), "location_id", "amount_currency", "department"}))
SINGLE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["MO,TU", "10:00", "2024-04-01", "GB-COH", "UPRN", "E08000099", "53.4"])
)
ANYTHING = st.recursive(
    SINGLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS, inner, max_size=6),
    max_leaves=25,
)


@given(st.dictionaries(MEMBERS, ANYTHING, max_size=10))
def test_whatever_the_members_hold_a_service_is_told_or_left_out(
    tmp_path_factory: pytest.TempPathFactory, members: dict[str, object]
) -> None:
    leave(tmp_path_factory.mktemp("given"), json.dumps({**LEAST, **members}).encode())


@pytest.mark.parametrize(
    "bad", [{}, {"id": 1}, {"id": "x", "name": ""}, 7, None, "service", [LEAST], {**FULL, "id": ""}]
)
def test_a_good_service_beside_a_bad_one_is_kept(bad: object) -> None:
    alone = read(SOURCE, json.dumps(page(LEAST)).encode())
    for items in ([bad, LEAST], [LEAST, bad]):
        reading = read(SOURCE, json.dumps(page(*items)).encode())
        assert reading.lines == alone.lines
        assert (reading.tally.records_in, reading.tally.records_left_out) == (2, 1)


# The publishers' own files


def issues_of(reading: Reading) -> Counter[tuple[str, str | None, Effect]]:
    return Counter((each.rule, each.field, each.effect) for each in reading.issues)


LOCATION = "service_at_locations[1].location"
ORGANISATION_CODE = "organization.organization_identifiers[1].identifier"


@real_data
@absent
def test_the_full_example_of_the_profile_is_loaded_as_it_was_read_by_hand() -> None:
    content = (FOLDER / "oruk-v3/uk-profile/service_full.json").read_bytes()
    reading = read(SOURCE, content)
    assert reading.tally.records_loaded == 1
    assert issues_of(reading) == {
        ("bad-code", ORGANISATION_CODE, Effect.WITHHELD): 1,
        ("out-of-scope", f"{LOCATION}.addresses", Effect.WITHHELD): 1,
        ("unknown-category", "schedules[1].bymonthday", Effect.WITHHELD): 1,
        ("bad-coordinates", f"{LOCATION}.latitude", Effect.WITHHELD): 1,
        ("unknown-area", "service_areas[1].name", Effect.WITHHELD): 1,
        ("missing-value", "cost_options[1].amount", Effect.NOTED): 1,
        ("contact-of-a-person", "contacts[1].name", Effect.NOTED): 1,
    }
    key = "ac148810-d857-441c-9679-408f346de14b"
    service = f"{BASE}id/service/given/{key}"
    place = f"{BASE}id/place/given/3a19ff88-4620-4d17-9830-ac1d859eb5d5"
    body = f"{BASE}id/organisation/GM-given-d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
    said = {(quad.subject, quad.predicate, quad.object) for quad in reading.quads}
    assert {
        (service, DCT.title, text("Community Counselling")),
        (service, GM.deliveredBy, body),
        (service, GM.atLocation, place),
        (service, GM.serviceType, "http://example.com"),
        (body, SKOS.prefLabel, text("Example Organization Inc.")),
        (place, DCT.title, text("MyCity Civic Center")),
    } <= said
    assert {text_ for subject, term, text_ in said if term == CV.email} == {
        plain("email@example.com")
    }
    assert b"Persona" not in b"".join(reading.lines)
    assert [str(each) for each in validate("given", reading.lines) if each.refuses] == []


@real_data
@absent
def test_the_full_example_of_hsds_is_loaded_with_what_the_profile_leaves_out() -> None:
    reading = read(SOURCE, (FOLDER / "hsds-3/service_full.json").read_bytes())
    assert reading.tally.records_loaded == 1
    assert Counter((each.rule, each.effect) for each in reading.issues) == {
        ("bad-code", Effect.WITHHELD): 5,
        ("bad-coordinates", Effect.WITHHELD): 1,
        ("out-of-scope", Effect.WITHHELD): 1,
        ("unknown-area", Effect.WITHHELD): 1,
        ("unknown-category", Effect.WITHHELD): 2,
        ("contact-of-a-person", Effect.NOTED): 2,
    }
    told_of = {(quad.predicate, quad.object) for quad in reading.quads}
    assert (CV.currency, "http://publications.europa.eu/resource/authority/currency/GBP") in told_of
    assert (DCT.title, text("Reception")) in told_of
    assert b"Persona" not in b"".join(reading.lines)


@real_data
@absent
def test_the_feed_of_the_validator_has_one_service_a_hundred_and_twenty_eight_times() -> None:
    reading = read(SOURCE, (FOLDER / "oruk-v3/mocks-test/service_list.json").read_bytes())
    assert (reading.tally.records_in, reading.tally.records_left_out) == (128, 128)
    assert issues_of(reading) == {
        ("duplicate-key", "id", Effect.LEFT_OUT): 128,
        ("unknown-organisation", "organization_id", Effect.NOTED): 15,
        ("lying-total", "total_items", Effect.NOTED): 1,
    }
    assert reading.lines == []


@real_data
@absent
@pytest.mark.parametrize(
    ("name", "loaded", "issues"),
    [
        ("oruk-v3/uk-profile/service_list.json", 1, {"lying-total": 1}),
        ("oruk-v3/mocks-default/service_list.json", 1, {}),
        ("hsds-3/service_list.json", 1, {"lying-total": 1}),
        ("oruk-v3/uk-profile/organization_full.json", 0, {"out-of-scope": 1, "unknown-column": 6}),
        (
            "oruk-v3/uk-profile/organization_list.json",
            0,
            {"out-of-scope": 1, "unknown-column": 4, "lying-total": 1},
        ),
        (
            "oruk-v3/uk-profile/service_at_location_full.json",
            0,
            {"out-of-scope": 1, "unknown-column": 2},
        ),
    ],
)
def test_lists_hold_services_and_other_objects_are_told_apart(
    name: str, loaded: int, issues: dict[str, int]
) -> None:
    reading = read(SOURCE, (FOLDER / name).read_bytes())
    assert (reading.tally.records_in, reading.tally.records_loaded) == (1, loaded)
    assert Counter(each.rule for each in reading.issues) == issues
