"""What the SPARQL endpoint says of itself (SPARQL 1.1 Service Description).

What has no term there is said in a sentence: limits, and who may update.
"""

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from ontology.vocab import RDF, RDFS, VOID
from service.dataset_terms import (
    ENDPOINT,
    FORMATS,
    GRAPH_FORMATS,
    SD,
    UPDATE,
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
from service.settings import Settings
from service.store import Release, manifest_count

RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    *GRAPH_FORMATS,
)
INPUT_FORMATS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
UNION_DEFAULT_GRAPH = "UnionDefaultGraph"
EMPTY_GRAPHS = "EmptyGraphs"  # what has become empty is there until it is dropped
ENTAILMENT = NamedNode("http://www.w3.org/ns/entailment/Simple")

# Those of GeoSPARQL 1.1 that the engine evaluates: a test calls each of them.
GEOSPARQL = "http://www.opengis.net/def/function/geosparql/"
GEOSPARQL_FUNCTIONS = (
    "asGeoJSON",
    "convexHull",
    "difference",
    "distance",
    "ehContains",
    "ehCoveredBy",
    "ehCovers",
    "ehDisjoint",
    "ehEquals",
    "ehInside",
    "ehMeet",
    "ehOverlap",
    "envelope",
    "getSRID",
    "intersection",
    "isEmpty",
    "rcc8dc",
    "rcc8ec",
    "rcc8eq",
    "rcc8ntpp",
    "rcc8ntppi",
    "rcc8po",
    "rcc8tpp",
    "rcc8tppi",
    "sfContains",
    "sfCrosses",
    "sfDisjoint",
    "sfEquals",
    "sfIntersects",
    "sfOverlaps",
    "sfTouches",
    "sfWithin",
    "symDifference",
    "union",
)


def describe_service(release: Release, settings: Settings) -> list[Quad]:
    """The description of the endpoint, of that for updates, and of the graphs they work on."""
    origin = settings.origin
    query = NamedNode(origin + ENDPOINT)
    dataset, default_graph = dataset_of(origin), default_graph_of(origin)
    features = [EMPTY_GRAPHS if release.manifest.get("open") else UNION_DEFAULT_GRAPH]
    count = manifest_count(release, "triples")
    statements: list[Statement] = [
        (query, RDF.type, NamedNode(SD + "Service")),
        (query, SD + "endpoint", query),
        (query, RDFS.label, sentence("SPARQL queries")),
        (query, RDFS.comment, sentence(_limits(settings))),
        (query, RDFS.seeAlso, NamedNode(f"{origin}/openapi.json")),
        (query, SD + "supportedLanguage", NamedNode(SD + "SPARQL11Query")),
        *((query, SD + "resultFormat", NamedNode(FORMATS + each)) for each in RESULT_FORMATS),
        *((query, SD + "feature", NamedNode(SD + each)) for each in features),
        *_functions(query),
        (query, SD + "defaultEntailmentRegime", ENTAILMENT),
        (query, SD + "defaultDataset", dataset),
        *_updates(origin),
        (dataset, RDF.type, NamedNode(SD + "Dataset")),
        (dataset, SD + "defaultGraph", default_graph),
        (default_graph, RDF.type, NamedNode(SD + "Graph")),
        *((default_graph, VOID.triples, number(n)) for n in [count] if n is not None),
        *_named_graphs(origin, dataset, release),
    ]
    return quads_of(statements)


def _limits(settings: Settings) -> str:
    """What a query may take, for which the vocabulary has no term."""
    return (
        f"A query has {settings.query_timeout:g} seconds, or what its parameter timeout says if "
        f"that is less, and {settings.query_memory:,} bytes of memory; its answer has up to "
        f"{settings.max_result_bytes:,} bytes and is sent whole or not at all. SERVICE is refused."
    )


def _functions(service: NamedNode) -> Iterator[Statement]:
    for name in GEOSPARQL_FUNCTIONS:
        function = NamedNode(GEOSPARQL + name)
        yield service, SD + "extensionFunction", function
        yield function, RDF.type, NamedNode(SD + "Function")


def _updates(origin: str) -> Iterator[Statement]:
    update = NamedNode(origin + UPDATE)
    yield update, RDF.type, NamedNode(SD + "Service")
    yield update, SD + "endpoint", update
    yield update, RDFS.label, sentence("SPARQL updates")
    yield (
        update,
        RDFS.comment,
        sentence(
            "For holders of a token of the role steward or administrator. LOAD is refused; whole "
            f"graphs are sent to {origin}/graph-store in the input formats (SPARQL 1.1 Graph Store "
            "HTTP Protocol)."
        ),
    )
    yield update, SD + "supportedLanguage", NamedNode(SD + "SPARQL11Update")
    for each in INPUT_FORMATS:
        yield update, SD + "inputFormat", NamedNode(FORMATS + each)
    yield update, SD + "defaultEntailmentRegime", ENTAILMENT
    yield update, SD + "defaultDataset", dataset_of(origin)


def _named_graphs(origin: str, dataset: NamedNode, release: Release) -> Iterator[Statement]:
    for iri in named_graphs(release):
        named = named_graph_of(origin, release.base, iri)
        graph = graph_of(origin, release.base, iri)
        yield dataset, SD + "namedGraph", named
        yield named, RDF.type, NamedNode(SD + "NamedGraph")
        yield named, SD + "name", NamedNode(iri)
        yield named, SD + "graph", graph
        yield graph, RDF.type, NamedNode(SD + "Graph")
        count = manifest_count(release, "graphs", iri)
        if count is not None:
            yield graph, VOID.triples, number(count)
