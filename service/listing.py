"""The things of one kind, in pages: the membership of a URI set.

"Designing URI Sets for the UK Public Sector" asks each set, `/id/{concept}`, for the list of
its members.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from pyoxigraph import Literal, NamedNode, Quad

from ontology.namespaces import PREFIXES
from ontology.vocab import DCT, FOAF, RDF, SKOS, VOID, XSD
from queries.query import load
from service.errors import Problem
from service.pages.links import TermLink
from service.pages.listing_columns import Row, tabulate
from service.pages.rendering import Alternate
from service.pages.trails import HOME, name_of, title_of
from service.store import PerRelease, Release

PAGE_SIZE = 100


class Kinds:
    """The kinds of one release, and the members of each, gathered when first asked for."""

    def __init__(self, release: Release) -> None:
        self._store = release.store
        self._label = release.labels.of
        self._identified = f"{release.base}id/"
        self.counts = dict(self._count_kinds())
        self._members: dict[str, tuple[str, ...]] = {}
        self._lock = Lock()

    def members(self, kind: str) -> tuple[str, ...]:
        """The IRIs of the kind's things, by label; none where there is no such kind."""
        if kind not in self.counts:
            return ()
        with self._lock:
            if kind not in self._members:
                self._members[kind] = self._gather(kind)
            return self._members[kind]

    def _count_kinds(self) -> Iterator[tuple[str, int]]:
        for solution in load("pages/kinds").run(self._store):
            beginning = solution["beginning"].value
            kind = beginning.removeprefix(self._identified).removesuffix("/")
            if beginning == f"{self._identified}{kind}/" and "/" not in kind:
                yield kind, int(solution["things"].value)

    def _gather(self, kind: str) -> tuple[str, ...]:
        beginning = Literal(f"{self._identified}{kind}/")
        solutions = load("pages/things-of-kind").run(self._store, beginning=beginning)
        found = [solution["thing"].value for solution in solutions]
        return tuple(sorted(found, key=lambda iri: (self._label(iri).casefold(), iri)))


kinds = PerRelease(Kinds)


@dataclass(frozen=True, slots=True)
class ListView:
    """What one page of the list of a kind shows: a row for each thing, with cells by column."""

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
    previous: str | None
    next: str | None
    alternates: tuple[Alternate, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the members of a kind."""

    kind: str
    members: Sequence[str]
    page: int

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return -(-len(self.members) // PAGE_SIZE)

    @property
    def shown(self) -> Sequence[str]:
        """The members on this page."""
        return self.members[(self.page - 1) * PAGE_SIZE : self.page * PAGE_SIZE]

    def neighbour(self, step: int) -> int | None:
        """The number of the page so many steps away, if there is one."""
        page = self.page + step
        return page if 1 <= page <= self.pages else None


def read_listing(release: Release, kind: str, page: str | None) -> Listing | None:
    """The page that is asked for of the kind's list, or None where there is no such kind."""
    members = () if "/" in kind else kinds(release).members(kind)
    if not members:
        return None
    if page is not None and not (page.isascii() and page.isdecimal() and len(page) < 10):
        raise Problem(400, "The page is no number.", "Pages are counted from 1.")
    listing = Listing(kind, members, int(page or 1))
    if not 1 <= listing.page <= listing.pages:
        raise Problem(404, "There is no such page.", f"The last page is {listing.pages}.")
    return listing


def describe_listing(release: Release, listing: Listing) -> list[Quad]:
    """The set, its size, and the members on this page with the labels that sources give them."""
    iri = NamedNode(f"{release.base}id/{listing.kind}")
    document = NamedNode(f"{release.base}doc/{listing.kind}")
    total = Literal(str(len(listing.members)), datatype=NamedNode(XSD.integer))
    space = Literal(f"{iri.value}/")
    statements: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (document, NamedNode(FOAF.primaryTopic), iri),
        (iri, NamedNode(RDF.type), NamedNode(VOID.Dataset)),
        (iri, NamedNode(DCT.title), Literal(title_of(listing.kind), language="en")),
        (iri, NamedNode(PREFIXES["void"] + "entities"), total),
        (iri, NamedNode(PREFIXES["void"] + "uriSpace"), space),
    ]
    member = NamedNode(PREFIXES["rdfs"] + "member")
    statements += [(iri, member, NamedNode(each)) for each in listing.shown]
    quads = [Quad(*statement) for statement in statements]
    for each in listing.shown:
        labels = release.store.quads_for_pattern(NamedNode(each), NamedNode(SKOS.prefLabel), None)
        quads += [quad for quad in labels if isinstance(quad.graph_name, NamedNode)]
    return quads


def view_listing(
    release: Release, listing: Listing, path: str, alternates: tuple[Alternate, ...]
) -> ListView:
    """What the page shows; `path` is the list's own, to which the page number is added."""

    def href(page: int | None) -> str | None:
        return None if page is None else f"{path}?page={page}"

    rows, columns = tabulate(release, listing.kind, listing.shown)
    return ListView(
        title=title_of(listing.kind),
        iri=f"{release.base}id/{listing.kind}",
        trail=(HOME,),
        noun=name_of(listing.kind, len(listing.members)),
        total=len(listing.members),
        page=listing.page,
        pages=listing.pages,
        first=(listing.page - 1) * PAGE_SIZE + 1,
        columns=columns,
        rows=rows,
        previous=href(listing.neighbour(-1)),
        next=href(listing.neighbour(1)),
        alternates=alternates,
    )
