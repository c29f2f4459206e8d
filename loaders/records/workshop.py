"""A workshop: people meet, in a room or online, to work on a strategy's missions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.records.claim import Claim
from loaders.records.weekday import check_weekday


@dataclass(frozen=True, slots=True)
class Workshop:
    """`mode` is a notation of `event-mode`, `missions` the paths of missions (`loaders.topics`).

    `facilitated_by` are keys of organisations. `weekday` is what the source calls the day: `on` has
    to fall on it.
    """

    key: str
    title: str
    on: date | None = None
    weekday: str | None = None
    description: str | None = None
    mode: str | None = None
    missions: tuple[str, ...] = ()
    facilitated_by: tuple[str, ...] = ()
    informs: tuple[str, ...] = ()
    not_known: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        check_weekday(self.on, self.weekday)

    def claims(self) -> Iterator[Claim]:
        """Its key."""
        yield Claim("duplicate-key", "workshop", self.key)
