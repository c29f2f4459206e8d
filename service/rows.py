"""Rows of files, by the fragments that name them (RFC 7111, section 2).

For sheets and items there is no such standard: theirs are as `loaders.origins` makes them.
"""

import re
from urllib.parse import unquote

_FRAGMENT = re.compile(r"(?:sheet=(?P<sheet>[^&=]+)&)?(?P<unit>row|item|record)=(?P<number>\d+)")


def row_of(iri: str) -> tuple[str, str] | None:
    """The snapshot of a file, and what a person calls the row of it; None for another IRI."""
    snapshot, _, fragment = iri.partition("#")
    found = _FRAGMENT.fullmatch(fragment)
    if found is None or "/.well-known/genid/" not in snapshot:
        return None
    told = f"{found['unit']} {found['number']}"
    return snapshot, f"{told} of the sheet “{unquote(found['sheet'])}”" if found["sheet"] else told
