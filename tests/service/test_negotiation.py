"""Content negotiation (RFC 9110 §12.5.1), and the words that beat it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import Problem
from service.negotiation import MAX_ACCEPT, acceptable, choose, read_accept
from service.representations import DESCRIPTIONS, GRAPHS, HTML, SOLUTIONS, TTL, Representation

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "ttl"),
        ("", "ttl"),
        ("*/*", "ttl"),
        (BROWSER, "html"),
        ("text/turtle", "ttl"),
        ("TEXT/Turtle ; charset=UTF-8", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/json", "jsonld"),
        ("application/rdf+xml;q=0.5, application/n-triples;q=0.6", "nt"),
        ("application/rdf+xml;q=0.500, */*;q=0.1", "rdf"),
        ("text/*", "ttl"),
        ("text/*;q=0.5, text/html", "html"),
        ("text/turtle;q=0, */*", "nt"),
        ("text/turtle;q=0, text/n3, application/n-quads;q=0.1", "nq"),
        ("text/*;q=0, application/*", "nt"),
        ("*/*;q=0.1, text/turtle;q=0", "nt"),
        ('text/html;level="1,2";q=0.2, application/trig;q=0.3', "trig"),
        ("nonsense", "ttl"),
        ("text/turtle;q=2, application/trig", "trig"),
        ("*/turtle, application/trig;q=0.1", "trig"),
        (",, application/trig ,", "trig"),
    ],
)
def test_the_accept_field_chooses_among_descriptions(accept: str | None, name: str) -> None:
    assert choose(DESCRIPTIONS, accept).name == name


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "json"),
        ("application/json", "json"),
        ("application/xml", "xml"),
        ("text/csv", "csv"),
        ("text/tab-separated-values, text/csv;q=0.9", "tsv"),
        (BROWSER, "html"),
    ],
)
def test_the_accept_field_chooses_among_results(accept: str | None, name: str) -> None:
    assert choose(SOLUTIONS, accept).name == name


@pytest.mark.parametrize(
    "accept", ["image/png", "text/turtle;q=0", "*/*;q=0", "application/sparql-results+json"]
)
def test_what_cannot_be_had_is_406_with_the_list_of_what_can(accept: str) -> None:
    with pytest.raises(Problem) as refused:
        choose((TTL,), accept)
    assert refused.value.status == 406
    assert refused.value.extensions["available"] == [{"format": "ttl", "mediaType": "text/turtle"}]


@pytest.mark.parametrize(
    ("word", "suffix", "accept", "name"),
    [
        ("nt", "ttl", "text/html", "nt"),
        (None, "ttl", "text/html", "ttl"),
        (None, None, "text/html", "html"),
        ("application/n-triples", None, None, "nt"),
        ("turtle", None, None, "ttl"),
        ("json-ld", None, None, "jsonld"),
        ("xml", None, None, "rdf"),
        ("JSON", None, None, "jsonld"),
    ],
)
def test_format_beats_suffix_beats_accept(
    word: str | None, suffix: str | None, accept: str | None, name: str
) -> None:
    assert choose(DESCRIPTIONS, accept, word, suffix).name == name


@pytest.mark.parametrize(("word", "status"), [("csv", 406), ("sparkling", 400), ("", 400)])
def test_a_format_that_means_nothing_is_400_and_one_that_is_not_offered_406(
    word: str, status: int
) -> None:
    with pytest.raises(Problem) as refused:
        choose(GRAPHS, None, word)
    assert refused.value.status == status


@given(st.text(max_size=60))
def test_no_accept_field_is_too_strange_to_be_read(field: str) -> None:
    chosen = acceptable(field, DESCRIPTIONS)
    assert chosen is None or chosen in DESCRIPTIONS


@given(st.permutations(DESCRIPTIONS), st.sampled_from(DESCRIPTIONS))
def test_the_order_of_an_accept_field_means_nothing(
    order: list[Representation], best: Representation
) -> None:
    field = ", ".join(f"{each.media_type};q={'1' if each is best else '0.5'}" for each in order)
    assert acceptable(field, DESCRIPTIONS) is best


def test_a_media_range_has_its_weight_and_its_precision() -> None:
    ranges = read_accept("text/html;level=1;q=0.4, */*")
    assert [(each.weight, each.precision) for each in ranges] == [(0.4, (2, 1)), (1.0, (0, 0))]


def test_a_charset_is_named_where_text_would_have_another() -> None:
    assert TTL.content_type == "text/turtle; charset=utf-8"
    assert HTML.content_type == "text/html; charset=utf-8"
    assert choose(GRAPHS, None, "rdf").content_type == "application/rdf+xml"


def test_of_several_formats_the_first_that_is_offered_counts() -> None:
    assert choose(GRAPHS, None, "sparkling,csv, text/turtle,nt").name == "ttl"


@pytest.mark.parametrize(("words", "status"), [("sparkling,csv", 406), ("sparkling,", 400)])
def test_a_list_of_formats_is_refused_only_where_none_of_them_serves(
    words: str, status: int
) -> None:
    with pytest.raises(Problem) as refused:
        choose(GRAPHS, None, words)
    assert refused.value.status == status


def test_an_accept_field_too_long_to_be_read_is_431_and_names_itself() -> None:
    field = "text/turtle;q=0.5,".ljust(MAX_ACCEPT, "x")
    assert choose(DESCRIPTIONS, field).name == "ttl"
    with pytest.raises(Problem) as refused:
        choose(DESCRIPTIONS, field + "x")
    assert refused.value.status == 431
    assert "Accept" in refused.value.title


def test_an_accept_field_too_long_to_be_read_does_not_matter_where_it_does_not_decide() -> None:
    field = "text/html," * MAX_ACCEPT
    assert choose(DESCRIPTIONS, field, "nt").name == "nt"
    assert choose(DESCRIPTIONS, field, suffix="nt").name == "nt"
    assert acceptable(field, DESCRIPTIONS) is DESCRIPTIONS[0]  # a refusal has to be told somehow
