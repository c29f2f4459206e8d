"""Organisations as GOV.UK lists them: a LinkML enumeration in YAML, and Content API documents.

The enumeration has a value for each organisation by its slug, with extensions of a tag and a value.
A Content API document (schema `organisation`) has an organisation of its own, the organisations
that it is part of, and what else its page links to: contacts, roles and people, none of which is
looked at. Councils are in neither.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from loaders.codes import code_in
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.formats.reading.yaml_items import YamlItems
from loaders.impersonal import impersonal
from loaders.issues import Fault
from loaders.records import Identifier, Organisation, Record
from loaders.values import Reader, calendar_date, web_address, words

_SITE = "https://www.gov.uk"
_PAGE = re.compile(
    rf"(?:{re.escape(_SITE)})?/(?:government/organisations|courts-tribunals)"
    r"/([a-z0-9]+(?:-[a-z0-9]+)*)"
)
_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T00:00:00(?:\.0+)?(?:Z|[+]00:00)")
_OTHER = "government-organisation"
_TYPES: Mapping[str, str] = {
    "ad_hoc_advisory_group": "ad-hoc-advisory-group",
    "advisory_ndpb": "advisory-public-body",
    "advisory_non_departmental_public_body": "advisory-public-body",
    "civil_service": "civil-service-body",
    "court": "court",
    "devolved_administration": "devolved-administration",
    "executive_agency": "executive-agency",
    "executive_ndpb": "executive-public-body",
    "executive_non_departmental_public_body": "executive-public-body",
    "executive_office": "executive-office",
    "independent_monitoring_body": "independent-monitoring-body",
    "ministerial_department": "ministerial-department",
    "non_ministerial_department": "non-ministerial-department",
    "other": _OTHER,
    "public_corporation": "public-corporation",
    "special_health_authority": "special-health-authority",
    "sub_organisation": _OTHER,
    "tribunal": "tribunal",
    "tribunal_ndpb": "tribunal",
}
_CLOSED = (
    "changed_name",
    "closed",
    "left_gov_uk",
    "merged",
    "no_longer_exists",
    "replaced",
    "split",
)
_STATUSES: Mapping[str, str] = {
    **{each: each for each in ("devolved", "exempt", "joining", "live", "transitioning")},
    **dict.fromkeys(_CLOSED, "closed"),
}
_TAGS = ("abbreviation", "organisationType", "status", "contentID")


def _kind(cell: str) -> str:
    try:
        return _TYPES[re.sub(r"[\s-]+", "_", cell).casefold()]
    except KeyError:
        raise Fault(
            "unknown-category", f"“{cell}” is no type of organisation that GOV.UK is known to have."
        ) from None


def _status(cell: str) -> str:
    try:
        return _STATUSES[cell.casefold()]
    except KeyError:
        raise Fault(
            "unknown-category",
            f"“{cell}” is no status of an organisation that GOV.UK is known to have.",
        ) from None


def _slug(cell: str) -> str:
    """The slug that ends the address of an organisation's page, whole or as a path."""
    if not (found := _PAGE.fullmatch(cell)):
        raise Fault("bad-code", f"“{cell}” is not the address of an organisation on GOV.UK.")
    return found[1]


def _midnight(cell: str) -> date:
    """The day of an instant that is its first, as a day is written where instants are."""
    if not (found := _INSTANT.fullmatch(cell)):
        raise Fault("bad-date", f"“{cell}” is not a day written like 2020-01-31T00:00:00Z.")
    return calendar_date(found[1])


def _page(cell: str) -> str:
    _slug(cell)
    return cell if cell.startswith(_SITE) else _SITE + cell


def _names(name: str, *others: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in others if each and each != name))


def key_of(slug: str, feed: Feed) -> str:
    """The key of a body by its slug: one that the source declares, else one of GOV.UK's slug.

    The slug is GOV.UK's whichever way it is told, so that the key is the same for every source.
    """
    return feed.organisations.get(slug) or f"GM-govuk-{slug}"


