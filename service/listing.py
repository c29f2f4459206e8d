"""The things of one kind, in pages: the membership of a URI set.

"Designing URI Sets for the UK Public Sector" asks each set, `/id/{concept}`, for the list of
its members.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from types import MappingProxyType
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode, Quad

from ontology.namespaces import PREFIXES
from ontology.vocab import DCT, FOAF, RDF, SKOS, VOID, XSD
from queries.query import load
from service.errors import Problem
from service.facets import FACETS, NOT_STATED, Choice, facet_values
from service.pages.links import TermLink
from service.pages.listing_columns import Row, tabulate
from service.pages.rendering import Alternate
from service.pages.trails import HOME, name_of, title_of
from service.store import PerRelease, Release

PAGE_SIZE = 100
CHOICES = 200
# The kinds that the navigation of every page leads to: their lists are there even when empty.
MAIN_KINDS = ("organisation", "service", "dataset", "information-asset", "area")
PAGE_NUMBER = re.compile(r"0*([1-9][0-9]*)", re.ASCII)

ENTITIES = NamedNode(PREFIXES["void"] + "entities")
MEMBER = NamedNode(PREFIXES["rdfs"] + "member")
NAMING = (NamedNode(SKOS.prefLabel), NamedNode(DCT.title))
SUBSET = NamedNode(PREFIXES["void"] + "subset")
URI_SPACE = NamedNode(PREFIXES["void"] + "uriSpace")


class Kinds:
    """The kinds of one release, and the members of each, gathered when first asked for."""

    def __init__(self, release: Release) -> None:
        self._store = release.store
        self._label = release.labels.of
        self._identified = f"{release.base}id/"
        self.counts: dict[str, int] = {}
        self.illustrative: dict[str, int] = {}  # how many of them were made up
        self._count_kinds()
        self._members: dict[str, tuple[str, ...]] = {}
        self._invented: dict[str, frozenset[str]] = {}
        self._lock = Lock()

    def members(self, kind: str) -> tuple[str, ...]:
        """The IRIs of the kind's things, by label; none where there is no such kind.

        What has a position comes by what it stands in, and there by the position.
        """
        if kind not in self.counts:
            return ()
        with self._lock:
            if kind not in self._members:
                self._members[kind] = self._gather(kind)
            return self._members[kind]

    def invented(self, kind: str) -> frozenset[str]:
        """Those of the members that are illustrative."""
        return self._invented.get(kind, frozenset()) if self.members(kind) else frozenset()

    def _count_kinds(self) -> None:
        for solution in load("pages/kinds").run(self._store):
            beginning = solution["beginning"].value
            kind = beginning.removeprefix(self._identified).removesuffix("/")
            if beginning == f"{self._identified}{kind}/" and "/" not in kind:
                self.counts[kind] = int(solution["things"].value)
                self.illustrative[kind] = int(solution["illustrative"].value)

    def _gather(self, kind: str) -> tuple[str, ...]:
        beginning = Literal(f"{self._identified}{kind}/")
        solutions = load("pages/things-of-kind").run(self._store, beginning=beginning)
        ranks: dict[str, tuple[str, int, str, str]] = {}
        invented = set()
        for solution in solutions:
            thing, whole, position = (solution[n] for n in ("thing", "whole", "position"))
            iri = thing.value
            rank = (
                self._label(whole.value).casefold() if whole is not None else "",
                int(position.value) if position is not None else 0,
                self._label(iri).casefold(),
                iri,
            )
            ranks[iri] = min(rank, ranks.get(iri, rank))
            if solution["illustrative"] is not None:
                invented.add(iri)
        self._invented[kind] = frozenset(invented)
        return tuple(sorted(ranks, key=ranks.__getitem__))


kinds = PerRelease(Kinds)


@dataclass(frozen=True, slots=True)
class ChoiceLink:
    """A value by which a list is narrowed, or could be, and how many things it leaves."""

    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet with its choices, the most frequent first, and how many more are not listed.

    `cleared` leads to the list without the choice that was made, if one was.
    """

    heading: str
    choices: tuple[ChoiceLink, ...]
    more: int
    cleared: str | None


