"""The difference between sets of staged files."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from loaders.difference import count_by_graph, find_difference, merged
from tests.loaders.publishing import write

NAMES = [f"<urn:s{n}> <urn:p> <urn:o> <urn:g{n % 3}> .\n".encode() for n in range(12)]
FILES = st.dictionaries(st.sampled_from("abcd"), st.frozensets(st.sampled_from(NAMES)), max_size=4)


def keyed(folder: Path, files: dict[str, frozenset[bytes]]) -> dict[str, Path]:
    """Files as a release has them: keyed by name and content."""
    return {
        f"{name}:{hash(lines)}": write(folder / f"{name}{hash(lines)}.nq", lines)
        for name, lines in files.items()
    }


@given(FILES, FILES)
def test_a_difference_is_what_set_arithmetic_says(
    old: dict[str, frozenset[bytes]], new: dict[str, frozenset[bytes]]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        difference = find_difference(keyed(folder, old), keyed(folder, new))
    before, after = frozenset().union(*old.values()), frozenset().union(*new.values())
    assert difference.added == sorted(after - before)
    assert difference.removed == sorted(before - after)
    assert len(difference) == len(after ^ before)


def test_a_line_that_moves_to_another_source_is_no_difference(tmp_path: Path) -> None:
    old = {"a:1": write(tmp_path / "a1", NAMES[:2]), "b:1": write(tmp_path / "b1", NAMES[2:3])}
    new = {"a:2": write(tmp_path / "a2", NAMES[:1]), "b:2": write(tmp_path / "b2", NAMES[1:3])}
    assert len(find_difference(old, new)) == 0


def test_a_line_that_an_unchanged_file_still_holds_is_not_removed(tmp_path: Path) -> None:
    shared = write(tmp_path / "b1", NAMES[1:2])
    old = {"a:1": write(tmp_path / "a1", NAMES[:2]), "b:1": shared}
    new = {"a:2": write(tmp_path / "a2", NAMES[:1]), "b:1": shared}
    assert len(find_difference(old, new)) == 0


def test_files_merge_into_one_sorted_run_of_distinct_lines(tmp_path: Path) -> None:
    paths = [write(tmp_path / "a", NAMES[:6]), write(tmp_path / "b", NAMES[3:9])]
    assert list(merged(paths)) == sorted(NAMES[:9])


def test_lines_are_counted_by_graph() -> None:
    assert count_by_graph(NAMES[:4]) == {"urn:g0": 2, "urn:g1": 1, "urn:g2": 1}
