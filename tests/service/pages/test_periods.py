"""Lengths of time in words."""

import pytest

from service.pages.periods import period


@pytest.mark.parametrize(
    ("lexical", "words"),
    [
        ("P8Y", "8 years"),
        ("P1Y", "1 year"),
        ("P18M", "1 year 6 months"),
        ("P1Y6M", "1 year 6 months"),
        ("P1M", "1 month"),
        ("P24M", "2 years"),
        ("P0Y", "no time"),
        ("P007Y", "7 years"),
        ("P90D", "90 days"),
        ("P1DT2H", "1 day 2 hours"),
        ("PT36H", "36 hours"),
        ("PT1M1.5S", "1 minute 1.5 seconds"),
        ("PT0S", "no time"),
        ("-P1Y", None),
        ("P1Y2D", None),
        ("P", None),
        ("PT", None),
        ("P1DT", None),
        ("8 years", None),
        ("P٣Y", None),
    ],
)
def test_a_length_of_time_is_said_in_words(lexical: str, words: str | None) -> None:
    assert period(lexical) == words
