"""A disposal: an information asset, or part of it, was destroyed or handed over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.identity import code_slug
from loaders.records.claim import Claim
from loaders.records.entry import Entry


@dataclass(frozen=True, slots=True)
class Disposal:
    """What `organisation` (its key) did with `asset` on a day.

    `action` is a notation of `disposal-action`; `evidence` says in words where the proof is.
    """

    organisation: str
    ref: str
    asset: Entry
    disposed: date
    action: str | None = None
    evidence: str | None = None
    note: str | None = None
    visible_to: str | None = None

    def claims(self) -> Iterator[Claim]:
        """Its reference, as its IRI has it."""
        yield Claim("duplicate-key", "disposal", f"{self.organisation}/{code_slug(self.ref)}")
