"""Organisations, areas, what becomes of them, and what other registers call them."""

from loaders.codes import code_in
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.formats.record_csv.own_format import own_format
from loaders.issues import Fault
from loaders.records import (
    Area,
    ChangeEvent,
    Identifier,
    Kind,
    Link,
    Membership,
    Organisation,
    Record,
)
from loaders.values import (
    Reader,
    calendar_date,
    date_in_force,
    gss,
    notation,
    organisation_key,
    slug,
    web_address,
    words,
)

_KINDS: dict[str, tuple[Kind, Reader[str]]] = {
    "organisation": ("organisation", organisation_key),
    "area": ("area", gss),
    "service": ("service", slug),
    "place": ("place", slug),
    "dataset": ("dataset", slug),
}


def _organisation(row: Row, _: Feed) -> tuple[Record, ...]:
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
            description=row.optional("description", words),
        ),
    )


def _area(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Area(
            code=row.required("code", gss),
            name=row.required("name", words),
            area_type=row.required("type", notation("area-type")),
            within=row.optional("within", gss),
            source=row.optional("source", web_address),
        ),
    )


def _kind(cell: str) -> tuple[Kind, Reader[str]]:
    try:
        return _KINDS[cell]
    except KeyError:
        raise Fault(
            "unknown-category", f"“{cell}” is no kind of thing: say one of {', '.join(_KINDS)}."
        ) from None


def _identifier(row: Row, _: Feed) -> tuple[Record, ...]:
    kind, read = row.required("kind", _kind)
    key = row.required("key", read)
    scheme = row.required("scheme", notation("identifier-scheme"))
    return (Identifier(kind, key, scheme, row.required("code", code_in(scheme))),)


def _link(row: Row, _: Feed) -> tuple[Record, ...]:
    kind, read = row.required("kind", _kind)
    key = row.required("key", read)
    return (Link(kind, key, row.required("same-as", web_address)),)


def _membership(row: Row, _: Feed) -> tuple[Record, ...]:
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


def _change_event(row: Row, _: Feed) -> tuple[Record, ...]:
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


BODIES = (
    own_format(
        "organisation",
        "Organisations",
        ("key", "name", "type"),
        (
            "other-names",
            "homepage",
            "founded",
            "dissolved",
            "administers",
            "replaced-by",
            "source",
            "description",
        ),
        _organisation,
    ),
    own_format("area", "Areas", ("code", "name", "type"), ("within", "source"), _area),
    own_format(
        "identifier", "Identifiers of things", ("kind", "key", "scheme", "code"), (), _identifier
    ),
    own_format(
        "link", "Other people's IRIs for things of ours", ("kind", "key", "same-as"), (), _link
    ),
    own_format(
        "membership",
        "Memberships of organisations in organisations",
        ("member", "organisation", "role"),
        ("began", "ended", "source"),
        _membership,
    ),
    own_format(
        "change-event",
        "What happened to organisations",
        ("key", "title"),
        ("date", "before", "after", "source"),
        _change_event,
    ),
)
