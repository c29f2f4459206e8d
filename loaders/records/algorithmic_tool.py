"""An algorithmic tool: software that makes, or helps to make, decisions about people."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.identity import code_slug
from loaders.records.claim import Claim
from loaders.records.entry import Entry
from loaders.records.remarks import NO_REMARKS, Remarks


@dataclass(frozen=True, slots=True)
class AlgorithmicTool:
    """One tool that `organisation` (its key) operates.

    `status` is a notation of `system-status`. `transparency_record` is the web address of its
    record under the Algorithmic Transparency Recording Standard, `engagement` that of a page on how
    people were asked about it.
    """

    organisation: str
    ref: str
    title: str
    description: str | None = None
    assets: tuple[Entry, ...] = ()
    services: tuple[str, ...] = ()
    status: str | None = None
    transparency_record: str | None = None
    engagement: str | None = None
    remarks: Remarks = NO_REMARKS

    def claims(self) -> Iterator[Claim]:
        """Its reference, as its IRI has it."""
        yield Claim(
            "duplicate-key", "algorithmic tool", f"{self.organisation}/{code_slug(self.ref)}"
        )
