"""A staged load: what a source's latest load made, waiting to be published.

`staged/{source}.json` is the load; it names the files of its quads and issues by their content, so
that replacing this one file replaces the whole load at once.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from io import BufferedReader
from itertools import islice
from pathlib import Path

from loaders.audience import Audience
from loaders.directory import DataDirectory, write_durably
from loaders.errors import DirectoryError
from loaders.issues import Issue, write_issue
from loaders.steps import step

_CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records a load was given, and what became of them."""

    records_in: int = 0
    records_loaded: int = 0
    records_left_out: int = 0
    values_withheld: int = 0


@dataclass(frozen=True, slots=True)
class StagedLoad:
    """One load, staged. `inputs` digests all that it was made from; `sha256` is of its quads.

    `started` and `ended` are RFC 3339 times in UTC; `shapes` digests the shapes that its records
    were held against.
    """

    source: str
    title: str
    audience: Audience
    inputs: str
    started: str
    ended: str
    sha256: str
    quads: int
    counts: Counts
    issues_by_rule: dict[str, int] = field(default_factory=dict)
    files: tuple[dict[str, str | int], ...] = ()
    shapes: str = ""

    @property
    def quads_name(self) -> str:
        """The name of the file that holds its quads."""
        return f"{self.source}.{self.sha256[:16]}.nq"

    @property
    def issues_name(self) -> str:
        """The name of the file that holds its issues, one JSON object a line."""
        return f"{self.source}.{self.inputs[:16]}.issues.jsonl"


@step("writing lines")
def write_quads(path: Path, lines: Iterable[bytes]) -> tuple[str, int]:
    """Write sorted lines so that they outlast a crash; their SHA-256, and how many they are."""
    sha256, count = hashlib.sha256(), 0
    with path.open("wb") as file:
        for chunk in chunks(lines):
            joined = b"".join(chunk)
            sha256.update(joined)
            file.write(joined)
            count += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return sha256.hexdigest(), count


def write_blocks(path: Path, blocks: Iterable[bytes]) -> tuple[str, int]:
    """Write sorted lines that come many at a time: see `write_quads`."""
    sha256, count = hashlib.sha256(), 0
    with path.open("wb") as file:
        for block in blocks:
            sha256.update(block)
            file.write(block)
            count += block.count(b"\n")
        file.flush()
        os.fsync(file.fileno())
    return sha256.hexdigest(), count


def stage(directory: DataDirectory, load: StagedLoad, quads: Path, issues: Iterable[Issue]) -> None:
    """Put a load in place of the source's earlier one; its quads move from where they are.

    `quads` was made by `write_quads`, on the file system of the data directory.
    """
    quads.replace(directory.staged / load.quads_name)
    write_durably(
        directory.staged / load.issues_name, (write_issue(each).encode() for each in issues)
    )
    content = json.dumps(asdict(load), indent=1, ensure_ascii=False).encode()
    write_durably(directory.staged / f"{load.source}.json", (content,))
    kept = {load.quads_name, load.issues_name}
    for pattern in (f"{load.source}.????????????????.nq", f"{load.source}.*.issues.jsonl"):
        for stale in directory.staged.glob(pattern):
            if stale.name not in kept:
                stale.unlink()


def stage_lines(directory: DataDirectory, load: StagedLoad, lines: Iterable[bytes]) -> None:
    """Put a load that lies in memory in place of the source's earlier one."""
    quads = directory.staged / f".{load.quads_name}.partial"
    write_quads(quads, lines)
    stage(directory, load, quads, ())


def chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Lines, some thousands at a time."""
    waiting = iter(lines)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk


def staged_load(directory: DataDirectory, source: str) -> StagedLoad | None:
    """The load of a source that is staged, if there is one."""
    path = directory.staged / f"{source}.json"
    return _read(path) if path.exists() else None


def staged_loads(directory: DataDirectory) -> list[StagedLoad]:
    """Every staged load, by source."""
    return [_read(path) for path in sorted(directory.staged.glob("*.json"), key=lambda p: p.stem)]


@contextmanager
def open_staged(directory: DataDirectory, load: StagedLoad) -> Iterator[BufferedReader]:
    """The quads of a staged load, open for reading; they outlast their replacement.

    Raises:
        DirectoryError: another load has taken their place already.
    """
    try:
        with (directory.staged / load.quads_name).open("rb") as file:
            yield file
    except FileNotFoundError:
        raise DirectoryError(f"the source {load.source} was loaded meanwhile; try again.") from None


def unstage(directory: DataDirectory, source: str) -> bool:
    """Take back the load of a source; whether there was one."""
    load = staged_load(directory, source)
    if load is None:
        return False
    (directory.staged / f"{source}.json").unlink()
    for name in (load.quads_name, load.issues_name):
        (directory.staged / name).unlink(missing_ok=True)
    for notes in directory.staged.glob(f"{source}.{'?' * 16}.rows"):
        notes.unlink()
    return True


@step("verifying what is staged")
def verify(directory: DataDirectory, load: StagedLoad) -> None:
    """Make sure that what is staged is what the load made.

    Raises:
        DirectoryError: the file was changed by hand, or damaged.
    """
    with open_staged(directory, load) as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != load.sha256:
        raise DirectoryError(
            f"{directory.staged / load.quads_name} is not what was loaded: "
            f"load the source {load.source} again."
        )


def digest(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _read(path: Path) -> StagedLoad:
    try:
        table = json.loads(path.read_text())
        table["audience"] = Audience(table["audience"])
        table["counts"] = Counts(**table["counts"])
        table["files"] = tuple(table["files"])
        return StagedLoad(**table)
    except (ValueError, TypeError, KeyError):
        raise DirectoryError(f"{path} is damaged: load the source {path.stem} again.") from None
