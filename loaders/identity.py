"""Minting IRIs: what a thing's key makes of the base. Keys come from official codes, never names.

`docs/decisions/0002-iris.md` says why each pattern is as it is.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")


def name_slug(words: str) -> str:
    """Words as the last part of an IRI: what is no letter or digit is a hyphen, in small letters.

    Two names that differ in case, accents or punctuation alone are one. A name of which no letter
    from A to Z is left, and something else is lost, becomes the first twelve figures of the SHA-256
    of the name in small letters, since what is left of it would not tell it from others.
    """
    spread = unicodedata.normalize("NFKD", words)
    bare = spread.encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "-", bare.casefold()).strip("-")
    is_lost = any(each.isalnum() and not each.isascii() for each in spread)
    if not words.strip():
        return "unnamed"
    if not found or (is_lost and not re.search("[a-z]", found)):
        name = " ".join(unicodedata.normalize("NFKC", words).casefold().split())
        return hashlib.sha256(name.encode()).hexdigest()[:12]
    return found


def code_slug(code: str) -> str:
    """A code as the last part of an IRI: as it is where its characters allow, else as a name."""
    return code if _CODE.fullmatch(code) else name_slug(code)


@dataclass(frozen=True, slots=True)
class Minter:
    """The IRIs of one data directory, whose base is an absolute IRI that ends in `/`."""

    base: str

    def thing(self, kind: str, *key: str) -> str:
        """A thing: `{base}id/{kind}/{key}`."""
        return f"{self.base}id/{kind}/{'/'.join(key)}"

    def organisation(self, key: str) -> str:
        """An organisation, by its org-id key."""
        return self.thing("organisation", key)

    def area(self, code: str) -> str:
        """An area, by its GSS code."""
        return self.thing("area", code)

    def part(self, source: str, *path: str) -> str:
        """A part that has no key of its own, by the source that states it and the path to it.

        It stands where RDF 1.1 (section 3.5) puts what would otherwise be a blank node.
        """
        steps = "/".join(quote(step, safe="") for step in path)
        return f"{self.base}.well-known/genid/{source}/{steps}"

    def graph(self, source: str) -> str:
        """The named graph of a source."""
        return f"{self.base}graph/{source}"
