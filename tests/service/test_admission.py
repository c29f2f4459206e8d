"""What a query's text tells, and the texts that must not reach the engine."""

import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from service.admission import MAX_BYTES, MAX_OPERATIONS, Admission, QueryForm, admit
from service.errors import Problem

ENDPOINT = "<http://127.0.0.1:1/>"


def refusal(query: str) -> Problem:
    with pytest.raises(Problem) as refused:
        admit(query)
    return refused.value


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", QueryForm.SELECT),
        ("select*{}", QueryForm.SELECT),
        ("ASK{}", QueryForm.ASK),
        ("# DESCRIBE\nPREFIX describe: <urn:ASK#> CONSTRUCT WHERE {}", QueryForm.CONSTRUCT),
        ("BASE <http://SELECT/> DESCRIBE <x>", QueryForm.DESCRIBE),
        ("ASK { { SELECT * {} } }", QueryForm.ASK),
        ("SELECTDISTINCT*{}", QueryForm.SELECT),
        ("ASKWHERE{}", QueryForm.ASK),
    ],
)
def test_the_first_keyword_says_the_form(query: str, form: QueryForm) -> None:
    assert admit(query).form is form
    Store().query(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (NOW() AS ?x) {}",
        "SELECT (now ( ) AS ?x) {}",
        "ASK { FILTER(RAND() < 0.5) }",
        "ASK { BIND(UUID() AS ?x) }",
        "ASK { BIND(STRUUID() AS ?x) }",
        "ASK { BIND(BNODE() AS ?x) }",
        "ASK { FILTERNOW() }",
        "SELECT (COUNT(DISTINCTRAND()) AS ?x) {}",
        "SELECT (1<?b&&NOW()>2 AS ?x) {}",
        "SELECT (1<'>'||NOW()>'' AS ?x) {}",
    ],
)
def test_a_query_that_answers_differently_each_time_is_known(query: str) -> None:
    assert admit(query).volatile
    Store().query(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (?now AS ?x) {}",
        "ASK { ?s ?p 'NOW()' , \"RAND()\" , '''UUID() ' ''' }",
        "ASK { ?s <urn:NOW()> <urn:x(RAND()> } # NOW()",
        "PREFIX NOW: <urn:> ASK { ?s NOW:RAND NOW: }",
        "ASK { ?s ?p (1 <http://example.org/NOW()#x> 2) }",
        "ASK { VALUES (?a ?b) { (1 <http://example.org/NOW()#it's>) } }",
        "ASK { ?s ?p 'a\\'NOW()' , 'x'@en-NOW , _:NOW }",
    ],
)
def test_a_name_of_a_function_elsewhere_calls_nothing(query: str) -> None:
    assert admit(query) == Admission(QueryForm.ASK, volatile=False) or query.startswith("SELECT")
    assert not admit(query).volatile
    Store().query(query)


PLACES = st.sampled_from(
    [
        "?s ?p '{}' .",
        '?s ?p "{}" .',
        "?s ?p '''{}''' .",
        '?s ?p """{}""" .',
        "?s ?p <urn:{}> .",
        "?s ?p ex:{} .",
        "?s ?{} ?o .",
        "# {}\n",
        "?s ?p (1 <urn:{}>) .",
        "FILTER(?x < 1 || ?y = '{}')",
        "FILTER(?x<?y&&'{}'>?z)",
        "FILTER(1<'>'&&'{}'!='')",
        "OPTIONAL {{ ?s ex:p '{}' }}",
        "?s ?p '\\'{}' .",
        "?s ?p 'a'@en ; ?q '{}' .",
    ]
)
WORDS = st.sampled_from(["SERVICE", "service", "NOW", "INSERT", "LOAD", "SELECT", "UUID", "VALUES"])


@settings(deadline=None)
@given(st.lists(st.tuples(PLACES, WORDS), min_size=1, max_size=12))
def test_a_keyword_within_a_string_a_comment_an_iri_or_a_name_does_not_count(
    parts: list[tuple[str, str]],
) -> None:
    query = (
        "PREFIX ex: <urn:> ASK { " + "\n".join(place.format(word) for place, word in parts) + "}"
    )
    assert admit(query) == Admission(QueryForm.ASK, volatile=False)
    Store().query(query)


