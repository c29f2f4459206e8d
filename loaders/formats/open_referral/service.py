"""A service, in Open Referral UK, with all that it holds."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from loaders.formats.open_referral.contact import contacts_of
from loaders.formats.open_referral.cost import costs_of
from loaders.formats.open_referral.hours import hours_of
from loaders.formats.open_referral.place import visits_of
from loaders.formats.open_referral.provider import provider_of
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.numbers import age
from loaders.records import Channel, Record, Service
from loaders.times import moment_or_day
from loaders.values import (
    T,
    iri,
    list_number,
    one_of,
    service_type,
    slug,
    undamaged,
    web_address,
    words,
)

_LGSL_ENTRY = re.compile(r"https?://id\.esd\.org\.uk/service/([0-9]{1,6})/?")
_GSS = re.compile(r"(?<![A-Za-z0-9])[EWSNKJ][0-9]{8}(?![A-Za-z0-9])")
_AUDIENCE = re.compile(r"audience|eligib", re.IGNORECASE)
# What taxonomies of the Local Government Service List are called, in letters alone.
_LGSL = frozenset({"esd", "esdservices", "esdservicetypes", "lgsl", "localgovernmentservicelist"})
# What other objects of the standard have and services have not.
_ELSEWHERE = frozenset(
    (
        *("location", "organization_identifiers", "service", "services"),
        *("taxonomy_terms", "term_uri", "version", "website"),
    )
)

_status = one_of("service-status")


def service(row: Row, feed: Feed) -> tuple[Record, ...]:
    """A service, its provider where nobody else may know them, its places and their identifiers.

    Raises:
        Fault: it is no service, or has no identifier or no name.
    """
    if not row.has("status") and any(map(row.has, _ELSEWHERE)):
        raise Fault(
            "out-of-scope",
            "This is no service, but another object of the standard, such as an organisation.",
        )
    key = row.required("id", undamaged(slug))
    name = _name(row)
    provider, bodies = provider_of(row, feed)
    visits = visits_of(row)
    places = _unique(each.place for each in visits if each.place)
    page = row.optional("url", web_address)
    found = Service(
        key=key,
        name=name,
        description=row.prose("description"),
        provider=provider,
        types=_unique(_types(row)),
        status=row.optional("status", _status),
        areas=_unique(_areas(row)),
        channels=(Channel(page),) if page else (),
        costs=_unique(costs_of(row)),
        contacts=_unique(chain(contacts_of(row), *(contacts_of(each.item) for each in visits))),
        hours=_unique(chain(hours_of(row), *(hours_of(each.item, each.name) for each in visits))),
        locations=_unique(place.key for place in places),
        minimum_age=row.optional("minimum_age", age),
        maximum_age=row.optional("maximum_age", age),
        modified=row.optional("last_modified", moment_or_day),
    )
    numbers = _unique(each.uprn for each in visits if each.uprn)
    return (found, *bodies, *places, *numbers)


def _unique(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))


def _name(row: Row) -> str:
    stated = row.required("name", words)
    if name := row.prose("name"):
        return name
    raise Fault("no-words", "The name has no words in it.", "name", stated)


def _types(row: Row) -> Iterator[str]:
    for attribute in row.each("attributes"):
        subject = attribute.optional("link_type", words) or ""
        if _AUDIENCE.search(subject):
            attribute.withhold(
                "out-of-scope",
                "The term says for whom the service is, which is not loaded.",
                "link_type",
                subject,
            )
            continue
        for term in attribute.each("taxonomy_term"):
            if found := _type(term):
                yield found


def _type(term: Row) -> str | None:
    """The IRI of a term of a taxonomy, which for a number of the LGSL is that of esd."""
    if term.has("term_uri"):
        return term.optional("term_uri", _term)
    taxonomy = re.sub("[^a-z]", "", (term.optional("taxonomy", words) or "").casefold())
    column = "code" if term.has("code") else "term"
    if taxonomy in _LGSL and term.has(column):
        number = term.optional(column, undamaged(list_number))
        return service_type(number) if number else None
    term.withhold(
        "unknown-category",
        "The kind of service is told without the web address of its term, so that it cannot be "
        "told which one is meant.",
        "name",
        term.optional("name", words),
    )
    return None


def _term(cell: str) -> str:
    entry = _LGSL_ENTRY.fullmatch(cell)
    return service_type(entry[1]) if entry else iri(cell)


def _areas(row: Row) -> Iterator[str]:
    for area in row.each("service_areas"):
        stated = [area.optional("uri", str), _text(area.cells.get("extent"))]
        codes = [code for each in stated if each for code in _GSS.findall(each)]
        yield from codes
        if not codes:
            area.withhold(
                "unknown-area",
                "The area is told without a GSS code, so that it cannot be told which one is "
                "meant.",
                "name",
                area.optional("name", words) or area.optional("service_area", words),
            )


def _text(extent: object) -> str | None:
    """An extent in words or as an address; a shape is not loaded, nor are codes within it."""
    return extent if isinstance(extent, str) and not extent.lstrip().startswith("{") else None
