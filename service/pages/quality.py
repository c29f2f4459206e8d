"""How good the record of a thing is, as its page shows it: every indicator and dimension.

What was not measured is said to be so: it is neither no nor nought.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from pyoxigraph import DefaultGraph, NamedNode

from ontology.namespaces import DEF, concept
from ontology.vocab import DQV, GM, SKOS
from service.pages.links import TermLink, link_term
from service.store import Release

INDICATORS = (
    *("F1", "F2", "F3", "F4", "A1", "A1.1", "A1.2", "A2"),
    *("I1", "I2", "I3", "R1", "R1.1", "R1.2", "R1.3"),
)
METRICS = {
    "completeness": "record-completeness",
    "validity": "words-understood",
    "uniqueness": "no-double",
    "consistency": "dates-in-order",
    "timeliness": "kept-up",
    "accuracy": "",
}
"""The dimensions of quality, each with the metric that measures it where one does."""


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """An indicator or a dimension: what came out, what it rests on, and what would raise it.

    `note` says how it is measured, and of what it is not.
    """

    link: TermLink
    result: str
    looked_at: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class QualityView:
    """What was measured of a record; `met` of `measured` indicators are met."""

    met: int
    measured: int
    indicators: tuple[MeasuredRow, ...]
    dimensions: tuple[MeasuredRow, ...]


def view_quality(release: Release, iri: str) -> QualityView | None:
    """The measurements of a thing; None where nothing of it was measured."""
    found = dict(_measured(release, iri))
    if not found:
        return None
    indicators = tuple(_row(release, concept("fair-indicator", each), found) for each in INDICATORS)
    dimensions = []
    for dimension, metric in METRICS.items():
        itself = concept("quality-dimension", dimension)
        measured = concept("quality-metric", metric) if metric else itself
        row = _row(release, measured, found)
        dimensions.append(replace(row, link=link_term(release, itself)))
    results = [row.result for row in indicators]
    return QualityView(
        results.count("yes"),
        results.count("yes") + results.count("no"),
        indicators,
        tuple(dimensions),
    )


def _row(release: Release, measured: str, found: dict[str, NamedNode]) -> MeasuredRow:
    link, node = link_term(release, measured), found.get(measured)
    note = _note(release, measured)
    if node is None:
        return MeasuredRow(link, "not measured", note=note)
    value = next(_values(release, node, DQV.value), "")
    told = {"true": "yes", "false": "no"}.get(value) or f"{round(float(value) * 100)} %"
    looked, lacks = (
        tuple(sorted(release.labels.of(each) for each in _values(release, node, term)))
        for term in (GM.lookedAt, GM.lacks)
    )
    return MeasuredRow(link, told, looked, lacks, note)


def _note(release: Release, measured: str) -> str:
    """How it is measured: of a metric its definition says so, and of an indicator its note."""
    is_metric = measured.startswith(f"{DEF}quality-metric/")
    terms = (SKOS.definition, SKOS.scopeNote) if is_metric else (SKOS.scopeNote,)
    texts = (_values(release, NamedNode(measured), term) for term in terms)
    return " ".join(chain.from_iterable(texts))


def _measured(release: Release, iri: str) -> Iterator[tuple[str, NamedNode]]:
    """What was measured, an indicator or a metric, with its measurement."""
    quads = release.store.quads_for_pattern(
        None, NamedNode(DQV.computedOn), NamedNode(iri), NamedNode(release.graph("quality"))
    )
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            for term in (GM.fairIndicator, DQV.isMeasurementOf):
                for each in _values(release, quad.subject, term):
                    yield each, quad.subject


def _values(release: Release, node: NamedNode, term: str) -> Iterator[str]:
    for quad in release.store.quads_for_pattern(node, NamedNode(term), None, DefaultGraph()):
        yield quad.object.value  # type: ignore[union-attr]  # a name or a literal
