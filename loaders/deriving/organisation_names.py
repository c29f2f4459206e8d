"""Whom words mean: the one organisation of those described that they are a name or a key of."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_APOSTROPHES = re.compile(r"['’‘`´]")
_NO_WORD = re.compile(r"[^0-9a-z]+")
_COUNCIL = re.compile(
    r"(?:(?P<first>[a-z ]+?) (?:(?:metropolitan borough|city|borough|county|district)? ?council"
    r"|mbc|cc|bc|dc)|(?:(?:city|borough|london borough) of )(?P<last>[a-z ]+?)(?: council)?)"
)
_KEY = re.compile(r"[A-Z]{2}-[A-Za-z]+-[A-Za-z0-9.-]+")

CONFIDENCE = {
    "key": Decimal("1"),
    "shared-code": Decimal("1"),
    "name": Decimal("0.95"),
    "other-name": Decimal("0.9"),
    "council-name": Decimal("0.85"),
    "same-name": Decimal("0.7"),
}
"""How sure each method of the scheme `match-method` is, from nought to one."""


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation by its IRI, with its names in every language.

    `is_council` says that it is a local authority, `has_ended` that it is dissolved or replaced.
    """

    iri: str
    key: str
    names: frozenset[str]
    other_names: frozenset[str]
    is_council: bool = False
    has_ended: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """An organisation that words mean, and the method (of `match-method`) that says so."""

    iri: str
    method: str


def normalised(words: str) -> str:
    """Words without what tells no two names apart: case, accents, punctuation, a “the” before."""
    spread = unicodedata.normalize("NFKD", words).casefold().replace("&", " and ")
    letters = spread
    if not spread.isascii():
        letters = "".join(each for each in spread if not unicodedata.combining(each))
    found = _NO_WORD.sub(" ", _APOSTROPHES.sub("", letters)).strip()
    return found.removeprefix("the ")


def council_of(words: str) -> str:
    """The place in the usual forms of a council's name, normalised; nothing where it is no such."""
    found = _COUNCIL.fullmatch(normalised(words))
    return (found["first"] or found["last"]).strip() if found else ""


class Names:
    """The names of organisations, to look up whom words mean.

    Words that would mean two organisations mean neither, unless all but one have ended. A method
    that is less sure is asked only where none before it finds anything.
    """

    def __init__(self, organisations: Iterable[Named]) -> None:
        self._by: dict[str, dict[str, list[Named]]] = {
            method: defaultdict(list) for method in ("key", "name", "other-name", "council-name")
        }
        for each in organisations:
            self._by["key"][each.key].append(each)
            for name in {normalised(name) for name in each.names}:
                self._by["name"][name].append(each)
            for name in {normalised(name) for name in each.other_names}:
                self._by["other-name"][name].append(each)
            if each.is_council:
                for place in set(map(council_of, each.names | each.other_names)) - {""}:
                    self._by["council-name"][place].append(each)

    def meant_by(self, words: str) -> Meant | None:
        """Whom words mean; None where nobody, or where it may be one of several."""
        stripped = words.strip()
        forms = {
            "key": stripped if _KEY.fullmatch(stripped) else "",
            "name": normalised(words),
            "other-name": normalised(words),
            "council-name": council_of(words),
        }
        for method, form in forms.items():
            if form and (found := self._by[method].get(form)):
                one = _the_one_of(found)
                return Meant(one.iri, method) if one else None
        return None


def _the_one_of(found: list[Named]) -> Named | None:
    if len(found) == 1:
        return found[0]
    current = [each for each in found if not each.has_ended]
    return current[0] if len(current) == 1 else None
