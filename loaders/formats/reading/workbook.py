"""The rows of an Excel workbook (.xlsx), of which everything has to show.

A workbook with anything hidden in it is refused whole: by hidden rows and sheets, public bodies
have given away what nobody meant to publish. Unlike a delimited file, a workbook is held in memory,
since its texts stand in one table for all its cells; a bound on its size is set instead.
"""

import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from loaders.errors import StructureError
from loaders.formats.reading.content import Content
from loaders.formats.reading.delimited import Columns, check_header
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table
from loaders.formats.reading.workbook_parts import open_workbook, sheets_of
from loaders.formats.reading.workbook_sheet import Sheet, letters_of
from loaders.issues import Fault

ERRORS = frozenset(
    (
        *("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"),
        *("#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!"),
    )
)
"""What stands in a cell whose formula failed."""

_HEADER_WITHIN = 10
_MOST_CELLS = 10_000_000
_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
_ESCAPED = re.compile(r"_x00([0-9A-Fa-f]{2})_")
# Numbers that show as figures after zeros, or within words, such as "IAR-"000.
_FIGURES = re.compile(r'(?:"([^"]*)")?(0+)(?:"([^"]*)")?')


@dataclass(frozen=True, slots=True)
class Workbook:
    """A layout of rows on the one sheet of a workbook that holds any values.

    With `sheet` it is the sheet of that name: others may hold values too, and are not loaded. The
    header is among the sheet's first ten rows: the one that has every required column and, of
    several such, the most columns that are known. What stands above it is not loaded. `most_bytes`
    bounds what a file may unpack to.
    """

    columns: Columns
    most_bytes: int = 100 << 20
    sheet: str = ""

    def read(self, content: Content) -> Table:
        """The rows of a file; each has the number that it has on its sheet.

        Text, numbers, yes or no, dates (YYYY-MM-DD) and times become what a delimited file would
        have in their place. A cell with an error in it, or with a formula that was never worked
        out, is withheld.

        Raises:
            StructureError: no workbook, or a damaged one, or one that would unpack to too much;
                something in it does not show; no sheet with values, or several; no header; a
                column missing or there twice; merged cells in the table.
        """
        with open_workbook(content, self.most_bytes) as archive:
            sheets = sheets_of(content.name, archive)
            sheet = (
                _named_sheet(content.name, sheets, self.sheet)
                if self.sheet
                else _only_sheet(content.name, sheets)
            )
            with content.open() as stream, warnings.catch_warnings():
                # What is warned of is styles, drawings and the like, which are not read.
                warnings.simplefilter("ignore")
                from openpyxl import load_workbook  # it takes a while to import

                book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
                try:
                    table = self._table(content.name, sheet, book[sheet.name])
                finally:
                    book.close()
        table.remarks += [
            Fault("out-of-scope", f"The sheet “{each.name}” is not loaded.")
            for each in sheets
            if each.filled and each is not sheet
        ]
        return table

    def _table(self, file: str, sheet: Sheet, cells: Any) -> Table:
        cells.reset_dimensions()  # what a sheet says of its own size is not to be trusted
        above, header = self._header(file, sheet, cells)
        if merged := [each for _, last, each in sorted(sheet.merged) if last >= above]:
            raise StructureError(
                file,
                f"cells are merged in the table: {', '.join(merged)}. Separate them, and give "
                "each cell its own value.",
            )
        if (sheet.last_row - above) * len(header) > _MOST_CELLS:
            raise StructureError(
                file,
                f"the table reaches to row {sheet.last_row:,} and column {letters_of(len(header))}"
                f": more than {_MOST_CELLS:,} cells. Delete values that stand far from the others, "
                "or save it as CSV.",
            )
        remarks = list(self.columns.remarks([name for name in header if name]))
        if above > 1:
            rows_above = "Row 1 stands" if above == 2 else f"Rows 1 to {above - 1} stand"
            message = f"{rows_above} above the header; nothing there is loaded."
            remarks.append(Fault("comment-lines", message))
        rows = [
            row
            for number, row_cells in enumerate(
                cells.iter_rows(
                    min_row=above + 1, max_row=sheet.last_row, min_col=1, max_col=len(header)
                ),
                above + 1,
            )
            if (row := self._row(sheet, number, header, row_cells))
        ]
        return Table(iter(rows), remarks, sheet=sheet.name)

    def _header(self, file: str, sheet: Sheet, cells: Any) -> tuple[int, list[str]]:
        """The number of the header's row, and its columns; one without a heading is empty."""
        best: tuple[int, list[str]] | None = None
        most = -1
        known, required = self.columns.known(), set(self.columns.required)
        for number, row in enumerate(
            cells.iter_rows(
                min_row=1,
                max_row=min(sheet.last_row, _HEADER_WITHIN),
                min_col=1,
                max_col=max(sheet.filled),
            ),
            1,
        ):
            names = [self._heading(each) for each in row]
            # A row with every required column comes before any without.
            score = len(known & set(names)) + len(known) * (required <= set(names))
            if any(names) and score > most:
                best, most = (number, names), score
        if best is None:
            raise StructureError(
                file, f"there is no header in the first {_HEADER_WITHIN} rows of “{sheet.name}”."
            )
        number, names = best
        if unnamed := [
            letters_of(column)
            for column, last in sorted(sheet.filled.items())
            if last > number and not names[column - 1]
        ]:
            raise StructureError(
                file,
                f"the header (row {number}) has columns without a name that hold values: "
                f"{', '.join(unnamed)}.",
            )
        check_header(file, [name for name in names if name], self.columns)
        while not names[-1]:
            names.pop()
        return number, names

    def _heading(self, cell: Any) -> str:
        try:
            value = _value(cell)
        except Fault:
            return ""
        return "" if value is None else self.columns.name(str(value))

    def _row(
        self, sheet: Sheet, number: int, header: Sequence[str], cells: Iterable[Any]
    ) -> Row | None:
        """A row, without the columns that have no name; None where it holds nothing."""
        found: dict[str, object] = {}
        row = Row(number, found)
        known = self.columns.known()
        for column, (name, cell) in enumerate(zip(header, cells, strict=True), 1):
            if not name:
                continue
            try:
                if (number, column) in sheet.resultless:
                    raise Fault(
                        "error-in-cell",
                        "The cell holds a formula whose result is not in the file: open it in "
                        "Excel and save it there.",
                    )
                found[name] = _value(cell)
            except Fault as fault:
                found[name] = None
                if name in known:
                    row.withhold(fault.rule, fault.message, name, fault.value)
        is_blank = all(each is None or not str(each).strip() for each in found.values())
        return None if is_blank and not row.withheld else row


