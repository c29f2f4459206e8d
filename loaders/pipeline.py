"""The way of the data, from a source's files to a staged load. Read this first.

    file ─▶ snapshot ─▶ rows ─▶ records ─▶ lines of N-Quads ─▶ sorted ─▶ staged load

The steps from rows to lines stand in `loaders.loading`; the way on from here in `loaders.publish`.
No step holds a whole file: a load of a million records needs little more memory than one of ten.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from loaders.changed_rows import load_changed
from loaders.check import shapes_digest
from loaders.continuing import find_earlier, settle
from loaders.difference import Change, compare
from loaders.directory import DataDirectory
from loaders.earlier import Earlier, Told, read_told
from loaders.errors import ValidationError
from loaders.formats.reading.content import Content
from loaders.identity import Minter
from loaders.issue_log import IssueLog
from loaders.loading import Loading, Progress, load_files
from loaders.nquads import write_lines
from loaders.origins import OriginLines, snapshot_nodes
from loaders.provenance import LoadRun, describe_source, load_name
from loaders.release import current_release
from loaders.row_matching import RowMatching
from loaders.row_notes import RowNotes, Summary, keep_notes, notes_path, program_digest
from loaders.shape_faults import ShapeCheck
from loaders.snapshot import Opener, Snapshot, keep_snapshot, take_snapshot
from loaders.sorted_lines import inserted
from loaders.source import Source
from loaders.staging import StagedLoad, digest, stage, staged_load, write_blocks, write_quads
from loaders.validation import summarise, validate

_MOST_REMARKED = 20_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load made: the load as it is staged, and the issues met on the way.

    `change`, of a dry run, compares it with the load of the source that is staged.
    """

    load: StagedLoad
    issues: IssueLog
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """A dry run as long as its files are there: what would be staged, and what it was made of.

    `quads` is the file that would be staged, `staged` the load whose place it would take, and
    `change` the difference. `contents` are the source's files, `nodes` the IRIs of their snapshots.
    """

    source: Source
    load: StagedLoad
    quads: Path
    issues: IssueLog
    contents: Sequence[Content]
    nodes: Sequence[str]
    staged: StagedLoad | None
    change: Change


