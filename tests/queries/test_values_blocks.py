"""A question with the values of its parameters written into its text."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, QueryTriples, Store, Variable

from ontology.vocab import XSD
from queries.values_blocks import with_values
from tests.queries.substituting import rows_of

P = NamedNode("urn:p")
TWO = Literal("2", datatype=NamedNode(XSD.integer))
HOSTILE = Literal('"} ?s ?p ?o . # \\ \n </code><script>')


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    for n in range(5):
        value = Literal(str(n), datatype=NamedNode(XSD.integer))
        store.add(Quad(NamedNode(f"urn:s{n}"), P, value))
    store.add(Quad(NamedNode("urn:hostile"), P, HOSTILE))
    return store


# Wherever a parameter may be spoken of, with the subjects that come of it when it is 2.
QUERIES = {
    "SELECT ?least ?s { ?s <urn:p> ?n . FILTER (?n >= ?least) }": "234",
    "SELECT ?least ?s\nWHERE {\n  ?s <urn:p> ?n .\n  FILTER (?n > ?least)\n}": "34",
    "SELECT ?least ?s { ?s <urn:p> ?least }": "2",
    "SELECT ?least ?s { { ?s <urn:p> ?n FILTER (?n < ?least) } UNION "
    "{ ?s <urn:p> ?n FILTER (?n > ?least) } }": "0134",
    "SELECT ?least ?s { ?s <urn:p> ?n FILTER NOT EXISTS { ?s <urn:p> ?m FILTER (?m > ?least) } }": (
        "012hostile"
    ),
    "SELECT ?least ?s { ?s <urn:p> ?n . MINUS { ?s <urn:p> ?m FILTER (?m > ?least) } }": (
        "012hostile"
    ),
    "SELECT ?least ?s { { SELECT ?least ?s { ?s <urn:p> ?n FILTER (?n > ?least) } "
    "GROUP BY ?least ?s } }": "34",
    "SELECT ?least ?s { ?s <urn:p> ?n . VALUES ?n { 1 3 } FILTER (?n > ?least) # { ?least\n }": "3",
    "SELECT ?least ?s { ?s <urn:p> ?n . FILTER (?n > ?least && '} ?least {' != \"{\" ) }": "34",
    "PREFIX x: <urn:>\nSELECT ?least ?s { ?s x:p ?n . FILTER (?n > ?least) }": "34",
}


@pytest.mark.parametrize("query", QUERIES)
def test_values_mean_what_the_substituted_term_means(query: str, store: Store) -> None:
    substituted = store.query(query, substitutions={Variable("least"): TWO})
    assert isinstance(substituted, QuerySolutions)
    found = rows_of(substituted)
    subjects = [row[1].removeprefix("<urn:").removesuffix(">") for row in found]
    ends = QUERIES[query]
    assert subjects == sorted(
        ["hostile"] * ("hostile" in ends) + [f"s{n}" for n in ends if n in "01234"]
    )
    spelled = store.query(with_values(query, {"least": TWO}))
    assert isinstance(spelled, QuerySolutions)
    assert rows_of(spelled) == found


def test_a_hostile_value_stays_a_value(store: Store) -> None:
    query = "SELECT ?text ?s { ?s <urn:p> ?text }"
    spelled = store.query(with_values(query, {"text": HOSTILE}))
    assert isinstance(spelled, QuerySolutions)
    assert rows_of(spelled) == [("<urn:hostile>", str(HOSTILE))]


def test_a_template_and_a_block_of_data_get_no_values(store: Store) -> None:
    query = "CONSTRUCT { ?s <urn:q> ?least } WHERE { ?s <urn:p> ?least . VALUES ?n { 1 } }"
    spelled = with_values(query, {"least": TWO})
    assert spelled.count("VALUES ?least") == 1
    found = store.query(spelled)
    assert isinstance(found, QueryTriples)
    assert [str(each.subject) for each in found] == ["<urn:s2>"]


def test_without_terms_the_text_is_as_it_was() -> None:
    query = "SELECT * { ?s ?p ?o }"
    assert with_values(query, {}) == query
