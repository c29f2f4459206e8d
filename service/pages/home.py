"""What the home page shows: how much there is of what, who says so, and how to use it."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from queries.query import load
from service.listing import kinds
from service.pages.dates import Moment, moment
from service.pages.links import SourceLink, TermLink, link_source, link_term, link_thing
from service.pages.trails import name_of
from service.store import PerRelease, Release, manifest_count


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many things of a kind there are, and where they are listed."""

    noun: str
    href: str
    count: int


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
    """What the home page shows. `example` is a thing to follow, `graph` a source to download."""

    title: str
    host: str
    published: Moment | None
    triples: int
    kinds: tuple[KindCount, ...]
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
    sources = _sources(release)
    return HomeView(
        title="Greater Manchester Knowledge Graph",
        host=urlsplit(release.base).netloc,
        published=moment(str(release.manifest.get("published", ""))),
        triples=manifest_count(release, "triples") or 0,
        kinds=tuple(
            KindCount(name_of(kind, count), f"/doc/{kind}", count)
            for kind, count in kinds(release).counts.items()
        ),
        classes=tuple(
            ClassCount(link_term(release, row["class"].value), int(row["things"].value))
            for row in load("pages/class-counts").run(release.store)
            if isinstance(row["class"], NamedNode)
        ),
        sources=sources,
        example=_example(release),
        graph=next((each.source for each in sources), None),
        question=load("pages/first-question").question,
    )


home_view = PerRelease(_view_home)


def _sources(release: Release) -> tuple[SourceCount, ...]:
    """The sources, those first that somebody publishes and that were loaded here."""
    found = dict.fromkeys(row["source"].value for row in load("pages/sources").run(release.store))
    links = [link_source(release, source) for source in found]
    links.sort(key=lambda link: (link.loaded is None, link.title.casefold()))
    return tuple(SourceCount(link, manifest_count(release, "graphs", link.iri)) for link in links)


def _example(release: Release) -> TermLink | None:
    """A thing worth following: the best connected organisation."""
    for row in load("pages/best-connected").run(release.store):
        iri = row["organisation"].value
        if iri.startswith(f"{release.base}id/"):
            return link_thing(release, iri)
    members = kinds(release).members("organisation")
    return link_thing(release, members[0]) if members else None
