"""The releases that stay behind the one that is served, and what may still be told of them.

The past of a release is the chain of its parents, for as far back as each is kept, says what it
changed, and showed its audience things by the same rules as today: what was decided by others may
show what is kept from the public now. A release that was rolled back stands in no such chain. So
what is told of the past is what a kept release still holds, and ends when that is collected.

Earlier releases are opened read-only when somebody asks for them, a few at a time, and let go when
nobody has asked for a while: one that is held open cannot be collected.
"""

import json
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock, Timer

from service.changes import Changes
from service.errors import Problem
from service.holding import MANIFEST
from service.store import PerRelease, Release, ReleaseError, open_release

RULES = ("allow-lists", "leak-scan")
STAFF = "internal"  # sees everything, by no rule
OPEN_AT_ONCE = 4
IDLE_SECONDS = 30.0


@dataclass(frozen=True)
class KeptRelease:
    """A release that is kept, as one audience may know it; `published` is its time in UTC."""

    id: str
    path: Path
    audience: str
    published: datetime
    manifest: Mapping[str, object]

    @property
    def parent(self) -> str | None:
        """The id of the release that it was made from."""
        found = self.manifest.get("parent")
        return found if isinstance(found, str) else None

    @cached_property
    def changes(self) -> Changes:
        """What it changed, for this audience."""
        return Changes(self.path / self.audience)

    @property
    def sources(self) -> Mapping[str, Mapping[str, object]]:
        """What the manifest says of each source, by name."""
        found = self.manifest.get("sources")
        return found if isinstance(found, Mapping) else {}


def keeps_history(release: Release) -> bool:
    """Whether anything is told of the past: an open data directory has none."""
    return not release.manifest.get("open")


def refuse_without_history(release: Release) -> None:
    """Raise a Problem, 404, for an open data directory."""
    if not keeps_history(release):
        raise Problem(
            404,
            "An open data directory tells no history.",
            "It is a plain store of RDF: its releases are not compared with one another.",
        )


_manifests: PerRelease[dict[Path, KeptRelease | None]] = PerRelease(lambda _: {})


def past_of(release: Release) -> tuple[KeptRelease, ...]:
    """The release and those before it that may be told of, the newest first.

    What each changed is known but for the last one: its parent may be told of no longer.
    """
    return tuple(_chain(release)) if keeps_history(release) else ()


def _chain(release: Release) -> Iterator[KeptRelease]:
    known = _manifests(release)
    kept = _read(release.path, release.audience, known)
    while kept is not None:
        yield kept
        if kept.parent is None or not kept.changes.are_there:
            return
        earlier = _read(release.path.parent / kept.parent, release.audience, known)
        # A later release may have been made by other rules, which the next one took back.
        if earlier is None or (release.audience != STAFF and not _are_same_rules(release, earlier)):
            return
        kept = earlier


def _are_same_rules(release: Release, earlier: KeptRelease) -> bool:
    now, then = (_versions(each.manifest) for each in (release, earlier))
    return all(now.get(rule) == then.get(rule) for rule in RULES)


def _versions(manifest: Mapping[str, object]) -> Mapping[str, object]:
    found = manifest.get("versions")
    return found if isinstance(found, Mapping) else {}


def _read(path: Path, audience: str, known: dict[Path, KeptRelease | None]) -> KeptRelease | None:
    """What the manifest says, read once; None where there is none any more, or none to be read."""
    if not (path / MANIFEST).exists():
        return None
    if path not in known:
        known[path] = _parsed(path, audience)
    return known[path]


def _parsed(path: Path, audience: str) -> KeptRelease | None:
    try:
        manifest = json.loads((path / MANIFEST).read_bytes())
        published = datetime.fromisoformat(manifest["published"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if published.tzinfo is None:
        return None
    return KeptRelease(path.name, path, audience, published, manifest)


def kept_release(release: Release, name: str) -> KeptRelease:
    """The release of that name among those that may be told of; else a Problem, 404, says why."""
    refuse_without_history(release)
    found = next((each for each in past_of(release) if each.id == name), None)
    if found is not None:
        return found
    if name == Path(name).name and (release.path.parent / name / MANIFEST).exists():
        raise Problem(
            404,
            "This release is not shown.",
            "What may be seen of it was decided by other rules than today’s, or it is not one of "
            "those that led to the release that is served now.",
        )
    raise Problem(
        404,
        "There is no such release.",
        "It is not kept any more, or never was. The list of releases has those that are.",
        ways_on=(("the releases", "/releases"),),
    )


class OpenedReleases:
    """A few earlier releases, held open between requests; those least lately asked for go."""

    def __init__(self, most: int = OPEN_AT_ONCE, idle: float = IDLE_SECONDS) -> None:
        self._most, self._idle = most, idle
        self._opened: OrderedDict[tuple[Path, str], tuple[Release, float]] = OrderedDict()
        self._lock = Lock()
        self._timer: Timer | None = None

    def open(self, kept: KeptRelease) -> Release:
        """The release, opened for its audience; a Problem, 410, where it was removed just now."""
        key = kept.path, kept.audience
        with self._lock:
            held = self._opened.pop(key, None)
            try:
                release = held[0] if held else open_release(kept.path, kept.audience)
            except ReleaseError as fault:
                raise Problem(
                    410, "This release is kept no longer.", "It was removed just now."
                ) from fault
            self._opened[key] = release, time.monotonic()
            while len(self._opened) > self._most:
                self._opened.popitem(last=False)
            self._watch()
        return release

    def close(self) -> None:
        """Let go of all of them."""
        with self._lock:
            self._opened.clear()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def __len__(self) -> int:
        return len(self._opened)

    def _watch(self) -> None:
        if self._timer is None:
            self._timer = Timer(self._idle, self._let_go)
            self._timer.daemon = True
            self._timer.start()

    def _let_go(self) -> None:
        """Let go of what nobody has asked for lately, and look again where something is left."""
        with self._lock:
            self._timer = None
            until = time.monotonic() - self._idle
            for key, (_, used) in tuple(self._opened.items()):
                if used <= until:
                    del self._opened[key]
            if self._opened:
                self._watch()


opened = OpenedReleases()
