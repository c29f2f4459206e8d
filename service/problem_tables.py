"""The problems in a publisher's records as a table to keep: CSV, or a workbook of four sheets.

Titles come from anybody, so that no cell is one that a spreadsheet takes for a formula.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from service.gap_finding import as_shown
from service.gap_workbook import MEDIA_TYPE
from service.load_issues import LoadIssue
from service.problem_finding import ProblemKind, RecordProblem, best_fixes, kinds_of
from service.representations import Representation

XLSX = Representation("xlsx", MEDIA_TYPE, "Excel workbook")
CSV = Representation("csv", "text/csv", "CSV")
COLUMNS = (
    *("thing", "title", "problem", "what to do", "about", "what it lowers"),
    "where it comes from",
)
KIND_COLUMNS = ("what to do", "records", "problem", "what it raises")
ISSUE_COLUMNS = ("thing", "where", "field", "what was found", "what became of it")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTH = 40

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
                cell = sheet.cell(number, column, as_shown(value))
                cell.data_type = "s"  # a text, whatever it begins with
        for column in range(1, len(lines[0]) + 1):
            sheet.column_dimensions["ABCDEFG"[column - 1]].width = _WIDTH
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _lines(problems: Sequence[RecordProblem], issues: Sequence[LoadIssue]) -> Iterator[Line]:
    yield from map(_problem_line, problems)
    for each in issues:
        yield (each.thing, "", each.message, "", each.field, each.effect, each.place)


def _problem_line(each: RecordProblem) -> Line:
    measures = ", ".join(each.measures)
    return (each.thing, each.title, each.problem, each.to_do, each.about, measures, each.row)


def _kind_line(each: ProblemKind) -> Line:
    return (each.to_do, str(each.records), each.problem, ", ".join(each.measures))


def _issue_line(each: LoadIssue) -> Line:
    return (each.thing, each.place, each.field, each.message, each.effect)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
