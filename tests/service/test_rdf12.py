"""RDF 1.2 and SPARQL 1.2 over a live port: `docs/endpoint.md` has a table of what there is.

What is written here is what was seen of the engine, version by version: a test that fails after an
update of the engine is a line to be changed in that document.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import BaseDirection, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from ontology.namespaces import DEFAULT_BASE
from service.app import create_app
from service.workers.bounds import Bounds
from service.workers.runner import WorkerRunner
from tests.benchmarks.made_release import publish
from tests.service.conftest_edge import Live, eventually, live

EX = "https://example.org/"
A, B, C, P, R, CERTAINTY, LABEL = (
    NamedNode(EX + name) for name in ("a", "b", "c", "p", "r", "certainty", "label")
)
REIFIES = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
PREFIXES = f"PREFIX : <{EX}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
STATED, UNSTATED = Triple(A, P, B), Triple(A, P, C)
LEFT, RIGHT, PLAIN = (
    Literal("x", language="en", direction=BaseDirection.LTR),
    Literal("y", language="ar", direction=BaseDirection.RTL),
    Literal("z", language="en"),
)
BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    data: Path = tmp_path_factory.mktemp("rdf12")
    graph = NamedNode(f"{DEFAULT_BASE}graph/made")
    statements: list[tuple[NamedNode, NamedNode, NamedNode | Literal | Triple]] = [
        (A, P, B),
        (R, REIFIES, STATED),
        (R, CERTAINTY, Literal("high")),
        (C, REIFIES, UNSTATED),
        *((A, LABEL, label) for label in (LEFT, RIGHT, PLAIN)),
    ]
    publish(data, "20260101T000000Z-00000001", [Quad(*each, graph) for each in statements])
    runner = WorkerRunner(Bounds(2, memory=512 << 20, max_result_bytes=8 << 20, timeout=20.0), data)
    with live(data, runner, make=create_app) as made:
        eventually(lambda: made.ask("/sparql?query=ASK{}").status == 200)
        yield made


def ask(served: Live, query: str, form: str = "json") -> tuple[int, bytes]:
    reply = served.ask("/sparql?" + urlencode({"query": query, "format": form}))
    return reply.status, reply.body


def uri(term: NamedNode) -> dict[str, object]:
    return {"type": "uri", "value": term.value}


def triple(of: Triple) -> dict[str, object]:
    assert isinstance(of.subject, NamedNode)
    assert isinstance(of.object, NamedNode)
    value = {"subject": uri(of.subject), "predicate": uri(of.predicate), "object": uri(of.object)}
    return {"type": "triple", "value": value}


def text(value: str, **others: str) -> dict[str, object]:
    return {"type": "literal", "value": value, **others}


TRUE, FALSE = (text(word, datatype=BOOLEAN) for word in ("true", "false"))
Row = dict[str, dict[str, object]]

PATTERNS: dict[str, tuple[str, list[Row]]] = {
    "a triple term in a pattern": (
        "SELECT ?r { ?r rdf:reifies <<( :a :p :b )>> }",
        [{"r": uri(R)}],
    ),
    "a variable within a triple term": (
        "SELECT ?o { ?r rdf:reifies <<( :a :p ?o )>> } ORDER BY ?o",
        [{"o": uri(B)}, {"o": uri(C)}],
    ),
    "a triple term as a solution": ("SELECT ?t { :r rdf:reifies ?t }", [{"t": triple(STATED)}]),
    "a triple term is no subject": ("SELECT ?o { <<( :a :p :b )>> ?p ?o }", []),
    "a triple that is reified": (
        "SELECT ?v { << :a :p :b >> :certainty ?v }",
        [{"v": text("high")}],
    ),
    "a reifier that is named": ("SELECT ?r { << :a :p ?o ~ ?r >> :certainty ?v }", [{"r": uri(R)}]),
    "an annotation": (
        "SELECT ?o ?v { :a :p ?o {| :certainty ?v |} }",
        [{"o": uri(B), "v": text("high")}],
    ),
    "a reifier of a triple that is stated": ("SELECT ?r { :a :p ?o ~ ?r }", [{"r": uri(R)}]),
    "a triple term in VALUES": (
        "SELECT ?r { VALUES ?t { <<( :a :p :c )>> } ?r rdf:reifies ?t }",
        [{"r": uri(C)}],
    ),
    "a triple term in an expression": (
        "SELECT (<<( :a :p :b )>> AS ?t) {}",
        [{"t": triple(STATED)}],
    ),
    "TRIPLE": ("SELECT (TRIPLE(:a, :p, :c) AS ?t) {}", [{"t": triple(UNSTATED)}]),
    "SUBJECT, PREDICATE and OBJECT": (
        "SELECT (SUBJECT(?t) AS ?s) (PREDICATE(?t) AS ?p) (OBJECT(?t) AS ?o) { :r rdf:reifies ?t }",
        [{"s": uri(A), "p": uri(P), "o": uri(B)}],
    ),
    "isTRIPLE": (
        "SELECT (isTRIPLE(<<( :a :p :b )>>) AS ?x) (isTRIPLE(:a) AS ?y) {}",
        [{"x": TRUE, "y": FALSE}],
    ),
    "triple terms come last in an order": (
        "SELECT ?t { VALUES ?t { <<( :a :p :b )>> 'x' :a } } ORDER BY ?t",
        [{"t": uri(A)}, {"t": text("x")}, {"t": triple(STATED)}],
    ),
    "a base direction": (
        "SELECT ?x { :a :label ?x FILTER hasLANGDIR(?x) } ORDER BY ?x",
        [
            {"x": text("x", **{"xml:lang": "en", "its:dir": "ltr"})},
            {"x": text("y", **{"xml:lang": "ar", "its:dir": "rtl"})},
        ],
    ),
    "a base direction in a query": (
        "SELECT (LANG(?x) AS ?l) (LANGDIR(?x) AS ?d) { :a :label ?x FILTER (?x = 'y'@ar--rtl) }",
        [{"l": text("ar"), "d": text("rtl")}],
    ),
    "hasLANG and hasLANGDIR": (
        "SELECT (hasLANG('x'@en) AS ?a) (hasLANGDIR('x'@en) AS ?b) (hasLANG('x') AS ?c) {}",
        [{"a": TRUE, "b": FALSE, "c": FALSE}],
    ),
    "STRLANGDIR": (
        "SELECT (STRLANGDIR('x', 'en', 'rtl') AS ?x) (STRLANGDIR('x', 'en', 'up') AS ?y) {}",
        [{"x": text("x", **{"xml:lang": "en", "its:dir": "rtl"})}],
    ),
    "the datatype of what has a direction": (
        "SELECT (DATATYPE('x'@en--ltr) AS ?x) {}",
        [{"x": uri(NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString"))}],
    ),
}


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize("version", ["", 'VERSION "1.2" ', "VERSION '1.2-basic' "])
def test_patterns_and_functions_of_sparql_1_2(served: Live, name: str, version: str) -> None:
    query, expected = PATTERNS[name]
    status, body = ask(served, version + PREFIXES + query)
    assert status == 200, body
    assert json.loads(body)["results"]["bindings"] == expected


SAID = f"<{EX}a> <{EX}p> <{EX}b>"
SOLUTIONS = {
    "xml": (
        "<triple><subject><uri>{0}a</uri></subject><predicate><uri>{0}p</uri></predicate>"
        "<object><uri>{0}b</uri></object></triple>",
        'xml:lang="ar" its:dir="rtl"',
    ),
    "csv": ("{0}a {0}p {0}b", "y"),
    "tsv": ("<<( <{0}a> <{0}p> <{0}b> )>>", '"y"@ar--rtl'),
}


@pytest.mark.parametrize("form", SOLUTIONS)
def test_every_form_of_solutions_has_a_spelling(served: Live, form: str) -> None:
    query = "SELECT ?t ?x { :r rdf:reifies ?t . :a :label ?x FILTER (LANGDIR(?x) = 'rtl') }"
    status, body = ask(served, PREFIXES + query, form)
    assert status == 200
    for spelling in SOLUTIONS[form]:
        assert spelling.format(EX) in body.decode()


GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}
BUILT = "CONSTRUCT { :r rdf:reifies <<( :a :p :b )>> . :a :label ?x } { :a :label ?x }"
EXPECTED = {Triple(R, REIFIES, STATED), *(Triple(A, LABEL, each) for each in (LEFT, RIGHT, PLAIN))}


@pytest.mark.parametrize("form", GRAPHS)
def test_a_graph_of_rdf_1_2_can_be_had_in_all_forms_but_json_ld(served: Live, form: str) -> None:
    status, body = ask(served, PREFIXES + BUILT, form)
    assert status == 200
    assert {quad.triple for quad in parse(body, format=GRAPHS[form])} == EXPECTED


def test_json_ld_has_directions_and_no_triple_terms(served: Live) -> None:
    status, body = ask(served, PREFIXES + BUILT, "jsonld")
    assert status == 406
    assert "JSON-LD has no spelling for a triple term" in json.loads(body)["detail"]
    status, body = ask(served, PREFIXES + "CONSTRUCT WHERE { :a :label ?x }", "jsonld")
    assert status == 200
    (node,) = json.loads(body)
    directions = {each["@value"]: each.get("@direction") for each in node[LABEL.value]}
    assert directions == {"x": "ltr", "y": "rtl", "z": None}


def test_an_annotation_in_a_template_states_the_triple_and_its_reifier(served: Live) -> None:
    query = "CONSTRUCT { :a :p :c ~ :new {| :certainty 'low' |} } {}"
    status, body = ask(served, PREFIXES + query, "nt")
    new = NamedNode(EX + "new")
    assert status == 200
    assert {quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)} == {
        UNSTATED,
        Triple(new, REIFIES, UNSTATED),
        Triple(new, CERTAINTY, Literal("low")),
    }


def test_a_resource_is_described_with_the_triples_that_it_reifies(served: Live) -> None:
    status, body = ask(served, f"DESCRIBE <{R.value}>", "nt")
    assert status == 200
    assert {quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)} == {
        Triple(R, REIFIES, STATED),
        Triple(R, CERTAINTY, Literal("high")),
    }


def test_a_resource_is_described_without_what_is_said_of_its_statements(served: Live) -> None:
    status, body = ask(served, f"DESCRIBE <{A.value}>", "nt")
    assert status == 200
    assert {quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)} == {
        Triple(A, P, B),
        *(Triple(A, LABEL, each) for each in (LEFT, RIGHT, PLAIN)),
    }


@pytest.mark.parametrize(
    "query",
    ["SELECT ('x'@en--up AS ?x) {}", "VERSION 1.2 ASK {}", "ASK { <<( :a :p :b :c )>> :p :o }"],
)
def test_what_is_not_sparql_1_2_either_is_a_400_with_its_place(served: Live, query: str) -> None:
    status, body = ask(served, query if query.startswith("VERSION") else PREFIXES + query)
    problem = json.loads(body)
    assert (status, problem["line"]) == (400, 1)
    assert problem["column"] > 8
