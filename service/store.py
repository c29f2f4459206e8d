"""The release that is served: opened read-only, and replaced when the link `current` moves.

Each audience has a store of its own in it, opened when somebody of that audience first asks.
Each release is held (`service.holding`) for as long as somebody uses it.
"""

import json
import logging
import os
import time
import weakref
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from pyoxigraph import Store

from service.errors import Problem, ServiceError
from service.holding import MANIFEST as MANIFEST
from service.holding import hold, store_path
from service.labels import Labels
from service.locations import Locations
from service.tokens import PUBLIC

CURRENT = "current"
RETRY_SECONDS = 1.0

Made = TypeVar("Made")

log = logging.getLogger(__name__)


class ReleaseError(ServiceError):
    """The release that `current` names cannot be opened."""

    def __init__(self, path: Path, complaint: str) -> None:
        self.path = path
        self.complaint = complaint
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
        """The IRI of the named graph of a source."""
        return f"{self.base}graph/{source}"


def manifest_count(release: Release, *keys: str) -> int | None:
    """A number of the manifest's counts for the release's audience, if it is there."""
    found: object = release.manifest.get("counts")
    for key in (release.audience, *keys):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, int) else None


class PerRelease(Generic[Made]):
    """Something worked out from a release once, and remembered for as long as the release is held.

    What is made must not hold the release, or neither would ever be let go: it keeps the store,
    the base or the labels, whichever it needs.
    """

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
    """The releases of a data directory, as each audience sees them."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._served: dict[str, _Served] = {}
        self._lock = Lock()

    def current(self, audience: str = PUBLIC) -> Release:
        """The release that the link names now. An earlier one lives on with whoever holds it.

        Where the link is broken, or what it names, the release that was served before is served
        on and the fault is logged once; where there was none before, it is a Problem.
        """
        with self._lock:
            served = self._served.get(audience)
            if served is None:
                served = self._served[audience] = _Served(self._data, audience)
        before = served.opened
        release = served.current()
        if release is not before:
            self._follow(served)
        return release

    def _follow(self, switched: "_Served") -> None:
        """Have the other audiences switch too: one seldom asked for would keep an old release."""
        for other in tuple(self._served.values()):
            if other is not switched and other.opened is not None:
                other.current()


class _Served:
    """The release that one audience is served."""

    def __init__(self, data: Path, audience: str) -> None:
        self._data = data
        self._link = os.fspath(data / CURRENT)
        self._named: str | None = None  # what the link said of the release that is open
        self._audience = audience
        self._opened: Release | None = None
        self._refused: tuple[Path, str, float] | None = None
        self._complaint: str | None = None
        self._lock = Lock()

    @property
    def opened(self) -> Release | None:
        """What was served last, if anything was."""
        return self._opened

    def current(self) -> Release:
        """The release that the link names, or the one before it, or a Problem."""
        try:
            return self._current()
        except ServiceError as fault:
            return self._go_on(fault)

    def _current(self) -> Release:
        # Most requests find what the last one found, and this is their whole price: one call.
        opened = self._opened
        with suppress(OSError):
            if opened is not None and os.readlink(self._link) == self._named:  # noqa: PTH115
                self._complaint = None
                return opened
        target = _target(self._data)
        if opened is None or opened.path != target:
            with self._lock:
                opened = self._opened
                if opened is None or opened.path != _target(self._data):
                    opened = self._opened = self._open()
                    self._named = os.path.relpath(opened.path, self._data)
        self._complaint = None
        return opened

    def _open(self) -> Release:
        """The release that the link names; one that was refused just now is not tried again."""
        target, now = _target(self._data), time.monotonic()
        if self._refused is not None and self._refused[0] == target and now < self._refused[2]:
            raise ReleaseError(target, self._refused[1])
        try:
            return open_current(self._data, self._audience)
        except ReleaseError as fault:
            self._refused = fault.path, fault.complaint, now + RETRY_SECONDS
            raise

    def _go_on(self, fault: ServiceError) -> Release:
        """The release that was served before the fault, or else a Problem."""
        with self._lock:
            opened = self._opened
            awaited = opened is None and isinstance(fault, Problem)
            complaint = fault.title if isinstance(fault, Problem) else str(fault)
            if not awaited and self._complaint != complaint:
                self._complaint = complaint
                log.error("%s%s", complaint, f" {opened.id} is served on." if opened else "")
        if opened is not None:
            return opened
        if isinstance(fault, Problem):
            raise fault
        raise Problem(
            503,
            "The release cannot be opened.",
            "The fault is the service's and has been noted.",
            headers={"Retry-After": "10"},
        ) from fault


def open_current(data: Path, audience: str = PUBLIC) -> Release:
    """The release that the link of a data directory names; ReleaseError or Problem without one."""
    target = _target(data)
    while True:
        try:
            return open_release(target, audience)
        except ReleaseError:
            # Another may have taken its place meanwhile, and it may have been removed.
            refused, target = target, _target(data)
            if target == refused:
                raise


def _target(data: Path) -> Path:
    """The directory that the link names."""
    link = data / CURRENT
    try:
        return data / link.readlink()
    except FileNotFoundError:
        raise Problem(
            503,
            "There is no release yet.",
            "Nothing has been published in the data directory.",
            headers={"Retry-After": "10"},
        ) from None
    except OSError as fault:
        raise ReleaseError(link, f"it is no link that can be read ({fault.strerror}).") from fault


def open_release(path: Path, audience: str) -> Release:
    """The finished release at the path, held by a shared lock until nobody uses it any more."""
    with ExitStack() as held:
        try:
            descriptor = hold(path)
        except OSError as fault:
            raise ReleaseError(path, f"its manifest cannot be read ({fault.strerror}).") from fault
        held.callback(os.close, descriptor)
        try:
            manifest = _read_manifest(descriptor)
            if manifest.get("open"):
                audience = PUBLIC  # an open data directory has no other
            store = Store.read_only(str(store_path(path, audience)))
        except (OSError, ValueError) as fault:
            raise ReleaseError(path, f"{fault}.") from fault
        release = Release(
            id=str(manifest["id"]),
            path=path,
            audience=audience,
            base=str(manifest["base"]),
            manifest=manifest,
            store=store,
        )
        weakref.finalize(release, held.pop_all().close)
    return release


def _read_manifest(descriptor: int) -> Mapping[str, object]:
    """The manifest behind the descriptor, which stays open; ValueError where it is none."""
    with open(descriptor, "rb", closefd=False) as file:
        manifest: object = json.load(file)
    if not isinstance(manifest, dict) or not {"id", "base"} <= manifest.keys():
        raise ValueError("its manifest does not say what it is: `id` and `base` are missing")
    return manifest
