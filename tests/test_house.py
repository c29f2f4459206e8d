"""The whole house, as its users meet it: records go in by the command line, IRIs are followed."""

import json
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.compare import isomorphic, to_isomorphic
from rdflib.namespace import FOAF, SKOS
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

from tests.live import Service, gmkg, serving

BASE = "https://data.greatermanchester.example/"
MANCHESTER = URIRef(f"{BASE}id/organisation/GB-LAE-MAN")
GM = "https://w3id.org/greater-manchester/def/gm#"
RDF_FORMATS = {
    "ttl": ("text/turtle", "turtle"),
    "nt": ("application/n-triples", "nt"),
    "rdf": ("application/rdf+xml", "xml"),
    "jsonld": ("application/ld+json", "json-ld"),
    "nq": ("application/n-quads", "nquads"),
    "trig": ("application/trig", "trig"),
}
NAMES = """
    PREFIX org: <http://www.w3.org/ns/org#>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT ?name WHERE { ?body a org:Organization ; skos:prefLabel ?name } ORDER BY ?name
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    data = tmp_path_factory.mktemp("house") / "var"
    for command in (("init",), ("load", "--all"), ("publish",)):
        gmkg(data, *command)
    with serving(data) as running:
        yield running


def parsed(body: bytes, syntax: str) -> Graph:
    """The triples of a representation, whatever graphs they stand in."""
    dataset = Dataset()
    with warnings.catch_warnings():
        # rdflib 7.6 parses into what it calls deprecated itself.
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=body, format=syntax)
    triples = Graph()
    for subject, predicate, value, _ in dataset.quads((None, None, None, None)):
        triples.add((subject, predicate, value))
    return triples


def answer(client: SPARQLWrapper) -> Any:
    """What SPARQLWrapper makes of an answer: its type follows the format that was asked for."""
    return client.query().convert()


def test_a_council_is_described_when_its_iri_is_followed(service: Service) -> None:
    reply = service.get("/id/organisation/GB-LAE-MAN", "text/turtle")
    graph = parsed(reply.body, "turtle")
    assert reply.status == 200
    assert {str(name) for name in graph.objects(MANCHESTER, SKOS.prefLabel)} == {
        "Manchester City Council"
    }
    assert {str(area) for area in graph.objects(MANCHESTER, URIRef(f"{GM}administers"))} == {
        f"{BASE}id/area/E08000003"
    }
    codes = {
        str(code)
        for node in graph.objects(MANCHESTER, URIRef("http://www.w3.org/ns/adms#identifier"))
        for code in graph.objects(node, SKOS.notation)
    }
    assert codes == {"MAN", "Q2302252", "E4203", "4215", "manchester"}


def test_every_representation_holds_the_same_triples(service: Service) -> None:
    graphs = {
        name: parsed(service.get("/id/organisation/GB-LAE-MAN", media_type).body, syntax)
        for name, (media_type, syntax) in RDF_FORMATS.items()
    }
    by_suffix = {
        name: parsed(service.get(f"/doc/organisation/GB-LAE-MAN.{name}").body, syntax)
        for name, (_, syntax) in RDF_FORMATS.items()
    }
    expected = graphs["ttl"]
    assert len(expected) > 20
    for found in (*graphs.values(), *by_suffix.values()):
        assert isomorphic(to_isomorphic(expected), to_isomorphic(found))


def test_the_page_of_a_council_shows_its_name_and_its_iri(service: Service) -> None:
    reply = service.get("/id/organisation/GB-LAE-MAN", "text/html")
    assert reply.headers["Content-Type"].startswith("text/html")
    assert "<h1" in reply.text
    assert "Manchester City Council" in reply.text
    assert str(MANCHESTER) in reply.text


@pytest.mark.parametrize(
    "path",
    [
        "/id/area/E08000003",
        "/id/organisation/GM-greater-manchester-passenger-transport-executive",
        "/id/membership/GB-LAE-MAN/GB-LAE-GMCA/constituent-council",
        "/id/change-event/gmpte-to-tfgm",
        "/def/gm",
        "/def/shapes",
        "/def/organisation-type/MD",
        "/def/organisation-type",
        "/graph/gm-bodies",
        "/graph/provenance",
        "/doc/organisation",
        "/doc/area",
        "/resource?iri=http%3A%2F%2Fwww.wikidata.org%2Fentity%2FQ2302252",
    ],
)
def test_everything_answers_in_turtle_and_as_a_page(service: Service, path: str) -> None:
    turtle = service.get(path, "text/turtle")
    assert turtle.status == 200
    assert len(parsed(turtle.body, "turtle")) > 0
    page = service.get(path, "text/html")
    assert page.status == 200
    assert "<h1" in page.text


def test_every_iri_that_a_page_links_to_answers(service: Service) -> None:
    query = "SELECT DISTINCT ?o WHERE { { ?s ?p ?o } UNION { ?o ?p ?s } FILTER (isIRI(?o)) }"
    client = SPARQLWrapper(f"{service.origin}/sparql", returnFormat=JSON)
    client.setQuery(query)
    found = [row["o"]["value"] for row in answer(client)["results"]["bindings"]]
    ours = [iri for iri in found if iri.startswith(f"{BASE}id/")]
    terms = [iri.partition("#")[0] for iri in found if iri.startswith(GM.rpartition("/")[0])]
    assert len(ours) > 30
    for path in {iri.removeprefix(BASE[:-1]) for iri in ours}:
        assert service.get(path, "text/turtle").status == 200, path
    for path in {iri.removeprefix("https://w3id.org/greater-manchester") for iri in terms}:
        assert service.get(path, "text/turtle").status == 200, path


def test_sparqlwrapper_reads_every_form_of_answer(service: Service) -> None:
    client = SPARQLWrapper(f"{service.origin}/sparql")
    client.setQuery(NAMES)
    client.setReturnFormat(JSON)
    rows = [row["name"]["value"] for row in answer(client)["results"]["bindings"]]
    assert len(rows) == 98
    assert "Bolton Metropolitan Borough Council" in rows
    client.setReturnFormat(XML)
    assert len(answer(client).getElementsByTagName("result")) == 98
    client.setReturnFormat(CSV)
    assert len(answer(client).decode().split()) > 98
    client.setQuery("ASK { ?s ?p ?o }")
    client.setReturnFormat(JSON)
    assert answer(client)["boolean"] is True
    client.setQuery(f"CONSTRUCT WHERE {{ <{MANCHESTER}> ?p ?o }}")
    client.setReturnFormat(TURTLE)
    assert len(Graph().parse(data=answer(client), format="turtle")) > 10
    client.setMethod("POST")
    client.setQuery(f"DESCRIBE <{MANCHESTER}>")
    assert len(Graph().parse(data=answer(client), format="turtle")) > 10


def test_the_document_says_what_it_is_about(service: Service) -> None:
    graph = parsed(service.get("/doc/organisation/GB-LAE-MAN.nt").body, "nt")
    assert (URIRef(f"{BASE}doc/organisation/GB-LAE-MAN"), FOAF.primaryTopic, MANCHESTER) in graph


def test_a_change_published_under_a_reader_is_seen_whole_or_not_at_all(tmp_path: Path) -> None:
    data = tmp_path / "var"
    file = tmp_path / "bodies.csv"
    head = "key,name,type\n" + "".join(f"GB-LAE-S{n:02},Staying {n},MD\n" for n in range(30))

    def publish(name: str) -> None:
        file.write_text(f"{head}GB-LAE-AAA,{name},MD\n")
        gmkg(
            data,
            *("load", "--file", str(file), "--format", "organisation-csv"),
            *("--source", "bodies", "--audience", "public"),
        )
        gmkg(data, "publish")

    gmkg(data, "init")
    publish("Version 0")
    answers: list[tuple[int, frozenset[str], str]] = []
    faults: list[BaseException] = []
    stop = threading.Event()
    with serving(data) as service:
        path = f"/sparql?format=json&query={quote(NAMES)}"

        def read() -> None:
            try:
                while not stop.is_set():
                    reply = service.get(path)
                    rows = json.loads(reply.body)["results"]["bindings"] if reply.body else []
                    names = frozenset(row["name"]["value"] for row in rows)
                    described = service.get("/id/organisation/GB-LAE-AAA", "text/turtle")
                    assert described.status == 200, described.text
                    answers.append((reply.status, names, described.text))
            except BaseException as fault:
                faults.append(fault)

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        for version in range(1, 6):
            publish(f"Version {version}")
        stop.set()
        for reader in readers:
            reader.join()
        assert "Version 5" in service.get("/id/organisation/GB-LAE-AAA", "text/turtle").text
    assert not faults, faults[0]
    staying = frozenset(f"Staying {n}" for n in range(30))
    allowed = {staying | {f"Version {version}"} for version in range(6)}
    assert {status for status, _, _ in answers} == {200}
    assert {names for _, names, _ in answers} <= allowed
    assert len({names for _, names, _ in answers}) > 1, "the reader never saw a change"
    for _, _, turtle in answers:
        assert sum(f'"Version {version}"' in turtle for version in range(6)) == 1
