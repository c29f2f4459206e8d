"""What a release says of one resource: its quads, its parts' quads, and where they come from.

A description is read with quad patterns and not with a query: it is the hot path of
dereferencing, and what it holds is fixed. Its statements are

* every quad whose subject is the resource;
* the same of its parts, the nodes that have no life of their own (genid IRIs, RDF 1.1
  Concepts §3.5, and blank nodes where a release has any), followed as deep as they go;
* of the document: what it is about, which named graphs it draws on, and under which licences.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple, serialize

from ontology.namespaces import DEF, PREFIXES
from ontology.vocab import ADMS, DCT, FOAF, PROV, RDF, RDFS, SKOS, XSD
from service.errors import Problem
from service.labels import best_literal
from service.representations import RDF as RDF_XML
from service.representations import Representation
from service.store import PerRelease, Release

Node = NamedNode | BlankNode

PART_LIMIT = 2_000
INCOMING_LIMIT = 1_000

A = NamedNode(RDF.type)
LICENSE = NamedNode(DCT.license)
INVALIDATED = NamedNode(PROV.invalidatedAtTime)
MERGED, SPLIT = f"{DEF}iri-state/merged", f"{DEF}iri-state/split"
XML_LOCAL_NAME = re.compile(r"[^\W\d][\w.-]*\Z")  # Namespaces in XML 1.0 §3, NCName
NOT_IN_XML = re.compile(  # XML 1.0 §2.2
    "[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
)
DECLARATIONS = re.compile(rb"\A(?P<turtle>(?:@prefix [^\n]*\n)+)|<rdf:RDF (?P<xml>[^>]*)>")
UNWRITTEN = (NamedNode(XSD.string), NamedNode(RDF.langString))


class Standing(Enum):
    """What a release knows of an IRI."""

    UNKNOWN = "unknown"
    DESCRIBED = "described"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why an IRI that was published is described no more, and what it was called last.

    Where it is `gone`, the IRI answers 410; else it went into its successors, and they are told.
    """

    iri: str
    when: str
    label: str | None
    reason: str | None
    successors: tuple[str, ...]
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Description:
    """The statements about one resource, each once per named graph that makes it.

    `complete` is false where a bound cut the description short.
    """

    iri: str
    quads: tuple[Quad, ...]
    incoming: tuple[Quad, ...] = ()
    complete: bool = True

    @property
    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs that it draws on, sorted."""
        return tuple(
            sorted(
                {
                    quad.graph_name.value
                    for quad in (*self.quads, *self.incoming)
                    if isinstance(quad.graph_name, NamedNode)
                }
            )
        )


def node_of(iri: str) -> NamedNode | None:
    """The IRI as a term, or None when it is no absolute IRI (RFC 3987 §2.2)."""
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def standing(release: Release, iri: str) -> Standing:
    """Whether the release describes the IRI, or only remembers that it did.

    A withdrawal is stated in the graph of provenance for as long as it lasts; that others still
    mention the resource does not describe it.
    """
    node = node_of(iri)
    if node is None:
        return Standing.UNKNOWN
    if next(release.store.quads_for_pattern(node, None, None, None), None) is None:
        return Standing.UNKNOWN
    provenance = NamedNode(release.graph("provenance"))
    if next(release.store.quads_for_pattern(node, INVALIDATED, None, provenance), None) is None:
        return Standing.DESCRIBED
    return Standing.WITHDRAWN


def withdrawal(release: Release, iri: str) -> Withdrawal:
    """What is remembered of a withdrawn IRI."""
    values: dict[str, list[Node | Literal | Triple]] = {}
    provenance = NamedNode(release.graph("provenance"))
    for quad in release.store.quads_for_pattern(NamedNode(iri), None, None, provenance):
        values.setdefault(quad.predicate.value, []).append(quad.object)

    def text(predicate: str) -> str | None:
        literal = best_literal(
            each for each in values.get(predicate, ()) if isinstance(each, Literal)
        )
        return literal.value if literal is not None else None

    stated = values.get(DCT.isReplacedBy, ())
    successors = tuple(sorted(each.value for each in stated if isinstance(each, NamedNode)))
    return Withdrawal(
        iri=iri,
        when=text(PROV.invalidatedAtTime) or "",
        label=text(SKOS.prefLabel),
        reason=text(SKOS.changeNote),
        successors=successors,
        is_gone=not {NamedNode(MERGED), NamedNode(SPLIT)} & set(values.get(ADMS.status, ())),
    )


def describe(release: Release, iri: str) -> Description:
    """The description of a resource and its parts; without quads when nothing is said of it."""
    quads, complete = _with_parts(release, [NamedNode(iri)])
    return Description(iri, tuple(quads), complete=complete)


def describe_together(release: Release, iri: str, members: Iterable[str]) -> Description:
    """One description of a resource and of the members that its document holds."""
    quads, complete = _with_parts(release, [NamedNode(each) for each in (iri, *members)])
    return Description(iri, tuple(quads), complete=complete)


def with_incoming(release: Release, description: Description) -> Description:
    """The description together with the statements that point to the resource, up to a bound.

    What this service knows of somebody else's resource is mostly who points to it.
    """
    found = release.store.quads_for_pattern(None, None, NamedNode(description.iri), None)
    pointing = list(islice(_stated(found), INCOMING_LIMIT + 1))
    return Description(
        description.iri,
        description.quads,
        tuple(pointing[:INCOMING_LIMIT]),
        description.complete and len(pointing) <= INCOMING_LIMIT,
    )


def is_part(release: Release, node: object) -> bool:
    """Whether the node has no life of its own: a genid IRI of this release, or a blank node."""
    return isinstance(node, BlankNode) or (
        isinstance(node, NamedNode)
        and node.value.startswith(release.base + ".well-known/genid/")
        and "#" not in node.value  # a row of a file, which is said nothing of
    )


def _with_parts(release: Release, nodes: list[Node]) -> tuple[list[Quad], bool]:
    """The quads of the nodes and of their parts, breadth first, and whether that is all."""
    quads: list[Quad] = []
    seen: set[object] = set(nodes)
    asked = len(nodes)
    for node in nodes:  # grows while it is read
        stated = _ordered(_stated(release.store.quads_for_pattern(node, None, None, None)))
        quads += stated
        for quad in stated:
            if quad.object not in seen and is_part(release, quad.object):
                if len(nodes) - asked == PART_LIMIT:
                    return quads, False
                seen.add(quad.object)
                nodes.append(quad.object)  # type: ignore[arg-type]  # is_part says what it is
    return quads, True


def _stated(found: Iterator[Quad]) -> Iterator[Quad]:
    """The quads without those of the default graph that only repeat a named graph's.

    The default graph of a release is the union of the named ones; that of an open data
    directory is a graph of its own, and what it alone states must stay.
    """
    default, named = [], set()
    for quad in found:
        if isinstance(quad.graph_name, DefaultGraph):
            default.append(quad)
        else:
            named.add(quad.triple)
            yield quad
    yield from (quad for quad in default if quad.triple not in named)


def _ordered(quads: Iterable[Quad]) -> list[Quad]:
    """The quads with types first and equal properties side by side, as a reader wants them."""
    return sorted(quads, key=lambda quad: (quad.predicate != A, quad.predicate.value))


def licences(release: Release, description: Description) -> tuple[str, ...]:
    """The licences that the description's own statements or its sources' descriptions name."""
    own = {
        quad.object.value
        for quad in description.quads
        if quad.predicate == LICENSE
        and quad.subject == NamedNode(description.iri)
        and isinstance(quad.object, NamedNode)
    }
    return tuple(sorted(own.union(*(_of_source(release, each) for each in description.graphs))))


_licences_of_source: PerRelease[dict[str, frozenset[str]]] = PerRelease(lambda _: {})


def _of_source(release: Release, graph: str) -> frozenset[str]:
    """The licences of a named graph, looked up once: there are few graphs."""
    known = _licences_of_source(release)
    if graph not in known:
        stated = release.store.quads_for_pattern(NamedNode(graph), LICENSE, None, DefaultGraph())
        known[graph] = frozenset(q.object.value for q in stated if isinstance(q.object, NamedNode))
    return known[graph]


def document(release: Release, description: Description) -> list[Quad]:
    """The description as the document that is sent: with what the document says of itself.

    These statements belong to no source; they stand in the default graph.
    """
    about = release.locations.document_iri(description.iri)
    quads = [*description.quads, *description.incoming]
    itself = NamedNode(about)
    if about != description.iri:
        quads.append(Quad(itself, A, NamedNode(PREFIXES["foaf"] + "Document")))
        quads.append(Quad(itself, NamedNode(FOAF.primaryTopic), NamedNode(description.iri)))
        for graph in description.graphs:
            quads.append(Quad(itself, NamedNode(DCT.source), NamedNode(graph)))
        for licence in licences(release, description):
            quads.append(Quad(itself, LICENSE, NamedNode(licence)))
    if not description.complete:
        note = "This description is cut short: the resource has more parts or incoming links."
        quads.append(Quad(itself, NamedNode(RDFS.comment), Literal(note, language="en")))
    return quads


def represent(
    quads: Iterable[Quad],
    representation: Representation,
    vocabularies: Mapping[str, str] = PREFIXES,
) -> bytes:
    """The quads in an RDF syntax: named graphs where it can say them, else each triple once.

    Of the vocabularies' prefixes it declares those that it has a use for. The same quads give
    the same bytes, as a strong entity tag promises (RFC 9110 §8.8.1).
    """
    given = list(quads)
    prefixes = _prefixes(given, vocabularies)
    if representation.names_graphs:
        body = serialize(given, format=representation.rdf, prefixes=prefixes)
    else:
        triples = dict.fromkeys(quad.triple for quad in given)
        if representation is RDF_XML:
            _check_xml(triples)
        body = serialize(triples, format=representation.rdf, prefixes=prefixes)
    assert body is not None  # no output was given to write to
    if representation is RDF_XML:
        # A parser of XML makes a line feed of a bare carriage return (XML 1.0 §2.11).
        body = body.replace(b"\r", b"&#xD;")
    return DECLARATIONS.sub(_sorted_declarations, body, count=1)


def _sorted_declarations(found: re.Match[bytes]) -> bytes:
    """The prefix declarations in order: the serialiser writes them in none."""
    lines = found["turtle"]
    if lines is not None:
        return b"".join(sorted(lines.splitlines(keepends=True)))
    return b"<rdf:RDF " + b" ".join(sorted(found["xml"].split())) + b">"


def _prefixes(quads: Iterable[Quad], vocabularies: Mapping[str, str]) -> dict[str, str]:
    """The prefixes that these quads have a use for."""
    used = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for quad in quads for iri in _iris(quad)}
    return {prefix: space for prefix, space in vocabularies.items() if space in used}


def _iris(quad: Quad) -> Iterator[str]:
    """The IRIs of a quad that Turtle spells out."""
    if quad.predicate != A:
        yield quad.predicate.value
    for term in (quad.subject, quad.object, quad.graph_name):
        if isinstance(term, NamedNode):
            yield term.value
        elif isinstance(term, Literal) and term.datatype not in UNWRITTEN:
            yield term.datatype.value


def _check_xml(triples: Iterable[Triple]) -> None:
    """Refuse what RDF/XML cannot say: a property without an XML name, a character XML forbids."""
    for triple in triples:
        nameless = XML_LOCAL_NAME.search(triple.predicate.value) is None
        forbidden = isinstance(triple.object, Literal) and NOT_IN_XML.search(triple.object.value)
        if nameless or forbidden:
            raise Problem(
                406,
                "RDF/XML cannot say this description.",
                f"The value of <{triple.predicate.value}> has no spelling in XML; every other "
                "RDF syntax has one.",
            )
