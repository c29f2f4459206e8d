"""What a path names: an IRI, perhaps with the suffix of a representation after it."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from pyoxigraph import DefaultGraph, NamedNode

from ontology.namespaces import DEF
from ontology.vocab import OWL
from service.description import Standing, node_of, standing
from service.locations import spellings
from service.representations import DESCRIPTIONS
from service.store import PerRelease, Release

VERSION_IRI = NamedNode(OWL.versionIRI)
SUFFIXES = tuple(each.name for each in DESCRIPTIONS)


@dataclass(frozen=True, slots=True)
class Found:
    """The IRI that a path names, and the suffix that was no part of it."""

    iri: str
    suffix: str | None = None


class Definitions:
    """The IRIs of the definitions that a release holds, in order."""

    def __init__(self, release: Release) -> None:
        graph = NamedNode(release.graph("ontology"))
        subjects = (
            quad.subject for quad in release.store.quads_for_pattern(None, None, None, graph)
        )
        self._iris = sorted({each.value for each in subjects if isinstance(each, NamedNode)})

    def under(self, document: str) -> list[str]:
        """The terms and concepts that stand in a definitions document."""
        return [iri for mark in "#/" for iri in self._beginning(document + mark)]

    def _beginning(self, beginning: str) -> Iterator[str]:
        first = bisect_left(self._iris, beginning)
        return takewhile(lambda iri: iri.startswith(beginning), self._iris[first:])


definitions = PerRelease(Definitions)


def readings(path: str) -> Iterator[tuple[str, str | None]]:
    """The path as it stands, and then without a suffix: an IRI may really end in `.ttl`."""
    yield path, None
    stem, _, suffix = path.rpartition(".")
    if stem and suffix in SUFFIXES:
        yield stem, suffix


def find(path: str, candidates: Callable[[str], Iterator[str]]) -> Found | None:
    """What the path names: the first reading of it that there is something of."""
    for reading, suffix in readings(path):
        iri = next(candidates(reading), None)
        if iri is not None:
            return Found(iri, suffix)
    return None


def described(release: Release, beginning: str, path: str) -> Iterator[str]:
    """The IRIs that the path may spell and that the release knows."""
    for spelling in spellings(path):
        if standing(release, beginning + spelling) is not Standing.UNKNOWN:
            yield beginning + spelling


def defined(release: Release, path: str) -> Iterator[str]:
    """The definitions documents that the path may spell.

    The document of the present version is also had by the IRI of that version (OWL 2
    Structural Specification §3.3).
    """
    for spelling in spellings(path):
        iri = DEF + spelling
        if standing(release, iri) is Standing.DESCRIBED or definitions(release).under(iri):
            yield iri
        elif (node := node_of(iri)) is not None:
            versioned = release.store.quads_for_pattern(None, VERSION_IRI, node, DefaultGraph())
            yield from (q.subject.value for q in versioned if isinstance(q.subject, NamedNode))
