"""Services of Open Referral as a package of tables: CSV in a zip archive (HSDS 3.0, tabular data).

The tables are put together into items shaped like the JSON of the standard, one for each row of
services.csv, so that a service is read in one way whatever it came in. An issue about a value names
the table and the row that the value stands in.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from loaders.formats.open_referral.archive import Archive, opened
from loaders.formats.open_referral.description import TableFile, files_of, tables_of
from loaders.formats.open_referral.index import Line, TableIndex, index_at
from loaders.formats.open_referral.service import service
from loaders.formats.open_referral.tables import SERVICES, TABLES
from loaders.formats.reading.content import Content
from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table, Unreadable
from loaders.issues import Fault
from loaders.records import Record

_PLACE = " place"  # no column has a name that begins with a space
_MOST_TOLD = 20
_STEP = re.compile(r"([^.\[\]]+)(?:\[([0-9]+)\])?\.")
_OF_SERVICE = frozenset({"", "service", "services"})


class TabularPackage:
    """A layout of the rows of services.csv, each with what the other tables say of it."""

    def read(self, content: Content) -> Table:
        """The services of a package, numbered by their rows in services.csv.

        Raises:
            StructureError: while iterating: no zip archive, an encrypted or damaged one, one that
                is far larger than its bytes, no table of services, or a table that is no CSV.
        """
        table = Table(iter(()))
        table.rows = _rows(content, table.remarks)
        return table


def _rows(content: Content, remarks: list[Fault]) -> Iterator[Row | Unreadable]:
    with tempfile.TemporaryDirectory() as name, opened(content) as archive:
        folder = Path(name)
        files = files_of(archive, content.name, remarks)
        with index_at(folder / "index", TABLES) as index:
            reading = _Reading(content, archive, folder, remarks)
            for table, file in tables_of(files):
                index.add(table, reading.lines(table, file))
            index.close_books()
            reading.remark_upon(index, files)
            yield from reading.unreadable
            package = _Package(index, files)
            for line in index.rows(SERVICES):
                yield package.service(line)


class _Reading:
    """The tables of one package as they are read; `unreadable` are rows of services.csv."""

    def __init__(
        self, content: Content, archive: Archive, folder: Path, remarks: list[Fault]
    ) -> None:
        self.unreadable: list[Unreadable] = []
        self._content = content
        self._archive = archive
        self._folder = folder
        self._remarks = remarks
        self._told: Counter[tuple[str, str]] = Counter()

    def lines(self, table: str, file: TableFile) -> Iterator[Line]:
        """The rows of a table, each with what it belongs to."""
        place = self._folder / table
        self._archive.copy(file.member, place)
        columns = Columns(("id",), tuple(each for each in TABLES[table].columns if each != "id"))
        name = f"{self._content.name}, {file.name}"
        rows = Delimited(columns, file.divider).read(
            Content(name, place, file.encoding or self._content.encoding)
        )
        for row in rows:
            if not isinstance(row, Row):
                number, fault = row
                if table == SERVICES:
                    self.unreadable.append(row)
                else:
                    self._remark(
                        fault.rule, file.name, f"{file.name}, row {number}: {fault.message}"
                    )
                continue
            cells = {column: cell for column, cell in row.cells.items() if str(cell).strip()}
            owner, owned_by = _owner(table, cells)
            if owner is None and TABLES[table].owners and not _is_of_another(cells):
                self._remark(
                    "missing-value",
                    file.name,
                    f"{file.name}, row {row.number} does not say what it belongs to; it is not "
                    "loaded.",
                )
            cells[_PLACE] = f"{file.name}, row {row.number}"
            yield Line(row.number, str(cells.get("id", "")).strip(), owner, owned_by, cells)
        for remark in rows.remarks:
            message = f"{file.name}: {remark.message}"
            self._remarks.append(Fault(remark.rule, message, remark.field, remark.value))
        place.unlink()

    def remark_upon(self, index: TableIndex, files: Mapping[str, TableFile]) -> None:
        """Remark upon the rows that belong to what is not there, and sum up what is not told."""
        for orphan in index.orphans():
            file = files[orphan.table].name
            owner = files[orphan.owner].name if orphan.owner in files else f"{orphan.owner}.csv"
            self._remark(
                "unknown-reference",
                file,
                f"{file}, row {orphan.number} belongs to “{orphan.owned_by}”, which {owner} does "
                "not have; it is not loaded.",
            )
        for (rule, file), count in self._told.items():
            if count > _MOST_TOLD:
                message = f"{file}: {count - _MOST_TOLD:,} more rows have the same fault."
                self._remarks.append(Fault(rule, message))

    def _remark(self, rule: str, file: str, message: str) -> None:
        self._told[rule, file] += 1
        if self._told[rule, file] <= _MOST_TOLD:
            self._remarks.append(Fault(rule, message))


def _owner(table: str, cells: Mapping[str, object]) -> tuple[str | None, str | None]:
    """What a row belongs to: the closest of those that it names, which may not be there."""
    if _is_of_another(cells):
        return None, None
    for column, owner in TABLES[table].owners.items():
        if told := str(cells.get(column, "")).strip():
            return owner, told
    return None, None


def _is_of_another(cells: Mapping[str, object]) -> bool:
    """Whether an attribute says that it is not a service's."""
    return str(cells.get("link_entity", "")).strip().casefold() not in _OF_SERVICE


