"""A text for people, in a language."""

import re
from typing import NamedTuple

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?")


class Text(NamedTuple):
    """Words, and the language that they are in (a tag of RFC 5646)."""

    value: str
    language: str = "en"


def language_of(stated: object) -> str:
    """The language that a publisher states: English where it states none that could be one.

    A tag is a language, with a script and a region where they are told (RFC 5646, section 2.1); any
    other would be refused by the store.
    """
    return stated if isinstance(stated, str) and _TAG.fullmatch(stated) else "en"
