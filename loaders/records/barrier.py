"""A barrier: what keeps information from being shared or used."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.identity import code_slug
from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Barrier:
    """One barrier of a type (scheme `barrier-type`) to the things whose paths `blocks` gives.

    `mitigated_by` is the path of a delivery action, `status` a notation of `work-status`.
    """

    ref: str
    title: str
    barrier_type: str
    blocks: tuple[str, ...] = ()
    mitigated_by: str | None = None
    status: str | None = None
    description: str | None = None
    note: str | None = None
    source: str | None = None

    def claims(self) -> Iterator[Claim]:
        """Its reference, as its IRI has it."""
        yield Claim("duplicate-key", "barrier", code_slug(self.ref))
