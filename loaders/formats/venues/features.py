"""Points of GeoJSON (RFC 7946) as rows: the properties of a feature, with its coordinates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from loaders.formats.reading.content import Content
from loaders.formats.reading.delimited import Columns
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table, Unreadable
from loaders.issues import Fault

_FEATURES = JsonItems(items="features")


@dataclass(frozen=True, slots=True)
class PointFeatures:
    """A layout of features whose properties are the cells of columns."""

    columns: Columns

    def read(self, content: Content) -> Table:
        """The features of a file, counted from 1, one held at a time."""
        table = _FEATURES.read(content)
        table.rows = self._rows(table.rows, table.remarks)
        return table

    def _rows(
        self, rows: Iterator[Row | Unreadable], remarks: list[Fault]
    ) -> Iterator[Row | Unreadable]:
        heard: set[str] = set()
        for row in rows:
            if not isinstance(row, Row):
                yield row
                continue
            properties = row.cells.get("properties")
            if not isinstance(properties, Mapping):
                fault = Fault("missing-value", "The feature has no properties.", "properties")
                yield row.number, fault
                continue
            cells = {self.columns.name(name): value for name, value in properties.items()}
            remarks += self.columns.remarks([name for name in cells if name not in heard])
            heard |= cells.keys()
            row.cells = {**cells, **_point(row)}
            yield row


def _point(row: Row) -> Mapping[str, object]:
    """Longitude and latitude, in this order, of a feature that is a point."""
    geometry = row.cells.get("geometry")
    if isinstance(geometry, Mapping) and geometry.get("type") == "Point":
        match geometry.get("coordinates"):
            case [east, north, *_]:
                return {"lon": east, "lat": north}
    row.withhold("unexpected-structure", "The geometry is no point.", "geometry")
    return {}
