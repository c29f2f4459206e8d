"""The way of the data, from a source's files to a staged load. Read this first.

    file ─▶ snapshot ─▶ rows ─▶ records ─▶ quads ─▶ staged load

The steps from rows to quads stand in `loaders.loading`; the way on from here in `loaders.publish`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from loaders.directory import DataDirectory, write_durably
from loaders.errors import BoundsError
from loaders.identity import Minter
from loaders.issues import Issue, count_by_rule, write_issues
from loaders.loading import Loading
from loaders.nquads import write_lines
from loaders.provenance import LoadRun, Snapshot, describe_source
from loaders.source import Source
from loaders.staging import StagedLoad, digest, stage, staged_load


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load made: the staged load, its lines, and the issues met on the way."""

    load: StagedLoad
    lines: list[bytes]
    issues: list[Issue]


def load_source(
    directory: DataDirectory,
    source: Source,
    contents: Mapping[str, bytes],
    *,
    dry_run: bool = False,
) -> Loaded:
    """Load a source from the bytes of its files (by file name), and stage the result.

    Loading again what is staged already, bytes and declaration, stages the same bytes again: the
    load's times stay those of its first run. With `dry_run` nothing is written.

    Raises:
        StructureError: a file is not what its format says; what was staged before stays.
        BoundsError: counts lie outside the declaration; what was staged before stays.
    """
    inputs = _digest_inputs(directory, source, contents)
    earlier = staged_load(directory, source.name)
    is_rerun = earlier is not None and earlier.inputs == inputs
    started = datetime.fromisoformat(earlier.started) if earlier and is_rerun else _now()
    loading = Loading(source, Minter(directory.base))
    for file in source.files:
        loading.load(file, contents[file.name])
    counts = loading.counts()
    if source.left_out_at_most is not None and counts.records_left_out > source.left_out_at_most:
        raise BoundsError(
            f"{source.name}: {counts.records_left_out} records would be left out and the source "
            f"declares at most {source.left_out_at_most}.",
            loading.issues,
        )
    snapshots = [Snapshot(name, digest(each), len(each)) for name, each in contents.items()]
    stated = len({quad[:3] for quad in loading.quads if quad.graph == _graph(directory, source)})
    ended = datetime.fromisoformat(earlier.ended) if earlier and is_rerun else _now()
    run = LoadRun(inputs, started, ended, tuple(snapshots), counts, stated)
    loading.quads += describe_source(source, run, loading.mint)
    lines = write_lines(loading.quads)
    load = StagedLoad(
        source=source.name,
        title=source.title,
        audience=source.audience,
        inputs=inputs,
        started=started.isoformat(),
        ended=ended.isoformat(),
        sha256=digest(b"".join(lines)),
        quads=len(lines),
        counts=counts,
        issues_by_rule=count_by_rule(loading.issues),
        files=tuple(
            {"name": each.name, "sha256": each.sha256, "bytes": each.size} for each in snapshots
        ),
    )
    if not dry_run:
        with directory.lock():
            for content in contents.values():
                kept = directory.snapshots / digest(content)
                if not kept.exists():
                    write_durably(kept, content)
            stage(directory, load, lines, write_issues(loading.issues).encode())
    return Loaded(load, lines, loading.issues)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _graph(directory: DataDirectory, source: Source) -> str:
    return Minter(directory.base).graph(source.name)


def _digest_inputs(directory: DataDirectory, source: Source, contents: Mapping[str, bytes]) -> str:
    declared = [
        version("gmkg"),
        directory.base,
        repr((source.name, source.title, source.description, source.publisher, source.licence)),
        repr((source.address, source.audience)),
        *(f"{file.name} {file.format.name} {digest(contents[file.name])}" for file in source.files),
    ]
    return digest(json.dumps(declared).encode())
