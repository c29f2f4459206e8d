"""Any term comes back from a line of N-Quads as it was, through pyoxigraph; no other is written."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal as StoredLiteral
from pyoxigraph import NamedNode, RdfFormat, Store, parse, serialize
from pyoxigraph import Quad as StoredQuad

from loaders.issues import Fault
from loaders.nquads import graph_of, line_of, literal_of, subject_of, without_graph
from loaders.quads import Literal, Quad
from loaders.values import iri
from ontology.vocab import RDF, XSD

SUBJECT, PREDICATE, GRAPH = "http://a.example/s", "http://a.example/p", "http://a.example/g"
# All of Unicode but surrogates, of which none is a character (RDF 1.1 Concepts, section 3.3).
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
CONTROLS = st.text(st.characters(categories=["Cc", "Cf", "Zl", "Zp", "Zs"]), max_size=20)
# Tags of RFC 5646, section 2.1, in the lower case that `loaders.quads.text` gives them: a language,
# a script, a region, variants, and words for private use.
TAGS = st.from_regex(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-[a-z]{5,8}|-[0-9][a-z0-9]{3})?(-x-[a-z0-9]{1,8})?",
    fullmatch=True,
)
# What RFC 3987 allows in an IRI and little software expects, beside what every IRI has.
ODD = "~!$&'()*+,;=:@/?#[]%20%C3%A9éñ漢字𐍈\u200d\ue000-._"
IRIS = st.text(st.sampled_from(ODD), max_size=30).map(lambda tail: f"http://a.example/{tail}")
MINTED = st.one_of(IRIS, st.text(st.characters(), max_size=30).map("urn:x:{}".format))
# Types that the store keeps as they are spelled; of those that it reads, it keeps what they mean.
OTHER_TYPES = IRIS.filter(lambda each: not each.startswith((XSD.string, RDF.type)))


def sound(text: str) -> bool:
    """Whether an IRI of ours could be that text, as whoever reads one checks it."""
    try:
        return iri(text) == text
    except Fault:
        return False


def stored(quad: Quad) -> StoredQuad:
    subject, predicate, value, graph = quad
    if isinstance(value, str):
        term: NamedNode | StoredLiteral = NamedNode(value)
    elif value.language:
        term = StoredLiteral(value.lexical, language=value.language)
    else:
        term = StoredLiteral(value.lexical, datatype=NamedNode(value.datatype))
    return StoredQuad(NamedNode(subject), NamedNode(predicate), term, NamedNode(graph))


def round_trip(value: Literal | str, subject: str = SUBJECT, graph: str = GRAPH) -> None:
    """Check that a quad is read from its line, and is written as that line again."""
    quad = Quad(subject, PREDICATE, value, graph)
    line = line_of(quad)
    assert line.count(b"\n") == 1
    assert list(parse(line, format=RdfFormat.N_QUADS)) == [stored(quad)]
    store = Store()
    store.load(line, format=RdfFormat.N_QUADS)
    assert list(store) == [stored(quad)]
    assert serialize(store, format=RdfFormat.N_QUADS) == line
    assert (subject_of(line), graph_of(line)) == (subject, graph)
    assert list(parse(without_graph(line), format=RdfFormat.N_TRIPLES)) == [
        StoredQuad(*stored(quad).triple)
    ]


@given(TEXTS | CONTROLS)
@example('"\\ \\u0041 \\n')
@example("\x00\x7f\x85\u2028\ufeff\ufffe\uffff\U0010ffff")
def test_a_plain_text_comes_back(text: str) -> None:
    literal = Literal(text, XSD.string)
    round_trip(literal)
    assert literal_of(line_of(Quad(SUBJECT, PREDICATE, literal, GRAPH)).split(b" ", 2)[2]) == text


@given(TEXTS | CONTROLS, TAGS)
def test_a_text_in_any_language_comes_back(text: str, tag: str) -> None:
    round_trip(Literal(text, language=tag))


@given(TEXTS, OTHER_TYPES.filter(sound))
def test_a_text_of_any_other_type_comes_back(text: str, datatype: str) -> None:
    round_trip(Literal(text, datatype))


@settings(max_examples=200)
@given(MINTED.filter(sound), IRIS.filter(sound), IRIS.filter(sound))
def test_any_iri_that_is_let_in_comes_back(value: str, subject: str, graph: str) -> None:
    round_trip(value, subject, graph)


@given(st.text(st.characters(), max_size=20))
def test_what_is_no_iri_is_let_in_by_nobody(text: str) -> None:
    address = f"http://a.example/{text}"
    if re.search(r'[\x00-\x20<>"{}|\\^`\x7f-\x9f\ud800-\udfff]', text):
        assert not sound(address)


@given(st.text(max_size=5), st.characters(categories=["Cs"]), st.text(max_size=5))
def test_a_half_of_a_character_is_no_text(before: str, half: str, after: str) -> None:
    literal = Literal(f"{before}{half}{after}", XSD.string)
    with pytest.raises(UnicodeEncodeError):
        line_of(Quad(SUBJECT, PREDICATE, literal, GRAPH))
