"""`/.well-known/void`: the description of the data, and its counts against a count by hand."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Quad
from rdflib import DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from service.app import create_app
from service.dataset_statistics import remembered
from service.errors import Problem
from service.query_runner import QueryJob
from service.settings import Settings
from service.spool import Answer
from service.store import Releases
from tests.service.conftest import ASSETS, BASE, city, publish, read_graph, same
from tests.service.conftest_audiences import bearer, make_tokens, publish_for_all, views
from tests.service.conftest_writes import Desk, desk
from tests.service.in_process_runner import InProcessRunner

__all__ = ["desk"]

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
HERE = "http://127.0.0.1:8000/.well-known/void"
DATASET = URIRef(f"{HERE}#dataset")
A = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RELEASE = "20250102T030405Z-00000001"


@pytest.fixture
def found(client: FlaskClient) -> Graph:
    response = client.get("/.well-known/void")
    assert (response.status_code, response.mimetype) == (200, "text/turtle")
    return read_graph(response.data, "ttl")


def totals(triples: Iterable[tuple[object, NamedNode, object]]) -> dict[str, int]:
    """What VoID §4.1 counts of some triples."""
    stated = set(triples)
    return {
        "triples": len(stated),
        "distinctSubjects": len({s for s, _, _ in stated}),
        "distinctObjects": len({o for _, _, o in stated}),
        "properties": len({p for _, p, _ in stated}),
        "classes": len({o for _, p, o in stated if p == A}),
        "entities": len({s for s, p, _ in stated if p == A}),
    }


def told(found: Graph, graph: Node) -> dict[str, int]:
    names = ("triples", "distinctSubjects", "distinctObjects", "properties", "classes", "entities")
    return {name: int(str(found.value(graph, VOID[name]))) for name in names}


def triple(quad: Quad) -> tuple[object, NamedNode, object]:
    return quad.subject, quad.predicate, quad.object


def test_the_counts_are_those_of_the_data(found: Graph) -> None:
    default = found.value(DATASET, SD.defaultGraph)
    assert default is not None
    assert told(found, default) == totals(map(triple, city()))
    assert told(found, DATASET) == totals(map(triple, city()))
    names = {quad.graph_name.value for quad in city() if isinstance(quad.graph_name, NamedNode)}
    counted = set()
    for named in found.objects(DATASET, SD.namedGraph):
        name, graph = str(found.value(named, SD.name)), found.value(named, SD.graph)
        assert graph is not None
        assert (DATASET, VOID.subset, graph) in found
        of_graph = [triple(q) for q in city() if q.graph_name == NamedNode(name)]
        assert told(found, graph) == totals(of_graph)
        counted.add(name)
    assert counted == names


def test_the_parts_of_a_graph_are_its_classes_and_properties(found: Graph) -> None:
    graph = URIRef(f"{HERE}#graph/register")
    quads = [q for q in city() if q.graph_name == NamedNode(f"{BASE}graph/register")]
    for part, term, count, values in (
        (VOID.propertyPartition, VOID.property, VOID.triples, [q.predicate for q in quads]),
        (
            VOID.classPartition,
            VOID["class"],
            VOID.entities,
            [q.object for q in quads if q.predicate == A],
        ),
    ):
        expected = dict(Counter(each.value for each in values if isinstance(each, NamedNode)))
        parts = list(found.objects(graph, part))
        assert {
            str(found.value(each, term)): int(str(found.value(each, count))) for each in parts
        } == expected


def test_it_says_where_the_data_are_had(found: Graph) -> None:
    assert found.value(URIRef(HERE), FOAF.primaryTopic) == DATASET
    assert found.value(DATASET, VOID.sparqlEndpoint) == URIRef("http://127.0.0.1:8000/sparql")
    assert found.value(DATASET, VOID.uriSpace) == Literal(BASE)
    assert found.value(DATASET, DCTERMS.identifier) == Literal(RELEASE)
    assert found.value(URIRef(f"{HERE}#graph/register"), VOID.dataDump) == URIRef(
        "http://127.0.0.1:8000/graph/register?format=nt"
    )
    assert (URIRef(HERE), RDF.type, VOID.DatasetDescription) in found


def test_the_examples_and_dumps_can_be_had(client: FlaskClient, found: Graph) -> None:
    examples = [str(each) for each in found.objects(DATASET, VOID.exampleResource)]
    assert 1 <= len(examples) <= 3
    for iri in examples:
        path = "/" + iri.removeprefix(BASE)
        assert client.get(path, follow_redirects=True).status_code == 200
    dumps = [str(each) for each in found.objects(None, VOID.dataDump)]
    assert dumps
    for url in dumps:
        assert client.get(url.removeprefix("http://127.0.0.1:8000")).status_code == 200
    (lookup,) = found.objects(DATASET, VOID.uriLookupEndpoint)
    assert (
        client.get(str(lookup).removeprefix("http://127.0.0.1:8000") + examples[0]).status_code
        == 200
    )


@pytest.mark.parametrize("name", ["nt", "rdf", "jsonld", "trig"])
def test_every_form_says_the_same(client: FlaskClient, found: Graph, name: str) -> None:
    assert same(read_graph(client.get(f"/.well-known/void?format={name}").data, name), found)


def test_who_has_it_is_not_sent_it_again(client: FlaskClient) -> None:
    tag = client.get("/.well-known/void").headers["ETag"]
    response = client.get("/.well-known/void", headers={"If-None-Match": tag})
    assert (response.status_code, response.data) == (304, b"")


class CountingOnce(InProcessRunner):
    """Keeps the queries that it is given, and refuses them with a problem if it is given one."""

    def __init__(self, refusal: Problem | None = None) -> None:
        super().__init__(threads=1, timeout=10.0)
        self.asked: list[str] = []
        self.refusal = refusal

    def run_blocking(self, job: QueryJob, client: str | None = None) -> Answer:
        self.asked.append(job.query)
        if self.refusal is not None:
            raise self.refusal
        return super().run_blocking(job, client)


def test_a_release_is_counted_once_for_every_form(data: Path) -> None:
    runner = CountingOnce()
    client = create_app(Settings(data=data), runner, ASSETS).test_client()
    for name in ("ttl", "nt", "ttl"):
        assert client.get(f"/.well-known/void?format={name}").status_code == 200
    assert len(runner.asked) == 1
    publish(data, "20250102T030405Z-00000002", city()[:3])
    found = read_graph(client.get("/.well-known/void").data, "ttl")
    assert told(found, DATASET) == totals(map(triple, city()[:3]))
    assert len(runner.asked) == 2
    runner.stop()


def test_what_takes_too_long_to_count_is_described_without_counts(data: Path) -> None:
    runner = CountingOnce(Problem(504, "The query took too long."))
    client = create_app(Settings(data=data), runner, ASSETS).test_client()
    for _ in range(2):
        found = read_graph(client.get("/.well-known/void").data, "ttl")
        assert list(found.objects(None, VOID.distinctSubjects)) == []
        graph = URIRef(f"{HERE}#graph/links")
        assert found.value(graph, VOID.triples) == Literal(1)
    assert len(runner.asked) == 1  # and is not tried again
    runner.stop()


def test_a_busy_service_says_so_and_counts_later(data: Path) -> None:
    runner = CountingOnce(Problem(429, "Too many queries are waiting."))
    client = create_app(Settings(data=data), runner, ASSETS).test_client()
    assert client.get("/.well-known/void").status_code == 429
    runner.refusal = None
    response = client.get("/.well-known/void")
    assert list(read_graph(response.data, "ttl").objects(None, VOID.distinctSubjects))
    runner.stop()


def test_each_audience_is_told_of_what_it_may_read(tmp_path: Path, runner: InProcessRunner) -> None:
    publish_for_all(tmp_path, RELEASE, views())
    tokens = make_tokens(tmp_path)
    client = create_app(Settings(data=tmp_path), runner, ASSETS).test_client()
    for headers, audience in (({}, "public"), (bearer(tokens["steward"]), "internal")):
        response = client.get("/.well-known/void", headers=headers)
        found = read_graph(response.data, "ttl")
        assert told(found, DATASET) == totals(map(triple, views()[audience]))
        assert "Authorization" in response.vary


def test_nothing_is_remembered_of_a_release_that_nobody_holds(data: Path) -> None:
    release = Releases(data).current()
    assert not remembered(release).counted
    remembered(release).counted = True
    assert remembered(release).counted
    assert not remembered(Releases(data).current()).counted


def test_the_whole_of_an_open_directory_is_not_its_default_graph(desk: Desk) -> None:
    text = "INSERT DATA { <urn:a> <urn:p> 1 . GRAPH <urn:g> { <urn:a> <urn:p> 1, 2 } }"
    assert desk.update(text).status_code == 200
    found = read_graph(desk.client.get("/.well-known/void").data, "ttl")
    counted = {str(each): int(str(number)) for each, number in found.subject_objects(VOID.triples)}
    graphs = {"default-graph": 1, "graph/urn%3Ag": 2}
    parts = {f"{HERE}#{name}": number for name, number in graphs.items()}
    assert {each: counted[each] for each in counted if "/property/" not in each} == parts
    assert {str(each) for each in found.objects(DATASET, VOID.subset)} == parts.keys()