def _codes(key: str, slug: str, content: str | None) -> Iterator[Record]:
    yield Identifier("organisation", key, "gov-uk-slug", slug)
    if content:
        yield Identifier("organisation", key, "gov-uk-content-id", content)


def _value(row: Row, feed: Feed) -> tuple[Record, ...]:
    """A value of the enumeration."""
    slug = row.required("slug", code_in("gov-uk-slug"))
    tags = _extensions(row)
    name = row.required("description", impersonal)
    organisation = Organisation(
        key=key_of(slug, feed),
        name=name,
        organisation_type=tags.optional("organisationType", _kind),
        other_names=_names(name, tags.optional("abbreviation", words)),
        homepage=row.optional("meaning", web_address),
        status=tags.optional("status", _status),
    )
    content = tags.optional("contentID", code_in("gov-uk-content-id"))
    return organisation, *_codes(organisation.key, slug, content)


def _extensions(row: Row) -> Row:
    """The extensions of a value as members by tag; a tag that comes twice is a list."""
    cells: dict[str, object] = {}
    for each in row.each("extensions"):
        tag = each.optional("tag", words)
        if tag is None:
            continue
        if tag not in _TAGS:
            each.note("unknown-column", f"The format does not know the extension “{tag}”.", "tag")
            continue
        value = each.cells.get("value")
        cells[tag] = [cells[tag], value] if tag in cells else value
    return Row(row.number, cells, row.withheld, row.read, row.noted, f"{row.way}extensions.")


def _document(row: Row, feed: Feed) -> tuple[Record, ...]:
    """A Content API document. Of what it links to only the parents are looked at."""
    if row.cells.get("document_type") != "organisation":
        raise Fault("out-of-scope", "The document is not about an organisation.", "document_type")
    slug = row.required("base_path", _slug)
    name = row.required("title", impersonal)
    details = row.within("details") or Row(row.number, {}, row.withheld, row.read, row.noted)
    standing = details.within("organisation_govuk_status")
    status = standing.optional("status", _status) if standing else None
    is_closed = standing is not None and status == "closed"
    organisation = Organisation(
        key=key_of(slug, feed),
        name=name,
        organisation_type=details.optional("organisation_type", _kind),
        other_names=_names(name, details.optional("acronym", words)),
        homepage=row.optional("base_path", _page),
        dissolved=standing.optional("updated_at", _midnight) if standing and is_closed else None,
        status=status,
        part_of=tuple(dict.fromkeys(_parents(row, feed))),
    )
    content = row.optional("content_id", code_in("gov-uk-content-id"))
    return organisation, *_codes(organisation.key, slug, content), *_mentions(row, feed)


def _parents(row: Row, feed: Feed) -> Iterator[str]:
    links = row.within("links")
    for each in links.each("ordered_parent_organisations") if links else ():
        if slug := each.optional("base_path", _slug):
            yield key_of(slug, feed)


def _mentions(row: Row, feed: Feed) -> Iterator[Record]:
    """The parents by name, which their own documents may not be there to tell."""
    links = row.within("links")
    for each in links.each("ordered_parent_organisations") if links else ():
        slug: str | None = _silently(each, "base_path", _slug)
        name = each.optional("title", words)
        if slug and name:
            yield Organisation(key_of(slug, feed), name, is_mention=True)


def _silently(row: Row, column: str, read: Reader[str]) -> str | None:
    """A value whose faults are told already."""
    try:
        return read(str(row.cells.get(column) or ""))
    except Fault:
        return None


GOVUK_ORGANISATIONS = (
    Format(
        "govuk-organisations-linkml",
        "GOV.UK's organisations as the values of a LinkML enumeration, YAML",
        YamlItems(
            "enums.OrganisationValues.permissible_values",
            key="slug",
            known=frozenset({"slug", "meaning", "description", "extensions"}),
        ),
        _value,
    ),
    Format(
        "govuk-content-organisation",
        "Organisations as GOV.UK's Content API answers about them, JSON",
        JsonItems("results"),
        _document,
    ),
)
