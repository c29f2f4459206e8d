"""The terms that a definitions document defines, as its page lists them."""

from collections import Counter
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode

from ontology.namespaces import DEF
from ontology.vocab import DCT, OWL, RDF, RDFS, SH, SKOS, VS
from queries.query import load
from service.labels import prefixed
from service.pages.constraints import link_shape
from service.pages.links import TermLink, link_term
from service.pages.statements import Statements
from service.pages.term_uses import uses, uses_address
from service.store import PerRelease, Release

SORTS = {
    "class": (OWL.Class,),
    "property": (OWL.ObjectProperty, OWL.DatatypeProperty),
    "concept": (SKOS.Concept,),
}
TITLES = {"class": "Classes", "property": "Properties", "concept": "Concepts", "": "Other terms"}
ABOVE = {
    RDFS.subClassOf: "a kind of",
    RDFS.subPropertyOf: "implies",
    SKOS.broader: "broader",
}
MATCHES = {
    OWL.equivalentClass: "the same as",
    OWL.equivalentProperty: "the same as",
    SKOS.exactMatch: "exact match",
    SKOS.closeMatch: "close match",
    SKOS.broadMatch: "broader match",
    SKOS.narrowMatch: "narrower match",
    SKOS.relatedMatch: "related match",
}
CONSTRAINING = (NamedNode(SH.targetClass), NamedNode(SH.path))
ANYTHING = "Things of any kind"


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a term stands to a term of somebody else, or to a concept that it matches.

    `short` is the other's prefixed name, or nothing where its label says as much.
    """

    relation: str
    link: TermLink
    short: str


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A term of the ontology, or a concept of a scheme, in its document's table of contents.

    `short` is its prefixed name or its notation; `uses` counts the things that it is said of, and
    `used` leads to them, where there are any. `shapes` say what data with the term must be like.
    `source` is what the release states of the term, in Turtle.
    """

    link: TermLink
    anchor: str
    short: str
    sort: str
    deprecated: bool
    definition: str
    note: str
    example: str
    status: str
    parents: tuple[TermLink, ...]
    mappings: tuple[Mapping, ...]
    domains: tuple[TermLink, ...]
    ranges: tuple[TermLink, ...]
    related: tuple[TermLink, ...]
    replaced_by: tuple[TermLink, ...]
    shapes: tuple[TermLink, ...]
    uses: int
    used: str
    source: str


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms that stand together in the table of contents; the only group has no title."""

    title: str
    terms: tuple[DefinedTerm, ...]


@dataclass(frozen=True, slots=True)
class TermSection:
    """The terms of one sort, under their heading, and as the table of contents groups them."""

    title: str
    anchor: str
    terms: tuple[DefinedTerm, ...]
    groups: tuple[TermGroup, ...]


@dataclass(frozen=True, slots=True)
class SchemeEntry:
    """A concept scheme, how many concepts it has, and how often things refer to them."""

    link: TermLink
    description: str
    concepts: int
    uses: int


def _list_schemes(release: Release) -> tuple[SchemeEntry, ...]:
    used = Counter[str]()
    for iri, count in uses(release).items():
        used[iri.rpartition("/")[0]] += count
    return tuple(
        SchemeEntry(
            link_term(release, row["scheme"].value),
            row["description"].value if row["description"] is not None else "",
            int(row["concepts"].value),
            used[row["scheme"].value],
        )
        for row in load("pages/concept-schemes").run(release.store)
    )


concept_schemes = PerRelease(_list_schemes)


def view_defined_terms(
    release: Release, document: str, stated: Statements
) -> tuple[DefinedTerm, ...]:
    """The terms that a definitions document defines, in the order of their IRIs.

    Args:
        release: what the terms are used in.
        document: the IRI of the document.
        stated: all that stands in the document.
    """
    return tuple(
        _defined_term(release, iri, stated)
        for iri in stated
        if document in stated.iris(iri, RDFS.isDefinedBy) and stated.iris(iri, RDF.type)
    )


def sections_of(terms: tuple[DefinedTerm, ...]) -> tuple[TermSection, ...]:
    """The terms by sort: classes, properties, concepts, and what is none of these."""
    grouped: dict[str, list[DefinedTerm]] = {sort: [] for sort in TITLES}
    for term in terms:
        grouped[term.sort].append(term)
    return tuple(
        TermSection(
            TITLES[sort],
            f"all-{TITLES[sort].split()[0].lower()}",
            tuple(found),
            _grouped(found) if sort == "property" else (TermGroup("", tuple(found)),),
        )
        for sort, found in grouped.items()
        if found
    )


def _grouped(properties: list[DefinedTerm]) -> tuple[TermGroup, ...]:
    """Properties by what they are said of: a class each, in alphabetical order, then anything."""
    found: dict[str, list[DefinedTerm]] = {}
    for each in properties:
        named = (domain.label for domain in each.domains if domain.iri != OWL.Thing)
        found.setdefault(next(named, ANYTHING), []).append(each)
    if len(found) < 2:
        return (TermGroup("", tuple(properties)),)
    titles = sorted(found, key=lambda title: (title == ANYTHING, title.casefold()))
    return tuple(TermGroup(title[:1].upper() + title[1:], tuple(found[title])) for title in titles)


def _defined_term(release: Release, iri: str, stated: Statements) -> DefinedTerm:
    def links(*predicates: str) -> tuple[TermLink, ...]:
        return tuple(link_term(release, each) for each in stated.iris(iri, *predicates))

    types = stated.iris(iri, RDF.type)
    sort = next((name for name, given in SORTS.items() if set(types) & set(given)), "")
    count = uses(release).get(iri, 0)
    return DefinedTerm(
        link=link_term(release, iri),
        anchor=iri.rpartition("#")[2].rpartition("/")[2],
        short=stated.text(iri, SKOS.notation) or prefixed(iri) or "",
        sort=sort,
        deprecated=stated.text(iri, OWL.deprecated) in ("true", "1"),
        definition=stated.text(iri, RDFS.comment, SKOS.definition),
        note=stated.text(iri, SKOS.scopeNote),
        example="; ".join(each.value for each in stated.literals(iri, SKOS.example)),
        status=stated.text(iri, VS.term_status),
        parents=tuple(link for link in links(*ABOVE) if link.iri.startswith(DEF)),
        mappings=tuple(_mappings(release, iri, stated)),
        domains=links(RDFS.domain),
        ranges=links(RDFS.range),
        related=links(RDFS.seeAlso),
        replaced_by=links(DCT.isReplacedBy),
        shapes=_shapes(release, iri),
        uses=count,
        used=uses_address(iri, sort) if count and sort else "",
        source=stated.turtle(iri),
    )


def _mappings(release: Release, iri: str, stated: Statements) -> list[Mapping]:
    found = []
    for predicate, relation in (ABOVE | MATCHES).items():
        for other in stated.iris(iri, predicate):
            if predicate in MATCHES or not other.startswith(DEF):
                link = link_term(release, other)
                short = prefixed(other) or ""
                found.append(Mapping(relation, link, "" if short == link.label else short))
    return found


def _shapes(release: Release, iri: str) -> tuple[TermLink, ...]:
    """The shapes of a class's things, or of a property's values."""
    node = NamedNode(iri)
    found = {
        quad.subject.value
        for predicate in CONSTRAINING
        for quad in release.store.quads_for_pattern(None, predicate, node, DefaultGraph())
        if isinstance(quad.subject, NamedNode)
    }
    return tuple(link_shape(release, each) for each in sorted(found))
