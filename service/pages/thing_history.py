"""The history of one thing: release by release, what was stated of it and what no longer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from ontology.vocab import GEO
from service.changes import CHANGED, GONE, NEW
from service.kept_releases import KeptRelease
from service.pages.dates import Moment, moment
from service.pages.links import SourceLink, TermLink, link_source, link_term, link_thing
from service.pages.outlines import outline_of
from service.pages.release_notes import RELEASES, published_of
from service.pages.trails import trail
from service.store import Release
from service.timeline import Step, Tellable, mementos_of, steps_of

MOST = 200
WORDS = {
    NEW: "It is described for the first time, or again.",
    CHANGED: "Its description changed.",
    GONE: "It is described no longer.",
    None: "It was described like this in the earliest release that is kept.",
}


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement that came or went: its property, its value, and the source that states it.

    `part` names the part of the thing that it is about, where it is not about the thing itself.
    """

    property: TermLink
    text: str
    link: TermLink | None
    language: str | None
    source: SourceLink | None
    part: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A release in which a thing changed, and the load of each source that states the change."""

    release: str
    href: str
    published: str
    when: Moment | None
    state: str | None
    words: str
    memento: str | None
    added: tuple[StatementView, ...]
    removed: tuple[StatementView, ...]
    loads: tuple[tuple[SourceLink, Moment], ...]
    quads_added: tuple[Quad, ...]
    quads_removed: tuple[Quad, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The page of the history of a thing; the newest change comes first."""

    title: str
    label: str
    iri: str
    trail: tuple[TermLink, ...]
    document: str
    timemap: str
    entries: tuple[HistoryEntry, ...]
    releases: int


def view_history(release: Release, iri: str) -> HistoryView:
    """The history of a thing, as far as it may be told."""
    steps = steps_of(release, iri)
    mementos = {each.id for each in mementos_of(release, iri)}
    label = release.labels.of(iri)
    place = release.locations.document_path(iri)
    above = (*trail(release, iri), TermLink(iri, label, place))
    told = [each for each in steps if each.change is not None or each.release.id in mementos]
    return HistoryView(
        title=f"History of {label}",
        label=label,
        iri=iri,
        trail=above,
        document=place,
        timemap=f"/timemap{place}",
        entries=tuple(_entry(release, each, mementos, place) for each in told),
        releases=len(steps),
    )


def _entry(release: Release, step: Step, mementos: set[str], place: str) -> HistoryEntry:
    kept, change = step.release, step.change
    added: list[Quad] = []
    removed: list[Quad] = []
    if change is not None:
        added, removed = kept.changes.statements(change, MOST + 1)
    complete = max(len(added), len(removed)) <= MOST
    tellable = Tellable(release, kept)
    told_added, told_removed = (
        tuple(sorted(filter(tellable, each[:MOST]), key=_order)) for each in (added, removed)
    )
    published = published_of(kept)
    return HistoryEntry(
        release=kept.id,
        href=f"{RELEASES}/{kept.id}",
        published=published,
        when=moment(published),
        state=change.state if change is not None else None,
        words=WORDS[change.state if change is not None else None],
        memento=f"/memento/{kept.id}{place}" if kept.id in mementos else None,
        added=tuple(_statement(release, each) for each in told_added),
        removed=tuple(_statement(release, each) for each in told_removed),
        loads=tuple(_loads(release, kept, (*told_added, *told_removed))),
        quads_added=told_added,
        quads_removed=told_removed,
        complete=complete,
    )


def _order(quad: Quad) -> tuple[str, ...]:
    return tuple(map(str, (quad.subject, quad.predicate, quad.object, quad.graph_name)))


def _statement(release: Release, quad: Quad) -> StatementView:
    value = quad.object
    link = link_thing(release, value.value) if isinstance(value, NamedNode) else None
    graph = quad.graph_name
    parts = f"{release.base}.well-known/genid/"
    subject = getattr(quad.subject, "value", "")
    return StatementView(
        property=link_term(release, quad.predicate.value),
        text=_words(value) if isinstance(value, Literal) else (link.label if link else str(value)),
        link=link,
        language=value.language if isinstance(value, Literal) else None,
        source=link_source(release, graph.value) if isinstance(graph, NamedNode) else None,
        part=subject.removeprefix(parts) if subject.startswith(parts) else "",
    )


def _words(value: Literal) -> str:
    return outline_of(value.value)[0] if value.datatype.value == GEO.wktLiteral else value.value


def _loads(
    release: Release, kept: KeptRelease, quads: Iterable[Quad]
) -> Iterator[tuple[SourceLink, Moment]]:
    """The sources whose statements came or went, with the time of the load that the release holds.

    One that is published no longer has none.
    """
    graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}
    for graph in sorted(graphs):
        source = link_source(release, graph)
        loaded = kept.sources.get(source.name, {}).get("loaded")
        at = moment(loaded) if isinstance(loaded, str) else None
        if at is not None:
            yield source, at
