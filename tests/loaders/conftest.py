"""What the tests of the loaders share: a data directory, and loads of files from memory."""

import io
import socket
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings
from pyoxigraph import DefaultGraph, RdfFormat, parse
from pyoxigraph import Literal as StoredLiteral
from rdflib import Graph

from loaders.directory import DataDirectory, initialise
from loaders.formats import find_format
from loaders.formats.reading.content import Content
from loaders.identity import Minter
from loaders.issues import Issue
from loaders.loading import load_files
from loaders.nquads import without_graph, write_lines
from loaders.pipeline import Loaded, load_source
from loaders.quads import Literal, Quad
from loaders.snapshot import Opener
from loaders.source import Source, SourceFile
from loaders.staging import Counts, open_staged
from ontology.vocab import XSD
from tests.loaders.governance_records import GOVERNANCE_ROWS
from tests.loaders.strategy_records import STRATEGY_ROWS

BASE = "https://data.greatermanchester.example/"
MINT = Minter(BASE)

LoadFile = Callable[[Source, bytes], Loaded]

_PREFIXES = f"""
    @base <{BASE}> .
    @prefix adms:   <http://www.w3.org/ns/adms#> .
    @prefix cpsv:   <http://purl.org/vocab/cpsv#> .
    @prefix cv:     <http://data.europa.eu/m8g/> .
    @prefix dcat:   <http://www.w3.org/ns/dcat#> .
    @prefix dct:    <http://purl.org/dc/terms/> .
    @prefix dpv:    <https://w3id.org/dpv#> .
    @prefix foaf:   <http://xmlns.com/foaf/0.1/> .
    @prefix geo:    <http://www.opengis.net/ont/geosparql#> .
    @prefix gm:     <https://w3id.org/greater-manchester/def/gm#> .
    @prefix locn:   <http://www.w3.org/ns/locn#> .
    @prefix org:    <http://www.w3.org/ns/org#> .
    @prefix owl:    <http://www.w3.org/2002/07/owl#> .
    @prefix prov:   <http://www.w3.org/ns/prov#> .
    @prefix schema: <http://schema.org/> .
    @prefix skos:   <http://www.w3.org/2004/02/skos/core#> .
    @prefix vcard:  <http://www.w3.org/2006/vcard/ns#> .
    @prefix void:   <http://rdfs.org/ns/void#> .
    @prefix xsd:    <http://www.w3.org/2001/XMLSchema#> .
    @prefix access-right: <https://w3id.org/greater-manchester/def/access-right/> .
    @prefix area-type: <https://w3id.org/greater-manchester/def/area-type/> .
    @prefix asset-format: <https://w3id.org/greater-manchester/def/asset-format/> .
    @prefix disposal-action: <https://w3id.org/greater-manchester/def/disposal-action/> .
    @prefix frequency: <https://w3id.org/greater-manchester/def/frequency/> .
    @prefix identifier-scheme: <https://w3id.org/greater-manchester/def/identifier-scheme/> .
    @prefix interaction-type: <https://w3id.org/greater-manchester/def/interaction-type/> .
    @prefix legal-basis: <https://w3id.org/greater-manchester/def/legal-basis/> .
    @prefix membership-role: <https://w3id.org/greater-manchester/def/membership-role/> .
    @prefix organisation-type: <https://w3id.org/greater-manchester/def/organisation-type/> .
    @prefix personal-data-level: <https://w3id.org/greater-manchester/def/personal-data-level/> .
    @prefix security-classification:
        <https://w3id.org/greater-manchester/def/security-classification/> .
    @prefix service-status: <https://w3id.org/greater-manchester/def/service-status/> .
"""

