"""What cells of a register say of personal data, and of special categories of them."""

import re

from loaders.formats.reading.headings import folded
from loaders.issues import Fault
from loaders.numbers import yes_or_no

_LEVELS = {
    "none": (
        *("no", "n", "false", "0", "none", "no personal data", "not personal", "non personal"),
        "non personal data",
    ),
    "personal": ("yes", "y", "true", "1", "personal", "personal data"),
    "special-category": (
        *("special category", "special category data", "sensitive personal data"),
        *("special categories", "personal and special category"),
    ),
}
# The kinds of data of Article 9(1) of the UK GDPR, as registers list them.
_SPECIAL = re.compile(
    r"\b(?:special categor\w+|health|medical|ethnic\w*|racial|race|religio\w+|beliefs?"
    r"|politic\w+|trade union\w*|genetic\w*|biometric\w*|sex life|sexual\w*)\b"
)
_YES_NOT_SPECIAL = frozenset(
    (
        *("yes no special category data", "yes not special category", "yes no special category"),
        *("yes not special category data", "yes no special categories"),
    )
)
_DENIED = re.compile(r"\b(?:no|not|non|none|without)\b")


def personal_data_level(cell: str) -> str:
    """The level of personal data that a cell tells (a notation of `personal-data-level`)."""
    said = folded(cell)
    for level, each in _LEVELS.items():
        if said in each:
            return level
    if said.startswith("yes "):
        special = _SPECIAL.search(said)
        if special is None or said in _YES_NOT_SPECIAL:
            return "personal"
        if not _DENIED.search(said, 0, special.start()):
            return "special-category"
    raise Fault(
        "unknown-category",
        f"“{cell}” does not say whether there are personal data: write yes, no or “special "
        "category”.",
    )


def is_special_category(cell: str) -> bool:
    """Whether a cell says that there are special category data."""
    said = folded(cell)
    if said in ("none", "no special category data"):
        return False
    if said.startswith("yes ") or said in _LEVELS["special-category"]:
        return True
    return _names_special(said) or yes_or_no(cell)


def _names_special(said: str) -> bool:
    """Whether a kind of special category data is named, and nothing is denied before it."""
    found = _SPECIAL.search(said)
    return found is not None and not _DENIED.search(said, 0, found.start())
