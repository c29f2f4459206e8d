"""What was fetched before, so that a server need not send again what has not changed.

For each file of a source that was fetched, `fetched/{source}/{file}.json` in the data directory
says which snapshot its bytes are in, and where in it each answer of the server lies, with the
validators that came with it. The bytes themselves are kept once, as the snapshot.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from loaders.directory import DataDirectory, write_durably
from loaders.formats.reading.paging import Query
from loaders.requesting import Validators
from loaders.source import SourceFile
from loaders.staging import digest

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """Where in a snapshot an answer lies, in bytes, and the validators that came with it."""

    start: int
    length: int
    etag: str | None = None
    modified: str | None = None

    @property
    def validators(self) -> Validators:
        """What a server is asked with."""
        return Validators(self.etag, self.modified)


@dataclass(slots=True)
class Earlier:
    """The parts of an earlier fetch by what was asked for, and the snapshot, open for reading."""

    parts: dict[str, Part] = field(default_factory=dict)
    kept: BinaryIO | None = None

    def part(self, url: str, query: Query) -> Part | None:
        """The part that an address and a query gave, if it can be had again."""
        return self.parts.get(asked_as(url, query)) if self.kept else None

    def content(self, part: Part) -> Iterator[bytes]:
        """The bytes of a part."""
        assert self.kept is not None
        self.kept.seek(part.start)
        left = part.length
        while left and (chunk := self.kept.read(min(left, _CHUNK))):
            left -= len(chunk)
            yield chunk


@dataclass(frozen=True, slots=True)
class Memory:
    """Where it is remembered how a file was fetched. With `fresh` nothing earlier is made use of.

    Where `writes` is false nothing is remembered anew: for a dry run.
    """

    directory: DataDirectory
    source: str
    writes: bool = True
    fresh: bool = False

    @contextmanager
    def earlier(self, file: SourceFile) -> Iterator[Earlier]:
        """What is left of the last fetch: nothing, where the file was declared otherwise then.

        The snapshot is read through first: where it is not there, or its bytes are others than
        those that came, there is nothing either, and everything is fetched anew.
        """
        table = None if self.fresh else self._table(file)
        if table is None:
            yield Earlier()
            return
        try:
            sha256, parts = table["sha256"], table["parts"]
            found = {key: Part(**part) for key, part in parts.items()}
            kept = (self.directory.snapshots / sha256).open("rb")
        except (KeyError, TypeError, AttributeError, OSError):
            yield Earlier()
            return
        with kept:
            whole = hashlib.file_digest(kept, "sha256").hexdigest() == sha256
            yield Earlier(found, kept) if whole else Earlier()

    def remember(self, file: SourceFile, sha256: str, parts: dict[str, Part]) -> None:
        """Keep in mind how a file was fetched, and that its snapshot has this SHA-256."""
        if not self.writes:
            return
        table = {
            "url": file.url,
            "declared": _declared(file),
            "sha256": sha256,
            "parts": {key: asdict(part) for key, part in parts.items()},
        }
        path = self._path(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, [json.dumps(table, indent=1).encode()])

    def _table(self, file: SourceFile) -> dict[str, Any] | None:
        try:
            table = json.loads(self._path(file).read_bytes())
        except (OSError, ValueError):
            return None
        if isinstance(table, dict) and table.get("declared") == _declared(file):
            return table
        return None

    def _path(self, file: SourceFile) -> Path:
        return self.directory.path / "fetched" / self.source / f"{file.name}.json"


def asked_as(url: str, query: Query) -> str:
    """What was asked for, as one text."""
    return json.dumps([url, dict(query)])


def _declared(file: SourceFile) -> str:
    """What the bytes that are kept of a file depend on, besides what its server gives."""
    said = (file.url, file.format.name, file.encoding, file.full_records)
    return digest(repr(said).encode())
