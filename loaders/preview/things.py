"""What is published of a source beside what would be, thing by thing.

Both files are sorted, so that they are read side by side in one pass; what is kept in mind are the
things to be shown, and the IRIs of those that are lost, come back, or have parts that changed.
"""

import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from loaders.described import LABELS
from loaders.nquads import literal_of
from loaders.preview.masking import masked, masked_iri
from loaders.preview.model import Thing
from loaders.preview.terms import kind_of
from ontology.vocab import RDF

OTHERS = "thing that other sources describe"
"""The kind of what a source says something of without giving it a type."""

_TYPING = f" <{RDF.type}> <".encode()
_NAMING = [f" <{each}> ".encode() for each in LABELS]


@dataclass(frozen=True, slots=True)
class Files:
    """The sorted lines of a source: as they are published, if they are, and as they would be.

    `base` is that of our IRIs. What the graph of provenance says is left aside.
    """

    before: Path | None
    after: Path
    base: str

    @property
    def parts(self) -> bytes:
        """What the IRIs of parts begin with, behind a “<”."""
        return f"<{self.base}.well-known/genid/".encode()

    @property
    def things(self) -> bytes:
        """What the IRIs of things begin with, behind a “<”."""
        return f"<{self.base}id/".encode()

    def groups(self, path: Path | None, beginning: bytes) -> Iterator[tuple[bytes, list[bytes]]]:
        """Each subject of a file that begins so, with “<>”, and its lines."""
        if path is None:
            return
        aside = f" <{self.base}graph/provenance> .\n".encode()
        with path.open("rb") as file:
            lines = (
                each for each in file if each.startswith(beginning) and not each.endswith(aside)
            )
            for subject, group in groupby(lines, lambda line: line[: line.index(b">") + 1]):
                yield subject, list(group)

    def side_by_side(self, beginning: bytes) -> Iterator[tuple[bytes, list[bytes], list[bytes]]]:
        """Each subject that begins so, its published lines, and those that it would have."""
        before = ((subject, 0, lines) for subject, lines in self.groups(self.before, beginning))
        after = ((subject, 1, lines) for subject, lines in self.groups(self.after, beginning))
        both = heapq.merge(before, after, key=lambda each: each[:2])
        for subject, found in groupby(both, lambda each: each[0]):
            sides: list[list[bytes]] = [[], []]
            for _, side, lines in found:
                sides[side] = lines
            yield subject, sides[0], sides[1]

    def pick(self, path: Path | None, wanted: Collection[bytes]) -> dict[bytes, list[bytes]]:
        """The lines of some subjects of a file."""
        if not wanted:
            return {}
        return {
            subject: lines
            for beginning in (self.parts, self.things)
            for subject, lines in self.groups(path, beginning)
            if subject in wanted
        }


@dataclass(slots=True)
class Kept:
    """What is kept of the things of one kind: how many there are in each state, and the first."""

    new: list[Thing] = field(default_factory=list)
    changed: list[tuple[Thing, list[bytes], list[bytes]]] = field(default_factory=list)
    gone: list[Thing] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Compared:
    """What a comparison found. `kinds` has what is kept by kind; IRIs have “<>”.

    `lost` are described no longer; `back` had ended and are described again.
    """

    kinds: dict[str, Kept] = field(default_factory=dict)
    lost: list[bytes] = field(default_factory=list)
    back: list[bytes] = field(default_factory=list)
    changed_parts: set[bytes] = field(default_factory=set)


def compare_things(files: Files, ended: Collection[bytes], most: int | None) -> Compared:
    """Compare the things of two files; of each kind and state the first `most` are kept, or all.

    `ended` are the IRIs, with “<>”, that were published once and are described no longer.
    """
    found = Compared(changed_parts=_changed_parts(files))
    for subject, old, new in files.side_by_side(files.things):
        was, would_be = types_in(old), types_in(new)
        kind = kind_of(would_be or was) or OTHERS
        kept = found.kinds.setdefault(kind, Kept())
        if was and not would_be:
            found.lost.append(subject)
        if would_be and subject in ended:
            found.back.append(subject)
        is_there_now = bool(would_be) if was else bool(new)
        was_there = bool(was) if would_be else bool(old)
        if not was_there:
            state = "new"
            _keep(kept.new, most, subject, new, kind)
        elif not is_there_now:
            state = "gone"
            _keep(kept.gone, most, subject, old, kind)
        elif old != new or refers(new, found.changed_parts, files.parts):
            state = "changed"
            if most is None or len(kept.changed) < most:
                kept.changed.append((thing_of(subject, new or old, kind), old, new))
        else:
            state = "unchanged"
        kept.counts[state] += 1
    return found


def _keep(
    kept: list[Thing], most: int | None, subject: bytes, lines: list[bytes], kind: str
) -> None:
    if most is None or len(kept) < most:
        kept.append(thing_of(subject, lines, kind))


def thing_of(subject: bytes, lines: Iterable[bytes], kind: str | None = None) -> Thing:
    """The thing of a subject, with “<>”, that some lines describe."""
    stated = list(lines)
    label = name_in(stated)
    return Thing(
        masked_iri(subject[1:-1].decode()),
        masked(label) if label else None,
        kind or kind_of(types_in(stated)) or OTHERS,
    )


def types_in(lines: Iterable[bytes]) -> list[str]:
    """The classes that the lines of one subject give it."""
    found = []
    for line in lines:
        at = line.index(b">") + 1
        if line.startswith(_TYPING, at):
            begin = at + len(_TYPING)
            found.append(line[begin : line.index(b">", begin)].decode())
    return found


def name_in(lines: Collection[bytes]) -> str | None:
    """The name that the lines of one subject give it; an English one before others."""
    for naming in _NAMING:
        values = [
            line.split(b" ", 2)[2].rpartition(b" <")[0]
            for line in lines
            if line.startswith(naming, line.index(b">") + 1)
        ]
        literals = [each for each in values if each.startswith(b'"')]
        if literals:
            return literal_of(min(literals, key=lambda each: (b'"@en' not in each, each)))
    return None


def referred(line: bytes, beginning: bytes) -> bytes | None:
    """The IRI, with “<>”, that is the object of a line, where it begins so."""
    at = line.find(b"> " + beginning, line.index(b">") + 1)
    return line[at + 2 : line.index(b">", at + 2) + 1] if at > 0 else None


def refers(lines: Iterable[bytes], wanted: Collection[bytes], beginning: bytes) -> bool:
    """Whether the object of any line is one of the IRIs that are wanted, which all begin so."""
    return bool(wanted) and any(referred(line, beginning) in wanted for line in lines)


def _changed_parts(files: Files) -> set[bytes]:
    """The parts that are not as they were, and those that have such parts."""
    if files.before is None:
        return set()
    changed = {subject for subject, old, new in files.side_by_side(files.parts) if old != new}
    is_growing = bool(changed)
    while is_growing:
        above = {
            subject
            for subject, lines in files.groups(files.after, files.parts)
            if subject not in changed and refers(lines, changed, files.parts)
        }
        changed |= above
        is_growing = bool(above)
    return changed
