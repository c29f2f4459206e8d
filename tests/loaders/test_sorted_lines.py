"""Lines are put in order and kept once, whether they lie in memory or in runs on disk."""

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.sorted_lines import SortedLines, inserted

LINE = st.binary(max_size=3).map(lambda each: each.replace(b"\n", b"") + b"\n")
BATCHES = st.lists(st.lists(LINE, max_size=4), max_size=12)


@given(BATCHES, st.integers(1, 6))
def test_lines_come_out_in_order_and_each_once_whatever_fits_in_memory(
    batches: list[list[bytes]], run: int
) -> None:
    with TemporaryDirectory() as name:
        lines = SortedLines(Path(name), "lines", run)
        for batch in batches:
            lines.add(batch)
        expected = sorted({line for batch in batches for line in batch})
        assert list(lines) == expected
        assert list(lines) == expected  # as often as wanted


def test_lines_that_fit_in_memory_touch_no_disk(tmp_path: Path) -> None:
    lines = SortedLines(tmp_path, "lines", 6)
    lines.add([b"b\n", b"a\n", b"b\n"])
    lines.add(iter([b"a\n", b"c\n"]))
    assert list(lines) == [b"a\n", b"b\n", b"c\n"]
    assert list(tmp_path.iterdir()) == []


def test_each_run_is_a_file_of_its_own_in_order(tmp_path: Path) -> None:
    lines = SortedLines(tmp_path, "lines", 2)
    for batch in ([b"d\n"], [b"a\n"], [b"c\n", b"a\n"], [b"b\n"]):
        lines.add(batch)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "lines.0": b"a\nd\n",
        "lines.1": b"a\nc\n",
    }
    assert list(lines) == [b"a\n", b"b\n", b"c\n", b"d\n"]


def test_two_of_one_folder_do_not_mix(tmp_path: Path) -> None:
    one, other = (SortedLines(tmp_path, name, 1) for name in ("one", "other"))
    one.add([b"a\n"])
    other.add([b"b\n"])
    assert (list(one), list(other)) == ([b"a\n"], [b"b\n"])


def test_nothing_comes_of_nothing(tmp_path: Path) -> None:
    assert list(SortedLines(tmp_path, "lines")) == []


@given(BATCHES, st.integers(1, 6))
def test_lines_come_in_blocks_that_are_no_larger_than_a_few_runs(
    batches: list[list[bytes]], run: int
) -> None:
    with TemporaryDirectory() as name:
        lines = SortedLines(Path(name), "lines", run)
        for batch in batches:
            lines.add(batch)
        blocks = list(lines.blocks())
        every = [line for block in blocks for line in block]
        assert every == sorted({line for batch in batches for line in batch})
        assert max(map(len, blocks), default=0) <= 2 * run + 4


@given(
    st.frozensets(LINE), st.frozensets(LINE), st.lists(st.integers(0, 9), max_size=5).map(sorted)
)
def test_a_few_lines_are_put_among_many(
    lines: frozenset[bytes], further: frozenset[bytes], ends: list[int]
) -> None:
    kept = sorted(lines - further)
    blocks = [kept[start:end] for start, end in pairwise([0, *ends, len(kept)])]
    assert list(inserted(blocks, sorted(further))) == sorted(lines | further)


@pytest.mark.parametrize(
    ("blocks", "further"),
    [
        ([], []),
        ([], [b"b\n"]),
        ([[]], [b"b\n"]),
        ([[b"b\n"]], []),
        ([[b"b\n"], [], [b"d\n"]], [b"a\n", b"c\n", b"e\n"]),
    ],
)
def test_lines_are_put_before_and_after_too(
    blocks: list[list[bytes]], further: list[bytes]
) -> None:
    expected = sorted([line for block in blocks for line in block] + further)
    assert list(inserted(blocks, further)) == expected
