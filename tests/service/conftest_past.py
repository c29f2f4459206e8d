"""Three releases of changing sources, and the service over them, for the modules that import them.

one    1 January 2026   a, b, c, and k of a source that everybody reads
two    1 February       a and c are called otherwise, b is hidden, d is new
three  1 March          c is gone, and the source of k is for our own staff
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from loaders.audience import Audience
from loaders.directory import DataDirectory, initialise
from loaders.publish import publish
from loaders.release import Release
from service.app import create_app
from service.kept_releases import opened
from service.query_runner import QueryRunner
from service.settings import Settings
from tests.loaders.staged_turtle import BASE, stage_turtle
from tests.service.conftest import ASSETS

TIMES = ("2026-01-01T12:00:00Z", "2026-02-01T12:00:00Z", "2026-03-01T12:00:00Z")
DATES = (
    "Thu, 01 Jan 2026 12:00:00 GMT",
    "Sun, 01 Feb 2026 12:00:00 GMT",
    "Sun, 01 Mar 2026 12:00:00 GMT",
)


def dataset(key: str, title: str, more: str = "") -> str:
    """What Turtle says of a dataset."""
    return f'<id/dataset/{key}> a dcat:Dataset ; dct:title "{title}"@en {more}.\n'


LINK = "; dct:isPartOf <id/dataset/b> "
VERSIONS = (
    dataset("a", "Alpha", LINK) + dataset("b", "Beta") + dataset("c", "Gamma"),
    dataset("a", "Aleph", LINK)
    + dataset("b", "Beta")
    + "<id/dataset/b> gm:visibleTo audience:internal .\n"
    + dataset("c", "Gamma the second")
    + dataset("d", "Delta"),
    dataset("a", "Aleph", LINK)
    + dataset("b", "Beta")
    + "<id/dataset/b> gm:visibleTo audience:internal .\n"
    + dataset("d", "Delta"),
)
ENDINGS = f"iri,state,successor,reason\n{BASE}id/dataset/c,gone,,It was made up.\n"


@dataclass(frozen=True, slots=True)
class Past:
    """A data directory and its releases, the oldest first."""

    directory: DataDirectory
    releases: tuple[str, ...]

    def place(self, number: int, path: str) -> str:
        """The path of a memento, of a release counted from one."""
        return f"/memento/{self.releases[number - 1]}{path}"


def publish_at(directory: DataDirectory, time: str) -> Release:
    """Publish what is staged, as if at another time."""
    release = publish(directory).release
    path = release.path / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "published": time}))
    return release


def make_past(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Past:
    """The three releases."""
    monkeypatch.setattr("loaders.check.validate", lambda *_: [])
    directory = initialise(folder / "var")
    names = []
    for number, (turtle, time) in enumerate(zip(VERSIONS, TIMES, strict=True), 1):
        stage_turtle(directory, "sets", turtle)
        audience = Audience.INTERNAL if number == 3 else Audience.PUBLIC
        also = '<id/dataset/a> dct:description "From k" .\n'
        stage_turtle(directory, "k", also, audience)
        if number == 3:
            (directory.path / "endings.csv").write_text(ENDINGS)
        names.append(publish_at(directory, time).id)
    return Past(directory, tuple(names))


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    """The three releases, for tests that change nothing."""
    with pytest.MonkeyPatch.context() as patched:
        yield make_past(tmp_path_factory.mktemp("past"), patched)


@contextmanager
def client_of(directory: DataDirectory, runner: QueryRunner) -> Iterator[FlaskClient]:
    """A client of the service over a data directory; no release is held open after it."""
    yield create_app(Settings(data=directory.path), runner, ASSETS).test_client()
    opened.close()
