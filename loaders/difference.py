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
