"""The real process: what a hostile client sends ends with an honest status, and changes nothing."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from service.errors import Problem
from service.writes.job import Action, Part, WriteJob, Written
from service.writes.writer import Writer
from tests.service.conftest_writes import MIB, log_of, open_directory, stored

XML = "application/rdf+xml"
JSON_LD = "application/ld+json"
TURTLE = "text/turtle"
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return open_directory(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def writer(data: Path) -> Iterator[Writer]:
    made = Writer(data, 64 * MIB, 30.0)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def hasty(data: Path) -> Iterator[Writer]:
    """A writer that soon gives up, since each hostile write takes all the time that it gets."""
    made = Writer(data, 64 * MIB, 2.0)
    assert made.run_blocking(update("INSERT DATA { <urn:a> <urn:p> 1, 2, 3 }")).changed
    yield made
    made.stop()


def update(text: str) -> WriteJob:
    return WriteJob(Action.UPDATE, "somebody", "steward", "r", text=text)


def upload(media_type: str, content: str) -> WriteJob:
    part = Part(media_type, content.encode(), "urn:g")
    return WriteJob(Action.PUT, "somebody", "steward", "r", graph="urn:g", parts=(part,))


def laughs(levels: int) -> str:
    """Entities that are ten of one another (RDF/XML §2.1 lets documents declare some)."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels))
    declared = f'<!DOCTYPE r [<!ENTITY a0 "laughing">{entities}]>'
    described = f'<rdf:Description rdf:about="urn:s"><x:p>&a{levels - 1};</x:p></rdf:Description>'
    return f"{declared}{RDF}{described}</rdf:RDF>"


def quadratic() -> str:
    declared = f'<!DOCTYPE r [<!ENTITY a "{"x" * 100_000}">]>'
    values = "&a;" * 100_000
    described = f'<rdf:Description rdf:about="urn:s"><x:p>{values}</x:p></rdf:Description>'
    return f"{declared}{RDF}{described}</rdf:RDF>"


CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s . ?t ?u ?v . ?w ?x ?y"
MANY = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(100)))} }}" for n in range(6))
HOSTILE = {
    "20,000 levels of JSON-LD": upload(JSON_LD, '{"urn:p":' * 20_000 + "1" + "}" * 20_000),
    "200,000 levels of JSON": upload(JSON_LD, "[" * 200_000 + "]" * 200_000),
    "a billion laughs": upload(XML, laughs(12)),
    "an entity a hundred thousand times": upload(XML, quadratic()),
    "100,000 levels of XML": upload(
        XML,
        RDF + "<rdf:Description><x:p>" * 100_000 + "</x:p></rdf:Description>" * 100_000,
    ),
    "300,000 nested lists": upload(TURTLE, f"<urn:a> <urn:p> {'(' * 300_000}{')' * 300_000} ."),
    "5,000 parentheses": update(
        f"INSERT {{ <urn:a> <urn:q> ?x }} WHERE {{ BIND({'(' * 5_000}1{')' * 5_000} AS ?x) }}"
    ),
    "50,000 groups": update(f"DELETE {{ ?s ?p ?o }} WHERE {'{' * 50_000}{'}' * 50_000}"),
    "every combination, written": update(f"INSERT {{ ?a ?p ?v5 }} WHERE {{ ?a ?p ?o . {MANY} }}"),
    "every combination, counted": update(
        f"INSERT {{ <urn:a> <urn:q> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {CROSS} {MANY} }} }}"
    ),
    "every combination, joined": update(
        "INSERT { <urn:a> <urn:q> ?t } WHERE { SELECT (GROUP_CONCAT(STR(?v0)) AS ?t) "
        f"{{ {MANY} }} }}"
    ),
}


@pytest.mark.parametrize("job", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_refused_in_time_and_the_next_write_is_done(
    hasty: Writer, data: Path, job: WriteJob
) -> None:
    before = (data / "current").readlink()
    held = stored(data)
    with pytest.raises(Problem) as caught:
        hasty.run_blocking(job)
    assert caught.value.status in (400, 413, 422, 503, 504)
    assert caught.value.status != 503 or "memory" in caught.value.title
    assert (data / "current").readlink() == before
    done = hasty.run_blocking(update("INSERT DATA { <urn:a> <urn:p> 1 }"))
    assert done == Written((data / "current").readlink().name, done.changed)
    assert stored(data) == held
    assert {line["token"] for line in log_of(data)} == {"somebody"}


def test_entities_of_a_sane_size_are_expanded(writer: Writer, data: Path) -> None:
    assert writer.run_blocking(upload(XML, laughs(2))).created
    (value,) = {each.object for each in stored(data) if each.graph_name == NamedNode("urn:g")}
    assert value == Literal("laughing" * 10)
    drop = WriteJob(Action.DELETE, "somebody", "steward", "r", graph="urn:g")
    assert writer.run_blocking(drop).removed


def test_a_write_that_fits_the_memory_is_done(writer: Writer, data: Path) -> None:
    triples = "".join(f"<urn:s> <urn:q> {number} .\n" for number in range(20_000))
    assert writer.run_blocking(update(f"INSERT DATA {{ {triples} }}")).changed
    assert writer.run_blocking(update("DELETE WHERE { <urn:s> ?p ?o }")).changed


def test_nothing_that_is_sent_reaches_the_network(writer: Writer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        url = f"http://127.0.0.1:{canary.getsockname()[1]}/"
        for job in (
            update(f"LOAD <{url}>"),
            update(f"LOAD SILENT <{url}> INTO GRAPH <urn:g>"),
            update(f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"),
            update(f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}"),
            upload(JSON_LD, f'{{"@context": "{url}", "a": 1}}'),
            upload(XML, f'<!DOCTYPE r SYSTEM "{url}"><r/>'),
        ):
            with pytest.raises(Problem) as caught:
                writer.run_blocking(job)
            assert caught.value.status in (400, 403)
        with pytest.raises(TimeoutError):
            canary.accept()


def test_a_directory_that_is_none_is_an_honest_500(tmp_path: Path) -> None:
    writer = Writer(tmp_path, 64 * MIB, 4.0)
    try:
        with pytest.raises(Problem) as caught:
            writer.run_blocking(update("CLEAR ALL"))
        assert caught.value.status == 500
    finally:
        writer.stop()
