"""From staged loads to a release that is served.

    staged loads ─▶ check ─▶ what each audience may see ─▶ a store for each ─▶ manifest ─▶ switch

Everything is made in a directory that nobody reads. It gets its name when it is whole, and
`current` points to it in one rename: a publisher killed at any moment leaves the old release.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from loaders.audience import Audience
from loaders.check import Verdict, check
from loaders.continuity import says_something_new
from loaders.deriving.deriving import derivations_digest
from loaders.directory import DataDirectory
from loaders.endings import accepted_returns, rows_of
from loaders.errors import DirectoryError, EndingsError, ReleaseError, ValidationError
from loaders.ledger import read_ledger
from loaders.open_release import publish_openly
from loaders.reasons import Reasons, reasons_of_sources
from loaders.release import (
    KEEP,
    Release,
    collect,
    current_release,
    load_of,
    refuse_lost_link,
    sweep,
    switch_to,
    user,
)
from loaders.release_making import Recipe, make_release
from loaders.rollback import outdated
from loaders.source import declared_sources
from loaders.space import refuse_full_disk
from loaders.staging import StagedLoad, stage_lines, staged_load, staged_loads, unstage, verify
from loaders.validation import Result, summarise
from loaders.vocabulary import OWN, vocabulary_loads

EDITS = "edits"
"""The source of what is written from outside. It is never staged: a release holds it, or none."""

DELETED = "It was deleted by an update."
"""Why a thing ended that was written from outside."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did: the release now served, and what its check remarked.

    `remarks` are sentences on exceptions of the last look that except nothing.
    """

    release: Release
    results: list[Result]
    is_new: bool
    remarks: tuple[str, ...] = ()


def publish(
    directory: DataDirectory,
    *,
    keep: int = KEEP,
    withdraw: Collection[str] = (),
    reason: str = "",
    endings: Path | None = None,
    forget: Collection[str] = (),
    is_room_checked: bool = True,
) -> Published:
    """Make a release of what is staged and serve it; the newest `keep` releases stay.

    The sources in `withdraw` are published no longer, of which a `reason` may tell more. What else
    ends is said in `endings.csv` of the directory and in the further file `endings`, or by the
    declarations of sources. The names of the withdrawn IRIs in `forget` are told no longer. Where
    nothing changed since the current release, that one stays and no other is made; those before it
    are collected all the same. What was written from outside is taken over from the current
    release.

    In an open directory, what is staged is added to the store, and staged no longer.

    Raises:
        ValidationError: staged data break a shape, or the public would see what may be of a
            person; the current release stays.
        EndingsError: published IRIs would be lost without a reason, or mean something else, or a
            reason cannot be used; the current release stays.
        ReleaseError: releases are here and none is current, or a source of the current release is
            neither staged nor withdrawn.
        SpaceError: the release would likely fill the disk, and `is_room_checked`.
        DirectoryError: a staged file is not what was staged, a source to withdraw is unknown, or
            an IRI to forget was never withdrawn.
    """
    if directory.is_open:
        _refuse_in_open(directory, withdraw, endings, forget)
        release, is_new = publish_openly(directory, keep, is_room_checked=is_room_checked)
        return Published(release, [], is_new)
    verdict = _passed(check(directory))  # before the lock, since it may take long
    with directory.lock():
        sweep(directory)
        parent = current_release(directory)
        if parent:
            _finish_withdrawal(directory, parent)
        _refuse_unknown_sources(directory, parent, withdraw)
        rows = rows_of(directory, endings)
        for load, lines in vocabulary_loads(directory):
            stage_lines(directory, load, lines)
        files = [each for each in _staged_files(directory) if each[0].source not in withdraw]
        if parent and EDITS in parent.manifest.sources and EDITS not in withdraw:
            files.append((load_of(parent, EDITS), parent.staged_path(EDITS)))
        loads = [load for load, _ in files]
        _refuse_unknown(directory, parent, forget)
        unchanged = (
            parent is not None
            and parent.holds_exactly(loads)
            and not outdated(parent)
            and parent.manifest.versions.get("derivations") == derivations_digest()
            and not says_something_new(directory, parent, rows.values())
        )
        if parent and unchanged and not forget:
            _unstage(directory, withdraw)
            collect(directory, keep)
            return Published(parent, [], is_new=False)
        _refuse_loss(directory, parent, loads, withdraw)
        if is_room_checked:
            refuse_full_disk(
                directory, parent, files, anew=bool(forget or (parent and outdated(parent)))
            )
        verdict = _passed(check(directory, verdict))  # what was staged meanwhile
        staged = [load for load in loads if load.source != EDITS]
        for load in staged:
            verify(directory, load)
        declared = declared_sources(directory.sources, refused={})
        recipe = Recipe(
            parent,
            files,
            issues=((directory.staged / load.issues_name).read_bytes() for load in staged),
            publisher=user(),
            reasons=Reasons(
                rows,
                reasons_of_sources(declared, parent, withdraw, reason),
                accepted_returns(rows.values()),
            ),
            forget=forget,
            withdrawn=withdraw,
        )
        release, remarks = make_release(directory, recipe, datetime.now(UTC))
        switch_to(directory, release)
        _unstage(directory, withdraw)
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
        EndingsError: an IRI that had ended would mean something else; the current release stays.
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
    reasons = Reasons({}, {EDITS: DELETED}, _returns_of(directory))
    recipe = Recipe(parent, files, told, publisher, reasons, derives=False, noted=noted)
    release, _ = make_release(directory, recipe, datetime.now(UTC))
    switch_to(directory, release)
    collect(directory, KEEP)
    return release


def _returns_of(directory: DataDirectory) -> frozenset[str]:
    """What the steward's file lets come back. Of a faulty file, the next publish complains."""
    try:
        return accepted_returns(rows_of(directory).values())
    except EndingsError:
        return frozenset()


