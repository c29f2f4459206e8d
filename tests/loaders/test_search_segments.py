"""An index that grew from its parent's: the same as one made anew, and the parent's as it was."""

import random
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store, parse

from loaders.audience import Audience
from loaders.difference import Difference
from loaders.directory import DataDirectory
from loaders.publish import publish
from loaders.release import Release
from loaders.search_documents import Document, affected
from loaders.search_index import build_index, change_index, index_path
from loaders.search_segments import (
    LARGEST,
    SMALLEST,
    SegmentWriter,
    line_of,
    pieces,
    segment_size,
    segments_of,
)
from ontology.namespaces import PREFIXES
from queries.search_fields import CLASS, CODE, NAMES
from service.search_index import Answer, SearchIndex
from tests.loaders.conftest import BASE
from tests.loaders.publishing import a_source, current, load, may_end, store_of
from tests.loaders.test_search_index import contents, has, labels

GRAPH = f"{BASE}graph/made"
COUNT = 120
WORDS = ("alder", "beech", "cedar", "library", "libraries", "the", "park", "grove", "hall")
# What a thing may be: its name, the code of its identifier node, its theme, and what is withdrawn.
Thing = tuple[str, str, str, bool]
Things = Mapping[int, Thing]

names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
things = st.tuples(
    names, st.sampled_from(["X-1", "X-2", "Y"]), st.sampled_from("ab"), st.booleans()
)
changes = st.dictionaries(st.integers(0, COUNT + 10), st.none() | things, min_size=1, max_size=8)


def made_things(count: int = COUNT) -> dict[int, Thing]:
    """Things of few words, so that many are equally good hits."""
    chance = random.Random(1)
    return {
        n: (
            " ".join(chance.choices(WORDS, k=chance.randint(1, 5))),
            "X-1",
            chance.choice("ab"),
            False,
        )
        for n in range(count)
    }


def lines(stated: Things) -> set[bytes]:
    """The quads that state things."""
    made: list[str] = []
    for n, (name, code, theme, withdrawn) in stated.items():
        iri, node = f"<{BASE}id/service/x/{n}>", f"<{BASE}.well-known/genid/{n}>"
        made += [
            f"{iri} a <{PREFIXES['gm']}Service>",
            f'{iri} <{PREFIXES["dct"]}title> "{name}"@en',
            f'{iri} <{PREFIXES["dct"]}description> "A {name} of {theme}, and of {code}."@en',
            f"{iri} <{PREFIXES['dct']}subject> <http://theme.example/{theme}>",
            f"{iri} <{PREFIXES['adms']}identifier> {node}",
            f'{node} <{PREFIXES["skos"]}notation> "{code} {n % 7}"',
        ]
        if withdrawn:
            made.append(f'{iri} <{PREFIXES["prov"]}invalidatedAtTime> "2026-01-01"')
    return {
        f"{line} <{GRAPH}> .\n".replace(" a <", f" <{PREFIXES['rdf']}type> <").encode()
        for line in made
    }


def store_with(stated: Things, path: Path) -> Store:
    """A store at a path that is not there yet, whose default graph holds things."""
    store = Store(str(path))
    text = b"".join(line.replace(f" <{GRAPH}>".encode(), b"") for line in lines(stated))
    store.extend(parse(text, format=RdfFormat.N_TRIPLES))
    return store


def difference(old: Things, new: Things) -> Difference:
    return Difference(sorted(lines(new) - lines(old)), sorted(lines(old) - lines(new)))


def changed(old: Things, by: Mapping[int, Thing | None]) -> dict[int, Thing]:
    return {n: thing for n, thing in {**old, **by}.items() if thing is not None}


SEARCHES = (
    *WORDS,
    "",
    "library park",
    '"cedar grove"',
    "X-1 3",
    "x-2 1",
    "alder beech nothing",
    "pa",
)


def answers(folder: Path) -> dict[tuple[str, str, int], Answer]:
    """What a set of searches finds, on each of two pages, with a facet chosen and without."""
    index = SearchIndex(folder)
    chosen: tuple[dict[str, str], ...] = ({}, {"theme": "http://theme.example/a"})
    return {
        (text, str(facet), first): index.ask(text, facet, first, 40)
        for text in SEARCHES
        for facet in chosen
        for first in (0, 40)
    }


