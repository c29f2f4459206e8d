"""A feed knows whom its source means only as far as the source declares it."""

import pytest

from loaders.formats.reading.feed import Feed
from loaders.records import Party

FEED = Feed("given", "GB-LAE-EXA", {"Exampleton Council": "GB-LAE-EXA", "7": "GM-seven"})


@pytest.mark.parametrize(
    ("stated", "codes", "party"),
    [
        ("Exampleton Council", (), Party("GB-LAE-EXA", "Exampleton Council")),
        ("Exampleton", (), Party(None, "Exampleton")),
        ("exampleton council", (), Party(None, "exampleton council")),
        ("The Seven", ("7",), Party("GM-seven", "The Seven")),
        (None, ("7",), Party("GM-seven")),
        (None, (None, "8", "7"), Party("GM-seven")),
        ("Exampleton Council", ("7",), Party("GM-seven", "Exampleton Council")),
        ("Exampleton Council", ("8", None), Party("GB-LAE-EXA", "Exampleton Council")),
        (None, ("8", None), None),
        (None, (), None),
        ("", (), None),
    ],
)
def test_nobody_is_guessed(
    stated: str | None, codes: tuple[str | None, ...], party: Party | None
) -> None:
    assert FEED.party(stated, *codes) == party


def test_an_organisation_that_one_source_alone_knows_is_keyed_by_that_source() -> None:
    assert FEED.own_key("x7") == "GM-given-x7"


def test_codes_that_differ_in_case_alone_are_two_keys() -> None:
    assert FEED.own_key("X7") == "GM-given-x7-228f9054"
    assert len({FEED.own_key(code) for code in ("ab", "Ab", "aB", "AB")}) == 4
