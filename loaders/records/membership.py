"""A membership: one organisation belongs to another, in a role, for a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.issues import Fault
from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Membership:
    """`member` belongs to `organisation` (both organisation keys).

    `role` is a notation of the scheme `membership-role`.
    """

    member: str
    organisation: str
    role: str
    began: date | None = None
    ended: date | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        if self.member == self.organisation:
            raise Fault(
                "self-reference",
                "The body is said to be a member of itself.",
                "organisation",
                self.member,
            )
        if self.began and self.ended and self.ended < self.began:
            raise Fault(
                "dates-out-of-order",
                f"The membership ends on {self.ended}, before it begins on {self.began}.",
                value=str(self.ended),
            )

    def claims(self) -> Iterator[Claim]:
        """Role, organisation and member together."""
        yield Claim(
            "duplicate-key", "membership", f"{self.role} of {self.organisation}: {self.member}"
        )
