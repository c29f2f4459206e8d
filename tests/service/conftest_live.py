"""The whole service at a live port over two small graphs, for the modules that import it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from ontology.namespaces import DEFAULT_BASE
from service.app import create_app
from service.workers.bounds import Bounds
from service.workers.runner import WorkerRunner
from tests.benchmarks.made_release import publish
from tests.service.conftest_edge import Live, eventually, live

ONE, TWO = f"{DEFAULT_BASE}graph/one", f"{DEFAULT_BASE}graph/two"
SUBJECT, PREDICATE = NamedNode("https://example.org/s"), NamedNode("https://example.org/p")
VALUES = {ONE: "first", TWO: "second"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A service whose every graph holds one statement, and the default graph all of them."""
    data: Path = tmp_path_factory.mktemp("served")
    publish(
        data,
        "20260101T000000Z-00000001",
        [
            Quad(SUBJECT, PREDICATE, Literal(value), NamedNode(graph))
            for graph, value in VALUES.items()
        ],
    )
    runner = WorkerRunner(Bounds(2, memory=512 << 20, max_result_bytes=8 << 20, timeout=20.0), data)
    with live(data, runner, make=create_app) as made:
        eventually(lambda: made.ask("/sparql?query=ASK{}").status == 200)
        yield made
