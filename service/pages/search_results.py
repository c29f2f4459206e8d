"""What the page of a search shows: what was found, why, and what it can be narrowed by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from queries.search_fields import AREA, CLASS, FACETS, PUBLISHER, THEME, stemming
from service.description import node_of
from service.listing import ChoiceLink, FacetView
from service.pages.links import TermLink, link_term, link_thing
from service.pages.rendering import Alternate
from service.pages.trails import HOME
from service.search_index import Answer, Hit
from service.search_query import chunks
from service.store import Release

PAGE_SIZE = 20
CHOICES = 50
SNIPPET = 240  # characters of a description
LEAD = 60  # of them before the first word that was looked for
HEADINGS = {CLASS: "Class", PUBLISHER: "Publisher or holder", THEME: "Theme", AREA: "Area"}
TITLE = "Search"


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked for: the text, values by the names of facets, and the page, from 1."""

    text: str
    chosen: Mapping[str, str]
    page: int = 1

    @property
    def first(self) -> int:
        """The first hit of the page, counted from 0."""
        return (self.page - 1) * PAGE_SIZE

    def address(self, page: int = 1, **further: str) -> str:
        """Where a page of the same search is; `further` are parameters that come last."""
        return _address(self.text, self.chosen, page, further)

    def choosing(self, name: str, value: str | None) -> str:
        """Where the search is that has this value of a facet, or none, and is else the same."""
        others = {each: its for each, its in self.chosen.items() if each != name}
        chosen = others if value is None else {**others, name: value}
        ordered: dict[str, str] = {each: chosen[each] for each in FACETS if each in chosen}
        return _address(self.text, ordered)


def _address(
    text: str, chosen: Mapping[str, str], page: int = 1, further: Mapping[str, str] | None = None
) -> str:
    query = [*([("q", text)] if text else []), *chosen.items()]
    query += [*([("page", str(page))] if page > 1 else []), *(further or {}).items()]
    return f"/search?{urlencode(query)}" if query else "/search"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text; `marked` where it is what was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class HitView:
    """Something found: where it is described, what it is, who answers for it, and why it is here.

    `description` is the first one, whole; `snippet` is the part of one that shows a word. A
    publisher that only a source's words name has no address.
    """

    link: TermLink
    type: TermLink
    publishers: tuple[TermLink, ...]
    description: str | None
    snippet: tuple[Piece, ...]
    score: float | None


@dataclass(frozen=True, slots=True)
class SearchView:
    """What one page of a search shows."""

    search: Search
    trail: tuple[TermLink, ...]
    total: int
    partial: bool
    pages: int
    hits: tuple[HitView, ...]
    facets: tuple[FacetView, ...]
    previous: str | None
    next: str | None
    alternates: tuple[Alternate, ...]

    @property
    def whole(self) -> str:
        """Where the same words are looked for in everything."""
        return _address(self.search.text, {})

    @property
    def title(self) -> str:
        """The heading of the page."""
        return f"{TITLE}: {self.search.text}" if self.search.text else TITLE

    @property
    def numbered(self) -> str:
        """The title, with the number of the page where there are several."""
        if self.pages < 2:
            return self.title
        return f"{self.title}, page {self.search.page} of {self.pages}"


def page_count(total: int) -> int:
    """How many pages so many hits fill: one at least."""
    return max(1, -(-total // PAGE_SIZE))


def neighbour(search: Search, total: int, step: int) -> int | None:
    """The number of the page so many steps away, if there is one."""
    page = search.page + step
    return page if 1 <= page <= page_count(total) else None


def view_hits(release: Release, search: Search, hits: Sequence[Hit]) -> Iterator[HitView]:
    """What is shown of each hit."""
    wanted = _Wanted(search.text)
    for hit in hits:
        yield HitView(
            link=link_thing(release, hit.iri),
            type=link_term(release, hit.type),
            publishers=tuple(_publisher(release, each) for each in hit.publishers),
            description=next(iter(hit.descriptions), None),
            snippet=wanted.snippet(hit.descriptions),
            score=hit.score,
        )


def _publisher(release: Release, named: str) -> TermLink:
    """A link to a publisher; without an address where only a source's words name it."""
    return link_thing(release, named) if node_of(named) else TermLink("", named, "")


def choices(
    release: Release, search: Search, answer: Answer, name: str
) -> tuple[tuple[str, ChoiceLink], ...]:
    """The values of a facet with how many hits each leaves; a chosen one is always there."""
    counts = list(answer.counts.get(name, ()))
    chosen = search.chosen.get(name)
    if chosen is not None and all(value != chosen for value, _ in counts):
        counts.insert(0, (chosen, 0))
    label = release.labels.of
    return tuple(
        (value, ChoiceLink(label(value), count, search.choosing(name, value), value == chosen))
        for value, count in counts
    )


def view_search(
    release: Release, search: Search, answer: Answer, alternates: tuple[Alternate, ...]
) -> SearchView:
    """What the page of the search shows."""

    def href(step: int) -> str | None:
        page = neighbour(search, answer.total, step)
        return None if page is None else search.address(page)

    return SearchView(
        search=search,
        trail=(HOME,),
        total=answer.total,
        partial=answer.partial,
        pages=page_count(answer.total),
        hits=tuple(view_hits(release, search, answer.hits)),
        facets=tuple(_view_facets(release, search, answer)),
        previous=href(-1),
        next=href(+1),
        alternates=alternates,
    )


def _view_facets(release: Release, search: Search, answer: Answer) -> Iterator[FacetView]:
    """The facets that tell the hits apart, or by which they were narrowed."""
    for name in FACETS:
        links = [link for _, link in choices(release, search, answer, name)]
        if name in search.chosen or len(links) > 1:
            shown = sorted(links[:CHOICES], key=lambda link: not link.chosen)
            shown += [link for link in links[CHOICES:] if link.chosen]
            cleared = search.choosing(name, None) if name in search.chosen else None
            yield FacetView(HEADINGS[name], tuple(shown), len(links) - len(shown), cleared)


class _Wanted:
    """What a text looks for, found again in a description."""

    def __init__(self, text: str) -> None:
        asked = chunks(text)
        told = [each for each in asked if not each.little] or asked
        self._stems = frozenset(stem for each in told for stem in each.stems)

    def snippet(self, descriptions: Sequence[str]) -> tuple[Piece, ...]:
        """A part of the description that has most of the words; none where there is no text."""
        best: tuple[str, list[tuple[int, int]]] = next(iter(descriptions), ""), []
        for text in descriptions:
            found = self._places(text)
            if len(found) > len(best[1]):
                best = text, found
        text, places = best
        return tuple(_pieces(text, places)) if text else ()

    def _places(self, text: str) -> list[tuple[int, int]]:
        if not self._stems:
            return []
        tokens = stemming().pre_tokenize(text).tokens
        return [
            (token.char_offset_from, token.char_offset_to or token.char_offset_from)
            for token in tokens
            if token.text in self._stems
        ]


def _pieces(text: str, places: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The text from a little before the first place on, in pieces; cut between words."""
    start = max(0, (places[0][0] if places else 0) - LEAD)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = len(text)
    if end - start > SNIPPET:
        end = max(text.rfind(" ", start + SNIPPET // 2, start + SNIPPET), start + SNIPPET // 2)
    at = start
    if start:
        yield Piece("… ")
    for begin, finish in places:
        if begin >= at and finish <= end:
            if begin > at:
                yield Piece(text[at:begin])
            yield Piece(text[begin:finish], marked=True)
            at = finish
    if at < end:
        yield Piece(text[at:end])
    if end < len(text):
        yield Piece(" …")
