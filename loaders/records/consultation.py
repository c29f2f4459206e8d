"""A consultation: bodies ask for views, from one day to another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.issues import Fault
from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Consultation:
    """`planned_end` is the last day as announced, `closed` the day on which it did close.

    `groups` are notations of the scheme `stakeholder-group`, `by` keys of organisations, `informs`
    the paths of what its results went into (`loaders.topics`).
    """

    key: str
    title: str
    opened: date | None = None
    planned_end: date | None = None
    closed: date | None = None
    groups: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    informs: tuple[str, ...] = ()
    not_known: str | None = None
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for end in (self.planned_end, self.closed):
            if self.opened and end and end < self.opened:
                raise Fault(
                    "dates-out-of-order",
                    f"The consultation ends on {end}, before it opens on {self.opened}.",
                    value=str(end),
                )

    def claims(self) -> Iterator[Claim]:
        """Its key."""
        yield Claim("duplicate-key", "consultation", self.key)
