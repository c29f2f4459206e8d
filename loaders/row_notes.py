"""What each row of a load stated, noted beside the staged load (`staged/{source}.….rows`).

The first line is a JSON object on the load as a whole. Then every record that could be read has a
line, in the order of the files: a digest of the row, a sign, and tokens.

    +  the row is loaded, and there is nothing to tell of it
    *  the same, and it is new; only while a load is under way
    -  anything else: the row has to be looked at again whenever its source is loaded

Tokens are the IRIs with “<>” that it says anything of and those of parts that it refers to; and of
each claim `=key`, and `/key/said` where others may claim it who say the same.
"""

import json
import platform
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import blake2b, sha256
from pathlib import Path

import loaders
import ontology
from loaders.directory import DataDirectory, write_durably
from loaders.formats.reading.row import Row
from loaders.quads import Quad
from loaders.records import Record

KEPT, NEW, OTHER = b"+", b"*", b"-"

_ALONE = "duplicate-key"
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Summary:
    """What is noted of a load as a whole.

    `made_by` digests all but the files that decides what a row states; `stated` counts the lines of
    the source's own graph, `origins` the origins that name each snapshot (with “<>”), and
    `description` has the lines that describe the source.
    """

    made_by: str
    rows: int
    stated: int
    origins: dict[str, int]
    description: list[str] = field(default_factory=list)


def notes_path(directory: DataDirectory, source: str, quads: str) -> Path:
    """Where the notes on the rows lie of which these quads (their SHA-256) were made."""
    return directory.staged / f"{source}.{quads[:16]}.rows"


def digest_of(number: int, row: Row) -> bytes:
    """The digest of a row of the source's file of that number, wherever it stands in it."""
    told = repr((number, row.cells)).encode("utf-8", "surrogatepass")
    return blake2b(told, digest_size=16).hexdigest().encode()


def tokens_of(
    digest: bytes, records: Iterable[Record], quads: Iterable[Quad], parts: str
) -> list[bytes]:
    """The tokens of a row, whose records and quads these are; `parts` begins the IRIs of parts."""
    found: set[str] = set()
    for subject, _, value, _ in quads:
        found.add(subject)
        if type(value) is str and value.startswith(parts):
            found.add(value)
    tokens = [f"<{each}>".encode() for each in found]
    for record in records:
        for claim in record.claims():
            key = blake2b(repr(claim[:3]).encode(), digest_size=8).hexdigest().encode()
            tokens.append(b"=" + key)
            if claim.rule != _ALONE:
                said = digest
                if claim.said is not None:
                    said = blake2b(repr(claim.said).encode(), digest_size=8).hexdigest().encode()
                tokens.append(b"/%s/%s" % (key, said))
    return tokens


class RowNotes:
    """The notes on the rows of a load under way, in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file = path.open("wb")

    def knows(self, digest: bytes) -> bool:
        """No row is known where nothing is known of an earlier load."""
        return False

    def note(self, digest: bytes, sign: bytes, tokens: Sequence[bytes] = ()) -> None:
        """Note a row."""
        self.count += 1
        self._file.write(b" ".join((digest, sign, *tokens)) + b"\n")

    def copy(self, line: bytes) -> None:
        """Note a row that is as it was with the line that it had."""
        self.count += 1
        self._file.write(line)

    def close(self) -> None:
        """Note no more."""
        self._file.close()

    def __iter__(self) -> Iterator[bytes]:
        if not self._file.closed:
            self._file.flush()
        with self.path.open("rb") as file:
            yield from file


def keep_notes(path: Path, notes: RowNotes, summary: Summary, again: Collection[bytes]) -> None:
    """Put the notes of a load in place; rows with a token in `again` are to be looked at again."""
    write_durably(path, _kept(notes, summary, again))


def _kept(notes: RowNotes, summary: Summary, again: Collection[bytes]) -> Iterator[bytes]:
    yield json.dumps(asdict(summary)).encode() + b"\n"
    wanted = frozenset(again)
    for line in notes:
        sign = line[33:34]
        if wanted and not wanted.isdisjoint(line.split()):
            sign = OTHER
        elif sign == NEW:
            sign = KEPT
        yield line[:33] + sign + line[34:]


def read_summary(path: Path) -> Summary | None:
    """What is noted of a load as a whole; None where there are no notes that could be used."""
    with suppress(OSError, ValueError, TypeError), path.open("rb") as file:
        return Summary(**json.loads(file.readline()))
    return None


def noted_rows(path: Path) -> Iterator[bytes]:
    """The lines of the rows in notes that were kept."""
    with path.open("rb") as file:
        file.readline()
        yield from file


@cache
def program_digest() -> str:
    """The SHA-256 of every file of the program that may decide what a row states."""
    digest = sha256(platform.python_version().encode())
    for package in (loaders, ontology):
        for folder in package.__path__:
            for path in sorted(Path(folder).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    digest.update(f"{path} ".encode())
                    digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()
