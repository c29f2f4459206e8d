"""The workbook in which a publisher fills its gaps in, as Excel and others open it.

Three sheets, all of which show: how to fill it in, the gaps with one row for each thing, and the
lists that codes are chosen from. What is recorded is grey and locked; cells to fill in are white.
Every cell is a text, whatever it begins with, so that none is ever worked out as a formula.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from queries.code_labels import code_labels
from queries.gap_fields import NOT_OFFERED, YES_OR_NO, GapField, GapKind
from queries.gap_rows import CHECK, GUIDE, IDENTITY, LISTS, SHEET, THING, TITLE
from service.gap_finding import GapRow, KindGaps

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_ROW = 3
_AS_TEXT = "@"
_PLAIN, _RECORDED, _OPEN = "Text", "Recorded", "To fill in"
_GREY = "00E7E7E7"
_DARK = "000B0C0C"
_WIDTHS = {THING: 40, TITLE: 40}
_WIDTH = 24
_SUMMARY = "Fill in the white cells. Grey ones stay as they are."
_NOTHING = "Nothing is missing: all that is asked is recorded."
_LONGEST_PROMPT = 255  # Excel's own bound


def write_workbook(found: Sequence[KindGaps], organisation: str, as_of: str) -> bytes:
    """The workbook of the gaps of some kinds; `organisation` is a name, `as_of` a day."""
    from openpyxl import Workbook  # it takes a while to import

    book = Workbook()
    _add_styles(book)
    guide = book.active
    assert guide is not None
    guide.title = GUIDE
    _fill_guide(guide, found, organisation, as_of)
    sheet, lists = book.create_sheet(SHEET), book.create_sheet(LISTS)
    ranges = _fill_lists(lists, found)
    _fill_gaps(sheet, found, ranges)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def told_of(gaps: KindGaps) -> str:
    """What there is to do for things of one kind, in a sentence."""
    things = f"{gaps.checked:,} {gaps.kind.title.lower()}"
    if not gaps.rows:
        return f"Nothing is missing: {things} were looked at, and all that is asked is recorded."
    told = f"Not recorded: {gaps.missing:,} fields of {len(gaps.rows):,} among {things}."
    if gaps.incomplete > len(gaps.rows):
        told += f" {gaps.incomplete - len(gaps.rows):,} more follow once these are loaded."
    return told


def _guidance(found: Sequence[KindGaps], organisation: str, as_of: str) -> Iterator[str]:
    yield f"What {organisation} has not recorded, as of {as_of}"
    yield from map(told_of, found)
    if not found:
        yield "Nothing is described as this organisation's, so that nothing can be asked for."
    yield ""
    yield f"1. Go to the sheet “{SHEET}”. Each row is about one thing."
    yield "2. Fill in what you know in the white cells. Leave a cell empty where nobody knows."
    yield (
        "3. Grey cells show what is recorded already, or ask nothing. Leave them as they are: if "
        f"one is wrong, correct it in the register that it comes from. Leave “{CHECK}” too."
    )
    yield "4. Where a cell has a list, choose from it. Several codes are divided by semicolons."
    yield "5. Name posts and teams, never persons. Hide, filter and delete no rows or columns."
    yield (
        "6. Save it as an Excel workbook (.xlsx), and send it to those who load your data into "
        "this service. They load it as a file of your own source, and publish it."
    )
    yield "An empty cell says “not recorded”. It does not say “no”: write “no” where that is so."


def _fill_guide(
    guide: "Worksheet", found: Sequence[KindGaps], organisation: str, as_of: str
) -> None:
    from openpyxl.styles import Alignment, Font

    bold = Font(bold=True, color=_DARK)
    for number, line in enumerate(_guidance(found, organisation, as_of), 1):
        _write(guide, number, 1, line)
    guide["A1"].font = Font(bold=True, color=_DARK, size=14)
    for letter, width in (("A", 30), ("B", 26), ("C", 90)):
        guide.column_dimensions[letter].width = width
    asked = [("Kind", "Column", "What is asked")]
    asked += [
        (gaps.kind.title, each.column, each.hint) for gaps in found for each in gaps.kind.fields
    ]
    start = guide.max_row + 2
    for number, row in enumerate(asked, start):
        for column, text in enumerate(row, 1):
            _write(guide, number, column, text)
            written = guide.cell(number, column)
            written.alignment = Alignment(wrap_text=True, vertical="top")
            if number == start:
                written.font = bold


def _fill_lists(lists: "Worksheet", found: Sequence[KindGaps]) -> dict[str, str]:
    """Write the lists of codes side by side; where each stands, by the name of its scheme."""
    from openpyxl.utils import get_column_letter

    ranges: dict[str, str] = {}
    schemes = dict.fromkeys(
        each.scheme for gaps in found for each in gaps.kind.fields if each.scheme
    )
    for column, scheme in enumerate(schemes, 1):
        _write(lists, 1, column, scheme)
        refused = NOT_OFFERED.get(scheme, frozenset())
        labels = [label for code, label in code_labels(scheme).items() if code not in refused]
        for number, label in enumerate(labels, 2):
            _write(lists, number, column, label)
        letter = get_column_letter(column)
        lists.column_dimensions[letter].width = 40
        ranges[scheme] = f"{LISTS}!${letter}$2:${letter}${len(labels) + 1}"
    if not ranges:
        _write(lists, 1, 1, "No cell of this workbook has a list of codes.")
    return ranges


def _fill_gaps(sheet: "Worksheet", found: Sequence[KindGaps], ranges: Mapping[str, str]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    rows = [(gaps.kind, row) for gaps in found for row in gaps.rows]
    asked = dict.fromkeys(field.column for kind, _ in rows for field in kind.fields)
    header = (*IDENTITY, *asked, CHECK)
    _write(sheet, 1, 1, _SUMMARY if rows else _NOTHING)
    for column, name in enumerate(header, 1):
        _write(sheet, FIRST_ROW - 1, column, name)
        sheet.cell(FIRST_ROW - 1, column).font = Font(bold=True, color=_DARK)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, _WIDTH)
    asking = _Asking()
    for number, (kind, row) in enumerate(rows, FIRST_ROW):
        _fill_row(sheet, number, header, kind, row, asking)
    asking.write(sheet, ranges)
    sheet.freeze_panes = sheet.cell(FIRST_ROW, IDENTITY.index(TITLE) + 2).coordinate
    sheet.protection.enable()
    sheet.protection.formatColumns = False  # “False” is what allows it
    sheet.protection.formatRows = False


def _fill_row(
    sheet: "Worksheet",
    number: int,
    header: Sequence[str],
    kind: GapKind,
    row: GapRow,
    asking: "_Asking",
) -> None:
    """Write a row: what is asked is white and open, all else grey and locked."""
    from openpyxl.utils import get_column_letter

    shown = {**row.identity, CHECK: row.check}
    shown |= {column: each.text for column, each in row.cells.items()}
    missing = frozenset(row.missing)
    for column, name in enumerate(header, 1):
        field = kind.field(name) if name in missing else None
        style = _RECORDED if field is None else _OPEN
        _write(sheet, number, column, shown.get(name, ""), style)
        if field is not None:
            asking.note(field, get_column_letter(column), number)


class _Asking:
    """Collects the cells to be filled in, to give each its list and say beside it what is asked."""

    def __init__(self) -> None:
        self._rows: dict[tuple[GapField, str], list[int]] = {}

    def note(self, field: GapField, letter: str, row: int) -> None:
        """Note that a cell is open; the rows of a field come in their order."""
        self._rows.setdefault((field, letter), []).append(row)

    def write(self, sheet: "Worksheet", ranges: Mapping[str, str]) -> None:
        """Give the cells their lists and prompts: one rule for each field, over runs of rows."""
        from openpyxl.worksheet.cell_range import MultiCellRange

        for (field, letter), rows in self._rows.items():
            runs = groupby(enumerate(rows), key=lambda each: each[1] - each[0])
            whole = [[row for _, row in run] for _, run in runs]
            validation = _validation(field, ranges)
            # At once: adding one range to many compares it with each of them.
            places = " ".join(f"{letter}{run[0]}:{letter}{run[-1]}" for run in whole)
            validation.sqref = MultiCellRange(places)
            sheet.add_data_validation(validation)


def _validation(field: GapField, ranges: Mapping[str, str]) -> "DataValidation":
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ranges.get(field.scheme) if field.scheme else None
    if field.flag:
        listed = f'"{",".join(YES_OR_NO)}"'
    validation = DataValidation(type="list" if listed else None, formula1=listed, allow_blank=True)
    validation.showErrorMessage = bool(listed) and not field.several
    validation.errorTitle, validation.error = "Not in the list", "Choose one from the list."
    validation.showInputMessage = True
    validation.promptTitle, validation.prompt = field.column, field.hint[:_LONGEST_PROMPT]
    return validation


def _add_styles(book: "Workbook") -> None:
    """Give the workbook the looks of its cells; to look up one by name is quick."""
    from openpyxl.styles import NamedStyle, PatternFill, Protection

    for name, fill, protection in (
        (_PLAIN, PatternFill(), Protection()),
        (_RECORDED, PatternFill("solid", fgColor=_GREY), Protection()),
        (_OPEN, PatternFill(), Protection(locked=False)),
    ):
        style = NamedStyle(name, number_format=_AS_TEXT, fill=fill, protection=protection)
        book.add_named_style(style)


def _write(sheet: "Worksheet", row: int, column: int, text: str, style: str = "") -> None:
    """A text into a cell: quoted, so that it stays one when somebody edits the cell."""
    cell = sheet.cell(row, column)
    cell.style = style or _PLAIN
    if text:
        cell.value = text
        cell.data_type = "s"
        if text[0] in "=+-@":
            cell.quotePrefix = True