def load_source(
    directory: DataDirectory,
    source: Source,
    openers: Mapping[str, Opener],
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    look: Callable[[Tried], None] | None = None,
) -> Loaded:
    """Load a source from its files (what opens each, by file name), and stage the result.

    Loading again what is staged already, bytes and declaration, stages the same bytes again: the
    load's times stay those of its first run. With `dry_run` nothing is written, and `look` is shown
    what would have been.

    Raises:
        StructureError: a file is not what its format says; what was staged before stays.
        BoundsError: counts lie outside the declaration; what was staged before stays.
        ValidationError: what breaks a shape comes from no record; what was staged before stays.
    """
    with _folder(directory, dry_run) as folder:
        arrived = folder / "snapshots"
        arrived.mkdir()
        snapshots = [
            take_snapshot(arrived, file.name, openers[file.name], None if file.place else file.url)
            for file in source.files
        ]
        inputs = _digest_inputs(directory, source, snapshots)
        staged = staged_load(directory, source.name)
        rerun = staged if staged is not None and staged.inputs == inputs else None
        earlier = find_earlier(directory, source.name, rerun, folder)
        started = datetime.fromisoformat(rerun.started) if rerun else _start(staged, earlier)
        mint = Minter(directory.base)
        origins = OriginLines.of(mint)
        contents = [
            Content(file.name, snapshot.path, file.encoding)
            for file, snapshot in zip(source.files, snapshots, strict=True)
        ]
        names = [each.name for each in snapshots]
        nodes = snapshot_nodes(source.name, names, load_name(started), mint)
        made_by = _digest_making(directory, source)
        made = _load(source, mint, contents, nodes, folder, earlier, made_by, directory, progress)
        loading = made.loading
        ended = datetime.fromisoformat(rerun.ended) if rerun else max(started, _now())
        told = read_told(earlier.lines(), source.name, origins) if earlier else Told({}, {})
        older = made.origins.keys() - {f"<{node}>".encode() for node in nodes}
        informed_by = tuple(each[1:-1].decode() for each in told.loads_of(older))
        run = LoadRun(started, ended, tuple(snapshots), loading.counts(), made.stated, informed_by)
        description = write_lines(describe_source(source, run, mint))
        _refuse_failing(source, description)
        description = sorted({*description, *told.of_snapshots(older)})
        quads = folder / "quads.nq"
        sha256, count = made.write(quads, description)
        load = StagedLoad(
            source=source.name,
            title=source.title,
            audience=source.audience,
            inputs=inputs,
            started=started.isoformat(),
            ended=ended.isoformat(),
            sha256=sha256,
            quads=count,
            counts=loading.counts(),
            issues_by_rule=loading.issues.by_rule(),
            shapes=shapes_digest(),
            files=tuple(
                {"name": each.name, "sha256": each.sha256, "bytes": each.size} for each in snapshots
            ),
        )
        if dry_run:
            before = directory.staged / staged.quads_name if staged else None
            change = compare(before, quads, f"{directory.base}id/", mint.graph("provenance"))
            if look is not None:
                look(Tried(source, load, quads, loading.issues, contents, nodes, staged, change))
            return Loaded(load, loading.issues, change)
        with directory.lock():
            for snapshot in snapshots:
                keep_snapshot(directory, snapshot)
            stage(directory, load, quads, loading.issues)
            _keep_notes(directory, load, made, made_by, description)
    return Loaded(load, loading.issues)


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of the records: their lines, for whoever writes them, and what they hold."""

    loading: Loading
    stated: int
    origins: Counter[bytes]
    write: Callable[[Path, list[bytes]], tuple[str, int]]


def _load(
    source: Source,
    mint: Minter,
    contents: Sequence[Content],
    nodes: Sequence[str],
    folder: Path,
    earlier: Earlier | None,
    made_by: str,
    directory: DataDirectory,
    progress: Progress | None,
) -> _Made:
    """Load what changed since the earlier load, or everything."""
    if earlier is not None:
        notes = notes_path(directory, source.name, earlier.sha256)
        changed = load_changed(
            source, mint, contents, nodes, folder, earlier, notes, made_by, progress
        )
        if changed is not None:
            return _Made(
                changed.loading,
                changed.stated,
                changed.origins,
                lambda path, description: write_blocks(path, changed.blocks(description)),
            )
    origins = OriginLines.of(mint)
    checked = ShapeCheck(origins, nodes, folder, earlier)
    fresh = RowNotes(folder / "all.rows")
    try:
        loading = load_files(source, mint, contents, folder, progress, checked, fresh)
    finally:
        fresh.close()
    lines = settle(loading.lines, earlier, origins, mint.graph(source.name), folder)
    return _Made(
        loading,
        lines.stated,
        lines.origins,
        lambda path, description: write_quads(path, inserted(lines.blocks(), description)),
    )


def _keep_notes(
    directory: DataDirectory, load: StagedLoad, made: _Made, made_by: str, description: list[bytes]
) -> None:
    """Keep what the rows of a load stated, beside what is known of those of the current release."""
    path = notes_path(directory, load.source, load.sha256)
    kept = {path}
    release = current_release(directory)
    if release is not None and load.source in release.manifest.sources:
        published = release.manifest.sources[load.source]["sha256"]
        kept.add(notes_path(directory, load.source, published))
    notes, remarked = made.loading.notes, made.loading.remarked
    if isinstance(notes, RowMatching):
        notes = notes.notes
    if notes is None or len(remarked) > _MOST_REMARKED:
        path.unlink(missing_ok=True)
    else:
        origins = {each.decode(): count for each, count in made.origins.items()}
        described = [line.decode() for line in description]
        summary = Summary(made_by, notes.count, made.stated, origins, described)
        keep_notes(path, notes, summary, remarked)
    for stale in directory.staged.glob(f"{load.source}.{'?' * 16}.rows"):
        if stale not in kept:
            stale.unlink()


@contextmanager
def _folder(directory: DataDirectory, dry_run: bool) -> Iterator[Path]:
    if dry_run:
        with tempfile.TemporaryDirectory() as name:
            yield Path(name)
    else:
        with directory.working_folder() as folder:
            yield folder


def _refuse_failing(source: Source, description: list[bytes]) -> None:
    """Refuse a declaration of which what it says of its source breaks a shape."""
    failing = [each for each in validate(source.name, description) if each.refuses]
    if failing:
        raise ValidationError(
            f"nothing of {source.name} is loaded, because what is said of the source itself breaks "
            "a shape:\n" + "\n".join(f"  {line}" for line in summarise(failing))
        )


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _start(staged: StagedLoad | None, earlier: Earlier | None) -> datetime:
    """The present second, or the one after the loads before it, whose name no other may have."""
    before = [datetime.fromisoformat(staged.ended)] if staged else []
    if earlier is not None:
        before.append(earlier.ended)
    return max([_now(), *(each + timedelta(seconds=1) for each in before)])


def _digest_making(directory: DataDirectory, source: Source) -> str:
    """The digest of all that decides what a row of a source states, but for the row itself."""
    declared = [program_digest(), *_declared(directory, source)]
    declared += [f"{each.name} {each.format.name} {each.encoding}" for each in source.files]
    return digest(json.dumps(declared).encode())


def _declared(directory: DataDirectory, source: Source) -> list[str]:
    return [
        version("gmkg"),
        directory.base,
        repr((source.name, source.title, source.description, source.publisher, source.licence)),
        repr((source.address, source.audience, source.holder, source.illustrative)),
        json.dumps(dict(source.organisations), sort_keys=True),
        shapes_digest(),
    ]


def _digest_inputs(directory: DataDirectory, source: Source, snapshots: Sequence[Snapshot]) -> str:
    declared = [
        *_declared(directory, source),
        *(
            f"{file.name} {file.url or ''} {file.format.name} {file.encoding} {snapshot.sha256}"
            for file, snapshot in zip(source.files, snapshots, strict=True)
        ),
    ]
    return digest(json.dumps(declared).encode())
