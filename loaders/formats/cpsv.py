"""Public services in RDF, by the Core Public Service Vocabulary (CPSV-AP of SEMIC, 2.2 to 3.2).

The releases share one namespace and changed its names: what 2.2 calls cv:hasContactPoint, cv:value
and schema:telephone is cv:contactPoint, cv:hasValue and cv:telephone in 3.2. Both are read.
Requirements, evidence, outputs, rules, events and sectors have no place with us.
"""

import hashlib
import re
from collections.abc import Iterator

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.rdf_items import RdfItems, Ways
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.numbers import decimal_number
from loaders.records import Channel, Contact, Cost, Hours, Party, Record, Service
from loaders.times import moment_or_day
from loaders.values import Reader, T, gss, iri, slug, team_address, telephone, web_address
from ontology.vocab import CPSV

_NAMES: Ways = {"skos:prefLabel": {}, "dct:title": {}, "foaf:name": {}, "rdfs:label": {}}
_HOURS: Ways = {"dct:description": {}}
_PAGES = ("cv:contactPage", "foaf:page", "foaf:homepage", "schema:url")
_CONTACT: Ways = {
    **{key: {} for key in ("cv:telephone", "schema:telephone", "cv:email", "schema:email")},
    **{key: {} for key in _PAGES},
    "cv:openingHours": _HOURS,
    "cv:specialOpeningHoursSpecification": _HOURS,
}
_COST: Ways = {
    **{key: {} for key in ("dct:description", "cv:hasValue", "cv:value", "cv:currency")},
}
_NOT_LOADED = ("cv:holdsRequirement", "cv:hasCriterion", "cpsv:hasInput", "cpsv:produces")
_WAYS: Ways = {
    **{
        key: {}
        for key in ("dct:identifier", "dct:title", "dct:description", "dct:modified", "dct:spatial")
    },
    **{key: {} for key in ("dct:type", "cv:isClassifiedBy", *_NOT_LOADED, *_PAGES)},
    "cv:hasCompetentAuthority": _NAMES,
    "cv:serviceProvider": _NAMES,
    "cv:contactPoint": _CONTACT,
    "cv:hasContactPoint": _CONTACT,
    "cv:hasChannel": {**{key: {} for key in _PAGES}, "dct:identifier": {}},
    "cv:hasCost": _COST,
}
_GSS = re.compile(r"(?:^|[/#])([EWSNKJ][0-9]{8})$")
_CURRENCY = re.compile(r"(?:^|/)([A-Z]{3})$")


def _service(row: Row, feed: Feed) -> tuple[Record, ...]:
    """A service.

    Raises:
        Fault: it has no title in English, or in no language that is told.
    """
    for name in filter(row.has, _NOT_LOADED):
        row.note("out-of-scope", "What the service needs or gives is not loaded.", name)
    title = _text(row, "dct:title")
    if title is None:
        raise Fault("missing-value", "The service has no title in English.", "dct:title")
    return (
        Service(
            key=_key(row),
            name=title,
            description=_text(row, "dct:description"),
            provider=_party(row, feed, "cv:serviceProvider"),
            responsible=_party(row, feed, "cv:hasCompetentAuthority"),
            types=(
                *_values(row, "cv:isClassifiedBy", iri),
                *_values(row, "dct:type", iri),
            ),
            areas=tuple(dict.fromkeys(_values(row, "dct:spatial", _area))),
            channels=tuple(_channels(row)),
            costs=tuple(_costs(row)),
            contacts=tuple(dict.fromkeys(_contacts(row))),
            hours=tuple(dict.fromkeys(_hours(row))),
            modified=next(iter(_values(row, "dct:modified", moment_or_day)), None),
        ),
    )


def _key(row: Row) -> str:
    """Its identifier, or the last step of its IRI, as far as they may stand in an IRI of ours."""
    address = str(row.cells.get("@id", ""))
    last = re.split("[/#]", address)[-1]
    for told in (*_values(row, "dct:identifier", str), last):
        try:
            return slug(told)
        except Fault:
            continue
    if not address:
        raise Fault(
            "missing-value", "The service has neither an IRI nor an identifier.", "dct:identifier"
        )
    return hashlib.sha256(address.encode()).hexdigest()[:16]


