"""How a page links to a term, a thing, a source or the whole that a part belongs to."""

from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode

from ontology.vocab import DCT, PROV, RDF, SKOS
from service.description import is_part, node_of
from service.pages.dates import Moment, moment
from service.store import PerRelease, Release

_TYPE = NamedNode(RDF.type)
_CONCEPTS = frozenset((NamedNode(SKOS.Concept), NamedNode(SKOS.ConceptScheme)))

# The graphs that no publisher feeds.
RESERVED = {
    "ontology": "The classes, properties, concept schemes and shapes that this service defines.",
    "links": "Which of our things are the same as things that others have given an IRI.",
    "quality": "What checks found wrong with the data.",
    "provenance": "Where each source comes from, when it was loaded, and what was withdrawn.",
    "inferred": "What follows from the data by the ontology's rules.",
    "contributions": "How assets and activities serve the strategy.",
    "edits": "Statements that were written to this service and belong to no source.",
    "vocab": "What terms of other vocabularies are called, so that pages can name them.",
}


@dataclass(frozen=True, slots=True)
class TermLink:
    """An IRI under its label, with where a page links it to."""

    iri: str
    label: str
    href: str

    @property
    def outside(self) -> bool:
        """Whether the link leads away from this service."""
        return not self.href.startswith("/")


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A named graph that states something: its short name, its title, and what is said of it.

    `note` says what a graph is that no publisher feeds.
    """

    iri: str
    title: str
    href: str
    licence: TermLink | None
    name: str
    publisher: TermLink | None
    loaded: Moment | None
    note: str


def link_term(release: Release, iri: str) -> TermLink:
    """A link to an IRI. Of somebody else's, what this service knows comes first.

    A class or a property then explains itself here even when its vocabulary's host is away.
    """
    stated = release.labels.stated(iri)
    path = release.locations.path_of(iri)
    if path is None:
        known = stated is not None
        path = release.locations.resource_path(iri) if known else release.locations.href(iri)
    return TermLink(iri, stated or release.labels.of(iri), path)


def link_thing(release: Release, iri: str) -> TermLink:
    """A link to a thing: its document here, or its own address on the web.

    Somebody else's concept, or list of concepts, leads to what this service knows of it.
    """
    href = release.locations.href(iri)
    if not href.startswith("/") and _is_concept(release, iri):
        href = release.locations.resource_path(iri)
    return TermLink(iri, release.labels.of(iri), href)


def _is_concept(release: Release, iri: str) -> bool:
    node = node_of(iri)
    if node is None:
        return False
    types = release.store.quads_for_pattern(node, _TYPE, None, DefaultGraph())
    return any(quad.object in _CONCEPTS for quad in types)


_linked_sources: PerRelease[dict[str, SourceLink]] = PerRelease(lambda _: {})


def link_source(release: Release, graph: str) -> SourceLink:
    """A link to a named graph, under its title or else the last part of its IRI.

    It is made once for a release: there are few graphs, and each page names some.
    """
    known = _linked_sources(release)
    if graph not in known:
        known[graph] = _link_source(release, graph)
    return known[graph]


def _link_source(release: Release, graph: str) -> SourceLink:
    name = graph.removeprefix(release.graph(""))
    node = NamedNode(graph)

    def one(predicate: str) -> NamedNode | Literal | None:
        quads = release.store.quads_for_pattern(node, NamedNode(predicate), None, DefaultGraph())
        found = (q.object for q in quads if isinstance(q.object, NamedNode | Literal))
        return min(found, key=lambda each: each.value, default=None)

    licence, publisher, loaded = one(DCT.license), one(DCT.publisher), one(PROV.generatedAtTime)
    return SourceLink(
        graph,
        release.labels.stated(graph) or name,
        release.locations.href(graph),
        link_thing(release, licence.value) if isinstance(licence, NamedNode) else None,
        name,
        link_thing(release, publisher.value) if isinstance(publisher, NamedNode) else None,
        moment(loaded.value) if isinstance(loaded, Literal) else None,
        RESERVED.get(name, ""),
    )


def holder(release: Release, part: NamedNode) -> NamedNode:
    """The resource that a part belongs to, however deep; the part itself when nobody holds it."""
    seen = {part}
    while is_part(release, part):
        above = release.store.quads_for_pattern(None, None, part, DefaultGraph())
        holding = next((q.subject for q in above if isinstance(q.subject, NamedNode)), None)
        if holding is None or holding in seen:
            break
        seen.add(holding)
        part = holding
    return part
