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
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from loaders.difference import Change, compare
from loaders.directory import DataDirectory
from loaders.formats.reading.content import Content
from loaders.identity import Minter
from loaders.issue_log import IssueLog
from loaders.loading import Progress, load_files
from loaders.nquads import write_lines
from loaders.provenance import LoadRun, describe_source
from loaders.snapshot import Opener, Snapshot, keep_snapshot, take_snapshot
from loaders.sorted_lines import SortedLines, inserted
from loaders.source import Source
from loaders.staging import StagedLoad, digest, stage, staged_load, write_quads


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
    """
    with _folder(directory, dry_run) as folder:
        arrived = folder / "snapshots"
        arrived.mkdir()
        snapshots = [take_snapshot(arrived, file.name, openers[file.name]) for file in source.files]
        inputs = _digest_inputs(directory, source, snapshots)
        earlier = staged_load(directory, source.name)
        is_rerun = earlier is not None and earlier.inputs == inputs
        started = datetime.fromisoformat(earlier.started) if earlier and is_rerun else _now()
        mint = Minter(directory.base)
        contents = [
            Content(file.name, snapshot.path, file.encoding)
            for file, snapshot in zip(source.files, snapshots, strict=True)
        ]
        loading = load_files(source, mint, contents, folder, progress)
        ended = datetime.fromisoformat(earlier.ended) if earlier and is_rerun else _now()
        stated = _count(loading.lines, mint.graph(source.name))
        run = LoadRun(started, ended, tuple(snapshots), loading.counts(), stated)
        description = write_lines(describe_source(source, run, mint))
        quads = folder / "quads.nq"
        sha256, count = write_quads(quads, inserted(loading.lines.blocks(), description))
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
            files=tuple(
                {"name": each.name, "sha256": each.sha256, "bytes": each.size} for each in snapshots
            ),
        )
        if dry_run:
            before = directory.staged / earlier.quads_name if earlier else None
            change = compare(before, quads, f"{directory.base}id/")
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


def _count(lines: SortedLines, graph: str) -> int:
    """How many of a load's lines stand in a graph."""
    ending = f" <{graph}> .\n".encode()
    return sum(b"".join(block).count(ending) for block in lines.blocks())


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _digest_inputs(directory: DataDirectory, source: Source, snapshots: Sequence[Snapshot]) -> str:
    declared = [
        version("gmkg"),
        directory.base,
        repr((source.name, source.title, source.description, source.publisher, source.licence)),
        repr((source.address, source.audience, source.holder, source.illustrative)),
        json.dumps(dict(source.organisations), sort_keys=True),
        *(
            f"{file.name} {file.format.name} {file.encoding} {snapshot.sha256}"
            for file, snapshot in zip(source.files, snapshots, strict=True)
        ),
    ]
    return digest(json.dumps(declared).encode())
