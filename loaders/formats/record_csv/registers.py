"""What the columns of registers hold: of assets, systems, processing, agreements and flows."""

from loaders.formats.reading.row import Row
from loaders.impersonal import impersonal
from loaders.numbers import plainly_yes_or_no
from loaders.records import Entry, Lawfulness, Remarks
from loaders.references import entry, path_of
from loaders.values import notation, organisation_key, web_address, words

REMARKS = ("visible-to", "note", "source")
SUMMARY = "public-summary"
LAWFULNESS = ("data-subjects", "data-categories", "legal-bases", "schedule-one", "legal-powers")


def text(row: Row, column: str) -> str | None:
    """Words of a column in which no person is to stand."""
    return row.optional(column, impersonal)


def reference(row: Row, column: str = "ref") -> str:
    """The reference under which an entry stands in its register."""
    return row.required(column, words)


def owner(row: Row, column: str = "organisation") -> str:
    """The key of the organisation whose register it is."""
    return row.required(column, organisation_key)


def flag(row: Row, column: str) -> bool | None:
    """Yes, no, or not recorded."""
    return row.optional(column, plainly_yes_or_no)


def category(row: Row, column: str, scheme: str | None = None) -> str | None:
    """A notation of a scheme, whose name is the column's where it is not given."""
    return row.optional(column, notation(scheme or column))


def categories(row: Row, column: str, scheme: str) -> tuple[str, ...]:
    """Notations of a scheme."""
    return row.several(column, notation(scheme))


def entries(row: Row, column: str) -> tuple[Entry, ...]:
    """Entries of registers, each as an organisation's key, “/” and a reference."""
    return row.several(column, entry)


def services(row: Row) -> tuple[str, ...]:
    """Paths of services."""
    return row.several("services", path_of("service"))


def visible_to(row: Row) -> str | None:
    """The widest audience that may see a record.

    Raises:
        Fault: the cell says something that is no audience. Without it the record could be shown to
            more people than it is meant for, so that it is left out.
    """
    column = "visible-to"
    said = str(row.cells.get(column) or "").strip()
    return row.required(column, notation("audience")) if said else None


def remarks(row: Row) -> Remarks:
    """Who may see a record, what is told of it, and where it is taken from."""
    return Remarks(
        visible_to=visible_to(row),
        public_summary=text(row, SUMMARY),
        note=text(row, "note"),
        source=row.optional("source", web_address),
    )


def lawfulness(row: Row) -> Lawfulness:
    """Whose data, of which kinds, and what makes it lawful to process them."""
    return Lawfulness(
        data_subjects=categories(row, "data-subjects", "data-subject-category"),
        data_categories=categories(row, "data-categories", "personal-data-category"),
        legal_bases=categories(row, "legal-bases", "legal-basis"),
        schedule_one=categories(row, "schedule-one", "schedule-1-condition"),
        legal_powers=row.several("legal-powers", web_address),
    )
