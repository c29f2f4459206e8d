"""A data directory under examination: what several checks want to know of it."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from loaders.directory import DataDirectory
from loaders.errors import LoaderError
from loaders.release import Release, current_release, find_release
from loaders.staging import StagedLoad, staged_load


class Examined:
    """A data directory, and whether the bytes of all files are to be read (`deep`).

    What cannot be read is missing here: the checks whose subject it is tell of it.
    """

    def __init__(self, directory: DataDirectory, *, deep: bool = False) -> None:
        self.directory = directory
        self.deep = deep
        self._digests: dict[tuple[int, int], str] = {}

    def place(self, path: Path) -> str:
        """A path as it is told: from the data directory on."""
        with suppress(ValueError):
            return str(path.relative_to(self.directory.path))
        return str(path)

    @cached_property
    def release_names(self) -> list[str]:
        """The names of the folders of releases, the newest first."""
        folder = self.directory.releases
        found = [path.name for path in folder.iterdir() if path.is_dir()] if folder.exists() else []
        return sorted((name for name in found if not name.startswith(".")), reverse=True)

    @cached_property
    def releases(self) -> list[Release]:
        """The releases whose manifests can be read, the newest first."""
        found = []
        for name in self.release_names:
            with suppress(LoaderError, OSError):
                found.append(find_release(self.directory, name))
        return found

    @cached_property
    def current(self) -> Release | None:
        """The release that is served, where it can be read."""
        with suppress(LoaderError, OSError):
            return current_release(self.directory)
        return None

    @cached_property
    def staged(self) -> list[StagedLoad]:
        """The staged loads that can be read, by source."""
        found = []
        for path in sorted(self.directory.staged.glob("*.json")):
            with suppress(LoaderError, OSError):
                if (load := staged_load(self.directory, path.stem)) is not None:
                    found.append(load)
        return found

    @contextmanager
    def reading(self, release: Release) -> Iterator[None]:
        """Keep a release from being collected while it is looked at, as whoever serves it does."""
        with (release.path / "manifest.json").open() as manifest:
            fcntl.flock(manifest, fcntl.LOCK_SH)
            yield

    def digest(self, path: Path) -> str:
        """The SHA-256 of a file. Releases share files, and each is read once."""
        with path.open("rb") as file:
            status = path.stat()
            key = status.st_dev, status.st_ino
            if key not in self._digests:
                self._digests[key] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._digests[key]

    @cached_property
    def is_being_written(self) -> bool:
        """Whether somebody holds the writers' lock at this moment."""
        try:
            with (self.directory.path / "lock").open() as handle:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False
