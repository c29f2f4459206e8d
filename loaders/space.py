"""Room on the disk: what the next release will need, and what there is.

What is needed is estimated from the bytes of the staged quads. Measured with `du` every 50 ms on
releases of the samples (6 MB of quads, three audiences that differ) and of 20,000 and 100,000
made-up organisations (49 and 246 MB of quads, for everybody, or for our own staff alone):

    per byte of quads that an audience reads              samples   20,000   100,000
    store, search index and ledger of a new store            1.53     1.66      1.80
    quads kept apart for narrower audiences                  0.18     0.05         0
    passing, while the store is made                            –     2.05      2.03
    parent's store with one change in a hundred applied         –     0.29      0.52

The sorted copies that a store is loaded from pass, so they count once, for the widest audience.
A changed store costs so much because the engine rewrites its files; it could come to rewrite all.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from loaders.audience import Audience
from loaders.difference import compare_files
from loaders.directory import DataDirectory
from loaders.errors import SpaceError
from loaders.full_disk import free_bytes, size
from loaders.release import Release
from loaders.staging import StagedLoad
from loaders.store_build import REBUILD_SHARE

NEW_STORE = 2.0
PASSING = 2.1
CHANGED_STORE = 1.0
OPEN_STORE = 2.0
"""Bytes for each byte of quads; the first three as measured, and what was seen to vary on top."""

Files = Sequence[tuple[StagedLoad, Path]]


@dataclass(frozen=True, slots=True)
class Room:
    """The bytes that the next release needs and those that are free, at a place."""

    needed: int
    free: int
    place: Path

    @property
    def is_enough(self) -> bool:
        """Whether what is needed is free."""
        return self.needed <= self.free

    def told(self) -> str:
        """The figures, as a part of a sentence."""
        return (
            f"about {size(self.needed)} by the size of what is staged, and "
            f"{size(self.free)} are free where {self.place} lies"
        )


def room_for(
    directory: DataDirectory,
    parent: Release | None,
    files: Files,
    *,
    anew: bool = False,
) -> Room:
    """What a release of these loads, each with the file of its quads, is likely to need.

    `anew` says that no store of the parent can be taken over.
    """
    free = free_bytes(directory.releases)
    by_audience = {
        audience: sum(path.stat().st_size for load, path in files if audience.reads(load.audience))
        for audience in Audience
    }
    if directory.is_open:
        return Room(round(by_audience[Audience.INTERNAL] * OPEN_STORE), free, directory.releases)
    stores = sum(by_audience[each] for each in _with_own_store(parent, files))
    whole = round(stores * NEW_STORE + by_audience[Audience.INTERNAL] * PASSING)
    if parent is None or anew:
        return Room(whole, free, directory.releases)
    changed = round(stores * CHANGED_STORE)
    # Only where it decides is it worth while to compare the files.
    if _is_little(parent, _changed_at_most(parent, files)) or (
        changed <= free < whole and _is_little(parent, _changed(parent, files))
    ):
        return Room(changed, free, directory.releases)
    return Room(whole, free, directory.releases)


def refuse_full_disk(
    directory: DataDirectory,
    parent: Release | None,
    files: Files,
    *,
    anew: bool = False,
) -> None:
    """Refuse to begin a release that would likely fill the disk.

    Raises:
        SpaceError: it would; the text has the figures.
    """
    room = room_for(directory, parent, files, anew=anew)
    if not room.is_enough:
        raise SpaceError(
            f"nothing is published, because the release would likely fill the disk: it needs "
            f"{room.told()}. Make room there, or publish with --ignore-space if you know that it "
            "needs less."
        )


def _with_own_store(parent: Release | None, files: Files) -> list[Audience]:
    """The audiences whose stores are not the one of a narrower audience, as far as can be told.

    Audiences that saw the same in the parent are taken to see the same again, where they read the
    same sources. Without a parent, each may turn out to see something else.
    """
    found: list[Audience] = []
    narrower: Audience | None = None
    for audience in Audience:
        if not (narrower and parent and _read_alike(parent, files, narrower, audience)):
            found.append(audience)
        narrower = audience
    return found


def _read_alike(parent: Release, files: Files, narrower: Audience, wider: Audience) -> bool:
    reads = [(narrower.reads(load.audience), wider.reads(load.audience)) for load, _ in files]
    return (
        all(one == other for one, other in reads)
        and parent.staged_files(narrower).keys() == parent.staged_files(wider).keys()
    )


def _is_little(parent: Release, lines: int) -> bool:
    total = parent.manifest.counts[Audience.INTERNAL]["quads"]
    return bool(lines <= REBUILD_SHARE * total)


def _changed_at_most(parent: Release, files: Files) -> int:
    """How many lines can have changed: all of every source that did."""
    before = parent.manifest.sources
    now = {load.source: load for load, _ in files}
    return sum(
        (now[source].quads if source in now else 0)
        + (int(before[source]["quads"]) if source in before else 0)
        for source in _changed_sources(parent, now.values())
    )


def _changed(parent: Release, files: Files) -> int:
    """How many lines changed, which takes as long as reading them."""
    before = parent.manifest.sources
    paths = {load.source: path for load, path in files}
    count = 0
    for source in _changed_sources(parent, [load for load, _ in files]):
        old = parent.staged_path(source) if source in before else None
        lost, found = compare_files(old, paths.get(source))
        count += len(lost) + len(found)
    return count


def _changed_sources(parent: Release, loads: Collection[StagedLoad]) -> set[str]:
    now = {load.source for load in loads}
    return {load.source for load in loads if not parent.holds(load)} | (
        parent.manifest.sources.keys() - now
    )