def digests(folder: Path) -> dict[str, tuple[str, int]]:
    """What each file of a folder holds, and when it was last changed."""
    return {
        file.name: (sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
        for file in folder.iterdir()
    }


@pytest.fixture(autouse=True)
def few_documents_to_a_segment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments so small that a few documents make many."""
    monkeypatch.setattr("loaders.search_segments.SMALLEST", 8)


@given(rounds=st.lists(changes, min_size=1, max_size=3))
@settings(max_examples=8, phases=[Phase.explicit, Phase.generate])  # to shrink takes minutes
def test_an_index_that_grew_is_the_one_that_is_made_anew(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[Mapping[int, Thing | None]]
) -> None:
    folder = tmp_path_factory.mktemp("grown")
    old, before = made_things(), folder / "0"
    build_index(store_with(old, folder / "0-store"), before, BASE)
    for number, by in enumerate(rounds, 1):
        new, grown, anew = changed(old, by), folder / f"{number}", folder / f"{number}-anew"
        store, untouched = store_with(new, folder / f"{number}-store"), digests(before)
        assert change_index(store, before, grown, BASE, difference(old, new))
        assert digests(before) == untouched
        build_index(store, anew, BASE)
        assert contents(grown) == contents(anew)
        assert answers(grown) == answers(anew)
        old, before = new, grown


def test_only_the_segments_that_a_change_touches_are_made(tmp_path: Path) -> None:
    old = made_things()
    first, second = tmp_path / "first", tmp_path / "second"
    build_index(store_with(old, tmp_path / "old"), first, BASE)
    new = changed(old, {7: (old[7][0], "quag", "a", False)})
    assert change_index(
        store_with(new, tmp_path / "new"), first, second, BASE, difference(old, new)
    )
    before = [segment["segment_id"] for segment in segments_of(first)]
    after = [segment["segment_id"] for segment in segments_of(second)]
    assert len(before) == len(after) > 5
    assert len(set(before) - set(after)) == 1
    kept = set(digests(first)) & set(digests(second))
    assert all((first / name).samefile(second / name) for name in kept if "." in name[:-5])
    assert labels(second, "quag") == ["7"]
    assert labels(first, "quag") == []


def test_a_new_code_of_an_identifier_changes_what_has_it(tmp_path: Path) -> None:
    old = made_things(3)
    new = changed(old, {1: (old[1][0], "Z-9", *old[1][2:])})
    only = difference(old, new)
    coded = Difference(
        [line for line in only.added if b"genid" in line.split()[0]],
        [line for line in only.removed if b"genid" in line.split()[0]],
    )
    assert (len(coded.added), len(coded.removed)) == (1, 1)
    assert affected(store_with(new, tmp_path / "new"), BASE, coded) == {f"{BASE}id/service/x/1"}


def test_what_is_gone_is_in_no_file_any_more(tmp_path: Path) -> None:
    old = made_things() | {5: ("zebrawood quagmire", "Q", "a", False)}
    build_index(store_with(old, tmp_path / "old"), tmp_path / "first", BASE)
    assert has(tmp_path / "first", "quagmir")
    new = changed(old, {5: None})
    gone = difference(old, new)
    assert change_index(
        store_with(new, tmp_path / "new"), tmp_path / "first", tmp_path / "second", BASE, gone
    )
    assert not has(tmp_path / "second", "quagmir")


@pytest.mark.parametrize("kept", [40, 0])
def test_where_much_has_changed_an_index_is_made_anew(tmp_path: Path, kept: int) -> None:
    old = made_things()
    new = {n: thing for n, thing in old.items() if n < kept}
    build_index(store_with(old, tmp_path / "old"), tmp_path / "first", BASE)
    store, much = store_with(new, tmp_path / "new"), difference(old, new)
    assert not change_index(store, tmp_path / "first", tmp_path / "second", BASE, much)
    assert not (tmp_path / "second").exists()
    assert build_index(store, tmp_path / "second", BASE) == kept
    assert len(labels(tmp_path / "second")) == kept


def test_where_segments_are_to_be_larger_an_index_is_made_anew(tmp_path: Path) -> None:
    count = 8 * 16
    old = made_things(count)
    build_index(store_with(old, tmp_path / "old"), tmp_path / "first", BASE)
    new = changed(old, {count: ("one more", "Y", "a", False)})
    more = difference(old, new)
    assert not change_index(
        store_with(new, tmp_path / "new"), tmp_path / "first", tmp_path / "second", BASE, more
    )
    assert {path.name for path in tmp_path.iterdir()} == {"first", "old", "new"}


def test_a_segment_has_so_many_documents_that_there_are_not_many_segments() -> None:
    assert segment_size(0) == 8
    assert segment_size(8 * 16) == 8
    assert segment_size(8 * 16 + 1) == 16
    assert segment_size(50_000) == 4_096
    assert segment_size(10**9) == LARGEST
    assert SMALLEST == 1_024


def test_segments_are_cut_by_what_they_hold() -> None:
    every = [line_of(Document(f"{BASE}id/x/{n}", {}, f"{n:05}")) for n in range(3_000)]
    cut = list(pieces(every, 64))
    assert [line for piece in cut for line in piece] == every
    assert max(map(len, cut)) == 128
    assert 3_000 / 64 / 2 < len(cut) < 3_000 / 64 * 2
    fewer = list(pieces([line for line in every if line != cut[5][3]], 64))
    assert sum(piece not in cut for piece in fewer) <= 2
    assert fewer[:5] == cut[:5]
    assert fewer[-10:] == cut[-10:]


def test_what_the_heap_does_not_hold_is_made_in_halves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.search_segments.HEAP", 15_000_000)
    many = {
        n: line_of(
            Document(
                f"{BASE}id/x/{n}",
                {
                    NAMES: [f"{n}"],
                    CLASS: ["http://class.example/"],
                    CODE: [f"{code}".rjust(80) for code in range(n, 200_000, 24)],
                },
                f"{n:02}",
            )
        )
        for n in range(24)
    }
    writer = SegmentWriter(tmp_path / "index")
    writer.write(list(many.values()))
    writer.finish()
    assert writer.documents == 24
    assert len(segments_of(tmp_path / "index")) > 1
    assert labels(tmp_path / "index") == [f"{n}" for n in range(24)]
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_a_publish_takes_over_what_did_not_change(directory: DataDirectory, tmp_path: Path) -> None:
    rows = [f"GB-CHC-{n},Friends of the {WORDS[n % 9]} {n}" for n in range(200)]
    rows[33] = "GB-CHC-33,Zebrawood"
    may_end(directory, "councils")
    load(directory, a_source(), *rows)
    publish(directory)
    first = current(directory)
    untouched = {audience: digests(index_path(first, audience)) for audience in Audience}
    rows[20] = "GB-CHC-20,Foes of the hall"
    load(directory, a_source(), *rows)
    publish(directory)
    second = current(directory)
    assert {audience: digests(index_path(first, audience)) for audience in Audience} == untouched
    before, after = (segments_of(index_path(each, Audience.PUBLIC)) for each in (first, second))
    assert sum(segment in before for segment in after) > len(before) / 2
    assert_as_if_made_anew(second, tmp_path)
    assert labels(index_path(second, Audience.PUBLIC), "foes") == ["GB-CHC-20"]
    del rows[30:40]
    load(directory, a_source(), *rows)
    publish(directory)
    assert_as_if_made_anew(current(directory), tmp_path)
    load(directory, a_source(), *rows, "GB-CHC-33,Zebrawood")  # which ends a withdrawal
    publish(directory)
    assert_as_if_made_anew(current(directory), tmp_path)
    assert labels(index_path(current(directory), Audience.PUBLIC), "zebrawood") == ["GB-CHC-33"]


def test_what_is_narrowed_is_in_no_file_of_the_public_any_more(
    directory: DataDirectory, tmp_path: Path
) -> None:
    load(directory, a_source(), *(f"GB-CHC-{n},Friends {n}" for n in range(200)))
    load(directory, a_source("others"), "GM-other,Zebrawood Quagmire")
    publish(directory)
    assert has(index_path(current(directory), Audience.PUBLIC), "quagmir")
    load(directory, a_source("others", Audience.INTERNAL), "GM-other,Zebrawood Quagmire")
    publish(directory)
    public = index_path(current(directory), Audience.PUBLIC)
    assert not has(public, "quagmir")
    assert labels(index_path(current(directory), Audience.INTERNAL), "quagmire") == ["GM-other"]
    assert_as_if_made_anew(current(directory), tmp_path)


def assert_as_if_made_anew(release: Release, path: Path) -> None:
    """Each audience's index is the one that is made of its store alone."""
    for audience in Audience:
        anew = path / release.id / audience
        build_index(store_of(release, audience), anew, BASE)
        assert contents(index_path(release, audience)) == contents(anew)
