"""Sorted lines in a file: found, compared and patched without reading every one of them.

A file of a million lines and its next version mostly hold the same bytes. Where they do they are
compared and copied by the block; only where they do not are their lines looked at.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain
from mmap import ACCESS_READ, mmap
from pathlib import Path
from types import TracebackType

_STEP = 64  # bytes that are compared first; each time they are equal, twice as many are
_LARGEST = 1 << 20
_SOUGHT = 1 << 14  # to look for one line takes as long as to read so many bytes


class SortedFile:
    """A file of sorted lines, each once, open for reading; None is a file without lines."""

    def __init__(self, path: Path | None) -> None:
        self._content: mmap | bytes = b""
        if path is None or not path.stat().st_size:
            return
        with path.open("rb") as file:
            self._content = mmap(file.fileno(), 0, access=ACCESS_READ)

    def __enter__(self) -> "SortedFile":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(self._content, mmap):
            self._content.close()

    def __len__(self) -> int:
        """Its size in bytes."""
        return len(self._content)

    def __contains__(self, line: bytes) -> bool:
        at = self.place(line)
        return self._content[at : at + len(line)] == line

    def place(self, key: bytes) -> int:
        """The byte at which the first line begins that is not before `key`."""
        low, high = 0, len(self._content)
        while low < high:
            begin = self._content.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self._end(begin)
            if self._content[begin:end] < key:
                low = end
            else:
                high = begin
        return low

    def standing(self, lines: list[bytes]) -> set[bytes]:
        """Those of sorted lines that stand in the file."""
        if len(lines) * _SOUGHT > len(self):
            return set(lines).intersection(chain.from_iterable(map(_lines, self._whole_lines())))
        return {line for line in lines if line in self}

    def beginning(self, prefix: bytes) -> list[bytes]:
        """The lines that begin so."""
        begin = end = self.place(prefix)
        while end < len(self) and self._content[end : end + len(prefix)] == prefix:
            end = self._end(end)
        return _lines(self._content[begin:end])

    def blocks(self, begin: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes between two places, many at a time."""
        end = len(self._content) if end is None else end
        for at in range(begin, end, _LARGEST):
            yield self._content[at : min(end, at + _LARGEST)]

    def compare(self, other: "SortedFile") -> tuple[list[bytes], list[bytes]]:
        """The lines that only this file has, and those that only the other has, in order."""
        mine, theirs = self._content, other._content
        left, right = 0, 0
        only_mine: list[bytes] = []
        only_theirs: list[bytes] = []
        while left < len(mine) and right < len(theirs):
            left_end, right_end = self._end(left), other._end(right)
            line, another = mine[left:left_end], theirs[right:right_end]
            if line < another:
                only_mine.append(line)
                left = left_end
            elif another < line:
                only_theirs.append(another)
                right = right_end
            else:
                alike = _alike(mine, left_end, theirs, right_end)
                step = mine.rfind(b"\n", left, left_end + alike) + 1 - left
                left, right = left + step, right + step
        only_mine += _lines(mine[left:])
        only_theirs += _lines(theirs[right:])
        return only_mine, only_theirs

    def patched(self, removed: Iterable[bytes], added: Iterable[bytes]) -> Iterator[bytes]:
        """The bytes of the file without some of its lines and with others, in order, in blocks.

        All of `removed` stand in the file, and none of `added` that is not removed too.
        """
        gone, come = set(removed), set(added)
        gone, come = gone - come, come - gone
        done = 0
        for line in sorted(gone | come):
            at = self.place(line)
            if at > done:
                yield from self.blocks(done, at)
                done = at
            if line in come:
                yield line
            else:
                done = at + len(line)
        yield from self.blocks(done)

    def _whole_lines(self) -> Iterator[bytes]:
        """The bytes of the file in blocks that end where lines end."""
        at = 0
        while at < len(self):
            end = self._end(min(at + _LARGEST, len(self)) - 1)
            yield self._content[at:end]
            at = end

    def _end(self, begin: int) -> int:
        """Where the line ends that begins there; the last one may lack its line end."""
        return self._content.find(b"\n", begin) + 1 or len(self._content)


def _lines(content: bytes) -> list[bytes]:
    return list(BytesIO(content))


def _alike(mine: mmap | bytes, left: int, theirs: mmap | bytes, right: int) -> int:
    """How many bytes from two places on are the same, or a few less."""
    same, size = 0, _STEP
    most = min(len(mine) - left, len(theirs) - right)
    grows = True
    while size >= _STEP and same < most:
        size = min(size, most - same)
        begin, other = left + same, right + same
        if mine[begin : begin + size] == theirs[other : other + size]:
            same += size
            size = min(2 * size, _LARGEST) if grows else size // 2
        else:
            grows = False
            size //= 2
    return same
