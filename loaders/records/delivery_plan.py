"""A delivery plan: how a strategy is to be carried out, over some years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.issues import Fault
from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class DeliveryPlan:
    """`strategy` is a strategy's key; `derived_from` are the paths of what else it was made of.

    `years` is how many it spans; `began` and `ends` are its first and its last day.
    """

    key: str
    title: str
    strategy: str | None = None
    derived_from: tuple[str, ...] = ()
    years: int | None = None
    began: date | None = None
    ends: date | None = None
    not_known: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        if self.began and self.ends:
            if self.ends < self.began:
                raise Fault(
                    "dates-out-of-order",
                    f"The plan ends on {self.ends}, before it begins on {self.began}.",
                    "until",
                    str(self.ends),
                )
            if self.years is not None and _whole_years(self.began, self.ends) != self.years:
                raise Fault(
                    "contradictory-values",
                    f"From {self.began} to {self.ends} is not {self.years} years to the day.",
                    "years",
                    str(self.years),
                )

    def claims(self) -> Iterator[Claim]:
        """Its key."""
        yield Claim("duplicate-key", "delivery-plan", self.key)


def _whole_years(began: date, ends: date) -> int | None:
    """How many years lie between two days, both counted; None where they are not whole ones."""
    if ends == date.max:  # no day of the calendar comes after it
        return None
    after = date.fromordinal(ends.toordinal() + 1)
    if (after.month, after.day) != (began.month, began.day):
        return None
    return after.year - began.year
