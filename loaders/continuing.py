"""How a load goes on from the one before it: which one that is, and what is kept of it.

The one before is the one that is published. So a release tells of the rows of earlier files only
where the release before it told of them. What is loaded once more, though, goes on from itself, so
that the same lines come of it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from loaders.check import shapes_digest
from loaders.directory import DataDirectory
from loaders.earlier import Earlier, with_kept_origins
from loaders.errors import DirectoryError
from loaders.issues import Effect, Issue, read_issue
from loaders.origins import OriginLines
from loaders.release import current_release, link_or_copy
from loaders.shape_faults import RULE
from loaders.sorted_lines import SortedLines
from loaders.staging import StagedLoad, verify
from loaders.steps import step

_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Settled:
    """The lines of a load as they are staged: with origins kept from before where they are.

    `stated` counts those of the source's own graph; `origins` counts those that name a snapshot, by
    the snapshot with “<>”.
    """

    lines: SortedLines | Path
    stated: int
    origins: Counter[bytes]

    def blocks(self) -> Iterator[list[bytes]]:
        """The lines in order, many at a time."""
        if isinstance(self.lines, SortedLines):
            yield from self.lines.blocks()
            return
        with self.lines.open("rb") as file:
            while block := list(islice(file, _AT_ONCE)):
                yield block


def find_earlier(
    directory: DataDirectory, source: str, rerun: StagedLoad | None, folder: Path
) -> Earlier | None:
    """The load that a new one of the source goes on from; its quads get a second name in `folder`.

    `rerun` is the load that is staged, where it was made of the same.

    Raises:
        DirectoryError: another load took its place meanwhile.
    """
    path = folder / "earlier.nq"
    if rerun is not None:
        quads, issues = (directory.staged / each for each in (rerun.quads_name, rerun.issues_name))
        try:
            verify(directory, rerun)
            link_or_copy(quads, path)
            told = folder / "earlier.jsonl"
            link_or_copy(issues, told)
        except (DirectoryError, FileNotFoundError):
            return None  # what is damaged is made anew
        known = rerun.shapes == shapes_digest()
        warnings = _Warnings(told, source) if known else None
        return Earlier(path, datetime.fromisoformat(rerun.ended), warnings, rerun.sha256)
    release = current_release(directory)
    if release is None or source not in release.manifest.sources:
        return None
    told = release.path / "issues.jsonl"
    ended = datetime.fromisoformat(release.manifest.sources[source]["loaded"])
    try:
        link_or_copy(release.staged_path(source), path)
    except FileNotFoundError:
        raise DirectoryError(
            f"the release {release.id} was removed meanwhile; try again."
        ) from None
    known = release.manifest.versions.get("shapes") == shapes_digest()
    sha256 = release.manifest.sources[source]["sha256"]
    return Earlier(path, ended, _Warnings(told, source) if known else None, sha256)


@dataclass(frozen=True, slots=True)
class _Warnings:
    """Gives the issues of a source in which a shape remarked upon something."""

    path: Path
    source: str

    def __call__(self) -> Iterator[Issue]:
        if not self.path.exists():
            return
        mark = f'"{RULE}"'
        with self.path.open(encoding="utf-8") as file:
            for line in file:
                if mark in line:
                    issue = read_issue(line)
                    if (issue.source, issue.rule, issue.effect) == (
                        self.source,
                        RULE,
                        Effect.NOTED,
                    ):
                        yield issue


@step("keeping origins")
def settle(
    lines: SortedLines, earlier: Earlier | None, origins: OriginLines, graph: str, folder: Path
) -> Settled:
    """Keep the origins of what is as it was in the earlier load, and count the lines of a graph."""
    ending = f" <{graph}> .\n".encode()
    stated = 0
    named: Counter[bytes] = Counter()

    def count(block: list[bytes]) -> None:
        nonlocal stated
        stated += b"".join(block).count(ending)
        apart = [line for line in block if line.endswith(origins.ending)]
        named.update(map(origins.snapshot, filter(origins.is_origin, apart)))

    if earlier is None:
        for block in lines.blocks():
            count(block)
        return Settled(lines, stated, named)
    path = folder / "settled.nq"
    kept = with_kept_origins(lines, earlier, origins)
    with path.open("wb") as file:
        while block := list(islice(kept, _AT_ONCE)):
            file.writelines(block)
            count(block)
    return Settled(path, stated, named)
