"""The questions about who is meant by words, and about what sources say differently."""

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from ontology.namespaces import PREFIXES
from queries.query import load

BASE = "https://data.greatermanchester.example/"
HEAD = f"@base <{BASE}> .\n" + "".join(
    f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()
)
DATA = """
    GRAPH <graph/provenance> { <graph/a> a gm:Source . <graph/b> a gm:Source . }
    GRAPH <graph/a> {
        <id/organisation/1> skos:prefLabel "Roads Board"@en ; foaf:homepage <https://a.example/> .
        <id/organisation/2> skos:prefLabel "Bath House"@en .
        <id/dataset/a/1> gm:publisherAsStated "RB"@en, "Ferry Board"@en .
        <id/dataset/a/2> gm:publisherAsStated "Ferry Board" .
        <id/system/a/1> gm:supplierAsStated "RB" .
    }
    GRAPH <graph/b> {
        <id/organisation/1> skos:prefLabel "Board of Roads"@en ;
            foaf:homepage <https://a.example/> .
        <id/organisation/2> skos:prefLabel "Bath House"@en ; skos:altLabel "Baths"@en .
    }
    GRAPH <graph/links> {
        <m> a gm:Match ; gm:matchedText "RB" ; gm:matchedIn gm:publisherAsStated ;
            gm:matchedTo <id/organisation/1> .
        <id/organisation/2> skos:prefLabel "No source says so"@en .
    }
"""


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.load((HEAD + DATA).encode(), format=RdfFormat.TRIG)
    quads = list(store)
    for quad in quads:  # as in a release, the default graph is the union of the others
        store.add(type(quad)(quad.subject, quad.predicate, quad.object))
    return store


@pytest.mark.parametrize("thing", [None, "organisation/1", "organisation/2"])
def test_what_two_sources_say_differently_is_found(store: Store, thing: str | None) -> None:
    terms = {"thing": NamedNode(f"{BASE}id/{thing}")} if thing else {}
    rows = load("competency/where-sources-disagree").run(store, **terms)
    assert [
        [row[name].value.removeprefix(BASE) for name in ("thing", "one", "source", "other")]
        for row in rows
    ] == (
        [["id/organisation/1", "Roads Board", "graph/a", "Board of Roads"]]
        * (thing != "organisation/2")
    )


def test_words_that_mean_nobody_are_counted(store: Store) -> None:
    rows = load("competency/names-without-an-organisation").run(store)
    assert [
        (row["words"].value, row["property"].value[-17:], row["things"].value) for row in rows
    ] == [
        ("Ferry Board", "publisherAsStated", "2"),
        ("RB", "#supplierAsStated", "1"),
    ]
    (count,) = load("checks/names-of-organisations").run(store)
    assert count["checked"].value == "3"
