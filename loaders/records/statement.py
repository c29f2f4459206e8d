"""A statement: a sentence or a heading of a document, word for word."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Statement:
    """The words at one place of a document, counted from 1.

    `states` are the paths of what the words are about (`loaders.topics`). `plain_english` says the
    same in words of ours; `text_status` is a notation of the scheme `text-status`; `rights` says
    whose the words are.
    """

    key: str
    document: str
    position: int
    wording: str
    states: tuple[str, ...] = ()
    plain_english: str | None = None
    text_status: str | None = None
    source: str | None = None
    rights: str | None = None

    def claims(self) -> Iterator[Claim]:
        """Its key, and its place in the document, where one statement can stand."""
        yield Claim("duplicate-key", "statement", self.key)
        yield Claim("duplicate-key", "place in a document", f"{self.document}/{self.position}")
