"""An information asset: a body of information that an organisation manages as one unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.identity import code_slug
from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class InformationAsset:
    """One entry of an organisation's register.

    `holder` is the key of the organisation whose register it is, `ref` the entry's reference there.
    `owner`, `steward` and `custodian` are titles of posts, never people's names; `unit` and
    `system` names. `personal_data`, `classification`, `disposal`, `format` and the members of
    `legal_bases` are notations of the schemes of those names. None is “not recorded”, everywhere.
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

    def claims(self) -> Iterator[Claim]:
        """Its reference in the register, as its IRI has it."""
        yield Claim("duplicate-key", "information asset", f"{self.holder}/{code_slug(self.ref)}")
