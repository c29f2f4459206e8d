"""Catalogues in RDF that follow DCAT (version 3, and the application profiles of it).

The datasets of a catalogue are the nodes of the class dcat:Dataset. One becomes a row whose cells
are named by prefixed names such as `dct:title`, and whose nodes are items with members of their
own, as far as they are looked into (`_WAYS`).
"""

import re
from datetime import date, datetime

from loaders.formats.catalogues.dataset_values import (
    access_right,
    byte_size,
    frequency,
    key_from,
    statistical_area,
    theme,
)
from loaders.formats.catalogues.extents import (
    Period,
    first_day,
    geojson_box,
    in_order,
    interval,
    last_day,
    wkt_box,
)
from loaders.formats.catalogues.file_formats import form_of
from loaders.formats.catalogues.licences import Terms, terms_of
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.rdf_items import RdfItems, Ways
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.privacy import has_address
from loaders.records import Box, Dataset, Distribution, Link, Party, Record, Text
from loaders.times import moment_or_day
from loaders.values import Reader, T, iri, web_address, words
from ontology.vocab import DCAT as DCAT_TERMS

_LABELS: Ways = {
    "foaf:name": {},
    "skos:prefLabel": {},
    "vcard:organization-name": {},
    "schema:name": {},
    "dct:title": {},
    "rdfs:label": {},
}
_AGENT: Ways = {"rdf:type": {}, "vcard:fn": {}, **_LABELS}
_INSTANT: Ways = {
    "time:inXSDDate": {},
    "time:inXSDDateTimeStamp": {},
    "time:inXSDgYearMonth": {},
    "time:inXSDgYear": {},
}
_TERMS: Ways = {
    "dct:title": {},
    "dct:description": {},
    "dct:issued": {},
    "dct:modified": {},
    "dct:license": _LABELS,
}
_DISTRIBUTION: Ways = {
    **_TERMS,
    "dcat:accessURL": {},
    "dcat:downloadURL": {},
    "dcat:mediaType": _LABELS,
    "dct:format": _LABELS,
    "dcat:byteSize": {},
}
_PERIOD: Ways = {
    "dcat:startDate": {},
    "dcat:endDate": {},
    "schema:startDate": {},
    "schema:endDate": {},
    "time:hasBeginning": _INSTANT,
    "time:hasEnd": _INSTANT,
    "rdf:value": {},
}
_WAYS: Ways = {
    **_TERMS,
    "dc:title": {},
    "dc:description": {},
    "rdfs:label": {},
    "rdfs:comment": {},
    "dct:publisher": _AGENT,
    "dcat:contactPoint": _AGENT,
    "dcat:landingPage": {},
    "dcat:keyword": {},
    "dcat:theme": {},
    "dct:subject": {},
    "dct:accrualPeriodicity": _LABELS,
    "dct:spatial": {"dcat:bbox": {}, "locn:geometry": {}, **_LABELS},
    "dct:temporal": _PERIOD,
    "dct:accessRights": {**_LABELS, "rdfs:comment": {}},
    "dct:conformsTo": {},
    "dct:identifier": {"skos:notation": {}},
    "adms:identifier": {"skos:notation": {}},
    "dcat:version": {},
    "owl:versionInfo": {},
    "foaf:page": {},
    "dcat:distribution": _DISTRIBUTION,
}
_PEOPLE = frozenset(
    {
        "http://xmlns.com/foaf/0.1/Person",
        "http://www.w3.org/2006/vcard/ns#Individual",
        "http://www.w3.org/ns/prov#Person",
        "http://www.w3.org/ns/person#Person",
        "http://schema.org/Person",
    }
)
_GEOMETRY = re.compile(r"\s*(?:\{|<[^<>]*>|(?:MULTI)?POLYGON\b)", re.IGNORECASE)
_ORCID = re.compile(r"https?://(?:www\.)?orcid\.org/")
_TYPE = "rdf:type"
_ORGANIZATION = "http://www.w3.org/2006/vcard/ns#Organization"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")  # BCP 47, roughly
_NAMES = ("@id", "@value", *_LABELS, "rdfs:comment")


