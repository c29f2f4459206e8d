"""The weekday that a source names beside a date: proof that the date was read as it was meant."""

from datetime import date

from loaders.issues import Fault

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def check_weekday(on: date | None, weekday: str | None) -> None:
    """Refuse a date that does not fall on the weekday that its source names.

    Raises:
        Fault: it falls on another, or the date is not known; the record is to be left out.
    """
    if weekday is None:
        return
    if on is None:
        raise Fault(
            "missing-value",
            f"The source says “{weekday}”, and no date is given by which to prove it.",
            "on",
        )
    proved = _WEEKDAYS[on.weekday()]
    if proved.casefold() != weekday.casefold():
        raise Fault(
            "contradictory-values",
            f"{on} is a {proved}, and the source says “{weekday}”: one of the two is wrong.",
            "weekday",
            weekday,
        )
