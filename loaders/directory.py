"""The data directory: where releases, staged loads and snapshots lie, and who may write there."""

import fcntl
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from loaders.errors import DirectoryError
from loaders.issues import Fault
from loaders.values import web_address
from ontology.namespaces import DEF, DEFAULT_BASE

_WORKING = ".loading-"
_SHUT = 0o027


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """An initialised data directory. Its base was chosen once and stays.

    One that `is_open` is a plain store of RDF: for the public alone, and without any checks.
    """

    path: Path
    base: str
    is_open: bool = False

    @property
    def releases(self) -> Path:
        """The folder of all releases."""
        return self.path / "releases"

    @property
    def staged(self) -> Path:
        """The folder of loads that wait to be published."""
        return self.path / "staged"

    @property
    def snapshots(self) -> Path:
        """The folder of files as they were loaded, each named by its SHA-256."""
        return self.path / "snapshots"

    @property
    def sources(self) -> Path:
        """The folder of sources declared for this directory alone."""
        return self.path / "sources"

    @property
    def current(self) -> Path:
        """The link to the release that is served."""
        return self.path / "current"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the writers' lock; whoever else wants to write waits. A killed holder lets go."""
        with (self.path / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    @contextmanager
    def working_folder(self) -> Iterator[Path]:
        """A folder of one's own on the directory's file system, removed afterwards.

        Those whose owner was killed go with it: an owner holds a lock that a dead one lets go.
        """
        with self._no_folder_made():
            for stale in self.staged.glob(f"{_WORKING}*"):
                with suppress(OSError), (stale / "lock").open("w") as handle:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(stale, ignore_errors=True)
            folder = Path(tempfile.mkdtemp(dir=self.staged, prefix=_WORKING))
            handle = (folder / "lock").open("w")
            fcntl.flock(handle, fcntl.LOCK_EX)
        with handle:
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _no_folder_made(self) -> Iterator[None]:
        """Keep others from making a working folder: one not yet locked would be swept away."""
        handle = os.open(self.staged, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def initialise(path: Path, base: str | None = None, *, is_open: bool = False) -> DataDirectory:
    """Make a data directory, or find the one that is there, of either kind unless `is_open`.

    One that is made is shut to everybody but its owner and its group, who may not write: it holds
    what is for our own staff.

    Raises:
        DirectoryError: the base is no usable IRI, or the directory has another one, or it is to be
            open and is there and not so.
    """
    if (path / "directory.json").exists():
        found = open_directory(path, base)
        if is_open and not found.is_open:
            raise DirectoryError(
                f"{path} is a data directory with sources and checks, and stays one: use another "
                "directory for an open one."
            )
        return found
    chosen = base or DEFAULT_BASE
    if not _could_be_a_base(chosen):
        raise DirectoryError(
            f"“{chosen}” cannot be a base: that is an http or https IRI that ends in “/”, "
            "without a query or a fragment."
        )
    if chosen.startswith(DEF) or DEF.startswith(chosen):
        raise DirectoryError(f"“{chosen}” is kept for the ontology.")
    directory = DataDirectory(path, chosen, is_open)
    for folder in (directory.releases, directory.staged, directory.snapshots, directory.sources):
        folder.mkdir(parents=True, exist_ok=True)
    path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_SHUT)
    made = {"base": chosen, "open": True} if is_open else {"base": chosen}
    write_durably(path / "directory.json", [json.dumps(made).encode()])
    return directory


def open_directory(path: Path, base: str | None = None) -> DataDirectory:
    """The data directory at `path`.

    Raises:
        DirectoryError: there is none, or `base` is given and is not the one it was made with.
    """
    try:
        table = json.loads((path / "directory.json").read_text())
        recorded, is_open = table["base"], table.get("open", False) is True
    except FileNotFoundError:
        raise DirectoryError(f"{path} is no data directory yet: run “gmkg init” first.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DirectoryError(f"{path / 'directory.json'} is damaged.") from None
    if base is not None and base != recorded:
        raise DirectoryError(
            f"{path} was made with the base {recorded}, and published IRIs never change: "
            f"use another directory for {base}."
        )
    return DataDirectory(path, recorded, is_open)


def _could_be_a_base(iri: str) -> bool:
    try:
        # Clients take dot segments out of an IRI (RFC 3986, section 5.2.4), so none may be minted;
        # and what stands before “id” must be the base.
        steps = web_address(iri).split("/")
        return iri.endswith("/") and not {".", "..", "id"} & set(steps) and not set("?#") & set(iri)
    except Fault:
        return False


def write_durably(path: Path, content: Iterable[bytes]) -> None:
    """Put a file in place whole, or not at all, so that it outlasts a crash of the machine."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as handle:
            handle.writelines(content)
            handle.flush()
            os.fsync(handle.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the entries of a folder outlast a crash of the machine."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
