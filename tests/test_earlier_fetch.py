"""What was fetched before is asked for only where it is another by now."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.directory import DataDirectory, initialise
from loaders.earlier_fetch import Memory
from loaders.fetch import fetched
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.paging import SERVICE_PAGES, Paging
from loaders.source import SourceFile
from tests.feed_server import Answer, Server


class Changing(Server):
    """A server of bodies by what is asked for, each with a validator that is its digest."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies: dict[str, bytes] = {}
        self.sent: list[str] = []
        self.answer = self._answer

    def _answer(self, path: str, query: dict[str, str]) -> Answer:
        key = query.get("page", path)
        body = self.bodies[key]
        tag = f'"{hashlib.sha256(body).hexdigest()[:8]}"'
        if self.fields[-1]["If-None-Match"] == tag:
            return 304, {"ETag": tag}, b""
        self.sent.append(key)
        return 200, {"ETag": tag}, body


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Changing]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    running = Changing()
    yield running
    running.close()


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return initialise(tmp_path / "data")


def a_file(server: Server, paging: Paging | None, *, full: bool = False) -> SourceFile:
    layout = Format("made-up", "", JsonItems("contents"), lambda row, feed: (), paging)
    url = f"{server.origin}/services"
    return SourceFile("services.json", layout, None, url=url, full_records=full)


def fetch(
    directory: DataDirectory, file: SourceFile, *, fresh: bool = False, writes: bool = True
) -> bytes:
    """Fetch a file and keep it, as a load does."""
    memory = Memory(directory, "made-up", writes, fresh)
    with fetched(file, memory=memory)() as stream:
        content = stream.read()
    (directory.snapshots / hashlib.sha256(content).hexdigest()).write_bytes(content)
    return content


def page(number: int, *keys: str) -> bytes:
    return json.dumps({"total_pages": 2, "contents": [{"id": key} for key in keys]}).encode()


def test_a_file_that_has_not_changed_is_not_sent_again(
    server: Changing, directory: DataDirectory
) -> None:
    server.bodies = {"/services": b"first\n"}
    file = a_file(server, None)
    assert [fetch(directory, file), fetch(directory, file)] == [b"first\n"] * 2
    assert server.sent == ["/services"]
    server.bodies = {"/services": b"second"}
    assert fetch(directory, file) == b"second"
    assert fetch(directory, file, fresh=True) == b"second"
    assert server.fields[-1]["Cache-Control"] == "no-cache"
    assert server.sent == ["/services"] * 3


@pytest.mark.parametrize("damage", ["missing", "other bytes"])
def test_what_is_kept_no_more_is_fetched_anew(
    server: Changing, directory: DataDirectory, damage: str
) -> None:
    server.bodies = {"/services": b"first"}
    fetch(directory, a_file(server, None))
    [kept] = directory.snapshots.iterdir()
    kept.unlink() if damage == "missing" else kept.write_bytes(b"wrong")
    assert fetch(directory, a_file(server, None)) == b"first"
    assert server.sent == ["/services"] * 2


def test_each_page_is_asked_for_by_itself(server: Changing, directory: DataDirectory) -> None:
    server.bodies = {"1": page(1, "a", "b"), "2": page(2, "é")}
    file = a_file(server, SERVICE_PAGES)
    first = fetch(directory, file)
    assert fetch(directory, file) == first
    assert server.sent == ["1", "2"]
    server.bodies["2"] = page(2, "c", "d")
    assert fetch(directory, file) == b"".join(body + b"\n" for body in server.bodies.values())
    server.bodies["1"] = page(1, "z")
    fetch(directory, file)
    assert server.sent == ["1", "2", "2", "1"]


def test_each_item_that_is_fetched_whole_is_asked_for_by_itself(
    server: Changing, directory: DataDirectory
) -> None:
    server.bodies = {"1": page(1, "a", "b"), "2": page(2, "c")} | {
        f"/services/{key}": json.dumps({"id": key, "name": key}).encode() for key in "abc"
    }
    file = a_file(server, SERVICE_PAGES, full=True)
    first = fetch(directory, file)
    server.sent.clear()
    assert fetch(directory, file) == first
    # A list is not kept as it came where its items are whole, so it is sent again.
    assert server.sent == ["1", "2"]
    server.bodies["/services/b"] = b'{"id": "b", "name": "changed"}'
    assert b'"changed"' in fetch(directory, file)
    assert server.sent == ["1", "2", "1", "/services/b", "2"]


def test_a_dry_run_keeps_nothing_in_mind(server: Changing, directory: DataDirectory) -> None:
    server.bodies = {"/services": b"first"}
    fetch(directory, a_file(server, None), writes=False)
    assert not (directory.path / "fetched").exists()
    fetch(directory, a_file(server, None))
    assert server.sent == ["/services"] * 2


def test_what_is_declared_otherwise_is_fetched_anew(
    server: Changing, directory: DataDirectory
) -> None:
    server.bodies = {"1": page(1, "a"), "2": page(2, "b"), "/services": b"whole"}
    fetch(directory, a_file(server, SERVICE_PAGES))
    server.bodies |= {f"/services/{key}": json.dumps({"id": key}).encode() for key in "ab"}
    fetch(directory, a_file(server, SERVICE_PAGES, full=True))
    assert server.sent == ["1", "2", "1", "/services/a", "2", "/services/b"]


def test_a_memory_that_is_damaged_is_none(server: Changing, directory: DataDirectory) -> None:
    server.bodies = {"/services": b"first"}
    fetch(directory, a_file(server, None))
    (directory.path / "fetched" / "made-up" / "services.json.json").write_text("{")
    assert fetch(directory, a_file(server, None)) == b"first"
    assert server.sent == ["/services"] * 2
