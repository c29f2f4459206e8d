"""Snapshots: files exactly as they arrived, each kept once, under its SHA-256."""

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
from loaders.formats.reading.content import Content, as_utf_8, encoding_of
from loaders.formats.reading.json_items import skip_comments
from loaders.steps import step

_CHUNK = 1 << 20

Opener = Callable[[], BinaryIO]
"""Opens a file of a source for reading, from its beginning."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A file as it was when loaded: its name, SHA-256, size in bytes, and where its bytes are.

    `url` is the address that it was fetched from, where it was.
    """

    name: str
    sha256: str
    size: int
    path: Path
    url: str | None = None


def opener_of(place: Path | Traversable) -> Opener:
    """What opens a file that lies in a folder or in a package."""
    return lambda: cast(BinaryIO, place.open("rb"))


def joined(places: Sequence[Path], encoding: str | None = None) -> Opener:
    """What opens files as one: the pages of a feed, each on lines of its own.

    A file alone stays as it is. Several are written anew in UTF-8, whatever encoding each shows or
    else is declared, without byte order marks and without lines of comment before the JSON.

    Raises, when opened:
        StructureError: a file is an archive, or not text in its encoding.
    """
    if len(places) == 1:
        return opener_of(places[0])

    def opener() -> BinaryIO:
        together = tempfile.TemporaryFile()  # noqa: SIM115 - handed to whoever opened it
        try:
            for place in places:
                page = Content(place.name, place, encoding)
                with as_utf_8(page, encoding_of(page)) as text:
                    skip_comments(text)
                    shutil.copyfileobj(text, together)
                together.write(b"\n")
            together.seek(0)
        except BaseException:
            together.close()
            raise
        return cast(BinaryIO, together)

    return opener


@step("snapshots")
def take_snapshot(folder: Path, name: str, opened: Opener, url: str | None = None) -> Snapshot:
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
    return Snapshot(name, digest.hexdigest(), size, partial, url)


@step("snapshots")
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
