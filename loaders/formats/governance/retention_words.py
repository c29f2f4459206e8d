"""How long something is kept, out of the words of schedules: exactly what is understood.

“6 years + current”, “CFY + 6”, “Closure + 7 years”, “permanent”, “until superseded”. Whatever else
is said stays words: half of a rule understood would be another rule.
"""

import re
from typing import NamedTuple

from loaders.formats.reading.headings import folded

_NUMBERS = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8},
    **{"nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "twenty five": 25},
}
_NUMBER = rf"(?:[0-9]{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_LENGTH = re.compile(rf"({_NUMBER})(?: ({_NUMBER}))? ?(years?|yrs?|y|months?|mths?|m)")
_EVENTS = {
    "closure": (
        *("closure", "case closure", "closure of case", "closure of the case", "case closed"),
        *("the case is closed", "file closure", "closure of file", "closure of the file", "closed"),
        *(
            "date of closure",
            "the file is closed",
            "case closes",
            "the case closes",
            "case is closed",
        ),
    ),
    "date-of-birth": (
        *("date of birth", "dob", "birth", "from date of birth", "date of birth of the child"),
    ),
    "end-of-financial-year": (
        *("current", "current year", "current financial year", "cfy", "end of financial year"),
        *("end of the financial year", "financial year", "end of current financial year"),
        *("the end of the financial year", "financial year end", "year end", "fye"),
        *("end of the current financial year", "the current financial year"),
    ),
    "last-action": (
        *("last action", "last contact", "date of last action", "last entry", "last activity"),
        *("date of last contact", "the last action", "last action on file", "last action on case"),
    ),
    "superseded": (
        *("superseded", "until superseded", "superseded by new version", "when superseded"),
        *("replaced", "until replaced", "date superseded", "being superseded"),
    ),
}
_BY_WORDS = {said: event for event, each in _EVENTS.items() for said in each}
_BEFORE_YEARS_ONLY = frozenset({"current", "current year", "cfy", "current financial year"})
_PERMANENT = frozenset(
    (
        *("permanent", "permanently", "keep permanently", "retain permanently", "indefinitely"),
        *("permanent retention", "permanent preservation", "keep for good", "kept permanently"),
    )
)
_JOINTS = r"(?: ?plus ?| from | after | following | from the | after the | following the | of )"
_EVENT_FIRST = re.compile(rf"(?P<event>.+?)(?: ?plus ?)(?P<length>{_LENGTH.pattern}|{_NUMBER})")
_LENGTH_FIRST = re.compile(rf"(?P<length>{_LENGTH.pattern}){_JOINTS}(?P<event>.+)")
_VERBS = re.compile(r"^(?:retain|keep|kept|retained|hold|held|destroy|delete)(?: for| until)? ")
_MONTHS = 12


class Kept(NamedTuple):
    """What words say of a rule, as far as they are understood.

    The period in whole months, and notations of `retention-trigger` and `disposal-action`.
    """

    period: int | None = None
    trigger: str | None = None
    disposal: str | None = None


def kept_for(text: str) -> Kept:
    """What a rule in words says of period, trigger and disposal; nothing where part is unclear.

    “Current” and “CFY” before or after a “+” mean the financial year that is running: the period
    runs from its end. A bare number after “CFY +” counts years, as nowhere else.
    """
    said = folded(text.replace("+", " plus ").replace("(", " ").replace(")", " "))
    bare = _VERBS.sub("", said)
    if bare in _PERMANENT or said in _PERMANENT:
        return Kept(None, "permanent", "keep")
    if bare in _EVENTS["superseded"]:
        return Kept(None, "superseded")
    if period := months_of(bare):
        return Kept(period)
    if found := _LENGTH_FIRST.fullmatch(bare):
        event, period = event_of(found["event"]), months_of(found["length"])
    elif found := _EVENT_FIRST.fullmatch(bare):
        event = event_of(found["event"])
        period = months_of(found["length"])
        if period is None and found["event"] in _BEFORE_YEARS_ONLY:
            period = months_of(f"{found['length']} years")
    else:
        return Kept()
    return Kept(period, event) if event and period else Kept()


def months_of(text: str) -> int | None:
    """A length of time in whole months: “6 years”, “18 months”, “seven (7) years”."""
    found = _LENGTH.fullmatch(folded(text))
    if not found:
        return None
    first, second = _count(found[1]), _count(found[2]) if found[2] else None
    if second is not None and second != first:
        return None
    return first * (_MONTHS if found[3].startswith("y") else 1) or None


def event_of(text: str) -> str | None:
    """The notation of `retention-trigger` that words mean; None where they mean none of it."""
    return _BY_WORDS.get(folded(text).removeprefix("from ").removeprefix("the ").strip())


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else _NUMBERS[text]
