"""Who points to a resource, by property: the half of a graph that a description leaves out.

That something points here because of what it stands for elsewhere is told on its own page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from pyoxigraph import DefaultGraph, NamedNode, Quad

from ontology.vocab import DQV, GM
from queries.query import load
from service.facets import FACETS
from service.pages.links import TermLink, holder, link_term, link_thing
from service.store import Release

SHOWN = 25
NOT_TOLD = frozenset({DQV.computedOn, GM.lacks, GM.lookedAt})  # a page has its measurements
COUNTING_BOUND = 10_000


@dataclass(frozen=True, slots=True)
class IncomingLinks:
    """Who points to the resource with one property: the first few of `count`.

    Where `exact` is false the counting stopped, and there are at least that many. Where `cut` is
    true, more point here than are shown, and `all` leads to the list of them if there is one.
    """

    property: TermLink
    count: int
    exact: bool
    subjects: tuple[TermLink, ...]
    cut: bool
    all: str | None = None


def incoming_links(release: Release, iri: str) -> Iterator[IncomingLinks]:
    """The links to a resource, the property that most of them have first."""
    node, inferred = NamedNode(iri), NamedNode(release.graph("inferred"))
    rows = [
        (solution["property"].value, int(solution["links"].value))
        for solution in load("pages/incoming-links").run(release.store, resource=node)
        if solution["property"].value not in NOT_TOLD
    ]
    exact = sum(count for _, count in rows) < COUNTING_BOUND
    for property_iri, count in rows:
        stated = (
            quad
            for quad in release.store.quads_for_pattern(
                None, NamedNode(property_iri), node, DefaultGraph()
            )
            if Quad(quad.subject, quad.predicate, quad.object, inferred) not in release.store
        )
        subjects = {
            holder(release, quad.subject).value
            for quad in islice(stated, SHOWN)
            if isinstance(quad.subject, NamedNode)
        }
        links = [link_thing(release, each) for each in subjects if each != iri]
        links.sort(key=lambda link: (link.label.casefold(), link.iri))
        if links:
            property_link = link_term(release, property_iri)
            cut = count > SHOWN
            everything = _list(release, links[0].iri, property_iri, iri) if cut else None
            yield IncomingLinks(property_link, count, exact, tuple(links), cut, everything)


def _list(release: Release, subject: str, property_iri: str, value: str) -> str | None:
    """The list of all things of a kind that have the value, if there is such a facet."""
    kind = subject.removeprefix(f"{release.base}id/").partition("/")[0]
    for facet in FACETS.get(kind, ()):
        if facet.property == property_iri:
            return f"/doc/{kind}?{urlencode({facet.name: value})}"
    return None
