"""A strategy: what bodies mean to do, with its vision and its lists of missions and principles."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.issues import Fault
from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Strategy:
    """`vision` is what its vision is called; the words of one are statements.

    `defines` names the concept schemes that it set up: missions, principles, ambitions. `under` and
    `replaced_by` are keys of strategies.
    """

    key: str
    title: str
    description: str | None = None
    vision: str | None = None
    defines: tuple[str, ...] = ()
    replaced_by: str | None = None
    under: str | None = None
    not_known: str | None = None
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.key in (self.replaced_by, self.under):
            raise Fault(
                "self-reference",
                "The strategy is said to stand under itself, or to be replaced by itself.",
                value=self.key,
            )

    def claims(self) -> Iterator[Claim]:
        """Its key."""
        yield Claim("duplicate-key", "strategy", self.key)
