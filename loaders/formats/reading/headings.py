"""Columns that go by many headings, compared by their words alone.

No two bodies head their registers alike. What asks for a person is known as such and never loaded.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.formats.reading.delimited import Columns
from loaders.issues import Fault
from loaders.values import words

PERSONS = (
    *("contact", "contact name", "contact details", "contact email", "contact number", "email"),
    *("email address", "telephone", "telephone number", "phone", "phone number", "completed by"),
    *("reviewed by", "updated by"),
)
"""Headings of columns in which persons stand, whatever the register is of."""

_CONTACT = re.compile(
    r"\b(?:contacts?|e ?mails?|tel|telephone|phone|mobile|surname|forename|(?:first|last)"
    r" names?|names? of (?:person|officer|staff)|named (?:person|officer))\b"
)
_NAMED = re.compile(r"\b(?:names?|named|persons?|individuals?)\b")
_IN_CHARGE = re.compile(
    r"\b(?:owners?|stewards?|custodians?|administrators?|managers?|iao|iaa|iam|leads?|reviewers?"
    r"|authors?|approvers?|reviewed|completed|updated|approved)\b"
)


@dataclass(frozen=True, slots=True)
class Headings(Columns):
    """Columns whose headings are compared by their words alone; `by_words` gives each its column.

    What stands in brackets, or asks for yes or no, is left away where the heading is not known with
    it: `Contains personal data? (Y/N)`. A heading that asks for a person's name or contact, in
    brackets or not, stands for itself and is ignored: `Information Asset Owner (full name)`.
    """

    by_words: Mapping[str, str] = field(default_factory=dict)

    def name(self, heading: str) -> str:
        """The column that a heading means; the heading, its white space in order, if none."""
        if self.by_words.get(folded(heading)) is None and self._asks_for_person(heading):
            return words(heading)
        for said in (heading, re.sub(r"\([^)]*\)|\[[^]]*\]", " ", heading)):
            heard = re.sub(r" (?:y n|yes no|yes or no)$", "", folded(said))
            if found := self.by_words.get(heard):
                return found
        return words(heading)

    def remarks(self, header: Sequence[str]) -> Iterator[Fault]:
        """What is odd about a header: not what asks for persons, which is known as such."""
        unasked = [each for each in header if not self._asks_for_person(each)]
        yield from Columns.remarks(self, unasked)

    def _asks_for_person(self, heading: str) -> bool:
        said = folded(heading)
        if said in self.by_words:
            return said in self.ignored
        return bool(_CONTACT.search(said) or (_NAMED.search(said) and _IN_CHARGE.search(said)))


def headings_of(
    aliases: Mapping[str, Sequence[str]], required: tuple[str, ...], ignored: tuple[str, ...]
) -> Headings:
    """The columns `aliases`, each with the headings that mean it beside its own name.

    Aliases and ignored headings are words in small letters, with one space between them.
    """
    return Headings(
        required=required,
        optional=tuple(each for each in aliases if each not in required),
        ignored=ignored,
        by_words={
            **{each.replace("-", " "): each for each in aliases},
            **{alias: each for each, others in aliases.items() for alias in others},
            **{each: each for each in ignored},
        },
    )


def folded(text: str) -> str:
    """The words of a text in small letters, one space between them."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()
