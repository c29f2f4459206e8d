"""What a query's text tells, and the texts that must not reach the engine."""

import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import suppress
from time import perf_counter
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, QuerySolutions, Store

from queries.query import Query, all_queries
from queries.tokens import service_clause
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


CALL = f"SERVICE {ENDPOINT} {{ ?a ?b ?c }}"
HIDDEN = {
    "behind an escape that ends no long string": f'VALUES ?x {{ """a" }} {CALL} }} #\\q """',
    "the same with the other quote": f"VALUES ?x {{ '''a' }} {CALL} }} #\\q '''",
    "behind half an escape": f'VALUES ?x {{ """a" }} {CALL} }} #\\u00 """',
    "behind half of a pair": f'VALUES ?x {{ """a" }} {CALL} }} #\\uD800 """',
    "behind half of a pair, written long": f'VALUES ?x {{ """a" }} {CALL} }} #\\U0000DFFF """',
    "behind a character past the last": f'VALUES ?x {{ """a" }} {CALL} }} #\\U00110000 """',
    "behind an IRI within a triple term": f"BIND(<<( ?s <http://x#> ?o )>> AS ?t) {CALL}\n}}",
    "behind the second dots of a name": f"?s ?p ex:a.b.{CALL} }}",
    "behind a name that makes no IRI": f"?s ?p port:{CALL} }}",
    "behind a name that has a rare character": f"BIND(?℀<'>' AS ?x) {CALL} }} #'",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_service_cannot_be_hidden(name: str) -> None:
    query = f"PREFIX ex: <urn:> PREFIX port: <http://h:> SELECT * {{ {HIDDEN[name]}"
    thing = NamedNode("urn:a")
    objects = (NamedNode("urn:a.b"), NamedNode("http://h:"))
    store = Store()
    store.extend([Quad(thing, thing, each) for each in objects])
    with pytest.raises(OSError, match="port 1"):  # the engine would have called
        list(cast(QuerySolutions, store.query(query)))
    assert refusal(query).status == 400
    assert service_clause(query) == query.index("SERVICE")


@pytest.mark.parametrize(
    "query",
    [
        f"ASK {{ {CALL} }}",
        f"ASK {{ service#\r\n#\n silent # SILENT\n{ENDPOINT}#\n{{}} }}",
        "ASK { SERVICE$x{} }",
        "PREFIX : <urn:> ASK {SERVICE:g{}}",
        "PREFIXex:<urn:> ASK {SERVICEex:g{}}",
        "PREFIX SILENTx:<urn:> ASK {SERVICESILENTx:g{}}",
        "PREFIX #\nx:<urn:> ASK {?s ?p trueSERVICESILENTx:g{}}",
        f'ASK {{ ?s ?p """\n# {CALL} """ }}',
    ],
)
def test_a_service_clause_is_found_whatever_stands_before(query: str) -> None:
    for before in ("", "'", '"""', "<", "<a> # ", "((("):
        assert service_clause(before + query) is not None


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX service: <urn:> ASK { ?s service:p service:o }",
        "PREFIX service: <urn:> SELECT * FROM service:g { GRAPH service:g { ?s ?p ?o } }",
        "PREFIX webservices: <urn:> SELECT * { GRAPH webservices:g { ?s ?p ?o } }",
        "PREFIX ex: <urn:> ASK { ?service ex:SERVICE 'SERVICE' }",
        "SELECT ?service ?x { ?service a ?x }",
        "SELECT $myservice $x { $myservice a $x }",
        f"ASK {{ ?s ?p 'a' .\n  # {CALL}\r# {CALL}\n}}",
        "ASK { VALUES ?x {" + "<https://example.org/service#a> " * 150 + "} }",
    ],
)
def test_a_name_that_looks_like_service_is_a_name(query: str) -> None:
    assert admit(query)
    Store().query(query)


def test_a_text_that_can_be_read_in_two_ways_is_refused() -> None:
    query = "PREFIX FILTERex: <urn:> PREFIX ex: <urn:> ASK { FILTERex:f (1 <urn:a>) }"
    assert refusal(query).title == "The query can be read in two ways."


@pytest.mark.parametrize(
    ("query", "column"),
    [
        ("ASK { ?s ?p 'a }", 13),
        ("ASK { ?s ?p '''a' }", 13),
        ('ASK { ?s ?p """a"" }', 13),
        ("ASK { ?s ?p 'a\n' }", 13),
        (r"ASK { ?s ?p '\q' }", 13),
        (r"ASK { ?s ?p '\u00e' }", 13),
        (r"ASK { ?s ?p '\uDABC' }", 13),
        ("ASK { ?s ?p 'a' , '", 19),
    ],
)
def test_a_quotation_mark_that_opens_no_whole_string_is_refused_with_its_place(
    query: str, column: int
) -> None:
    with pytest.raises(SyntaxError):
        Store().query(query)
    problem = refusal(query)
    assert (problem.status, problem.title) == (400, "A string does not end.")
    assert (problem.line, problem.column) == (1, column)


