"""An information sharing agreement: who gives which information to whom, and what for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.identity import code_slug
from loaders.issues import Fault
from loaders.records.claim import Claim
from loaders.records.entry import Entry
from loaders.records.order_of_days import check_order
from loaders.records.remarks import NO_REMARKS, Remarks


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement. `providers` and `recipients` are organisations' keys.

    `processing` are processing activities, `legal_powers` web addresses of statutes, `services`
    paths of services; `status` is a notation of `agreement-status`. It is in force from `began` to
    `ended`, both days included. What ends in `_stated` are words of the source, those of parties
    standing beside their keys or, where nobody knows which organisation is meant, in their place.
    `parties` are keys of those of whom the source does not say whether they give or get.

    `is_part` is True where the source tells of one agreement in several records, each of which
    says part of it: they need not say the same, and all that they say is said of the agreement.
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
    description: str | None = None
    versions: tuple[str, ...] = ()
    providers_stated: tuple[str, ...] = ()
    recipients_stated: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    parties_stated: tuple[str, ...] = ()
    bases_stated: tuple[str, ...] = ()
    is_part: bool = False

    def __post_init__(self) -> None:
        check_order(self.began, self.ended, "agreement", "until")
        if self.parties_stated:
            return
        if not (self.providers or self.providers_stated):
            raise Fault("missing-value", "Nobody is said to give information under the agreement.")
        if not (self.recipients or self.recipients_stated):
            raise Fault("missing-value", "Nobody is said to get information under the agreement.")

    def claims(self) -> Iterator[Claim]:
        """Its reference, as its IRI has it; of a part, what the agreement is called besides."""
        if self.is_part:
            yield Claim("told-otherwise", "agreement", code_slug(self.ref), self.title)
        else:
            yield Claim("duplicate-key", "agreement", code_slug(self.ref))
