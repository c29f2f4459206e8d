"""What a preview may print of a text: nothing that may be of a person, and no more than a line."""

import re

from loaders.issues import Fault
from loaders.leak_kinds import kinds_of_leak
from loaders.privacy import as_told, without_any_contact

LONGEST = 80
"""How many characters of a text are shown."""
HIDDEN = "…"
_QUOTED = re.compile("“([^“”]*)”")


def masked(text: str) -> str:
    """A text with “…” for what may be of a person, or in its place altogether."""
    told = without_any_contact(text) if kinds_of_leak(text) else text
    told = " ".join(told.split())
    if kinds_of_leak(told):
        return HIDDEN
    return told if len(told) <= LONGEST else f"{told[:LONGEST].rstrip()}{HIDDEN}"


def masked_iri(iri: str) -> str:
    """An IRI with “…” for every step of it that may be of a person."""
    if not kinds_of_leak(iri):
        return iri
    told = "/".join(HIDDEN if kinds_of_leak(each) else each for each in iri.split("/"))
    return told if HIDDEN in told else "/".join([*iri.split("/")[:4], HIDDEN])


def masked_message(message: str) -> str:
    """A message of which what it quotes is as it may be shown."""
    return _QUOTED.sub(lambda found: f"“{masked(found[1])}”", message)


def masked_cell(column: str, text: str) -> str:
    """A cell as it may be shown: of a column that bears persons, nothing."""
    _, told, _ = as_told(Fault("missing-value", "", column, text))
    return masked(told) if told else HIDDEN
