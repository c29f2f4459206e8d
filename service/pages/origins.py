"""Which rows of which files state a thing, source by source, as its page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from ontology.vocab import DCT, PROV
from service.pages.dates import Moment, moment
from service.rows import row_of
from service.store import Release

MOST = 5
_DERIVED = NamedNode(PROV.wasDerivedFrom)


@dataclass(frozen=True, slots=True)
class Origin:
    """A row that states a thing: what it is called, its file, and when that was loaded."""

    iri: str
    row: str
    file: str
    loaded: Moment | None


@dataclass(frozen=True, slots=True)
class Origins:
    """The rows of one source that state a thing; `more` are not shown."""

    shown: tuple[Origin, ...]
    more: int


def is_origin(quad: Quad) -> bool:
    """Whether a statement says which row a thing comes from."""
    return (
        quad.predicate == _DERIVED
        and isinstance(quad.object, NamedNode)
        and row_of(quad.object.value) is not None
    )


def origins_of(release: Release, iri: str, quads: Iterable[Quad]) -> Mapping[str, Origins]:
    """The rows that state a thing, by the IRI of their source's graph; `quads` describe it."""
    place = f"{release.base}.well-known/genid/"
    rows: dict[str, list[tuple[tuple[str, int, str], str, str, str]]] = {}
    for quad in quads:
        if quad.subject != NamedNode(iri) or not is_origin(quad):
            continue
        assert isinstance(quad.object, NamedNode)
        known = row_of(quad.object.value)
        if known is None or not known[0].startswith(place):
            continue
        snapshot, told = known
        number = int(quad.object.value.rpartition("=")[2])
        source = release.graph(snapshot[len(place) :].partition("/")[0])
        found = ((snapshot, number, told), quad.object.value, snapshot, told)
        rows.setdefault(source, []).append(found)
    return {
        source: Origins(
            tuple(
                Origin(
                    row,
                    told,
                    _text(release, snapshot, DCT.title) or "file",
                    moment(_text(release, snapshot, PROV.generatedAtTime) or ""),
                )
                for _, row, snapshot, told in sorted(set(found))[:MOST]
            ),
            max(0, len(set(found)) - MOST),
        )
        for source, found in rows.items()
    }


def _text(release: Release, iri: str, predicate: str) -> str | None:
    quads = release.store.quads_for_pattern(
        NamedNode(iri), NamedNode(predicate), None, DefaultGraph()
    )
    return min((q.object.value for q in quads if isinstance(q.object, Literal)), default=None)
