"""What the repository ships, loaded once, as a store of everything that is staged."""

from pathlib import Path

from pyoxigraph import Store

from loaders.directory import DataDirectory, initialise
from loaders.pipeline import load_source
from loaders.snapshot import opener_of
from loaders.source import declared_sources
from loaders.staging import stage_lines
from loaders.store_build import build_store
from loaders.vocabulary import vocabulary_loads

BASE = "https://data.greatermanchester.example/"


def load_shipped(path: Path) -> DataDirectory:
    """A data directory with every source staged that has its files with it."""
    directory = initialise(path)
    for source in declared_sources().values():
        if all(file.place for file in source.files):
            openers = {file.name: opener_of(file.place) for file in source.files if file.place}
            load_source(directory, source, openers)
    return directory


def everything_shipped(folder: Path) -> Store:
    """Every shipped source, and the ontology, unvalidated and unprojected."""
    directory = load_shipped(folder / "var")
    for load, lines in vocabulary_loads(directory):
        stage_lines(directory, load, lines)
    path = folder / "store"
    build_store(path, sorted(directory.staged.glob("*.nq")), ())
    return Store.read_only(str(path))
