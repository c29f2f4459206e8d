"""A processing activity: an entry of the record that Article 30 of the UK GDPR asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.identity import code_slug
from loaders.records.claim import Claim
from loaders.records.entry import Entry
from loaders.records.lawfulness import NOT_RECORDED, Lawfulness
from loaders.records.remarks import NO_REMARKS, Remarks


@dataclass(frozen=True, slots=True)
class ProcessingActivity:
    """What `controller` does with personal data, for which purpose. Organisations are keys.

    `recipients` are categories of them in words, `services` paths of services. None of a flag is
    “not recorded”.

    `is_part` is True where a source without references tells of one activity in several records,
    each of which says part of it: all that they say is said of the activity.
    """

    controller: str
    ref: str
    name: str
    purpose: str
    joint_controllers: tuple[str, ...] = ()
    processors: tuple[str, ...] = ()
    assets: tuple[Entry, ...] = ()
    lawfulness: Lawfulness = NOT_RECORDED
    recipients: tuple[str, ...] = ()
    rule: Entry | None = None
    leaves_uk: bool | None = None
    safeguard: str | None = None
    security: str | None = None
    is_high_risk: bool | None = None
    is_automated: bool | None = None
    services: tuple[str, ...] = ()
    privacy_notice: str | None = None
    remarks: Remarks = NO_REMARKS
    is_part: bool = False

    def claims(self) -> Iterator[Claim]:
        """Its reference, as its IRI has it; of a part, what the activity is called."""
        key = f"{self.controller}/{code_slug(self.ref)}"
        if self.is_part:
            yield Claim("told-otherwise", "processing activity", key, self.name)
        else:
            yield Claim("duplicate-key", "processing activity", key)
