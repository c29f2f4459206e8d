"""What a real file is, of which the table of coverage tells."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RealFile:
    """A publisher's file by its place, and the format that reads it."""

    place: str
    format: str
