"""Boundaries of areas in GeoJSON (RFC 7946), with the properties that publishers give them.

A file of the Office for National Statistics has properties such as `WD23CD` and `WD23NM`, whose
figures are the year; others have `area_code` and `area_name`. Where neither they nor the name of
the file tell the year, none is stated. How far lines are simplified is told by the file's name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from loaders.formats.areas.area_kinds import kind_of, name_of
from loaders.formats.areas.rings import well_known_text
from loaders.formats.reading.content import Content
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table, Unreadable
from loaders.issues import Fault
from loaders.records import Area, Boundary, Record
from loaders.values import gss

_FILE = " file"  # no member has a name that begins with a space
_CODE = re.compile(r"[A-Za-z]{2,6}([0-9]{2})(?:CD|cd)")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_DETAILS = (
    (re.compile(r"super[\s_-]*generali[sz]ed|(?<![A-Za-z])BSC(?![A-Za-z])", re.I), "super"),
    (re.compile(r"ultra[\s_-]*generali[sz]ed|(?<![A-Za-z])BUC(?![A-Za-z])", re.I), "ultra"),
    (re.compile(r"full[\s_-]*resolution|(?<![A-Za-z])BF[CE](?![A-Za-z])", re.I), "full"),
    (re.compile(r"generali[sz]ed|(?<![A-Za-z])BG[CE](?![A-Za-z])", re.I), ""),
)
_FEATURES = JsonItems(
    items="features", known=frozenset({"type", "properties", "geometry", "id", "bbox"})
)


@dataclass(frozen=True, slots=True)
class GeoJsonFeatures:
    """A layout of the features of a collection, each with the name of the file that it is from."""

    features: JsonItems = _FEATURES

    def read(self, content: Content) -> Table:
        """The features of a file, counted from 1, one held at a time."""
        table = self.features.read(content)
        table.rows = _named(content.name, table.rows)
        return table


def _named(file: str, rows: Iterator[Row | Unreadable]) -> Iterator[Row | Unreadable]:
    for row in rows:
        if isinstance(row, Row):
            row.cells = {**row.cells, _FILE: file}
        yield row


def _area(row: Row, _: Feed) -> tuple[Record, ...]:
    properties = row.within("properties")
    if properties is None:
        raise Fault("missing-value", "The feature has no properties.", "properties")
    column, year = _code_column(properties.cells)
    file = str(row.cells[_FILE])
    code = properties.required(column, gss)
    name = properties.optional(re.sub("(?i)cd$|code$", _name_ending, column), str)
    year = year if year is not None else _year_of(file)
    within = properties.optional("local_authority_area_code", gss)
    found = Area(
        code=code,
        name=name_of(name) if name else None,
        area_type=kind_of(code),
        within=within,
        year=year,
        boundary=_boundary(row, year, _detail_of(file)),
    )
    return (found, Area(within, area_type=kind_of(within))) if within else (found,)


def _boundary(row: Row, year: int | None, detail: str | None) -> Boundary | None:
    geometry = row.cells.get("geometry")
    if not isinstance(geometry, Mapping):
        row.withhold("missing-value", "The feature has no geometry.", "geometry")
        return None
    try:
        return Boundary(well_known_text(geometry), year, detail)
    except Fault as fault:
        row.withheld.append(fault)
        return None


def _code_column(properties: Mapping[str, object]) -> tuple[str, int | None]:
    """The property with the code, and the year that its name tells."""
    for column in properties:
        if found := _CODE.fullmatch(column):
            return column, 2000 + int(found[1])
    return "area_code", None


def _name_ending(ending: re.Match[str]) -> str:
    return {"CD": "NM", "cd": "nm", "code": "name", "CODE": "NAME"}.get(ending[0], "name")


def _year_of(file: str) -> int | None:
    """The year in the name of a file, if it has one alone."""
    found = set(_YEAR.findall(file))
    return int(found.pop()) if len(found) == 1 else None


def _detail_of(file: str) -> str | None:
    """How far the lines are simplified, as the name of a file tells it."""
    for pattern, degree in _DETAILS:
        if pattern.search(file):
            return "full resolution" if degree == "full" else f"{degree} generalised".strip()
    return None


BOUNDARIES = (
    Format(
        "area-boundaries-geojson",
        "Boundaries of areas by their GSS codes, GeoJSON",
        GeoJsonFeatures(),
        _area,
    ),
)
