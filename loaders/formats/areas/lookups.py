"""Lookups between kinds of area, as the Office for National Statistics publishes them, CSV.

Columns are named by kind, year and part: `lsoa21cd` is the code of a lower layer super output area
of 2021, `lsoa21nm` its name. A row is about its smallest area; it lies within the next larger one
that its kind nests in. Wards do not divide into output areas: a lookup gives the ward that fits
best, which may hold a part of the area alone, so that it is not stated that the area lies within.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from loaders.errors import StructureError
from loaders.formats.areas.area_kinds import kind_of, name_of
from loaders.formats.reading.content import Content
from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table, Unreadable
from loaders.issues import Fault
from loaders.records import Area, Record
from loaders.values import gss

_COLUMN = re.compile(r"(oa|lsoa|msoa|wd|lad|cty|cauth|rgn|ctry)([0-9]{2})(cd|nm)")
_NESTS: Mapping[str, tuple[str, ...]] = {
    "oa": ("lsoa", "msoa", "lad", "rgn", "ctry"),
    "lsoa": ("msoa", "lad", "rgn", "ctry"),
    "msoa": ("lad", "rgn", "ctry"),
    "wd": ("lad", "rgn", "ctry"),
    "lad": ("cauth", "cty", "rgn", "ctry"),
    "cauth": ("ctry",),
    "cty": ("rgn", "ctry"),
    "rgn": ("ctry",),
}
_OVER_WARDS = ("oa", "lsoa", "msoa")
_IGNORED = frozenset({"objectid", "fid", "wd_lad_fit"})


@dataclass(frozen=True, slots=True)
class _LookupColumns(Columns):
    """Columns of any kinds and years, whatever the case of their names."""

    def name(self, heading: str) -> str:
        """A heading in small letters."""
        return " ".join(heading.split()).casefold()

    def remarks(self, header: Sequence[str]) -> Iterator[Fault]:
        """What is odd about a header."""
        kinds = {found[1] for name in header if (found := _COLUMN.fullmatch(name))}
        for name in header:
            if not _COLUMN.fullmatch(name) and name not in _IGNORED:
                yield Fault(
                    "unknown-column",
                    "The format does not know this column; it is not loaded.",
                    name,
                )
        if "wd" in kinds and kinds & {*_OVER_WARDS}:
            yield Fault(
                "out-of-scope",
                "The ward is the one that fits best. The areas may lie in others too, so that they "
                "are not said to lie within it.",
            )


_ROWS = Delimited(_LookupColumns(required=()))


@dataclass(frozen=True, slots=True)
class AreaLookup:
    """A layout of rows that have the codes of areas, of at least two kinds."""

    rows: Delimited = _ROWS

    def read(self, content: Content) -> Table:
        """The rows of a file.

        Raises:
            StructureError: as for any CSV; while iterating, no columns of codes.
        """
        table = self.rows.read(content)
        table.rows = _checked(content.name, table.rows)
        return table


def _checked(file: str, rows: Iterator[Row | Unreadable]) -> Iterator[Row | Unreadable]:
    for first in rows:
        if isinstance(first, Row) and not _codes(first.cells):
            raise StructureError(
                file,
                "the header has no column of codes named by kind and year, such as wd22cd.",
            )
        yield from chain((first,), rows)


def _codes(cells: Mapping[str, object]) -> dict[str, str]:
    """The columns of codes, by their kinds, the smallest first."""
    found = {
        named[1]: name for name in cells if (named := _COLUMN.fullmatch(name)) and named[3] == "cd"
    }
    return {kind: found[kind] for kind in (*_NESTS, "ctry") if kind in found}


def _area(row: Row, _: Feed) -> tuple[Record, ...]:
    columns = _codes(row.cells)
    kind, column = next(iter(columns.items()))
    code = row.required(column, gss)
    name = row.optional(f"{column[:-2]}nm", str)
    around = next((columns[each] for each in _NESTS.get(kind, ()) if each in columns), None)
    within = row.optional(around, gss) if around else None
    found = Area(
        code=code,
        name=name_of(name) if name else None,
        area_type=kind_of(code),
        within=within,
        year=2000 + int(column[-4:-2]),
    )
    if within is None or around is None:
        return (found,)
    return found, Area(within, area_type=kind_of(within), year=2000 + int(around[-4:-2]))


LOOKUPS = (
    Format(
        "ons-area-lookup",
        "Lookups between kinds of area (ONS), CSV",
        AreaLookup(),
        _area,
    ),
)
