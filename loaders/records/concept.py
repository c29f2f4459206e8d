"""Concepts of other people's lists, such as the functions and services of local government."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.issues import Fault
from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept, known by the IRI that its own publisher gave it, in the scheme `scheme`.

    `broader` are the IRIs of wider concepts (SKOS, section 8). A list may put one concept
    in several places: its records then differ in `broader` alone, have one hash, and do not
    contradict each other (`loaders.claims`).
    """

    iri: str
    scheme: str
    notation: str
    label: str
    definition: str | None = None
    broader: tuple[str, ...] = field(default=(), hash=False)
    other_labels: tuple[str, ...] = ()
    source: str | None = None

    def __post_init__(self) -> None:
        if self.iri in self.broader:
            raise Fault(
                "self-reference", "The concept is said to be wider than itself.", value=self.iri
            )

    def claims(self) -> Iterator[Claim]:
        """Its IRI, and its notation within the scheme; it may be told of alike more than once."""
        yield Claim("shared-identifier", "concept", self.iri)
        yield Claim("shared-identifier", f"notation in {self.scheme}", self.notation)


@dataclass(frozen=True, slots=True)
class ConceptScheme:
    """A list of concepts, known by the IRI that its publisher gave it."""

    iri: str
    title: str
    description: str | None = None
    source: str | None = None

    def claims(self) -> Iterator[Claim]:
        """Its IRI; the same list may be told of more than once."""
        yield Claim("shared-identifier", "concept scheme", self.iri)
