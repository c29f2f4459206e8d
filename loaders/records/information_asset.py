"""An information asset: a body of information that an organisation manages as one unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.identity import code_slug
from loaders.issues import Fault
from loaders.records.claim import Claim
from loaders.records.entry import Entry


@dataclass(frozen=True, slots=True)
class InformationAsset:
    """One entry of an organisation's register.

    `holder` is the key of the organisation whose register it is, `ref` the entry's reference there.
    `owner`, `steward` and `custodian` are titles of posts, never people's names; `unit` and
    `system` names. `personal_data`, `classification`, `disposal`, `format` and the members of
    `legal_bases` are notations of the schemes of those names. None is “not recorded”, everywhere.

    `systems` are entries of lists of systems, as `system` is a name; `rule` is an entry of a
    retention schedule, whose period runs from `retention_start`. `access` is a notation of
    `access-right`, `visible_to` of `audience`, `schedule_one` are ones of `schedule-1-condition`,
    `holds` and `authoritative_for` of `data-element`. `datasets` and `services` are paths.
    """

    holder: str
    ref: str
    name: str
    description: str | None = None
    owner: str | None = None
    steward: str | None = None
    custodian: str | None = None
    unit: str | None = None
    system: str | None = None
    format: str | None = None
    format_stated: str | None = None
    personal_data: str | None = None
    legal_bases: tuple[str, ...] = ()
    classification: str | None = None
    retention: str | None = None
    disposal: str | None = None
    shared_with: tuple[str, ...] = ()
    is_open: bool | None = None
    risk: str | None = None
    reviewed: date | None = None
    next_review: date | None = None
    source: str | None = None
    systems: tuple[Entry, ...] = ()
    schedule_one: tuple[str, ...] = ()
    access: str | None = None
    access_reason: str | None = None
    rule: Entry | None = None
    retention_start: date | None = None
    value: str | None = None
    criticality: str | None = None
    identifiability: str | None = None
    data_subjects: tuple[str, ...] = ()
    data_categories: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    authoritative_for: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    derived_from: tuple[Entry, ...] = ()
    datasets: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    visible_to: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        own = (self.holder, code_slug(self.ref))
        for each in self.derived_from:
            if (each.organisation, code_slug(each.ref)) == own:
                raise Fault(
                    "self-reference",
                    "The asset is said to be derived from itself.",
                    "derived-from",
                    "/".join(each),
                )

    def claims(self) -> Iterator[Claim]:
        """Its reference in the register, as its IRI has it."""
        yield Claim("duplicate-key", "information asset", f"{self.holder}/{code_slug(self.ref)}")
