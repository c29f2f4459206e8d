"""Cells into points in time and times of the day."""

import re
from datetime import UTC, date, datetime, time, timedelta

from loaders.issues import Fault
from loaders.values import calendar_date

# Twelve figures that could be YYYYMMDDhhmm are not taken for milliseconds, nor the reverse.
_STAMP = (
    r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9]"
)
_MILLISECONDS = re.compile(rf"(?!{_STAMP}\Z)-?[0-9]{{12,13}}")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])(?::([0-5][0-9])(?:\.[0-9]+)?)?(?:Z)?")
_DAY = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
# A day may have a zone too (XML Schema 1.1, part 2, section 3.3.9): it stays the day it is.
_ZONED_DAY = re.compile(rf"{_DAY}(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)")
_MOMENT = re.compile(rf"{_DAY}[T ][0-9][0-9:.,Z+-]*")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 40


def moment_or_day(cell: str) -> date | datetime:
    """A day (YYYY-MM-DD) or a point in time, as ISO 8601 has it or in milliseconds since 1970.

    A time without a zone is taken to be in UTC, as catalogues keep theirs. Between the day and the
    time stands a T, or one space. The zone of a day is not kept.
    """
    if len(cell) <= len("YYYY-MM-DD"):
        return calendar_date(cell)
    if _MILLISECONDS.fullmatch(cell):
        return _EPOCH + timedelta(milliseconds=int(cell))
    if zoned := _ZONED_DAY.fullmatch(cell):
        return calendar_date(zoned[1])
    try:
        if len(cell) > _LONGEST or not _MOMENT.fullmatch(cell):
            raise ValueError
        at = datetime.fromisoformat(cell)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Fault(
            "bad-date", f"“{cell}” is neither a day nor a time written like 2024-04-01T09:30:00Z."
        ) from None


def day_of(cell: str) -> date:
    """The day of a day or of a point in time, as it is written: that of its own zone."""
    found = moment_or_day(cell)
    if written := _MOMENT.fullmatch(cell):
        return calendar_date(written[1])
    return found.date() if isinstance(found, datetime) else found


def clock_time(cell: str) -> time:
    """A time of the day written HH:MM, with or without seconds; 24:00 is the day's last minute."""
    found = _CLOCK.fullmatch(cell)
    if not found or (found[1] == "24" and (found[2] != "00" or found[3] not in (None, "00"))):
        raise Fault("bad-time", f"“{cell}” is not a time of the day written like 09:30.")
    if found[1] == "24":
        return time(23, 59)
    return time(int(found[1]), int(found[2]), int(found[3] or 0))
