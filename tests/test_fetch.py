"""Fetching feeds by address: from a server of our own that behaves, and that misbehaves."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from loaders import fetch
from loaders.errors import FetchError
from loaders.fetch import fetched
from loaders.formats.format import Format
from loaders.formats.json_items import JsonItems
from loaders.formats.paging import PACKAGE_PAGES, SERVICE_PAGES, Paging
from loaders.source import SourceFile

Answer = tuple[int, dict[str, str], bytes]
Serve = Callable[[str, dict[str, str]], Answer]


class Server:
    """A server on a free port of this machine. `answer` makes its answers, `asked` keeps a log."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answer: Serve = lambda path, query: (404, {}, b"")
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                outer.asked.append((parts.path, query))
                outer.agent = self.headers["User-Agent"]
                status, headers, body = outer.answer(parts.path, query)
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.agent = ""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(fetch, "_RETRIES", fetch._RETRIES.new(backoff_factor=0))
    running = Server()
    yield running
    running.close()


def a_file(server: Server, paging: Paging | None, *, full: bool = False) -> SourceFile:
    format_ = Format("made-up", "", JsonItems("contents"), lambda row, feed: (), paging)
    return SourceFile(
        "services.json", format_, None, url=f"{server.origin}/services", full_records=full
    )


def read(file: SourceFile) -> bytes:
    with fetched(file)() as stream:
        return stream.read()


def page(number: int, total: int, *keys: str, last: bool | None = None) -> bytes:
    return json.dumps(
        {
            "page_number": number,
            "total_pages": total,
            "last_page": number == total if last is None else last,
            "contents": [{"id": key} for key in keys],
        }
    ).encode()


def pages_of(*bodies: bytes) -> Serve:
    return lambda path, query: (200, {}, bodies[int(query["page"]) - 1])


def test_a_file_without_pages_is_kept_as_it_came(server: Server) -> None:
    body = b'{"contents": []}  \n'
    server.answer = lambda path, query: (200, {}, body)
    assert read(a_file(server, None)) == body
    assert server.asked == [("/services", {})]
    assert server.agent.startswith("gmkg/")


def test_the_pages_of_a_feed_stand_one_after_the_other(server: Server) -> None:
    first, second = page(1, 2, "a", "b"), page(2, 2, "c")
    server.answer = pages_of(first, second)
    assert read(a_file(server, SERVICE_PAGES)) == first + b"\n" + second + b"\n"
    assert [query["page"] for _, query in server.asked] == ["1", "2"]


def test_each_listed_item_is_fetched_whole_where_that_is_declared(server: Server) -> None:
    def answer(path: str, query: dict[str, str]) -> Answer:
        if path == "/services":
            return 200, {}, page(int(query["page"]), 2, f"key {query['page']}/x")
        return 200, {}, json.dumps({"id": path}).encode()

    server.answer = answer
    written = read(a_file(server, SERVICE_PAGES, full=True))
    assert [json.loads(line) for line in written.splitlines()] == [
        {"id": "/services/key%201%2Fx"},
        {"id": "/services/key%202%2Fx"},
    ]


def test_ckan_pages_go_on_from_the_last_item(server: Server) -> None:
    def answer(path: str, query: dict[str, str]) -> Answer:
        start = int(query["start"])
        results = [{"id": str(number)} for number in range(start, min(start + 2, 5))]
        return 200, {}, json.dumps({"result": {"count": 5, "results": results}}).encode()

    server.answer = answer
    written = read(a_file(server, PACKAGE_PAGES))
    found = [each["id"] for line in written.splitlines() for each in _results(line)]
    assert found == ["0", "1", "2", "3", "4"]
    assert [query["start"] for _, query in server.asked] == ["0", "2", "4"]


def _results(line: bytes) -> list[dict[str, str]]:
    results: list[dict[str, str]] = json.loads(line)["result"]["results"]
    return results


def test_a_busy_server_is_asked_again(server: Server) -> None:
    answers = iter([(503, {"Retry-After": "0"}, b""), (502, {}, b""), (200, {}, page(1, 1, "a"))])
    server.answer = lambda path, query: next(answers)
    assert json.loads(read(a_file(server, SERVICE_PAGES)))["contents"] == [{"id": "a"}]
    assert len(server.asked) == 3


def test_pages_without_an_end_are_noticed(server: Server) -> None:
    same = json.dumps({"contents": [{"id": "a"}]}).encode()
    server.answer = lambda path, query: (200, {}, same)
    with pytest.raises(FetchError, match=r"gives one page twice \(page 2.*its pages have no end"):
        read(a_file(server, SERVICE_PAGES))


def test_a_feed_that_says_it_has_more_pages_than_it_gives_ends(server: Server) -> None:
    first, empty = page(1, 9, "a", last=False), page(2, 9, last=False)
    server.answer = pages_of(first, empty)
    assert read(a_file(server, SERVICE_PAGES)) == first + b"\n" + empty + b"\n"


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((404, {}, b"{}"), r"answers 404 Not Found"),
        ((500, {}, b"oh"), r"answers 500"),
        ((200, {}, b"<html>"), r"gives a page that is not well-formed JSON"),
        ((200, {}, b"[" * 100_000), r"gives a page that is not well-formed JSON"),
        ((200, {}, b"[1]"), r"gives a page that is no JSON object"),
        (
            (200, {"Content-Length": "100"}, b"{}"),
            r"cannot be fetched \((ChunkedEncoding|Connection)",
        ),
    ],
)
def test_what_cannot_be_fetched_is_refused_with_its_address(
    server: Server, answer: Answer, message: str
) -> None:
    server.answer = lambda path, query: answer
    with pytest.raises(FetchError, match=rf"^{server.origin}/services\S* {message}"):
        read(a_file(server, SERVICE_PAGES))


def test_a_server_that_is_not_there_is_refused(server: Server) -> None:
    file = a_file(server, None)
    server.close()
    with pytest.raises(FetchError, match=r"cannot be fetched \(ConnectionError\)"):
        read(file)


def test_a_page_beyond_the_bound_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "LARGEST_PAGE", 1 << 20)
    server.answer = lambda path, query: (200, {}, b" " * (3 << 20))
    with pytest.raises(FetchError, match=r"gives a page of more than 1 MiB"):
        read(a_file(server, SERVICE_PAGES))
    monkeypatch.setattr(fetch, "LARGEST", 1 << 20)
    with pytest.raises(FetchError, match=r"gives more than"):
        read(a_file(server, None))