@dataclass(frozen=True, slots=True)
class ListView:
    """What one page of the list of a kind shows: a row for each thing, with cells by column.

    `whole` leads to the list of all things of the kind from one that is narrowed. `illustrative`
    says how many of all that are listed were made up.
    """

    title: str
    iri: str
    trail: tuple[TermLink, ...]
    noun: str
    total: int
    page: int
    pages: int
    first: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    facets: tuple[FacetView, ...]
    previous: str | None
    next: str | None
    alternates: tuple[Alternate, ...]
    whole: TermLink | None
    illustrative: int

    @property
    def numbered(self) -> str:
        """The title, with the number of the page where there are several."""
        return f"{self.title}, page {self.page} of {self.pages}" if self.pages > 1 else self.title


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the members of a kind: of all of them, or of those that the choices leave.

    `size` counts all, `members` are those left; `chosen` are values by the names of facets.
    """

    kind: str
    size: int
    members: Sequence[str]
    page: int
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return max(1, -(-len(self.members) // PAGE_SIZE))

    @property
    def shown(self) -> Sequence[str]:
        """The members on this page."""
        return self.members[(self.page - 1) * PAGE_SIZE : self.page * PAGE_SIZE]

    def neighbour(self, step: int) -> int | None:
        """The number of the page so many steps away, if there is one."""
        page = self.page + step
        return page if 1 <= page <= self.pages else None

    def address(self, path: str, page: int = 1) -> str:
        """Where a page of this list is, its choices kept, if the list itself is at `path`."""
        return _address(path, self.chosen, page)


def _address(path: str, chosen: Mapping[str, str], page: int = 1) -> str:
    query = [*chosen.items(), *([("page", str(page))] if page > 1 else [])]
    return f"{path}?{urlencode(query)}" if query else path


def read_listing(
    release: Release, kind: str, page: str | None, asked: Mapping[str, str] = MappingProxyType({})
) -> Listing | None:
    """The page that is asked for of the kind's list, or None where there is no such kind.

    A kind that people expect has a list even where it is empty.

    `asked` may hold values by the names of the kind's facets; whatever else it holds is passed by.
    """
    everything = () if "/" in kind else kinds(release).members(kind)
    if not everything and kind not in MAIN_KINDS:
        return None
    names = [facet.name for facet in FACETS.get(kind, ())]
    chosen = {name: asked[name] for name in names if name in asked}
    members = facet_values(release).narrow(kind, everything, chosen) if chosen else everything
    listing = Listing(kind, len(everything), members, _page_number(page), chosen)
    if listing.page > listing.pages:
        raise Problem(404, "There is no such page.", f"The last page is {listing.pages}.")
    return listing


def _page_number(page: str | None) -> int:
    if page is None:
        return 1
    number = PAGE_NUMBER.fullmatch(page)
    if number is None:
        raise Problem(400, "This is not the number of a page.", "Pages are counted from 1.")
    return int(number[1][:10])  # of a longer one that is enough to lie beyond every list


def describe_listing(release: Release, listing: Listing) -> list[Quad]:
    """The set, its size, and the members on this page with the labels that sources give them.

    A narrowed list is about a subset, which has a size of its own (`void:subset`).
    """
    whole = NamedNode(f"{release.base}id/{listing.kind}")
    topic = NamedNode(listing.address(whole.value))
    document = NamedNode(listing.address(f"{release.base}doc/{listing.kind}", listing.page))
    quads = [
        Quad(document, NamedNode(FOAF.primaryTopic), topic),
        *_describe_set(whole, title_of(listing.kind), listing.size),
        Quad(whole, URI_SPACE, Literal(f"{whole.value}/")),
    ]
    if listing.chosen:
        quads.append(Quad(whole, SUBSET, topic))
        quads += _describe_set(topic, _title(release, listing), len(listing.members))
    for each in map(NamedNode, listing.shown):
        quads.append(Quad(topic, MEMBER, each))
        for naming in NAMING:
            names = release.store.quads_for_pattern(each, naming, None)
            quads += [quad for quad in names if isinstance(quad.graph_name, NamedNode)]
    return quads


def _describe_set(iri: NamedNode, title: str, size: int) -> Iterator[Quad]:
    yield Quad(iri, NamedNode(RDF.type), NamedNode(VOID.Dataset))
    yield Quad(iri, NamedNode(DCT.title), Literal(title, language="en"))
    yield Quad(iri, ENTITIES, Literal(str(size), datatype=NamedNode(XSD.integer)))


def _title(release: Release, listing: Listing) -> str:
    """What the list is called: its kind, and what it was narrowed by."""
    chosen = [
        release.labels.of(value) if value != NOT_STATED else f"{facet.heading.lower()} not stated"
        for facet in FACETS.get(listing.kind, ())
        if (value := listing.chosen.get(facet.name)) is not None
    ]
    kind = title_of(listing.kind)
    return f"{kind}: {', '.join(chosen)}" if chosen else kind


def view_listing(
    release: Release, listing: Listing, path: str, alternates: tuple[Alternate, ...]
) -> ListView:
    """What the page shows; `path` is the list's own, to which choices and the page are added."""

    def href(page: int | None) -> str | None:
        return None if page is None else listing.address(path, page)

    rows, columns = tabulate(release, listing.kind, listing.shown)
    iri = f"{release.base}id/{listing.kind}"
    whole = TermLink(iri, title_of(listing.kind), path) if listing.chosen else None
    return ListView(
        title=_title(release, listing),
        iri=listing.address(iri),
        trail=(HOME,) if whole is None else (HOME, whole),
        noun=name_of(listing.kind, len(listing.members)),
        total=len(listing.members),
        page=listing.page,
        pages=listing.pages,
        first=(listing.page - 1) * PAGE_SIZE + 1,
        columns=columns,
        rows=rows,
        facets=tuple(_view_facets(release, listing, path)),
        previous=href(listing.neighbour(-1)),
        next=href(listing.neighbour(1)),
        alternates=alternates,
        whole=whole,
        illustrative=len(kinds(release).invented(listing.kind).intersection(listing.members)),
    )


def _view_facets(release: Release, listing: Listing, path: str) -> Iterator[FacetView]:
    """The facets that tell the things on the list apart, or by which it was narrowed."""
    values = facet_values(release)
    for facet in FACETS.get(listing.kind, ()):
        others = {name: each for name, each in listing.chosen.items() if name != facet.name}
        choices = values.choices(listing.kind, facet, listing.members)
        chosen = listing.chosen.get(facet.name)
        if chosen is None and (
            len(choices) < 2 or all(each.value == NOT_STATED for each in choices)
        ):
            continue
        if chosen is not None and all(each.value != chosen for each in choices):
            choices = [Choice(chosen, 0)]
        links = tuple(
            ChoiceLink(
                release.labels.of(choice.value) if choice.value != NOT_STATED else "Not stated",
                choice.count,
                _address(path, {**others, facet.name: choice.value}),
                choice.value == chosen,
            )
            for choice in choices[:CHOICES]
        )
        cleared = _address(path, others) if chosen is not None else None
        yield FacetView(facet.heading, links, len(choices) - len(links), cleared)
