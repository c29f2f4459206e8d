"""Cells into numbers, and into yes or no."""

import re
from decimal import Decimal

from loaders.issues import Fault

_WHOLE = re.compile(r"[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,20})?")
_OLDEST = 150
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


def whole_number(cell: str) -> int:
    """A whole number that is not below nought, in figures alone."""
    if not _WHOLE.fullmatch(cell):
        raise Fault("bad-number", f"“{cell}” is not a whole number in figures.")
    return int(cell)


def decimal_number(cell: str) -> Decimal:
    """A decimal number in figures with a point, without a unit or an exponent."""
    if not _DECIMAL.fullmatch(cell):
        raise Fault("bad-number", f"“{cell}” is not a number in figures with a decimal point.")
    return Decimal(cell)


def age(cell: str) -> int:
    """An age in whole years; decimals that say nothing are let pass."""
    years = whole_number(re.sub(r"\.0+\Z", "", cell))
    if years > _OLDEST:
        raise Fault("bad-number", f"{years} is no age of a person in years.")
    return years


def latitude(cell: str) -> Decimal:
    """Degrees north of the equator (WGS 84)."""
    return _degrees(cell, 90, "latitude")


def longitude(cell: str) -> Decimal:
    """Degrees east of Greenwich (WGS 84)."""
    return _degrees(cell, 180, "longitude")


def _degrees(cell: str, most: int, name: str) -> Decimal:
    value = decimal_number(cell)
    if abs(value) > most:
        raise Fault("bad-coordinates", f"{cell} is no {name}: it lies beyond {most} degrees.")
    return value


def yes_or_no(cell: str) -> bool:
    """Yes or no, as registers write them. An empty cell is neither: it is not recorded."""
    said = cell.casefold()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise Fault("unknown-category", f"“{cell}” is neither yes nor no.")


def plainly_yes_or_no(cell: str) -> bool:
    """The words “yes” and “no”, as our own formats have them, and no others."""
    if cell not in ("yes", "no"):
        raise Fault("unknown-category", f"“{cell}” is neither yes nor no.")
    return cell == "yes"
