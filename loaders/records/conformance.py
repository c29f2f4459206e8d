"""An assertion of conformance: whether a thing was found to conform to a standard."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.records.claim import Claim
from loaders.records.order_of_days import check_order


@dataclass(frozen=True, slots=True)
class Conformance:
    """What a test of `subject` (a path) against `standard` (a key) came to.

    `result` is a notation of `conformance-result`, `method` of `test-method`. The assertion holds
    to `ended`, that day included.
    """

    key: str
    subject: str
    standard: str
    result: str
    method: str | None = None
    tested: date | None = None
    ended: date | None = None
    evidence: str | None = None
    note: str | None = None
    visible_to: str | None = None

    def __post_init__(self) -> None:
        check_order(self.tested, self.ended, "assertion", "until")

    def claims(self) -> Iterator[Claim]:
        """Its key."""
        yield Claim("duplicate-key", "conformance", self.key)
