"""A party: who is meant where a source names an organisation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """The key of an organisation of ours, where it is known, and the words of the source."""

    key: str | None
    stated: str | None = None

    def __post_init__(self) -> None:
        if not (self.key or self.stated):
            raise ValueError("a party needs a key or words")
