"""The security classification of a record: what cannot be read might be above OFFICIAL."""

import re
import unicodedata

from loaders.formats.reading.headings import folded
from loaders.formats.reading.row import Row
from loaders.formats.reading.workbook import ERRORS
from loaders.issues import Fault
from loaders.values import one_of

_UNAPPLIED = frozenset({"n a", "na", "not applicable"})
_DASHES = re.compile(r"[\s\u2010-\u2015-]*")
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})  # categories of characters that do not show


def security_classification(row: Row, column: str = "classification") -> str | None:
    """The security classification (a notation of its scheme); None where a column says nothing.

    Raises:
        Fault: the cell says something, and not a level up to OFFICIAL. What it says is not told.
    """
    cell = row.cells.get(column)
    visible = _visible_part("" if cell is None else str(cell))
    if "secret" in "".join(filter(str.isalpha, visible.casefold())):
        raise Fault(
            "above-official",
            "The asset is classified above OFFICIAL, and nothing of that kind is loaded.",
            column,
        )
    is_unreadable = any(fault.field == column for fault in row.withheld)
    if _DASHES.fullmatch(visible) and not is_unreadable:
        if visible.strip():
            row.note("nothing-said", "A dash is loaded as not recorded.", column)
        return None
    said = folded(visible)
    if not is_unreadable and visible.strip() not in ERRORS:
        if said in _UNAPPLIED:
            return "NOT_APPLICABLE"
        if re.fullmatch(r"official sensitive(?: .*)?", said):
            return "OFFICIAL-SENSITIVE"
        if found := _level_of(said):
            return found
    raise Fault(
        "unknown-category",
        "The classification is none of OFFICIAL, OFFICIAL-SENSITIVE and “not applicable”, so that "
        "the asset may be classified above them. Nothing of it is loaded or shown.",
        column,
    )


def _level_of(said: str) -> str | None:
    try:
        return one_of("security-classification")(said)
    except Fault:
        return None


def _visible_part(cell: str) -> str:
    """What of a cell shows: no characters that take no place, compatible ones as one.

    Control characters count as spaces where they are white space, as a line end does.
    """
    return "".join(
        each if each.isspace() else "" if unicodedata.category(each) in _UNSEEN else each
        for each in unicodedata.normalize("NFKC", cell)
    )
