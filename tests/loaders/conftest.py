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

_PREFIXES = f"""
    @base <{BASE}> .
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
    @prefix area-type: <https://w3id.org/greater-manchester/def/area-type/> .
    @prefix identifier-scheme: <https://w3id.org/greater-manchester/def/identifier-scheme/> .
    @prefix membership-role: <https://w3id.org/greater-manchester/def/membership-role/> .
    @prefix organisation-type: <https://w3id.org/greater-manchester/def/organisation-type/> .
"""

# A row of each format with every cell filled.
FULL_ROWS: dict[str, dict[str, str]] = {
    "organisation-csv": {
        "key": "GM-passenger-transport-executive",
        "name": "Passenger Transport  Executive",
        "type": "PTE",
        "other-names": "PTE; The Executive",
        "homepage": "http://www.tfgm.com/",
        "founded": "1974-04-01",
        "dissolved": "2011-04-01",
        "administers": "E08000001;E08000002",
        "replaced-by": "GM-transport-for-greater-manchester",
        "source": "https://register.example/document",
    },
    "area-csv": {
        "code": "E08000003",
        "name": "Manchester",
        "type": "metropolitan-district",
        "within": "E47000001",
        "source": "https://register.example/document",
    },
    "identifier-csv": {
        "kind": "area",
        "key": "E08000003",
        "scheme": "ordnance-survey",
        "code": "7000000000018821",
    },
    "link-csv": {
        "kind": "organisation",
        "key": "GB-LAE-MAN",
        "same-as": "http://www.wikidata.org/entity/Q2302252",
    },
    "membership-csv": {
        "member": "GB-LAE-MAN",
        "organisation": "GB-LAE-GMCA",
        "role": "constituent-council",
        "began": "2011-04-01",
        "ended": "2024-03-31",
        "source": "https://register.example/document",
    },
    "change-event-csv": {
        "key": "pte-to-tfgm",
        "title": "One became the other",
        "date": "2011-04-01",
        "before": "GM-pte;GM-pta",
        "after": "GM-tfgm",
        "source": "https://register.example/document",
    },
    "digital-land-local-authority": {
        "reference": "BUR",
        "name": "Bury Metropolitan Borough Council",
        "local-authority-type": "MD",
        "statistical-geography": "E08000002",
        "website": "https://www.bury.gov.uk",
        "start-date": "1974-04-01",
        "end-date": "2030-03-31",
        "region": "E12000002",
        "wikidata": "Q16954633",
        "opendatacommunities-uri": "http://opendatacommunities.org/id/district-council/bury",
        "combined-authority": "GMCA",
        "billing-authority": "E4202",
        "addressbase-custodian": "4210",
        "parliament-thesaurus": "16822",
        "entity": "69",
        "local-planning-authority": "E60000026",
    },
}

# A machine that others share is slow now and then, which says nothing about the code. Every run
# draws other examples, so few of them in each do.
settings.register_profile("shared-machine", deadline=None, max_examples=50)
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


def turtle(text: str) -> Graph:
    """The graph of a Turtle text, whose relative IRIs stand under our base."""
    return Graph().parse(data=_PREFIXES + text, format="turtle")
