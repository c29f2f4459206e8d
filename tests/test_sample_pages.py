"""Whatever the samples describe has a page, and links lead to it from the home page."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from loaders.directory import initialise
from loaders.pipeline import load_source
from loaders.publish import publish
from loaders.snapshot import opener_of
from loaders.source import declared_sources
from ontology.vocab import DCAT, GM, ORG, RDF
from service.app import create_app
from service.settings import Settings
from service.store import Release, Releases
from tests.service.conftest import ASSETS
from tests.service.in_process_runner import InProcessRunner

LINK = re.compile(r'href="(/[^"#]*)')
CLASSES = {
    "organisation": (ORG.Organization, 60),
    "service": (GM.Service, 100),
    "dataset": (DCAT.Dataset, 60),
    "distribution": (DCAT.Distribution, 60),
    "place": (GM.ServiceLocation, 10),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that publishes every sample, as `make run` does."""
    directory = initialise(tmp_path_factory.mktemp("samples") / "var")
    for source in declared_sources().values():
        if all(file.place is not None for file in source.files):
            openers = {file.name: opener_of(file.place) for file in source.files if file.place}
            load_source(directory, source, openers)
    publish(directory)
    return directory.path


@pytest.fixture(scope="module")
def release(data: Path) -> Release:
    return Releases(data).current()


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[FlaskClient]:
    runner = InProcessRunner(threads=1, timeout=10.0)
    runner.start()
    yield create_app(Settings(data=data), runner, ASSETS).test_client()
    runner.stop()


def links(client: FlaskClient, path: str) -> set[str]:
    """The addresses of this host that a page links to."""
    reply = client.get(path, headers={"Accept": "text/html"})
    assert reply.status_code == 200, path
    return {unescape(found) for found in LINK.findall(reply.text)}


def linked_from_lists(client: FlaskClient) -> set[str]:
    """What the lists link to that can be reached from the home page, page after page."""
    found: set[str] = set()
    waiting, seen = [each for each in links(client, "/") if is_list(each)], set()
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            here = links(client, path)
            found |= here
            waiting += [each for each in here if is_list(each)]
    return found


def is_list(path: str) -> bool:
    """Whether an address is of a list, in order and not narrowed."""
    parts = urlsplit(path)
    return re.fullmatch(r"/doc/[a-z-]+", parts.path) is not None and (
        not parts.query or parts.query.startswith("page=")
    )


@pytest.fixture(scope="module")
def reached(client: FlaskClient) -> set[str]:
    return linked_from_lists(client)


@pytest.mark.parametrize("kind", CLASSES)
def test_every_thing_of_the_samples_has_a_page_that_lists_lead_to(
    client: FlaskClient, release: Release, reached: set[str], kind: str
) -> None:
    class_iri, least = CLASSES[kind]
    beginning = f"{release.base}id/{kind}/"
    things = {
        quad.subject.value
        for quad in release.store.quads_for_pattern(
            None, NamedNode(RDF.type), NamedNode(class_iri), None
        )
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(beginning)
    }
    assert len(things) >= least
    paths = {release.locations.href(thing) for thing in things}
    assert paths <= reached
    for path in sorted(paths):
        reply = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        assert reply.status_code == 200, path
        assert "<h1" in reply.text
