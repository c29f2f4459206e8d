"""From staged loads to a release that is served.

    staged loads ─▶ check ─▶ what each audience may see ─▶ a store for each ─▶ manifest ─▶ switch

Everything is made in a directory that nobody reads. It gets its name when it is whole, and
`current` points to it in one rename: a publisher killed at any moment leaves the old release.
"""

import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from loaders.allow_lists import allow_lists_digest
from loaders.audience import Audience
from loaders.audience_files import make_audience_files
from loaders.audience_store import (
    build_audience,
    copy_audience,
    differences_of,
    is_same_audience,
)
from loaders.check import Verdict, check, shapes_digest
from loaders.directory import DataDirectory, sync_folder, write_durably
from loaders.errors import DirectoryError, ReleaseError, ValidationError
from loaders.leaks import SCAN, refuse_leaks
from loaders.ledger import read_ledger
from loaders.open_release import publish_openly
from loaders.release import (
    KEEP,
    UNFINISHED,
    Manifest,
    Release,
    collect,
    current_release,
    find_release,
    link_or_copy,
    load_of,
    next_name,
    refuse_lost_link,
    summary_of,
    sweep,
    switch_to,
    user,
    versions,
)
from loaders.search_index import make_index
from loaders.source import declared_sources
from loaders.staging import StagedLoad, stage_lines, staged_loads, unstage, verify
from loaders.validation import Result, summarise
from loaders.vocabulary import OWN, vocabulary_loads

