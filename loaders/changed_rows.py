"""A load of which only the rows that changed are mapped and held against the shapes.

It takes over from the earlier load the lines of everything that no changed row says anything of,
and comes to the same lines and issues as a load of all rows would. Where rows claim what others
claim, where one breaks a shape, or where much has changed, it is given up, and all rows are loaded.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from loaders.continuing import settle
from loaders.earlier import Earlier
from loaders.formats.reading.content import Content
from loaders.identity import Minter
from loaders.issues import Fault
from loaders.loading import Known, Loading, Progress
from loaders.origins import OriginLines
from loaders.row_matching import RowMatching, TooMuchError
from loaders.row_notes import RowNotes, Summary, read_summary
from loaders.shape_faults import ShapeCheck
from loaders.sorted_files import SortedFile
from loaders.source import Source
from loaders.steps import step
from loaders.validation import shapes


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The outcome: the earlier lines that go, those that come, and the counts of all lines then.

    What describes the source is among neither; `described` has the lines of the earlier load that
    do. `origins` counts those that name a snapshot, by the snapshot with “<>”.
    """

    loading: Loading
    earlier: Path
    gone: list[bytes]
    come: list[bytes]
    described: list[bytes]
    stated: int
    origins: Counter[bytes]

    def blocks(self, description: list[bytes]) -> Iterator[bytes]:
        """The bytes of the load's lines, in order, with those that describe the source."""
        with SortedFile(self.earlier) as file:
            yield from file.patched(self.gone + self.described, self.come + description)


@step("loading changed rows")
def load_changed(
    source: Source,
    mint: Minter,
    contents: Sequence[Content],
    nodes: Sequence[str],
    folder: Path,
    earlier: Earlier,
    notes: Path,
    made_by: str,
    progress: Progress | None = None,
) -> Reloaded | None:
    """Load what changed since the earlier load, on whose rows there are `notes`.

    `nodes` are the IRIs of the snapshots of the files, and `made_by` digests all but the files of
    which the load is made. None where everything has to be loaded.

    Raises:
        StructureError: a file is not what its format says.
        BoundsError: counts lie outside the declaration.
    """
    summary = read_summary(notes)
    if summary is None or summary.made_by != made_by or not shapes().is_local:
        return None
    origins = OriginLines.of(mint)
    described = [line.encode() for line in summary.description]
    if not _is_whole(earlier, described):
        return None
    checked = ShapeCheck(origins, nodes, folder)
    fresh = RowNotes(folder / "changed.rows")
    matching = RowMatching(notes, summary.rows, fresh)
    loading = Loading(source, mint, folder, Known(), progress, checked, matching)
    try:
        _read(loading, source, contents, matching)
        outcome = checked.check(loading.lines)
        if outcome.failing:
            return None
        loading.note_remarks(checked.remarks(loading.lines, outcome))
    except (TooMuchError, Fault, FileNotFoundError):  # the notes may be taken away meanwhile
        return None
    finally:
        loading.issues.close()
        fresh.close()
    loading.check_bounds()
    return _outcome(
        source.name, loading, earlier, matching.touched, described, summary, mint, folder
    )


def _is_whole(earlier: Earlier, described: list[bytes]) -> bool:
    """Whether the file of the earlier load is what was written, so that it can be taken over."""
    with earlier.path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != earlier.sha256:
            return False
    with SortedFile(earlier.path) as lines:
        return all(line in lines for line in described)


def _read(
    loading: Loading, source: Source, contents: Sequence[Content], matching: RowMatching
) -> None:
    files = list(zip(source.files, contents, strict=True))
    for number, (file, content) in enumerate(files):
        loading.load(number, file, content)
    matching.finish()
    first = 0
    for number, (file, content) in enumerate(files if matching.numbers else ()):
        first = loading.state_again(number, file, content, first, matching.numbers)


def _outcome(
    source: str,
    loading: Loading,
    earlier: Earlier,
    touched: Collection[bytes],
    described: list[bytes],
    summary: Summary,
    mint: Minter,
    folder: Path,
) -> Reloaded:
    origins = OriginLines.of(mint)
    graph = mint.graph(source)
    with SortedFile(earlier.path) as file:
        told = [line for each in sorted(touched) for line in file.beginning(each + b" ")]
    apart = set(described)
    gone = [line for line in told if line not in apart]
    part = folder / "touched.nq"
    part.write_bytes(b"".join(gone))
    settled = settle(loading.lines, replace(earlier, path=part), origins, graph, folder)
    come = [line for block in settled.blocks() for line in block]
    ending = f" <{graph}> .\n".encode()
    counts = Counter({each.encode(): count for each, count in summary.origins.items()})
    counts.subtract(map(origins.snapshot, filter(origins.is_origin, gone)))
    counts.update(settled.origins)
    return Reloaded(
        loading,
        earlier.path,
        gone,
        come,
        described,
        summary.stated - sum(line.endswith(ending) for line in gone) + settled.stated,
        +counts,
    )
