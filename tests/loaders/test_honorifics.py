"""Somebody is known in a text by a title before the name; a firm of that name is nobody."""

import pytest

from loaders.honorifics import has_honorific


@pytest.mark.parametrize(
    "text",
    [
        *("Mrs A Example", "Ask Dr. Example", "MR EXAMPLE", "Owner: cllr example", "Prof Example"),
        *("Dr Example of Dr Other Limited", "Dr Other Limited and Dr Otherwise", "Mr A Limited"),
    ],
)
def test_somebody_is_addressed(text: str) -> None:
    assert has_honorific(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Missing data", "A dresser", "Sirens", "Ms, or so", "Drive"),
        *("Dr Example Limited", "Dr Example Ltd. What Dr Example sends, Dr Example's staff see."),
    ],
)
def test_nobody_is(text: str) -> None:
    assert not has_honorific(text)