def _refuse_in_open(
    directory: DataDirectory,
    withdraw: Collection[str],
    endings: Path | None,
    forget: Collection[str],
) -> None:
    if withdraw or forget or endings:
        raise DirectoryError(
            f"{directory.path} is an open data directory: nothing in it belongs to a source, so "
            "nothing can be withdrawn or forgotten, and nothing ends. Delete it by an update."
        )


def _refuse_unknown_sources(
    directory: DataDirectory, parent: Release | None, withdraw: Collection[str]
) -> None:
    for source in withdraw:
        if not (staged_load(directory, source) or (parent and source in parent.manifest.sources)):
            raise DirectoryError(f"no source “{source}” is staged or published.")


def _unstage(directory: DataDirectory, sources: Collection[str]) -> None:
    for source in sources:
        unstage(directory, source)


def _finish_withdrawal(directory: DataDirectory, parent: Release) -> None:
    """Unstage what a publisher had withdrawn that was killed once its release was served.

    What was loaded since is another matter: it is there on purpose.
    """
    made = (parent.path / "manifest.json").stat().st_mtime_ns
    for source in parent.manifest.withdrawn:
        path = directory.staged / f"{source}.json"
        if path.exists() and path.stat().st_mtime_ns < made:
            unstage(directory, source)


def _staged_files(directory: DataDirectory) -> list[tuple[StagedLoad, Path]]:
    """Every staged load, by source, with the file of its quads."""
    return [(load, directory.staged / load.quads_name) for load in staged_loads(directory)]


def _refuse_unknown(
    directory: DataDirectory, parent: Release | None, forget: Collection[str]
) -> None:
    """Refuse to forget what nobody was ever told that it is withdrawn."""
    if not forget:
        return
    known: set[str] = set()
    for audience in Audience if parent else ():
        assert parent is not None
        ledger = read_ledger(parent.ledger_path(audience), directory.base, "")
        known |= ledger.withdrawn.keys() | ledger.history.keys()
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
