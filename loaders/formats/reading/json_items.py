"""The items of a JSON feed, read as they come (RFC 8259): the feed is never whole in memory.

A feed is one document or several, one after the other, as its pages were fetched. A document lists
its items under one name, with an envelope round them that says how many there are; or it is one
item alone; or it is a bare list of items.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader

import ijson

from loaders.errors import StructureError
from loaders.formats.reading.content import DECLARE, Content, as_utf_8, encoding_of
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table, Unreadable
from loaders.issues import Fault

_DEEPEST = 64
_COMMENT = b"/"
_CHUNK = 1 << 14
_MOST_DIGITS = 1000
_TOO_LONG = re.compile(rb"[0-9]{%d}" % _MOST_DIGITS)
# Among so many digits every 250th byte is one too, which is quicker to see.
_STRIDE = 250
_MAYBE_TOO_LONG = re.compile(rb"[0-9]{%d}" % (_MOST_DIGITS // _STRIDE))
_SHOWN = 200
_BAD_BYTES = "invalid bytes in UTF8"  # as YAJL says it


@dataclass(frozen=True, slots=True)
class JsonItems:
    """A layout of items in JSON.

    `items` is the way to the list, its steps divided by points; `single` the way to the item of a
    document that holds one alone. `total` is the way to the count that an envelope states of the
    items of all pages, `known` what an item may hold: all else is remarked upon once.
    """

    items: str
    single: str = ""
    total: str = ""
    known: frozenset[str] = field(default_factory=frozenset)

    def read(self, content: Content) -> Table:
        """The items of a file, counted from 1 across its documents."""
        encoding = encoding_of(content)
        table = Table(iter(()), list(encoding.remarks), "item")
        table.rows = self._rows(content, as_utf_8(content, encoding), table.remarks)
        return table

    def _rows(
        self, content: Content, stream: BufferedReader, remarks: list[Fault]
    ) -> Iterator[Row | Unreadable]:
        unknown: set[str] = set()
        totals: list[object] = []
        number = 0
        with stream:
            if skip_comments(stream):
                remarks.append(Fault("comment-lines", "Lines of comment stand before the JSON."))
            for item in self._items(content.name, stream, totals):
                number += 1
                if not isinstance(item, dict):
                    yield number, _no_item(item)
                    continue
                for name in sorted(item.keys() - self.known - unknown) if self.known else ():
                    unknown.add(name)
                    remarks.append(
                        Fault("unknown-column", "The format does not know this member.", name)
                    )
                yield Row(number, item)
        if totals and not any(each in (number, str(number)) for each in totals):
            stated = str(totals[-1])[:_SHOWN]
            remarks.append(
                Fault(
                    "lying-total",
                    f"The feed says that it has {stated} items, and {number} were read.",
                    self.total,
                    stated,
                )
            )

    def _items(self, file: str, stream: BufferedReader, totals: list[object]) -> Iterator[object]:
        """The items of all documents; what an envelope says of their number goes to `totals`."""
        if not stream.peek(1):
            raise StructureError(file, "the file is empty: it holds no JSON.")
        events = ijson.basic_parse(_Reader(file, stream), multiple_values=True, buf_size=_CHUNK)
        document, done = _Document(self.items), 0
        try:
            for event, value in events:
                if document.take(event, value):
                    done += 1
                    yield document.item
                elif document.depth > _DEEPEST:
                    raise StructureError(file, f"items are nested more than {_DEEPEST} deep.")
                elif not document.depth:
                    yield from self._close(file, document, totals)
                    document = _Document(self.items)
        except (ijson.JSONError, UnicodeError, ArithmeticError) as error:
            after = f" after {done} items" if done else ""
            if _BAD_BYTES in _why(error):
                raise StructureError(file, f"is not UTF-8 text{after}; {DECLARE}") from None
            raise StructureError(file, f"is not well-formed JSON{after} ({_why(error)}).") from None

    def _close(
        self, file: str, document: "_Document", totals: list[object]
    ) -> Iterator[Mapping[object, object]]:
        """The single item of a document without a list; of one with a list, its total is noted."""
        if document.has_list or _is_empty_list(document.rest, self.items):
            total = _at(document.rest, self.total) if self.total else None
            if total is not None:
                totals.append(total)
            return
        single = _at(document.rest, self.single)
        if not isinstance(single, dict) or not single:
            place = f"nor an item under “{self.single}”" if self.single else "and is no item"
            raise StructureError(file, f"holds no list under “{self.items}”, {place}.")
        yield single


class _Document:
    """One document under way, made of ijson's events: its latest item, and all else in `rest`."""

    def __init__(self, items: str) -> None:
        self.has_list = False
        self.item: object = None
        self.rest: object = None
        self._list: list[str | None] = list(items.split("."))
        self._open: list[dict[str, object] | list[object]] = []
        self._way: list[str | None] = []
        self._name: str | None = None
        self._listing = -1  # how many are open where an item begins and ends

    @property
    def depth(self) -> int:
        """How many maps and arrays are open."""
        return len(self._open)

    def take(self, event: str, value: object) -> bool:
        """Take an event in; whether it ends an item."""
        if event == "map_key":
            self._name = str(value)
            return False
        if event in ("end_map", "end_array"):
            self.item = self._open.pop()
            self._way.pop()
            if self.depth < self._listing:
                self._listing = -1
            return self.depth == self._listing
        opened: dict[str, object] | list[object] | None = None
        if event == "start_map":
            value = opened = {}
        elif event == "start_array":
            value = opened = []
        if self.depth != self._listing:
            self._attach(value)
        elif opened is None:
            self.item = value
            return True
        if opened is not None:
            self._open.append(opened)
            self._way.append(None)
            if isinstance(opened, list) and self._listing < 0 and self._is_list():
                self.has_list, self._listing = True, self.depth
        return False

    def _attach(self, value: object) -> None:
        if not self._open:
            self.rest = value
            return
        parent = self._open[-1]
        if isinstance(parent, list):
            parent.append(value)
        elif self._name is not None:
            parent[self._name] = value
            self._way[-1] = self._name

    def _is_list(self) -> bool:
        """Whether the array that has just begun is the list: the document itself, or its place."""
        return self.depth == 1 or self._way[:-1] == self._list


