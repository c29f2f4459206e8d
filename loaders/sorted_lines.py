"""Lines put in order and each kept once, however many there are: runs on disk, merged.

An external merge sort: memory holds no more lines than a run has. What is in order by parts, as
the lines of several runs are, a list's own sort puts in order far more quickly than a heap.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from io import BufferedReader
from itertools import chain, groupby, islice
from pathlib import Path

RUN = 200_000
_MERGED = 8  # while runs are merged, this part of a run's lines is in memory


class SortedLines:
    """Lines of bytes, gathered in any order and read in order. Each ends with a line feed.

    `folder` is where runs are kept; whoever made it removes it.
    """

    def __init__(self, folder: Path, name: str, run: int = RUN) -> None:
        self._folder = folder
        self._name = name
        self._run = run
        self._lines: list[bytes] = []
        self._runs: list[Path] = []

    def add(self, lines: Iterable[bytes]) -> None:
        """Take lines in."""
        self._lines += sorted(lines)
        if len(self._lines) >= self._run:
            self._spill()

    def __iter__(self) -> Iterator[bytes]:
        return chain.from_iterable(self.blocks())

    def blocks(self) -> Iterator[list[bytes]]:
        """The lines in order, many at a time."""
        if not self._runs:
            yield _in_order(self._lines)
            return
        if self._lines:
            self._spill()
        with ExitStack() as stack:
            runs = [stack.enter_context(path.open("rb")) for path in self._runs]
            yield from _merged(runs, self._run // (_MERGED * len(runs)) + 1)

    def _spill(self) -> None:
        path = self._folder / f"{self._name}.{len(self._runs)}"
        with path.open("wb") as file:
            file.writelines(_in_order(self._lines))
        self._runs.append(path)
        self._lines = []


def _in_order(lines: list[bytes]) -> list[bytes]:
    lines.sort()
    return [line for line, _ in groupby(lines)]


def _merged(runs: list[BufferedReader], at_once: int) -> Iterator[list[bytes]]:
    """The lines of runs in order, each once; memory holds `at_once` lines of each run at most.

    What is in memory of all runs can be put in order as far as the run that ends first.
    """
    waiting: list[list[bytes]] = [[] for _ in runs]
    while True:
        for lines, run in zip(waiting, runs, strict=True):
            if not lines:
                lines += islice(run, at_once)
        waits = [lines for lines in waiting if lines]
        if not waits:
            return
        end = min(lines[-1] for lines in waits)
        block: list[bytes] = []
        for lines in waits:
            taken = bisect_right(lines, end)
            block += lines[:taken]
            del lines[:taken]
        yield _in_order(block)


def inserted(blocks: Iterable[list[bytes]], further: list[bytes]) -> Iterator[bytes]:
    """The lines of blocks with a few more sorted ones put among them; none may stand in both."""
    for block in blocks:
        if block and further and further[0] < block[-1]:
            taken = bisect_right(further, block[-1])
            block = sorted(block + further[:taken])
            further = further[taken:]
        yield from block
    yield from further
