"""The difference between two sets of staged files, line by line.

Staged files are sorted and hold each line once, so sets of any size are compared in one pass.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from loaders.nquads import graph_of
from loaders.sorted_files import SortedFile


@dataclass(frozen=True, slots=True)
class Difference:
    """The lines that one set of files has and the other has not."""

    added: list[bytes] = field(default_factory=list)
    removed: list[bytes] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.added) + len(self.removed)


def merged(paths: Iterable[Path]) -> Iterator[bytes]:
    """The lines of sorted files as one sorted run, each once."""
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("rb")) for path in paths]
        for line, _ in groupby(heapq.merge(*files)):
            yield line


def find_difference(old: Mapping[str, Path], new: Mapping[str, Path]) -> Difference:
    """What changed from the files `old` to the files `new`, each by `source:digest`.

    A file that stands on both sides is not compared. Of one source, the old file is held against
    the new one, by the block where they are alike; whether a line that left it stands in another
    file is looked up there.
    """
    gone = {key.partition(":")[0]: path for key, path in old.items() if key not in new}
    come = {key.partition(":")[0]: path for key, path in new.items() if key not in old}
    added: list[list[bytes]] = []
    removed: list[list[bytes]] = []
    for source in sorted(gone.keys() | come.keys()):
        lost, found = compare_files(gone.get(source), come.get(source))
        removed.append(lost)
        added.append(found)
    return Difference(
        _not_in(_once(added), old.values()),
        _not_in(_once(removed), new.values()),
    )


def compare_files(old: Path | None, new: Path | None) -> tuple[list[bytes], list[bytes]]:
    """The lines that only the old of two sorted files has, and those that only the new one has."""
    with ExitStack() as stack:
        before, after = (stack.enter_context(SortedFile(path)) for path in (old, new))
        return before.compare(after)


@dataclass(frozen=True, slots=True)
class Change:
    """How many things of a beginning of IRIs are new, changed and gone between two files."""

    new: int = 0
    changed: int = 0
    gone: int = 0


def compare(old: Path | None, new: Path, beginning: str, aside: str = "") -> Change:
    """What becomes of the things whose IRIs begin so, from one sorted file to another.

    What the graph `aside` says of them does not count.
    """
    counts = Counter[str]()
    before = _things(old, beginning, aside) if old else iter(())
    after = _things(new, beginning, aside)
    left, right = next(before, None), next(after, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left[0] < right[0]):
            counts["gone"] += 1
            left = next(before, None)
        elif left is None or right[0] < left[0]:
            counts["new"] += 1
            right = next(after, None)
        else:
            counts["changed"] += left[1] != right[1]
            left, right = next(before, None), next(after, None)
    return Change(**counts)


def _things(path: Path, beginning: str, aside: str) -> Iterator[tuple[bytes, list[bytes]]]:
    """The lines of each thing, by its subject; with “>”, subjects are in the order of lines."""
    wanted, ending = f"<{beginning}".encode(), f" <{aside}> .\n".encode()
    with path.open("rb") as file:
        lines = (line for line in file if line.startswith(wanted) and not line.endswith(ending))
        for subject, group in groupby(lines, lambda line: line[: line.index(b">") + 1]):
            yield subject, list(group)


def _once(runs: list[list[bytes]]) -> list[bytes]:
    """The lines of sorted runs in order, each once."""
    if sum(map(bool, runs)) < 2:
        return next(filter(None, runs), [])
    return [line for line, _ in groupby(heapq.merge(*runs))]


def _not_in(lines: list[bytes], paths: Iterable[Path]) -> list[bytes]:
    """Those of sorted lines that stand in none of the files."""
    for path in paths:
        if not lines:
            break
        with SortedFile(path) as file:
            standing = file.standing(lines)
        if standing:
            lines = [line for line in lines if line not in standing]
    return lines


def count_by_graph(lines: Iterable[bytes]) -> Counter[str]:
    """How many lines stand in each graph."""
    return Counter(graph_of(line) for line in lines)
