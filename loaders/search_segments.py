"""The segments of a search index: runs of documents in order, each written once and never again.

An index is a row of segments, and the engine keeps to their order, so that equal hits come in the
order of documents. Where one ends and the next begins is decided by the documents alone, not by
what was there before (content-defined chunking): a change touches the segments round it, and an
index that grew from another one is the same as one made anew.

A document is a line here: its key, its IRI, and its fields as JSON, with tabs between. Beside a
segment lie its lines, compressed, from which its neighbours' documents are had again.
"""

import json
import shutil
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tantivy import Index

from loaders.directory import sync_folder, write_durably
from loaders.release import link_or_copy
from loaders.search_documents import Document
from queries.search_fields import FORMAT, FORMAT_FILE, IRI, prepare, schema

AT_ONCE = 2  # segments that are made at the same time
HEAP = 64 << 20  # bytes for each of them; the writer refuses less than 15 MB
SEGMENTS = 16  # an index has about so many, or half as many: each makes a search a little slower
SMALLEST, LARGEST = (
    1_024,
    16_384,
)  # documents; to make the smallest takes 50 ms, and 16 an empty one
LINES = ".documents"
META = "meta.json"  # the engine's own list of segments
_QUICK = 1  # lines of one segment are so alike that the least effort makes them ten times smaller


def line_of(document: Document) -> bytes:
    """The line of a document; lines are in order by key and then by IRI."""
    fields = json.dumps({IRI: document.iri, **document.values}, ensure_ascii=False)
    return f"{document.key}\t{document.iri}\t{fields}\n".encode()


def iri_of(line: bytes) -> bytes:
    """The IRI in the line of a document."""
    return line.split(b"\t", 2)[1]


def segment_size(count: int) -> int:
    """How many documents a segment has on average, where an index has `count`: a power of two."""
    size = SMALLEST
    while size * SEGMENTS < count and size < LARGEST:
        size *= 2
    return size


def pieces(lines: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    """Lines in order, cut into segments of about `size`, and of twice as many at most.

    A document begins a segment if its IRI says so, which is so for one of `size`.
    """
    piece: list[bytes] = []
    for line in lines:
        if piece and (len(piece) == 2 * size or zlib.crc32(iri_of(line)) % size == 0):
            yield piece
            piece = []
        piece.append(line)
    if piece:
        yield piece


class SegmentWriter:
    """Puts an index together, segment by segment, in a folder that is not there yet."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._making: deque[Future[list[dict[str, Any]]]] = deque()
        self._segments: list[dict[str, Any]] = []

    @property
    def documents(self) -> int:
        """How many documents the segments have."""
        self._wait()
        return sum(segment["max_doc"] for segment in self._segments)

    def write(self, lines: Sequence[bytes]) -> None:
        """Make a segment of these documents; of two halves, if the heap does not hold them."""
        self._wait(AT_ONCE - 1)  # so that memory holds no more than are being made
        self._making.append(self._pool.submit(self._made, lines))

    def _wait(self, most: int = 0) -> None:
        """Wait until no more than so many segments are being made."""
        while len(self._making) > most:
            self._segments += self._making.popleft().result()

    def _made(self, lines: Sequence[bytes]) -> list[dict[str, Any]]:
        with TemporaryDirectory(dir=self._folder.parent, prefix=".indexing-") as work:
            folder = Path(work)
            # One thread, which keeps the documents in their order.
            writer = _new_index(folder).writer(heap_size=HEAP, num_threads=1)
            for line in lines:
                writer.add_json(line.split(b"\t", 2)[2].decode())
            writer.commit()
            writer.wait_merging_threads()
            made = segments_of(folder)
            if len(made) == 1:
                self._keep(folder, name_of(made[0]), lines)
                return made
        half = len(lines) // 2
        return self._made(lines[:half]) + self._made(lines[half:])

    def _keep(self, work: Path, name: str, lines: Sequence[bytes]) -> None:
        kept = self._folder / f"{name}{LINES}"
        write_durably(kept, [zlib.compress(b"".join(lines), _QUICK)])
        for file in work.glob(f"{name}.*"):
            file.chmod(kept.stat().st_mode)  # some are made for their owner's eyes alone
            file.rename(self._folder / file.name)

    def take(self, folder: Path, segment: dict[str, Any]) -> None:
        """Give a segment of another index a second place, by hard links."""
        self._wait()
        for file in folder.glob(f"{name_of(segment)}.*"):
            link_or_copy(file, self._folder / file.name)
        self._segments.append(segment)

    def finish(self) -> None:
        """Write the list of the segments, without which there is no index."""
        self._wait()
        self._pool.shutdown()
        with TemporaryDirectory(dir=self._folder.parent, prefix=".indexing-") as work:
            _new_index(Path(work))
            meta = json.loads(Path(work, META).read_text())
        meta["segments"] = self._segments
        write_durably(self._folder / META, [json.dumps(meta).encode()])
        write_durably(self._folder / FORMAT_FILE, [FORMAT.encode()])

    def give_up(self) -> None:
        """Remove the folder and what was put there."""
        self._wait()
        self._pool.shutdown()
        shutil.rmtree(self._folder)
        sync_folder(self._folder.parent)


def _new_index(folder: Path) -> Index:
    return prepare(Index(schema(), path=str(folder)))


def segments_of(folder: Path) -> list[dict[str, Any]]:
    """The segments of an index, in order, as the engine lists them."""
    found: list[dict[str, Any]] = json.loads((folder / META).read_text())["segments"]
    return found


def name_of(segment: dict[str, Any]) -> str:
    """How the names of a segment's files begin."""
    return str(segment["segment_id"]).replace("-", "")


def lines_of(folder: Path, segment: dict[str, Any]) -> list[bytes]:
    """The lines of a segment's documents, in order."""
    content = zlib.decompress((folder / f"{name_of(segment)}{LINES}").read_bytes())
    return [line + b"\n" for line in content.split(b"\n")[:-1]]
