"""What the page of a named graph shows: whose it is, what was loaded, and what was left out."""

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ontology.vocab import DCAT, DCT, GM, PROV
from service.description import Description
from service.pages.links import SourceLink, TermLink, link_source, link_thing
from service.pages.trails import trail
from service.store import Release, manifest_count

COUNTS = (
    ("Records in", GM.recordsIn),
    ("Records loaded", GM.recordsLoaded),
    ("Records left out", GM.recordsLeftOut),
    ("Values withheld", GM.valuesWithheld),
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was fetched, by which anybody can tell whether they hold the same one."""

    title: str
    bytes: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """Everything that the page of a named graph shows."""

    title: str
    iri: str
    trail: tuple[TermLink, ...]
    link: SourceLink
    described: bool
    description: str
    origins: tuple[TermLink, ...]
    counts: tuple[tuple[str, int], ...]
    statements: int | None
    illustrative: bool
    files: tuple[SourceFile, ...]


def view_source(release: Release, description: Description) -> SourceView:
    """What the page of a named graph shows."""
    iri = description.iri
    link = link_source(release, iri)
    facts = _Facts(description)
    runs = facts.nodes(iri, PROV.wasGeneratedBy)
    counted = [(title, [facts.number(run, term) for run in runs]) for title, term in COUNTS]
    return SourceView(
        title=link.title,
        iri=iri,
        trail=trail(release, iri),
        link=link,
        described=bool(description.quads),
        description=facts.text(iri, DCT.description) or link.note,
        origins=tuple(link_thing(release, each) for each in facts.nodes(iri, DCT.source)),
        counts=tuple(
            (title, sum(each for each in numbers if each is not None))
            for title, numbers in counted
            if any(each is not None for each in numbers)
        ),
        statements=manifest_count(release, "graphs", iri),
        illustrative=facts.text(iri, GM.isIllustrative) == "true",
        files=tuple(
            SourceFile(
                facts.text(each, DCT.title) or "file",
                facts.number(each, DCAT.byteSize),
                facts.text(each, GM.sha256),
            )
            for each in facts.nodes(iri, PROV.hadPrimarySource)
        ),
    )


class _Facts:
    """A description, asked by subject and property."""

    def __init__(self, description: Description) -> None:
        self._objects: dict[tuple[str, str], list[NamedNode | Literal]] = {}
        for quad in description.quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                key = (quad.subject.value, quad.predicate.value)
                self._objects.setdefault(key, []).append(quad.object)

    def nodes(self, subject: str, predicate: str) -> list[str]:
        """The IRIs that the property leads to, each once, in order."""
        found = self._objects.get((subject, predicate), [])
        return sorted({each.value for each in found if isinstance(each, NamedNode)})

    def text(self, subject: str, predicate: str) -> str:
        """The first literal of the property, or nothing."""
        found = self._objects.get((subject, predicate), [])
        return min((each.value for each in found if isinstance(each, Literal)), default="")

    def number(self, subject: str, predicate: str) -> int | None:
        """The whole number that the property states, or None."""
        text = self.text(subject, predicate)
        return int(text) if text.isascii() and text.isdecimal() else None
