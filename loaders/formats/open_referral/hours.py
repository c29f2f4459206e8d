"""When a service is open, in Open Referral UK: schedules as iCalendar has them (RFC 5545)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import time

from loaders.formats.catalogues.extents import in_order
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.numbers import whole_number
from loaders.records import Hours
from loaders.times import clock_time, day_of
from loaders.values import words

_WEEK = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
_NOT_EVERY_WEEK = ("bymonthday", "byyearday", "byweekno", "bymonth", "bysetpos", "count", "until")
_OFFSET = re.compile(r"(?:Z|[+-][0-9]{2}:[0-9]{2})\Z")


def hours_of(item: Row, place: str | None = None) -> Iterator[Hours]:
    """When a service is open; hours at the place of a name say in words which one that is."""
    for schedule in item.each("schedules"):
        told = schedule.prose("description")
        began, ended = in_order(
            schedule,
            "valid_to",
            schedule.optional("valid_from", day_of),
            schedule.optional("valid_to", day_of),
        )
        weekly = _weekly(schedule)
        if weekly is None and not told:
            continue
        hours = replace(weekly or Hours(), valid_from=began, valid_to=ended, description=told)
        if hours != Hours():
            yield replace(hours, description=": ".join(filter(None, (place, told))) or None)


def _weekly(schedule: Row) -> Hours | None:
    """Days and times that recur every week (RFC 5545, section 3.3.10); None where others are told.

    Of hours whose days are withheld, or that end before they begin, only the description is loaded.
    """
    often = (schedule.optional("freq", words) or "WEEKLY").upper()
    interval = schedule.optional("interval", whole_number)
    part = _otherwise(schedule, often, interval)
    if part:
        schedule.withhold(
            "unknown-category",
            "The hours are not the same every week, so that only their description is loaded.",
            part,
            often if interval is None else f"{often}, every {interval}",
        )
        return None
    stated = set(schedule.several("byday", _day, ","))
    if schedule.has("byday") and not stated:
        return None
    if often == "DAILY" and not stated:
        stated = set(_WEEK.values())
    opens = schedule.optional("opens_at", _local_time)
    closes = schedule.optional("closes_at", _local_time)
    if opens and closes and closes < opens:
        schedule.withhold(
            "dates-out-of-order",
            "It closes before it opens, or after midnight, so that only the description is loaded.",
            "closes_at",
            f"{closes:%H:%M}",
        )
        return None
    return Hours(tuple(day for day in _WEEK.values() if day in stated), opens, closes)


def _otherwise(schedule: Row, often: str, interval: int | None) -> str | None:
    """The part of a rule by which it does not recur in each and every week."""
    if often not in ("WEEKLY", "DAILY"):
        return "freq"
    if schedule.has("interval") and interval != 1:
        return "interval"
    if schedule.has("dtstart") and not schedule.has("freq"):
        return "dtstart"  # without a rule, it is on that one day
    return next(filter(schedule.has, _NOT_EVERY_WEEK), None)


def _day(cell: str) -> str:
    try:
        return _WEEK[cell.upper()]
    except KeyError:
        raise Fault("unknown-category", f"“{cell}” is no day of the week, such as MO.") from None


def _local_time(cell: str) -> time:
    """A time of the day on the clocks of the place; an offset from UTC is not kept."""
    return clock_time(_OFFSET.sub("", cell))
