"""A release: one immutable directory, and the manifest that says what is in it.

Under `releases/{id}/` stand:

    manifest.json
    {public,partner,internal}/store/     one store for each audience
    {public,partner,internal}/quads/     the quads of each source that this audience may see, and of
                                         each graph that is derived from them
    {public,partner,internal}/index/     what a search of it looks in
    {public,partner,internal}/ledger.nq  every IRI that this audience was ever given
    {public,partner,internal}/added.nq, removed.nq, …   what changed (`loaders.history`)
    staged/{source}.nq                   the quads of each source, as they were loaded
    marks/{source}                       what each source names and describes, for the next release
    issues.jsonl                         what was wrong in their records
    ledger.nq                            the ledger of the widest audience
    unserved                             until it has been served: of one that never was, nobody
                                         has seen anything
"""

import fcntl
import getpass
import json
import os
import shutil
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from loaders.audience import Audience
from loaders.directory import DataDirectory, sync_folder
from loaders.errors import ReleaseError
from loaders.staging import Counts, StagedLoad
from loaders.steps import step

UNFINISHED = ".building-"
UNSERVED = "unserved"
KEEP = 10
"""How many releases are kept, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release holds, where it came from, and what made it.

    `sources` gives for each its title, audience, the SHA-256 of its quads, those of what each
    audience may see of them (`projected`), and its tally; `counts` for each audience its quads, its
    distinct triples, and the quads of each graph; `derived` for each derived graph and each
    audience a digest of the premises and that of the quads (`loaders.deriving`). A release that is
    `open` is one of an open data directory: it has the store of the public alone, and nothing in it
    is counted. `withdrawn` are the sources that were dropped on purpose when it was made.
    """

    id: str
    parent: str | None
    base: str
    published: str
    publisher: str
    versions: dict[str, str] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    counts: dict[str, dict[str, Any]] = field(default_factory=dict)
    derived: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    open: bool = False
    withdrawn: list[str] = field(default_factory=list)

    def encoded(self) -> bytes:
        """The manifest as JSON."""
        return (json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Release:
    """A finished release."""

    path: Path
    manifest: Manifest

    @property
    def id(self) -> str:
        """Its name: the time in UTC and eight hexadecimal digits."""
        return self.manifest.id

    def store_path(self, audience: Audience) -> Path:
        """Where the store of an audience lies."""
        return self.path / audience / "store"

    def ledger_path(self, audience: Audience) -> Path:
        """Where the ledger of an audience lies."""
        return self.path / audience / "ledger.nq"

    def added_path(self, audience: Audience) -> Path:
        """Where the lines lie that an audience sees and did not see in the parent."""
        return self.path / audience / "added.nq"

    def removed_path(self, audience: Audience) -> Path:
        """Where the lines lie that an audience saw in the parent and sees no more."""
        return self.path / audience / "removed.nq"

    def staged_path(self, source: str) -> Path:
        """Where the quads of a source lie, as they were loaded."""
        return self.path / "staged" / f"{source}.nq"

    def quads_path(self, audience: Audience, source: str) -> Path:
        """Where the quads lie that an audience may see of a source, or of a derived graph."""
        return self.path / audience / "quads" / f"{source}.nq"

    def holds(self, load: StagedLoad) -> bool:
        """Whether it was made from this load, for the same audience."""
        found = self.manifest.sources.get(load.source, {})
        return (found.get("sha256"), found.get("audience")) == (load.sha256, str(load.audience))

    def holds_exactly(self, loads: Collection[StagedLoad]) -> bool:
        """Whether it was made from these loads and no others."""
        return len(loads) == len(self.manifest.sources) and all(map(self.holds, loads))

    def is_for(self, audience: Audience, source: str) -> bool:
        """Whether an audience may read a source of it."""
        found = self.manifest.sources.get(source)
        return found is not None and audience.reads(Audience(found["audience"]))

    def staged_files(self, audience: Audience) -> dict[str, Path]:
        """The files of quads that an audience may see, each by source or graph, and content."""
        derived = {
            f"{graph}:{told[audience]['sha256']}": self.quads_path(audience, graph)
            for graph, told in self.manifest.derived.items()
            if audience in told
        }
        return {**self.stated_files(audience), **derived}

    def stated_files(self, audience: Audience) -> dict[str, Path]:
        """The files that an audience may see of the sources alone, each by source and content."""
        return dict(
            self._file(audience, name, source)
            for name, source in self.manifest.sources.items()
            if self.is_for(audience, name)
        )

    def _file(self, audience: Audience, name: str, source: dict[str, Any]) -> tuple[str, Path]:
        if "projected" not in source:  # a release of a version that had no allow-lists
            return f"{name}:{source['sha256']}", self.staged_path(name)
        return f"{name}:{source['projected'][audience]}", self.quads_path(audience, name)


def summary_of(load: StagedLoad) -> dict[str, Any]:
    """What a manifest says of one source."""
    return {
        "title": load.title,
        "audience": str(load.audience),
        "sha256": load.sha256,
        "loaded": load.ended,
        "quads": load.quads,
        **asdict(load.counts),
        "issues_by_rule": load.issues_by_rule,
    }


def load_of(release: Release, source: str) -> StagedLoad:
    """The load of a source as it was published: `summary_of` read backwards.

    Of the files that it was made from nothing is known.
    """
    table = release.manifest.sources[source]
    return StagedLoad(
        source=source,
        title=table["title"],
        audience=Audience(table["audience"]),
        inputs=table["sha256"],
        started=table["loaded"],
        ended=table["loaded"],
        sha256=table["sha256"],
        quads=table["quads"],
        counts=Counts(**{each.name: table[each.name] for each in fields(Counts)}),
        issues_by_rule=table["issues_by_rule"],
    )


def current_release(directory: DataDirectory) -> Release | None:
    """The release that is served, or None before the first one.

    Raises:
        ReleaseError: the link leads nowhere, or to a damaged release.
    """
    try:
        name = directory.current.readlink().name
    except FileNotFoundError:
        return None
    try:
        return find_release(directory, name)
    except ReleaseError as error:
        raise ReleaseError(f"the current release cannot be used: {error}") from None


def find_release(directory: DataDirectory, name: str) -> Release:
    """The release of that name.

    Raises:
        ReleaseError: there is none, or its manifest is damaged.
    """
    path = directory.releases / name
    try:
        if name != Path(name).name or name.startswith("."):
            raise FileNotFoundError
        table = json.loads((path / "manifest.json").read_text())
        known = {field.name for field in fields(Manifest)}  # a later version may say more
        return Release(path, Manifest(**{key: table[key] for key in known & table.keys()}))
    except FileNotFoundError:
        raise ReleaseError(f"there is no release “{name}”; see “gmkg releases”.") from None
    except (ValueError, TypeError, AttributeError):
        raise ReleaseError(f"the manifest of the release {name} is damaged.") from None


def refuse_lost_link(directory: DataDirectory) -> None:
    """Refuse to begin anew where there are releases and none is current.

    Raises:
        ReleaseError: there are.
    """
    if kept := all_releases(directory):
        raise ReleaseError(
            f"there are releases and none is current: run “gmkg rollback {kept[0].id}” first."
        )


def next_name(directory: DataDirectory, at: datetime) -> str:
    """The name of a release: its second, and the part of the second that was over, in hexadecimal.

    Names sort as the releases were made. Where the clock went back, the new one follows the newest.
    """
    name = f"{at:%Y%m%dT%H%M%SZ}-{at.microsecond * 2**32 // 10**6:08x}"
    newest = max((release.id for release in all_releases(directory)), default="")
    if name > newest:
        return name
    second, _, part = newest.partition("-")
    return f"{second}-{int(part, 16) + 1:08x}"


@cache
def versions() -> Mapping[str, str]:
    """The versions of what makes a release."""
    return {each: version(each) for each in ("gmkg", "pyoxigraph")}


def user() -> str:
    """Who runs this process."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container whose user has no name
        return f"user {os.getuid()}"


def all_releases(directory: DataDirectory) -> list[Release]:
    """The releases that are kept, the newest first."""
    return sorted(
        (
            find_release(directory, path.name)
            for path in directory.releases.iterdir()
            if not path.name.startswith(".") and (path / "manifest.json").exists()
        ),
        key=lambda release: release.id,
        reverse=True,
    )


def switch_to(directory: DataDirectory, release: Release) -> None:
    """Serve a release from now on: one rename, seen whole or not at all."""
    _note_served(directory)
    partial = directory.path / ".current.partial"
    partial.unlink(missing_ok=True)
    partial.symlink_to(Path("releases") / release.id)
    partial.replace(directory.current)
    sync_folder(directory.path)
    _note_served(directory)


def _note_served(directory: DataDirectory) -> None:
    """Take its mark from the current release; a publisher that was killed may have left it."""
    (directory.current / UNSERVED).unlink(missing_ok=True)


def is_unserved(path: Path) -> bool:
    """Whether the release in a folder has never been served, as far as its mark tells."""
    return (path / UNSERVED).exists()


def sweep(directory: DataDirectory) -> None:
    """Remove what is left of unfinished releases, and those that were never served.

    Call it under the writers' lock.
    """
    for unfinished in directory.releases.glob(f"{UNFINISHED}*"):
        shutil.rmtree(unfinished)
    _note_served(directory)
    for path in filter(is_unserved, list(directory.releases.iterdir())):
        _discard(path)


@step("removing old releases")
def collect(directory: DataDirectory, keep: int) -> list[str]:
    """Remove all but the newest `keep` releases; the names of those removed are returned.

    The current release stays, and so does every one that somebody has open. Call it under the
    writers' lock.
    """
    current = current_release(directory)
    removed = []
    for release in all_releases(directory)[keep:]:
        if (current is None or release.id != current.id) and _remove_unread(release):
            removed.append(release.id)
    return removed


def _remove_unread(release: Release) -> bool:
    with (release.path / "manifest.json").open() as manifest:
        try:
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        _discard(release.path)
    return True


def _discard(path: Path) -> None:
    # Out of sight first, so that a removal cut short leaves nothing that looks whole.
    doomed = path.with_name(f"{UNFINISHED}{path.name}")
    path.rename(doomed)
    shutil.rmtree(doomed)


def link_or_copy(source: Path, target: Path) -> None:
    """Give a file a second name or, where that cannot be, copy it."""
    try:
        target.hardlink_to(source)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)
