"""A change event: bodies end, begin, merge or take another form."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.issues import Fault
from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """What happened on `on`: `before` and `after` are the keys of the organisations it changed."""

    key: str
    title: str
    on: date | None
    before: tuple[str, ...]
    after: tuple[str, ...]
    source: str | None = None

    def __post_init__(self) -> None:
        if not (self.before or self.after):
            raise Fault("missing-value", "The event names no organisation, before or after.")
        if both := set(self.before) & set(self.after):
            raise Fault(
                "self-reference",
                f"{', '.join(sorted(both))} stands both before and after the event.",
            )

    def claims(self) -> Iterator[Claim]:
        """Its key."""
        yield Claim("duplicate-key", "change-event", self.key)
