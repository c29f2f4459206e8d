"""A release with more in it than the city, and its pages, for the modules that import them."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from service.app import create_app
from service.assets import Assets
from service.settings import Settings
from service.store import Release, Releases
from tests.service.conftest import city, publish
from tests.service.in_process_runner import InProcessRunner
from tests.service.page_tree import Element, Parsed

COUNCIL = "/doc/organisation/GB-LAE-MAN"
TOWN = Path(__file__).parent / "fixtures" / "town.trig"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory of the city and more: equal codes, no names, endings, hostile values."""
    path = tmp_path_factory.mktemp("town")
    publish(
        path, "20250102T030405Z-00000002", city() + list(parse(path=TOWN, format=RdfFormat.TRIG))
    )
    return path


@pytest.fixture(scope="module")
def client(town: Path, runner: InProcessRunner) -> FlaskClient:
    """A client of the town, with the assets as they were built."""
    return create_app(Settings(data=town), runner, Assets.read()).test_client()


@pytest.fixture(scope="module")
def release(town: Path) -> Release:
    """The town's release."""
    return Releases(town).current()


def page(client: FlaskClient, path: str) -> Element:
    """The page at a path, as a browser asks for it."""
    return Parsed(client.get(path, headers={"Accept": "text/html"}).text).root


def asking(query: str) -> str:
    """The path that asks a query."""
    return "/sparql?" + urlencode({"query": query})
