"""What a release changed, as one audience may know it, read from the files that it keeps of that.

`loaders.history` writes them when the release is made. Those of one thing are found by binary
search in sorted lines, so that a page of history costs the same however much changed.
"""

import json
import mmap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

ADDED, REMOVED, THINGS, SUMMARY = "added.nq", "removed.nq", "things.txt", "changes.json"
NEW, CHANGED, GONE = "new", "changed", "gone"
STATES = (NEW, CHANGED, GONE)


@dataclass(frozen=True, slots=True)
class ThingChange:
    """What became of one thing in a release, and which of its parts changed."""

    iri: str
    state: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """How much a release changed.

    `things` are how many of each state, `statements` how many were `added` and `removed`; the same
    by the IRI of a class and of a graph.
    """

    things: Mapping[str, int]
    statements: Mapping[str, int]
    graphs: Mapping[str, Mapping[str, int]]
    classes: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Changes:
    """The changes that lie in the folder of an audience of a release."""

    folder: Path

    @property
    def are_there(self) -> bool:
        """Whether the release says what it changed: one without a parent does not."""
        return (self.folder / SUMMARY).exists()

    @cached_property
    def summary(self) -> Summary:
        """How much changed."""
        table = json.loads((self.folder / SUMMARY).read_bytes())
        return Summary(table["things"], table["statements"], table["graphs"], table["classes"])

    def of(self, iri: str) -> ThingChange | None:
        """What became of a thing; None where it stayed as it was."""
        line = next(lines_of(self.folder / THINGS, iri), None)
        return None if line is None else _read_change(line)

    def things(self, state: str) -> Iterator[ThingChange]:
        """The things of a state, by IRI."""
        with (self.folder / THINGS).open("rb") as lines:
            for line in lines:
                change = _read_change(line)
                if change.state == state:
                    yield change

    def statements(self, change: ThingChange, most: int) -> tuple[list[Quad], list[Quad]]:
        """The statements on a thing and its parts that were added and removed, `most` of each."""
        added, removed = (list(islice(self._read(name, change), most)) for name in (ADDED, REMOVED))
        return added, removed

    def untold(self, iri: str) -> frozenset[bytes]:
        """The lines on an IRI that went, of which the audience may know no more."""
        path = self.folder.parent / "internal" / f"untold-{self.folder.name}.nq"
        return frozenset(lines_of(path, iri)) if path.exists() else frozenset()

    def _read(self, name: str, change: ThingChange) -> Iterator[Quad]:
        for iri in (change.iri, *change.parts):
            for line in lines_of(self.folder / name, iri):
                yield from parse(line, format=RdfFormat.N_QUADS)


def lines_of(path: Path, iri: str) -> Iterator[bytes]:
    """The lines of a sorted file that begin with an IRI in angle brackets and a space."""
    beginning = f"<{iri}> ".encode()
    with path.open("rb") as file:
        if not path.stat().st_size:  # nothing cannot be mapped
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
            lines.seek(_first_at_or_after(lines, beginning))
            while (line := lines.readline()).startswith(beginning):
                yield line


def _first_at_or_after(lines: mmap.mmap, beginning: bytes) -> int:
    """Where the first line stands that does not come before the beginning; the end without one."""
    low, high = 0, len(lines)  # each the start of a line, or the end
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.find(b"\n", start) + 1 or len(lines)
        if lines[start : min(end, start + len(beginning))] < beginning:
            low = end
        else:
            high = start
    return low


def _read_change(line: bytes) -> ThingChange:
    iri, state, *parts = line.decode().split()
    return ThingChange(iri[1:-1], state, tuple(parts))
