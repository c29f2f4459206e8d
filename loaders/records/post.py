"""A post: a job that somebody holds. Who that is, is not recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.identity import name_slug
from loaders.issues import Fault
from loaders.records.claim import Claim
from loaders.records.remarks import NO_REMARKS, Remarks


@dataclass(frozen=True, slots=True)
class Post:
    """A post of `organisation` (its key), in a unit of it that `unit` names.

    `roles` are notations of the scheme `governance-role`. `training_completed` is the day on which
    whoever holds the post last finished the training that its roles need. `mailbox` is an e-mail
    address that a team reads.
    """

    organisation: str
    title: str
    unit: str | None = None
    roles: tuple[str, ...] = ()
    is_filled: bool | None = None
    vacant_since: date | None = None
    training_completed: date | None = None
    mailbox: str | None = None
    remarks: Remarks = NO_REMARKS

    def __post_init__(self) -> None:
        if self.is_filled and self.vacant_since:
            raise Fault(
                "contradictory-values",
                "The post is said to be filled, and to be vacant since a day.",
                "vacant-since",
                str(self.vacant_since),
            )

    def claims(self) -> Iterator[Claim]:
        """Its title within the organisation, as its IRI has it."""
        yield Claim("duplicate-key", "post", f"{self.organisation}/{name_slug(self.title)}")