@settings(deadline=None)
@given(st.lists(st.tuples(PLACES, WORDS), max_size=6), st.sampled_from(["SERVICE", "NOW"]))
def test_a_keyword_that_the_engine_would_obey_is_found_after_anything(
    parts: list[tuple[str, str]], keyword: str
) -> None:
    before = "PREFIX ex: <urn:> ASK { " + "\n".join(place.format(word) for place, word in parts)
    if keyword == "SERVICE":
        assert refusal(f"{before}\n SERVICE {ENDPOINT} {{}} }}").title == "SERVICE is refused."
    else:
        assert admit(f"{before}\n FILTER(NOW() > 1) }}").volatile


@settings(deadline=None)
@given(st.text(alphabet="<>'\"#?$:{}()[]. \n\\aSENOW1@^&|!=_-/*+,;%é", max_size=60))
def test_no_text_is_too_strange_to_be_told_apart(text: str) -> None:
    with suppress(Problem):
        assert admit("ASK {" + text).form is QueryForm.ASK


@pytest.mark.parametrize(
    "query",
    [
        f"ASK {{ SERVICE {ENDPOINT} {{}} }}",
        f"ASK {{ service silent {ENDPOINT} {{}} }}",
        f"ASK{{SERVICESILENT{ENDPOINT}{{}}}}",
        f"ASK {{ ?s ?p trueSERVICE{ENDPOINT}{{}} }}",
        "PREFIX ex: <http://127.0.0.1:1/> ASK{SERVICEex:e{}}",
        "PREFIX ex: <http://127.0.0.1:1/> ASK{?s ?p trueSERVICESILENTex:e{}}",
        "PREFIX SERVICE: <http://127.0.0.1:1/> ASK{SERVICE SERVICE:e{}}",
        f"ASK{{FILTER(1<'>')SERVICE{ENDPOINT}{{}}FILTER(''='')}}",
        f"SELECT (1<?a#>'''\n AS ?x) {{ SERVICE {ENDPOINT} {{}} }} #'''",
        f"SELECT ?a (1<'>' AS ?x) {{ SERVICE {ENDPOINT} {{}} }} #'",
        f"ASK {{ {{ SELECT ?a (1<'>' AS ?x) {{ SERVICE {ENDPOINT} {{}} }} }} }} #'",
        f"PREFIX ex: <urn:> ASK {{ FILTER ex:f(1<'>') SERVICE {ENDPOINT} {{}} }} #'",
        f"ASK {{ ?s ?p 'a' SERVICE {ENDPOINT} {{}} }}",
        "SELECT * { ?s ?p ?o . SERVICE ?s {} }",
    ],
)
def test_service_is_refused_however_it_is_written(query: str) -> None:
    with suppress(OSError, RuntimeError):  # it is well-formed, and no connection is allowed
        Store().query(query)
    problem = refusal(query)
    assert (problem.status, problem.title) == (400, "SERVICE is refused.")


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX service: <urn:> ASK { ?s service:p service:o }",
        "PREFIX service: <urn:> SELECT * FROM service:g { GRAPH service:g { ?s ?p ?o } }",
        "PREFIX ex: <urn:> ASK { ?service ex:SERVICE 'SERVICE' }",
    ],
)
def test_a_name_that_looks_like_service_is_a_name(query: str) -> None:
    assert admit(query)
    Store().query(query)


def test_a_text_that_can_be_read_in_two_ways_is_refused() -> None:
    query = "PREFIX FILTERex: <urn:> PREFIX ex: <urn:> ASK { FILTERex:f (1 <urn:a>) }"
    assert refusal(query).title == "The query can be read in two ways."


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX ex: <urn:> WITH ex:g DELETE {} INSERT {} WHERE {}",
        "load <http://example.org/>",
        "CLEAR ALL",
        "DROP GRAPH <urn:g>",
        "CREATE GRAPH <urn:g>",
        "ADD <urn:a> TO <urn:b>",
        "MOVE <urn:a> TO <urn:b>",
        "COPY <urn:a> TO <urn:b>",
    ],
)
def test_an_update_is_refused_as_what_it_is(update: str) -> None:
    with suppress(OSError, RuntimeError):  # it is well-formed
        Store().update(update.replace("http:", "file:"))
    assert refusal(update).title == "This is a SPARQL update."


@pytest.mark.parametrize("text", ["", "hello", "PREFIX ex: <urn:>", "{ SELECT * {} }", "<SELECT>"])
def test_a_text_without_a_query_form_is_no_query(text: str) -> None:
    assert refusal(text).title == "This is no SPARQL query."


