"""A place: where a service is to be had, such as a library or a clinic."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Place:
    """One place. `key` is its code in the source; `address` holds its lines, without the postcode.

    `latitude` and `longitude` are decimal degrees of WGS 84; `within` is the GSS code of an area.
    """

    key: str
    name: str | None = None
    description: str | None = None
    address: tuple[str, ...] = ()
    postcode: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    within: str | None = None
    source: str | None = None

    def claims(self) -> Iterator[Claim]:
        """Its key, which no other place may have; the same place may be told of more than once."""
        yield Claim("shared-identifier", "place", self.key)
