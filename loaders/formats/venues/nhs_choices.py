"""Venues as the interfaces of NHS Choices gave them, in JSON: pharmacies, surgeries, hospitals.

The older interface answered with a feed in Atom, which programs turned into JSON element by
element: the text of an element with attributes lies under `_`, and what may come several times is
a list only where it does. The newer one answers with a document for each organisation.
"""

from collections.abc import Iterator, Mapping

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.formats.venues.hours import DAYS
from loaders.formats.venues.venue import venue
from loaders.issues import Fault
from loaders.records import Record

LAYOUT = JsonItems(items="feed.entry")

_LINES = ("line1", "line2", "line3", "city", "county")
_TEXT = "_"  # as xml2js names it
_CODE = "organisation_data_service_code"


def nhs_choices(row: Row, feed: Feed) -> tuple[Record, ...]:
    """The venue of an entry of a feed, or of a document of one organisation.

    Raises:
        Fault: it tells of no organisation, or as for any venue.
    """
    cells = _summary(row.cells) if row.cells.keys() & {"feed", "content"} else _document(row.cells)
    row.cells = {column: value for column, value in cells.items() if value not in ("", None)}
    if not row.has(_CODE):
        raise Fault("missing-value", "The entry tells of no organisation with a code.", _CODE)
    return venue(row, feed)


def _summary(entry: Mapping[str, object]) -> Mapping[str, object]:
    """The cells of an entry; a feed of one alone is that entry."""
    entry = _within(_within(entry, "feed"), "entry") or entry
    told = _within(_within(entry, "content"), "organisationSummary")
    address, point = _within(told, "address"), _within(told, "geographicCoordinates")
    lines = address.get("addressLine")
    return {
        "name": _text(told.get("name")),
        _CODE: _text(told.get("odscode")),
        "address": _joined(lines if isinstance(lines, list) else [lines]),
        "postcode": _text(address.get("postcode")),
        "telephone": _text(told.get("phone")),
        "lat": _text(point.get("latitude")),
        "lon": _text(point.get("longitude")),
    }


def _document(told: Mapping[str, object]) -> Mapping[str, object]:
    address, contacts = _within(told, "address"), _within(told, "contacts")
    match _within(told, "location").get("coordinates"):
        case [east, north, *_]:
            point = {"lon": east, "lat": north}
        case _:
            point = {}
    return {
        "name": told.get("name"),
        _CODE: told.get("identifier"),
        "type": told.get("organisationType"),
        "description": told.get("summary"),
        "address": _joined([address.get(line) for line in _LINES]),
        "postcode": address.get("postcode"),
        "telephone": contacts.get("telephoneNumber"),
        "email": contacts.get("email"),
        "website": contacts.get("website"),
        **point,
        **dict(_hours(_within(_within(told, "openingTimes"), "general"))),
    }


def _hours(week: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The spans of each day, as a table of venues has them."""
    for day in DAYS:
        spans = week.get(day)
        for_day = (
            [each for each in spans if isinstance(each, dict)] if isinstance(spans, list) else []
        )
        if for_day:
            told = (f"{each.get('opens', '')}-{each.get('closes', '')}" for each in for_day)
            yield f"opening_hours_{day}", ",".join(told)


def _within(item: Mapping[str, object], member: str) -> Mapping[str, object]:
    value = item.get(member)
    return value if isinstance(value, dict) else {}


def _text(value: object) -> object:
    return value.get(_TEXT) if isinstance(value, dict) else value


def _joined(lines: list[object]) -> str:
    return ", ".join(str(text).strip() for line in lines if (text := _text(line)))
