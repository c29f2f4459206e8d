"""A literal made from a Python value is in the canonical form of its datatype."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.quads import (
    Literal,
    boolean,
    box,
    clock,
    day,
    decimal,
    integer,
    moment,
    plain,
    plainly,
    point,
    text,
    when,
)
from ontology.vocab import GEO, XSD


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
        (clock(time(9, 30)), "09:30:00", XSD.time, None),
        (clock(time(0)), "00:00:00", XSD.time, None),
        (clock(time(23, 59, 59, 999_999)), "23:59:59", XSD.time, None),
        (clock(time(9, 30, tzinfo=UTC)), "09:30:00", XSD.time, None),
        (when(date(2024, 4, 1)), "2024-04-01", XSD.date, None),
        (when(datetime(2024, 4, 1, tzinfo=UTC)), "2024-04-01T00:00:00Z", XSD.dateTime, None),
        (
            point(Decimal("-2.2446"), Decimal("53.4790")),
            "POINT(-2.2446 53.479)",
            GEO.wktLiteral,
            None,
        ),
        (point(Decimal("-0.0"), Decimal("1E+1")), "POINT(0 10)", GEO.wktLiteral, None),
        (
            box(Decimal("-2.5"), Decimal(53), Decimal("-2.0"), Decimal("53.50")),
            "POLYGON((-2.5 53, -2 53, -2 53.5, -2.5 53.5, -2.5 53))",
            GEO.wktLiteral,
            None,
        ),
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
    no_number, number = Decimal(value), Decimal(1)
    with pytest.raises(ValueError, match="decimal"):
        decimal(no_number)
    with pytest.raises(ValueError, match="decimal"):
        point(number, no_number)
    with pytest.raises(ValueError, match="decimal"):
        box(number, number, no_number, number)


@pytest.mark.parametrize(
    ("value", "spelled"),
    [("0", "0"), ("-0.00", "0"), ("007.10", "7.1"), ("-5E-3", "-0.005"), ("12E+2", "1200")],
)
def test_a_decimal_number_has_one_spelling_in_figures(value: str, spelled: str) -> None:
    assert plainly(Decimal(value)) == spelled


@given(st.times())
def test_a_time_of_the_day_keeps_its_seconds(value: time) -> None:
    assert time.fromisoformat(clock(value).lexical) == value.replace(microsecond=0)


@given(st.integers())
def test_a_whole_number_keeps_its_value(value: int) -> None:
    assert int(integer(value).lexical) == value
