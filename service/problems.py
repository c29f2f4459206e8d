"""`/problems/{organisation key}`: the problems in a publisher's records, as page, CSV or workbook.

Everybody gets those that follow from what they may see.
"""

import csv
import io
from dataclasses import dataclass

from flask import Blueprint, Response

from service.errors import Problem
from service.finding import described
from service.gap_finding import as_shown
from service.gap_workbook import MEDIA_TYPE
from service.problem_finding import (
    Fix,
    RecordProblem,
    best_fixes,
    find_problems,
    problems_address,
)
from service.representations import HTML, Representation
from service.responses import answer, negotiate, pages, path_of_request
from service.serving import current_release
from service.store import Release

XLSX = Representation("xlsx", MEDIA_TYPE, "Excel workbook")
CSV = Representation("csv", "text/csv", "CSV")
FORMS = {f".{each.name}": each for each in (CSV, XLSX)}
COLUMNS = ("thing", "title", "not recorded", "property", "what it lowers", "where it comes from")
SHOWN = 200

problems = Blueprint("problems", __name__)


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem on the page, with the address of its record."""

    title: str
    href: str
    label: str
    measures: str
    row: str


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """The page of an organisation's problems: `rows` are the first of `count`."""

    title: str
    organisation: str
    href: str
    address: str
    count: int
    fixes: tuple[Fix, ...]
    rows: tuple[ShownProblem, ...]


@problems.get("/problems/<path:_>")
def show_problems(_: str) -> Response:
    """The problems of an organisation's records; with `.csv` or `.xlsx`, all of them to keep."""
    release = current_release()
    spelt = path_of_request().removeprefix("/problems/")
    form = next((form for suffix, form in FORMS.items() if spelt.endswith(suffix)), None)
    if form is not None:
        spelt = spelt.removesuffix(f".{form.name}")
    iri = next(described(release, f"{release.base}id/organisation/", spelt), None)
    if iri is None:
        raise Problem(
            404,
            "There is no such organisation.",
            "The address names an organisation by its key, as its page does.",
            ways_on=(("Organisations", "/doc/organisation"),),
        )
    key = iri.removeprefix(f"{release.base}id/organisation/")
    if form is not None:
        response = answer(
            release,
            form,
            lambda: _table(find_problems(release, iri), form),
            weak=form is XLSX,
            negotiated=False,
        )
        file = f"problems-{key}.{form.name}"
        response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
        return response
    representation = negotiate((HTML,))

    def body() -> bytes:
        view = _view(release, key, iri)
        return pages().render("problems.html", view, title=view.title, active="organisation")

    return answer(release, representation, body)


def _view(release: Release, key: str, iri: str) -> ProblemsView:
    organisation = release.labels.of(iri)
    found = find_problems(release, iri)
    rows = tuple(
        ShownProblem(
            each.title,
            release.locations.document_path(each.thing),
            each.label,
            ", ".join(each.measures),
            each.row,
        )
        for each in found[:SHOWN]
    )
    return ProblemsView(
        f"Problems we found in what is recorded of {organisation}",
        organisation,
        release.locations.document_path(iri),
        problems_address(key),
        len(found),
        best_fixes(found),
        rows,
    )


def _table(found: tuple[RecordProblem, ...], form: Representation) -> bytes:
    rows = [
        (each.thing, each.title, each.label, each.property, ", ".join(each.measures), each.row)
        for each in found
    ]
    if form is CSV:
        text = io.StringIO(newline="")
        csv.writer(text).writerows([COLUMNS, *rows])
        return text.getvalue().encode()
    from openpyxl import Workbook  # it takes a while to import

    book = Workbook()
    fixes = book.active
    assert fixes is not None
    fixes.title = "Most useful fixes"
    told = [("what to do", "what it raises")]
    told += [(each.told, ", ".join(each.measures)) for each in best_fixes(found)]
    for sheet, lines in ((fixes, told), (book.create_sheet("Problems"), [COLUMNS, *rows])):
        for number, line in enumerate(lines, 1):
            for column, value in enumerate(line, 1):
                cell = sheet.cell(number, column, as_shown(value))
                cell.data_type = "s"  # a text, whatever it begins with
        for column in range(1, len(lines[0]) + 1):
            sheet.column_dimensions["ABCDEF"[column - 1]].width = 40
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
