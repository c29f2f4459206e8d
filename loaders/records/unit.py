"""A unit: a part of an organisation, such as a directorate, a service or a team."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.identity import name_slug
from loaders.issues import Fault
from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of `organisation` (its key). `parent` is the name of the unit that it is part of."""

    organisation: str
    name: str
    parent: str | None = None
    description: str | None = None
    source: str | None = None
    visible_to: str | None = None

    def __post_init__(self) -> None:
        if self.parent and name_slug(self.parent) == name_slug(self.name):
            raise Fault(
                "self-reference", "The unit is said to be part of itself.", "parent", self.parent
            )

    def claims(self) -> Iterator[Claim]:
        """Its name within the organisation, as its IRI has it."""
        yield Claim("duplicate-key", "unit", f"{self.organisation}/{name_slug(self.name)}")