class _Reader:
    """Hands bytes to ijson, which does not survive a number of more digits than Python converts."""

    def __init__(self, file: str, stream: BufferedReader) -> None:
        self._file = file
        self._stream = stream
        self._digits = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`."""
        chunk = self._stream.read(size)
        joined = self._digits + chunk
        if _MAYBE_TOO_LONG.search(joined[::_STRIDE]) and _TOO_LONG.search(joined):
            raise StructureError(self._file, f"holds a number of {_MOST_DIGITS} digits or more.")
        self._digits = joined[len(joined.rstrip(b"0123456789")) :]
        return chunk


def _at(document: object, way: str) -> object:
    for step in way.split(".") if way else ():
        document = document.get(step) if isinstance(document, Mapping) else None
    return document


def _no_item(value: object) -> Fault:
    return Fault(
        "unexpected-structure",
        "An item with members of its own is expected, and this is a single value.",
        value=str(value)[:_SHOWN],
    )


def _why(error: Exception) -> str:
    """What a parser says, without the lines of the file that it quotes."""
    said = error.args[0] if error.args else ""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(error)
    return (words.splitlines() or ["no reason is given"])[0].strip(" .")[:_SHOWN]


def _is_empty_list(document: object, way: str) -> bool:
    """Whether null stands where a list could: the page has no items."""
    above, _, name = way.rpartition(".")
    around = _at(document, above)
    return isinstance(around, Mapping) and name in around and around[name] is None


def skip_comments(stream: BufferedReader) -> bool:
    """Go past the lines of comment that some tools save before JSON; whether there were any.

    No JSON begins with a stroke, so that whatever begins with one is taken for a comment.
    """
    found = False
    while beginning := stream.peek(1)[:1]:
        if beginning.isspace():
            stream.read(1)
        elif beginning == _COMMENT:
            found = True
            while (line := stream.readline(_CHUNK)) and not line.endswith(b"\n"):
                pass
        else:
            break
    return found
