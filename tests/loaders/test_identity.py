"""IRIs are made of the base and of keys, never of names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from loaders.identity import Minter, name_slug

MINT = Minter("https://base.example/")


@pytest.mark.parametrize(
    ("minted", "iri"),
    [
        (MINT.organisation("GB-LAE-MAN"), "https://base.example/id/organisation/GB-LAE-MAN"),
        (MINT.area("E08000003"), "https://base.example/id/area/E08000003"),
        (
            MINT.thing("membership", "GM-a", "GM-b", "constituent-council"),
            "https://base.example/id/membership/GM-a/GM-b/constituent-council",
        ),
        (MINT.graph("gm-bodies"), "https://base.example/graph/gm-bodies"),
        (
            MINT.part("gm-bodies", "area", "E08000003", "identifier", "gss", "E08000003"),
            "https://base.example/.well-known/genid/gm-bodies/"
            "area/E08000003/identifier/gss/E08000003",
        ),
        (
            Minter("http://localhost:8000/kg/").area("E08000003"),
            "http://localhost:8000/kg/id/area/E08000003",
        ),
    ],
)
def test_each_kind_of_iri_has_its_pattern(minted: str, iri: str) -> None:
    assert minted == iri


@given(st.lists(st.text(), min_size=1))
def test_a_part_is_an_iri_whatever_its_path_is_made_of(path: list[str]) -> None:
    iri = MINT.part("given", *path)
    assert NamedNode(iri).value == iri
    assert iri.isascii()


@given(st.lists(st.text(), min_size=1), st.lists(st.text(), min_size=1))
def test_two_paths_are_two_parts(one: list[str], other: list[str]) -> None:
    assert (MINT.part("given", *one) == MINT.part("given", *other)) is (one == other)


def test_a_step_that_holds_a_slash_stays_one_step() -> None:
    assert MINT.part("given", "a/b") != MINT.part("given", "a", "b")
    assert MINT.part("given", "a/b").endswith("/given/a%2Fb")


def test_one_part_of_two_sources_is_two_parts() -> None:
    assert MINT.part("one", "load", "a") != MINT.part("two", "load", "a")


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Head of Café", "head-of-cafe"),
        ("2024", "2024"),
        ("Ward 7 – 校長", "ward-7"),
        ("", "unnamed"),
    ],
)
def test_a_name_becomes_the_end_of_an_iri(words: str, slug: str) -> None:
    assert name_slug(words) == slug


def test_names_without_letters_from_a_to_z_are_told_apart() -> None:
    names = ("校長", "會計", "Директор", "校長 1", "會計 1", "?", "!")
    slugs = [name_slug(each) for each in names]
    assert len(set(slugs)) == len(names)
    assert all(re.fullmatch("[0-9a-f]{12}", each) for each in slugs)
    assert name_slug("  директор ") == name_slug("ДИРЕКТОР")
