"""What a check finds: how bad it is, where, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is."""

    FAULT = "fault"
    WARNING = "warning"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found. `place` is a path in the data directory, or empty for all of it.

    `sentence` says what is the matter and what to do.
    """

    severity: Severity
    place: str
    sentence: str

    def told(self) -> str:
        """The finding as a line."""
        return (
            f"{self.severity:8}{self.place}: {self.sentence}"
            if self.place
            else (f"{self.severity:8}{self.sentence}")
        )


def fault(place: str, sentence: str) -> Finding:
    """What keeps something from working, or tells somebody too much."""
    return Finding(Severity.FAULT, place, sentence)


def warning(place: str, sentence: str) -> Finding:
    """What wants doing some day."""
    return Finding(Severity.WARNING, place, sentence)


def fine(place: str, sentence: str) -> Finding:
    """What is as it should be."""
    return Finding(Severity.FINE, place, sentence)
