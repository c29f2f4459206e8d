"""Delimited text into rows, as RFC 4180 describes it and as publishers write it."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.errors import StructureError
from loaders.formats.reading.content import Content, encoding_of, text_lines
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table, Unreadable
from loaders.issues import Fault

_CELL_LIMIT = 1 << 20
_QUOTE = '"'
_DIVIDERS = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a format: a file must have the required ones and may have the optional ones.

    Ignored columns are known and deliberately not loaded. `aliases` gives a column by the headings
    that stand for it, in small letters. `refusal` says of a heading that the format does not know
    why a file with it must not be loaded, or None where the column may be passed over. A column
    that is `repeated` may stand there several times: from the second on it has its number behind
    it, as in “Codes 2”, and the columns of the format name it so.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    refusal: Callable[[str], str | None] | None = None
    repeated: frozenset[str] = frozenset()

    def known(self) -> frozenset[str]:
        """Every column that the format has heard of."""
        return frozenset(self.required + self.optional + self.ignored)

    def name(self, heading: str) -> str:
        """The column that a heading means, its white space put in order."""
        heading = " ".join(heading.split())
        return self.aliases.get(heading.casefold(), heading) if self.aliases else heading

    def numbered(self, header: Sequence[str]) -> list[str]:
        """A header whose repeated columns have their numbers, from the second on."""
        found: list[str] = []
        for place, name in enumerate(header):
            count = header[: place + 1].count(name) if name in self.repeated else 1
            found.append(name if count == 1 else f"{name} {count}")
        return found

    def remarks(self, header: Sequence[str]) -> Iterator[Fault]:
        """What is odd about a header."""
        known = self.known()
        for name in header:
            if name not in known:
                yield Fault(
                    "unknown-column",
                    "The format does not know this column; it is not loaded.",
                    name,
                )


@dataclass(frozen=True, slots=True)
class Delimited:
    """A layout of rows whose cells stand between dividers.

    A file without a header has `names` for its columns. With `header` as well it has a header that
    does not fit its rows: `header` is what stands there, `names` what the columns are.
    """

    columns: Columns
    divider: str = ","
    names: tuple[str, ...] = ()
    header: tuple[str, ...] = ()

    def read(self, content: Content) -> Table:
        """The rows of a file.

        Raises:
            StructureError: not text, no header, a column missing, refused or there twice; while
                iterating, malformed quoting.
        """
        encoding = encoding_of(content)
        remarks = list(encoding.remarks)
        lines = _put_in_order(text_lines(content, encoding), remarks)
        csv.field_size_limit(_CELL_LIMIT)
        rows = csv.reader(lines, delimiter=self.divider, strict=True)
        header = self._header(content.name, rows)
        remarks += self.columns.remarks(header)
        first = 2 if self.header or not self.names else 1
        return Table(_rows(content.name, header, rows, first), remarks)

    def _header(self, file: str, rows: "Iterator[list[str]]") -> list[str]:
        if self.names and not self.header:
            return list(self.names)
        try:
            first = next(rows, [])
        except csv.Error as error:
            raise StructureError(file, f"the header is not well-formed CSV ({error}).") from error
        stated = [" ".join(name.split()) for name in first]
        if not self.header:
            named = self.columns.numbered([self.columns.name(each) for each in stated])
            if not set(self.columns.required) <= set(named):
                _check_divider(file, first, self.divider)
            return check_header(file, named, self.columns)
        if tuple(stated) not in (self.header, self.names):
            raise StructureError(
                file, f"the header should be {', '.join(self.header)}; it is {', '.join(stated)}."
            )
        return list(self.names)


def check_header(file: str, header: list[str], columns: Columns) -> list[str]:
    """A header, if it has every required column, each column once and none that is refused.

    Raises:
        StructureError: it has not.
    """
    if not any(header):
        raise StructureError(file, "the file is empty: it has no header.")
    if unnamed := [str(number) for number, name in enumerate(header, 1) if not name]:
        raise StructureError(file, f"the header has columns without a name: {', '.join(unnamed)}.")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise StructureError(file, f"the header has more than one column {', '.join(twice)}.")
    missing = [name for name in columns.required if name not in header]
    if missing:
        raise StructureError(
            file,
            f"the header lacks the column {', '.join(missing)}; it has {', '.join(header)}.",
        )
    if columns.refusal:
        for name in header:
            if name not in columns.known() and (reason := columns.refusal(name)):
                raise StructureError(file, f"the header has a column “{name}”: {reason}.")
    return header


def _check_divider(file: str, header: list[str], divider: str) -> None:
    """Tell a header apart that another divider divides."""
    for other, name in _DIVIDERS.items():
        if len(header) == 1 and other != divider and other in header[0]:
            raise StructureError(
                file, f"the file is divided by {name}: save it with {_DIVIDERS[divider]}."
            )


def _rows(
    file: str, header: list[str], rows: Iterator[list[str]], number: int
) -> Iterator[Row | Unreadable]:
    width = len(header)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise StructureError(file, f"row {number} is not well-formed CSV ({error}).") from error
        if len(cells) == width:
            if any(cells) and any(map(str.strip, cells)):
                yield Row(number, dict(zip(header, cells, strict=True)))
        elif any(map(str.strip, cells)):
            yield (
                number,
                Fault(
                    "ragged-row",
                    f"The row has {len(cells)} cells and the header has {width} columns.",
                ),
            )
        number += 1


def _put_in_order(lines: Iterator[str], remarks: list[Fault]) -> Iterator[str]:
    """The lines with LF, CR LF or CR at their ends; what is odd is remarked upon once.

    A line end within quotes belongs to its cell: it is one after an odd number of quotes.
    """
    noted: set[str] = set()
    quoted = False
    for line in lines:
        quoted ^= bool(line.count(_QUOTE) % 2)
        if "\r" not in line:
            yield line
            continue
        for end, name in (("\r\r\n", "CR CR LF"), ("\r\n", "CR LF")):
            if line.endswith(end):
                if not quoted and name not in noted:
                    noted.add(name)
                    message = f"Lines end in {name}; they are read like LF."
                    remarks.append(Fault("line-endings", message))
                break
        if line.endswith("\r\r\n"):
            line = f"{line[:-3]}\n"
        if "\r" in line.rstrip("\r\n"):
            # Line ends of CR alone are divided; the reader of CSV knows which stand in quotes.
            yield from io.StringIO(line, newline="")
        else:
            yield line
