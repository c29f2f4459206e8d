"""A venue of a list: the place, the service that is to be had there, and who is known to give it.

A venue is known by its official code where the list has one: that of the Organisation Data Service
(ODS), of the Care Quality Commission (CQC), or the unique reference number of the register of
schools (URN). Without one its key is made of its name and postcode. Who has an ODS code or a URN is
an organisation (`GB-NHS-`, `GB-EDU-`). Ratings, capacities and inspections are not loaded.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.formats.venues.hours import COLUMNS as HOURS_COLUMNS
from loaders.formats.venues.hours import hours_of
from loaders.impersonal import impersonal
from loaders.issues import Fault
from loaders.numbers import latitude, longitude
from loaders.records import (
    Channel,
    Contact,
    Identifier,
    Organisation,
    Party,
    Place,
    Record,
    Service,
)
from loaders.values import (
    Reader,
    gss,
    postcode,
    slug,
    team_address,
    telephone,
    web_address,
)

NEEDED = "name"
_CODES = ("organisation_data_service_code", "cqc_id", "unique_reference_number")
LOADED = (
    *("address", "postcode", "type", "email", "website", "telephone", "description"),
    *("facilities", "activity", "provider", "lon", "lat"),
    *("area_code", "la_code", "ward_code", "opening_hours"),
    *HOURS_COLUMNS,
    *_CODES,
)
IGNORED = (
    *("area_name", "la_name", "ward_name", "service", "health_and_wellbeing_board"),
    *("msoa_code", "msoa_hcl_name", "lsoa_code", "lsoa_name"),
    *("inspection_date", "cqc_webpage", "local_authority_code", "establishment_number", "gender"),
    *("lowest_admission_age", "highest_admission_age", "capacity", "resource_provision"),
    *("religion", "trust_type", "sponsoring_trust", "percent_fsm", "ofsted_rating"),
)
ALIASES: Mapping[str, str] = {
    "pharmacy_name": "name",
    "community_hub": "name",
    "area code": "area_code",
    "managed_by": "provider",
    "longitude": "lon",
    "latitude": "lat",
}

_NOTHING = frozenset({"NA", "N/A"})
_ODS = re.compile(r"[A-Z0-9]{3,12}")
_CQC = re.compile(r"1-[0-9]{6,12}")
_URN = re.compile(r"[0-9]{5,6}")
_LOST_NOUGHT = re.compile(r"[1-9][0-9]{8,9}")
_SOUTH, _NORTH, _WEST, _EAST = 49, 61, -9, 2


def venue(row: Row, feed: Feed) -> tuple[Record, ...]:
    """A service that is to be had at one place, the place, and who gives it where that is told.

    Raises:
        Fault: it has no name, or neither a code nor a postcode to know it by.
    """
    _blank_nothings(row)
    district = _district(row)
    place = _place(row, district)
    party, bodies = _provider(row, feed, place)
    page = row.optional("website", web_address)
    service = Service(
        key=place.key,
        name=row.required("name", impersonal),
        description=_description(row),
        provider=party,
        areas=(district,) if district else (),
        channels=(Channel(page),) if page else (),
        contacts=tuple(_contacts(row)),
        hours=tuple(hours_of(row)),
        locations=(place.key,),
    )
    return (service, place, *bodies)


def premises(row: Row, _: Feed) -> tuple[Record, ...]:
    """A place where somebody does business that is no service of a public body.

    A list of licences has a row for each licence, and may tell of a place more than once.

    Raises:
        Fault: as for a venue.
    """
    _blank_nothings(row)
    return (replace(_place(row, _district(row)), is_mention=True),)


def _blank_nothings(row: Row) -> None:
    """Empty the cells in which “NA” stands, which R writes where there is no value."""
    row.cells = {
        column: "" if isinstance(cell, str) and cell.strip() in _NOTHING else cell
        for column, cell in row.cells.items()
    }


def _district(row: Row) -> str | None:
    return row.optional("la_code", gss) or row.optional("area_code", gss)


def _place(row: Row, district: str | None) -> Place:
    name = row.required("name", impersonal)
    code = row.optional("postcode", postcode)
    north, east = _point(row)
    address = row.optional("address", impersonal) or ""
    return Place(
        key=_key(row, name, code),
        name=name,
        description=row.prose("activity"),
        address=tuple(filter(None, map(str.strip, address.split(",")))),
        postcode=code,
        latitude=north,
        longitude=east,
        within=row.optional("ward_code", gss) or district,
    )


def _key(row: Row, name: str, code: str | None) -> str:
    for column, pattern, what in (
        ("organisation_data_service_code", _ODS, "an ODS code, of capitals and figures"),
        ("cqc_id", _CQC, "the number of a location with the CQC, such as 1-123456789"),
        ("unique_reference_number", _URN, "a unique reference number, of five or six figures"),
    ):
        if row.has(column):
            return row.required(column, _code(pattern, what))
    if code is None:
        raise Fault(
            "missing-value",
            "The venue has neither a code nor a postcode, so that it cannot be told from others "
            "of its name.",
            "postcode",
        )
    return slug(f"{_in_letters(name)}-{_in_letters(code)}".strip("-"))


def _code(pattern: re.Pattern[str], what: str) -> Reader[str]:
    def read(cell: str) -> str:
        if not pattern.fullmatch(cell):
            raise Fault("bad-code", f"“{cell}” is not {what}.")
        return cell

    return read


def _in_letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", plain.replace("'", "").casefold()).strip("-")


def _point(row: Row) -> tuple[Decimal | None, Decimal | None]:
    north, east = row.optional("lat", latitude), row.optional("lon", longitude)
    if north is None or east is None:
        return None, None
    if not (_SOUTH <= north <= _NORTH and _WEST <= east <= _EAST):
        row.withhold(
            "bad-coordinates",
            f"The point {north:f}, {east:f} lies outside the United Kingdom.",
            "lat",
            f"{north:f}",
        )
        return None, None
    return north, east


def _provider(row: Row, feed: Feed, place: Place) -> tuple[Party | None, tuple[Record, ...]]:
    name = place.name or ""
    if row.has("organisation_data_service_code"):
        key = f"GB-NHS-{place.key}"
        body = Organisation(key, name, is_mention=True)
        return Party(key, name), (body, Identifier("organisation", key, "ods", place.key))
    if row.has("unique_reference_number"):
        key = f"GB-EDU-{place.key}"
        return Party(key, name), (Organisation(key, name, is_mention=True),)
    return feed.party(row.optional("provider", impersonal)), ()


def _description(row: Row) -> str | None:
    told = (row.prose("description"), row.prose("type"), row.prose("facilities"))
    return ". ".join(each.rstrip(".") for each in told if each) or None


def _contacts(row: Row) -> Iterator[Contact]:
    number, email = row.optional("telephone", _telephone), row.optional("email", team_address)
    if number or email:
        yield Contact(None, number, email)


def _telephone(cell: str) -> str:
    if _LOST_NOUGHT.fullmatch(cell):
        raise Fault(
            "number-as-decimal",
            "The telephone number has lost the nought that it begins with: it was stored as a "
            "number.",
        )
    return telephone(cell)
