"""Where a service is to be had, in Open Referral UK: its locations."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.numbers import latitude, longitude
from loaders.records import Identifier, Place
from loaders.values import postcode, slug, undamaged, words

_UPRN = re.compile(r"[0-9]{1,12}")
_ADDRESS = ("address_1", "address_2", "city", "region", "state_province")
_NOT_GONE_TO = frozenset({"postal", "virtual"})
# The box round the United Kingdom, in degrees.
_SOUTH, _NORTH, _WEST, _EAST = 49, 61, -9, 2


class Visit(NamedTuple):
    """A service at a location: the item, and its place where there is one to go to."""

    item: Row
    place: Place | None = None
    uprn: Identifier | None = None

    @property
    def name(self) -> str | None:
        """What its place is called."""
        return self.place.name if self.place else None


def visits_of(row: Row) -> list[Visit]:
    """Where a service is to be had. A place told of in two ways is what it was told to be first."""
    places: dict[str, Place] = {}
    found = []
    for each in map(_visit, row.each("service_at_locations")):
        visit = each
        if each.place and places.setdefault(each.place.key, each.place) != each.place:
            each.item.withhold(
                "duplicate-key",
                f"The location {each.place.key} is told of in another way before.",
                "location",
                each.place.key,
            )
            visit = each._replace(place=places[each.place.key])
        found.append(visit)
    return found


def _visit(item: Row) -> Visit:
    location = item.within("location")
    if location is None:
        if item.has("location_id"):
            item.withhold(
                "missing-value",
                "The location is only named by its number.",
                "location_id",
                item.optional("location_id", str),
            )
        return Visit(item)
    if (location.optional("location_type", words) or "").casefold() == "virtual":
        location.withhold("out-of-scope", "A virtual location is no place.", "location_type")
        return Visit(item)
    key = location.optional("id", undamaged(slug))
    if key is None:
        if not location.has("id"):
            location.withhold("missing-value", "The location has no identifier.", "id")
        return Visit(item)
    return Visit(item, _place(location, key), _identifier(location, key))


def _place(location: Row, key: str) -> Place:
    north, east = _point(location)
    address = _address(location)
    return Place(
        key=key,
        name=location.prose("name"),
        description=location.prose("description"),
        address=tuple(_lines(address)) if address else (),
        postcode=address.optional("postal_code", postcode) if address else None,
        latitude=north,
        longitude=east,
        is_mention=True,
    )


def _point(location: Row) -> tuple[Decimal | None, Decimal | None]:
    north = location.optional("latitude", latitude)
    east = location.optional("longitude", longitude)
    if north is None or east is None:
        if location.has("latitude") != location.has("longitude"):
            location.withhold("missing-value", "One coordinate alone tells no point.", "latitude")
        return None, None
    if not (_SOUTH <= north <= _NORTH and _WEST <= east <= _EAST):
        location.withhold(
            "bad-coordinates",
            f"The point {north:f}, {east:f} lies outside the United Kingdom.",
            "latitude",
            f"{north:f}",
        )
        return None, None
    return north, east


def _address(location: Row) -> Row | None:
    """The address of a location: the first that is one to go to, else the first of no such kind.

    One that only letters go to, or that is reached from afar, is not where the place is.
    """
    addresses = location.each("addresses")
    kinds = [_kind(each) for each in addresses]
    for wanted in (lambda kind: kind == "physical", lambda kind: kind not in _NOT_GONE_TO):
        for kind, address in zip(kinds, addresses, strict=True):
            if wanted(kind):
                return address
    if addresses:
        location.withhold(
            "out-of-scope", "No address of the location is one that people go to.", "addresses"
        )
    return None


def _kind(address: Row) -> str:
    return (address.optional("address_type", words) or "").casefold()


def _lines(address: Row) -> Iterator[str]:
    """The lines of an address, each once; to whose attention letters go is not loaded."""
    if address.has("attention"):
        address.note(
            "contact-of-a-person",
            "To whose attention letters go may be a person's name: it is not loaded.",
            "attention",
        )
    earlier: set[str] = set()
    for column in _ADDRESS:
        line = address.optional(column, words)
        if line and line.casefold() not in earlier:
            earlier.add(line.casefold())
            yield line


def _identifier(location: Row, key: str) -> Identifier | None:
    if not location.has("external_identifier"):
        return None
    scheme = location.optional("external_identifier_type", words) or ""
    if scheme.casefold() != "uprn":
        location.withhold(
            "unknown-category",
            f"“{scheme}” is no kind of identifier that is loaded of a place: only UPRN is.",
            "external_identifier_type",
            scheme,
        )
        return None
    found = location.optional("external_identifier", undamaged(_uprn))
    return Identifier("place", key, "uprn", found) if found else None


def _uprn(cell: str) -> str:
    if not _UPRN.fullmatch(cell):
        raise Fault("bad-code", f"“{cell}” is not a UPRN, which has up to twelve figures.")
    return cell
