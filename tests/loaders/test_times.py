"""A cell becomes a day, a point in time or a time of the day, or a finding that says why not."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.issues import Fault
from loaders.times import clock_time, day_of, moment_or_day


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2024-04-01", date(2024, 4, 1)),
        ("2024-04-01+01:00", date(2024, 4, 1)),
        ("2024-04-01-11:30", date(2024, 4, 1)),
        ("2024-04-01Z", date(2024, 4, 1)),
        ("2024-04-01T09:30:00Z", datetime(2024, 4, 1, 9, 30, tzinfo=UTC)),
        ("2024-04-01T09:30", datetime(2024, 4, 1, 9, 30, tzinfo=UTC)),
        ("2024-04-01 09:30:00", datetime(2024, 4, 1, 9, 30, tzinfo=UTC)),
        ("2024-04-01T09:30:00+01:00", datetime(2024, 4, 1, 8, 30, tzinfo=UTC)),
        ("2024-04-01T00:30:00.123456+0100", datetime(2024, 3, 31, 23, 30, 0, 123456, tzinfo=UTC)),
        ("0", None),
        ("1711963800000", datetime(2024, 4, 1, 9, 30, tzinfo=UTC)),
        ("-100000000000", datetime(1966, 10, 31, 14, 13, 20, tzinfo=UTC)),
    ],
)
def test_a_day_or_a_point_in_time_is_read_in_utc(cell: str, value: object) -> None:
    if value is None:
        with pytest.raises(Fault):
            moment_or_day(cell)
        return
    found = moment_or_day(cell)
    assert (found, type(found)) == (value, type(value))
    if isinstance(found, datetime):
        assert found.tzinfo is UTC


NO_DAY = "not a day of the calendar written like 1974-04-01."
NO_TIME = "neither a day nor a time written like 2024-04-01T09:30:00Z."


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("", NO_DAY),
        ("2024", NO_DAY),
        ("01/04/2024", NO_DAY),
        ("2024-02-30", NO_DAY),
        ("1711963800", NO_DAY),  # seconds since 1970
        ("1 April 2024", NO_TIME),
        ("2024-04-01T25:00", NO_TIME),
        ("2024-02-30T09:30:00", NO_TIME),
        ("2024-04-01T09:30:00 Europe/London", NO_TIME),
        ("01/04/2024 09:30", NO_TIME),
        ("2024-04-01+14:30", NO_TIME),
        ("2024-04-01-09:75", NO_TIME),
        ("2024-04-01t09:30:00Z", NO_TIME),
        ("2024-04-01_09:30:00", NO_TIME),
        ("2024-04-01  09:30:00", NO_TIME),
        ("2024-04-01+09:30:00", NO_TIME),
        ("2024-W14-1T09:30:00", NO_TIME),
        ("20240401T093000Z", NO_TIME),
        ("0001-01-01T00:00:00+14:00", NO_TIME),  # the day before the first
        ("9999-12-31T23:59:59-14:00", NO_TIME),
        ("12345678901234", NO_TIME),
        ("202404010930", NO_TIME),
        ("-2024-04-01T09:30", NO_TIME),
        ("٢٠٢٤-٠٤-٠١T09:30:00Z", NO_TIME),
    ],
)
def test_what_is_no_day_and_no_point_in_time_is_refused(cell: str, what: str) -> None:
    for read in (moment_or_day, day_of):
        with pytest.raises(Fault) as caught:
            read(cell)
        assert (caught.value.rule, caught.value.message) == ("bad-date", f"“{cell}” is {what}")


def test_a_day_with_a_zone_is_a_day_of_the_calendar() -> None:
    for read in (moment_or_day, day_of):
        with pytest.raises(Fault) as caught:
            read("2024-02-30+01:00")
        assert caught.value.message == f"“2024-02-30” is {NO_DAY}"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-04-01", date(2024, 4, 1)),
        ("2024-04-01+01:00", date(2024, 4, 1)),
        ("2024-04-01T00:00:00+01:00", date(2024, 4, 1)),
        ("2024-04-01 23:30:00-01:00", date(2024, 4, 1)),
        ("1711963800000", date(2024, 4, 1)),
    ],
)
def test_a_point_in_time_falls_on_the_day_that_it_is_written_with(cell: str, day: date) -> None:
    assert day_of(cell) == day
    assert not isinstance(day_of(cell), datetime)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("09:30", time(9, 30)),
        ("9:05", time(9, 5)),
        ("00:00", time(0)),
        ("23:59:59", time(23, 59, 59)),
        ("17:00:00Z", time(17)),
        ("17:00:00.000", time(17)),
        ("24:00", time(23, 59)),
        ("24:00:00", time(23, 59)),
    ],
)
def test_a_time_of_the_day_is_read(cell: str, value: time) -> None:
    assert clock_time(cell) == value


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "9",
        "9am",
        "9.30",
        "24:01",
        "24:00:01",
        "25:00",
        "12:60",
        "12:00:60",
        "12:00+01:00",
        "٩:٣٠",
    ],
)
def test_what_is_no_time_of_the_day_is_refused(cell: str) -> None:
    with pytest.raises(Fault) as caught:
        clock_time(cell)
    assert (caught.value.rule, caught.value.message) == (
        "bad-time",
        f"“{cell}” is not a time of the day written like 09:30.",
    )


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=ZONES | st.just(UTC)))
def test_every_point_in_time_is_read_as_it_is_written(at: datetime) -> None:
    found = moment_or_day(at.isoformat())
    assert found == at


@given(st.datetimes(datetime(1974, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))
def test_a_point_in_time_may_be_counted_in_milliseconds(at: datetime) -> None:
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    count = (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    assert moment_or_day(str(count)) == at


@given(st.dates())
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    assert day_of(day.isoformat()) == moment_or_day(day.isoformat()) == day


@given(st.text() | st.text(st.sampled_from("0123456789-:.TZ+ ")))
@example("9" * 5000)
@example("-9999999999999")
@example("2024-04-01T09:30:00+99:99")
def test_whatever_a_cell_holds_it_is_read_or_refused(cell: str) -> None:
    readers: tuple[Callable[[str], object], ...] = (moment_or_day, day_of, clock_time)
    for read in readers:
        with suppress(Fault):
            read(cell)
