"""Lists of areas of many kinds by their codes and names, as data laboratories keep them.

The kind is told by the code, whatever the list calls it. An area without a name is loaded by its
code alone.
"""

from loaders.formats.areas.area_kinds import kind_of, name_of
from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.records import Area, Record
from loaders.values import gss


def _area(row: Row, _: Feed) -> tuple[Record, ...]:
    code = row.required("area_code", gss)
    name = row.optional("area_name", str)
    return (Area(code, name_of(name) if name else None, kind_of(code)),)


CODE_LISTS = (
    Format(
        "area-code-list",
        "A list of areas by code and name, CSV with area_code and area_name",
        Delimited(
            Columns(("area_code", "area_name"), (), ("area_type", "area_abbr", "lat", "lon"))
        ),
        _area,
    ),
)
