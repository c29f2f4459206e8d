"""Bytes of a delimited text file into rows, as RFC 4180 describes it and publishers write it."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.errors import StructureError
from loaders.formats.row import Row
from loaders.issues import Fault

_QUOTED = re.compile(r'"[^"]*"')
_CELL_LIMIT = 1 << 20
_ARCHIVE = b"PK\x03\x04"
_DIVIDERS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a format: a file must have the required ones and may have the optional ones.

    Ignored columns are known and deliberately not loaded.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def known(self) -> frozenset[str]:
        """Every column that the format has heard of."""
        return frozenset(self.required + self.optional + self.ignored)


@dataclass(slots=True)
class Table:
    """A delimited file, its header checked. Iterating gives each row, or the fault that it has."""

    file: str
    header: list[str]
    rows: Iterator[list[str]]
    remarks: list[Fault] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row | tuple[int, Fault]]:
        number = 1
        while True:
            number += 1
            try:
                cells = next(self.rows)
            except StopIteration:
                return
            except csv.Error as error:
                raise StructureError(
                    self.file, f"row {number} is not well-formed CSV ({error})."
                ) from error
            if not any(cell.strip() for cell in cells):
                continue
            yield self._row(number, cells)

    def _row(self, number: int, cells: list[str]) -> Row | tuple[int, Fault]:
        if len(cells) != len(self.header):
            return number, Fault(
                "ragged-row",
                f"The row has {len(cells)} cells and the header has {len(self.header)} columns.",
            )
        trimmed = (cell.strip() for cell in cells)
        return Row(number, dict(zip(self.header, trimmed, strict=True)))


def read_table(file: str, content: bytes, columns: Columns) -> Table:
    """The table in a CSV file of UTF-8 text (with or without a byte order mark).

    Raises:
        StructureError: not UTF-8, no header, a column missing or there twice. Malformed quoting
            raises it while iterating.
    """
    remarks = []
    if content.startswith(_ARCHIVE):
        raise StructureError(file, "this is an Excel workbook or an archive: save it as CSV.")
    try:
        decoded = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise StructureError(
            file, f"line {line} is not UTF-8 text (byte {content[error.start]:#04x})."
        ) from None
    if decoded.startswith("\ufeff"):
        decoded = decoded[1:]
        remarks.append(Fault("byte-order-mark", "The file begins with a byte order mark."))
    if "\r\n" in _QUOTED.sub("", decoded):
        remarks.append(Fault("line-endings", "Lines end in CR LF; they are read like LF."))
    csv.field_size_limit(_CELL_LIMIT)
    rows = csv.reader(io.StringIO(decoded, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
    except csv.Error as error:
        raise StructureError(file, f"the header is not well-formed CSV ({error}).") from error
    _check_header(file, header, columns)
    remarks += [
        Fault("unknown-column", "The format does not know this column; it is not loaded.", name)
        for name in header
        if name not in columns.known()
    ]
    return Table(file, header, rows, remarks)


def _check_header(file: str, header: list[str], columns: Columns) -> None:
    if not any(header):
        raise StructureError(file, "the file is empty: it has no header.")
    if unnamed := [str(number) for number, name in enumerate(header, 1) if not name]:
        raise StructureError(file, f"the header has columns without a name: {', '.join(unnamed)}.")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise StructureError(file, f"the header has more than one column {', '.join(twice)}.")
    missing = [name for name in columns.required if name not in header]
    for divider, name in _DIVIDERS.items():
        if missing and len(header) == 1 and divider in header[0]:
            raise StructureError(file, f"the file is divided by {name}: save it with commas.")
    if missing:
        raise StructureError(
            file,
            f"the header lacks the column {', '.join(missing)}; it has {', '.join(header)}.",
        )
