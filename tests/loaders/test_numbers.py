"""A cell becomes a number, or yes or no, or a finding that says in words why it cannot."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.issues import Fault
from loaders.numbers import (
    age,
    decimal_number,
    latitude,
    longitude,
    whole_number,
    yes_or_no,
)


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (whole_number, "0", 0),
        (whole_number, "007", 7),
        (whole_number, "9" * 18, 10**18 - 1),
        (decimal_number, "-2.50", Decimal("-2.50")),
        (decimal_number, "+3", Decimal(3)),
        (decimal_number, "0." + "1" * 20, Decimal("0." + "1" * 20)),
        (age, "18", 18),
        (age, "18.0", 18),
        (age, "0.00", 0),
        (age, "150", 150),
        (latitude, "53.4790", Decimal("53.4790")),
        (latitude, "-90", Decimal(-90)),
        (longitude, "-2.2446", Decimal("-2.2446")),
        (longitude, "180.0", Decimal("180.0")),
        *((yes_or_no, cell, True) for cell in ("yes", "Y", "TRUE", "1", "Yes")),
        *((yes_or_no, cell, False) for cell in ("no", "N", "False", "0")),
    ],
)
def test_a_sound_cell_is_read(read: Callable[[str], object], cell: str, value: object) -> None:
    found = read(cell)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("read", "cell", "rule", "message"),
    [
        *(
            (whole_number, cell, "bad-number", f"“{cell}” is not a whole number in figures.")
            for cell in ("", "-1", "+1", "1.0", "1,000", "1e3", "٣", "²", "ten", "1 ", "9" * 19)
        ),
        *(
            (
                decimal_number,
                cell,
                "bad-number",
                f"“{cell}” is not a number in figures with a decimal point.",
            )
            for cell in ("", "1,5", ".5", "5.", "1e3", "NaN", "Infinity", "٣", "£3", "0x1", "--1")
        ),
        (age, "18.5", "bad-number", "“18.5” is not a whole number in figures."),
        (age, "-1", "bad-number", "“-1” is not a whole number in figures."),
        (age, "18+", "bad-number", "“18+” is not a whole number in figures."),
        (age, "151", "bad-number", "151 is no age of a person in years."),
        (
            latitude,
            "90.1",
            "bad-coordinates",
            "90.1 is no latitude: it lies beyond 90 degrees.",
        ),
        (
            latitude,
            "383819",
            "bad-coordinates",
            "383819 is no latitude: it lies beyond 90 degrees.",
        ),
        (
            longitude,
            "-180.001",
            "bad-coordinates",
            "-180.001 is no longitude: it lies beyond 180 degrees.",
        ),
        (
            longitude,
            "2°W",
            "bad-number",
            "“2°W” is not a number in figures with a decimal point.",
        ),
        *(
            (yes_or_no, cell, "unknown-category", f"“{cell}” is neither yes nor no.")
            for cell in ("", "maybe", "n/a", "2", "yes please")
        ),
    ],
)
def test_a_faulty_cell_is_refused_in_words(
    read: Callable[[str], object], cell: str, rule: str, message: str
) -> None:
    with pytest.raises(Fault) as caught:
        read(cell)
    assert (caught.value.rule, caught.value.message) == (rule, message)


@given(st.integers(0, 10**18 - 1))
def test_every_whole_number_is_read_as_it_is_written(number: int) -> None:
    assert whole_number(str(number)) == number


@given(st.decimals(-(10**14), 10**14, places=6))
def test_every_decimal_number_is_read_as_it_is_written(number: Decimal) -> None:
    assert decimal_number(format(number, "f")) == number


@given(st.text() | st.text(st.sampled_from("0123456789.+-eE,")))
@example("9" * 5000)
@example("0." + "9" * 5000)
@example("1" + ".0" * 5000)
def test_whatever_a_cell_holds_it_is_read_or_refused(cell: str) -> None:
    for read in (whole_number, decimal_number, age, latitude, longitude, yes_or_no):
        with suppress(Fault):
            read(cell)