def _dataset(row: Row, feed: Feed) -> tuple[Record, ...]:
    identifiers = _identifiers(row)
    address = row.cells.get("@id")
    name = address if isinstance(address, str) else next(iter(identifiers), None)
    if not name:
        raise Fault(
            "missing-value", "The dataset has neither an IRI nor an identifier.", "dct:identifier"
        )
    key = key_from(name)
    titles = _told(row, "dct:title", "dc:title", "rdfs:label")
    if not titles:
        raise Fault("missing-value", "The dataset has no title.", "dct:title", name)
    publisher = _publisher(row, feed)
    terms = _terms(row)
    areas, box = _ground(row)
    began, ended = _period(row)
    dataset = Dataset(
        key=key,
        titles=titles,
        descriptions=_told(row, "dct:description", "dc:description", "rdfs:comment"),
        publisher=publisher,
        licence=terms.licence,
        licence_stated=terms.stated,
        landing_page=_one(row, "dcat:landingPage", web_address),
        keywords=_texts(row, "dcat:keyword"),
        themes=_several(row, "dcat:theme", theme),
        subjects=_several(row, "dct:subject", iri),
        issued=_moment(row, "dct:issued"),
        modified=_moment(row, "dct:modified"),
        frequency=_one(row, "dct:accrualPeriodicity", frequency),
        areas=areas,
        box=box,
        began=began,
        ended=ended,
        access=_one(row, "dct:accessRights", access_right),
        contact=_contact(row, publisher),
        identifiers=identifiers,
        conforms_to=_several(row, "dct:conformsTo", iri),
        version=_one(row, "dcat:version", words) or _one(row, "owl:versionInfo", words),
        documentation=_several(row, "foaf:page", web_address),
    )
    same = row.optional("@id", iri)
    link = (Link("dataset", key, same),) if same else ()
    return (dataset, *link, *_distributions(row, key))


def _stated(value: Row) -> tuple[Row, str] | None:
    """Where an item says what it is: its IRI, its words, or what a node without IRI is called."""
    for name in _NAMES:
        if not value.has(name):
            continue
        if name.startswith("@"):
            return value, name
        if label := value.within(name):
            return label, "@id" if label.has("@id") else "@value"
    return None


def _several(row: Row, name: str, read: Reader[T]) -> tuple[T, ...]:
    """What the items of a property are; each faulty one is withheld, the others stay."""
    found: dict[T, None] = {}
    for each in row.each(name):
        stated = _stated(each)
        if stated is None:
            row.withhold("no-words", "The node has neither an IRI nor a label.", name)
            continue
        place, column = stated
        value = place.optional(column, read)
        if value is not None:
            found[value] = None
    return tuple(found)


def _one(row: Row, name: str, read: Reader[T]) -> T | None:
    found = _several(row, name, read)
    if len(found) > 1:
        _note_several(row, len(found), name)
    return found[0] if found else None


def _note_several(row: Row, count: int, name: str) -> None:
    row.note(
        "unexpected-structure",
        f"One value is expected here, and there are {count}; the first is loaded.",
        name,
    )


def _moment(row: Row, name: str) -> date | datetime | None:
    return _one(row, name, moment_or_day)


def _texts(row: Row, name: str) -> tuple[Text, ...]:
    found: dict[Text, None] = {}
    for each in row.each(name):
        language = each.cells.get("@language", "en")
        if said := each.prose("@value") if each.has("@value") else None:
            tag = str(language)
            found[Text(said, tag if _LANGUAGE.fullmatch(tag) else "en")] = None
    return tuple(found)


def _told(row: Row, name: str, *others: str) -> tuple[Text, ...]:
    """The texts of a property, else those of one that publishers take for it, which is noted."""
    if found := _texts(row, name):
        return found
    for other in others:
        if found := _texts(row, other):
            row.note("misspelt-member", f"DCAT says {name} for this; it is loaded.", other)
            return found
    return ()


