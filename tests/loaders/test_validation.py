"""Staged quads are held against the shapes."""

from loaders.nquads import write_lines
from loaders.quads import Quad, plain, text
from loaders.validation import summarise, validate
from ontology.vocab import DCT, GM, ORG, RDF, SKOS

GRAPH = "https://data.greatermanchester.example/graph/tests"
BODY = "https://data.greatermanchester.example/id/organisation/GB-LAE-AAA"


def lines(*quads: Quad) -> list[bytes]:
    return write_lines(
        [Quad(BODY, RDF.type, each, GRAPH) for each in (ORG.Organization, GM.PublicBody)]
        + list(quads)
    )


def test_sound_data_break_nothing() -> None:
    named = Quad(BODY, SKOS.prefLabel, text("Aston"), GRAPH)
    keyed = Quad(BODY, DCT.identifier, plain("GB-LAE-AAA"), GRAPH)
    kind = Quad(
        BODY,
        ORG.classification,
        "https://w3id.org/greater-manchester/def/organisation-type/MD",
        GRAPH,
    )
    assert validate("tests", lines(named, keyed, kind)) == []


def test_a_body_without_a_name_is_refused_in_words() -> None:
    keyed = Quad(BODY, DCT.identifier, plain("GB-LAE-AAA"), GRAPH)
    refused = [result for result in validate("tests", lines(keyed)) if result.refuses]
    assert [(each.focus, each.path) for each in refused] == [(BODY, SKOS.prefLabel)]
    assert "name" in refused[0].message
    assert refused[0].source == "tests"


def test_what_keeps_data_from_being_published_comes_first() -> None:
    results = validate("tests", lines())
    order = [result.refuses for result in results]
    assert order == sorted(order, reverse=True)
    assert set(order) == {True, False}


def test_many_results_of_one_kind_are_told_in_one_line() -> None:
    other = BODY + "A"
    quads = [Quad(other, RDF.type, ORG.Organization, GRAPH)]
    told = summarise(result for result in validate("tests", lines(*quads)) if result.refuses)
    assert len(told) == 1
    assert told[0].endswith("and 1 more like it")
