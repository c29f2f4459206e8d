"""The distributions of a dataset as one table: what they are, and where they can be had."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode

from ontology.vocab import DCAT, DCT, GM
from service.pages.links import TermLink, link_thing
from service.pages.properties import PropertyView
from service.store import Release


@dataclass(frozen=True, slots=True)
class DistributionRow:
    """One distribution: its own page, its file type, where it is had, and under which licence.

    `download` gives the file itself; `access` a page or a service that leads to it.
    """

    link: TermLink
    file_type: str
    download: TermLink | None
    access: TermLink | None
    licence: TermLink | None


def tabulate_distributions(
    release: Release, properties: Iterable[PropertyView]
) -> tuple[tuple[DistributionRow, ...], tuple[PropertyView, ...]]:
    """The rows of the table, and the properties that are not about distributions."""
    rows: list[DistributionRow] = []
    left: list[PropertyView] = []
    for view in properties:
        if view.property.iri != DCAT.distribution:
            left.append(view)
            continue
        rows += [_row(release, value.iri, value.text) for value in view.values if value.iri]
    rows.sort(key=lambda row: (row.link.label.casefold(), row.file_type))
    return tuple(rows), tuple(left)


def _row(release: Release, iri: str, label: str) -> DistributionRow:
    file_type = _first(release, iri, DCT.format)
    stated = _first(release, iri, GM.formatAsStated)
    link = link_thing(release, iri)
    return DistributionRow(
        TermLink(link.iri, label, link.href),
        release.labels.of(file_type) if file_type else stated or "",
        _address(release, iri, DCAT.downloadURL),
        _address(release, iri, DCAT.accessURL),
        _link(release, iri, DCT.license),
    )


def _address(release: Release, iri: str, term: str) -> TermLink | None:
    found = _first(release, iri, term)
    return TermLink(found, found, release.locations.href(found)) if found else None


def _link(release: Release, iri: str, term: str) -> TermLink | None:
    found = _first(release, iri, term)
    return link_thing(release, found) if found else None


def _first(release: Release, iri: str, term: str) -> str | None:
    quads = release.store.quads_for_pattern(NamedNode(iri), NamedNode(term), None, DefaultGraph())
    values = (q.object.value for q in quads if isinstance(q.object, NamedNode | Literal))
    return min(values, default=None)
