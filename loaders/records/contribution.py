"""A contribution: a thing supports a mission or a principle of a strategy, and who says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.issues import Fault
from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Contribution:
    """That `contributor` (a path) contributes to a mission, to a principle, or to both.

    `mission` is the year of the strategy and a notation in its scheme of missions, as in
    `2022/1`; `principle` a notation of `principle-2022`; `basis` one of `contribution-basis`;
    `by` the key of the organisation that says so.
    """

    key: str
    contributor: str
    mission: str | None = None
    principle: str | None = None
    basis: str = "asserted"
    rationale: str | None = None
    by: str | None = None
    on: date | None = None
    source: str | None = None
    visible_to: str | None = None

    def __post_init__(self) -> None:
        if not (self.mission or self.principle):
            raise Fault("missing-value", "The contribution is to no mission and to no principle.")

    def claims(self) -> Iterator[Claim]:
        """Its key."""
        yield Claim("duplicate-key", "contribution", self.key)
