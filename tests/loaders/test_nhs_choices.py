"""Answers of NHS Choices become venues: entries of its feed, and documents of one organisation."""

import json
from datetime import time
from decimal import Decimal
from typing import Any

import pytest

from loaders.formats import find_format
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import (
    Channel,
    Contact,
    Hours,
    Identifier,
    Organisation,
    Party,
    Place,
    Record,
    Service,
)
from tests.loaders.conftest import in_memory

FORMAT = find_format("nhs-choices-organisations")
CODE = "FEX99"
ENTRY: dict[str, Any] = {
    "id": "https://nhs.example/organisations/pharmacies/1",
    "title": {"_": "Exampleton Pharmacy - Summary", "$": {"type": "text"}},
    "content": {
        "$": {"type": "application/xml"},
        "organisationSummary": {
            "name": "Exampleton Pharmacy",
            "odscode": CODE,
            "address": {"addressLine": ["1 Book Street", "Exampleton"], "postcode": "M99 9ZZ"},
            "phone": {"_": "0161 496 0000", "$": {"type": "main"}},
            "geographicCoordinates": {"latitude": "53.5", "longitude": "-2.5"},
        },
    },
}
DOCUMENT: dict[str, Any] = {
    "identifier": CODE,
    "name": "Exampleton Pharmacy",
    "organisationType": "Pharmacy",
    "summary": "<p>Open to all.</p>",
    "address": {"line1": "1 Book Street", "line2": "", "city": "Exampleton", "postcode": "M99 9ZZ"},
    "contacts": {
        "telephoneNumber": "0161 496 0000",
        "email": "info@exampleton.example",
        "website": "https://exampleton.example/",
        "fax": "0161 496 0001",
        "additionalContacts": [{"name": "Mobile", "telephoneNumber": "07700 900000"}],
    },
    "openingTimes": {
        "general": {
            "monday": [
                {"opens": "09:00", "closes": "12:00"},
                {"opens": "13:00", "closes": "17:00"},
            ],
            "tuesday": [{"opens": "09:00", "closes": "12:00"}],
            "sunday": [],
        }
    },
    "location": {"type": "Point", "coordinates": [-2.5, 53.5]},
}
PLACE = Place(
    key=CODE,
    name="Exampleton Pharmacy",
    address=("1 Book Street", "Exampleton"),
    postcode="M99 9ZZ",
    latitude=Decimal("53.5"),
    longitude=Decimal("-2.5"),
)
BODY = (
    Organisation(f"GB-NHS-{CODE}", "Exampleton Pharmacy", is_mention=True),
    Identifier("organisation", f"GB-NHS-{CODE}", "ods", CODE),
)


def rows(document: object) -> list[Row]:
    found = []
    for row in FORMAT.layout.read(in_memory(json.dumps(document))):
        assert isinstance(row, Row)
        found.append(row)
    return found


def records(document: object) -> tuple[tuple[Record, ...], Row]:
    [row] = rows(document)
    return FORMAT.interpret(row, Feed("given")), row


@pytest.mark.parametrize("entries", [[ENTRY], ENTRY], ids=["a list", "one that stands alone"])
def test_an_entry_of_a_feed_is_a_service_at_a_place(entries: object) -> None:
    found, row = records({"feed": {"title": {"_": "Pharmacies"}, "entry": entries}})
    assert found == (
        Service(
            key=CODE,
            name="Exampleton Pharmacy",
            provider=Party(f"GB-NHS-{CODE}", "Exampleton Pharmacy"),
            contacts=(Contact(None, "0161 496 0000"),),
            locations=(CODE,),
        ),
        PLACE,
        *BODY,
    )
    assert row.withheld == row.noted == []


def test_an_address_of_one_line_may_stand_alone() -> None:
    entry = json.loads(json.dumps(ENTRY))
    entry["content"]["organisationSummary"]["address"]["addressLine"] = "1 Book Street"
    (_, place, *_), _ = records({"feed": {"entry": [entry]}})
    assert isinstance(place, Place)
    assert place.address == ("1 Book Street",)


def test_a_document_of_an_organisation_tells_when_it_is_open() -> None:
    found, row = records(DOCUMENT)
    assert found == (
        Service(
            key=CODE,
            name="Exampleton Pharmacy",
            description="Open to all. Pharmacy",
            provider=Party(f"GB-NHS-{CODE}", "Exampleton Pharmacy"),
            channels=(Channel("https://exampleton.example/"),),
            contacts=(Contact(None, "0161 496 0000", "info@exampleton.example"),),
            hours=(
                Hours(("Monday", "Tuesday"), time(9), time(12)),
                Hours(("Monday",), time(13), time(17)),
            ),
            locations=(CODE,),
        ),
        PLACE,
        *BODY,
    )
    assert [(each.rule, each.field) for each in row.noted] == [("html-in-text", "description")]
    assert row.withheld == []


def test_pages_of_a_feed_follow_one_another() -> None:
    assert [row.number for row in rows({"feed": {"entry": [ENTRY, ENTRY]}})] == [1, 2]


@pytest.mark.parametrize(
    "document",
    [
        {"feed": {"entry": {"title": "no content"}}},
        {"feed": "none"},
        {"name": "Exampleton Pharmacy"},
        {"content": {"organisationSummary": "a text"}},
        {"content": {"organisationSummary": {"name": "No code"}}},
        {"openingTimes": {"general": "always"}, "location": {"coordinates": "here"}},
    ],
)
def test_an_entry_without_a_code_is_left_out(document: object) -> None:
    [row] = rows(document)
    with pytest.raises(Fault) as caught:
        FORMAT.interpret(row, Feed("given"))
    assert caught.value.rule == "missing-value"
