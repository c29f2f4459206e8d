"""The search index of a release, opened and asked. It knows no Flask.

Nothing is written beside the release: the engine wants to lock the folder that it opens, so it
is given one of links, which is needed no longer once every file is open.
"""

import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from types import MappingProxyType

from tantivy import Index, Query, Searcher

from queries.search_fields import (
    CLASS,
    DESCRIPTION,
    FACETS,
    FORMAT,
    FORMAT_FILE,
    IRI,
    PUBLISHER,
    prepare,
)
from service.search_query import chunks, either, exact, narrowed, things_first, words
from service.store import PerRelease, Release

CHOICES = 10_000  # values of a facet that are counted; more are not told apart
ATTEMPTS = 100


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found; `score` tells how well, where words were asked for.

    `type` is its class. A publisher is an IRI, or what a source calls it.
    """

    iri: str
    type: str
    publishers: tuple[str, ...]
    descriptions: tuple[str, ...]
    score: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """How many were found, so many of them as were asked for, and what they can be narrowed by.

    `counts` gives for each facet how many hits each value leaves, the most frequent first: of a
    facet that was chosen, as if it were not. Where nothing had all the words, `partial` is true
    and what was found has some of them.
    """

    total: int
    hits: tuple[Hit, ...] = ()
    counts: Mapping[str, Sequence[tuple[str, int]]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    partial: bool = False


class SearchIndex:
    """The index of one audience of one release."""

    def __init__(self, folder: Path) -> None:
        self._searcher = _open(folder)

    def ask(self, text: str, chosen: Mapping[str, str], first: int, size: int) -> Answer:
        """What the text finds, from the hit `first` on, which is counted from 0.

        An empty text finds everything, in the order of labels. What lies beyond the last hit is
        an answer without hits.
        """
        found, partial = self._query(text)
        query = narrowed(found, chosen)
        total = self._count(query)
        hits = self._hits(query, bool(text), first, size) if first < total else ()
        return Answer(total, hits, self._facets(found, chosen), partial)

    def _query(self, text: str) -> tuple[Query, bool]:
        if not text:
            return Query.all_query(), False
        asked = chunks(text)
        found = either(exact(text), words(asked, every=True))
        if len(asked) < 2 or self._count(found):
            return things_first(found), False
        found = words(asked, every=False)
        return things_first(found), self._count(found) > 0

    def _count(self, query: Query) -> int:
        return int(self._searcher.search(query, limit=1, count=True).count)  # type: ignore[attr-defined]

    def _hits(self, query: Query, ranked: bool, first: int, size: int) -> tuple[Hit, ...]:
        # The engine gives equal hits in the order of documents, which is that of labels. Where no
        # words were asked for, all hits are equal.
        result = self._searcher.search(query, limit=size, offset=first, count=False)
        hits = []
        for score, address in result.hits:
            document = self._searcher.doc(address)
            hits.append(
                Hit(
                    iri=str(document.get_first(IRI)),
                    type=str(document.get_first(CLASS)),
                    publishers=tuple(map(str, document.get_all(PUBLISHER))),
                    descriptions=tuple(map(str, document.get_all(DESCRIPTION))),
                    score=round(float(score), 3) if ranked else None,
                )
            )
        return tuple(hits)

    def _facets(
        self, found: Query, chosen: Mapping[str, str]
    ) -> Mapping[str, Sequence[tuple[str, int]]]:
        counts = self._aggregate(narrowed(found, chosen), [f for f in FACETS if f not in chosen])
        for name in chosen:
            others = {each: value for each, value in chosen.items() if each != name}
            counts |= self._aggregate(narrowed(found, others), [name])
        return {name: counts[name] for name in FACETS}

    def _aggregate(self, query: Query, names: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        asked = {
            name: {"terms": {"field": name, "size": CHOICES, "segment_size": CHOICES}}
            for name in names
        }
        if not asked:
            return {}
        found = self._searcher.aggregate(query, asked)
        return {
            name: sorted(
                ((str(each["key"]), int(each["doc_count"])) for each in found[name]["buckets"]),
                key=lambda each: (-each[1], each[0]),
            )
            for name in names
        }


def _open(folder: Path) -> Searcher:
    """A searcher of the index in the folder; FileNotFoundError where there is none to be read."""
    if (folder / FORMAT_FILE).read_text() != FORMAT:
        raise FileNotFoundError(f"{folder} is in another format")
    links = Path(mkdtemp(prefix="gmkg-search-"))
    try:
        for file in folder.iterdir():
            (links / file.name).symlink_to(file.resolve())
        index = prepare(Index.open(str(links)))
        index.config_reader(reload_policy="manual")
        return index.searcher()
    finally:
        _remove(links)


def _remove(links: Path) -> None:
    """Remove the folder of links; a thread of the engine may still be putting its lock there."""
    for _ in range(ATTEMPTS):
        shutil.rmtree(links, ignore_errors=True)
        if not links.exists():
            return
        time.sleep(0.01)


def _of_release(release: Release) -> SearchIndex | None:
    try:
        return SearchIndex(release.path / release.audience / "index")
    except FileNotFoundError:
        return None


search_index = PerRelease(_of_release)
"""The search index of a release, or None where it has none: it was made before there were any."""
