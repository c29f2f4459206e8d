"""Fetching feeds by address: from a server of our own that behaves, and that misbehaves."""

import gzip
import json
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from urllib.parse import unquote

import pytest

from loaders import fetch, requesting
from loaders.errors import FetchError
from loaders.fetch import fetched
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.paging import PACKAGE_PAGES, SERVICE_PAGES, Paging
from loaders.source import SourceFile
from tests.feed_server import Answer, Serve, Server
from tests.loaders.conftest import in_memory


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(requesting, "_RETRIES", requesting._RETRIES.new(backoff_factor=0))
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
        return 200, {}, json.dumps({"id": unquote(path[10:]), "path": path}).encode()

    server.answer = answer
    written = read(a_file(server, SERVICE_PAGES, full=True))
    assert documents(written) == [
        {
            "contents": [{"id": f"key {n}/x", "path": f"/services/key%20{n}%2Fx"}],
            "total_items": None,
        }
        for n in (1, 2)
    ]


def documents(written: bytes) -> list[dict[str, object]]:
    """The documents that follow one another in a file."""
    text, found, at = written.decode(), [], 0
    while at < len(text):
        document, at = json.JSONDecoder().raw_decode(text, at)
        found.append(document)
        at += len(text[at:]) - len(text[at:].lstrip())
    return found


def whole(server: Server, listed: list[object], *, url: str = "", **items: object) -> bytes:
    """What comes of a list of items, each at its own address; None stands for one that is gone."""

    def answer(path: str, query: dict[str, str]) -> Answer:
        if path.rstrip("/") == "/services":
            return (
                200,
                {},
                json.dumps({"total_items": 9, "total_pages": 1, "contents": listed}).encode(),
            )
        item = items.get(path.rpartition("/")[2])
        return (410, {}, b"") if item is None else (200, {}, json.dumps(item).encode())

    server.answer = answer
    file = a_file(server, SERVICE_PAGES, full=True)
    return read(replace(file, url=f"{file.url}{url}"))


def test_an_item_without_a_code_stays_as_it_is_listed_and_the_total_as_it_is_stated(
    server: Server,
) -> None:
    listed: list[object] = [
        {"name": "none"}, {"id": "a"}, 7, {"id": ".."}, {"id": 1.5}, {"id": True}, {"id": "\ud800"},
    ]  # fmt: skip
    written = whole(server, listed, a={"id": "a", "is": "whole"})
    assert documents(written) == [
        {"contents": [listed[0], {"id": "a", "is": "whole"}, *listed[2:]], "total_items": 9}
    ]
    assert [path for path, _ in server.asked] == ["/services", "/services/a"]
    layout = JsonItems("contents", total="total_items")
    table = layout.read(in_memory(written))
    assert len(list(table)) == 7
    assert [(each.rule, each.value) for each in table.remarks] == [("lying-total", "9")]


@pytest.mark.parametrize("item", [{"id": "b"}, {"name": "a"}, {"id": None}])
def test_an_item_other_than_the_one_asked_for_is_refused(server: Server, item: object) -> None:
    with pytest.raises(FetchError, match="gives another item than “a”, or one without an “id”"):
        whole(server, [{"id": "a"}], a=item)


def test_a_code_that_is_a_number_is_asked_for_as_one(server: Server) -> None:
    written = whole(server, [{"id": 7}], url="", **{"7": {"id": "7", "name": "x"}})
    assert documents(written)[0]["contents"] == [{"id": "7", "name": "x"}]


@pytest.mark.parametrize("listed", [None, {"a": 1}, 7])
def test_a_page_that_lists_nothing_is_refused_where_its_items_are_wanted(
    server: Server, listed: object
) -> None:
    server.answer = lambda path, query: (200, {}, json.dumps({"contents": listed}).encode())
    with pytest.raises(FetchError, match="gives a page without a list of “contents”"):
        read(a_file(server, SERVICE_PAGES, full=True))


def test_the_query_of_an_address_stays_with_every_item(server: Server) -> None:
    whole(server, [{"id": "a"}], url="/?x=1&y=%20#top", a={"id": "a"})
    assert server.asked[-1] == ("/services/a", {"x": "1", "y": " "})


def whole_of(server: Server, count: int, gone: int, said: list[str]) -> bytes:
    def answer(path: str, query: dict[str, str]) -> Answer:
        if path == "/services":
            return 200, {}, page(1, 1, *map(str, range(count)))
        code = path.rpartition("/")[2]
        return (404, {}, b"") if int(code) < gone else (200, {}, json.dumps({"id": code}).encode())

    server.answer = answer
    with fetched(a_file(server, SERVICE_PAGES, full=True), said.append)() as stream:
        return stream.read()


