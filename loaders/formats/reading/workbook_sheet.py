"""One sheet of a workbook: where its values lie, and what of it is hidden.

Elements and attributes are those of ECMA-376, part 1, section 18.3.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from loaders.errors import StructureError
from loaders.formats.reading.workbook_styles import MAIN, Styles

_LAST_ROW = 1 << 20
_LAST_COLUMN = 1 << 14
_MOST_KEPT = 100_000
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MOST_AREAS = 1000
_SHOWN = 10
_TRUE = frozenset({"1", "true"})
_TEXTS = frozenset({"b", "e", "inlineStr", "s", "str"})  # types of cells that are no numbers
_LOWEST = 4.0  # points: a row that is lower shows no letter
_NARROWEST = 1.0  # figures: a column that is narrower shows none


@dataclass(slots=True)
class Sheet:
    """A worksheet and where its values lie; rows and columns count from 1.

    `filled` gives the last row with a value by column. `resultless` holds the row and the column of
    each formula without a result, `merged` the ranges of merged cells with their first and last
    row. Rows and columns that are hidden, or too low or narrow to show anything, and hold no value
    hide nothing and are not kept. The number formats of `hidden_cells` show nothing of what they
    hold; `pale_cells` are those whose text has the colour of its ground, or no size.
    """

    name: str
    part: str
    filled: dict[int, int] = field(default_factory=dict)
    resultless: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, str]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden_cells: list[tuple[int, int]] = field(default_factory=list)
    pale_cells: list[tuple[int, int]] = field(default_factory=list)

    @property
    def last_row(self) -> int:
        """The last row that holds a value; 0 where none does."""
        return max(self.filled.values(), default=0)


def scan(file: str, stream: IO[bytes], sheet: Sheet, styles: Styles) -> None:
    """Find out where a sheet's values lie and what of it is hidden.

    Rows and cells have to be in order and in the bounds of a sheet: whoever reads them afterwards
    takes both for granted.
    """
    unseen: list[range] = []
    stated: list[range] = []  # columns whose width is stated
    restyled: list[tuple[range, range]] = []  # what may be styled otherwise than its cells are
    has_areas = False  # tables, or more of the former than are told apart
    default_height, is_narrow = None, False
    row = column = 0
    row_is_hidden = row_is_filled = False
    open_: list[Element] = []
    cell = MAIN + "c"
    for event, element in iterparse(stream, ("start", "end"), forbid_dtd=True):
        if event == "start":
            open_.append(element)
        else:
            open_.pop()
            # What is within a cell its end tells of; all else is done with.
            if open_ and not any(each.tag == cell for each in open_):
                del open_[-1][:]
        if element.tag == MAIN + "row":
            if event == "start":
                before, row, column = row, int(element.get("r", row + 1)), 0
                if not before < row <= _LAST_ROW:
                    raise StructureError(
                        file, f"is damaged: row {row} of “{sheet.name}” is out of order."
                    )
                row_is_filled = False
                row_is_hidden = _is_true(element, "hidden") or _is_below(
                    element.get("ht", default_height), _LOWEST
                )
            else:
                if row_is_filled and row_is_hidden:
                    sheet.hidden_rows.append(row)
                element.clear()
        elif event == "start":
            continue
        elif element.tag == MAIN + "c":
            before, column = column, _column(element, row, column)
            if not before < column <= _LAST_COLUMN:
                raise StructureError(
                    file, f"is damaged: cells in row {row} of “{sheet.name}” are out of order."
                )
            value, formula = element.find(MAIN + "v"), element.find(MAIN + "f")
            if (
                (value is not None and value.text)
                or formula is not None
                or element.find(MAIN + "is") is not None
            ):
                row_is_filled = True
                sheet.filled[column] = row
                _note_style(file, sheet, styles, element, (row, column))
                # A result that is an empty text is a result, and says that it is a text.
                has_result = value is not None and (value.text or element.get("t") == "str")
                if formula is not None and not has_result:
                    sheet.resultless.add((row, column))
                    _check_bound(file, sheet, len(sheet.resultless))
            element.clear()
        elif element.tag == MAIN + "sheetFormatPr":
            default_height = element.get("defaultRowHeight")
            is_narrow = _is_below(element.get("defaultColWidth"), _NARROWEST)
        elif element.tag == MAIN + "col":
            span = range(int(element.get("min", 1)), int(element.get("max", 1)) + 1)
            if _is_true(element, "hidden") or _is_below(element.get("width"), _NARROWEST):
                unseen.append(span)
            elif is_narrow and element.get("width") is not None:
                stated.append(span)
            _check_bound(file, sheet, len(unseen) + len(stated))
        elif element.tag == MAIN + "conditionalFormatting":
            restyled += map(_area, element.get("sqref", "").split(maxsplit=_MOST_AREAS))
            has_areas = has_areas or len(restyled) > _MOST_AREAS
            del restyled[_MOST_AREAS:]
        elif element.tag == MAIN + "tablePart":
            has_areas = True
        elif element.tag == MAIN + "mergeCell":
            sheet.merged.append(_range(element.get("ref", "")))
            _check_bound(file, sheet, len(sheet.merged))
    sheet.pale_cells = [
        (row, column)
        for row, column in sheet.pale_cells
        if not has_areas and not any(row in rows and column in cols for rows, cols in restyled)
    ]
    if is_narrow:
        unseen += _between(stated)
    spans = deque(sorted((each.start, each.stop) for each in unseen))
    for number in sorted(sheet.filled):
        while spans and spans[0][1] <= number:
            spans.popleft()
        if spans and spans[0][0] <= number:
            sheet.hidden_columns.append(number)


def _note_style(
    file: str, sheet: Sheet, styles: Styles, cell: Element, place: tuple[int, int]
) -> None:
    """Keep the place of a cell with a value that its style does not show."""
    style = int(cell.get("s", 0))
    value = cell.find(MAIN + "v")
    text = None if value is None else value.text
    if styles.hides(style, text, is_text=cell.get("t") in _TEXTS):
        sheet.hidden_cells.append(place)
    elif styles.is_unseen(style):
        sheet.pale_cells.append(place)
    _check_bound(file, sheet, len(sheet.hidden_cells) + len(sheet.pale_cells))


def _check_bound(file: str, sheet: Sheet, count: int) -> None:
    if count > _MOST_KEPT:
        raise StructureError(
            file,
            f"“{sheet.name}” has more merged cells, hidden columns or formulas without a result "
            "than are read: copy its values into a new workbook.",
        )


def _column(element: Element, row: int, before: int) -> int:
    reference = element.get("r")
    if reference is None:
        return before + 1
    found = _CELL.fullmatch(reference)
    if not found or int(found[2]) != row:
        return 0
    return _number(found[1])


def _range(reference: str) -> tuple[int, int, str]:
    first, _, last = reference.partition(":")
    ends = [_CELL.fullmatch(each) for each in (first, last or first)]
    rows = [int(each[2]) for each in ends if each]
    return (min(rows, default=1), max(rows, default=_LAST_ROW), reference)


def _is_true(element: Element, name: str) -> bool:
    return element.get(name) in _TRUE


def _is_below(size: str | None, least: float) -> bool:
    return size is not None and float(size) < least


def _between(spans: list[range]) -> Iterator[range]:
    """What of a sheet's columns lies in none of the spans."""
    start = 1
    for each in sorted(spans, key=lambda span: span.start):
        yield range(start, each.start)
        start = max(start, each.stop)
    yield range(start, _LAST_COLUMN + 1)