# A row of each format with every cell filled.
FULL_ROWS: dict[str, dict[str, str]] = {
    **GOVERNANCE_ROWS,
    **STRATEGY_ROWS,
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
        "description": "It ran the  trains.",
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
    "service-csv": {
        "key": "bin-day",
        "name": "Bin collection  days",
        "description": "When bins are emptied.",
        "provider": "GB-LAE-MAN",
        "provider-as-stated": "City of Exampleton",
        "responsible": "GB-LAE-GMCA",
        "responsible-as-stated": "The combined authority",
        "types": "524;https://taxonomy.example/waste",
        "status": "active",
        "areas": "E08000003; E08000006",
        "page": "https://council.example/bins",
        "interaction": "8",
        "locations": "tip;yard.2",
        "modified": "2024-04-01",
        "source": "https://register.example/document",
    },
    "place-csv": {
        "key": "town-hall",
        "name": "Town  Hall",
        "description": "With a clock.",
        "address": "1 High Street; Exampleton",
        "postcode": "m60  2la",
        "latitude": "53.4790",
        "longitude": "-2.2446",
        "within": "E08000003",
        "source": "https://register.example/document",
    },
    "dataset-csv": {
        "key": "bins.2024",
        "title": "Bins",
        "description": "Where bins  stand.",
        "publisher": "GB-LAE-MAN",
        "publisher-as-stated": "City of Exampleton",
        "licence": "https://licence.example/",
        "landing-page": "https://data.example/bins",
        "keywords": "waste; bins",
        "themes": "ENVI;https://themes.example/waste",
        "subjects": "http://id.esd.org.uk/function/1;urn:subject:2",
        "issued": "2024-04-01",
        "modified": "2024-04-02T10:30:00+01:00",
        "frequency": "monthly",
        "areas": "E08000003;E08000006",
        "access": "OPEN",
        "contact": "Waste  team",
        "identifier": "bins; BINS 1",
        "conforms-to": "https://standard.example/bins;urn:standard:2",
        "source": "https://register.example/document",
    },
    "distribution-csv": {
        "key": "bins.2024-csv",
        "dataset": "bins.2024",
        "title": "Bins as  CSV",
        "description": "One row a bin.",
        "access-url": "https://data.example/bins",
        "download-url": "https://data.example/bins.csv",
        "format": "csv",
        "byte-size": "1024",
        "licence": "https://licence.example/",
        "issued": "2024-04-01",
        "modified": "2024-04-02T10:30:00Z",
    },
    "concept-csv": {
        "iri": "http://id.esd.org.uk/function/2",
        "scheme": "http://id.esd.org.uk/list/functions",
        "notation": "2",
        "label": "Collecting  waste",
        "definition": "All that has to do with bins.",
        "broader": "http://id.esd.org.uk/function/1;urn:function:0",
        "source": "https://register.example/document",
    },
    "concept-scheme-csv": {
        "iri": "http://id.esd.org.uk/list/functions",
        "title": "Functions",
        "description": "What local government  is for.",
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
        return load_source(directory, source, openers({source.files[0].name: content}))

    return load


def openers(contents: Mapping[str, bytes]) -> dict[str, Opener]:
    """What opens files that lie in memory, by their names."""
    return {name: _opener(content) for name, content in contents.items()}


def _opener(content: bytes) -> Opener:
    return lambda: io.BytesIO(content)


@dataclass(frozen=True)
class InMemory(Content):
    """A file that lies in memory."""

    content: bytes = b""

    def open(self) -> io.BufferedReader:
        return io.BufferedReader(io.BytesIO(self.content))


def in_memory(content: str | bytes, encoding: str | None = None) -> Content:
    """The content of a file `given.csv`; a text is written as UTF-8."""
    encoded = content.encode() if isinstance(content, str) else content
    return InMemory("given.csv", Path("given.csv"), encoding, encoded)


def one_file(format_name: str, minimum: int = 0, maximum: int | None = None) -> Source:
    """A source with one file, `given.csv`, in a format."""
    file = SourceFile("given.csv", find_format(format_name), None, minimum, maximum)
    return Source("given", "A source given by hand", (file,))


@dataclass(frozen=True)
class Reading:
    """What the files of a source come to, of which nothing was staged."""

    lines: list[bytes]
    issues: list[Issue]
    tally: Counts

    def counts(self) -> Counts:
        """The tally of records and values."""
        return self.tally

    @property
    def quads(self) -> list[Quad]:
        """The lines as quads."""
        return quads_of(self.lines)


def read(source: Source, *contents: bytes, mint: Minter = MINT) -> Reading:
    """A finished reading of a source's files, which are given in their order."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = []
        for number, (file, content) in enumerate(zip(source.files, contents, strict=True)):
            path = folder / f"{number}.given"
            path.write_bytes(content)
            given.append(Content(file.name, path, file.encoding))
        loading = load_files(source, mint, given, folder)
        return Reading(list(loading.lines), list(loading.issues), loading.counts())


def interpret(format_name: str, content: bytes) -> Reading:
    """A finished reading of one file."""
    return read(one_file(format_name), content)


def staged_lines(directory: DataDirectory, loaded: Loaded) -> list[bytes]:
    """The lines of a load that is staged."""
    with open_staged(directory, loaded.load) as file:
        return list(file)


def quads_of(lines: Iterable[bytes]) -> list[Quad]:
    """What lines of N-Quads say, as pyoxigraph reads them."""
    found = []
    for each in parse(b"".join(lines), format=RdfFormat.N_QUADS):
        object_: str | Literal = each.object.value
        if isinstance(each.object, StoredLiteral):
            language = each.object.language
            datatype = XSD.string if language else each.object.datatype.value
            object_ = Literal(each.object.value, datatype, language)
        graph = each.graph_name
        assert not isinstance(graph, DefaultGraph)
        found.append(Quad(each.subject.value, each.predicate.value, object_, graph.value))
    return found


def graph_of(quads: Iterable[Quad]) -> Graph:
    """What quads state, in whichever graph."""
    return triples(write_lines(quads))


def triples(lines: Iterable[bytes]) -> Graph:
    """What lines of N-Quads state, in whichever graph."""
    return Graph().parse(data=b"".join(map(without_graph, lines)), format="nt")


def turtle(text: str) -> Graph:
    """The graph of a Turtle text, whose relative IRIs stand under our base."""
    return Graph().parse(data=_PREFIXES + text, format="turtle")
