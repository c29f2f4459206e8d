"""`/problems/{organisation key}`: the problems in a publisher's records, as page, CSV or workbook.

Everybody gets those that follow from what they may see; staff also get what loading found.
"""

from dataclasses import dataclass

from flask import Blueprint, Response

from service.errors import Problem
from service.finding import described
from service.gap_finding import gaps_address
from service.load_issues import LoadIssue, find_load_issues
from service.problem_finding import (
    MOST_FIXES,
    ProblemKind,
    RecordProblem,
    find_problems,
    kinds_of,
    problems_address,
)
from service.problem_tables import CSV, XLSX, write_csv, write_workbook
from service.representations import HTML, Representation
from service.responses import answer, negotiate, pages, path_of_request
from service.serving import current_release
from service.store import Release

FORMS = {f".{each.name}": each for each in (CSV, XLSX)}
SHOWN = 200

problems = Blueprint("problems", __name__)


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem on the page, with the address of its record."""

    href: str
    found: RecordProblem


@dataclass(frozen=True, slots=True)
class ShownIssue:
    """What loading found, with the title and the address of the thing, if one came of it."""

    title: str
    href: str
    found: LoadIssue


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """The page of an organisation's problems: `rows` and `issues` are the first of so many.

    `looked_at` is how many records were measured whole.
    """

    title: str
    organisation: str
    href: str
    address: str
    gaps: str | None
    looked_at: int
    count: int
    fixes: tuple[ProblemKind, ...]
    kinds: tuple[ProblemKind, ...]
    rows: tuple[ShownProblem, ...]
    issue_count: int
    issues: tuple[ShownIssue, ...]


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
            lambda: _table(release, iri, form),
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
    looked, issues = find_problems(release, iri), find_load_issues(release, iri)
    found = looked.problems
    kinds = kinds_of(found)
    document = release.locations.document_path
    return ProblemsView(
        f"Problems we found in what is recorded of {organisation}",
        organisation,
        document(iri),
        problems_address(key),
        gaps_address(release, iri),
        looked.records,
        len(found),
        kinds[:MOST_FIXES],
        kinds,
        tuple(ShownProblem(document(each.thing), each) for each in found[:SHOWN]),
        len(issues),
        tuple(
            ShownIssue(
                release.labels.of(each.thing) if each.thing else "",
                document(each.thing) if each.thing else "",
                each,
            )
            for each in issues[:SHOWN]
        ),
    )


def _table(release: Release, iri: str, form: Representation) -> bytes:
    found, issues = find_problems(release, iri).problems, find_load_issues(release, iri)
    return write_csv(found, issues) if form is CSV else write_workbook(found, issues)
