"""A data service: operations by which programs get at data, such as an API."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from loaders.issues import Fault
from loaders.records.claim import Claim
from loaders.records.party import Party
from loaders.records.text import Text


@dataclass(frozen=True, slots=True)
class DataService:
    """One data service as one catalogue describes it (DCAT 3, section 6.9).

    `key` is its code in the catalogue. `endpoint` is the address at which it is called,
    `documentation` holds addresses of descriptions of its operations, `serves` the IRIs of
    datasets. `licence` and `themes` are IRIs; `access` and `status` are notations of the schemes
    `access-right` and `data-service-status`. `contact` names a team, never a person.
    """

    key: str
    titles: tuple[Text, ...]
    descriptions: tuple[Text, ...] = ()
    publisher: Party | None = None
    licence: str | None = None
    licence_stated: str | None = None
    landing_page: str | None = None
    endpoint: str | None = None
    documentation: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    status: str | None = None
    keywords: tuple[Text, ...] = ()
    themes: tuple[str, ...] = ()
    issued: date | datetime | None = None
    modified: date | datetime | None = None
    access: str | None = None
    contact: str | None = None
    identifiers: tuple[str, ...] = ()
    version: str | None = None

    def __post_init__(self) -> None:
        if not self.titles:
            raise Fault("missing-value", "The data service has no name, and each one needs one.")

    def claims(self) -> Iterator[Claim]:
        """Its key."""
        yield Claim("duplicate-key", "data-service", self.key)
