"""An information sharing agreement: who gives which information to whom, and what for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.identity import code_slug
from loaders.records.claim import Claim
from loaders.records.entry import Entry
from loaders.records.order_of_days import check_order
from loaders.records.remarks import NO_REMARKS, Remarks


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement. `providers` and `recipients` are organisations' keys.

    `processing` are processing activities, `legal_powers` web addresses of statutes, `services`
    paths of services; `status` is a notation of `agreement-status`. It is in force from `began` to
    `ended`, both days included.
    """

    ref: str
    title: str
    providers: tuple[str, ...]
    recipients: tuple[str, ...]
    purpose: str
    benefit: str | None = None
    assets: tuple[Entry, ...] = ()
    processing: tuple[Entry, ...] = ()
    legal_powers: tuple[str, ...] = ()
    began: date | None = None
    ended: date | None = None
    next_review: date | None = None
    status: str | None = None
    is_signed: bool | None = None
    services: tuple[str, ...] = ()
    privacy_notice: str | None = None
    remarks: Remarks = NO_REMARKS

    def __post_init__(self) -> None:
        check_order(self.began, self.ended, "agreement", "until")

    def claims(self) -> Iterator[Claim]:
        """Its reference, as its IRI has it."""
        yield Claim("duplicate-key", "agreement", code_slug(self.ref))
