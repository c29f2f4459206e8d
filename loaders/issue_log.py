"""The issues of a load, tallied as they come; however many there are, memory holds a few."""

import os
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from loaders.issues import Effect, Issue, read_issue, write_issue

HELD = 10_000


class IssueLog:
    """Issues in the order in which they were met. Beyond `held` they wait in a temporary file."""

    def __init__(self, held: int = HELD) -> None:
        self._held = held
        self._issues: list[Issue] = []
        self._spill: Path | None = None
        self._file: TextIO | None = None
        self._tally: Counter[tuple[str, Effect]] = Counter()
        self._first: dict[tuple[str, Effect], Issue] = {}

    def report(self, issue: Issue) -> None:
        """Take one in."""
        kind = (issue.rule, issue.effect)
        self._tally[kind] += 1
        self._first.setdefault(kind, issue)
        if len(self._issues) < self._held:
            self._issues.append(issue)
            return
        if self._file is None:
            self._file = self._open()
        self._file.write(write_issue(issue))

    def _open(self) -> TextIO:
        handle, name = tempfile.mkstemp(suffix=".issues.jsonl")
        self._spill = Path(name)
        weakref.finalize(self, _remove, name)
        return os.fdopen(handle, "a", encoding="utf-8")

    def close(self) -> None:
        """Take no more in. What was taken in can still be read."""
        if self._file is not None:
            self._file.close()

    def __iter__(self) -> Iterator[Issue]:
        yield from self._issues
        if self._file is not None and self._spill is not None:
            if not self._file.closed:
                self._file.flush()
            with self._spill.open(encoding="utf-8") as file:
                yield from map(read_issue, file)

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


def _remove(name: str) -> None:
    with suppress(OSError):
        Path(name).unlink()
