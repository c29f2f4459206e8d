"""Clients that people use, reading over a live port: SPARQLWrapper and rdflib's SPARQLStore."""

import warnings
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from tests.service.conftest_edge import Live
from tests.service.conftest_live import ONE, PREDICATE, SUBJECT, TWO, served

__all__ = ["served"]

SELECT = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
SUBJECT_TERM, PREDICATE_TERM = URIRef(SUBJECT.value), URIRef(PREDICATE.value)
BOTH = {Literal("first"), Literal("second")}


def wrapper(served: Live, query: str, form: str, method: str) -> Any:
    client = SPARQLWrapper(f"http://127.0.0.1:{served.port}/sparql", returnFormat=form)
    client.setMethod(method)
    client.setQuery(query)
    return client


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_solutions_in_every_form(served: Live, form: str, method: str) -> None:
    found = wrapper(served, SELECT, form, method).queryAndConvert()
    if form == JSON:
        values = [each["o"]["value"] for each in found["results"]["bindings"]]
    elif form == XML:
        values = [each.firstChild.data for each in found.getElementsByTagName("literal")]
    else:
        values = [line.strip('"') for line in found.decode().splitlines()[1:]]
    assert values == ["first", "second"]


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, JSONLD])
@pytest.mark.parametrize(
    "query", ["CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", f"DESCRIBE <{SUBJECT.value}>"]
)
def test_sparqlwrapper_reads_graphs_in_every_form(
    served: Live, query: str, form: str, method: str
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of what it asks of rdflib
        found = wrapper(served, query, form, method).queryAndConvert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert set(graph) == {(SUBJECT_TERM, PREDICATE_TERM, each) for each in BOTH}


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_names_datasets_asks_and_is_told_of_mistakes(
    served: Live, method: str
) -> None:
    client = wrapper(served, SELECT, JSON, method)
    client.addDefaultGraph(TWO)
    (only,) = client.queryAndConvert()["results"]["bindings"]
    assert only["o"]["value"] == "second"
    assert wrapper(served, "ASK { ?s ?p 'first' }", JSON, method).queryAndConvert()["boolean"]
    with pytest.raises(QueryBadFormed):
        wrapper(served, "SELECT * {", JSON, method).query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlstore_reads_solutions(served: Live, method: str, form: str) -> None:
    store = SPARQLStore(
        f"http://127.0.0.1:{served.port}/sparql",
        method=method,
        returnFormat=form,
    )
    assert {row[0] for row in Graph(store).query(SELECT)} == BOTH  # type: ignore[index]


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_sparqlstore_is_a_graph_like_any_other(served: Live, method: str) -> None:
    store = SPARQLStore(f"http://127.0.0.1:{served.port}/sparql", method=method)
    graph = Graph(store)
    assert set(graph.triples((None, None, None))) == {
        (SUBJECT_TERM, PREDICATE_TERM, each) for each in BOTH
    }
    assert set(graph.objects(SUBJECT_TERM, PREDICATE_TERM)) == BOTH
    assert (SUBJECT_TERM, PREDICATE_TERM, Literal("first")) in graph
    assert (SUBJECT_TERM, PREDICATE_TERM, Literal("third")) not in graph
    assert len(graph) == 2
    assert bool(graph.query("ASK { ?s ?p 'second' }"))
    built = graph.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }").graph
    assert built is not None
    assert set(built) == set(graph)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_sparqlstore_reads_named_graphs(served: Live, method: str) -> None:
    store = SPARQLStore(f"http://127.0.0.1:{served.port}/sparql", method=method)
    one = Graph(store, identifier=URIRef(ONE))
    assert set(one.objects(SUBJECT_TERM, PREDICATE_TERM)) == {Literal("first")}
