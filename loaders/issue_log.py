"""The issues of a load, tallied as they come; however many there are, memory holds a few."""

import os
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterator
from typing import IO

from loaders.issues import Effect, Issue, read_issue, write_issue

HELD = 10_000
_CHUNK = 1 << 16


class IssueLog:
    """Issues in the order in which they were met. Beyond `held` they wait in a temporary file.

    The file has no name, so that none is left behind, however the process ends.
    """

    def __init__(self, held: int = HELD) -> None:
        self._held = held
        self._issues: list[Issue] = []
        self._file: IO[bytes] | None = None
        self._is_closed = False
        self._tally: Counter[tuple[str, Effect]] = Counter()
        self._first: dict[tuple[str, Effect], Issue] = {}

    def report(self, issue: Issue) -> None:
        """Take one in.

        Raises:
            ValueError: the log is closed.
        """
        if self._is_closed:
            raise ValueError("The log of issues is closed.")
        kind = (issue.rule, issue.effect)
        self._tally[kind] += 1
        self._first.setdefault(kind, issue)
        if len(self._issues) < self._held:
            self._issues.append(issue)
            return
        if self._file is None:
            self._file = self._open()
        self._file.write(write_issue(issue).encode())

    def _open(self) -> IO[bytes]:
        file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the log
        weakref.finalize(self, file.close)
        return file

    def close(self) -> None:
        """Take no more in. What was taken in can still be read."""
        self._is_closed = True

    def __iter__(self) -> Iterator[Issue]:
        yield from self._issues
        if self._file is not None:
            self._file.flush()
            yield from map(read_issue, _lines(self._file.fileno()))

    def __len__(self) -> int:
        return self._tally.total()

    def __bool__(self) -> bool:
        return bool(self._tally)

    def count(self, effect: Effect) -> int:
        """How many issues had an effect."""
        return sum(count for (_, each), count in self._tally.items() if each is effect)

    def by_rule(self) -> dict[str, int]:
        """How many issues each rule has, the most frequent first."""
        total: Counter[str] = Counter()
        for (rule, _), count in self._tally.items():
            total[rule] += count
        return dict(total.most_common())

    def kinds(self) -> list[tuple[Issue, int]]:
        """The first issue of each rule and effect, and how many there are, in their order."""
        return [(self._first[kind], self._tally[kind]) for kind in sorted(self._tally)]


def _lines(file: int) -> Iterator[str]:
    """The lines of an open file, read from its beginning; where it is written to stays."""
    offset, rest = 0, b""
    while chunk := os.pread(file, _CHUNK, offset):
        offset += len(chunk)
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (each.decode() for each in lines)
