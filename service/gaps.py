"""`/gaps/{organisation key}`: what a publisher has not recorded, to read and to fill in.

Only who sees everything can tell what is missing from what is hidden (decision 0015), so that the
gaps are for staff, like the questions that look for what is missing. Everybody else is told that,
whatever the address names.
"""

from dataclasses import dataclass

from flask import Blueprint, Response

from queries.gap_fields import KINDS
from service.errors import Problem
from service.finding import described
from service.gap_finding import (
    INTERNAL,
    GapRow,
    KindGaps,
    address_of,
    find_gaps,
    gaps_of_kind,
)
from service.gap_workbook import MEDIA_TYPE, told_of, write_workbook
from service.problem_finding import problems_of
from service.representations import HTML, Representation
from service.responses import answer, negotiate, pages, path_of_request
from service.serving import current_release
from service.store import Release
from service.tokens import PUBLIC

XLSX = Representation("xlsx", MEDIA_TYPE, "Excel workbook")
SUFFIX = ".xlsx"
SHOWN = 200

gaps = Blueprint("gaps", __name__)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A thing on the page, and the names of its fields that are open."""

    title: str
    href: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The gaps of one kind on the page: what there is to do, and where the workbook is.

    `counts` are the fields that are open somewhere, with how often; `rows` the first things.
    """

    title: str
    told: str
    download: str | None
    counts: tuple[tuple[str, int], ...]
    rows: tuple[ShownRow, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class GapsView:
    """The page of one organisation's gaps."""

    title: str
    organisation: str
    href: str
    problems: str | None
    download: str | None
    sections: tuple[Section, ...]


@gaps.get("/gaps/<path:_>")
def show_gaps(_: str) -> Response:
    """The page of an organisation's gaps, or with `.xlsx`, of all or of one kind, a workbook."""
    release = current_release()
    _refuse_halves(release)
    path, is_workbook = path_of_request().removeprefix("/gaps/"), False
    if path.endswith(SUFFIX):
        path, is_workbook = path.removesuffix(SUFFIX), True
    spelt, _slash, name = path.partition("/")
    iri = next(described(release, f"{release.base}id/organisation/", spelt), None)
    if iri is None or (name and (name not in KINDS or not is_workbook)):
        raise _unknown()
    key = iri.removeprefix(f"{release.base}id/organisation/")
    if is_workbook:
        return _send_workbook(release, key, iri, name)
    representation = negotiate((HTML,))

    def body() -> bytes:
        view = _view(release, key, iri)
        return pages().render("gaps.html", view, title=view.title, active="organisation")

    return answer(release, representation, body)


def _send_workbook(release: Release, key: str, iri: str, name: str) -> Response:
    """The workbook of the kind of that name; of all kinds where there is no name."""

    def body() -> bytes:
        found = (gaps_of_kind(release, key, KINDS[name]),) if name else find_gaps(release, key)
        published = str(release.manifest.get("published", ""))
        return write_workbook(found, release.labels.of(iri), published[:10])

    response = answer(release, XLSX, body, weak=True, negotiated=False)
    file = "-".join(filter(None, ("gaps", key, name)))
    response.headers["Content-Disposition"] = f'attachment; filename="{file}.xlsx"'
    return response


def _view(release: Release, key: str, iri: str) -> GapsView:
    organisation = release.labels.of(iri)
    address = address_of(key)
    sections = tuple(_section(release, address, each) for each in find_gaps(release, key))
    href = release.locations.document_path(iri)
    whole = f"{address}.xlsx" if any(each.download for each in sections) else None
    title = f"What {organisation} has not recorded"
    return GapsView(title, organisation, href, problems_of(release, iri), whole, sections)


def _section(release: Release, address: str, found: KindGaps) -> Section:
    def shown(row: GapRow) -> ShownRow:
        return ShownRow(row.title, release.locations.document_path(row.iri), row.missing)

    return Section(
        found.kind.title,
        told_of(found),
        f"{address}/{found.kind.name}.xlsx" if found.rows else None,
        tuple(found.missing_by_column().items()),
        tuple(map(shown, found.rows[:SHOWN])),
        found.incomplete > SHOWN,
    )


def _refuse_halves(release: Release) -> None:
    """Refuse who does not see everything, before it is looked whether there is anything."""
    if release.audience == INTERNAL:
        return
    is_anybody = release.audience == PUBLIC
    challenge = "" if is_anybody else ', error="insufficient_scope"'
    how = "Sign in with a staff token." if is_anybody else "Your token is a partner's."
    raise Problem(
        401 if is_anybody else 403,
        "What is not recorded is told to staff alone.",
        f"To anybody else, what is only hidden would seem to be missing. {how}",
        headers={"WWW-Authenticate": f'Bearer realm="gmkg"{challenge}'},
        ways_on=(("Sign in", "/sign-in"), ("All questions", "/queries")),
    )


def _unknown() -> Problem:
    return Problem(
        404,
        "There are no gaps to show here.",
        "The address is /gaps/ and the key of an organisation that the release describes; with "
        ".xlsx behind it, or a kind of thing and .xlsx, it is a workbook.",
    )
