"""A link: the statement that a thing of ours and somebody else's IRI name the same thing."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.records.claim import Claim
from loaders.records.identifier import Kind


@dataclass(frozen=True, slots=True)
class Link:
    """The thing `key` of ours is the thing that `same_as`, an absolute IRI, names."""

    kind: Kind
    key: str
    same_as: str

    def claims(self) -> Iterator[Claim]:
        """The other IRI, which names one thing only."""
        yield Claim("shared-identifier", "link", self.same_as)
