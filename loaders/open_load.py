"""Files of RDF staged in an open data directory, to be added to its store by the next publish."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Quad, RdfFormat, parse, serialize

from loaders.audience import Audience
from loaders.directory import DataDirectory
from loaders.errors import StructureError
from loaders.source import check_name
from loaders.staging import Counts, StagedLoad, stage, write_quads

_AT_ONCE = 10_000


def load_rdf(
    directory: DataDirectory, source: str, files: Sequence[Path], *, dry_run: bool = False
) -> StagedLoad:
    """Stage files of any RDF syntax, told by the endings of their names, in place of earlier ones.

    Graph names stay, and blank nodes, though under other labels, so that no two files share one.
    Relative IRIs stand under the file's own address. With `dry_run` nothing is written.

    Raises:
        DeclarationError: the name cannot be a source's.
        StructureError: a file is not in its syntax, or in none that is known.
    """
    check_name(source)
    started = _now()
    if dry_run:
        with TemporaryDirectory() as name:
            return _loaded(source, files, Path(name, "quads.nq"), started)
    with directory.working_folder() as folder:
        load = _loaded(source, files, folder / "quads.nq", started)
        with directory.lock():
            stage(directory, load, folder / "quads.nq", ())
    return load


def _loaded(source: str, files: Sequence[Path], quads: Path, started: str) -> StagedLoad:
    # Each line of the file is a chunk's: what matters of it is its digest.
    sha256, _ = write_quads(quads, _lines(files))
    with quads.open("rb") as lines:
        count = sum(1 for _ in lines)
    return StagedLoad(
        source=source,
        title=source,
        audience=Audience.PUBLIC,
        inputs=sha256,
        started=started,
        ended=_now(),
        sha256=sha256,
        quads=count,
        counts=Counts(),
        files=tuple({"name": each.name, "bytes": each.stat().st_size} for each in files),
    )


def _lines(files: Sequence[Path]) -> Iterator[bytes]:
    for file in files:
        quads = _quads(file)
        while chunk := list(islice(quads, _AT_ONCE)):
            yield serialize(chunk, format=RdfFormat.N_QUADS) or b""


def _quads(file: Path) -> Iterator[Quad]:
    syntax = RdfFormat.from_extension(file.suffix.removeprefix("."))
    if syntax is None:
        raise StructureError(file.name, "its name ends in no RDF syntax, such as .ttl or .nq.")
    try:
        yield from parse(
            path=file,
            format=syntax,
            base_iri=file.resolve().as_uri(),
            rename_blank_nodes=True,
        )
    except (SyntaxError, ValueError) as error:
        raise StructureError(file.name, f"it is not {syntax.name}: {error}.") from None


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()
