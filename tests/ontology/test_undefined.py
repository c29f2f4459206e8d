"""No IRI of ours that nothing defines: not in our documents, nor in queries."""

from pyoxigraph import Literal

import ontology
from ontology.namespaces import DEF
from queries.query import all_queries
from tests.ontology.definitions import (
    Statement,
    everything_defined,
    named_by_query,
    named_by_statements,
    statements,
    undefined,
)


def test_documents_shapes_and_examples_name_nothing_undefined() -> None:
    defined = everything_defined()
    for name in (
        *ontology.documents(),
        *ontology.borrowed(),
        ontology.shapes_header(),
        *ontology.shapes(),
        *ontology.examples(),
    ):
        assert undefined(named_by_statements(statements(name)), defined) == set(), name


def test_queries_name_nothing_undefined() -> None:
    defined = everything_defined()
    named = 0
    for query in all_queries():
        ours = {each for each in named_by_query(query.text) if each.startswith(DEF)}
        named += len(ours)
        assert undefined(ours, defined) == set(), query.name
    assert named >= 150


def test_what_a_query_misspells_is_found() -> None:
    query = f"""#+ summary: gm:OfNoConcern
    PREFIX gm: <{DEF}gm#>
    PREFIX flows: <{DEF}transfer-method/>
    SELECT * WHERE {{
      ?flow a gm:DataFlou ; gm:conveys ?asset ; gm:transferMethod flows:pigeon .  # gm:Not
      FILTER (?asset != <{DEF}nothing> && STR(?flow) != "{DEF}gm#Quoted gm:Quoted")
    }}"""
    assert undefined(named_by_query(query), everything_defined()) == {
        f"{DEF}gm#DataFlou",
        f"{DEF}nothing",
        f"{DEF}transfer-method/pigeon",
    }


def test_what_a_document_misspells_is_found() -> None:
    misspelt = Statement("urn:x:flow", f"{DEF}gm#conveyz", Literal(f"{DEF}gm#Quoted"))
    found = named_by_statements([misspelt])
    assert undefined(found, everything_defined()) == {f"{DEF}gm#conveyz"}
