"""Sorted lines in a file, held against what the sets of their lines say."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.sorted_files import SortedFile
from tests.loaders.publishing import write

TEXT = st.binary(max_size=300).map(lambda text: text.replace(b"\n", b"\r") + b"\n")
LINES = st.frozensets(TEXT, max_size=40)


@given(LINES, LINES, LINES)
def test_files_are_compared_and_patched_as_sets_are(
    old: frozenset[bytes], changed: frozenset[bytes], same: frozenset[bytes]
) -> None:
    old, new = old | same, (old - changed) | changed.difference(old) | same
    with TemporaryDirectory() as name:
        before, after = write(Path(name, "old"), old), write(Path(name, "new"), new)
        with SortedFile(before) as one, SortedFile(after) as other:
            gone, come = one.compare(other)
            assert (gone, come) == (sorted(old - new), sorted(new - old))
            assert b"".join(one.patched(gone, come)) == after.read_bytes()
            assert one.standing(sorted(new)) == old & new
            assert [line in one for line in sorted(new)] == [line in old for line in sorted(new)]


@given(LINES, st.binary(max_size=3))
def test_lines_with_a_beginning_are_found(lines: frozenset[bytes], prefix: bytes) -> None:
    with TemporaryDirectory() as name, SortedFile(write(Path(name, "a"), lines)) as file:
        assert file.beginning(prefix) == sorted(each for each in lines if each.startswith(prefix))


@pytest.mark.parametrize("share", [0.0, 0.0001, 0.01, 0.5, 1.0])
def test_much_that_is_alike_is_compared_by_the_block(tmp_path: Path, share: float) -> None:
    draw = random.Random(7)
    old = {b"<urn:%06d> <urn:p> %d .\n" % (n, n) for n in range(60_000)}
    gone = {line for line in sorted(old) if draw.random() < share}
    come = {line[:-3] + b"0 .\n" for line in gone if draw.random() < 0.7}
    new = (old - gone) | come
    before, after = write(tmp_path / "old", old), write(tmp_path / "new", new)
    with SortedFile(before) as one, SortedFile(after) as other:
        assert one.compare(other) == (sorted(old - new), sorted(new - old))
        assert b"".join(one.patched(sorted(gone), sorted(come))) == after.read_bytes()
        few = sorted(old)[::9_000]
        assert one.standing(few) == set(few)
        assert other.standing(few) == new.intersection(few)


def test_no_file_is_a_file_without_lines(tmp_path: Path) -> None:
    lines = [b"a\n", b"b\n"]
    with SortedFile(None) as nothing, SortedFile(write(tmp_path / "a", lines)) as file:
        assert nothing.compare(file) == ([], lines)
        assert file.compare(nothing) == (lines, [])
        assert b"".join(nothing.patched([], lines)) == b"a\nb\n"
