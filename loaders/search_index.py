"""The search index of each audience: made of its finished store, when a release is made.

Where the parent has an index, only the segments are made that a change touches, and the others
are linked; what comes of it is what would come of making everything anew. No document is ever
marked as deleted: a segment that had it is made without it, so that nothing lingers in the files.

Documents stand in the order of labels, so that equal hits come in that order. Memory does not grow
with the store: documents are put in order on disk, and one segment at a time is written.
"""

import filecmp
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from inspect import getsource
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyoxigraph import Store

from loaders import search_documents
from loaders.audience import Audience
from loaders.difference import Difference
from loaders.directory import sync_folder, write_durably
from loaders.release import Release, link_or_copy
from loaders.search_documents import affected, document_of, documents
from loaders.search_segments import (
    SegmentWriter,
    iri_of,
    line_of,
    lines_of,
    pieces,
    segment_size,
    segments_of,
)
from loaders.sorted_lines import SortedLines, inserted
from loaders.steps import step
from ontology.vocab import SUPERCLASSES
from queries import search_fields
from queries.search_fields import FORMAT, FORMAT_FILE

RUN = 10_000  # documents that are put in order in memory
MAKER_FILE = "gmkg-maker"
# Above this share of things that may have changed, making everything anew is the quicker way.
_REBUILD_SHARE = 0.25


def index_path(release: Release, audience: Audience) -> Path:
    """Where the search index of an audience lies."""
    return release.path / audience / "index"


@step("search index")
def make_index(
    release: Release,
    parent: Release | None,
    audience: Audience,
    narrower: Audience | None,
    difference: Difference,
) -> None:
    """Make the index of an audience whose store and ledger are finished.

    That of the next narrower audience serves as well where both see the same, and that of the
    parent where the audience sees what it saw. `difference` is what it sees otherwise.
    """
    target = index_path(release, audience)
    alike = ((release, narrower), (parent, audience))
    for other, theirs in alike:
        if (
            other is not None
            and theirs is not None
            and _sees_the_same(release, audience, other, theirs)
            and copy_index(index_path(other, theirs), target)
        ):
            return
    store = Store.read_only(str(release.store_path(audience)))
    base = release.manifest.base
    if parent is None or not change_index(
        store, index_path(parent, audience), target, base, difference
    ):
        build_index(store, target, base)


def _sees_the_same(release: Release, audience: Audience, other: Release, theirs: Audience) -> bool:
    """Whether two stores hold the same: the quads of the same files, and the same withdrawals."""
    return release.staged_files(audience).keys() == other.staged_files(
        theirs
    ).keys() and filecmp.cmp(
        release.ledger_path(audience), other.ledger_path(theirs), shallow=False
    )


def build_index(store: Store, folder: Path, base: str) -> int:
    """Make the index of a store in a folder that is not there yet; documents are counted."""
    writer = SegmentWriter(folder)
    with TemporaryDirectory(dir=folder.parent, prefix=".sorting-") as work:
        lines, count = SortedLines(Path(work), "documents", run=RUN), 0
        for document in documents(store, base):
            lines.add([line_of(document)])
            count += 1
        for piece in pieces(lines, segment_size(count)):
            writer.write(piece)
    _finish(writer, folder)
    return count


def change_index(
    store: Store, source: Path, target: Path, base: str, difference: Difference
) -> bool:
    """Make the index of a store from that of its parent, which differs by a difference.

    What comes of it is what `build_index` makes. False where that has to be called, since there is
    no index that could be changed, or since making it anew is quicker.
    """
    if not _is_ours(source):
        return False
    segments = segments_of(source)
    count = sum(segment["max_doc"] for segment in segments)
    changed = affected(store, base, difference)
    if len(changed) > _REBUILD_SHARE * count:
        return False
    found = (document_of(store, base, iri) for iri in changed)
    fresh = sorted(line_of(document) for document in found if document)
    size = segment_size(count)
    writer = SegmentWriter(target)
    before = _Before(source, segments, {iri.encode() for iri in changed})
    for piece in pieces(inserted(before.remaining(), fresh), size):
        same = before.segment(piece)
        if same is None:
            writer.write(piece)
        else:
            writer.take(source, same)
    if segment_size(writer.documents) != size:
        writer.give_up()
        return False
    _finish(writer, target)
    return True


class _Before:
    """The segments of the parent's index, read one after another."""

    def __init__(
        self, folder: Path, segments: Iterable[dict[str, Any]], changed: set[bytes]
    ) -> None:
        self._folder = folder
        self._segments = segments
        self._changed = changed
        # By their first lines, those that nothing was taken out of and that are still ahead.
        self._whole: dict[bytes, tuple[list[bytes], dict[str, Any]]] = {}

    def remaining(self) -> Iterator[list[bytes]]:
        """The lines of each segment without those of what changed."""
        for segment in self._segments:
            lines = lines_of(self._folder, segment)
            kept = [line for line in lines if iri_of(line) not in self._changed]
            if len(kept) == len(lines):
                self._whole[lines[0]] = lines, segment
            yield kept

    def segment(self, piece: list[bytes]) -> dict[str, Any] | None:
        """The segment that holds these lines and no others, if there is one.

        To be asked for one piece after another: it forgets the segments before.
        """
        lines, segment = self._whole.get(piece[0], ([], None))
        for first in [each for each in self._whole if each <= piece[-1]]:
            del self._whole[first]
        return segment if lines == piece else None


def copy_index(source: Path, target: Path) -> bool:
    """Give an index a second place, by hard links; False where there is none made as today.

    Nobody ever writes into the files of a finished index.
    """
    if not _is_ours(source):
        return False
    target.mkdir(parents=True)
    for file in source.iterdir():
        link_or_copy(file, target / file.name)
    sync_folder(target)
    return True


def _finish(writer: SegmentWriter, folder: Path) -> None:
    write_durably(folder / MAKER_FILE, [_maker().encode()])
    writer.finish()


def _is_ours(folder: Path) -> bool:
    """Whether there is an index that would be the same if it were made today."""
    try:
        return (folder / FORMAT_FILE).read_text() == FORMAT and (
            folder / MAKER_FILE
        ).read_text() == _maker()
    except OSError:  # a release from before there was an index
        return False


@cache
def _maker() -> str:
    """The SHA-256 of all that decides what the document of a thing is, besides the store."""
    digest = sha256(version("tantivy").encode())
    for module in (search_documents, search_fields):
        digest.update(getsource(module).encode())
    digest.update(repr(sorted(SUPERCLASSES.items())).encode())
    return digest.hexdigest()
