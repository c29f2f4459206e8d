"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Store
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef

from service.description import represent
from service.representations import TTL
from service.service_description import GEOSPARQL, GEOSPARQL_FUNCTIONS, describe_service
from service.settings import Settings
from service.store import Release
from tests.service.conftest import BASE, read_graph

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
FORMATS = "http://www.w3.org/ns/formats/"
ORIGIN = "https://example.org"
SETTINGS = Settings(data=Path("x"), public_url=ORIGIN, query_timeout=12.5)
QUERY, UPDATE = URIRef(f"{ORIGIN}/sparql"), URIRef(f"{ORIGIN}/update")
DATASET = URIRef(f"{ORIGIN}/.well-known/void#dataset")

# Every term of the vocabulary (Service Description §3) that is used must be one of it.
TERMS = {
    "Service",
    "Dataset",
    "Graph",
    "NamedGraph",
    "Function",
    "endpoint",
    "supportedLanguage",
    "resultFormat",
    "inputFormat",
    "feature",
    "extensionFunction",
    "defaultEntailmentRegime",
    "defaultDataset",
    "defaultGraph",
    "namedGraph",
    "name",
    "graph",
    "SPARQL11Query",
    "SPARQL11Update",
    "UnionDefaultGraph",
}


def described(release: Release) -> Graph:
    return read_graph(represent(describe_service(release, SETTINGS), TTL), "ttl")


@pytest.fixture
def found(release: Release) -> Graph:
    return described(release)


def test_there_is_a_service_for_each_language(found: Graph) -> None:
    assert set(found.subjects(RDF.type, SD.Service)) == {QUERY, UPDATE}
    for service, language in ((QUERY, SD.SPARQL11Query), (UPDATE, SD.SPARQL11Update)):
        assert list(found.objects(service, SD.endpoint)) == [service]
        assert list(found.objects(service, SD.supportedLanguage)) == [language]
        assert list(found.objects(service, SD.defaultDataset)) == [DATASET]
        assert list(found.objects(service, SD.defaultEntailmentRegime)) == [
            URIRef("http://www.w3.org/ns/entailment/Simple")
        ]


def test_every_term_of_the_vocabulary_is_one_of_it(found: Graph) -> None:
    used = {
        str(term).removeprefix(str(SD))
        for triple in found
        for term in triple
        if str(term).startswith(str(SD))
    }
    assert used == TERMS


def test_it_says_what_it_takes_in(found: Graph) -> None:
    taken = {str(each) for each in found.objects(None, SD.inputFormat)}
    assert taken == {FORMATS + each for each in ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")}


def test_the_default_graph_is_the_union_but_in_an_open_directory(release: Release) -> None:
    features = list(described(release).objects(None, SD.feature))
    assert features == [SD.UnionDefaultGraph]
    opened = replace(release, manifest={**release.manifest, "open": True, "counts": {}})
    found = described(opened)
    assert list(found.objects(None, SD.feature)) == [SD.EmptyGraphs]
    assert list(found.objects(None, VOID.triples)) == []


def test_each_named_graph_has_its_name_and_its_statements_counted(
    found: Graph, release: Release
) -> None:
    counts = {}
    for named in found.objects(DATASET, SD.namedGraph):
        graph = found.value(named, SD.graph)
        counts[str(found.value(named, SD.name))] = found.value(graph, VOID.triples)
    manifest = release.manifest["counts"]["public"]["graphs"]  # type: ignore[index]
    assert counts == {name: Literal(count) for name, count in manifest.items()}
    assert f"{BASE}graph/register" in counts


def test_limits_are_told_in_words(found: Graph) -> None:
    (told,) = found.objects(QUERY, RDFS.comment)
    assert "12.5 seconds" in str(told)
    assert "268,435,456 bytes" in str(told)


SQUARE = '"POLYGON((0 0,2 0,2 2,0 2,0 0))"^^geo:wktLiteral'
POINT = '"POINT(1 1)"^^geo:wktLiteral'
METRE = "<http://www.opengis.net/def/uom/OGC/1.0/metre>"
OF_ONE = ("asGeoJSON", "convexHull", "envelope", "getSRID", "isEmpty")
OF_AREAS = ("difference", "intersection", "symDifference", "union")


@pytest.mark.parametrize("name", GEOSPARQL_FUNCTIONS)
def test_every_function_that_is_declared_is_evaluated(name: str, found: Graph) -> None:
    assert (QUERY, SD.extensionFunction, URIRef(GEOSPARQL + name)) in found
    arguments = f"{POINT}, {SQUARE}"
    if name in OF_ONE:
        arguments = SQUARE
    elif name in OF_AREAS:
        arguments = f"{SQUARE}, {SQUARE}"
    elif name == "distance":
        arguments = f"{POINT}, {POINT}, {METRE}"
    query = (
        f"PREFIX geof: <{GEOSPARQL}> PREFIX geo: <http://www.opengis.net/ont/geosparql#> "
        f"SELECT (geof:{name}({arguments}) AS ?found) {{}}"
    )
    (row,) = Store().query(query)  # type: ignore[misc]
    assert row["found"] is not None