def _party(row: Row, feed: Feed, name: str) -> Party | None:
    for body in row.each(name):
        label = next(filter(None, (_text(body, each) for each in _NAMES)), None)
        if found := feed.party(label, str(body.cells.get("@id", "")) or None):
            return found
    return None


def _channels(row: Row) -> Iterator[Channel]:
    pages = dict.fromkeys(page for name in _PAGES for page in _values(row, name, web_address))
    for channel in row.each("cv:hasChannel"):
        found = [page for name in _PAGES for page in _values(channel, name, web_address)]
        pages.update(dict.fromkeys(found))
        if not found:
            row.withhold(
                "missing-value",
                "The channel has no web page, so that nobody could follow it.",
                "cv:hasChannel",
                str(channel.cells.get("@id", ""))[:200] or None,
            )
    yield from map(Channel, pages)


def _contacts(row: Row) -> Iterator[Contact]:
    for point in (*row.each("cv:contactPoint"), *row.each("cv:hasContactPoint")):
        numbers = [*_values(point, "cv:telephone", _telephone)]
        numbers += _values(point, "schema:telephone", _telephone)
        emails = [*_values(point, "cv:email", _email), *_values(point, "schema:email", _email)]
        pages = [page for name in _PAGES for page in _values(point, name, web_address)]
        if numbers or emails or pages:
            yield Contact(None, _first(numbers), _first(emails), _first(pages))


def _hours(row: Row) -> Iterator[Hours]:
    for point in row.each("cv:contactPoint"):
        for name in ("cv:openingHours", "cv:specialOpeningHoursSpecification"):
            for hours in point.each(name):
                if told := _text(hours, "dct:description"):
                    yield Hours(description=told)


def _costs(row: Row) -> Iterator[Cost]:
    for cost in row.each("cv:hasCost"):
        amounts = [*_values(cost, "cv:hasValue", decimal_number)]
        amounts += _values(cost, "cv:value", decimal_number)
        currency = _first([*_values(cost, "cv:currency", _currency)])
        told = _text(cost, "dct:description")
        amount = _first(amounts)
        if amount is not None and currency is None:
            cost.note(
                "missing-value", "The amount has no currency; it is loaded as words.", "cv:hasValue"
            )
            told, amount = " ".join(filter(None, (f"{amount:f}", told))), None
        if told or amount is not None:
            yield Cost(told, amount, currency if amount is not None else None)


def _text(row: Row, name: str) -> str | None:
    """A text in English, or in no language that is told; one in another is withheld."""
    texts = {str(each.cells.get("@language", "")).casefold(): each for each in row.each(name)}
    for language in sorted(texts, key=lambda each: (not each.startswith("en"), each)):
        if not language or language.startswith("en"):
            return texts[language].prose("@value")
    if texts:
        row.withhold(
            "out-of-scope",
            f"The text is in the language {', '.join(sorted(texts))}, and only English is loaded.",
            name,
        )
    return None


def _values(row: Row, name: str, read: Reader[T]) -> tuple[T, ...]:
    found = []
    for each in row.each(name):
        value = each.optional("@id" if "@id" in each.cells else "@value", read)
        if value is not None and "@blank" not in each.cells:
            found.append(value)
    return tuple(found)


def _area(cell: str) -> str:
    found = _GSS.search(cell)
    if not found:
        raise Fault("unknown-area", "The area is told without a GSS code.", value=cell)
    return gss(found[1])


def _currency(cell: str) -> str:
    found = _CURRENCY.search(cell)
    if not found:
        raise Fault("bad-code", f"“{cell}” is no code of a currency (ISO 4217), such as GBP.")
    return found[1]


def _telephone(cell: str) -> str:
    return telephone(cell.removeprefix("tel:"))


def _email(cell: str) -> str:
    return team_address(cell.removeprefix("mailto:"))


def _first(found: list[T]) -> T | None:
    return found[0] if found else None


CPSV_AP = (
    Format(
        "cpsv-ap",
        "Public services of CPSV-AP (2.2 to 3.2), RDF in any syntax",
        RdfItems(CPSV.PublicService, _WAYS),
        _service,
    ),
)
