"""Questions: their headers, their parameters, and what each gives on the city."""

import re

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from queries.query import (
    HeaderError,
    ParametersError,
    Query,
    QueryError,
    UnknownQueryError,
    all_queries,
    load,
)
from tests.service.conftest import BASE, city, with_union

HEADER = "#+ summary: What there is\n#+ persona: a test\n"
PAGES = [query for query in all_queries() if query.name.startswith("pages/")]
DEF = "https://w3id.org/greater-manchester/def/"
ORGANISATION = "http://www.w3.org/ns/org#Organization"

Term = NamedNode | Literal

VALUES: dict[str, dict[str, tuple[Term, Term]]] = {
    "pages/things-of-kind": {
        "beginning": (Literal(f"{BASE}id/organisation/"), Literal(f"{BASE}id/area/"))
    },
    "pages/incoming-links": {
        "resource": (NamedNode(ORGANISATION), NamedNode(f"{BASE}id/area/E08000003"))
    },
    "pages/ontology-terms": {
        "document": (NamedNode(f"{DEF}gm"), NamedNode(f"{DEF}identifier-scheme"))
    },
}


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.bulk_extend(with_union(city()))
    return store


@pytest.mark.parametrize("query", all_queries(), ids=lambda query: query.name)
def test_each_question_is_sparql_and_says_what_it_is(query: Query, store: Store) -> None:
    store.query(query.text)
    assert query.summary
    assert query.persona
    assert "#+" not in query.question


@pytest.mark.parametrize("query", PAGES, ids=lambda query: query.name)
def test_each_page_question_has_an_answer_on_the_city(query: Query, store: Store) -> None:
    for name in query.parameters:
        assert name in VALUES[query.name], "give the parameter two values in VALUES"
    terms = {name: VALUES[query.name][name][0] for name in query.parameters}
    result = store.query(query.text, substitutions=query.substitutions(terms))  # type: ignore[arg-type]
    assert list(result)  # type: ignore[arg-type]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    "query", [each for each in PAGES if each.parameters], ids=lambda query: query.name
)
def test_a_parameter_means_what_values_would_mean(query: Query, which: int, store: Store) -> None:
    terms = {name: VALUES[query.name][name][which] for name in query.parameters}
    spelled = query.text
    for name, term in terms.items():
        spelled = spelled.replace("WHERE {", f"WHERE {{ VALUES ?{name} {{ {term} }}", 1)
        inner = "{ SELECT ?resource ?property ?subject WHERE {"
        spelled = spelled.replace(inner, f"{inner} VALUES ?{name} {{ {term} }}")
    expected = store.query(spelled)
    assert isinstance(expected, QuerySolutions)
    found = query.run(store, **terms)
    assert _rows(found) == _rows(expected)
    assert _rows(query.run(store, **terms))


def test_two_values_of_a_parameter_have_two_answers(store: Store) -> None:
    for query in PAGES:
        if query.parameters:
            answers = [
                _rows(
                    query.run(
                        store, **{name: VALUES[query.name][name][n] for name in query.parameters}
                    )
                )
                for n in (0, 1)
            ]
            assert answers[0] != answers[1], query.name


def test_a_parameter_that_a_sub_select_does_not_project_is_ignored_by_the_engine(
    store: Store,
) -> None:
    careless = Query.parse(
        "careless",
        HEADER + "#+ parameters: resource\n"
        "SELECT ?resource ?subject WHERE {"
        " { SELECT ?subject WHERE { ?subject ?property ?resource } } }",
    )
    one = _rows(careless.run(store, resource=NamedNode(ORGANISATION)))
    other = _rows(careless.run(store, resource=NamedNode("urn:nobody")))
    assert {row[1] for row in one} == {row[1] for row in other}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("#+ persona: a test\nASK {}", "lacks “summary”"),
        ("#+ summary: What\nASK {}", "lacks “persona”"),
        (HEADER + "#+ summary: Again\nASK {}", "gives “summary” twice"),
        (HEADER + "#+ colour: blue\nASK {}", "says nothing: #+ colour: blue"),
        (HEADER + "#+ no colon\nASK {}", "says nothing: #+ no colon"),
    ],
)
def test_a_faulty_header_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(HeaderError, match=re.escape(complaint)):
        Query.parse("faulty", text)


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({}, r"lacks \?resource\.$"),
        (
            {"resource": NamedNode("urn:a"), "limit": Literal("1")},
            r"does not take \?limit\.$",
        ),
        ({"limit": Literal("1")}, r"lacks \?resource and does not take \?limit\.$"),
    ],
)
def test_exactly_the_parameters_are_taken(given: dict[str, Term], complaint: str) -> None:
    with pytest.raises(ParametersError, match=complaint):
        load("pages/incoming-links").substitutions(given)


@pytest.mark.parametrize(
    "name", ["pages/nothing", "../pyproject", "pages/../pages/class-counts", ""]
)
def test_an_unknown_question_is_refused(name: str) -> None:
    with pytest.raises(UnknownQueryError):
        load(name)


def test_only_a_select_has_solutions(store: Store) -> None:
    with pytest.raises(QueryError, match="no SELECT"):
        load("pages/graph-contents").run(store)


def _rows(solutions: QuerySolutions) -> list[tuple[str, ...]]:
    """The rows as text, sorted."""
    names = [variable.value for variable in solutions.variables]
    return sorted(tuple(str(solution[name]) for name in sorted(names)) for solution in solutions)
