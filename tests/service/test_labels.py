"""The label by which a person knows an IRI."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from ontology.vocab import DCT, GM, ORG, RDFS, SKOS
from service.labels import Labels, best_literal, prefixed

THING = NamedNode("http://example.org/thing")


def labels(*statements: tuple[str, Literal]) -> Labels:
    store = Store()
    store.extend(Quad(THING, NamedNode(predicate), value) for predicate, value in statements)
    return Labels(store)


@pytest.mark.parametrize(
    ("literals", "best"),
    [
        (
            [Literal("Manceinion", language="cy"), Literal("Manchester", language="en")],
            "Manchester",
        ),
        ([Literal("plain"), Literal("Manceinion", language="cy")], "plain"),
        ([Literal("plain"), Literal("British", language="en-gb")], "British"),
        ([Literal("b", language="en"), Literal("a", language="en")], "a"),
        ([Literal("b", language="fr"), Literal("z", language="cy")], "z"),
    ],
)
def test_english_goes_before_none_before_other_languages(
    literals: list[Literal], best: str
) -> None:
    found = best_literal(literals)
    assert found is not None
    assert found.value == best
    assert best_literal(reversed(literals)) == found


def test_a_preferred_label_goes_before_a_title() -> None:
    found = labels((DCT.title, Literal("title")), (SKOS.prefLabel, Literal("label")))
    assert found.of(THING.value) == "label"


def test_a_notation_is_better_than_nothing() -> None:
    assert labels((SKOS.notation, Literal("Q1"))).of(THING.value) == "Q1"


@pytest.mark.parametrize(
    ("iri", "label"),
    [
        ("http://www.w3.org/ns/org#Organization", "org:Organization"),
        ("http://example.org/other", "http://example.org/other"),
        ("not an IRI", "not an IRI"),
    ],
)
def test_without_a_stated_label_the_iri_must_do(iri: str, label: str) -> None:
    assert labels().of(iri) == label
    assert labels().stated(iri) is None


def test_a_prefixed_name_has_no_path_in_it() -> None:
    assert prefixed("http://www.w3.org/ns/org#a/b") is None
    assert prefixed("http://www.w3.org/ns/org#") is None


def test_a_label_is_looked_up_once() -> None:
    store = Store()
    store.add(Quad(THING, NamedNode(RDFS.label), Literal("first")))
    found = Labels(store)
    assert found.of(THING.value) == "first"
    store.clear()
    assert found.of(THING.value) == "first"


SIDES = {
    "http://example.org/a": Literal("Alder", language="en"),
    "http://example.org/b": Literal("Birch", language="en"),
    "http://example.org/c": Literal("Cedar", language="en"),
}


@pytest.mark.parametrize(
    ("links", "label"),
    [
        ([(ORG.member, "a"), (ORG.organization, "b")], "Alder in Birch"),
        ([(GM.contributor, "a"), (GM.contributesTo, "b")], "Alder → Birch"),
        (
            [(GM.contributor, "a"), (GM.contributesTo, "c"), (GM.contributesTo, "b")],
            "Alder → Birch, Cedar",
        ),
        ([(GM.assertedOf, "a"), (GM.againstStandard, "b")], "Alder: Birch"),
        (
            [(GM.assertedOf, "hidden"), (GM.againstStandard, "b")],
            "http://example.org/hidden: Birch",
        ),
        ([(GM.againstStandard, "b")], "C-01"),
    ],
)
def test_what_has_no_name_is_called_by_what_it_relates(
    links: list[tuple[str, str]], label: str
) -> None:
    store = Store()
    store.add(Quad(THING, NamedNode(DCT.identifier), Literal("C-01")))
    store.extend(Quad(NamedNode(i), NamedNode(DCT.title), name) for i, name in SIDES.items())
    for predicate, other in links:
        store.add(Quad(THING, NamedNode(predicate), NamedNode(f"http://example.org/{other}")))
    found = Labels(store)
    assert found.of(THING.value) == label
    assert found.stated(THING.value) is None
    assert found.coded(THING.value) is (label == "C-01")