def test_a_refusal_says_where() -> None:
    problem = refusal("SELECT *\n{\n  ?s ?p 'é' . SERVICE ?x {} }")
    assert (problem.line, problem.column) == (3, 15)


def test_a_text_over_the_bound_is_413_and_one_at_the_bound_is_read() -> None:
    assert refusal("ASK {} #" + "é" * (MAX_BYTES // 2)).status == 413
    assert admit("ASK {} #".ljust(MAX_BYTES, "x"))


KILLERS: dict[str, Callable[[int], str]] = {
    "parentheses": lambda n: "ASK{FILTER(" + "(" * n + "1" + ")" * n + ")}",
    "groups": lambda n: "ASK" + "{" * n + "}" * n,
    "optionals": lambda n: "ASK{" + "OPTIONAL{" * n + "}" * n + "}",
    "exists": lambda n: "ASK{" + "FILTER EXISTS{" * n + "}" * n + "}",
    "in what looks like an IRI": lambda n: "ASK{FILTER(1<" + "(" * n + "1>0" + ")" * n + ")}",
    "in what looks like a string": lambda n: (
        "ASK{FILTER(1<'>'||" + "(" * n + "1" + ")" * n + "||''='')}"
    ),
    "collections": lambda n: "ASK{?s ?p " + "(" * n + ")" * n + "}",
    "blank nodes": lambda n: "ASK{" + "[<urn:p> " * n + "1" + "]" * n + "}",
    "negations": lambda n: "ASK{FILTER(" + "!" * (4 * n) + "true)}",
    "conditions": lambda n: "ASK{FILTER(" + "IF(1,1," * n + "1" + ")" * n + ")}",
    "bindings": lambda n: "ASK{" + "".join(f"BIND(1 AS?{i:x}v)" for i in range(n)) + "}",
    "unions": lambda n: "ASK{{}" + "UNION{}" * (4 * n) + "}",
    "sums": lambda n: "ASK{FILTER(" + "1+" * (6 * n) + "1)}",
}
SLOW_TO_PLAN = ("collections", "blank nodes")


@pytest.mark.parametrize("name", KILLERS)
def test_a_text_that_kills_the_engine_s_process_is_refused(name: str) -> None:
    text = KILLERS[name](5_000)
    program = textwrap.dedent("""
        import sys, pyoxigraph
        pyoxigraph.Store().query(sys.stdin.read())
    """)
    died = subprocess.run([sys.executable, "-c", program], input=text, text=True, timeout=120)
    assert died.returncode < 0, "the engine has learnt to bear it"
    assert refusal(text).status in (413, 422)


@pytest.mark.parametrize("name", KILLERS)
def test_the_most_that_is_let_through_does_the_engine_no_harm(name: str) -> None:
    admitted, refused = 1, MAX_OPERATIONS
    while refused - admitted > 1:
        size = (admitted + refused) // 2
        try:
            admit(KILLERS[name](size))
            admitted = size
        except Problem:
            refused = size
    Store().query(KILLERS[name](min(admitted, 50) if name in SLOW_TO_PLAN else admitted))


@pytest.mark.parametrize(
    "query",
    [
        "ASK {" + "?s ?p ?o . " * 400 + "}",
        "ASK { ?s " + "<urn:p>/" * 400 + "<urn:p> ?o }",
        "ASK { ?s ?p " + ", ".join("1234567890") * 40 + "}",
        "ASK { ?s ?p (" + "1 " * 400 + ") }",
        "ASK {" + "?s ?p ?o MINUS { ?s ?p ?o } " * 150 + "}",
    ],
)
def test_a_text_that_keeps_the_planner_busy_is_refused(query: str) -> None:
    assert refusal(query).status == 422


@pytest.mark.parametrize(
    "query",
    [
        "ASK { VALUES ?x { " + "<urn:a> " * 5_000 + "} }",
        "ASK { VALUES (?x ?y) { " + "(1 UNDEF) " * 3_000 + "} }",
        "ASK { ?s ?p ?o FILTER(?o IN (" + "'a'," * 3_000 + "'a')) }",
        "ASK {" + "?s ?p ?o . " * 200 + "}",
        "ASK { FILTER(" + "?x = 1 || " * 400 + "true) }",
    ],
)
def test_long_lists_of_values_are_no_harm(query: str) -> None:
    assert admit(query)
