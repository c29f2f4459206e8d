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
    """What changed from the files `old` to the files `new`, each by its content's digest.

    A file that stands on both sides is read only where a line that left another file may still
    stand in it.
    """
    gone = {key: path for key, path in old.items() if key not in new}
    come = {key: path for key, path in new.items() if key not in old}
    difference = Difference()
    before, after = merged(gone.values()), merged(come.values())
    left, right = next(before, None), next(after, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left < right):
            assert left is not None
            difference.removed.append(left)
            left = next(before, None)
        elif left is None or right < left:
            difference.added.append(right)
            right = next(after, None)
        else:
            left, right = next(before, None), next(after, None)
    kept = [path for key, path in new.items() if key in old]
    return Difference(
        _not_in(difference.added, kept),
        _not_in(difference.removed, kept),
    )


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


def _not_in(lines: list[bytes], paths: list[Path]) -> list[bytes]:
    wanted = set(lines)
    for path in paths:
        if not wanted:
            break
        with path.open("rb") as file:
            wanted.difference_update(file)
    return [line for line in lines if line in wanted]


def count_by_graph(lines: Iterable[bytes]) -> Counter[str]:
    """How many lines stand in each graph."""
    return Counter(graph_of(line) for line in lines)