def _text(row: Row, name: str) -> Text | None:
    """The English text of a property, else the first."""
    found = _texts(row, name)
    english = (each for each in found if each.language.casefold().partition("-")[0] == "en")
    return next(english, found[0] if found else None)


def _identifiers(row: Row) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in ("dct:identifier", "adms:identifier"):
        for each in row.each(name):
            notation = each.within("skos:notation")
            place = notation or each
            column = "@value" if place.has("@value") else "@id"
            if column == "@id" and name == "adms:identifier":
                continue  # a node, of which nothing is known but its name
            if code := place.optional(column, words):
                found[code] = None
    return tuple(found)


def _types(row: Row) -> frozenset[str]:
    return frozenset(str(each.cells.get("@id")) for each in row.each(_TYPE))


def _label(row: Row, *names: str) -> str | None:
    for name in names:
        if found := _text(row, name):
            return found.value
    return None


def _publisher(row: Row, feed: Feed) -> Party | None:
    """Who publishes a dataset; a person's name is not loaded."""
    bodies = row.each("dct:publisher")
    if not bodies:
        return None
    if len(bodies) > 1:
        _note_several(row, len(bodies), "dct:publisher")
    body = bodies[0]
    address = body.optional("@id", words)
    if _is_person(body) or (address and _ORCID.match(address)):
        row.withhold("contact-of-a-person", "The publisher is a person.", "dct:publisher")
        return None
    if _gives_address(body):
        row.withhold(
            "contact-of-a-person",
            "An e-mail address stands for the publisher, and may be a person's.",
            "dct:publisher",
        )
        return None
    stated = body.optional("@value", words) or _label(body, *_LABELS, "vcard:fn") or address
    found = feed.party(stated, address)
    return noted_publisher(row, found, "dct:publisher")


def _contact(row: Row, publisher: Party | None) -> str | None:
    """The organisation that is a dataset's contact; nobody can tell whether others are people."""
    publishing = (publisher.stated or "").casefold() if publisher else ""
    said = False
    for each in row.each("dcat:contactPoint"):
        if _is_person(each) or _gives_address(each):
            said = True
            continue
        name = _label(each, "vcard:fn", *_LABELS)
        team = _label(each, "vcard:organization-name")
        said = said or name is not None
        if name and name.casefold() == publishing:
            return name
        if team and _ORGANIZATION in _types(each):
            return team
    if said:
        row.withhold(
            "contact-of-a-person",
            "Whether the contact is a team or a person cannot be told; it is not loaded.",
            "dcat:contactPoint",
        )
    return None


def _is_person(body: Row) -> bool:
    """Whether a node says that it is one, with whichever scheme before the names of its classes."""
    return any(each.replace("https://", "http://", 1) in _PEOPLE for each in _types(body))


def _gives_address(body: Row) -> bool:
    """Whether an e-mail address stands where the name of a body does."""
    stated = [body.cells.get("@id"), body.cells.get("@value")]
    for name in (*_LABELS, "vcard:fn"):
        stated += [each.cells.get("@value") for each in body.each(name)]
    return any(
        isinstance(each, str) and (each.casefold().startswith("mailto:") or has_address(each))
        for each in stated
    )


def _terms(row: Row) -> Terms:
    """The licence that the licences stated first mean."""
    found = Terms()
    for each in row.each("dct:license"):
        cells: dict[str, object] = {}
        for name in _NAMES:
            if name == "@value":
                cells[name] = each.prose(name)
            elif name.startswith("@"):
                cells[name] = each.cells.get(name)
            elif label := _label(each, name):
                cells[name] = label
        inner = Row(row.number, cells, row.withheld, row.read, row.noted, f"{row.way}dct:license.")
        terms = terms_of(inner, *cells)
        found = Terms(found.licence or terms.licence, found.stated or terms.stated)
    return found