@pytest.mark.parametrize(
    "string",
    [
        r"'\t\b\n\r\f\"\'\\'",
        r"'\u00e9\uD7FF\uE000\U0001F600\U0010FFFF'",
        "''",
        '""',
        "''''''",
        "'''a''b'c\n\r'''",
        '"""a""b"c#<>"""',
    ],
)
def test_a_string_with_legal_escapes_is_a_string(string: str) -> None:
    query = f"ASK {{ ?s ?p {string} FILTER(NOW() > 1) }}"
    assert admit(query).volatile
    Store().query(query)


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
    "described": lambda n: "DESCRIBE" + "<a:1>" * n,
    "after a triple term": lambda n: (
        "ASK{BIND(<<(?s<urn:#>?o)>>AS?t)FILTER(" + "(" * n + "1" + ")" * n + ")}"
    ),
    "after a name": lambda n: "ASK{FILTER(?℀<" + "(" * n + "1" + ")" * n + "&&2>1)}",
}


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
    Store().query(KILLERS[name](admitted))


@pytest.mark.parametrize(
    "query",
    [
        "ASK {" + "?s ?p ?o . " * 400 + "}",
        "ASK { ?s " + "<urn:p>/" * 400 + "<urn:p> ?o }",
        "ASK { ?s ?p " + ", ".join("1234567890") * 40 + "}",
        "ASK { ?s ?p (" + "1 " * 400 + ") }",
        "ASK {" + "?s ?p ?o MINUS { ?s ?p ?o } " * 150 + "}",
        "ASK {" + "".join(f"?s <urn:{i}> ?o{i} . " for i in range(120)) + "}",
        "ASK { ?a ?b ?c " + "~?r " * 250 + "}",
        "ASK { ?a ?b ?c " + "{| ?d ?e |} " * 100 + "}",
        "ASK {" + "[?p " * 95 + "1" + "]" * 95 + "}",
        "ASK { ?s ?p " + "(" * 95 + "1" + ")" * 95 + "}",
        "ASK {" + "<<" * 95 + "?a ?b ?c" + ">> ?d ?e" * 95 + "}",
        "ASK { ?s " + "(" * 40 + "<urn:p>" + ")" * 40 + " ?o }",
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
        "ASK {" + "?s ?p ?o . " * 90 + "}",
        "SELECT " + "".join(f"?x{i} " for i in range(500)) + "{}",
        "ASK { FILTER(" + "?x = 1 || " * 400 + "true) }",
    ],
)
def test_long_lists_of_values_are_no_harm(query: str) -> None:
    assert admit(query)


@pytest.mark.parametrize("query", all_queries(), ids=lambda query: query.name)
def test_every_query_of_the_project_is_admitted(query: Query) -> None:
    assert admit(query.text)


DATA = "PREFIX a: <urn:> ASK{VALUES ?x{"
LABORIOUS = {
    "a string that does not end": "ASK{'" + r"\'" * MAX_BYTES,
    "a long string that does not end": "ASK{'''" + "'' " * MAX_BYTES,
    "quotation marks": "ASK{" + "'" * MAX_BYTES,
    "empty strings": DATA + "'' " * MAX_BYTES,
    "names with dots and no colon": DATA + "a." * MAX_BYTES,
    "names with hyphens and no colon": DATA + "a-" * MAX_BYTES,
    "numbers": DATA + "1 " * MAX_BYTES,
    "numbers with dots": DATA + "1." * MAX_BYTES,
    "empty rows": DATA + "()" * MAX_BYTES,
    "beginnings of IRIs": DATA + "<a" * MAX_BYTES,
    "beginnings of escapes": DATA + "a:" + "%" * MAX_BYTES,
    "mentions with comments": "ASK{}" + "#SERVICE" * MAX_BYTES,
    "mentions with lines of comments": "ASK{}'''a'''" + "\n#SERVICE" * MAX_BYTES,
    "mentions with IRIs": "ASK{}#" + "SERVICE<" * MAX_BYTES,
    "mentions with names": "PREFIX a: <urn:> ASK{}#" + "SERVICEa:" * MAX_BYTES,
    "spaces": "ASK{" + " " * MAX_BYTES,
    "comments": "ASK{" + "#\n" * MAX_BYTES,
}


@pytest.mark.parametrize("name", LABORIOUS)
def test_no_text_takes_long_to_examine(name: str) -> None:
    text = LABORIOUS[name][:MAX_BYTES]
    began = perf_counter()
    with suppress(Problem):
        admit(text)
    assert perf_counter() - began < 2  # the slowest takes a tenth; a quadratic one took 27 s
