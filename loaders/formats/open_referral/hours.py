"""When a service is open, in Open Referral UK: schedules as iCalendar has them (RFC 5545)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import time

from loaders.formats.extents import in_order
from loaders.formats.row import Row
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
        hours = replace(_weekly(schedule), valid_from=began, valid_to=ended, description=told)
        if hours != Hours():
            yield replace(hours, description=": ".join(filter(None, (place, told))) or None)


def _weekly(schedule: Row) -> Hours:
    """Days and times that recur every week (RFC 5545, section 3.3.10); no others can be told."""
    often = (schedule.optional("freq", words) or "WEEKLY").upper()
    interval = schedule.optional("interval", whole_number)
    if often not in ("WEEKLY", "DAILY") or interval not in (None, 1):
        schedule.withhold(
            "unknown-category",
            "The hours are not the same every week, so that only their description is loaded.",
            "freq",
            often if interval is None else f"{often}, every {interval}",
        )
        return Hours()
    stated = set(schedule.several("byday", _day, ","))
    if often == "DAILY" and not schedule.has("byday"):
        stated = set(_WEEK.values())
    return Hours(
        days=tuple(day for day in _WEEK.values() if day in stated),
        opens=schedule.optional("opens_at", _local_time),
        closes=schedule.optional("closes_at", _local_time),
    )


def _day(cell: str) -> str:
    try:
        return _WEEK[cell.upper()]
    except KeyError:
        raise Fault("unknown-category", f"“{cell}” is no day of the week, such as MO.") from None


def _local_time(cell: str) -> time:
    """A time of the day on the clocks of the place; an offset from UTC is not kept."""
    return clock_time(_OFFSET.sub("", cell))
