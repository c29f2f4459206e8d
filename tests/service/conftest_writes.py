"""Data directories that are written to, and clients that hold a token of each role."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Quad, Store
from werkzeug.test import TestResponse

from loaders.directory import initialise
from loaders.open_release import begin
from service.app import create_app
from service.settings import Settings
from service.token_file import TokenFile
from service.tokens import AUDIENCES
from service.writes.writer import Writer
from tests.service.conftest import ASSETS
from tests.service.in_process_runner import InProcessRunner

TURTLE = "text/turtle"
UPDATE = "application/sparql-update"
MIB = 1 << 20


def tokens_of(data: Path) -> dict[str, str]:
    """The text of a new token of each role."""
    file = TokenFile(data)
    return {role: file.create(role, 1, f"a {role}")[1] for role in AUDIENCES}


def open_directory(path: Path) -> Path:
    """An open data directory with an empty release."""
    begin(initialise(path, is_open=True))
    return path


def stored(data: Path, audience: str = "public") -> set[Quad]:
    """The quads of the release that is served."""
    return set(Store.read_only(str(data / "current" / audience / "store")))


def log_of(data: Path) -> list[dict[str, object]]:
    """The lines of the log of writes."""
    path = data / "audit.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@dataclass(frozen=True, slots=True)
class Desk:
    """A client that sends with a steward's token unless it is told otherwise."""

    client: FlaskClient
    data: Path
    tokens: dict[str, str]

    def send(
        self,
        method: str,
        path: str,
        body: bytes | str = b"",
        content_type: str | None = None,
        role: str | None = "steward",
        **fields: str,
    ) -> TestResponse:
        """What is answered."""
        headers = {name.replace("_", "-"): value for name, value in fields.items()}
        if role is not None:
            headers["Authorization"] = f"Bearer {self.tokens[role]}"
        if content_type is not None:
            headers["Content-Type"] = content_type
        octets = body.encode() if isinstance(body, str) else body
        # Flask's client sends an empty body without a length.
        length = {"CONTENT_LENGTH": str(len(octets))}
        return self.client.open(
            path, method=method, data=octets, headers=headers, environ_overrides=length
        )

    def update(self, text: str) -> TestResponse:
        """What is answered to an update."""
        return self.send("POST", "/update", text, UPDATE)

    @property
    def release(self) -> str:
        """The release that is served."""
        return (self.data / "current").readlink().name


@contextmanager
def desk_of(data: Path, runner: InProcessRunner) -> Iterator[Desk]:
    """A desk over a data directory."""
    settings = Settings(data=data)
    writer = Writer(data, 256 * MIB, 20.0)
    try:
        app = create_app(settings, runner, ASSETS, writer)
        yield Desk(app.test_client(), data, tokens_of(data))
    finally:
        writer.stop()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, runner: InProcessRunner) -> Iterator[Desk]:
    """A desk over an open data directory."""
    with desk_of(open_directory(tmp_path_factory.mktemp("open")), runner) as made:
        yield made
