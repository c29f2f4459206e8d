"""An administration: an organisation governs an area."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Administration:
    """`organisation` (its key) governs the area `area` (its GSS code).

    For sources that tell so much of an organisation and do not say what it is called.
    """

    organisation: str
    area: str

    def claims(self) -> Iterator[Claim]:
        """The area, which few others should govern."""
        yield Claim("shared-area", "area", self.area, self.organisation)