def test_an_item_that_is_gone_stays_as_it_is_listed_and_is_told(server: Server) -> None:
    said: list[str] = []
    [document] = documents(whole_of(server, 20, 2, said))
    assert document["contents"] == [{"id": str(n)} for n in range(20)]
    assert said == [
        "2 of 20 items are missing where they should be whole; "
        "what the list says of them is loaded."
    ]
    with pytest.raises(FetchError, match="lists 20 items, and 3 of them cannot be fetched whole"):
        whole_of(server, 20, 3, said)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_pages_are_put_into_one_encoding_without_marks_and_comments(
    server: Server, encoding: str
) -> None:
    pages = [
        f'{{"page_number": {n}, "total_pages": 2, "contents": [{{"id": "é"}}]}}' for n in (1, 2)
    ]
    server.answer = pages_of(*(f"// saved\n {each}\n".encode(encoding) for each in pages))
    file = a_file(server, SERVICE_PAGES)
    if encoding == "cp1252":
        with pytest.raises(FetchError, match="gives a page that is not text in the encoding utf-8"):
            read(file)
        file = replace(file, encoding="cp1252")
    assert read(file) == "\n".join([*pages, ""]).encode()


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


def of_pages(*documents: dict[str, object]) -> Serve:
    return pages_of(*(json.dumps(each).encode() for each in documents))


A, B = {"contents": [{"id": "a"}]}, {"contents": [{"id": "b"}]}
EMPTY: dict[str, object] = {"contents": []}


@pytest.mark.parametrize(
    ("pages", "reason"),
    [
        ((A | {"total_pages": 9}, EMPTY | {"total_pages": 9}), "it has 9 pages, and ends after 2"),
        ((A | {"total_pages": "9"}, B | {"total_pages": "9", "last_page": True}), "ends after 2"),
        (
            (A | {"total_pages": 3}, EMPTY | {"total_pages": 3, "last_page": False}, B),
            "gives an empty page 2, which it says is not the last",
        ),
        ((A, EMPTY | {"last_page": False}), "gives an empty page 2, which it says is not the last"),
        ((A, {"error": "busy"}), "has no list of items on page 2"),
        ((A | {"page_number": 2},), "was asked for page 1 and gives page 2"),
        ((A | {"page_number": 1}, B | {"page_number": 1}), "was asked for page 2 and gives page 1"),
        ((A | {"page_number": 0}, B | {"page_number": 0}), "was asked for page 2 and gives page 0"),
        ((A | {"page_number": 1, "first_page": False},), "says that its page 1 is not the first"),
        (  # it counts from 0, so that its first page is never given
            (
                B | {"page_number": 1, "total_pages": 3},
                A | {"page_number": 2, "total_pages": 3, "last_page": True},
            ),
            "says that it has 3 pages, and ends after 2",
        ),
    ],
)
def test_a_feed_that_does_not_give_the_pages_it_says_it_has_is_refused(
    server: Server, pages: tuple[dict[str, object], ...], reason: str
) -> None:
    server.answer = of_pages(*pages)
    with pytest.raises(FetchError, match=reason):
        read(a_file(server, SERVICE_PAGES))


@pytest.mark.parametrize(
    "pages",
    [
        (A | {"page_number": 0, "total_pages": 2}, B | {"page_number": 1, "total_pages": 2}),
        (A | {"page_number": "1", "total_pages": "2"}, B | {"total_pages": "2"}),
        (A, B, EMPTY),
        (A, B | {"last_page": True}),
        (A | {"total_items": 70, "total_pages": 2}, B | {"total_items": 70, "total_pages": 2}),
        (EMPTY | {"total_pages": 0},),
        (EMPTY | {"total_pages": 1, "last_page": True},),
        ({"error": "busy"},),
    ],
)
def test_a_feed_ends_where_it_says(server: Server, pages: tuple[dict[str, object], ...]) -> None:
    server.answer = of_pages(*pages)
    assert documents(read(a_file(server, SERVICE_PAGES))) == list(pages)


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ({"result": {"count": 9, "results": []}}, "says that it has 9 items, and ends after 1"),
        ({"success": False}, "has no list of items from item 1 on"),
    ],
)
def test_ckan_pages_that_end_before_their_count_are_refused(
    server: Server, second: dict[str, object], reason: str
) -> None:
    first = {"result": {"count": 9, "results": [{"id": "a"}]}}
    server.answer = lambda path, query: (
        200, {}, json.dumps(first if query["start"] == "0" else second).encode()
    )  # fmt: skip
    with pytest.raises(FetchError, match=reason):
        read(a_file(server, PACKAGE_PAGES))


