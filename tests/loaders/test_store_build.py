"""A store's default graph is the distinct union of its named graphs, however it was made."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from loaders import store_build
from loaders.difference import Difference
from loaders.store_build import StoreCounts, apply_difference, build_store, is_small
from tests.loaders.publishing import graph_lines, union_lines, write

LINES = [
    f"<urn:s{subject}> <urn:p> <urn:o> <urn:g{graph}> .\n".encode()
    for subject in range(4)
    for graph in range(3)
]
SETS = st.frozensets(st.sampled_from(LINES))


def test_a_triple_that_two_graphs_state_stands_in_the_union_once(tmp_path: Path) -> None:
    counts = build_store(tmp_path / "store", [write(tmp_path / "a", LINES[:3])], [])
    store = Store(str(tmp_path / "store"))
    assert counts == StoreCounts(Counter({"urn:g0": 1, "urn:g1": 1, "urn:g2": 1}), 1)
    assert len(union_lines(store)) == 1
    assert len(store) == 4


@settings(max_examples=12, deadline=None)
@given(SETS, SETS)
def test_a_difference_applied_gives_the_store_that_a_rebuild_gives(
    before: frozenset[bytes], after: frozenset[bytes]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        counts = build_store(folder / "changed", [write(folder / "before", before)], [])
        changed = Store(str(folder / "changed"))
        difference = Difference(sorted(after - before), sorted(before - after))
        apply_difference(changed, difference, counts)
        expected = build_store(folder / "rebuilt", [write(folder / "after", after)], [])
        rebuilt = Store(str(folder / "rebuilt"))
        assert {str(quad) for quad in changed} == {str(quad) for quad in rebuilt}
        assert union_lines(changed) == graph_lines(changed)
        assert counts.as_table() == expected.as_table()
        del changed, rebuilt


def test_lines_beside_the_files_are_loaded_too(tmp_path: Path) -> None:
    counts = build_store(tmp_path / "store", [write(tmp_path / "a", LINES[:1])], LINES[3:4])
    assert counts.as_table() == {"quads": 2, "triples": 2, "graphs": {"urn:g0": 2}}


def test_a_line_that_stands_in_two_files_is_counted_once(tmp_path: Path) -> None:
    files = [write(tmp_path / "a", LINES[:3]), write(tmp_path / "b", LINES[2:4])]
    counts = build_store(tmp_path / "store", files, [LINES[3], LINES[3]])
    assert counts == StoreCounts(Counter({"urn:g0": 2, "urn:g1": 1, "urn:g2": 1}), 2)
    assert len(Store(str(tmp_path / "store"))) == 6


def test_what_a_text_says_is_not_taken_for_the_graph_of_a_line(tmp_path: Path) -> None:
    line = rb'<urn:s> <urn:p> "a <urn:g0> .\n <urn:g1> ." <urn:g2> .' + b"\n"
    counts = build_store(tmp_path / "store", [write(tmp_path / "a", [line])], [])
    store = Store(str(tmp_path / "store"))
    assert counts == StoreCounts(Counter({"urn:g2": 1}), 1)
    assert union_lines(store) == graph_lines(store)


def test_files_longer_than_what_is_copied_at_once_are_whole_in_the_union(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for size in (1, 39, 40, 41):
        monkeypatch.setattr(store_build, "_BLOCK", size)
        counts = build_store(tmp_path / f"{size}", [write(tmp_path / "a", LINES)], [])
        assert counts == StoreCounts(Counter({f"urn:g{each}": 4 for each in range(3)}), 4)


def test_a_difference_is_small_up_to_a_quarter() -> None:
    assert is_small(Difference(LINES[:1], []), 4)
    assert not is_small(Difference(LINES[:2], []), 4)
