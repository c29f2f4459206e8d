"""The rows of a workbook of gaps: the columns that identify a thing, and the check of a row.

The check is a text that the service writes at the end of a row, and the loaders read: a digest of
what the row is about, then one for each cell that held something. With it a changed cell is told
from one that was filled in, by whoever has the workbook alone. It is no signature: whoever means
to can write another.
"""

import hashlib
from collections.abc import Mapping
from typing import Final

SHEET: Final = "Gaps"
GUIDE: Final = "How to fill this in"
LISTS: Final = "Lists"
THING, KIND, ORGANISATION, TITLE = "thing", "kind", "organisation", "title"
VISIBLE_TO: Final = "visible-to"
CHECK: Final = "row-check"
IDENTITY: Final = (THING, KIND, ORGANISATION, TITLE, VISIBLE_TO)
_FIGURES = 12
_VERSION = "gaps-1"


def settled(text: str) -> str:
    """A text with its white space in order, as digests are made of it."""
    return " ".join(text.split())


def row_check(identity: Mapping[str, str], recorded: Mapping[str, str]) -> str:
    """The check of a row: of the cells that identify its thing, and of those that hold a value.

    `identity` has the columns `IDENTITY`, `recorded` further columns with what they show; a cell
    that shows nothing is not among them.
    """
    thing = identity[THING]
    cells = [f"{column}={_digest(thing, column, text)}" for column, text in recorded.items()]
    about = [settled(identity.get(each, "")) for each in IDENTITY]
    return " ".join((_VERSION, _digest(*about, *cells), *cells))


def changed_columns(
    identity: Mapping[str, str], cells: Mapping[str, str], check: str
) -> tuple[frozenset[str], frozenset[str]] | None:
    """The columns that held a value when the row was made, and those of them that changed since.

    None where the check is not that of a row about this thing.
    """
    version, _, rest = settled(check).partition(" ")
    own, *listed = rest.split(" ")
    about = [settled(identity.get(each, "")) for each in IDENTITY]
    if version != _VERSION or own != _digest(*about, *listed):
        return None
    stated = {column: digest for column, _, digest in (each.partition("=") for each in listed)}
    changed = {
        column
        for column, digest in stated.items()
        if _digest(identity[THING], column, cells.get(column, "")) != digest
    }
    return frozenset(stated), frozenset(changed)


def _digest(*texts: str) -> str:
    joined = "\n".join(settled(each) for each in texts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:_FIGURES]
