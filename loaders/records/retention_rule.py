"""A rule of a retention schedule: how long information is kept, and what happens to it then."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.identity import code_slug
from loaders.issues import Fault
from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One rule of the schedule of `organisation` (its key).

    `period` is in whole months, from the event `trigger` (scheme `retention-trigger`); `disposal`
    is a notation of `disposal-action`; `authority` the law or guidance, in words.
    """

    organisation: str
    ref: str
    name: str
    text: str | None = None
    period: int | None = None
    trigger: str | None = None
    disposal: str | None = None
    authority: str | None = None
    source: str | None = None
    visible_to: str | None = None

    def __post_init__(self) -> None:
        if not (self.text or self.period or self.disposal):
            raise Fault(
                "missing-value",
                "The rule says neither how long information is kept nor what happens to it then.",
            )

    def claims(self) -> Iterator[Claim]:
        """Its reference, as its IRI has it."""
        yield Claim("duplicate-key", "retention rule", f"{self.organisation}/{code_slug(self.ref)}")
