"""A text for people, in a language."""

from typing import NamedTuple


class Text(NamedTuple):
    """Words, and the language that they are in (a tag of RFC 5646)."""

    value: str
    language: str = "en"
