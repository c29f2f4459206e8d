"""What a release changed, in plain English: for the list of releases, its notes and the feed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC

from service.changes import CHANGED, GONE, NEW, STATES, Summary
from service.kept_releases import KeptRelease, past_of
from service.pages.dates import Moment, moment
from service.pages.links import SourceLink, TermLink, link_source, link_term
from service.store import Release
from service.timeline import READ_BY, closed_since, may_be_told

LISTED = 50
RELEASES = "/releases"
VERBS = {NEW: ("is new", "are new"), CHANGED: ("changed", "changed"), GONE: ("is gone", "are gone")}
HEADINGS = {NEW: "New", CHANGED: "Changed", GONE: "Gone"}


@dataclass(frozen=True, slots=True)
class SourceChange:
    """What a source states that it did not, and the reverse; `loaded` when it was loaded anew."""

    source: SourceLink
    added: int
    removed: int
    loaded: Moment | None


@dataclass(frozen=True, slots=True)
class ClassChange:
    """How many things of a class are new, changed and gone."""

    term: TermLink
    new: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True)
class ThingLink:
    """A thing that changed: what it is called, and where its history is."""

    link: TermLink
    history: str


@dataclass(frozen=True, slots=True)
class ThingList:
    """Things of one state: the first of them, and how many there are besides."""

    state: str
    heading: str
    things: tuple[ThingLink, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ReleaseNote:
    """A release: when it was published, and in a sentence what it changed.

    Without `summary` that is not known: the release before it is not kept, or not shown.
    """

    id: str
    href: str
    published: str
    when: Moment | None
    headline: str
    summary: Summary | None
    loaded: tuple[SourceLink, ...]


@dataclass(frozen=True, slots=True)
class ReleaseNotes:
    """The page of one release."""

    note: ReleaseNote
    title: str
    is_current: bool
    previous: str | None
    next: str | None
    sources: tuple[SourceChange, ...]
    classes: tuple[ClassChange, ...]
    lists: tuple[ThingList, ...]


def published_of(kept: KeptRelease) -> str:
    """When a release was published, as RFC 3339 writes it in UTC."""
    return f"{kept.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def notes_of(release: Release) -> tuple[ReleaseNote, ...]:
    """A note for each release that may be told of, the newest first."""
    past = past_of(release)
    earlier = (*past[1:], None)
    return tuple(_note(release, kept, before) for kept, before in zip(past, earlier, strict=True))


def _note(release: Release, kept: KeptRelease, before: KeptRelease | None) -> ReleaseNote:
    summary = _told(release, kept) if before is not None else None
    published = published_of(kept)
    return ReleaseNote(
        id=kept.id,
        href=f"{RELEASES}/{kept.id}",
        published=published,
        when=moment(published),
        headline=headline_of(summary, release.graph("provenance")),
        summary=summary,
        loaded=tuple(_loaded(release, kept, before)) if before is not None else (),
    )


def _told(release: Release, kept: KeptRelease) -> Summary:
    """How much changed, without the sources that are kept from the audience since."""
    summary, closed = kept.changes.summary, closed_since(release, kept)
    if closed.isdisjoint(summary.graphs):
        return summary
    graphs = {graph: each for graph, each in summary.graphs.items() if graph not in closed}
    statements = {way: sum(each[way] for each in graphs.values()) for way in summary.statements}
    return replace(summary, graphs=graphs, statements=statements)


def headline_of(summary: Summary | None, provenance: str) -> str:
    """What changed, in a sentence; what is said of the loads themselves is not counted."""
    if summary is None:
        return "What it changed is not told: no earlier release is kept to compare it with."
    told: list[str] = []
    for state in STATES:
        count = summary.things.get(state, 0)
        if count:
            noun = "" if told else "thing " if count == 1 else "things "
            told.append(f"{count:,} {noun}{VERBS[state][count != 1]}")
    stated = [counts for graph, counts in summary.graphs.items() if graph != provenance]
    added, removed = (sum(each[way] for each in stated) for way in ("added", "removed"))
    if not told:
        told = ["No thing changed"]
    words = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
    return f"{words}: {counted(added)} added, {counted(removed)} removed."


def counted(count: int) -> str:
    """So many statements, in words."""
    return f"{count:,} statement" + ("" if count == 1 else "s")


def view_notes(release: Release, kept: KeptRelease, listed: int = LISTED) -> ReleaseNotes:
    """The notes of one release, with the first `listed` things of each state."""
    past = past_of(release)
    place = next(n for n, each in enumerate(past) if each.id == kept.id)
    before = past[place + 1] if place + 1 < len(past) else None
    note = _note(release, kept, before)
    return ReleaseNotes(
        note=note,
        title=f"Release of {note.when.words}" if note.when else f"Release {kept.id}",
        is_current=place == 0,
        previous=f"{RELEASES}/{before.id}" if before is not None else None,
        next=f"{RELEASES}/{past[place - 1].id}" if place else None,
        sources=tuple(_sources(release, kept, note)),
        classes=tuple(_classes(release, note)),
        lists=tuple(_lists(release, kept, note, listed)),
    )


def _loaded(release: Release, kept: KeptRelease, before: KeptRelease) -> Iterator[SourceLink]:
    """The sources that were loaded anew since the release before, of those that are read here."""
    closed = closed_since(release, kept)
    for name in sorted(kept.sources):
        source, earlier = kept.sources[name], before.sources.get(name, {})
        is_read = source.get("audience") in READ_BY.get(release.audience, ())
        is_read = is_read and release.graph(name) not in closed
        if is_read and source.get("loaded") != earlier.get("loaded"):
            yield link_source(release, release.graph(name))


def _sources(release: Release, kept: KeptRelease, note: ReleaseNote) -> Iterator[SourceChange]:
    loaded = {each.iri for each in note.loaded}
    for graph, counts in (note.summary.graphs if note.summary else {}).items():
        source = link_source(release, graph)
        told = kept.sources.get(source.name, {}).get("loaded") if graph in loaded else None
        yield SourceChange(
            source,
            counts["added"],
            counts["removed"],
            moment(told) if isinstance(told, str) else None,
        )


def _classes(release: Release, note: ReleaseNote) -> Iterator[ClassChange]:
    found = [
        ClassChange(link_term(release, iri), counts[NEW], counts[CHANGED], counts[GONE])
        for iri, counts in (note.summary.classes if note.summary else {}).items()
    ]
    yield from sorted(found, key=lambda each: (each.term.label.casefold(), each.term.iri))


def _lists(
    release: Release, kept: KeptRelease, note: ReleaseNote, listed: int
) -> Iterator[ThingList]:
    """The things of each state. One that may be known of no more is counted with the rest."""
    for state in STATES if note.summary else ():
        assert note.summary is not None
        total = note.summary.things.get(state, 0)
        if not total:
            continue
        things: list[ThingLink] = []
        for change in kept.changes.things(state):
            if len(things) == listed:
                break
            if may_be_told(release, change.iri):
                things.append(_thing(release, change.iri))
        yield ThingList(state, HEADINGS[state], tuple(things), total - len(things))


def _thing(release: Release, iri: str) -> ThingLink:
    place = release.locations.document_path(iri)
    link = TermLink(iri, release.labels.of(iri), place)
    return ThingLink(link, f"/history{place}")
