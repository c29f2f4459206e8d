"""The release that is served: opened read-only, and replaced when the link `current` moves.

A release directory never changes once it is published, so readers need no lock against its
writer. What they need is that nobody removes it under them: each holds a shared lock on its
manifest for as long as the release is in use.
"""

import fcntl
import json
import os
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar, cast

from pyoxigraph import Store

from service.errors import Problem, ServiceError
from service.labels import Labels
from service.locations import Locations

CURRENT = "current"
RELEASES = "releases"
MANIFEST = "manifest.json"

Made = TypeVar("Made")


class ReleaseError(ServiceError):
    """The release that `current` names cannot be opened."""

    def __init__(self, path: Path, complaint: str) -> None:
        self.path = path
        super().__init__(f"The release {path.name} cannot be opened: {complaint}")


@dataclass(frozen=True, eq=False)
class Release:
    """One opened release of one audience. It stays readable for as long as somebody holds it."""

    id: str
    path: Path
    audience: str
    base: str
    manifest: Mapping[str, object]
    store: Store

    @cached_property
    def labels(self) -> Labels:
        """The labels of this release, remembered as they are asked for."""
        return Labels(self.store)

    @cached_property
    def locations(self) -> Locations:
        """Where this release's resources are served."""
        return Locations(self.base)

    def graph(self, source: str) -> str:
        """The IRI of the named graph of a source (contract: `{base}graph/{source}`)."""
        return f"{self.base}graph/{source}"


def manifest_count(release: Release, *keys: str) -> int | None:
    """A number of the manifest's counts for the release's audience, if it is there."""
    found: object = release.manifest.get("counts")
    for key in (release.audience, *keys):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, int) else None


class PerRelease(Generic[Made]):
    """Something worked out from a release once, and remembered for as long as it is held."""

    def __init__(self, make: Callable[[Release], Made]) -> None:
        self._make = make
        self._made: weakref.WeakKeyDictionary[Release, Made] = weakref.WeakKeyDictionary()
        self._lock = Lock()

    def __call__(self, release: Release) -> Made:
        """What was made of this release, made now if it is asked for the first time."""
        with self._lock:
            if release not in self._made:
                self._made[release] = self._make(release)
            return self._made[release]


class Releases:
    """The releases of a data directory, as one audience sees them."""

    def __init__(self, data: Path, audience: str = "public") -> None:
        self._data = data
        self._audience = audience
        self._opened: Release | None = None
        self._lock = Lock()

    def current(self) -> Release:
        """The release that the link names now. An earlier one lives on with whoever holds it."""
        named = self._named()
        opened = self._opened
        if opened is not None and opened.path == named:
            return opened
        with self._lock:
            while (named := self._named()) != (self._opened and self._opened.path):
                try:
                    self._opened = open_release(named, self._audience)
                except ReleaseError:
                    if self._named() == named:
                        raise
            return cast(Release, self._opened)

    def _named(self) -> Path:
        """The directory that the link names."""
        try:
            return self._data / (self._data / CURRENT).readlink()
        except OSError:
            raise Problem(
                503,
                "There is no release yet.",
                "Nothing has been published in the data directory.",
                headers={"Retry-After": "10"},
            ) from None


def open_release(path: Path, audience: str) -> Release:
    """The finished release at the path, held by a shared lock until nobody uses it any more."""
    try:
        descriptor = os.open(path / MANIFEST, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as fault:
        raise ReleaseError(path, f"its manifest cannot be read ({fault.strerror}).") from fault
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        with open(descriptor, "rb", closefd=False) as file:
            manifest = json.load(file)
        store = Store.read_only(str(path / audience / "store"))
        release = Release(
            id=str(manifest["id"]),
            path=path,
            audience=audience,
            base=str(manifest["base"]),
            manifest=manifest,
            store=store,
        )
    except (OSError, ValueError, KeyError) as fault:
        os.close(descriptor)
        raise ReleaseError(path, f"{fault}.") from fault
    weakref.finalize(release, os.close, descriptor)
    return release
