"""What the tests of the loaders share: a data directory, and loads of one file from memory."""

import socket
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings
from rdflib import Graph

from loaders.directory import DataDirectory, initialise
from loaders.formats import find_format
from loaders.identity import Minter
from loaders.loading import Loading
from loaders.nquads import without_graph, write_lines
from loaders.pipeline import Loaded, load_source
from loaders.quads import Quad
from loaders.source import Source, SourceFile

BASE = "https://data.greatermanchester.example/"
MINT = Minter(BASE)

LoadFile = Callable[[Source, bytes], Loaded]

# A machine that others share is slow now and then, which says nothing about the code.
settings.register_profile("shared-machine", deadline=None)
settings.load_profile("shared-machine")


@pytest.fixture(autouse=True, scope="package")
def no_network() -> Iterator[None]:
    """No test of the loaders may reach out: sources come from files."""

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a test of the loaders opened a connection")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        yield


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    """An initialised data directory."""
    return initialise(tmp_path / "var", BASE)


@pytest.fixture
def load_file(directory: DataDirectory) -> LoadFile:
    """Loads and stages a source of one file."""

    def load(source: Source, content: bytes) -> Loaded:
        return load_source(directory, source, {source.files[0].name: content})

    return load


def one_file(format_name: str, minimum: int = 0, maximum: int | None = None) -> Source:
    """A source with one file, `given.csv`, in a format."""
    file = SourceFile("given.csv", find_format(format_name), None, minimum, maximum)
    return Source("given", "A source given by hand", (file,))


def interpret(format_name: str, content: bytes) -> Loading:
    """A finished load of one file's rows, of which nothing was staged."""
    source = one_file(format_name)
    loading = Loading(source, MINT)
    loading.load(source.files[0], content)
    return loading


def graph_of(quads: Iterable[Quad]) -> Graph:
    """What quads state, in whichever graph."""
    return triples(write_lines(quads))


def triples(lines: Iterable[bytes]) -> Graph:
    """What lines of N-Quads state, in whichever graph."""
    return Graph().parse(data=b"".join(map(without_graph, lines)), format="nt")


def turtle(text: str, graph: str = f"{BASE}graph/given") -> Graph:
    """A graph written in a test, where `id:` and `part:` are things and parts of ours."""
    prefixes = f"""
        @prefix adms:   <http://www.w3.org/ns/adms#> .
        @prefix cv:     <http://data.europa.eu/m8g/> .
        @prefix dcat:   <http://www.w3.org/ns/dcat#> .
        @prefix dct:    <http://purl.org/dc/terms/> .
        @prefix foaf:   <http://xmlns.com/foaf/0.1/> .
        @prefix geo:    <http://www.opengis.net/ont/geosparql#> .
        @prefix gm:     <https://w3id.org/greater-manchester/def/gm#> .
        @prefix org:    <http://www.w3.org/ns/org#> .
        @prefix owl:    <http://www.w3.org/2002/07/owl#> .
        @prefix prov:   <http://www.w3.org/ns/prov#> .
        @prefix schema: <http://schema.org/> .
        @prefix skos:   <http://www.w3.org/2004/02/skos/core#> .
        @prefix void:   <http://rdfs.org/ns/void#> .
        @prefix xsd:    <http://www.w3.org/2001/XMLSchema#> .
        @prefix def:    <https://w3id.org/greater-manchester/def/> .
        @prefix id:     <{BASE}id/> .
        @prefix part:   <{BASE}.well-known/genid/given/> .
        @prefix graph:  <{graph.rpartition("/")[0]}/> .
    """
    return Graph().parse(data=prefixes + text, format="turtle")
