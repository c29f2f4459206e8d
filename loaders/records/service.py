"""A service: something that an organisation does for people or businesses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from loaders.issues import Fault
from loaders.records.claim import Claim
from loaders.records.party import Party


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to a service: the address of a page, and what can be done there.

    `interaction` is a notation of the scheme `interaction-type`. `key` tells a channel without one
    from the others of its service, where their order does not.
    """

    page: str
    interaction: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What a service costs, in words or as an amount. `currency` is a code of ISO 4217."""

    description: str | None = None
    amount: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """How a team is reached; never a person. `title` says which team it is."""

    title: str | None = None
    telephone: str | None = None
    email: str | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """When a service is open: on `days` (English names such as `Monday`), between two times."""

    days: tuple[str, ...] = ()
    opens: time | None = None
    closes: time | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """One service as one source describes it.

    `key` is its code in the source. `types` are IRIs of concepts, `areas` GSS codes, `locations`
    codes of places in the same source, `status` a notation of the scheme `service-status`.
    """

    key: str
    name: str
    description: str | None = None
    provider: Party | None = None
    responsible: Party | None = None
    types: tuple[str, ...] = ()
    status: str | None = None
    areas: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    costs: tuple[Cost, ...] = ()
    contacts: tuple[Contact, ...] = ()
    hours: tuple[Hours, ...] = ()
    locations: tuple[str, ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    modified: date | datetime | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        youngest, oldest = self.minimum_age, self.maximum_age
        if youngest is not None and oldest is not None and oldest < youngest:
            raise Fault(
                "dates-out-of-order",
                f"The service is for people up to {oldest}, who are younger than {youngest}.",
                value=str(oldest),
            )

    def claims(self) -> Iterator[Claim]:
        """Its key."""
        yield Claim("duplicate-key", "service", self.key)


@dataclass(frozen=True, slots=True)
class LocalLink:
    """That a council has a page for a service of a kind: a service, in part.

    Several links of one council and one kind of service make one service with several channels, so
    a link claims its channel alone.
    """

    service: Service

    def claims(self) -> Iterator[Claim]:
        """What can be done of the service, which one page is for; else the page itself."""
        for channel in self.service.channels:
            told = f"interaction {channel.interaction}" if channel.interaction else channel.page
            yield Claim("duplicate-key", "link", f"{self.service.key}, {told}")
