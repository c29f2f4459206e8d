"""Snapshots: files exactly as they were fetched, each kept once, under its SHA-256."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import BinaryIO, cast

from loaders.directory import DataDirectory, sync_folder, write_durably

_CHUNK = 1 << 20

Opener = Callable[[], BinaryIO]
"""Opens a file of a source for reading, from its beginning."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A file as it was when loaded: its name, SHA-256, size in bytes, and where its bytes are."""

    name: str
    sha256: str
    size: int
    path: Path


def opener_of(place: Path | Traversable) -> Opener:
    """What opens a file that lies in a folder or in a package."""
    return lambda: cast(BinaryIO, place.open("rb"))


def joined(places: Sequence[Path]) -> Opener:
    """What opens files as one: the pages of a feed, each on lines of its own."""
    if len(places) == 1:
        return opener_of(places[0])

    def opener() -> BinaryIO:
        together = tempfile.TemporaryFile()  # noqa: SIM115 - handed to whoever opened it
        for place in places:
            with place.open("rb") as file:
                shutil.copyfileobj(file, together)
            together.write(b"\n")
        together.seek(0)
        return cast(BinaryIO, together)

    return opener


def take_snapshot(folder: Path, name: str, opened: Opener) -> Snapshot:
    """Copy a file into a folder, whatever its size, and digest it on the way."""
    digest, size = hashlib.sha256(), 0
    partial = folder / f"{len(list(folder.iterdir()))}.partial"
    with opened() as source, partial.open("wb") as kept:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            kept.write(chunk)
        kept.flush()
        os.fsync(kept.fileno())
    return Snapshot(name, digest.hexdigest(), size, partial)


def keep_snapshot(directory: DataDirectory, snapshot: Snapshot) -> None:
    """Put the bytes of a snapshot where they stay; the caller holds the lock."""
    kept = directory.snapshots / snapshot.sha256
    if kept.exists():
        return
    try:
        snapshot.path.rename(kept)
    except OSError:  # the snapshots are kept on another file system
        with snapshot.path.open("rb") as file:
            write_durably(kept, iter(lambda: file.read(_CHUNK), b""))
    sync_folder(directory.snapshots)
