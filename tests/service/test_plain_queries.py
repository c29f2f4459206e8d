"""What is taken for plain must be what careful reading admits, and nothing that it refuses."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from queries.query import all_queries
from service import admission
from service.admission import Admission, QueryForm, admit, read_with_care
from service.errors import Problem
from service.plain_queries import LONGEST, plain_form

LOOKUP = "SELECT ?p ?o { <http://example.org/id/1> ?p ?o } # 7"

WORDS = """SELECT ASK CONSTRUCT DESCRIBE PREFIX BASE WHERE DISTINCT * ?s $p ?o_1 a ex:b : _:b <u:a>
    < > << >> ( ) { } [ ] . ; , / | ^ ! ~ + - = != && || ^^ @en 1 2.5 1e3 true UNDEF VALUES UNION
    OPTIONAL MINUS GRAPH FROM NAMED ORDER BY GROUP LIMIT 10 AS BIND COUNT SUM EXISTS NOT IN # é
    FILTER SERVICE NOW RAND() UUID() BNODE "x" 'y' \\u0041 INSERT DELETE LOAD"""
TOKENS = st.sampled_from(WORDS.split())
TEXTS = st.lists(
    st.tuples(TOKENS, st.sampled_from(["", " ", "\n", "  "])).map("".join), max_size=220
).map("".join)
HEADS = st.sampled_from(["", "SELECT * ", "ASK ", "PREFIX ex: <u:> SELECT ", "DESCRIBE "])


@settings(max_examples=1_500)
@given(HEADS, TEXTS)
@example("SELECT * ", "(" * 40)
@example("SELECT * ", "{ ?s ?p ( " + "1 " * 99 + ") }")
@example("SELECT * ", "{ ?s ?p [ " + "?a ?b;" * 40 + "] }")
@example("DESCRIBE ", "?a" * 490)
@example("SELECT ", "?a" * 60)
@example("SELECT * { ?s ?p ", "!" * 40 + "1 }")
def test_a_plain_query_is_one_that_careful_reading_admits(head: str, text: str) -> None:
    form = plain_form(head + text)
    if form is not None:
        assert read_with_care(head + text) == Admission(QueryForm(form), volatile=False)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (LOOKUP, "SELECT"),
        ("ask{}", "ASK"),
        ("BASE <http://example.org/>\nPREFIX ex: <id/>\nPREFIX : <#>\ndescribe ex:1", "DESCRIBE"),
        ("CONSTRUCT WHERE { ?s a ?t }", "CONSTRUCT"),
        ("SELECT (COUNT(*) AS ?n) { ?s a ?t }", "SELECT"),
    ],
)
def test_small_look_ups_are_plain(text: str, form: str) -> None:
    assert plain_form(text) == form


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "x" }',
        "SELECT * { ?s ?p ?o FILTER(?o > 1) }",
        "SELECT * { service <u:a> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <u:a> { ?s ?p ?o } }",
        "SELECT (now() AS ?n) {}",
        "INSERT DATA { <u:a> <u:b> <u:c> }",
        "SELECTED",
        "SELECT:a",
        "ASK-1",
        "# a comment first\nSELECT * {}",
        "",
        LOOKUP + " " * LONGEST,
        "SELECT * " + "{" * 30 + "}" * 30,
    ],
)
def test_what_may_hide_something_or_is_long_is_read_with_care(text: str) -> None:
    assert plain_form(text) is None


def test_both_ways_of_reading_agree_on_every_query_of_ours() -> None:
    texts = [query.text for query in all_queries()]
    plain = [text for text in texts if plain_form(text) is not None]
    for text in plain:
        assert admit(text) == read_with_care(text)
    assert len(texts) > 40


def test_the_bound_of_the_length_stays_below_those_of_the_reader() -> None:
    terms = "DESCRIBE " + "?a" * ((LONGEST - 9) // 2)
    assert len(terms) <= LONGEST
    read_with_care(terms)
    with pytest.raises(Problem):
        read_with_care("DESCRIBE " + "?a" * 501)


VALUES = st.sampled_from(
    [
        *("1", "1.5", "1.", ".5", "1e3", "1.5E-3", "-1", "+2", "UNDEF", "true", "TRUE", "trueish"),
        *(
            "<u:a>",
            "<u a>",
            "<",
            "<<",
            ">>",
            "ex:a",
            "ex:a.b",
            "ex:a\\,b",
            ":a",
            "ex:",
            "_:b",
            "?a",
        ),
        *('"x"', '"x"@en', '"x"@en-GB', '"x"^^ex:d', '"x"^^<u:d>', '"x"^^', '"""x"""', "'x'"),
        *(
            '"(',
            '"',
            '""',
            "(",
            ")",
            "()",
            "(1 UNDEF)",
            '("x" <u:a>)',
            "{",
            "}",
            "# c\n",
            "^^",
            "!",
        ),
        *("SERVICE", "FILTER", "NOW()", "BIND", "é", "\u00a0", "1a", "a:b:c", '"a" "b"', '"a""b"'),
    ]
)


@settings(max_examples=1_500)
@given(
    st.sampled_from(["VALUES ?a {", "VALUES (?a ?b) {", "{ VALUES ?a {", "ex:VALUES {"]),
    st.lists(st.tuples(VALUES, st.sampled_from(["", " ", "\n"])).map("".join), max_size=40),
    st.sampled_from(["}", "} }", "} } FILTER(?a = 1)", ""]),
)
@example("VALUES ?a {", ["1e3 "] * 2_100, "} }")
@example("VALUES ?a {", ["ex:a.b "] * 2_100, "} }")
@example("VALUES ?a {", ["BIND "] * 2_100, "} }")
def test_lists_of_values_are_passed_over_as_if_they_had_been_read(
    head: str, values: list[str], tail: str
) -> None:
    text = f"SELECT * {{ {head}{''.join(values)}{tail}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(admission, "after_values", lambda _, at: at)
        read = outcome(text)
    assert outcome(text) == read


def outcome(text: str) -> object:
    """What careful reading gives: what is known of the query, or the refusal and its place."""
    try:
        return read_with_care(text)
    except Problem as problem:
        return problem.status, problem.title, problem.line, problem.column
