"""Where a resource stands: the pages above its own, and the type that tells most of it."""

import re
from collections.abc import Iterable, Sequence

from pyoxigraph import DefaultGraph, NamedNode

from ontology.namespaces import DEF, PREFIXES
from ontology.vocab import DCAT, SUPERCLASSES
from service.pages.links import TermLink, link_term, link_thing
from service.store import Release

HOME = TermLink("", "Home", "/")
SOURCES = TermLink("", "Sources", "/#sources")
ONTOLOGY = TermLink(f"{DEF}gm", "Ontology", "/def/gm")


def trail(release: Release, iri: str, schemes: Sequence[str] = ()) -> tuple[TermLink, ...]:
    """The pages above the page of a resource, from the home page down, without its own.

    `schemes` are the concept schemes that it is in.
    """
    identified = f"{release.base}id/"
    if iri.startswith(identified):
        kind = iri.removeprefix(identified).partition("/")[0]
        dataset = _dataset_of(release, iri) if kind == "distribution" else None
        if dataset is not None:
            return *trail(release, dataset), link_thing(release, dataset)
        return HOME, TermLink(f"{identified}{kind}", title_of(kind), f"/doc/{kind}")
    if iri.startswith(release.graph("")):
        return HOME, SOURCES
    if iri.startswith(DEF) and iri != ONTOLOGY.iri:
        return HOME, ONTOLOGY, *(link_term(release, scheme) for scheme in schemes)
    return (HOME,)


def _dataset_of(release: Release, distribution: str) -> str | None:
    """The dataset that a distribution is a form of (DCAT 3 §6.6)."""
    found = release.store.quads_for_pattern(
        None, NamedNode(DCAT.distribution), NamedNode(distribution), DefaultGraph()
    )
    return min((q.subject.value for q in found if isinstance(q.subject, NamedNode)), default=None)


def title_of(kind: str) -> str:
    """A kind as the heading of its things: `change-event` is `Change events`."""
    words = kind.replace("-", " ").capitalize()
    plural = re.sub(r"(?<![aeiou])y$", "ie", words)
    return f"{plural}s"


def name_of(kind: str, count: int) -> str:
    """A kind as the name of so many things: one `change event`, two `change events`."""
    return kind.replace("-", " ") if count == 1 else title_of(kind).lower()


def most_telling(types: Iterable[TermLink]) -> TermLink | None:
    """The type with most of the other types above it; of equals ours goes first, then by label."""
    given = tuple(types)
    present = {each.iri for each in given}

    def rank(link: TermLink) -> tuple[int, bool, str]:
        above = present.intersection(SUPERCLASSES.get(link.iri, ()))
        return -len(above), not link.iri.startswith(PREFIXES["gm"]), link.label.casefold()

    return min(given, key=rank, default=None)
