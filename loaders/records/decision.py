"""A decision: what bodies decided, and on which day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.records.claim import Claim
from loaders.records.weekday import check_weekday


@dataclass(frozen=True, slots=True)
class Decision:
    """`by` are keys of organisations, `decided` the paths of what was decided (`loaders.topics`).

    `weekday` is what the source calls the day: `on` has to fall on it.
    """

    key: str
    title: str
    on: date | None = None
    weekday: str | None = None
    by: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()
    not_known: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        check_weekday(self.on, self.weekday)

    def claims(self) -> Iterator[Claim]:
        """Its key."""
        yield Claim("duplicate-key", "decision", self.key)
