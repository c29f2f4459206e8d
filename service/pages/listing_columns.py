"""What the list of a kind shows of each of its things, beside the name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode

from ontology.vocab import ADMS, DCAT, DCT, GEO, GM, ORG, PROV, RDF, SCHEMA, XSD
from service.pages.dates import Moment, moment
from service.pages.links import TermLink, link_term, link_thing
from service.pages.periods import period
from service.pages.properties import yes_or_no
from service.pages.property_groups import DATES
from service.pages.trails import most_telling
from service.store import Release

INVERSE = "^"  # SPARQL 1.1 §9.1: the property is followed backwards, from object to subject


class Column(NamedTuple):
    """A column: its heading, and the properties of which the first that is stated fills it.

    Where `of` names a kind, only things of that kind fill it.
    """

    heading: str
    properties: tuple[str, ...]
    of: str = ""


TYPE = Column("Type", (RDF.type,))
COLUMNS: dict[str, tuple[Column, ...]] = {
    "organisation": (
        Column("Type", (ORG.classification,)),
        Column("Code", (GM.laCode, DCT.identifier)),
        Column("Founded", (SCHEMA.foundingDate,)),
        Column("Ended", (SCHEMA.dissolutionDate,)),
    ),
    "area": (
        Column("Code", (GM.gssCode, DCT.identifier)),
        Column("Type", (DCT.type,)),
        Column("Within", (GEO.sfWithin,)),
    ),
    "membership": (
        Column("Member", (ORG.member,)),
        Column("Of", (ORG.organization,)),
        Column("Role", (ORG.role,)),
    ),
    "change-event": (
        Column("Date", (DCT.date, SCHEMA.startDate)),
        Column("Before", (ORG.originalOrganization,)),
        Column("After", (ORG.resultingOrganization,)),
    ),
    "service": (
        Column("Provider", (GM.deliveredBy, GM.providerAsStated)),
        Column("Type", (GM.serviceType,)),
        Column("Status", (ADMS.status,)),
        Column("Updated", (DCT.modified,)),
    ),
    "place": (
        Column("Within", (GEO.sfWithin,)),
        Column("Code", (DCT.identifier,)),
    ),
    "dataset": (
        Column("Publisher", (DCT.publisher, GM.publisherAsStated)),
        Column("Theme", (DCAT.theme,)),
        Column("Licence", (DCT.license, GM.licenceAsStated)),
        Column("Updated", (DCT.modified, DCT.issued)),
    ),
    "distribution": (
        Column("Dataset", (INVERSE + DCAT.distribution,)),
        Column("File type", (DCT.format, GM.formatAsStated, DCAT.mediaType)),
        Column("Licence", (DCT.license, GM.licenceAsStated)),
    ),
    "data-service": (
        Column("Publisher", (DCT.publisher, GM.publisherAsStated)),
        Column("Status", (ADMS.status,)),
        Column("Serves", (DCAT.servesDataset,)),
        Column("Licence", (DCT.license, GM.licenceAsStated)),
        Column("Updated", (DCT.modified, DCT.issued)),
    ),
    "information-asset": (
        Column("Reference", (DCT.identifier,)),
        Column("Held by", (GM.heldBy,)),
        Column("Owner", (GM.assetOwner,)),
        Column("Personal data", (GM.personalDataLevel,)),
        Column("Classification", (GM.securityClassification,)),
        Column("Next review", (GM.nextReview,)),
    ),
    "post": (
        Column("Organisation", (ORG.postIn,), "organisation"),
        Column("Unit", (ORG.postIn,), "unit"),
    ),
    "unit": (Column("Organisation", (ORG.unitOf,)),),
    "system": (Column("Organisation", (GM.heldBy,)), Column("Status", (GM.systemStatus,))),
    "data-flow": (
        Column("From", (GM.flowSource,)),
        Column("To", (GM.flowTarget,)),
        Column("Personal data", (GM.personalDataLevel,)),
    ),
    "agreement": (Column("Status", (GM.agreementStatus,)), Column("Until", (GM.validUntil,))),
    "processing-activity": (Column("Controller", (GM.controller,)),),
    "assessment": (
        TYPE,
        Column("Organisation", (DCT.publisher,)),
        Column("Outcome", (GM.assessmentOutcome,)),
        Column("On", (GM.assessedOn,)),
    ),
    "retention-rule": (
        Column("Organisation", (DCT.publisher,)),
        Column("Period", (GM.retentionPeriod,)),
    ),
    "conformance": (
        Column("Subject", (GM.assertedOf,)),
        Column("Standard", (GM.againstStandard,)),
        Column("Result", (GM.conformanceResult,)),
    ),
    "contribution": (
        Column("Contributor", (GM.contributor,)),
        Column("Contributes to", (GM.contributesTo,)),
        Column("By", (PROV.wasAttributedTo,)),
    ),
    "statement": (Column("Document", (GM.statedIn,)), Column("Position", (GM.position,))),
}
OTHERS: tuple[Column, ...] = (TYPE, Column("Code", (DCT.identifier,)))


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
    """The rows of the things, and the headings of the columns in which any of them has a value.

    A type that all of them have tells none apart, and is left out.
    """
    columns = COLUMNS.get(kind, OTHERS)
    filled = [[tuple(_values(release, thing, column)) for column in columns] for thing in things]
    used = []
    for place, column in enumerate(columns):
        values = {cells[place] for cells in filled}
        used.append(len(values) > 1 if column is TYPE else bool(values - {()}))
    rows = tuple(
        Row(
            link_thing(release, thing),
            release.labels.coded(thing),
            tuple(cell for cell, shown in zip(cells, used, strict=True) if shown),
        )
        for thing, cells in zip(things, filled, strict=True)
    )
    return rows, tuple(column.heading for column, shown in zip(columns, used, strict=True) if shown)


def _values(release: Release, thing: str, column: Column) -> Iterator[CellValue]:
    """The values of the column's first property that the thing has, in order."""
    for iri in column.properties:
        found = _found(release, NamedNode(thing), iri)
        if column.of:
            wanted = f"{release.base}id/{column.of}/"
            found = [each for each in found if each.value.startswith(wanted)]
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
    if term.datatype.value == XSD.yearMonthDuration:
        return CellValue(period(term.value) or term.value)
    named = moment(term.value) if term.datatype.value in DATES else None
    return CellValue(term.value if named is None else named.words, moment=named)
