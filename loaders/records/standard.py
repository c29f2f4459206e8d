"""A standard: what something may conform to."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard. `publisher_stated` says in words who publishes it, `page` is a web address."""

    key: str
    title: str
    description: str | None = None
    publisher_stated: str | None = None
    page: str | None = None
    source: str | None = None

    def claims(self) -> Iterator[Claim]:
        """Its key."""
        yield Claim("duplicate-key", "standard", self.key)
