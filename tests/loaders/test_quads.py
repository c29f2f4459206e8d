"""A literal made from a Python value is in the canonical form of its datatype."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.quads import Literal, boolean, day, decimal, integer, moment, plain, text
from ontology.vocab import XSD


@pytest.mark.parametrize(
    ("literal", "lexical", "datatype", "language"),
    [
        (plain("0049"), "0049", XSD.string, None),
        (plain(""), "", XSD.string, None),
        (text("Bury"), "Bury", XSD.string, "en"),
        (text("Ynys Môn", "CY"), "Ynys Môn", XSD.string, "cy"),
        (text("Bury", "en-GB"), "Bury", XSD.string, "en-gb"),
        (day(date(1974, 4, 1)), "1974-04-01", XSD.date, None),
        (day(date.min), "0001-01-01", XSD.date, None),
        (day(date.max), "9999-12-31", XSD.date, None),
        (integer(0), "0", XSD.integer, None),
        (integer(-0), "0", XSD.integer, None),
        (integer(-7), "-7", XSD.integer, None),
        (integer(True), "1", XSD.integer, None),
        (integer(10**30), "1" + "0" * 30, XSD.integer, None),
        (decimal(Decimal("1.50")), "1.5", XSD.decimal, None),
        (decimal(Decimal("-1.50")), "-1.5", XSD.decimal, None),
        (decimal(Decimal("100")), "100", XSD.decimal, None),
        (decimal(Decimal("1E+3")), "1000", XSD.decimal, None),
        (decimal(Decimal("1E-7")), "0.0000001", XSD.decimal, None),
        (decimal(Decimal("0.000")), "0", XSD.decimal, None),
        (decimal(Decimal("-0.0")), "0", XSD.decimal, None),
        (decimal(Decimal("0E+5")), "0", XSD.decimal, None),
        (boolean(True), "true", XSD.boolean, None),
        (boolean(False), "false", XSD.boolean, None),
    ],
)
def test_a_value_has_one_spelling(
    literal: Literal, lexical: str, datatype: str, language: str | None
) -> None:
    assert literal == Literal(lexical, datatype, language)


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (datetime(2025, 2, 3, 10, 15, tzinfo=UTC), "2025-02-03T10:15:00Z"),
        (
            datetime(2025, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))),
            "2025-06-30T23:30:00Z",
        ),
        (datetime(2025, 2, 3, 10, 15, 59, 999_999, tzinfo=UTC), "2025-02-03T10:15:59Z"),
        (datetime.min.replace(tzinfo=UTC), "0001-01-01T00:00:00Z"),
        (datetime.max.replace(tzinfo=UTC), "9999-12-31T23:59:59Z"),
    ],
)
def test_a_moment_is_told_in_utc_to_the_second(value: datetime, spelled: str) -> None:
    assert moment(value) == Literal(spelled, XSD.dateTime)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        moment(datetime(2025, 2, 3, 10, 15))


@given(st.decimals(allow_nan=False, allow_infinity=False).filter(lambda n: abs(n.adjusted()) < 60))
@example(Decimal("0.1234567890123456789012345678901234"))
@example(Decimal("123456789012345678901234567890.5"))
def test_a_decimal_number_keeps_its_value_whole(value: Decimal) -> None:
    literal = decimal(value)
    assert Decimal(literal.lexical) == value
    assert "E" not in literal.lexical.upper()
    assert not literal.lexical.endswith(".")


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_decimal_number_makes_no_literal(value: str) -> None:
    with pytest.raises(ValueError, match="decimal"):
        decimal(Decimal(value))


@given(st.integers())
def test_a_whole_number_keeps_its_value(value: int) -> None:
    assert int(integer(value).lexical) == value
