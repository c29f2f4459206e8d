"""From staged loads to a release that is served.

    staged loads ─▶ check ─▶ a store for each audience ─▶ manifest ─▶ switch

Everything is made in a directory that nobody reads. It gets its name when it is whole, and
`current` points to it in one rename: a publisher killed at any moment leaves the old release.
"""

import getpass
import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from loaders.audience import Audience
from loaders.audience_store import build_audience, copy_audience, is_same_audience
from loaders.check import Verdict, check, shapes_digest
from loaders.directory import DataDirectory, sync_folder, write_durably
from loaders.errors import DirectoryError, ReleaseError, ValidationError
from loaders.release import (
    UNFINISHED,
    Manifest,
    Release,
    all_releases,
    collect,
    current_release,
    link_or_copy,
    summary_of,
    sweep,
    switch_to,
)
from loaders.staging import StagedLoad, stage_lines, staged_loads, unstage, verify
from loaders.validation import Result, summarise
from loaders.vocabulary import vocabulary_loads

KEEP = 10


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did: the release now served, and what its check remarked."""

    release: Release
    results: list[Result]
    is_new: bool


def publish(
    directory: DataDirectory, *, keep: int = KEEP, withdraw: Collection[str] = ()
) -> Published:
    """Make a release of what is staged and serve it; the newest `keep` releases stay.

    The sources in `withdraw` are published no longer. Where nothing changed since the current
    release, that one stays and no other is made.

    Raises:
        ValidationError: staged data break a shape; the current release stays.
        ReleaseError: releases are here and none is current, or a source of the current release is
            neither staged nor withdrawn.
        DirectoryError: a staged file is not what was staged, or a source to withdraw is unknown.
    """
    verdict = _passed(check(directory))  # before the lock, since it may take long
    with directory.lock():
        sweep(directory)
        parent = current_release(directory)
        for source in withdraw:
            if not (unstage(directory, source) or (parent and source in parent.manifest.sources)):
                raise DirectoryError(f"no source “{source}” is staged or published.")
        for load, lines in vocabulary_loads(directory):
            stage_lines(directory, load, lines)
        loads = staged_loads(directory)
        if parent and parent.holds_exactly(loads):
            return Published(parent, [], is_new=False)
        _refuse_loss(directory, parent, loads, withdraw)
        verdict = _passed(check(directory, verdict))  # what was staged meanwhile
        for load in loads:
            verify(directory, load)
        release = _build(directory, parent, loads, datetime.now(UTC))
        switch_to(directory, release)
        collect(directory, keep)
    return Published(release, verdict.results, is_new=True)


def _passed(verdict: Verdict) -> Verdict:
    if verdict.refusing:
        raise ValidationError(
            "nothing is published, because staged data break a shape:\n"
            + "\n".join(f"  {line}" for line in summarise(verdict.refusing))
        )
    return verdict


def _refuse_loss(
    directory: DataDirectory,
    parent: Release | None,
    loads: list[StagedLoad],
    withdraw: Collection[str],
) -> None:
    """Refuse to forget what was published because something is missing from the directory."""
    if parent is None:
        if kept := all_releases(directory):
            raise ReleaseError(
                f"there are releases and none is current: run “gmkg rollback {kept[0].id}” first."
            )
        return
    missing = parent.manifest.sources.keys() - {load.source for load in loads} - set(withdraw)
    if missing:
        raise ReleaseError(
            f"the current release holds {', '.join(sorted(missing))}, which is not staged any "
            "more: load it again, or publish with --withdraw and its name."
        )


def _build(
    directory: DataDirectory, parent: Release | None, loads: list[StagedLoad], at: datetime
) -> Release:
    """Make a release in a directory of its own; whatever goes wrong leaves nothing behind."""
    name = _name(directory, at)
    building = directory.releases / f"{UNFINISHED}{name}"
    try:
        manifest = _fill(directory, building, name, parent, loads, at)
        finished = directory.releases / name
        building.rename(finished)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    sync_folder(directory.releases)
    return Release(finished, manifest)


def _fill(
    directory: DataDirectory,
    building: Path,
    name: str,
    parent: Release | None,
    loads: list[StagedLoad],
    at: datetime,
) -> Manifest:
    (building / "staged").mkdir(parents=True)
    for load in loads:
        link_or_copy(directory.staged / load.quads_name, building / "staged" / f"{load.source}.nq")
    sync_folder(building / "staged")
    manifest = Manifest(
        id=name,
        parent=parent.id if parent else None,
        base=directory.base,
        published=f"{at:%Y-%m-%dT%H:%M:%SZ}",
        publisher=_user(),
        versions={
            "gmkg": version("gmkg"),
            "pyoxigraph": version("pyoxigraph"),
            "shapes": shapes_digest(),
        },
        sources={load.source: summary_of(load) for load in loads},
    )
    release = Release(building, manifest)
    narrower: Audience | None = None
    for audience in Audience:
        if narrower and is_same_audience(release, parent, narrower, audience):
            copy_audience(release, narrower, audience)
            manifest.counts[audience] = manifest.counts[narrower]
        else:
            counts = build_audience(release, parent, audience, at)
            manifest.counts[audience] = counts.as_table()
        narrower = audience
    link_or_copy(release.ledger_path(Audience.INTERNAL), building / "ledger.nq")
    issues = ((directory.staged / load.issues_name).read_bytes() for load in loads)
    write_durably(building / "issues.jsonl", issues)
    write_durably(building / "manifest.json", [manifest.encoded()])
    return manifest


def _name(directory: DataDirectory, at: datetime) -> str:
    """The name of a release: its second, and the part of the second that was over, in hexadecimal.

    Names sort as the releases were made. Where the clock went back, the new one follows the newest.
    """
    name = f"{at:%Y%m%dT%H%M%SZ}-{at.microsecond * 2**32 // 10**6:08x}"
    newest = max((release.id for release in all_releases(directory)), default="")
    if name > newest:
        return name
    second, _, part = newest.partition("-")
    return f"{second}-{int(part, 16) + 1:08x}"


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container whose user has no name
        return f"user {os.getuid()}"
