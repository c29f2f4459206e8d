"""The problems in a publisher's records as a table to keep: CSV, or a workbook of four sheets.

Titles come from anybody, so that no cell is one that a spreadsheet takes for a formula.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from service.gap_workbook import MEDIA_TYPE
from service.load_issues import LoadIssue
from service.problem_finding import ProblemKind, RecordProblem, best_fixes, kinds_of
from service.representations import Representation

XLSX = Representation("xlsx", MEDIA_TYPE, "Excel workbook")
CSV = Representation("csv", "text/csv", "CSV")
COLUMNS = (
    *("thing", "title", "problem", "what to do", "about", "what it lowers"),
    *("where it comes from", "found by"),
)
KIND_COLUMNS = ("what to do", "records", "problem", "what it lowers", "what it raises alone")
ISSUE_COLUMNS = ("thing", "where", "field", "what was found", "what became of it")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTH = 40
_MEASURING, _LOADING = "measuring", "loading"
_LONGEST = 32_767  # characters of a cell, by Excel's own bounds
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Line = tuple[str, ...]


def write_csv(problems: Sequence[RecordProblem], issues: Sequence[LoadIssue]) -> bytes:
    """All problems, a row each; then what loading found, of which no property is known."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    lines.writerows(tuple(map(_harmless, each)) for each in _lines(problems, issues))
    return text.getvalue().encode()


def write_workbook(problems: Sequence[RecordProblem], issues: Sequence[LoadIssue]) -> bytes:
    """The most useful fixes, the kinds of problems, the problems, and what loading found."""
    from openpyxl import Workbook  # it takes a while to import

    sheets: dict[str, list[Line]] = {
        "Most useful fixes": [KIND_COLUMNS, *map(_kind_line, best_fixes(problems))],
        "Counts": [KIND_COLUMNS, *map(_kind_line, kinds_of(problems))],
        "Problems": [COLUMNS, *map(_problem_line, problems)],
    }
    if issues:
        sheets["Found while loading"] = [ISSUE_COLUMNS, *map(_issue_line, issues)]
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for number, line in enumerate(lines, 1):
            for column, value in enumerate(line, 1):
                cell = sheet.cell(number, column, as_cell(value))
                cell.data_type = "s"  # a text, whatever it begins with
        for column in range(1, len(lines[0]) + 1):
            sheet.column_dimensions["ABCDEFGH"[column - 1]].width = _WIDTH
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _lines(problems: Sequence[RecordProblem], issues: Sequence[LoadIssue]) -> Iterator[Line]:
    yield from map(_problem_line, problems)
    for each in issues:
        yield (each.thing, "", each.message, "", each.field, each.effect, each.place, _LOADING)


def _problem_line(each: RecordProblem) -> Line:
    measures = ", ".join(each.measures)
    told = (each.thing, each.title, each.problem, each.to_do, each.about, measures, each.row)
    return (*told, _MEASURING)


def _kind_line(each: ProblemKind) -> Line:
    lowers, raises = ", ".join(each.measures), ", ".join(each.raises)
    return (each.to_do, str(each.records), each.problem, lowers, raises)


def _issue_line(each: LoadIssue) -> Line:
    return (each.thing, each.place, each.field, each.message, each.effect)


def as_cell(text: str) -> str:
    """A text as a cell of a workbook can hold it, which shows it as it is (ECMA-376, ST_Xstring).

    What would be read as an escaped character is escaped itself.
    """
    return _ESCAPE.sub("_x005F_", _NO_XML.sub(" ", text))[:_LONGEST]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
