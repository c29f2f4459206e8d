"""Lengths of time as people say them."""

import re

# XML Schema 1.1 Part 2 §3.4.26 (yearMonthDuration) and §3.4.27 (dayTimeDuration), none below zero.
YEARS_AND_MONTHS = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?", re.ASCII)
DAYS_AND_TIME = re.compile(
    r"P(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.ASCII
)
NAMES = ("day", "hour", "minute", "second")


def period(lexical: str) -> str | None:
    """The length of time that a literal of xsd:yearMonthDuration or xsd:dayTimeDuration names.

    Twelve months are said as a year; days are said as they are written, for how many make a month
    is not told. None for what neither type allows, and for what is below zero.
    """
    found = YEARS_AND_MONTHS.fullmatch(lexical)
    if found is not None:
        months = 12 * int(found[1] or 0) + int(found[2] or 0)
        return _said([(str(months // 12), "year"), (str(months % 12), "month")])
    found = DAYS_AND_TIME.fullmatch(lexical)
    if found is None:
        return None
    return _said([(part or "0", name) for part, name in zip(found.groups(), NAMES, strict=True)])


def _said(parts: list[tuple[str, str]]) -> str:
    said = [
        f"{number.lstrip('0') or '0'} {name}{'' if float(number) == 1 else 's'}"
        for number, name in parts
        if float(number)
    ]
    return " ".join(said) or "no time"
