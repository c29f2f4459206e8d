"""Organisation charts as councils publish them under the Transparency Code, and organograms, CSV.

Columns as in the OrganisationStructure schema of the Local Government Association (esd), and as in
the senior staff files of the government's organograms. Posts and units are loaded, and no people:
not their names, mailboxes, telephone numbers, grades or pay. `NA` stands for nothing.
"""

from collections.abc import Mapping

from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.formats.registers.open_data_communities import organisation_path
from loaders.identity import name_slug
from loaders.impersonal import post_title
from loaders.issues import Fault
from loaders.records import Post, Record, Unit
from loaders.values import Reader

_NOTHING = frozenset({"NA", "N/A", "N/D"})
_VACANCIES: Mapping[str, bool] = {"vacant": False, "yes": False, "no": True}
_VACANT_NAME = "vacant"


def _stated(row: Row) -> Row:
    """The row without the cells that say that there is nothing to say."""
    cells = {
        column: "" if isinstance(cell, str) and cell.strip().upper() in _NOTHING else cell
        for column, cell in row.cells.items()
    }
    return Row(row.number, cells, row.withheld, row.read, row.noted, row.way)


def _organisation_key(feed: Feed) -> Reader[str]:
    """A reader of what says whose post it is, which the source must declare."""

    def read(cell: str) -> str:
        for each in (cell, _path(cell)):
            if each and (key := feed.organisations.get(each)):
                return key
        raise Fault(
            "unknown-organisation", f"“{cell}” is no organisation that the source declares."
        )

    return read


def _path(cell: str) -> str | None:
    try:
        return organisation_path(cell)
    except Fault:
        return None


def _key(row: Row, feed: Feed, *columns: str) -> str:
    for column in columns:
        if row.has(column):
            return row.required(column, _organisation_key(feed))
    if feed.holder:
        return feed.holder
    raise Fault("missing-value", "Nothing says whose post it is.", columns[0])


def _vacancy(cell: str) -> bool:
    """Whether a post is filled, from what says whether it is vacant."""
    try:
        return _VACANCIES[cell.casefold()]
    except KeyError:
        raise Fault(
            "unknown-category", f"“{cell}” does not say whether the post is vacant."
        ) from None


def _post(feed: Feed, organisation: str, title: str, unit: str | None, filled: bool | None) -> Post:
    """A post. Where several units have one of that title, the unit is named in it."""
    post = Post(organisation, title, unit, is_filled=filled)
    if unit and any(feed.is_contested(claim) for claim in post.claims()):
        return Post(organisation, f"{title} ({unit})", unit, is_filled=filled)
    return post


def _chart_row(given: Row, feed: Feed) -> tuple[Record, ...]:
    row = _stated(given)
    organisation = _key(row, feed, "OrganisationURI", "OrganisationLabel")
    title = row.required("JobTitle", post_title)
    directorate = row.optional("Directorate", post_title)
    service = row.optional("Service", post_title)
    if directorate and service and name_slug(directorate) == name_slug(service):
        service = None
    unit = service or directorate
    post = _post(feed, organisation, title, unit, row.optional("Vacancy", _vacancy))
    if service and directorate:
        # One service may stand under two directorates; what is a part of what is then not told.
        return post, Unit(organisation, service, directorate), Unit(organisation, directorate)
    return post, *((Unit(organisation, unit),) if unit else ())


def _organogram_row(given: Row, feed: Feed) -> tuple[Record, ...]:
    row = _stated(given)
    organisation = _key(row, feed, "Organisation")
    title = row.required("Job Title", post_title)
    unit = row.optional("Unit", post_title)
    name = str(given.cells.get("Name") or "").strip().casefold()
    filled = False if name == _VACANT_NAME else None
    post = _post(feed, organisation, title, unit, filled)
    return post, *((Unit(organisation, unit),) if unit else ())


ORGANISATION_CHART = (
    Format(
        "organisation-chart",
        "A council's organisation chart (OrganisationStructure): its posts and units, CSV",
        Delimited(
            Columns(
                ("JobTitle",),
                ("OrganisationURI", "OrganisationLabel", "Directorate", "Service", "Vacancy"),
                (
                    "EffectiveDate",
                    "Level",
                    "Name",
                    "Grade",
                    "ContractType",
                    "SharedPost",
                    "ContactDetails",
                    "SalaryBand",
                    "MaximumSalary",
                    "Comments",
                    "RemunerationBand",
                    "Remuneration",
                    "Responsibilities",
                    "BudgetHeld",
                    "EmployeeCount",
                ),
            )
        ),
        _chart_row,
    ),
    Format(
        "organogram-senior",
        "Senior posts of a government organogram, CSV",
        Delimited(
            Columns(
                ("Job Title",),
                ("Organisation", "Unit", "Name"),
                (
                    "Post Unique Reference",
                    "Grade",
                    "Grade (or equivalent)",
                    "Job/Team Function",
                    "Parent Department",
                    "Contact Phone",
                    "Contact E-mail",
                    "Reports to Senior Post",
                    "Salary Cost of Reports (£)",
                    "FTE",
                    "Actual Pay Floor (£)",
                    "Actual Pay Ceiling (£)",
                    "Professional/Occupational Group",
                    "Profession",
                    "Organization Reference",
                    "Notes",
                    "Valid?",
                ),
            )
        ),
        _organogram_row,
    ),
)
