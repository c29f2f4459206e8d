"""A sharing project: bodies work towards an agreement to share information."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.identity import code_slug
from loaders.records.claim import Claim
from loaders.records.remarks import NO_REMARKS, Remarks


@dataclass(frozen=True, slots=True)
class SharingProject:
    """One project, at a `stage` (scheme `sharing-project-stage`), of `partners` (their keys).

    `results_in` is the reference of an agreement of the same source.
    """

    ref: str
    title: str
    stage: str | None = None
    partners: tuple[str, ...] = ()
    purpose: str | None = None
    results_in: str | None = None
    remarks: Remarks = NO_REMARKS

    def claims(self) -> Iterator[Claim]:
        """Its reference, as its IRI has it."""
        yield Claim("duplicate-key", "sharing project", code_slug(self.ref))
