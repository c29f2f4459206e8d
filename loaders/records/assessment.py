"""An assessment: of what processing, a flow, a system or a tool may do to people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from loaders.identity import code_slug
from loaders.issues import Fault
from loaders.records.claim import Claim
from loaders.records.remarks import NO_REMARKS, Remarks

AssessmentKind = Literal["dpia", "ethics"]
KINDS: tuple[AssessmentKind, ...] = ("dpia", "ethics")


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessment by `organisation` (its key) of what `assesses` gives the paths of.

    `kind` is `dpia` for a data protection impact assessment. `outcome` is a notation of
    `assessment-outcome`, `residual_risk` of `risk-level`; `approved_by` the title of a post.
    """

    organisation: str
    ref: str
    title: str
    kind: AssessmentKind
    assesses: tuple[str, ...]
    outcome: str | None = None
    residual_risk: str | None = None
    assessed: date | None = None
    next_review: date | None = None
    approved_by: str | None = None
    advice: str | None = None
    remarks: Remarks = NO_REMARKS

    def __post_init__(self) -> None:
        if not self.assesses:
            raise Fault("missing-value", "The assessment is of nothing.", "assesses")
        own = f"assessment/{self.organisation}/{code_slug(self.ref)}"
        if own in self.assesses:
            raise Fault(
                "self-reference", "The assessment is said to be of itself.", "assesses", own
            )

    def claims(self) -> Iterator[Claim]:
        """Its reference, as its IRI has it."""
        yield Claim("duplicate-key", "assessment", f"{self.organisation}/{code_slug(self.ref)}")
