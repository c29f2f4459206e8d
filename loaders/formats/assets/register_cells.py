"""What cells of registers hold: words that say something, and days, without people in them."""

import re
from datetime import date

from loaders.formats.reading.headings import folded
from loaders.formats.reading.row import Row
from loaders.formats.reading.workbook import ERRORS
from loaders.issues import Fault
from loaders.privacy import without_contacts
from loaders.prose import words_of
from loaders.values import Reader, T, date_in_force

_NOTHING = frozenset(
    (
        *("unknown", "not known", "dont know", "don t know", "n k", "tbc", "tbd", "tba"),
        *("to be confirmed", "to be determined", "to be advised", "n a", "na", "not applicable"),
        *("not recorded", "not stated", "none recorded", "not provided", ""),
    )
)
_BRITISH_DAY = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})?")


def says_nothing(cell: str) -> bool:
    """Whether a cell holds but words for “nobody knows”, such as “tbc” or “?”."""
    return folded(cell) in _NOTHING


def said_in(row: Row, column: str, nothing: frozenset[str] = frozenset()) -> str | None:
    """What a cell says, if it says anything; `nothing` is words that do not, beside the usual."""
    cell = row.optional(column, str)
    if cell is None:
        return None
    if cell in ERRORS:
        row.withhold(
            "error-in-cell", f"The cell holds the error {cell} and no value.", column, cell
        )
        return None
    if says_nothing(cell) or folded(cell) in nothing:
        row.note("nothing-said", f"“{cell}” is loaded as not recorded.", column, cell)
        return None
    return cell


def value_of(row: Row, column: str, read: Reader[T]) -> T | None:
    """The value of a cell; None where it says nothing, or is withheld as `read` refuses it."""
    said = said_in(row, column)
    try:
        return None if said is None else read(said)
    except Fault as fault:
        row.withhold(fault.rule, fault.message, column, said)
        return None


def text_of(row: Row, column: str) -> str | None:
    """The words of a cell, unless a person's address or mobile telephone is among them.

    What is withheld for that reason is not repeated in the issue: issues are kept with releases.
    """
    said = said_in(row, column)
    if said is None:
        return None
    told = words_of(said)
    if without_contacts(told) != told:
        row.withhold(
            "contact-of-a-person",
            "The text has an e-mail address or a mobile telephone in it that looks like a "
            "person's; it is not shown here.",
            column,
        )
        return None
    return row.prose(column)


def register_day(cell: str) -> date:
    """A day; the time of one that has a time is left away.

    The British order of day and month is refused: whether 3/4/2025 is in March or in April cannot
    be told from the cell, nor what a spreadsheet has done to it before.
    """
    if _BRITISH_DAY.fullmatch(cell):
        raise Fault(
            "bad-date",
            f"“{cell}” can be read with the day or with the month first: write it YYYY-MM-DD, or "
            "keep it as a date in a workbook.",
        )
    moment = _MOMENT.fullmatch(cell)
    return date_in_force(moment[1] if moment else cell)
