"""The folder in which workers write large answers, and what a killed service has left of one.

A folder belongs to one runner and is locked for as long as that lives. Whoever makes one removes
those that nobody holds any more: the files of a service that was killed would lie there for good.

An answer takes room until its last byte is sent, which is for as long as its reader likes. Its file
has lost its name by then: what is still held is told by the descriptors that this process has open.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

PREFIX = "gmkg-answers-of-workers-"
DESCRIPTORS = Path("/proc/self/fd")


class _File(NamedTuple):
    """What tells a finished file whatever it is called; the number alone is soon given again."""

    device: int
    number: int
    size: int


class SpoolFolder:
    """A folder of its own for the spool files, which are named by number."""

    def __init__(self) -> None:
        _remove_abandoned(Path(tempfile.gettempdir()))
        self.path, self._lock = _make()
        self._held: dict[_File, str | None] = {}

    def file(self, number: int) -> Path:
        """Where the answer to the request of this number is written, if it needs a file."""
        return self.path / str(number)

    def keep(self, number: int, client: str | None, room: int) -> bool:
        """Whether the answer of this number may be held until it is sent; else it is removed.

        All answers together may take `room` bytes, and those of one client half of that: who reads
        slowly leaves room to others. Where nobody knows the client (None), all of it.
        """
        path = self.file(number)
        try:
            file = _file(path.stat())
        except FileNotFoundError:  # somebody has cleared up the folder of temporary files
            return False
        self._held.pop(file, None)
        if self._held:
            present = set(self._present())
            self._held = {each: whose for each, whose in self._held.items() if each in present}
        own = sum(each.size for each, whose in self._held.items() if whose == client)
        too_much = client is not None and own + file.size > room // 2
        if too_much or sum(each.size for each in self._held) + file.size > room:
            path.unlink()
            return False
        self._held[file] = client
        return True

    def _present(self) -> Iterator[_File]:
        """The files that have a name in the folder, or are open in this process."""
        with os.scandir(self.path) as entries:
            for entry in entries:
                with suppress(OSError):  # removed in the meantime
                    yield _file(entry.stat())
        for descriptor in DESCRIPTORS.iterdir() if DESCRIPTORS.exists() else ():
            with suppress(OSError):  # closed in the meantime
                yield _file(os.fstat(int(descriptor.name)))

    def remove(self) -> None:
        """Remove the folder and whatever is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def _file(status: os.stat_result) -> _File:
    return _File(status.st_dev, status.st_ino, status.st_size)


def _make() -> tuple[Path, int]:
    """A new folder, locked; another, where somebody took it for an abandoned one before that."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(OSError):
            lock = _lock(folder)
            if folder.exists():
                return folder, lock
            os.close(lock)


def _lock(folder: Path) -> int:
    """A descriptor that holds the folder until it is closed; BlockingIOError where another does."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _remove_abandoned(among: Path) -> None:
    for folder in among.glob(f"{PREFIX}*"):
        with suppress(OSError):  # somebody else's, or gone by now
            descriptor = _lock(folder)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(descriptor)
