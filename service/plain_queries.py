"""Queries so short and plain that admission need not tell their tokens apart.

Whoever looks one thing up should not pay for what long queries could hide. What stands here is
counted over the whole text, comments and IRIs and all: no token can escape that, however the text
is read. A text that is not plain by these counts is no worse for it; it is read token by token.
"""

import re

LONGEST = 1_000  # no text of that length reaches the bounds of operations and of terms
MOST_TOKENS = 100  # as many patterns as admission lets through
MOST_OPENED = 29
MOST_PREFIX_SIGNS = 32

OPENING = ("(", "[", "{", "<<")
PREFIX_SIGNS = ("!", "-", "+", "^")
# With whitespace, all at which one token can end and another begin.
BOUNDARIES = tuple(".;,/|^~(){}[]<>?$=!*+-&")
# What may hide, change or call something, or be read in two ways, is read with care.
TELLING = ('"', "'", "\\", "SERVICE", "FILTER", "NOW", "RAND", "UUID", "BNODE")

FORM = re.compile(
    r"\s*(?:(?:PREFIX\s+[A-Za-z0-9_-]*:\s*|BASE\s*)<[^<>\"{}|^`\\\x00-\x20]*>\s*)*+"
    r"(SELECT|ASK|CONSTRUCT|DESCRIBE)(?=[\s{*?$(<])",
    re.IGNORECASE,
)


def plain_form(text: str) -> str | None:
    """The form of a plain query, in capitals; None for a text that has to be read with care."""
    if len(text) > LONGEST:
        return None
    capitals = text.upper()
    count = text.count
    if (
        any(each in capitals for each in TELLING)
        or sum(map(count, OPENING)) > MOST_OPENED
        or sum(map(count, PREFIX_SIGNS)) > MOST_PREFIX_SIGNS
        or sum(map(count, BOUNDARIES)) + len(text.split()) > MOST_TOKENS
    ):
        return None
    form = FORM.match(text)
    return form[1].upper() if form is not None else None