class _Package:
    """A package whose tables are indexed: puts its services together."""

    def __init__(self, index: TableIndex, files: Mapping[str, TableFile]) -> None:
        self._index = index
        self._files = files

    def service(self, line: Line) -> Row:
        """A service with all that belongs to it, shaped like the standard's JSON."""
        row = Row(line.number, {})
        item: dict[str, object] = dict(line.cells)
        if body := self._referred_to(row, item, "organization_id", "organizations"):
            self._hold(body, "organizations", "organization_identifiers")
            item["organization"] = body
        visits = self._items("service_at_location", SERVICES, line.id)
        for visit in visits:
            if place := self._referred_to(row, visit, "location_id", "locations"):
                self._hold(place, "locations", "addresses")
                visit["location"] = place
            self._hold(visit, "service_at_location", "phones", "schedules")
            visit["contacts"] = self._contacts("service_at_location", _id(visit))
        item["service_at_locations"] = visits
        attributes = self._items("attributes", SERVICES, line.id)
        for attribute in attributes:
            term = self._referred_to(row, attribute, "taxonomy_term_id", "taxonomy_terms")
            if term is not None:
                if "taxonomy" not in term and (
                    taxonomy := self._referred_to(row, term, "taxonomy_id", "taxonomies")
                ):
                    term["taxonomy"] = taxonomy.get("name", "")
                attribute["taxonomy_term"] = term
        item["attributes"] = attributes
        self._hold(item, SERVICES, "phones", "schedules", "cost_options", "service_areas")
        item["contacts"] = self._contacts(SERVICES, line.id)
        row.cells = item
        return row

    def _contacts(self, owner: str, id_: str) -> list[dict[str, object]]:
        contacts = self._items("contacts", owner, id_)
        for contact in contacts:
            self._hold(contact, "contacts", "phones")
        return contacts

    def _hold(self, item: dict[str, object], owner: str, *tables: str) -> None:
        for table in tables:
            item[table] = self._items(table, owner, _id(item))

    def _items(self, table: str, owner: str, id_: str) -> list[dict[str, object]]:
        return [dict(line.cells) for line in self._index.owned(table, owner, id_)] if id_ else []

    def _referred_to(
        self, row: Row, item: Mapping[str, object], column: str, table: str
    ) -> dict[str, object] | None:
        """The row of a table that another one names; None where there is none, or it is unclear."""
        id_ = str(item.get(column, "")).strip()
        if not id_:
            return None
        found = self._index.known_as(table, id_)
        file = self._files[table].name if table in self._files else f"{table}.csv"
        if not found:
            row.withheld.append(
                Fault(
                    "unknown-reference",
                    f"{item[_PLACE]} names “{id_}”, which {file} does not have.",
                    column,
                    id_,
                )
            )
            return None
        if any(_said(line) != _said(found[0]) for line in found[1:]):
            rows = " and ".join(str(line.number) for line in found[:_MOST_TOLD])
            row.withheld.append(
                Fault(
                    "duplicate-key",
                    f"{file} says different things of “{id_}” in rows {rows}: none is loaded.",
                    column,
                    id_,
                )
            )
            return None
        return dict(found[0].cells)


def _id(item: Mapping[str, object]) -> str:
    return str(item.get("id", "")).strip()


def _said(line: Line) -> Mapping[str, object]:
    return {column: cell for column, cell in line.cells.items() if column != _PLACE}


def _service(row: Row, feed: Feed) -> tuple[Record, ...]:
    """A service, with each fault placed where its value stands.

    Raises:
        Fault: as for the JSON of the standard.
    """
    try:
        return service(row, feed)
    except Fault as fault:
        fault.field = _placed(row, fault.field)
        raise
    finally:
        for each in chain(row.withheld, row.noted):
            each.field = _placed(row, each.field)


def _placed(row: Row, way: str | None) -> str | None:
    """A way such as `schedules[2].opens_at` as the table, the row and the column of the value."""
    if way is None:
        return None
    item: object = row.cells
    rest = way
    while isinstance(item, Mapping) and (step := _STEP.match(rest)):
        inner = item.get(step[1])
        if isinstance(inner, list):
            place = int(step[2] or 1) - 1
            inner = inner[place] if place < len(inner) else None
        item, rest = inner, rest[step.end() :]
    if rest == way or not isinstance(item, Mapping) or _PLACE not in item:
        return way
    return f"{item[_PLACE]}, {rest}"


TABLES_FORMAT = Format(
    "open-referral-uk-tables",
    "Services of Open Referral UK (HSDS-UK 3.0) as tables, CSV with datapackage.json in a zip",
    TabularPackage(),
    _service,
)
