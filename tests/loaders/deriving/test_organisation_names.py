"""Whom words mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.deriving.organisation_names import CONFIDENCE, Meant, Named, Names, normalised
from ontology import notations


def body(key: str, name: str, *others: str, council: bool = False, ended: bool = False) -> Named:
    return Named(f"urn:{key}", key, frozenset({name}), frozenset(others), council, ended)


NAMES = Names(
    [
        body("GB-EX-1", "Exampleton Metropolitan Borough Council", "EMBC", council=True),
        body("GB-EX-2", "The Transport & Roads Board", "TRB", "Roads Board"),
        body("GB-EX-3", "Milltown Council", council=True),
        body("GB-EX-4", "Milltown Council", council=True, ended=True),
        body("GB-EX-5", "Twin Trust", "TT"),
        body("GB-EX-6", "Twin Trust", "TT"),
        body("GB-EX-7", "Exampleton Hospital Trust"),
        body("GB-EX-8", "Wells Society", "TRB"),
    ]
)


@pytest.mark.parametrize(
    ("words", "key", "method"),
    [
        ("GB-EX-2", "GB-EX-2", "key"),
        (" GB-EX-2 ", "GB-EX-2", "key"),
        ("Exampleton Metropolitan Borough Council", "GB-EX-1", "name"),
        ("EXAMPLETON  METROPOLITAN BOROUGH COUNCIL.", "GB-EX-1", "name"),
        ("Transport and Roads Board", "GB-EX-2", "name"),
        ("embc", "GB-EX-1", "other-name"),
        ("Roads Board", "GB-EX-2", "other-name"),
        ("Exampleton MBC", "GB-EX-1", "council-name"),
        ("Exampleton Council", "GB-EX-1", "council-name"),
        ("Borough of Exampleton", "GB-EX-1", "council-name"),
        ("Milltown Council", "GB-EX-3", "name"),
    ],
)
def test_words_mean_the_one_organisation_whose_they_are(words: str, key: str, method: str) -> None:
    assert NAMES.meant_by(words) == Meant(f"urn:{key}", method)


@pytest.mark.parametrize(
    "words",
    [
        "Twin Trust",  # two have this name
        "TRB",  # and two this other name
        "Exampleton",  # a place, and no form of a council's name
        "Exampleton Hospital",  # a part of a name
        "Hospital Council",
        "gb-ex-2",  # keys have their case
        "GB-EX-99",
        "",
        " . ",
    ],
)
def test_words_that_may_mean_several_or_nobody_mean_nobody(words: str) -> None:
    assert NAMES.meant_by(words) is None


@given(st.text())
def test_no_words_break_it(words: str) -> None:
    assert NAMES.meant_by(words) in (None, NAMES.meant_by(words))
    assert normalised(normalised(words)).split() == normalised(normalised(words)).split(" ") or (
        not normalised(normalised(words))
    )


def test_every_method_has_a_confidence_and_the_scheme_has_no_other() -> None:
    assert CONFIDENCE.keys() == notations("match-method")
