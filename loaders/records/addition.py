"""What a publisher adds to a thing that another source describes: answers to what it left open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.records.claim import Claim

if TYPE_CHECKING:
    from loaders.records import Record


@dataclass(frozen=True, slots=True)
class Addition:
    """Answers of one row about one thing.

    `thing` is its path below `{base}id/`. `whole` is a record of the answers and of what every
    record of its kind needs, `bare` is the same without the answers: what `whole` states beyond
    `bare` is what is added. `answers` are the columns that were filled in, each with its cell.
    """

    thing: str
    whole: Record
    bare: Record
    answers: tuple[tuple[str, str], ...]

    def claims(self) -> Iterator[Claim]:
        """Each of its answers: no other row may answer otherwise."""
        for column, cell in self.answers:
            value = f"{column} of {self.thing}"
            yield Claim("contradictory-values", "answer", value, cell, column)
