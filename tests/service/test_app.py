"""The application as a whole: what it is made from, and what it refuses to serve."""

import gc
import weakref
from pathlib import Path

import pytest

from service.app import create_app
from service.assets import Assets
from service.serving import EXTENSION, Serving
from service.settings import Settings, SettingsError
from service.workers.runner import WorkerRunner
from tests.service.conftest import ASSETS, BASE, city, publish
from tests.service.in_process_runner import InProcessRunner

SERVED = [
    "/",
    "/doc/organisation",
    "/doc/organisation/GB-LAE-MAN",
    "/doc/organisation/GB-LAE-MAN.ttl",
    "/resource?iri=http://www.wikidata.org/entity/Q21525592",
    "/sparql",
    "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D",
    "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D&format=csv",
    "/graph/register",
    "/graph/register?format=nt",
    "/def/gm",
    "/def/identifier-scheme",
    "/vocabulary.json",
    "/status",
]


def test_the_application_is_made_from_settings_alone(standing_data: Path) -> None:
    app = create_app(Settings(data=standing_data, base=BASE), assets=ASSETS)
    serving = app.extensions[EXTENSION]
    assert isinstance(serving, Serving)
    assert isinstance(serving.runner, WorkerRunner)
    assert serving.releases.current().base == BASE


def test_data_made_for_another_base_is_refused(standing_data: Path) -> None:
    settings = Settings(data=standing_data, base="https://other.example.org/")
    with pytest.raises(SettingsError, match=r"GMKG_BASE is .* the data was made for"):
        create_app(settings, assets=ASSETS)


def test_a_service_may_start_before_its_first_release(
    tmp_path: Path, runner: InProcessRunner
) -> None:
    client = create_app(Settings(data=tmp_path, base=BASE), runner, ASSETS).test_client()
    assert client.get("/status").status_code == 503
    publish(tmp_path, "20250102T030405Z-00000001", [])
    assert client.get("/status").status_code == 200


def test_a_release_that_was_served_is_let_go_when_another_is_published(
    data: Path, runner: InProcessRunner
) -> None:
    app = create_app(Settings(data=data), runner, ASSETS)
    client = app.test_client()
    serving = app.extensions[EXTENSION]
    for path in SERVED:
        assert client.get(path, headers={"Accept": "text/html"}).status_code == 200, path
    served = weakref.ref(serving.releases.current())
    publish(data, "20250203T040506Z-00000002", city())
    assert client.get("/status").get_json()["release"] == "20250203T040506Z-00000002"
    gc.collect()
    assert served() is None


def test_assets_are_served_beside_the_pages(standing_data: Path, runner: InProcessRunner) -> None:
    client = create_app(Settings(data=standing_data), runner, Assets({}, {})).test_client()
    assert client.get("/static/dist/nothing.css").status_code == 404
