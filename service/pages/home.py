"""What the home page shows: how much there is of what, who says so, and how to use it."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from queries.query import load
from service.listing import MAIN_KINDS, kinds
from service.pages.dates import Moment, moment
from service.pages.links import SourceLink, TermLink, link_source, link_term, link_thing
from service.pages.trails import name_of
from service.store import PerRelease, Release, manifest_count

TILES = 6
FIRST_KINDS = (*MAIN_KINDS, "data-flow")
STRATEGY = "strategy/gmis-2022"


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many things of a kind there are, where they are listed, and how many were made up."""

    noun: str
    href: str
    count: int
    illustrative: int

    @property
    def note(self) -> str:
        """What is to be said of those that were made up; nothing where there are none."""
        if not self.illustrative:
            return ""
        if self.illustrative < self.count:
            return f"{self.illustrative:,} illustrative"
        return "all illustrative" if self.count > 1 else "illustrative"


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A class, and how many things of it the release describes."""

    term: TermLink
    count: int


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source, and how many statements it makes."""

    source: SourceLink
    statements: int | None


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page shows. `example` is a thing to follow, `graph` a source to download.

    `kinds` are those that people look for first, and `other_kinds` the rest. Neither `example` nor
    `graph` is illustrative.
    """

    title: str
    host: str
    published: Moment | None
    triples: int
    strategy: TermLink | None
    kinds: tuple[KindCount, ...]
    other_kinds: tuple[KindCount, ...]
    classes: tuple[ClassCount, ...]
    sources: tuple[SourceCount, ...]
    example: TermLink | None
    graph: SourceLink | None
    question: str
    origin: str = ""

    def at(self, origin: str) -> "HomeView":
        """The same as it is reached at this origin, which its examples spell out."""
        return replace(self, origin=origin)


def _view_home(release: Release) -> HomeView:
    """The figures of a release; they are counted once, for they cannot change."""
    sources, invented = _sources(release)
    counted = _kinds(release)
    return HomeView(
        title="Greater Manchester Knowledge Graph",
        host=urlsplit(release.base).netloc,
        published=moment(str(release.manifest.get("published", ""))),
        triples=manifest_count(release, "triples") or 0,
        strategy=_strategy(release),
        kinds=counted[:TILES],
        other_kinds=counted[TILES:],
        classes=tuple(
            ClassCount(link_term(release, row["class"].value), int(row["things"].value))
            for row in load("pages/class-counts").run(release.store)
            if isinstance(row["class"], NamedNode)
        ),
        sources=sources,
        example=_example(release),
        graph=next((each.source for each in sources if each.source.iri not in invented), None),
        question=load("pages/first-question").question,
    )


home_view = PerRelease(_view_home)


def _kinds(release: Release) -> tuple[KindCount, ...]:
    """All kinds: those that people look for first, then those of which there is most."""
    found = kinds(release)
    main = [kind for kind in FIRST_KINDS if kind in found.counts]
    return tuple(
        KindCount(
            name_of(kind, found.counts[kind]),
            f"/doc/{kind}",
            found.counts[kind],
            found.illustrative[kind],
        )
        for kind in dict.fromkeys((*main, *found.counts))
    )


def _strategy(release: Release) -> TermLink | None:
    """The Information Strategy, where the release describes it."""
    iri = f"{release.base}id/{STRATEGY}"
    return link_thing(release, iri) if release.labels.stated(iri) is not None else None


def _sources(release: Release) -> tuple[tuple[SourceCount, ...], set[str]]:
    """The sources, those first that somebody publishes and that were loaded here.

    Beside them the IRIs of the illustrative ones.
    """
    rows = list(load("pages/sources").run(release.store))
    found = dict.fromkeys(row["source"].value for row in rows)
    invented = {
        row["source"].value
        for row in rows
        if row["illustrative"] is not None and row["illustrative"].value in ("true", "1")
    }
    links = [link_source(release, source) for source in found]
    links.sort(key=lambda link: (link.loaded is None, link.title.casefold()))
    counted = (SourceCount(link, manifest_count(release, "graphs", link.iri)) for link in links)
    return tuple(counted), invented


def _example(release: Release) -> TermLink | None:
    """A thing worth following: the best connected organisation that was not made up."""
    for row in load("pages/best-connected").run(release.store):
        iri = row["organisation"].value
        if iri.startswith(f"{release.base}id/"):
            return link_thing(release, iri)
    found = kinds(release)
    invented = found.invented("organisation")
    real = (each for each in found.members("organisation") if each not in invented)
    return next((link_thing(release, each) for each in real), None)
