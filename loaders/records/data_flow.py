"""A data flow: information moves from one organisation to another, for one purpose."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.identity import code_slug
from loaders.issues import Fault
from loaders.records.claim import Claim
from loaders.records.entry import Entry
from loaders.records.lawfulness import NOT_RECORDED, Lawfulness
from loaders.records.order_of_days import check_order
from loaders.records.remarks import NO_REMARKS, Remarks


@dataclass(frozen=True, slots=True)
class DataFlow:
    """One regular flow of `assets` from `giver` to `taker` (organisations' keys).

    `giver_role` and `taker_role` are notations of `data-protection-role`, `personal_data` of
    `personal-data-level`, `method` of `transfer-method`, `frequency` of `frequency`,
    `identifiability` of the scheme of that name. `agreement` is the reference of an agreement of
    the same source. `datasets` are paths of datasets that flow. `taker_stated` are the words of the
    source for who takes it; where nobody knows which organisation that is, there is no `taker`.
    """

    ref: str
    title: str
    giver: str
    taker: str | None
    assets: tuple[Entry, ...]
    purpose: str
    giver_role: str | None = None
    taker_role: str | None = None
    personal_data: str | None = None
    lawfulness: Lawfulness = NOT_RECORDED
    agreement: str | None = None
    method: str | None = None
    frequency: str | None = None
    is_encrypted: bool | None = None
    leaves_uk: bool | None = None
    safeguard: str | None = None
    services: tuple[str, ...] = ()
    began: date | None = None
    ended: date | None = None
    privacy_notice: str | None = None
    remarks: Remarks = NO_REMARKS
    taker_stated: str | None = None
    datasets: tuple[str, ...] = ()
    identifiability: str | None = None

    def __post_init__(self) -> None:
        if not (self.taker or self.taker_stated):
            raise Fault("missing-value", "Nobody is said to take what flows.")
        if self.giver == self.taker:
            raise Fault(
                "self-reference",
                "The flow is said to go from an organisation to itself.",
                "to",
                self.taker,
            )
        check_order(self.began, self.ended, "flow", "until")

    def claims(self) -> Iterator[Claim]:
        """Its reference, as its IRI has it."""
        yield Claim("duplicate-key", "data flow", code_slug(self.ref))
