"""What the SPARQL endpoint says of itself (SPARQL 1.1 Service Description)."""

from collections.abc import Iterator, Mapping
from typing import cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from ontology.vocab import RDF, VOID, XSD
from service.store import Release

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
    "TriG",
    "N-Quads",
)
FEATURES = ("UnionDefaultGraph",)


def describe_service(release: Release, origin: str) -> list[Quad]:
    """The description of the endpoint at this origin, and of the graphs that it answers from."""
    endpoint = NamedNode(f"{origin}/sparql")
    dataset = NamedNode(f"{endpoint.value}#dataset")
    default_graph = NamedNode(f"{endpoint.value}#default-graph")
    counts = _counts(release)
    statements: list[tuple[NamedNode, str, NamedNode | Literal]] = [
        (endpoint, RDF.type, NamedNode(SD + "Service")),
        (endpoint, SD + "endpoint", endpoint),
        (endpoint, SD + "supportedLanguage", NamedNode(SD + "SPARQL11Query")),
        *((endpoint, SD + "resultFormat", NamedNode(FORMATS + each)) for each in RESULT_FORMATS),
        *((endpoint, SD + "feature", NamedNode(SD + each)) for each in FEATURES),
        (
            endpoint,
            SD + "defaultEntailmentRegime",
            NamedNode("http://www.w3.org/ns/entailment/Simple"),
        ),
        (endpoint, SD + "defaultDataset", dataset),
        (dataset, RDF.type, NamedNode(SD + "Dataset")),
        (dataset, SD + "defaultGraph", default_graph),
        (default_graph, RDF.type, NamedNode(SD + "Graph")),
        *((default_graph, VOID.triples, _number(n)) for n in [counts.get("triples")] if n),
        *_named_graphs(endpoint, dataset, release, counts.get("graphs", {})),
    ]
    return [
        Quad(subject, NamedNode(predicate), value, DefaultGraph())
        for subject, predicate, value in statements
    ]


def _counts(release: Release) -> Mapping[str, object]:
    counts = cast(Mapping[str, Mapping[str, object]], release.manifest.get("counts", {}))
    return counts.get(release.audience, {})


def _named_graphs(
    endpoint: NamedNode, dataset: NamedNode, release: Release, counted: object
) -> Iterator[tuple[NamedNode, str, NamedNode | Literal]]:
    counts = cast(Mapping[str, int], counted)
    graphs = sorted(
        graph.value for graph in release.store.named_graphs() if isinstance(graph, NamedNode)
    )
    for iri in graphs:
        source = iri.removeprefix(release.graph(""))
        named = NamedNode(f"{endpoint.value}#named-graph/{source}")
        yield dataset, SD + "namedGraph", named
        yield named, RDF.type, NamedNode(SD + "NamedGraph")
        yield named, SD + "name", NamedNode(iri)
        if iri in counts:
            graph = NamedNode(f"{endpoint.value}#graph/{source}")
            yield named, SD + "graph", graph
            yield graph, RDF.type, NamedNode(SD + "Graph")
            yield graph, VOID.triples, _number(counts[iri])


def _number(count: object) -> Literal:
    return Literal(str(count), datatype=NamedNode(XSD.integer))
