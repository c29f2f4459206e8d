"""What an earlier load of a source left: its lines, and what it said of loads and of files.

A thing that a load states as the earlier one did keeps its origins, so that the statements of a
release change by as much as its records do.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from loaders.issues import Issue
from loaders.origins import OriginLines
from loaders.sorted_lines import SortedLines
from ontology.vocab import PROV

MOST_CHANGED = 200_000
"""So many changed parts are kept in mind; beyond them every thing with parts counts as changed."""

_USED = f"> <{PROV.used}> <".encode()
_INFORMED = f"> <{PROV.wasInformedBy}> <".encode()

Group = tuple[bytes, list[bytes]]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier load: the file of its quads, when it ended, and what the shapes remarked upon.

    `warnings` gives the issues of the rule “shape” that left nothing out; it is None where the load
    was held against other shapes than today's. `sha256` is that of its quads.
    """

    path: Path
    ended: datetime
    warnings: Callable[[], Iterator[Issue]] | None = None
    sha256: str = ""

    def lines(self) -> Iterator[bytes]:
        """Its lines, in their order."""
        with self.path.open("rb") as file:
            yield from file


def groups(lines: Iterable[bytes]) -> Iterator[Group]:
    """The lines of each subject, which has “<>”; with “>”, subjects are in the order of lines."""
    subject, group = b"", list[bytes]()
    for line in lines:
        if group and line.startswith(subject):
            group.append(line)
            continue
        if group:
            yield subject, group
        subject, group = line[: line.index(b">") + 1], [line]
    if group:
        yield subject, group


def side_by_side(
    new: Iterable[bytes], old: Iterable[bytes]
) -> Iterator[tuple[bytes, list[bytes], list[bytes]]]:
    """Each subject of sorted lines, its lines, and those that others have of it."""
    before = groups(old)
    known: Group | None = next(before, None)
    for subject, group in groups(new):
        while known is not None and known[0] < subject:
            known = next(before, None)
        yield subject, group, known[1] if known is not None and known[0] == subject else []


def with_kept_origins(
    lines: SortedLines, earlier: Earlier, origins: OriginLines
) -> Iterator[bytes]:
    """The lines of a load, in which things that are as before have the origins from before.

    A thing is as before where its own lines are the same, and those of its parts.
    """
    changed = _changed_parts(lines, earlier, origins)
    for subject, group, before in side_by_side(lines, earlier.lines()):
        if group == before or subject.startswith(origins.parts):
            yield from group
            continue
        own, own_before = origins.without_ours(group), origins.without_ours(before)
        kept = [each for each in before if origins.is_origin(each)] if own == own_before else []
        if kept and not _refers(own, changed, origins.parts):
            yield from sorted(own + kept)
        else:
            yield from group


def _refers(lines: Iterable[bytes], changed: set[bytes] | None, parts: bytes) -> bool:
    """Whether any of the lines refers to a changed part; None stands for all parts."""
    if changed is not None and not changed:
        return False
    for line in lines:
        at = line.find(b"> " + parts, 1)
        if at > 0 and (changed is None or line[at + 2 : line.index(b">", at + 2) + 1] in changed):
            return True
    return False


def _changed_parts(lines: SortedLines, earlier: Earlier, origins: OriginLines) -> set[bytes] | None:
    """The parts that are not as before, or have such a part; None where they are too many."""
    changed: set[bytes] = set()
    for subject, group, before in _parts_side_by_side(lines, earlier, origins.parts):
        if group != before:
            changed.add(subject)
            if len(changed) > MOST_CHANGED:
                return None
    grown = bool(changed)
    while grown:
        above = {
            subject
            for subject, group, _ in _parts_side_by_side(lines, earlier, origins.parts)
            if subject not in changed and _refers(group, changed, origins.parts)
        }
        grown = bool(above)
        changed |= above
    return changed


def _parts_side_by_side(
    lines: SortedLines, earlier: Earlier, parts: bytes
) -> Iterator[tuple[bytes, list[bytes], list[bytes]]]:
    """As `side_by_side`, for the parts, which stand together in sorted lines."""
    return side_by_side(_beginning(lines, parts), _beginning(earlier.lines(), parts))


def _beginning(lines: Iterable[bytes], start: bytes) -> Iterator[bytes]:
    """Those of sorted lines that begin so."""
    for line in lines:
        if line.startswith(start):
            yield line
        elif line[: len(start)] > start:
            return


@dataclass(frozen=True, slots=True)
class Told:
    """What a staged file says of loads and of snapshots of files: the lines of each, by its IRI.

    Besides the latest load they are those that origins of unchanged things still name.
    """

    snapshots: dict[bytes, list[bytes]]
    loads: dict[bytes, list[bytes]]

    def older(self) -> set[bytes]:
        """The loads and snapshots that are not the latest load's own."""
        informed = {
            _object_after(line, _INFORMED)
            for lines in self.loads.values()
            for line in lines
            if _INFORMED in line
        }
        latest = self.loads.keys() - informed
        own = {each for load in latest for each in used_by(self.loads[load])}
        return (self.loads.keys() - latest) | (self.snapshots.keys() - own)

    def of_snapshots(self, named: set[bytes]) -> list[bytes]:
        """The lines of the snapshots that are named, and of the loads that took them."""
        found = [line for each in named for line in self.snapshots.get(each, ())]
        for load in self.loads_of(named):
            found += [
                line
                for line in self.loads[load]
                if _INFORMED not in line
                and (_USED not in line or _object_after(line, _USED) in named)
            ]
        return found

    def loads_of(self, named: set[bytes]) -> list[bytes]:
        """The loads that took the snapshots that are named, in their order."""
        return sorted(
            load for load, lines in self.loads.items() if not named.isdisjoint(used_by(lines))
        )


def used_by(lines: Iterable[bytes]) -> list[bytes]:
    """The snapshots that the lines of a load say that it used."""
    return [_object_after(line, _USED) for line in lines if _USED in line]


def read_told(lines: Iterable[bytes], source: str, origins: OriginLines) -> Told:
    """What sorted lines say of the loads and of the snapshots of a source."""
    place = b"%s%s/" % (origins.parts, source.encode())
    loads: dict[bytes, list[bytes]] = {}
    snapshots: dict[bytes, list[bytes]] = {}
    for subject, group in groups(_beginning(lines, place)):
        mine = [each for each in group if origins.is_ours(each)]
        if subject.startswith(place + b"load/") and mine:
            loads[subject] = mine
        elif subject.startswith(place + b"snapshot/") and mine:
            snapshots[subject] = mine
    return Told(snapshots, loads)


def _object_after(line: bytes, predicate: bytes) -> bytes:
    """The IRI, with “<>”, that follows a predicate spelled as `> <…> <`."""
    at = line.index(predicate) + len(predicate) - 1
    return line[at : line.index(b">", at) + 1]


def without(lines: Iterable[bytes], iris: Iterable[bytes]) -> Iterator[bytes]:
    """The lines that name none of these IRIs, with or without a fragment; IRIs come with “<>”."""
    named = re.compile(b"|".join(re.escape(each[:-1]) + b"[#>]" for each in sorted(iris)))
    for line in lines:
        if not named.search(line):
            yield line
