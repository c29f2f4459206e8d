"""Our own CSV formats, one for each class of record; `docs/record-csv.md` describes them.

Lists within a cell are divided by semicolons. Dates are written YYYY-MM-DD. A `source` cell holds
the web address of the document that the row's facts were taken from.
"""

from loaders.formats.delimited import Columns
from loaders.formats.format import Format
from loaders.formats.row import Row
from loaders.issues import Fault
from loaders.records import Area, ChangeEvent, Identifier, Link, Membership, Organisation, Record
from loaders.records.identifier import Kind
from loaders.values import (
    Reader,
    calendar_date,
    code,
    date_in_force,
    gss,
    notation,
    organisation_key,
    register_code,
    slug,
    web_address,
    wikidata_item,
    words,
)

_CODES: dict[str, Reader[str]] = {
    "gss": gss,
    "local-authority-eng": register_code,
    "wikidata": wikidata_item,
}


def _organisation(row: Row) -> tuple[Record, ...]:
    return (
        Organisation(
            key=row.required("key", organisation_key),
            name=row.required("name", words),
            organisation_type=row.required("type", notation("organisation-type")),
            other_names=row.several("other-names", words),
            homepage=row.optional("homepage", web_address),
            founded=row.optional("founded", date_in_force),
            dissolved=row.optional("dissolved", date_in_force),
            administers=row.several("administers", gss),
            replaced_by=row.several("replaced-by", organisation_key),
            source=row.optional("source", web_address),
        ),
    )


def _area(row: Row) -> tuple[Record, ...]:
    return (
        Area(
            code=row.required("code", gss),
            name=row.required("name", words),
            area_type=row.required("type", notation("area-type")),
            within=row.optional("within", gss),
            source=row.optional("source", web_address),
        ),
    )


def _kind(cell: str) -> Kind:
    if cell == "organisation":
        return "organisation"
    if cell == "area":
        return "area"
    raise Fault("unknown-category", f"“{cell}” is no kind of thing: say organisation or area.")


def _subject(row: Row) -> tuple[Kind, str]:
    kind = row.required("kind", _kind)
    read: Reader[str] = gss if kind == "area" else organisation_key
    return kind, row.required("key", read)


def _identifier(row: Row) -> tuple[Record, ...]:
    kind, key = _subject(row)
    scheme = row.required("scheme", notation("identifier-scheme"))
    return (Identifier(kind, key, scheme, row.required("code", _CODES.get(scheme, code))),)


def _link(row: Row) -> tuple[Record, ...]:
    kind, key = _subject(row)
    return (Link(kind, key, row.required("same-as", web_address)),)


def _membership(row: Row) -> tuple[Record, ...]:
    return (
        Membership(
            member=row.required("member", organisation_key),
            organisation=row.required("organisation", organisation_key),
            role=row.required("role", notation("membership-role")),
            began=row.optional("began", date_in_force),
            ended=row.optional("ended", date_in_force),
            source=row.optional("source", web_address),
        ),
    )


def _change_event(row: Row) -> tuple[Record, ...]:
    return (
        ChangeEvent(
            key=row.required("key", slug),
            title=row.required("title", words),
            on=row.optional("date", calendar_date),
            before=row.several("before", organisation_key),
            after=row.several("after", organisation_key),
            source=row.optional("source", web_address),
        ),
    )


RECORD_CSV = (
    Format(
        "organisation-csv",
        "Organisations, in our own CSV",
        Columns(
            ("key", "name", "type"),
            (
                "other-names",
                "homepage",
                "founded",
                "dissolved",
                "administers",
                "replaced-by",
                "source",
            ),
        ),
        _organisation,
    ),
    Format(
        "area-csv",
        "Areas, in our own CSV",
        Columns(("code", "name", "type"), ("within", "source")),
        _area,
    ),
    Format(
        "identifier-csv",
        "Identifiers of organisations and areas, in our own CSV",
        Columns(("kind", "key", "scheme", "code")),
        _identifier,
    ),
    Format(
        "link-csv",
        "Other people's IRIs for things of ours, in our own CSV",
        Columns(("kind", "key", "same-as")),
        _link,
    ),
    Format(
        "membership-csv",
        "Memberships of organisations in organisations, in our own CSV",
        Columns(("member", "organisation", "role"), ("began", "ended", "source")),
        _membership,
    ),
    Format(
        "change-event-csv",
        "What happened to organisations, in our own CSV",
        Columns(("key", "title"), ("date", "before", "after", "source")),
        _change_event,
    ),
)
