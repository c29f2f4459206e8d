"""Who points to a resource, by property: the half of a graph that a description leaves out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import DefaultGraph, NamedNode

from queries.query import load
from service.pages.links import TermLink, holder, link_term, link_thing
from service.store import Release

SHOWN = 25
COUNTING_BOUND = 10_000


@dataclass(frozen=True, slots=True)
class IncomingLinks:
    """Who points to the resource with one property: the first few of `count`.

    Where `exact` is false the counting stopped, and there are at least that many. Where `cut` is
    true, more point here than are shown.
    """

    property: TermLink
    count: int
    exact: bool
    subjects: tuple[TermLink, ...]
    cut: bool


def incoming_links(release: Release, iri: str) -> Iterator[IncomingLinks]:
    """The links to a resource, the property that most of them have first."""
    node = NamedNode(iri)
    rows = [
        (solution["property"].value, int(solution["links"].value))
        for solution in load("pages/incoming-links").run(release.store, resource=node)
    ]
    exact = sum(count for _, count in rows) < COUNTING_BOUND
    for property_iri, count in rows:
        found = release.store.quads_for_pattern(None, NamedNode(property_iri), node, DefaultGraph())
        subjects = {
            holder(release, quad.subject).value
            for quad in islice(found, SHOWN)
            if isinstance(quad.subject, NamedNode)
        }
        links = [link_thing(release, each) for each in subjects if each != iri]
        links.sort(key=lambda link: (link.label.casefold(), link.iri))
        if links:
            property_link = link_term(release, property_iri)
            yield IncomingLinks(property_link, count, exact, tuple(links), count > SHOWN)
