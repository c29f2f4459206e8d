"""Dates and times as people read them, and as `<time datetime>` takes them."""

import re
from dataclasses import dataclass

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# XML Schema 1.1 Part 2 §3.3.7 to §3.3.11, without years before 1 or after 9999.
LEXICAL = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?P<time>\d\d:\d\d):\d\d(?:\.\d+)?)?)?)?(?P<zone>Z|[+-]\d\d:\d\d)?"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or a time: for machines (HTML §2.3.5), and in words."""

    machine: str
    words: str


def moment(lexical: str) -> Moment | None:
    """The moment that a literal of xsd:date, xsd:dateTime, xsd:gYearMonth or xsd:gYear names.

    None for what these types do not allow, or nobody would write.
    """
    found = LEXICAL.fullmatch(lexical)
    if found is None:
        return None
    year, month, day, time, zone = found.group("year", "month", "day", "time", "zone")
    words = str(int(year))
    if month is not None:
        if not 1 <= int(month) <= 12:
            return None
        words = f"{MONTHS[int(month) - 1]} {words}"
    if day is not None:
        if not 1 <= int(day) <= 31:
            return None
        words = f"{int(day)} {words}"
    if time is None:
        # HTML has no date with a time zone.
        return Moment(lexical.removesuffix(zone or ""), words)
    named = {"Z": " UTC", "+00:00": " UTC", None: ""}.get(zone, f" (UTC {zone})")
    return Moment(lexical, f"{words}, {time}{named}")
