"""Titles before names, by which somebody is known to be addressed in a text."""

import re

_HONORIFIC = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame|Cllr|Revd?)\b\.?\s+[A-Z]"
    r"|\b(?:MR|MRS|MISS)\b\.?\s+[A-Z]|\b(?:mr|mrs|ms|miss|dr|cllr)\b\.?\s+[a-z]"
)
# A firm that is called after somebody, which a text may call by the name alone afterwards.
_FIRM = re.compile(
    r"\b((?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame)\b\.?\s+[A-Z]\w[\w'’-]+)\s+(?:Limited|Ltd|LLP|PLC|plc)\b"
)


def has_honorific(text: str) -> bool:
    """Whether somebody is addressed in a text, as in “Mrs A Example”.

    A name that the text itself gives a firm, as in “Dr Example Limited”, is nobody's in it.
    """
    if _HONORIFIC.search(text) is None:
        return False
    firms = {found[1] for found in _FIRM.finditer(text)}
    return any(
        not any(_stands_at(name, text, found.start()) for name in firms)
        for found in _HONORIFIC.finditer(text)
    )


def _stands_at(name: str, text: str, place: int) -> bool:
    return text.startswith(name, place) and not text[place + len(name) :][:1].isalnum()
