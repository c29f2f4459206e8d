"""An information system: the software, or the cabinet, in which information is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.identity import code_slug
from loaders.issues import Fault
from loaders.records.claim import Claim
from loaders.records.entry import Entry
from loaders.records.remarks import NO_REMARKS, Remarks


@dataclass(frozen=True, slots=True)
class InformationSystem:
    """One entry of the list of systems of `holder` (an organisation's key).

    `hosted_in` is a country's code of three letters, `services` are paths of services, and
    `requires` the systems without which it does not work. `capabilities`, `holds` (scheme
    `data-element`), `status`, `criticality` and `cost_band` are notations.
    """

    holder: str
    ref: str
    name: str
    description: str | None = None
    product: str | None = None
    supplier: str | None = None
    hosted_in: str | None = None
    hosting_note: str | None = None
    capabilities: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    requires: tuple[Entry, ...] = ()
    status: str | None = None
    criticality: str | None = None
    contract_end: date | None = None
    cost_band: str | None = None
    remarks: Remarks = NO_REMARKS

    def __post_init__(self) -> None:
        own = (self.holder, code_slug(self.ref))
        for each in self.requires:
            if (each.organisation, code_slug(each.ref)) == own:
                raise Fault(
                    "self-reference",
                    "The system is said to require itself.",
                    "requires",
                    "/".join(each),
                )

    def claims(self) -> Iterator[Claim]:
        """Its reference, as its IRI has it."""
        yield Claim("duplicate-key", "system", f"{self.holder}/{code_slug(self.ref)}")
