"""What the list of a kind shows of each of its things, beside the name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode

from ontology.vocab import ADMS, DCAT, DCT, GEO, GM, ORG, RDF, SCHEMA, XSD
from service.pages.dates import Moment, moment
from service.pages.links import TermLink, link_term, link_thing
from service.pages.properties import yes_or_no
from service.pages.property_groups import DATES
from service.pages.trails import most_telling
from service.store import Release

INVERSE = "^"  # SPARQL 1.1 §9.1: the property is followed backwards, from object to subject

# By kind: the heading of a column, and the properties of which the first that is stated fills it.
COLUMNS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "organisation": (
        ("Type", (ORG.classification,)),
        ("Code", (GM.laCode, DCT.identifier)),
        ("Founded", (SCHEMA.foundingDate,)),
        ("Ended", (SCHEMA.dissolutionDate,)),
    ),
    "area": (
        ("Code", (GM.gssCode, DCT.identifier)),
        ("Type", (DCT.type,)),
        ("Within", (GEO.sfWithin,)),
    ),
    "membership": (
        ("Member", (ORG.member,)),
        ("Of", (ORG.organization,)),
        ("Role", (ORG.role,)),
    ),
    "change-event": (
        ("Date", (DCT.date, SCHEMA.startDate)),
        ("Before", (ORG.originalOrganization,)),
        ("After", (ORG.resultingOrganization,)),
    ),
    "service": (
        ("Provider", (GM.deliveredBy, GM.providerAsStated)),
        ("Type", (GM.serviceType,)),
        ("Status", (ADMS.status,)),
        ("Updated", (DCT.modified,)),
    ),
    "place": (
        ("Within", (GEO.sfWithin,)),
        ("Code", (DCT.identifier,)),
    ),
    "dataset": (
        ("Publisher", (DCT.publisher, GM.publisherAsStated)),
        ("Theme", (DCAT.theme,)),
        ("Licence", (DCT.license, GM.licenceAsStated)),
        ("Updated", (DCT.modified, DCT.issued)),
    ),
    "distribution": (
        ("Dataset", (INVERSE + DCAT.distribution,)),
        ("File type", (DCT.format, GM.formatAsStated, DCAT.mediaType)),
        ("Licence", (DCT.license, GM.licenceAsStated)),
    ),
    "information-asset": (
        ("Reference", (DCT.identifier,)),
        ("Held by", (GM.heldBy,)),
        ("Owner", (GM.assetOwner,)),
        ("Personal data", (GM.personalDataLevel,)),
        ("Classification", (GM.securityClassification,)),
        ("Next review", (GM.nextReview,)),
    ),
    "post": (("Organisation", (ORG.postIn,)),),
    "unit": (("Organisation", (ORG.unitOf,)),),
    "system": (("Held by", (GM.heldBy,)),),
}
OTHERS = (("Type", (RDF.type,)), ("Code", (DCT.identifier,)))


@dataclass(frozen=True, slots=True)
class CellValue:
    """One value in a cell: a link, a moment, or text."""

    text: str
    link: TermLink | None = None
    moment: Moment | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A thing in its list. Where `coded` is true no source names it, and its label is a code."""

    link: TermLink
    coded: bool
    cells: tuple[tuple[CellValue, ...], ...]


def tabulate(
    release: Release, kind: str, things: Sequence[str]
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows of the things, and the headings of the columns in which any of them has a value."""
    columns = COLUMNS.get(kind, OTHERS)
    filled = [
        [tuple(_values(release, thing, properties)) for _, properties in columns]
        for thing in things
    ]
    used = [any(cells[place] for cells in filled) for place in range(len(columns))]
    rows = tuple(
        Row(
            link_thing(release, thing),
            release.labels.coded(thing),
            tuple(cell for cell, shown in zip(cells, used, strict=True) if shown),
        )
        for thing, cells in zip(things, filled, strict=True)
    )
    return rows, tuple(title for (title, _), shown in zip(columns, used, strict=True) if shown)


def _values(release: Release, thing: str, properties: tuple[str, ...]) -> Iterator[CellValue]:
    """The values of the first property that the thing has, in order."""
    for iri in properties:
        found = _found(release, NamedNode(thing), iri)
        if iri == RDF.type:
            telling = most_telling(link_term(release, each.value) for each in found)
            if telling is not None:
                yield CellValue(telling.label, telling)
            return
        if found:
            for each in sorted(found, key=lambda term: release.labels.of(term.value)):
                yield _value(release, each)
            return


def _found(release: Release, thing: NamedNode, iri: str) -> list[NamedNode | Literal]:
    node = NamedNode(iri.removeprefix(INVERSE))
    if iri.startswith(INVERSE):
        pointing = release.store.quads_for_pattern(None, node, thing, DefaultGraph())
        return [q.subject for q in pointing if isinstance(q.subject, NamedNode)]
    quads = release.store.quads_for_pattern(thing, node, None, DefaultGraph())
    return [q.object for q in quads if isinstance(q.object, NamedNode | Literal)]


def _value(release: Release, term: NamedNode | Literal) -> CellValue:
    if isinstance(term, NamedNode):
        link = link_thing(release, term.value)
        return CellValue(link.label, link)
    if term.datatype.value == XSD.boolean:
        return CellValue(yes_or_no(term.value))
    named = moment(term.value) if term.datatype.value in DATES else None
    return CellValue(term.value if named is None else named.words, moment=named)