def _area(reference: str) -> tuple[range, range]:
    """The rows and columns of a range of cells; all of a sheet's where it cannot be read."""
    first, _, last = reference.partition(":")
    ends = [_CELL.fullmatch(each) for each in (first, last or first)]
    found = [(int(each[2]), _number(each[1])) for each in ends if each]
    if len(found) < len(ends):
        return range(1, _LAST_ROW + 1), range(1, _LAST_COLUMN + 1)
    (top, left), (bottom, right) = found
    return range(top, bottom + 1), range(left, right + 1)


def hidden(sheet: Sheet) -> Iterator[str]:
    """What of a sheet does not show though it holds values, in words."""
    if sheet.hidden_rows:
        yield f"hidden or filtered rows of “{sheet.name}” ({_spans(sheet.hidden_rows, str)})"
    if sheet.hidden_columns:
        columns = _spans(sheet.hidden_columns, letters_of)
        yield f"hidden columns of “{sheet.name}” ({columns})"
    for cells, how in (
        (sheet.hidden_cells, "a number format that shows nothing"),
        (sheet.pale_cells, "the colour of their ground, or no size"),
    ):
        if cells:
            named = [f"{letters_of(column)}{row}" for row, column in cells[:_SHOWN]]
            more = f" and {len(cells) - _SHOWN:,} more" if len(cells) > _SHOWN else ""
            yield f"values of “{sheet.name}” with {how} ({', '.join(named)}{more})"


def _spans(numbers: Sequence[int], named: Callable[[int], str]) -> str:
    """Ascending numbers by name, those that follow one another as a span."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    return ", ".join(" to ".join(map(named, span)) for span in spans)


def letters_of(column: int) -> str:
    """The letters of a column by its number: A is 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
