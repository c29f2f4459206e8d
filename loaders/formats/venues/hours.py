"""When a venue is open: a column for each day, such as `08:30-13:00,14:00-17:30` or `CLOSED`."""

from collections.abc import Iterator
from datetime import time

from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Hours
from loaders.times import clock_time

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COLUMNS = tuple(f"opening_hours_{day}" for day in DAYS)
_CLOSED = "closed"


def hours_of(row: Row) -> Iterator[Hours]:
    """The opening hours of a venue: each span of the day once, with the days on which it holds.

    That a venue is closed on a day is said by that day being in none of them.
    """
    spans: dict[tuple[time, time], list[str]] = {}
    for day, column in zip(DAYS, COLUMNS, strict=True):
        if str(row.cells.get(column, "")).strip().casefold() == _CLOSED:
            continue
        for span in row.several(column, _span, ","):
            spans.setdefault(span, []).append(day.capitalize())
    for (opens, closes), days in spans.items():
        yield Hours(tuple(days), opens, closes)
    if told := row.prose("opening_hours"):
        yield Hours(description=told)


def _span(cell: str) -> tuple[time, time]:
    opens, dash, closes = cell.partition("-")
    if not dash:
        raise Fault("bad-time", f"“{cell}” is no span of the day, such as 09:00-17:30.")
    span = clock_time(opens.strip()), clock_time(closes.strip())
    if span[1] <= span[0]:
        raise Fault(
            "dates-out-of-order", f"“{cell}” ends before it begins, or after midnight, on that day."
        )
    return span
