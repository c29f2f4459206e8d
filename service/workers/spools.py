"""The folder in which workers write large answers, and what a killed service has left of one.

A folder belongs to one runner and is locked for as long as that lives. Whoever makes one removes
those that nobody holds any more: the files of a service that was killed would lie there for good.
"""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIX = "gmkg-answers-of-workers-"


class SpoolFolder:
    """A folder of its own for the spool files, which are named by number."""

    def __init__(self) -> None:
        _remove_abandoned(Path(tempfile.gettempdir()))
        self.path, self._lock = _make()

    def file(self, number: int) -> Path:
        """Where the answer to the request of this number is written, if it needs a file."""
        return self.path / str(number)

    def remove(self) -> None:
        """Remove the folder and whatever is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


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
