"""`/.well-known/void`: what the data are about and how much there is (VoID §1–§4 and §6.2).

The counts take a query; while nobody has asked for one of a release, the answer is a pending one.
"""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from urllib.parse import quote

from flask import Blueprint, Response
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from ontology.namespaces import PREFIXES
from ontology.vocab import DCT, FOAF, RDF, RDFS, VOID, XSD
from service.dataset_statistics import (
    CountingRunner,
    GraphStatistics,
    Statistics,
    counting_job,
    remembered,
)
from service.dataset_terms import (
    ENDPOINT,
    FORMATS,
    GRAPH_FORMATS,
    SD,
    VOCABULARIES,
    VOID_TERMS,
    WELL_KNOWN,
    Statement,
    dataset_of,
    default_graph_of,
    graph_of,
    named_graph_of,
    named_graphs,
    number,
    quads_of,
    sentence,
)
from service.description import describe, licences, represent
from service.pending import PendingAnswer
from service.representations import GRAPHS, Representation
from service.responses import answer, negotiate, path_of_request, telling
from service.serving import current_release, serving
from service.store import Release, manifest_count

TITLE = "Greater Manchester Knowledge Graph"
MOST_PARTS = 200  # classes, and properties, that are counted one by one in each graph
EXAMPLES = 3
LOOKED_AT = 1_000
A = NamedNode(RDF.type)

void = Blueprint("void", __name__)


@void.get(WELL_KNOWN)
def describe_data() -> Response:
    """The description of the data that this caller may read."""
    release, representation = current_release(), negotiate(GRAPHS)
    origin, found = serving().settings.origin, remembered(release)
    make = partial(_represented, release, origin, representation)

    def body() -> bytes | Response:
        if found.counted:
            return make(found.statistics)
        runner = CountingRunner(serving().runner, found, make)
        return PendingAnswer(counting_job(release), runner, representation.content_type, telling())

    return answer(
        release, representation, body, asked=(path_of_request(), origin, representation.name)
    )


def _represented(
    release: Release, origin: str, form: Representation, counts: Statistics | None
) -> bytes:
    return represent(describe_dataset(release, origin, counts), form, VOCABULARIES)


def describe_dataset(release: Release, origin: str, counts: Statistics | None) -> list[Quad]:
    """The description of what the release holds, as it is served at this origin.

    Without counts it has those of the manifest, which are of statements alone.
    """
    document = NamedNode(origin + WELL_KNOWN)
    dataset, default_graph = dataset_of(origin), default_graph_of(origin)
    statements: list[Statement] = [
        (document, RDF.type, NamedNode(VOID_TERMS + "DatasetDescription")),
        (document, DCT.title, sentence(f"Description of the {TITLE}")),
        (document, FOAF.primaryTopic, dataset),
        (dataset, RDF.type, NamedNode(VOID.Dataset)),
        (dataset, RDF.type, NamedNode(SD + "Dataset")),
        (dataset, DCT.title, sentence(TITLE)),
        (dataset, DCT.identifier, Literal(release.id)),
        *_published(dataset, release),
        (dataset, VOID_TERMS + "sparqlEndpoint", NamedNode(origin + ENDPOINT)),
        (dataset, VOID_TERMS + "uriLookupEndpoint", NamedNode(f"{origin}/resource?iri=")),
        *((dataset, VOID_TERMS + "feature", NamedNode(FORMATS + each)) for each in GRAPH_FORMATS),
        *_examples(dataset, release),
        *_vocabularies(dataset, counts),
        (dataset, SD + "defaultGraph", default_graph),
        (default_graph, RDF.type, NamedNode(SD + "Graph")),
        (default_graph, RDF.type, NamedNode(VOID.Dataset)),
    ]
    is_open = bool(release.manifest.get("open"))
    if is_open:  # its default graph is one graph among the others, and not their union
        statements.append((dataset, VOID_TERMS + "subset", default_graph))
    else:
        statements.append((dataset, VOID_TERMS + "uriSpace", Literal(release.base)))
    if counts is None:
        why = "Its parts are not counted: that would take longer than a query may."
        statements.append((dataset, RDFS.comment, sentence(why)))
        total = manifest_count(release, "triples")
        statements += [(default_graph, VOID.triples, number(n)) for n in [total] if n is not None]
    else:
        statements += _counts(default_graph, counts.default)
        statements += [] if is_open else _totals(dataset, counts.default)
    for graph in named_graphs(release):
        statements += _subset(origin, dataset, release, graph)
        if counts is not None:
            counted = counts.graphs.get(graph, GraphStatistics())
            statements += _counts(graph_of(origin, release.base, graph), counted)
        elif (known := manifest_count(release, "graphs", graph)) is not None:
            statements.append((graph_of(origin, release.base, graph), VOID.triples, number(known)))
    return quads_of(statements)


