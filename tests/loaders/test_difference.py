"""The difference between sets of staged files."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from loaders.difference import Change, compare, count_by_graph, find_difference, merged
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


THINGS = "http://a.example/id/"


def said(*things: str) -> list[bytes]:
    """A line for each thing, given by its key and what is said of it."""
    pairs = (thing.partition(" ")[::2] for thing in things)
    return [f'<{THINGS}{key}> <urn:p> "{value}" <urn:g> .\n'.encode() for key, value in pairs]


def changed(folder: Path, old: list[bytes] | None, new: list[bytes]) -> Change:
    before = write(folder / "old.nq", old) if old is not None else None
    return compare(before, write(folder / "new.nq", new), THINGS)


def test_things_are_new_changed_or_gone(tmp_path: Path) -> None:
    old = said("a 1", "b 1", "c 1", "c 2", "d 1", "f 1")
    new = said("a 1", "b 2", "c 1", "e 1", "f 1", "f 2", "g 1")
    assert changed(tmp_path, old, new) == Change(new=2, changed=3, gone=1)
    assert changed(tmp_path, new, old) == Change(new=1, changed=3, gone=2)
    assert changed(tmp_path, old, old) == Change()
    assert changed(tmp_path, None, new) == Change(new=6)
    assert changed(tmp_path, old, []) == Change(gone=5)


def test_only_things_under_the_beginning_are_compared(tmp_path: Path) -> None:
    part = b'<http://a.example/.well-known/genid/x> <urn:p> "1" <urn:g> .\n'
    mention = f"<urn:x> <urn:p> <{THINGS}a> <urn:g> .\n".encode()
    assert changed(tmp_path, [], [*said("a 1"), part, mention]) == Change(new=1)
    assert changed(tmp_path, [part, mention], []) == Change()


def test_a_thing_whose_key_begins_like_anothers_is_another_thing(tmp_path: Path) -> None:
    # “-” and “.” come before “>” in the order of lines, though “a” comes before “a-b”.
    assert changed(tmp_path, said("a 1", "a-b 1"), said("a 1")) == Change(gone=1)
    assert changed(tmp_path, said("a 1"), said("a 2", "a.b 1", "a~ 1")) == Change(2, 1, 0)


KEYS = st.dictionaries(
    st.text(st.sampled_from("ab-./~é"), min_size=1, max_size=3),
    st.frozensets(st.sampled_from("123"), min_size=1),
)


@given(KEYS, KEYS)
def test_a_change_is_what_dictionaries_say(
    old: dict[str, frozenset[str]], new: dict[str, frozenset[str]]
) -> None:
    before, after = (
        said(*(f"{key} {value}" for key, values in each.items() for value in values))
        for each in (old, new)
    )
    with TemporaryDirectory() as name:
        found = changed(Path(name), before, after)
    assert found == Change(
        new=len(new.keys() - old.keys()),
        changed=sum(old[key] != new[key] for key in old.keys() & new.keys()),
        gone=len(old.keys() - new.keys()),
    )


def test_lines_are_counted_by_graph() -> None:
    assert count_by_graph(NAMES[:4]) == {"urn:g0": 2, "urn:g1": 1, "urn:g2": 1}
