"""Who is measured: each makes N-Triples or N-Quads of the records, and then a store of them."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import Store

from loaders.audience import Audience
from loaders.directory import DataDirectory, initialise
from loaders.formats import find_format
from loaders.pipeline import load_source
from loaders.release import Release, current_release
from loaders.snapshot import opener_of
from loaders.source import Source, SourceFile
from loaders.steps import Step
from ontology.namespaces import DEFAULT_BASE
from tests.benchmarks import rdflib_script
from tests.benchmarks.loading.engine import engine_command
from tests.benchmarks.loading.step_script import read_steps
from tests.benchmarks.loading.triples import triples_of
from tests.benchmarks.made_records import FORMAT, write_organisations

OURS = "gmkg"
SOURCE, INSIDE = "made", "made-inside"
GRAPH = f"{DEFAULT_BASE}graph/{SOURCE}"
NATIVE = Path(sys.executable).parent / "oxigraph"
PARTS = ("to_rdf", "to_store")
_MORE = 10

Command = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contender:
    """A way from records to a store, in one or two commands, each a process of its own.

    `prepare` is called before each round, `triples` gives those that it made of the records, `held`
    counts what its store holds, and `steps` are those of its last round, by part. `clear` is called
    when a round is over and nobody needs its files any more.
    """

    name: str
    to_rdf: Command | None
    to_store: Command | None
    triples: Callable[[], Iterator[str]]
    held: Callable[[], int]
    prepare: Callable[[], object] = lambda: None
    steps: Callable[[], dict[str, list[Step]]] = dict
    clear: Callable[[], object] = lambda: None

    def commands(self) -> dict[str, Command]:
        """Its commands by part."""
        both = dict(zip(PARTS, (self.to_rdf, self.to_store), strict=True))
        return {part: command for part, command in both.items() if command}


class Line:
    """Our line in a data directory of its own: `gmkg load`, then `gmkg publish`."""

    def __init__(
        self,
        folder: Path,
        records: Path,
        source: str = SOURCE,
        options: Command = ("--format", FORMAT, "--audience", Audience.PUBLIC),
        inside: Path | None = None,
    ) -> None:
        self.data = folder / "data"
        self._load = ("--file", str(records), "--source", source, *options)
        self._inside = inside
        self._steps = {part: folder / f"{part}.json" for part in PARTS}

    def command(self, part: str) -> Command:
        """The command of a part, which notes its steps."""
        script = "tests.benchmarks.loading.step_script"
        start = (sys.executable, "-m", script, str(self._steps[part]))
        where = ("--data", str(self.data))
        if part == "to_store":
            return *start, "publish", *where
        return *start, "load", *where, *self._load

    def begin(self) -> None:
        """A new data directory, and nothing in it but what `inside` holds, for staff alone."""
        remove(self.data)
        directory = initialise(self.data, DEFAULT_BASE)
        if self._inside:
            file = SourceFile(self._inside.name, find_format(FORMAT), None)
            source = Source(INSIDE, INSIDE, (file,), audience=Audience.INTERNAL)
            load_source(directory, source, {file.name: opener_of(self._inside)})

    def steps(self) -> dict[str, list[Step]]:
        """The steps of the commands that ran last, by part."""
        return {part: read_steps(path) for part, path in self._steps.items() if path.exists()}

    def release(self) -> Release:
        """What is published."""
        release = current_release(DataDirectory(self.data, DEFAULT_BASE))
        assert release is not None
        return release

    def published(self) -> list[Path]:
        """The files of quads that the public may see."""
        return list(self.release().staged_files(Audience.PUBLIC).values())

    def contender(self, name: str = OURS) -> Contender:
        """The line as it is measured beside the others."""

        def held() -> int:
            counts = self.release().manifest.counts[Audience.PUBLIC]
            graphs: dict[str, int] = counts["graphs"]
            return graphs[GRAPH]

        def triples() -> Iterator[str]:
            return triples_of(self.release().quads_path(Audience.PUBLIC, SOURCE), GRAPH)

        return Contender(
            name,
            self.command("to_rdf"),
            self.command("to_store"),
            triples,
            held,
            self.begin,
            self.steps,
        )


def line_with_more_inside(folder: Path, records: Path, count: int) -> Contender:
    """Our line where staff see a few things more, so that a store of their own is made for them."""
    inside, own = folder / "inside.csv", folder / "inside"
    own.mkdir()
    write_organisations(inside, _MORE, first=count)
    line = Line(own, records, inside=inside)
    return replace(line.contender(f"{OURS}, staff seeing more"), clear=lambda: remove(line.data))


def floor(folder: Path, line: Line) -> Contender:
    """`oxigraph load` of what the line, which ran before, has published to everybody."""
    quads, store = folder / "finished.nq", folder / "floor"

    def prepare() -> None:
        remove(store)
        write_together(quads, line.published())

    return Contender(
        f"oxigraph {version('oxigraph')} load",
        None,
        native_load(store, quads),
        lambda: triples_of(quads, GRAPH),
        lambda: _count(store, line),
        prepare,
        clear=lambda: remove(store, quads),
    )


def rdflib(folder: Path, records: Path) -> Contender:
    """A script with rdflib, a graph in memory that is written out; and the engine's own loading."""
    made = folder / "rdflib.nt"
    command = (sys.executable, rdflib_script.__file__, str(records), str(made))
    return _with_native_store(f"rdflib {version('rdflib')}", command, folder, made)


def morph_kgc(folder: Path, records: Path) -> Contender:
    """The mapping engine Morph-KGC with rules in YARRRML; and the engine's own loading.

    Raises:
        RuntimeError: it is not installed, and cannot be.
    """
    made = folder / "morph.nt"
    name, command = engine_command(folder, records, made)
    return _with_native_store(name, command, folder, made)


PEERS: dict[str, Callable[[Path, Path], Contender]] = {"rdflib": rdflib, "morph-kgc": morph_kgc}


def _with_native_store(name: str, command: Command, folder: Path, made: Path) -> Contender:
    store = folder / f"{made.stem}-store"
    return Contender(
        name,
        command,
        native_load(store, made),
        lambda: triples_of(made),
        lambda: len(Store.read_only(str(store))),
        lambda: remove(store),
        clear=lambda: remove(store, made),
    )


def native_load(store: Path, *files: Path) -> Command:
    """The engine's own command line, which loads files into a store that is not there yet."""
    return (str(NATIVE), "load", "--location", str(store), "--file", *map(str, files))


def remove(*places: Path) -> None:
    """Remove folders and files, those that are there."""
    for place in places:
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


def write_together(path: Path, files: list[Path]) -> None:
    """Write files one behind the other."""
    with path.open("wb") as whole:
        for each in files:
            with each.open("rb") as part:
                shutil.copyfileobj(part, whole)


def _count(store: Path, line: Line) -> int:
    """How many triples of the records a store of everything published holds."""
    graphs: dict[str, int] = line.release().manifest.counts[Audience.PUBLIC]["graphs"]
    others = sum(count for graph, count in graphs.items() if graph != GRAPH)
    return len(Store.read_only(str(store))) - others
