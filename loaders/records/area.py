"""An area: a piece of ground with a boundary, known by its GSS code."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.issues import Fault
from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Boundary:
    """Where an area ends: `wkt` is a polygon or several, longitude before latitude (CRS84).

    `year` is that of the boundary, where it is told; `detail` says in words how far the line was
    made simpler, such as “super generalised”.
    """

    wkt: str
    year: int | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """One area. A source that mentions an area in passing gives its code and no name.

    `area_type` is a notation of the scheme `area-type`; `within` the GSS code of a wider area;
    `year` that of the list of codes which has the area, where it is told.
    """

    code: str
    name: str | None = None
    area_type: str | None = None
    within: str | None = None
    source: str | None = None
    year: int | None = None
    boundary: Boundary | None = None

    def __post_init__(self) -> None:
        if self.within == self.code:
            raise Fault(
                "self-reference", "The area is said to lie within itself.", "within", self.code
            )

    def claims(self) -> Iterator[Claim]:
        """Its code, where the record is about the area and does not just mention it."""
        if self.name:
            yield Claim("duplicate-key", "area", self.code)