def _ground(row: Row) -> tuple[tuple[str, ...], Box | None]:
    """The areas that a dataset is about, and the box round the first geometry that has one."""
    areas: dict[str, None] = {}
    boxes: list[Box] = []
    faults: list[Fault] = []
    for each in row.each("dct:spatial"):
        geometries = [*each.each("dcat:bbox"), *each.each("locn:geometry")]
        if _GEOMETRY.match(str(each.cells.get("@value"))):
            geometries.append(each)
        for place in geometries:
            try:
                boxes.append(place.required("@value", _box))
            except Fault as fault:
                faults.append(fault)
        if geometries:
            continue
        stated = _stated(each)
        if stated is None:
            row.withhold("no-words", "The place has neither an IRI nor a name.", "dct:spatial")
        elif area := stated[0].optional(stated[1], statistical_area):
            areas[area] = None
    if faults and not boxes:
        row.withheld.append(faults[0])
    return tuple(areas), boxes[0] if boxes else None


def _box(cell: str) -> Box:
    return geojson_box(cell) if cell.startswith("{") else wkt_box(cell)


def _period(row: Row) -> Period:
    found = row.each("dct:temporal")
    if not found:
        return None, None
    if len(found) > 1:
        _note_several(row, len(found), "dct:temporal")
    period = found[0]
    if not any(map(period.has, ("@value", *_PERIOD))):
        row.withhold("bad-date", "The period has neither a beginning nor an end.", "dct:temporal")
    whole = period if period.has("@value") else period.within("rdf:value")
    if whole:
        return whole.optional("@value", interval) or (None, None)
    began = _edge(period, first_day, "dcat:startDate", "schema:startDate", "time:hasBeginning")
    ended = _edge(period, last_day, "dcat:endDate", "schema:endDate", "time:hasEnd")
    return in_order(row, "dct:temporal", began, ended)


def _edge(period: Row, read: Reader[date], *names: str) -> date | None:
    for name in names:
        place = period.within(name)
        if place is None:
            continue
        steps = [place, *filter(None, map(place.within, _INSTANT))]
        stated = next((each for each in steps if each.has("@value")), None)
        if stated:
            return stated.optional("@value", read)
        place.withhold("bad-date", "The instant is not a day, a month or a year.", "@value")
    return None


def _distributions(row: Row, key: str) -> list[Distribution]:
    found: list[Distribution] = []
    for place, each in enumerate(row.each("dcat:distribution"), 1):
        access = _one(each, "dcat:accessURL", web_address)
        download = _one(each, "dcat:downloadURL", web_address)
        if not (access or download):
            if not (each.has("dcat:accessURL") or each.has("dcat:downloadURL")):
                each.withhold(
                    "missing-value",
                    "The distribution has no web address; it is not loaded.",
                    "dcat:accessURL",
                )
            continue
        terms = _terms(each)
        form = form_of(_forms(each), "dct:format", "dcat:mediaType")
        address = each.cells.get("@id")
        found.append(
            Distribution(
                # The same address may be a distribution of two datasets, and is one of each then.
                key=f"{key}-{key_from(address)[:12] if isinstance(address, str) else place}",
                dataset=key,
                title=_text(each, "dct:title"),
                description=_text(each, "dct:description"),
                access_url=access,
                download_url=download,
                file_type=form.file_type,
                format_stated=form.stated,
                media_type=form.media_type,
                byte_size=_one(each, "dcat:byteSize", byte_size),
                licence=terms.licence,
                licence_stated=terms.stated,
                issued=_moment(each, "dct:issued"),
                modified=_moment(each, "dct:modified"),
            )
        )
    return found


def _forms(row: Row) -> Row:
    """A distribution's format and media type, each as one text."""
    cells = {name: _one(row, name, words) for name in ("dct:format", "dcat:mediaType")}
    return Row(row.number, cells, row.withheld, row.read, row.noted, row.way)


DCAT = (
    Format(
        "dcat",
        "Datasets of a catalogue in RDF that follows DCAT, in any syntax",
        RdfItems(DCAT_TERMS.Dataset, _WAYS),
        _dataset,
    ),
)