def _published(dataset: NamedNode, release: Release) -> Iterator[Statement]:
    published = release.manifest.get("published")
    if isinstance(published, str):
        yield dataset, DCT.modified, Literal(published, datatype=NamedNode(XSD.dateTime))


def _examples(dataset: NamedNode, release: Release) -> Iterator[Statement]:
    """A few things with a class, which the same release names alike each time."""
    space = "" if release.manifest.get("open") else f"{release.base}id/"
    found = islice(release.store.quads_for_pattern(None, A, None, DefaultGraph()), LOOKED_AT)
    things = dict.fromkeys(
        quad.subject.value
        for quad in found
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(space)
    )
    for iri in sorted(things)[:EXAMPLES]:
        yield dataset, VOID_TERMS + "exampleResource", NamedNode(iri)


def _vocabularies(dataset: NamedNode, counts: Statistics | None) -> Iterator[Statement]:
    """The vocabularies whose terms the data use, of those that this service knows."""
    if counts is None:
        return
    used = {*counts.default.properties, *counts.default.classes}
    for namespace in sorted(PREFIXES.values()):
        if any(term.startswith(namespace) for term in used):
            yield dataset, VOID_TERMS + "vocabulary", NamedNode(namespace)


def _subset(origin: str, dataset: NamedNode, release: Release, iri: str) -> Iterator[Statement]:
    """A named graph, under its name, with what it is called and where it is had."""
    graph = graph_of(origin, release.base, iri)
    named = named_graph_of(origin, release.base, iri)
    yield dataset, SD + "namedGraph", named
    yield named, RDF.type, NamedNode(SD + "NamedGraph")
    yield named, SD + "name", NamedNode(iri)
    yield named, SD + "graph", graph
    yield dataset, VOID_TERMS + "subset", graph
    yield graph, RDF.type, NamedNode(VOID.Dataset)
    yield graph, RDF.type, NamedNode(SD + "Graph")
    stated = release.labels.stated(iri)
    if stated is not None:
        yield graph, DCT.title, Literal(stated)
    for licence in licences(release, describe(release, iri)):
        yield graph, DCT.license, NamedNode(licence)
    yield graph, VOID_TERMS + "dataDump", NamedNode(f"{origin}{_dump(release, iri)}")


def _dump(release: Release, iri: str) -> str:
    """The path at which the statements of the graph are had whole."""
    path = release.locations.path_of(iri)
    if path is not None and path.startswith("/graph/"):
        return f"{path}?format=nt"
    return f"/graph-store?graph={quote(iri, safe='')}&format=nt"


def _counts(graph: NamedNode, counted: GraphStatistics) -> Iterator[Statement]:
    yield from _totals(graph, counted)
    for kind, entities in islice(counted.classes.items(), MOST_PARTS):
        part = NamedNode(f"{graph.value}/class/{quote(kind, safe='')}")
        yield graph, VOID_TERMS + "classPartition", part
        yield part, VOID_TERMS + "class", NamedNode(kind)
        yield part, VOID_TERMS + "entities", number(entities)
    for term, triples in islice(counted.properties.items(), MOST_PARTS):
        part = NamedNode(f"{graph.value}/property/{quote(term, safe='')}")
        yield graph, VOID_TERMS + "propertyPartition", part
        yield part, VOID_TERMS + "property", NamedNode(term)
        yield part, VOID.triples, number(triples)


def _totals(graph: NamedNode, counted: GraphStatistics) -> Iterator[Statement]:
    yield graph, VOID.triples, number(counted.triples)
    yield graph, VOID_TERMS + "entities", number(counted.entities)
    yield graph, VOID_TERMS + "classes", number(len(counted.classes))
    yield graph, VOID_TERMS + "properties", number(len(counted.properties))
    yield graph, VOID_TERMS + "distinctSubjects", number(counted.subjects)
    yield graph, VOID_TERMS + "distinctObjects", number(counted.objects)