EDITS = "edits"
"""The source of what is written from outside. It is never staged: a release holds it, or none."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did: the release now served, and what its check remarked.

    `remarks` are sentences on exceptions of the last look that except nothing.
    """

    release: Release
    results: list[Result]
    is_new: bool
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a release is made of: the loads, each with the file of its quads, and their issues.

    `forget` are withdrawn IRIs that lose their names. `noted` is told the id of the release when it
    is whole, right before it gets its name.
    """

    parent: Release | None
    loads: Sequence[tuple[StagedLoad, Path]]
    issues: Iterable[bytes]
    publisher: str
    forget: Collection[str] = ()
    noted: Callable[[str], None] | None = None


def publish(
    directory: DataDirectory,
    *,
    keep: int = KEEP,
    withdraw: Collection[str] = (),
    forget: Collection[str] = (),
) -> Published:
    """Make a release of what is staged and serve it; the newest `keep` releases stay.

    The sources in `withdraw` are published no longer; the names of the withdrawn IRIs in `forget`
    are told no longer. Where nothing changed since the current release, that one stays and no
    other is made; those before it are collected all the same. What was written from outside is
    taken over from the current release.

    In an open directory, what is staged is added to the store, and staged no longer.

    Raises:
        ValidationError: staged data break a shape, or the public would see what may be of a
            person; the current release stays.
        ReleaseError: releases are here and none is current, or a source of the current release is
            neither staged nor withdrawn.
        DirectoryError: a staged file is not what was staged, a source to withdraw is unknown, or
            an IRI to forget was never withdrawn.
    """
    if directory.is_open:
        return _publish_openly(directory, keep, withdraw, forget)
    verdict = _passed(check(directory))  # before the lock, since it may take long
    with directory.lock():
        sweep(directory)
        parent = current_release(directory)
        for source in withdraw:
            if not (unstage(directory, source) or (parent and source in parent.manifest.sources)):
                raise DirectoryError(f"no source “{source}” is staged or published.")
        for load, lines in vocabulary_loads(directory):
            stage_lines(directory, load, lines)
        files = _staged_files(directory)
        if parent and EDITS in parent.manifest.sources and EDITS not in withdraw:
            files.append((load_of(parent, EDITS), parent.staged_path(EDITS)))
        loads = [load for load, _ in files]
        _refuse_unknown(directory, parent, forget)
        unchanged = parent is not None and parent.holds_exactly(loads) and not outdated(parent)
        if parent and unchanged and not forget:
            collect(directory, keep)
            return Published(parent, [], is_new=False)
        _refuse_loss(directory, parent, loads, withdraw)
        verdict = _passed(check(directory, verdict))  # what was staged meanwhile
        staged = [load for load in loads if load.source != EDITS]
        for load in staged:
            verify(directory, load)
        issues = ((directory.staged / load.issues_name).read_bytes() for load in staged)
        recipe = Recipe(parent, files, issues, user(), forget)
        release, remarks = _build(directory, recipe, datetime.now(UTC))
        switch_to(directory, release)
        collect(directory, keep)
    return Published(release, verdict.results, is_new=True, remarks=tuple(remarks))


def publish_edits(
    directory: DataDirectory,
    parent: Release | None,
    edits: tuple[StagedLoad, Path] | None,
    *,
    publisher: str,
    noted: Callable[[str], None] | None = None,
) -> Release:
    """Make a release of the parent with other edits, or with none, and serve it.

    What is staged has no part in it, but for what the service says itself. The caller holds the
    writers' lock, and has held the edits against the shapes.

    Raises:
        ValidationError: the public would see what may be of a person; the current release stays.
        ReleaseError: releases are here and none is current.
    """
    if parent is None:
        refuse_lost_link(directory)
    for load, lines in vocabulary_loads(directory):
        stage_lines(directory, load, lines)
    files = [each for each in _staged_files(directory) if each[0].source in OWN]
    for source in parent.manifest.sources if parent else ():
        assert parent is not None
        if source not in OWN and source != EDITS:
            files.append((load_of(parent, source), parent.staged_path(source)))
    if edits is not None:
        files.append(edits)
    files.sort(key=lambda each: each[0].source)
    issues = parent.path / "issues.jsonl" if parent else None
    told = [issues.read_bytes()] if issues and issues.exists() else []
    recipe = Recipe(parent, files, told, publisher, noted=noted)
    release, _ = _build(directory, recipe, datetime.now(UTC))
    switch_to(directory, release)
    collect(directory, KEEP)
    return release


def _publish_openly(
    directory: DataDirectory, keep: int, withdraw: Collection[str], forget: Collection[str]
) -> Published:
    if withdraw or forget:
        raise DirectoryError(
            f"{directory.path} is an open data directory: nothing in it belongs to a source, so "
            "nothing can be withdrawn or forgotten. Delete it by an update."
        )
    release, is_new = publish_openly(directory, keep)
    return Published(release, [], is_new)


def _staged_files(directory: DataDirectory) -> list[tuple[StagedLoad, Path]]:
    """Every staged load, by source, with the file of its quads."""
    return [(load, directory.staged / load.quads_name) for load in staged_loads(directory)]


def outdated(release: Release) -> list[str]:
    """The rules that keep things from the public which a release was not made by, as of today.

    In a release of an open directory everything is public, by no rule.
    """
    if release.manifest.open:
        return []
    rules = {
        "allow-lists": ("allow-lists", allow_lists_digest()),
        "leak-scan": ("rules of the last look for what is of persons", SCAN),
    }
    versions = release.manifest.versions
    return [told for key, (told, now) in rules.items() if versions.get(key) != now]


def roll_back(directory: DataDirectory, name: str, *, force: bool = False) -> Release:
    """Serve an earlier release from now on.

    Raises:
        ReleaseError: there is no such release; or, unless `force`, what it shows the public was
            decided by other rules than those of today.
    """
    with directory.lock():
        release = find_release(directory, name)
        if not force and (others := outdated(release)):
            raise ReleaseError(
                f"{name} was not made by today's {' and '.join(others)}, so it may show the public "
                "what is kept from it now. “gmkg publish” makes a release by today's rules; "
                "--force serves this one nevertheless."
            )
        switch_to(directory, release)
    return release


def _refuse_unknown(
    directory: DataDirectory, parent: Release | None, forget: Collection[str]
) -> None:
    """Refuse to forget what nobody was ever told that it is withdrawn."""
    if not forget:
        return
    known: set[str] = set()
    for audience in Audience if parent else ():
        assert parent is not None
        known |= read_ledger(parent.ledger_path(audience), directory.base, "").withdrawn.keys()
    for iri in forget:
        if iri not in known:
            raise DirectoryError(f"{iri} is not among what was withdrawn.")


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
        refuse_lost_link(directory)
        return
    missing = parent.manifest.sources.keys() - {load.source for load in loads} - set(withdraw)
    if missing:
        raise ReleaseError(
            f"the current release holds {', '.join(sorted(missing))}, which is not staged any "
            "more: load it again, or publish with --withdraw and its name."
        )


def _build(directory: DataDirectory, recipe: Recipe, at: datetime) -> tuple[Release, list[str]]:
    """Make a release in a directory of its own; whatever goes wrong leaves nothing behind."""
    name = next_name(directory, at)
    building = directory.releases / f"{UNFINISHED}{name}"
    try:
        manifest, remarks = _fill(directory, building, recipe, at)
        if recipe.noted:
            recipe.noted(name)
        finished = directory.releases / name
        building.rename(finished)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    sync_folder(directory.releases)
    return Release(finished, manifest), remarks


def _fill(
    directory: DataDirectory,
    building: Path,
    recipe: Recipe,
    at: datetime,
) -> tuple[Manifest, list[str]]:
    (building / "staged").mkdir(parents=True)
    parent = recipe.parent
    for load, quads in recipe.loads:
        link_or_copy(quads, building / "staged" / f"{load.source}.nq")
    sync_folder(building / "staged")
    manifest = Manifest(
        id=building.name.removeprefix(UNFINISHED),
        parent=parent.id if parent else None,
        base=directory.base,
        published=f"{at:%Y-%m-%dT%H:%M:%SZ}",
        publisher=recipe.publisher,
        versions={
            **versions(),
            "shapes": shapes_digest(),
            "allow-lists": allow_lists_digest(),
            "leak-scan": SCAN,
        },
        sources={load.source: summary_of(load) for load, _ in recipe.loads},
    )
    release = Release(building, manifest)
    make_audience_files(release, parent)
    differences = differences_of(release, parent)
    sources = declared_sources(directory.sources, refused={})
    exceptions = {each: sources[each].exceptions for each in manifest.sources if each in sources}
    remarks = refuse_leaks(release, parent, differences[Audience.PUBLIC], exceptions)
    narrower: Audience | None = None
    for audience in Audience:
        if narrower and is_same_audience(release, parent, narrower, audience):
            copy_audience(release, narrower, audience)
            manifest.counts[audience] = manifest.counts[narrower]
        else:
            counts = build_audience(release, parent, audience, differences, at, recipe.forget)
            manifest.counts[audience] = counts.as_table()
        make_index(release, parent, audience, narrower, differences[audience])
        narrower = audience
    link_or_copy(release.ledger_path(Audience.INTERNAL), building / "ledger.nq")
    write_durably(building / "issues.jsonl", recipe.issues)
    write_durably(building / "manifest.json", [manifest.encoded()])
    return manifest, remarks
