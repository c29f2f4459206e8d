"""Where and when a dataset is about: boxes on the ground and periods, as catalogues write them."""

import json
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.numbers import latitude, longitude
from loaders.records import Box
from loaders.times import day_of
from loaders.values import calendar_date

_EAST, _NORTH, _MOST = 180, 90, 1000
_SMALLEST = Decimal("1e-15")
_WKT = re.compile(
    r"\s*(?:<([^<>]*)>)?\s*(?:POINT|(?:MULTI)?(?:POLYGON|LINESTRING))\s*(?:Z\s*)?(.*)"
)
_LONGITUDE_FIRST = re.compile(r"https?://www\.opengis\.net/def/crs/OGC/1\.3/CRS84")
_LATITUDE_FIRST = re.compile(r"https?://www\.opengis\.net/def/crs/EPSG/0/4326")
_REDUCED = re.compile(r"([0-9]{4})(?:[-/]([0-9]{2}))?")
_SLASHED = re.compile(r"([0-9]{4})/([0-9]{2})/([0-9]{2})")
_DECEMBER = 12

Pair = tuple[Decimal, Decimal]


def geojson_box(cell: str) -> Box:
    """The box round a geometry in GeoJSON (RFC 7946), which is in degrees of WGS 84."""
    try:
        geometry = json.loads(cell, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, InvalidOperation, RecursionError):
        raise Fault("bad-coordinates", f"“{cell[:200]}” is not a geometry in GeoJSON.") from None
    return geometry_box(geometry)


def geometry_box(geometry: object) -> Box:
    """The box round a geometry of GeoJSON that has been read already."""
    try:
        match geometry:
            case {"coordinates": coordinates}:
                return box_round(_pairs(coordinates))
    except (ValueError, InvalidOperation):
        pass
    raise Fault("bad-coordinates", "The geometry has no coordinates as GeoJSON has them.")


def wkt_box(cell: str) -> Box:
    """The box round a geometry in well-known text (GeoSPARQL 1.1, section 8.5.1).

    Degrees are those of WGS 84: longitude first, or latitude first where the text names EPSG:4326.
    """
    found = _WKT.fullmatch(" ".join(cell.upper().split()))
    if not found:
        raise Fault("bad-coordinates", f"“{cell[:200]}” is not a geometry in well-known text.")
    system = re.search(r"<([^<>]*)>", cell)
    turned = system is not None and _LATITUDE_FIRST.fullmatch(system[1]) is not None
    if system and not turned and not _LONGITUDE_FIRST.fullmatch(system[1]):
        raise Fault(
            "bad-coordinates",
            f"The geometry is in the system {system[1][:200]}, and not in degrees of WGS 84.",
        )
    corners = [each.split()[:2] for each in re.split("[(),]", found[2]) if each.strip()]
    try:
        pairs = [(_number(x), _number(y)) for x, y in corners]
    except (ValueError, InvalidOperation):
        raise Fault(
            "bad-coordinates", f"“{cell[:200]}” is not a geometry in well-known text."
        ) from None
    return box_round((y, x) if turned else (x, y) for x, y in pairs)


def box_round(corners: Iterable[Pair]) -> Box:
    """The smallest box that holds some points, each given as its longitude and latitude.

    Raises:
        Fault: it has no extent, or is not on the earth.
    """
    points = list(corners)
    if not points:
        raise Fault("bad-coordinates", "The geometry has no coordinates.")
    easts, norths = zip(*points, strict=True)
    return _checked(Box(min(easts), min(norths), max(easts), max(norths)))


def box_of(row: Row, west: str, south: str, east: str, north: str) -> Box | None:
    """The box whose four sides stand in four columns; None where they are empty or withheld."""
    columns = (west, south, east, north)
    if not any(map(row.has, columns)):
        return None
    found = (
        row.optional(west, longitude),
        row.optional(south, latitude),
        row.optional(east, longitude),
        row.optional(north, latitude),
    )
    sides = [each for each in found if each is not None]
    try:
        if len(sides) < len(columns):
            raise Fault("bad-coordinates", "A box needs four sides, and this has fewer.")
        return _checked(Box(*sides))
    except Fault as fault:
        row.withhold(fault.rule, fault.message, west)
        return None


def _checked(box: Box) -> Box:
    if max(-box.west, box.east) > _EAST or max(-box.south, box.north) > _NORTH:
        raise Fault("bad-coordinates", "The box lies beyond 180 degrees east or 90 degrees north.")
    if not (box.west < box.east and box.south < box.north):
        raise Fault(
            "bad-coordinates", "The box has no extent, or its sides are the wrong way round."
        )
    return box


def _number(figures: str | int | Decimal) -> Decimal:
    number = Decimal(figures)
    if not abs(number) < _MOST:  # nor is it “not a number”
        raise Fault("bad-coordinates", f"{str(figures)[:40]} is no number of degrees.")
    return number.quantize(_SMALLEST).normalize()


def _refuse(_: str) -> NoReturn:
    raise ValueError


def _pairs(coordinates: object) -> Iterator[Pair]:
    waiting = [coordinates]
    while waiting:
        match waiting.pop():
            case [int() | Decimal() as x, int() | Decimal() as y, *_]:
                yield _number(x), _number(y)
            case list(deeper):
                waiting += deeper
            case _:
                raise ValueError


def first_day(cell: str) -> date:
    """The day on which a day, a month or a year begins: YYYY-MM-DD, YYYY-MM or YYYY."""
    if found := _REDUCED.fullmatch(cell):
        return calendar_date(f"{found[1]}-{found[2] or '01'}-01")
    return _day(cell)


def last_day(cell: str) -> date:
    """The day on which a day, a month or a year ends: YYYY-MM-DD, YYYY-MM or YYYY."""
    if found := _REDUCED.fullmatch(cell):
        first = calendar_date(f"{found[1]}-{found[2] or _DECEMBER}-01")
        return first.replace(day=monthrange(first.year, first.month)[1])
    return _day(cell)


def _day(cell: str) -> date:
    found = _SLASHED.fullmatch(cell)
    return calendar_date("-".join(found.groups())) if found else day_of(cell)


Period = tuple[date | None, date | None]


def interval(cell: str) -> Period:
    """The first and the last day of an interval of two days, months or years (ISO 8601).

    Raises:
        Fault: it is none, or ends before it begins.
    """
    begins, divider, ends = cell.partition("/")
    if not divider or not (begins or ends):
        raise Fault("bad-date", f"“{cell[:200]}” is not an interval such as 2024-01/2024-12.")
    found = (
        first_day(begins) if begins not in ("", "..") else None,
        last_day(ends) if ends not in ("", "..") else None,
    )
    if found[0] and found[1] and found[1] < found[0]:
        raise Fault("dates-out-of-order", f"“{cell[:200]}” ends before it begins.")
    return found


def in_order(row: Row, column: str, began: date | None, ended: date | None) -> Period:
    """A period, if it does not end before it begins; else neither day, which is reported."""
    if began and ended and ended < began:
        row.withhold(
            "dates-out-of-order",
            f"The period ends on {ended}, before it begins on {began}.",
            column,
        )
        return None, None
    return began, ended
