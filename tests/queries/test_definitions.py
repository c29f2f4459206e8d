"""What the shipped sources and the service's own questions make of the terms that we define."""

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from ontology.namespaces import DEF
from ontology.vocab import GM, RDF
from queries.query import load
from tests.ontology.definitions import everything_defined, named_by_statements, stated, undefined

TURTLE = f"""
@prefix def: <{DEF}> .
@prefix gm: <{DEF}gm#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <http://things.example/> .

def:gm a owl:Ontology .
gm:DataFlow a owl:Class ; rdfs:isDefinedBy def:gm .
gm:position a owl:DatatypeProperty ; rdfs:isDefinedBy def:gm .
gm:conveys a owl:ObjectProperty ; rdfs:isDefinedBy def:gm .
def:colour a skos:ConceptScheme ; skos:hasTopConcept <{DEF}colour/red> .
<{DEF}colour/red> a skos:Concept ; skos:inScheme def:colour ; gm:position 1 ;
    skos:exactMatch <{DEF}colour/rot> ; rdfs:isDefinedBy def:colour .
<{DEF}colour/rot> a skos:Concept ; skos:inScheme def:colour ; gm:position 2 ;
    rdfs:isDefinedBy def:colour .
<{DEF}shapes#Flow> a sh:NodeShape ; sh:targetClass gm:DataFlow ; rdfs:isDefinedBy def:shapes .
<{DEF}shapes#Conveys> a sh:PropertyShape ; sh:path gm:conveys ; rdfs:isDefinedBy def:shapes .

:one a gm:DataFlow ; gm:conveys :a, :b ; :painted <{DEF}colour/red> .
:two a gm:DataFlow ; :painted <{DEF}colour/red> ; :edged <{DEF}colour/red> .
"""


def example() -> Store:
    store = Store()
    store.extend(parse(TURTLE, RdfFormat.TURTLE))
    return store


def test_no_shipped_statement_names_a_term_that_nothing_defines(internal: Store) -> None:
    assert undefined(named_by_statements(stated(internal)), everything_defined()) == set()


def test_a_statement_that_names_a_term_that_nothing_defines_is_found() -> None:
    flow, misspelt = NamedNode("urn:x:flow"), NamedNode(GM.DataFlow + "s")
    quads = [Quad(flow, NamedNode(RDF.type), misspelt), Quad(flow, NamedNode(GM.conveys), flow)]
    assert undefined(named_by_statements(stated(quads)), everything_defined()) == {
        GM.DataFlow + "s"
    }


def test_a_term_is_used_by_things_and_not_by_what_defines_terms() -> None:
    rows = load("pages/term-uses").run(example())
    assert {(each["term"].value, each["uses"].value) for each in rows} == {
        (GM.DataFlow, "2"),
        (GM.conveys, "1"),
        (f"{DEF}colour/red", "2"),
    }


def test_shapes_are_not_counted_among_the_things_that_there_are() -> None:
    rows = load("pages/class-counts").run(example())
    counted = {each["class"].value.rpartition("#")[2]: each["things"].value for each in rows}
    assert counted == {
        "DataFlow": "2",
        "Concept": "2",
        "ObjectProperty": "1",
        "DatatypeProperty": "1",
        "Class": "1",
        "ConceptScheme": "1",
        "Ontology": "1",
    }