def test_nobody_waits_as_long_as_a_server_asks_for(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", waited.append)
    server.answer = lambda path, query: (429, {"Retry-After": "86400"}, b"")
    with pytest.raises(FetchError, match="answers 429"):
        read(a_file(server, SERVICE_PAGES))
    assert waited == [30, 30, 30]


def test_a_retry_after_that_is_no_time_is_refused(server: Server) -> None:
    server.answer = lambda path, query: (429, {"Retry-After": "soon"}, b"")
    with pytest.raises(FetchError, match=r"cannot be fetched \(InvalidHeader\)"):
        read(a_file(server, SERVICE_PAGES))


@pytest.mark.parametrize(("module", "limit"), [(requesting, "LONGEST"), (fetch, "LONGEST_PAGE")])
def test_a_server_that_gives_a_little_at_a_time_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch, module: ModuleType, limit: str
) -> None:
    monkeypatch.setattr(module, limit, 0.2)
    server.trickle = 0.05
    server.answer = lambda path, query: (200, {}, b" " * 200)
    begun = time.monotonic()
    with pytest.raises(FetchError, match="takes too long"):
        read(a_file(server, SERVICE_PAGES))
    assert time.monotonic() - begun < 5


def test_a_compressed_answer_is_unpacked(server: Server) -> None:
    body = page(1, 1, "a")
    server.answer = lambda path, query: (200, {"Content-Encoding": "gzip"}, gzip.compress(body))
    assert read(a_file(server, SERVICE_PAGES)) == body + b"\n"


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
            r"cannot be fetched \(IncompleteRead\)|ProtocolError",
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
    monkeypatch.setattr(requesting, "LARGEST", 1 << 20)
    with pytest.raises(FetchError, match=r"gives more than"):
        read(a_file(server, None))


def test_a_small_answer_that_unpacks_to_a_large_one_is_refused_while_it_is_unpacked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requesting, "LARGEST", 8 << 20)
    bomb = gzip.compress(bytes(256 << 20), 1)
    server.answer = lambda path, query: (200, {"Content-Encoding": "gzip"}, bomb)
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match="gives more than"):
            read(a_file(server, None))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < len(bomb) * 3 + (32 << 20)


def redirecting(location: str, status: int = 302) -> Serve:
    return lambda path, query: (
        (status, {"Location": location}, b"") if path == "/services" else (200, {}, b"there")
    )


def test_a_redirect_is_followed_where_the_declared_address_is_inside_too(server: Server) -> None:
    server.answer = redirecting("/elsewhere")
    assert read(a_file(server, None)) == b"there"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/services", "leads through more than 5 redirects"),
        ("file:///etc/passwd", r"redirects to what is no web address \(file:\)"),
        ("ftp://exampleton.example/", r"redirects to what is no web address \(ftp:\)"),
        ("http://[", "redirects to what is no web address|cannot be fetched"),
    ],
)
def test_a_redirect_that_leads_nowhere_good_is_refused(
    server: Server, location: str, reason: str
) -> None:
    server.answer = redirecting(location)
    with pytest.raises(FetchError, match=reason):
        read(a_file(server, None))


PUBLIC = "http://feeds.exampleton.example/services"


@pytest.fixture
def proxied(server: Server, monkeypatch: pytest.MonkeyPatch) -> SourceFile:
    """A file at an address that only the proxy of the environment knows."""
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.delenv("no_proxy", raising=False)
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, server.origin)
    return replace(a_file(server, None), url=PUBLIC)


def test_a_feed_is_fetched_by_the_proxy_of_the_environment(
    server: Server, proxied: SourceFile
) -> None:
    server.answer = lambda path, query: (200, {}, path.encode())
    assert read(proxied) == PUBLIC.encode()


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:8080/",
        "http://localhost/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
    ],
)
def test_a_public_server_may_not_send_us_inside(
    server: Server, proxied: SourceFile, location: str
) -> None:
    server.answer = lambda path, query: (302, {"Location": location}, b"")
    with pytest.raises(FetchError, match="redirects to an address inside a network"):
        read(proxied)
    assert len(server.asked) == 1


def test_a_redirect_from_https_to_http_is_refused() -> None:
    with pytest.raises(FetchError, match="redirects from https to http"):
        requesting._check_redirect("https://a.example/", "https://a.example/", "http://a.example/")


def test_the_servers_are_told_whom_to_ask(server: Server) -> None:
    server.answer = lambda path, query: (200, {}, b"x")
    with fetched(a_file(server, None), contact="https://exampleton.example/data")():
        assert server.agent.endswith(" (+https://exampleton.example/data)")


def test_nothing_new_is_no_answer_to_who_has_nothing(server: Server) -> None:
    server.answer = lambda path, query: (304, {}, b"")
    with pytest.raises(FetchError, match="answers 304"):
        read(a_file(server, None))


def test_the_body_of_a_redirect_is_not_read(server: Server) -> None:
    claimed = {"Location": "/elsewhere", "Content-Length": str(1 << 40)}
    there: Answer = (200, {}, b"there")
    server.answer = lambda path, query: (302, claimed, b"") if path == "/services" else there
    assert read(a_file(server, None)) == b"there"
