"""A line of N-Quads is spelled as the store itself would spell it."""

from datetime import UTC, time
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal as StoredLiteral
from pyoxigraph import NamedNode, RdfFormat, Store, parse, serialize
from pyoxigraph import Quad as StoredQuad

from loaders.mappings import map_record
from loaders.nquads import (
    graph_of,
    subject_of,
    subjects,
    without_graph,
    write_lines,
    write_quad,
)
from loaders.quads import (
    Literal,
    Quad,
    boolean,
    box,
    clock,
    day,
    decimal,
    integer,
    moment,
    plain,
    point,
    text,
)
from tests.loaders.conftest import MINT
from tests.loaders.test_mappings import every_record

SUBJECT, PREDICATE, GRAPH = "http://a.example/s", "http://a.example/p", "http://a.example/g"

DEGREES = st.decimals(-180, 180, allow_nan=False, allow_infinity=False)
TEXT = st.text()  # all of Unicode but surrogates, which are no characters
LITERALS = (
    st.builds(plain, TEXT)
    | st.builds(text, TEXT, st.sampled_from(["en", "cy", "en-GB", "zh-Hant-TW"]))
    | st.builds(day, st.dates())
    | st.builds(moment, st.datetimes(timezones=st.just(UTC)))
    | st.builds(integer, st.integers())
    | st.builds(
        decimal,
        st.decimals(allow_nan=False, allow_infinity=False).filter(lambda n: abs(n.adjusted()) < 60),
    )
    | st.builds(boolean, st.booleans())
    | st.builds(clock, st.times())
    | st.builds(point, DEGREES, DEGREES)
    | st.builds(box, DEGREES, DEGREES, DEGREES, DEGREES)
)
IRIS = st.sampled_from(
    ["http://a.example/s", "https://b.example/é?q=(1)#~", "urn:x", "http://a.example/%3C%3E"]
)
QUADS = st.builds(Quad, IRIS, IRIS, IRIS | LITERALS, IRIS)


def quad(value: str | Literal) -> Quad:
    return Quad(SUBJECT, PREDICATE, value, GRAPH)


def dumped(*lines: bytes) -> bytes:
    """What a store gives back of the lines that it was given, sorted."""
    store = Store()
    store.load(b"".join(lines), format=RdfFormat.N_QUADS)
    written = serialize(store, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(written.splitlines(keepends=True)))


@given(QUADS)
@example(quad(plain("\ufffe\uffff")))
@example(quad(plain("".join(map(chr, range(0xA0))))))
@example(quad(text('"\\\n\r\t\b\f')))
@example(quad(plain("\u2028\u2029\ufeff\U0010ffff\U0001fffe")))
@example(quad(decimal(Decimal("123456789012345.00000000000000000001"))))
@example(quad(decimal(Decimal("-0.000000000000000001"))))
@example(quad(decimal(Decimal("99999999999999999999999"))))
@example(quad(clock(time(0))))
@example(quad(clock(time(23, 59, 59))))
@example(quad(point(Decimal("-0.0"), Decimal("53.50"))))
@example(quad(boolean(False)))
def test_a_line_is_what_the_store_writes_after_a_round_trip(each: Quad) -> None:
    line = f"{write_quad(each)}\n".encode()
    assert dumped(line) == line


@given(QUADS)
def test_a_line_says_what_the_quad_says(each: Quad) -> None:
    subject, predicate, value, graph = each
    if isinstance(value, str):
        object_: NamedNode | StoredLiteral = NamedNode(value)
    elif value.language:
        object_ = StoredLiteral(value.lexical, language=value.language)
    else:
        object_ = StoredLiteral(value.lexical, datatype=NamedNode(value.datatype))
    assert list(parse(write_quad(each).encode(), format=RdfFormat.N_QUADS)) == [
        StoredQuad(NamedNode(subject), NamedNode(predicate), object_, NamedNode(graph))
    ]


def test_a_line_of_every_record_is_what_the_store_gives_back() -> None:
    quads = [quad for record in every_record() for quad in map_record(record, MINT, "given")]
    lines = write_lines(quads)
    assert len(lines) > 500
    assert dumped(*lines) == b"".join(lines)


def test_every_character_of_the_first_plane_is_spelled_as_the_store_spells_it() -> None:
    characters = [chr(n) for n in range(0x10000) if not 0xD800 <= n <= 0xDFFF]
    lines = write_lines(quad(plain(f"{ord(each):04X} {each}")) for each in characters)
    assert len(lines) == len(characters)
    wrong = set(lines) ^ set(dumped(*lines).splitlines(keepends=True))
    assert wrong == set()


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [
        ('"01"^^<http://www.w3.org/2001/XMLSchema#integer>', False),
        ('"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>', False),
        ('"true"^^<http://www.w3.org/2001/XMLSchema#boolean>', True),
        ('"1"^^<http://www.w3.org/2001/XMLSchema#boolean>', False),
        ('"09:30:00"^^<http://www.w3.org/2001/XMLSchema#time>', True),
        ('"09:30:00.0"^^<http://www.w3.org/2001/XMLSchema#time>', False),
        ('"a"^^<http://www.w3.org/2001/XMLSchema#string>', False),
        ('"a"@EN', False),
        (r'"\u0061"', False),
        ('"1"^^<http://www.w3.org/2001/XMLSchema#integer>', True),
    ],
)
def test_the_store_tells_its_own_spelling_from_others(spelling: str, canonical: bool) -> None:
    line = f"<{SUBJECT}> <{PREDICATE}> {spelling} <{GRAPH}> .\n".encode()
    assert (dumped(line) == line) is canonical


@given(st.lists(QUADS, max_size=8))
def test_the_lines_of_a_load_are_sorted_and_each_is_there_once(quads: list[Quad]) -> None:
    lines = write_lines([*quads, *reversed(quads)])
    assert lines == sorted(set(lines))
    assert all(line.count(b"\n") == 1 and line.endswith(b" .\n") for line in lines)
    assert dumped(*lines) == b"".join(lines)


@given(QUADS)
@example(quad(plain("> <http://x> <http://y> .\n")))
@example(quad(plain(" <")))
@example(quad(text(" > .", "en")))
def test_a_line_can_be_taken_apart_without_being_parsed(each: Quad) -> None:
    [line] = write_lines([each])
    assert subject_of(line) == each.subject
    assert graph_of(line) == each.graph
    [statement] = parse(without_graph(line), format=RdfFormat.N_TRIPLES)
    [whole] = parse(line, format=RdfFormat.N_QUADS)
    assert statement.triple == whole.triple


def test_a_run_of_lines_with_one_subject_gives_it_once() -> None:
    first, second = "http://a.example/1", "http://a.example/2"
    lines = write_lines(
        Quad(subject, PREDICATE, integer(n), GRAPH) for subject in (first, second) for n in range(3)
    )
    assert list(subjects(lines)) == [first, second]
    assert list(subjects([*lines, *lines])) == [first, second, first, second]
    assert list(subjects([])) == []
