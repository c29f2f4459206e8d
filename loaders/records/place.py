"""A place: where a service is to be had, such as a library or a clinic."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Place:
    """One place. `key` is its code in the source; `address` holds its lines, without the postcode.

    `latitude` and `longitude` are decimal degrees of WGS 84; `within` is the GSS code of an area.
    `is_mention` is True where the source tells of something else, such as a service, and of the
    place in passing.
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
    is_mention: bool = False

    def claims(self) -> Iterator[Claim]:
        """Its key, which no other place may have; the same place may be told of more than once.

        Many services are to be had at one place and may each tell of it in a way of their own. That
        is noted of mentions, and what they say is united: to withhold the place because two of them
        differ would leave all of them at a place that nothing is said of.
        """
        rule = "told-otherwise" if self.is_mention else "shared-identifier"
        yield Claim(rule, "place", self.key)
