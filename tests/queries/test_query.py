"""Questions: their headers, their parameters, and what each gives on the city."""

import re

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from queries.parameters import Parameter
from queries.query import (
    HeaderError,
    ParametersError,
    Query,
    QueryError,
    UnknownQueryError,
    all_queries,
    load,
)
from queries.values_blocks import read_groups
from tests.queries.substituting import (
    assert_substituted_as_by_values,
    misused,
    rows_of,
    unprojected,
)
from tests.service.conftest import BASE, city, with_union

HEADER = "#+ summary: What there is\n#+ persona: a test\n"
PAGES = [query for query in all_queries() if query.name.startswith("pages/")]
ORGANISATION = "http://www.w3.org/ns/org#Organization"

Term = NamedNode | Literal

VALUES: dict[str, dict[str, tuple[Term, Term]]] = {
    "pages/things-of-kind": {
        "beginning": (Literal(f"{BASE}id/organisation/"), Literal(f"{BASE}id/area/"))
    },
    "pages/incoming-links": {
        "resource": (NamedNode(ORGANISATION), NamedNode(f"{BASE}id/area/E08000003"))
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


@pytest.mark.parametrize(
    "query", [each for each in all_queries() if each.blank], ids=lambda query: query.name
)
def test_columns_in_which_nothing_may_apply_are_columns(query: Query, store: Store) -> None:
    found = store.query(query.text)
    assert isinstance(found, QuerySolutions)
    columns = {each.value for each in found.variables}
    assert {name for pair in query.blank for name in pair if name} <= columns


@pytest.mark.parametrize(
    "query",
    [each for each in all_queries() if each.name.startswith("competency/") and each.parameters],
    ids=lambda query: query.name,
)
def test_each_parameter_of_a_question_is_called_something(query: Query) -> None:
    assert all(each.label[:1].isupper() for each in query.parameters)


@pytest.mark.parametrize("query", PAGES, ids=lambda query: query.name)
def test_each_page_question_has_an_answer_on_the_city(query: Query, store: Store) -> None:
    for parameter in query.parameters:
        assert parameter.name in VALUES[query.name], "give the parameter two values in VALUES"
    terms = {each.name: VALUES[query.name][each.name][0] for each in query.parameters}
    result = store.query(query.text, substitutions=query.substitutions(terms))  # type: ignore[arg-type]
    assert list(result)  # type: ignore[arg-type]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    "query", [each for each in PAGES if each.parameters], ids=lambda query: query.name
)
def test_a_parameter_means_what_values_would_mean(query: Query, which: int, store: Store) -> None:
    terms = {each.name: VALUES[query.name][each.name][which] for each in query.parameters}
    assert_substituted_as_by_values(query, store, terms)
    assert rows_of(query.run(store, **terms))


def test_two_values_of_a_parameter_have_two_answers(store: Store) -> None:
    for query in PAGES:
        if query.parameters:
            answers = [
                rows_of(
                    query.run(
                        store,
                        **{
                            each.name: VALUES[query.name][each.name][n] for each in query.parameters
                        },
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
        HEADER + "#+ parameter: resource = iri\n"
        "SELECT ?resource ?subject WHERE {"
        " { SELECT ?subject WHERE { ?subject ?property ?resource } } }",
    )
    one = rows_of(careless.run(store, resource=NamedNode(ORGANISATION)))
    other = rows_of(careless.run(store, resource=NamedNode("urn:nobody")))
    assert {row[1] for row in one} == {row[1] for row in other}
    assert unprojected(careless) == ["?resource"]
    with pytest.raises(AssertionError):
        assert_substituted_as_by_values(careless, store, {"resource": NamedNode(ORGANISATION)})


@pytest.mark.parametrize("query", all_queries(), ids=lambda query: query.name)
def test_each_question_projects_its_parameters_throughout(query: Query) -> None:
    assert unprojected(query) == []
    assert misused(query) == []


@pytest.mark.parametrize(
    "pattern",
    [
        "FILTER (!BOUND(?resource) || ?subject = ?resource)",
        "BIND (?resource AS ?copy) FILTER (?subject = ?copy)",
    ],
)
def test_what_the_engine_takes_for_unbound_is_caught(pattern: str, store: Store) -> None:
    careless = Query.parse(
        "careless",
        HEADER + "#+ parameter: resource = iri\n"
        f"SELECT ?resource ?subject WHERE {{ ?subject ?property ?value . {pattern} }}",
    )
    assert misused(careless)
    with pytest.raises(AssertionError):
        assert_substituted_as_by_values(
            careless, store, {"resource": NamedNode(f"{BASE}id/area/E08000003")}
        )


@pytest.mark.parametrize("query", all_queries(), ids=lambda query: query.name)
def test_what_a_question_has_counted_takes_no_other_parameters(query: Query) -> None:
    if query.checked is not None:
        counting = load(query.checked)
        assert {(each.name, each.type) for each in counting.parameters} <= {
            (each.name, each.type) for each in query.parameters
        }
        assert read_groups(counting.text).projected is not None
        assert "checked" in (read_groups(counting.text).projected or ())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("#+ persona: a test\nASK {}", "lacks “summary”"),
        ("#+ summary: What\nASK {}", "lacks “persona”"),
        (HEADER + "#+ summary: Again\nASK {}", "line 3 gives “summary” twice"),
        (HEADER + "#+ colour: blue\nASK {}", "line 3 says nothing: “#+ colour: blue”"),
        (HEADER + "#+ no colon\nASK {}", "line 3 says nothing: “#+ no colon”"),
        (HEADER + "#+ question:\nASK {}", "line 3 gives “question” no value"),
        (HEADER + "#+ question: A4, four\nASK {}", "has no number such as A4: “A4, four”"),
        (HEADER + "#+ checked: ../secrets\nASK {}", "names no query: “../secrets”"),
        (HEADER + "#+ blank: since and until\nASK {}", "line 3 names no columns such as"),
        (HEADER + "#+ blank: since,\nASK {}", "line 3 names no columns such as"),
        (HEADER + "#+ blank: a\n#+ blank: b\nASK {}", "line 4 gives “blank” twice"),
        (HEADER + "#+ parameter: council\nASK {}", "line 3 declares no parameter: “council”"),
        (
            HEADER + "#+ parameter: a = iri\n#+ parameter: a = text\nASK {}",
            "line 4 declares ?a twice",
        ),
    ],
)
def test_a_faulty_header_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(HeaderError, match=re.escape(complaint)) as refused:
        Query.parse("pages/faulty", text)
    assert str(refused.value).startswith("In queries/pages/faulty.rq, ")


def test_a_header_says_all_that_there_is_to_say() -> None:
    query = Query.parse(
        "competency/flows",
        "#+ summary: The flows\n#+ persona: asset owner\n#+ question: A4, G2\n"
        "#+ parameter: from = organisation, optional\n"
        "#+ parameter: on = day, today: As of\n#+ checked: checks/flows\n"
        "#+ blank: until , since with until\nSELECT ?from ?on {}\n",
    )
    assert query.numbers == ("A4", "G2")
    assert query.checked == "checks/flows"
    assert query.slug == "flows"
    assert query.question == "SELECT ?from ?on {}\n"
    assert query.parameters == (
        Parameter("from", "organisation", optional=True),
        Parameter("on", "day", default="today", label="As of"),
    )
    assert query.blank == (("until", ""), ("since", "until"))
    on = Literal("2025-01-02")
    assert query.substitutions({"on": on}) == {Variable("on"): on}
    with pytest.raises(ParametersError, match=r"lacks \?on\."):
        query.substitutions({})


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
