"""Cells into lengths of time, as ISO 8601 writes them: `P6Y`, `P18M`."""

import re

from loaders.issues import Fault

_PERIOD = re.compile(r"P(?=[0-9])(?:([0-9]{1,3})Y)?(?:([0-9]{1,4})M)?")
_MONTHS = 12


def years_and_months(cell: str) -> int:
    """A length of time in whole months, from years and months alone: `P1Y6M` is 18.

    Days and weeks are refused: of how many days a month has, and so of when such a period ends,
    nothing could be computed for certain. So is nought, which is no length of time.
    """
    found = _PERIOD.fullmatch(cell)
    if not found:
        raise Fault(
            "bad-period",
            f"“{cell}” is not a length of time in years and months, such as P6Y or P18M.",
        )
    months = int(found[1] or 0) * _MONTHS + int(found[2] or 0)
    if not months:
        raise Fault("bad-period", f"“{cell}” is no time at all: give one month or more.")
    return months