def _only_sheet(file: str, sheets: Sequence[Sheet]) -> Sheet:
    filled = [each for each in sheets if each.filled]
    if not filled:
        raise StructureError(file, "the file is empty: no sheet of it holds a value.")
    if len(filled) > 1:
        names = ", ".join(f"“{each.name}”" for each in filled)
        raise StructureError(
            file,
            f"more than one sheet holds values: {names}. Save the one to be loaded in a workbook "
            "of its own.",
        )
    return filled[0]


def _named_sheet(file: str, sheets: Sequence[Sheet], name: str) -> Sheet:
    for each in sheets:
        if each.name.strip() == name:
            return each
    names = ", ".join(f"“{each.name}”" for each in sheets)
    raise StructureError(file, f"has no sheet “{name}”; it has {names}.")


def _value(cell: Any) -> object:
    """What a cell holds, as `Row` takes it: text, a number that is exact, yes or no, or nothing.

    Raises:
        Fault: an error stands in the cell, or a number of which digits are lost.
    """
    value = cell.value
    if isinstance(value, str):
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        if cell.data_type == "e" or text.strip() in ERRORS:
            raise Fault(
                "error-in-cell",
                f"The cell holds the error {text.strip()} and no value.",
                value=text,
            )
        return text
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, cell.number_format)
    return value


def _number(value: int | float, shown_as: str) -> object:
    if abs(value) >= _EXACT:
        raise Fault(
            "number-as-decimal",
            "The number is too long for a spreadsheet, so that its last digits are lost.",
            value=str(value),
        )
    if value != int(value):
        return Decimal(repr(value))
    figures = _FIGURES.fullmatch(shown_as)
    if figures is None or value < 0:
        return int(value)
    return f"{figures[1] or ''}{int(value):0{len(figures[2])}d}{figures[3] or ''}"
