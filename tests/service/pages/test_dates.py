"""Dates and times in words."""

import pytest

from service.pages.dates import moment


@pytest.mark.parametrize(
    ("lexical", "machine", "words"),
    [
        ("1974-04-01", "1974-04-01", "1 April 1974"),
        ("1974-04-01Z", "1974-04-01", "1 April 1974"),
        ("2026-11-22T11:04:23Z", "2026-11-22T11:04:23Z", "22 November 2026, 11:04 UTC"),
        ("2026-06-01T11:04:23.5+01:00", None, "1 June 2026, 11:04 (UTC +01:00)"),
        ("2026-06-01T11:04:23", None, "1 June 2026, 11:04"),
        ("1974-04", "1974-04", "April 1974"),
        ("0974", "0974", "974"),
    ],
)
def test_a_date_is_written_as_people_write_it(
    lexical: str, machine: str | None, words: str
) -> None:
    found = moment(lexical)
    assert found is not None
    assert (found.machine, found.words) == (machine or lexical, words)


@pytest.mark.parametrize("lexical", ["1974-13-01", "1974-04-41", "-0044", "soon", ""])
def test_what_is_no_date_is_left_as_it_stands(lexical: str) -> None:
    assert moment(lexical) is None
