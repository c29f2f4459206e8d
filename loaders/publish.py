"""From staged loads to a release that is served.

    staged loads ─▶ validate ─▶ a store for each audience ─▶ manifest ─▶ switch

Everything is made in a directory that nobody reads. It gets its name when it is whole, and
`current` points to it in one rename: a publisher killed at any moment leaves the old release.
"""

import getpass
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import NamedNode, Store

from loaders.audience import Audience
from loaders.difference import Difference, find_difference
from loaders.directory import DataDirectory, sync_folder, write_durably
from loaders.errors import ValidationError
from loaders.identity import Minter
from loaders.ledger import Ledger, read_ledger
from loaders.nquads import subjects
from loaders.release import (
    UNFINISHED,
    Manifest,
    Release,
    collect,
    current_release,
    summary_of,
    switch_to,
)
from loaders.staging import StagedLoad, stage, staged_loads
from loaders.store_build import (
    StoreCounts,
    apply_difference,
    build_store,
    counts_from,
    is_small,
)
from loaders.validation import Result, summarise, validate
from loaders.vocabulary import vocabulary_loads

KEEP = 10


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did: the release now served, and what its validation remarked."""

    release: Release
    results: list[Result]
    is_new: bool


def check(directory: DataDirectory) -> list[Result]:
    """Validate every staged load that the current release does not already hold."""
    parent = current_release(directory)
    published = _digests(parent) if parent else {}
    results: list[Result] = []
    for load in staged_loads(directory):
        is_ours = load.source in {"ontology", "vocab"}
        if not is_ours and published.get(load.source) != load.sha256:
            with (directory.staged / load.quads_name).open("rb") as lines:
                results += validate(load.source, lines)
    return results


def publish(directory: DataDirectory, *, keep: int = KEEP) -> Published:
    """Make a release of what is staged and serve it; the newest `keep` releases stay.

    Where nothing changed since the current release, that one stays and no other is made.

    Raises:
        ValidationError: staged data break a shape; the current release stays.
    """
    with directory.lock():
        collect(directory, keep)
        for load, lines in vocabulary_loads(directory):
            stage(directory, load, lines)
        parent = current_release(directory)
        loads = staged_loads(directory)
        if parent and _digests(parent) == {load.source: load.sha256 for load in loads}:
            return Published(parent, [], is_new=False)
        results = check(directory)
        if refused := [result for result in results if result.refuses]:
            raise ValidationError(
                "nothing is published, because staged data break a shape:\n"
                + "\n".join(f"  {line}" for line in summarise(refused))
            )
        release = _build(directory, parent, loads, datetime.now(UTC))
        switch_to(directory, release)
        collect(directory, keep)
    return Published(release, results, is_new=True)


def _digests(release: Release) -> dict[str, str]:
    return {name: each["sha256"] for name, each in release.manifest.sources.items()}


def _build(
    directory: DataDirectory, parent: Release | None, loads: list[StagedLoad], at: datetime
) -> Release:
    name = _name(at)
    building = directory.releases / f"{UNFINISHED}{name}"
    (building / "staged").mkdir(parents=True)
    for load in loads:
        _link(directory.staged / load.quads_name, building / "staged" / f"{load.source}.nq")
    manifest = Manifest(
        id=name,
        parent=parent.id if parent else None,
        base=directory.base,
        published=f"{at:%Y-%m-%dT%H:%M:%SZ}",
        publisher=_user(),
        versions={"gmkg": version("gmkg"), "pyoxigraph": version("pyoxigraph")},
        sources={load.source: summary_of(load) for load in loads},
    )
    unfinished = Release(building, manifest)
    narrower: Audience | None = None
    for audience in Audience:
        if narrower and _same_files(unfinished, parent, narrower, audience):
            _copy_audience(unfinished, narrower, audience)
            manifest.counts[audience] = manifest.counts[narrower]
        else:
            counts = _build_audience(unfinished, parent, audience, at)
            manifest.counts[audience] = counts.as_table()
        narrower = audience
    _link(unfinished.ledger_path(Audience.INTERNAL), building / "ledger.nq")
    issues = [(directory.staged / load.issues_name).read_bytes() for load in loads]
    write_durably(building / "issues.jsonl", b"".join(issues))
    write_durably(building / "manifest.json", manifest.encoded())
    finished = directory.releases / name
    building.rename(finished)
    sync_folder(directory.releases)
    return Release(finished, manifest)


def _same_files(
    release: Release, parent: Release | None, narrower: Audience, wider: Audience
) -> bool:
    """Whether two audiences read the same, now and in the parent, so that one store serves both."""
    return all(
        each.staged_files(narrower) == each.staged_files(wider)
        for each in (release, parent)
        if each is not None
    )


def _copy_audience(release: Release, narrower: Audience, wider: Audience) -> None:
    path = release.store_path(wider)
    path.parent.mkdir(parents=True)
    Store.read_only(str(release.store_path(narrower))).backup(str(path))
    _link(release.ledger_path(narrower), release.ledger_path(wider))


def _build_audience(
    release: Release, parent: Release | None, audience: Audience, at: datetime
) -> StoreCounts:
    """Make the store and the ledger of one audience; what they hold is counted."""
    files = release.staged_files(audience)
    path = release.store_path(audience)
    provenance = Minter(release.manifest.base).graph("provenance")
    if parent is None:
        ledger = Ledger(release.manifest.base, provenance)
        difference = find_difference({}, files)
        counts = build_store(path, files.values(), ())
        ledger.issue(difference.added, at)
    else:
        ledger = read_ledger(parent.ledger_path(audience), release.manifest.base, provenance)
        difference = find_difference(parent.staged_files(audience), files)
        before = Store.read_only(str(parent.store_path(audience)))
        counts = counts_from(parent.manifest.counts[audience])
        if is_small(difference, counts.graphs.total()):
            path.parent.mkdir(parents=True)
            before.backup(str(path))
            store = Store(str(path))
            apply_difference(store, difference, counts)
        else:
            kept = [line for lines in ledger.withdrawn.values() for line in lines]
            counts = build_store(path, files.values(), kept)
            store = Store(str(path))
        withdrawals = _withdrawals(ledger, difference, before, store, at)
        apply_difference(store, withdrawals, counts)
        store.flush()
    ledger.write(release.ledger_path(audience))
    return counts


def _withdrawals(
    ledger: Ledger, difference: Difference, before: Store, after: Store, at: datetime
) -> Difference:
    """What the ledger publishes and takes back because of a difference between two stores."""
    ended = ledger.issue(difference.added, at)
    gone = [
        iri
        for iri in dict.fromkeys(filter(ledger.keeps, subjects(difference.removed)))
        if next(after.quads_for_pattern(NamedNode(iri), None, None, None), None) is None
    ]
    reason = f"No source has described this since {at:%-d %B %Y}."
    return Difference(ledger.withdraw(gone, at, before, reason), ended)


def _name(at: datetime) -> str:
    """The name of a release: its second, and the part of the second that was over, in hexadecimal.

    So names sort as the releases were made, and under the writers' lock no two are the same.
    """
    return f"{at:%Y%m%dT%H%M%SZ}-{at.microsecond * 2**32 // 10**6:08x}"


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container whose user has no name
        return f"user {os.getuid()}"
