"""A release made by hand, and the application that serves it. No loader takes part."""

import json
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Quad, RdfFormat, Store, parse
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from service.app import create_app
from service.assets import Assets
from service.settings import Settings
from service.store import Release, Releases
from tests.service.in_process_runner import InProcessRunner

BASE = "https://data.greatermanchester.example/"
ASSETS = Assets(
    {
        name: name
        for name in ("site.css", "site.js", "sparql.js", "mark.svg", "THIRD-PARTY-LICENCES.txt")
    },
    {},
)


def city() -> list[Quad]:
    """The quads of `fixtures/city.trig`."""
    return list(parse(path=Path(__file__).parent / "fixtures" / "city.trig", format=RdfFormat.TRIG))


def with_union(quads: list[Quad]) -> list[Quad]:
    """The quads, and each triple once in the default graph."""
    union = dict.fromkeys(quad.triple for quad in quads)
    return quads + [Quad(each.subject, each.predicate, each.object) for each in union]


def publish(data: Path, release_id: str, quads: list[Quad]) -> Path:
    """A finished release of the public audience in the data directory, made the current one."""
    release = data / "releases" / release_id
    (release / "public").mkdir(parents=True)
    store = Store(str(release / "public" / "store"))
    everything = with_union(quads)
    store.bulk_extend(everything)
    store.flush()
    graphs: dict[str, int] = {}
    for quad in quads:
        name = getattr(quad.graph_name, "value", "")
        graphs[name] = graphs.get(name, 0) + 1
    counts = {"quads": len(quads), "triples": len(everything) - len(quads), "graphs": graphs}
    manifest = {
        "id": release_id,
        "parent": None,
        "base": BASE,
        "published": "2025-01-02T03:04:05+00:00",
        "counts": {"public": counts},
    }
    (release / "manifest.json").write_text(json.dumps(manifest))
    link = data / "current.new"
    link.symlink_to(f"releases/{release_id}")
    link.replace(data / "current")
    return release


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory whose current release holds the city."""
    publish(tmp_path, "20250102T030405Z-00000001", city())
    return tmp_path


@pytest.fixture(scope="session")
def standing_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for tests that change nothing: made once."""
    path = tmp_path_factory.mktemp("city")
    publish(path, "20250102T030405Z-00000001", city())
    return path


@pytest.fixture(scope="session")
def release(standing_data: Path) -> Release:
    """The release that holds the city."""
    return Releases(standing_data).current()


@pytest.fixture(scope="session")
def runner() -> Iterator[InProcessRunner]:
    """What runs the queries of the application."""
    runner = InProcessRunner(threads=2, timeout=10.0)
    runner.start()
    yield runner
    runner.stop()


@pytest.fixture(scope="session")
def app(standing_data: Path, runner: InProcessRunner) -> Flask:
    """The application that serves the city."""
    return create_app(Settings(data=standing_data), runner, ASSETS)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the application."""
    return app.test_client()


def read_graph(body: bytes, name: str) -> Graph:
    """The triples of a representation, as rdflib's own parsers read them."""
    syntax = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld", "nq": "nquads"}.get(name, name)
    graph = Graph()
    with warnings.catch_warnings():
        # rdflib warns of names that its own parsers still use.
        warnings.simplefilter("ignore", DeprecationWarning)
        if name not in ("nq", "trig"):
            return graph.parse(data=body, format=syntax)
        for subject, predicate, value, _ in Dataset().parse(data=body, format=syntax).quads():
            graph.add((subject, predicate, value))
    return graph


def same(one: Graph, other: Graph) -> bool:
    """Whether the graphs are the same but for the names of blank nodes."""
    return bool(isomorphic(one, other))
