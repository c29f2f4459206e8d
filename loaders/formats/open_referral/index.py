"""Tables of a package on disk, so that the rows that belong to a row can be had at once.

SQLite holds them, in a file of its own: memory does not grow with the package.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_SCHEMA = """
CREATE TABLE line (
    place INTEGER, number INTEGER, id TEXT, owner INTEGER, owned_by TEXT, cells TEXT
)
"""
_INDEXES = (
    "CREATE INDEX by_id ON line (place, id)",
    "CREATE INDEX by_owner ON line (owner, owned_by, place)",
)
_BATCH = 1000


class Line(NamedTuple):
    """A row of a table: its number there, what it is known by, its owner, and its cells.

    `owner` is the table of what it belongs to, and `owned_by` the `id` of that.
    """

    number: int
    id: str
    owner: str | None
    owned_by: str | None
    cells: Mapping[str, object]


class Orphan(NamedTuple):
    """A row that belongs to what is not there."""

    table: str
    number: int
    owner: str
    owned_by: str


class TableIndex:
    """The rows of tables; the tables are named once, when it is made."""

    def __init__(self, connection: sqlite3.Connection, tables: Iterable[str]) -> None:
        self._connection = connection
        self._places = {table: place for place, table in enumerate(tables)}
        self._tables = list(self._places)
        connection.execute(_SCHEMA)

    def add(self, table: str, lines: Iterable[Line]) -> None:
        """Put the rows of a table in."""
        place = self._places[table]
        self._connection.executemany(
            "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    place,
                    line.number,
                    line.id,
                    self._places[line.owner] if line.owner else None,
                    line.owned_by,
                    json.dumps(line.cells),
                )
                for line in lines
            ),
        )

    def close_books(self) -> None:
        """Make the rows findable: to be called once, when all are in."""
        for statement in _INDEXES:
            self._connection.execute(statement)

    def rows(self, table: str) -> Iterator[Line]:
        """The rows of a table in their order."""
        found = self._connection.execute(
            "SELECT number, id, cells FROM line WHERE place = ? ORDER BY rowid",
            (self._places[table],),
        )
        while batch := found.fetchmany(_BATCH):
            for number, id_, cells in batch:
                yield Line(number, id_, None, None, json.loads(cells))

    def known_as(self, table: str, id_: str) -> list[Line]:
        """The rows of a table with an `id`."""
        return self._lines(
            "SELECT number, id, cells FROM line WHERE place = ? AND id = ? ORDER BY number",
            (self._places[table], id_),
        )

    def owned(self, table: str, owner: str, id_: str) -> list[Line]:
        """The rows of a table that belong to a row of another, in their order."""
        return self._lines(
            "SELECT number, id, cells FROM line WHERE owner = ? AND owned_by = ? AND place = ? "
            "ORDER BY number",
            (self._places[owner], id_, self._places[table]),
        )

    def orphans(self) -> Iterator[Orphan]:
        """The rows that belong to what is not there."""
        found = self._connection.execute(
            "SELECT place, number, owner, owned_by FROM line AS child WHERE owner IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM line AS parent "
            "WHERE parent.place = child.owner AND parent.id = child.owned_by) "
            "ORDER BY place, number"
        )
        for place, number, owner, id_ in found:
            yield Orphan(self._tables[place], number, self._tables[owner], id_)

    def _lines(self, query: str, values: tuple[object, ...]) -> list[Line]:
        return [
            Line(number, id_, None, None, json.loads(cells))
            for number, id_, cells in self._connection.execute(query, values)
        ]


@contextmanager
def index_at(place: Path, tables: Iterable[str]) -> Iterator[TableIndex]:
    """An index in a file that is not there yet; whoever made its folder removes it."""
    connection = sqlite3.connect(place, isolation_level=None)
    try:
        # Nothing is kept of it: it may be lost with the process.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        yield TableIndex(connection, tables)
    finally:
        connection.close()
