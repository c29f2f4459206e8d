"""The way of the data, from a source's files to a staged load. Read this first.

    file ─▶ snapshot ─▶ rows ─▶ records ─▶ lines of N-Quads ─▶ sorted ─▶ staged load

The steps from rows to lines stand in `loaders.loading`; the way on from here in `loaders.publish`.
No step holds a whole file: a load of a million records needs little more memory than one of ten.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from loaders.check import shapes_digest
from loaders.continuing import find_earlier, settle
from loaders.difference import Change, compare
from loaders.directory import DataDirectory
from loaders.earlier import Earlier, Told, read_told
from loaders.errors import ValidationError
from loaders.formats.reading.content import Content
from loaders.identity import Minter
from loaders.issue_log import IssueLog
from loaders.loading import Progress, load_files
from loaders.nquads import write_lines
from loaders.origins import OriginLines, snapshot_nodes
from loaders.provenance import LoadRun, describe_source, load_name
from loaders.shape_faults import ShapeCheck
from loaders.snapshot import Opener, Snapshot, keep_snapshot, take_snapshot
from loaders.sorted_lines import inserted
from loaders.source import Source
from loaders.staging import StagedLoad, digest, stage, staged_load, write_quads
from loaders.validation import summarise, validate


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load made: the load as it is staged, and the issues met on the way.

    `change`, of a dry run, compares it with the load of the source that is staged.
    """

    load: StagedLoad
    issues: IssueLog
    change: Change | None = None


def load_source(
    directory: DataDirectory,
    source: Source,
    openers: Mapping[str, Opener],
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Loaded:
    """Load a source from its files (what opens each, by file name), and stage the result.

    Loading again what is staged already, bytes and declaration, stages the same bytes again: the
    load's times stay those of its first run. With `dry_run` nothing is written.

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
        checked = ShapeCheck(origins, nodes, folder, earlier)
        loading = load_files(source, mint, contents, folder, progress, checked)
        ended = datetime.fromisoformat(rerun.ended) if rerun else max(started, _now())
        lines = settle(loading.lines, earlier, origins, mint.graph(source.name), folder)
        told = read_told(earlier.lines(), source.name, origins) if earlier else Told({}, {})
        older = lines.snapshots - {f"<{node}>".encode() for node in nodes}
        informed_by = tuple(each[1:-1].decode() for each in told.loads_of(older))
        run = LoadRun(started, ended, tuple(snapshots), loading.counts(), lines.stated, informed_by)
        description = write_lines(describe_source(source, run, mint))
        _refuse_failing(source, description)
        description = sorted({*description, *told.of_snapshots(older)})
        quads = folder / "quads.nq"
        sha256, count = write_quads(quads, inserted(lines.blocks(), description))
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
            return Loaded(load, loading.issues, change)
        with directory.lock():
            for snapshot in snapshots:
                keep_snapshot(directory, snapshot)
            stage(directory, load, quads, loading.issues)
    return Loaded(load, loading.issues)


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


def _digest_inputs(directory: DataDirectory, source: Source, snapshots: Sequence[Snapshot]) -> str:
    declared = [
        version("gmkg"),
        directory.base,
        repr((source.name, source.title, source.description, source.publisher, source.licence)),
        repr((source.address, source.audience, source.holder, source.illustrative)),
        json.dumps(dict(source.organisations), sort_keys=True),
        shapes_digest(),
        *(
            f"{file.name} {file.url or ''} {file.format.name} {file.encoding} {snapshot.sha256}"
            for file, snapshot in zip(source.files, snapshots, strict=True)
        ),
    ]
    return digest(json.dumps(declared).encode())
