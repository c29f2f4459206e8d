"""The measurement runs and believes no wrong answer; how fast anything is, no test decides."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.endpoint import questions, wrk
from tests.benchmarks.endpoint.__main__ import main
from tests.benchmarks.endpoint.answers import Answer, attack, connected, tour
from tests.benchmarks.endpoint.cases import CLIENTS
from tests.benchmarks.endpoint.data import GRAPHS, TRIPLES, graph, triples, write_quads
from tests.benchmarks.endpoint.measuring import Cell, Question, Siege, in_turn, ratio, told
from tests.benchmarks.endpoint.services import Service, _see_that_ended
from tests.benchmarks.endpoint.table import Row, memory, sieges, speed
from tests.benchmarks.endpoint.wrk import Gun, Load, Shot, fault_of, read
from tests.benchmarks.servers import native_program

needs_wrk = pytest.mark.skipif(wrk.program() is None, reason="wrk is not installed")

SAID = (
    "SHOT requests=1200 microseconds=300000 bytes=480100 connect=0 read=0 write=0 status=0 "
    "timeout=0 wrong=0 p50=750 p99=4500\n"
)
SHOT = Shot(1200, 0.3, 480_100, {}, 0.75, 4.5)
LOAD = Load(1, b"", 200, 300, (400, 400))


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


@needs_wrk
@pytest.mark.skipif(native_program() is None, reason="the native server is not installed")
def test_every_cell_of_the_tables_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    tiny = ["--records", "200", "--seconds", "0.1", "--rounds", "1", "--peer-records", "0"]
    assert main(["--quick", *tiny]) == 0
    told = capsys.readouterr()
    assert told.out.count("void: ") == told.out.count("void: no answer ")  # in so short a time
    circumstances, *parts = told.out.strip().split("\n\n### ")
    assert "2,000 triples on 200 records in 20 named graphs" in circumstances
    assert [part.split("\n")[0] for part in parts] == [
        "Beside the native server",
        "Under attack",
        "Memory",
    ]
    rows = [cells(line) for line in parts[0].splitlines()[4:]]
    assert [len(row) for row in rows] == [8] * 22
    assert [int(row[1]) for row in rows] == [*CLIENTS * 7, 1]
    assert [row[0] for row in rows if row[3] == "–"] == [
        *["entity page in Turtle"] * 3,
        *["entity page in HTML"] * 3,
    ]
    measured = [row for row in rows if "void" not in row[2] + row[3]]
    assert len(measured) > 15
    assert all(float(row[2].replace(",", "")) > 0 for row in measured)
    assert all(float(row[4]) > 0 for row in measured if row[3] != "–")
    besieged = [cells(line) for line in parts[1].splitlines()[4:7]]
    assert [len(row) for row in besieged] == [8] * 3
    held = [cells(line) for line in parts[2].splitlines()[4:]]
    assert [row[0] for row in held] == ["ours", "native", "ours, attacked", "native, attacked"]


def test_without_the_client_it_says_which_package_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["--quick"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "apt-get install wrk" in told.err


def test_what_the_client_counted_is_read() -> None:
    assert read(f"Running 1s test\n  Latency 1ms\n{SAID}") == SHOT
    assert SHOT.rate == pytest.approx(4000)
    assert fault_of(SHOT, LOAD, 8) is None


@pytest.mark.parametrize(
    "output",
    [
        "",
        "Running 1s test\n 1200 requests in 0.30s, 468KB read\n",
        SAID * 2,
        SAID.replace("p99=4500", "p99="),
        SAID.replace(" p99=4500", ""),
        SAID.replace("microseconds=300000", "microseconds=0"),
        SAID.replace("requests=1200", "requests=-1"),
    ],
)
def test_what_the_client_did_not_count_is_not_made_up(output: str) -> None:
    with pytest.raises(ValueError, match="wrk"):
        read(output)


@pytest.mark.parametrize(
    ("shot", "fault"),
    [
        (replace(SHOT, faults={"status": 3, "timeout": 1}), "errors: 3 status, 1 timeout"),
        (replace(SHOT, requests=0, received=0), "no answer"),
        (replace(SHOT, received=479_999), "400 bytes an answer, not 400 to 400"),
        (replace(SHOT, received=1208 * 400 + 1), "403 bytes an answer, not 400 to 400"),
    ],
)
def test_a_run_with_a_wrong_answer_counts_for_nothing(shot: Shot, fault: str) -> None:
    assert fault_of(shot, LOAD, 8) == fault


def test_errors_of_the_client_are_told() -> None:
    assert read(SAID.replace("status=0", "status=7")).faults == {"status": 7}


def test_the_data_are_the_same_each_time_and_of_one_length(tmp_path: Path) -> None:
    first, again = tmp_path / "first.nq", tmp_path / "again.nq"
    for path in (first, again):
        write_quads(path, 50)
    assert first.read_bytes() == again.read_bytes()
    lines = first.read_text().splitlines()
    assert len(set(lines)) == 50 * TRIPLES
    assert {line.split(" ")[-2] for line in lines} == {f"<{graph(n)}>" for n in range(GRAPHS)}
    assert {sum(map(len, triples(number))) for number in (0, 9, 49, 99_999)} == {
        sum(map(len, triples(1)))
    }


BODY = b'{"results": {"bindings": []}}'


def answer(body: bytes, status: int = 200) -> Answer:
    return Answer(status, {}, body, len(body), body.count(b"\n"), len(body))


def results(*rows: tuple[str, str]) -> bytes:
    each = ",".join(f'{{"p":{{"value":"{p}"}},"o":{{"value":"{o}"}}}}' for p, o in rows)
    return f'{{"results":{{"bindings":[{each}]}}}}'.encode()


def test_wrong_and_empty_answers_are_told_from_right_ones() -> None:
    stated = []
    for each in triples(7):
        _, predicate, value = each.split(" ", 2)
        stated.append((predicate.strip("<>"), value.split('"')[1] if '"' in value else value[1:-1]))
    right = results(*stated[:5])
    assert questions.fault_of(answer(right), 200, 7, questions.five_triples) is None
    for wrong in (BODY, results(*stated[:4]), results(*stated[:4], ("p", "o"))):
        assert "wrong answer" in str(
            questions.fault_of(answer(wrong), 200, 7, questions.five_triples)
        )
    assert "wrong answer" in str(questions.fault_of(answer(right), 200, 8, questions.five_triples))
    assert questions.fault_of(answer(right, 503), 200, 7, questions.five_triples) == "status 503"
    assert questions.nothing(7, b"")
    assert not questions.nothing(7, b"x")
    assert questions.its_page(7, b"Organisation 000007")
    assert not questions.its_page(7, b"Organisation 000008")
    for check in (questions.labels(1000), questions.joined(100)):
        assert not check(0, BODY)


@contextmanager
def serving(*replies: bytes) -> Iterator[Service]:
    """A server that gives these replies in turn on each connection, then closes it."""

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=reply_on, args=[connection], daemon=True).start()

    def reply_on(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            for reply in replies:
                if not connection.recv(65536):
                    return
                connection.sendall(reply)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=[listener], daemon=True).start()
        try:
            yield Service("stub", listener.getsockname()[1], "/", 0)
        finally:
            listener.shutdown(socket.SHUT_RDWR)


def reply(body: bytes, status: str = "200 OK") -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status.encode(), len(body), body)


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na\nb\r\n2\r\n\nc\r\n0\r\n\r\n"


def test_answers_are_received_whole_or_not_at_all() -> None:
    with (
        serving(reply(b"a\n"), CHUNKED, reply(b"abc")[:-1]) as service,
        connected(service.port) as connection,
    ):
        first, second = (connection.ask(b"GET / HTTP/1.1\r\n\r\n") for _ in range(2))
        assert (first.status, first.body, first.lines) == (200, b"a\n", 1)
        assert first.wire == len(reply(b"a\n"))
        assert (second.body, second.length, second.lines) == (b"a\nb\nc", 5, 2)
        assert second.wire == len(CHUNKED)
        with pytest.raises(ConnectionError):
            connection.ask(b"GET / HTTP/1.1\r\n\r\n")


def test_a_tour_with_a_wrong_answer_has_a_fault() -> None:
    def fault(given: Answer) -> str | None:
        return None if given.body == b"right" else "not right"

    for replies, expected in (
        ([reply(b"right")] * 9, None),
        ([reply(b"wrong")], "not right"),
        ([b""], "no answer: "),
    ):
        with serving(*replies) as service:
            made = tour(service.port, 2, 0, lambda: b"GET / HTTP/1.1\r\n\r\n", fault)
        assert (made.fault or "")[: len(expected or "x")] == (expected or "")
        assert made.fault is not None or len(made.took) == 2


def test_attackers_leave_when_it_is_over() -> None:
    before = threading.active_count()
    with (
        serving(reply(b"", "503 Busy")) as service,
        attack(service.port, lambda _: b"GET / HTTP/1.1\r\n\r\n", 3) as told_so_far,
    ):
        while told_so_far.statuses[503] < 3:
            threading.Event().wait(0.01)
    assert told(told_so_far.statuses).endswith(f"503 × {told_so_far.statuses[503]}")
    for _ in range(500):
        if threading.active_count() <= before:
            break
        threading.Event().wait(0.01)
    assert threading.active_count() <= before


@needs_wrk
def test_a_server_whose_answers_turn_wrong_voids_its_cell() -> None:
    good = [reply(b"x" * 200)] * 20
    for later, fault in (
        (reply(b""), "wrong"),
        (reply(b"y" * 200, "500 Oh"), "status"),
    ):
        with serving(*good, *[later] * 100_000) as service:
            asked = Question(
                service, b"GET /{key}?{n} HTTP/1.1\r\n\r\n", lambda _, body: bool(body)
            )
            (cell,) = in_turn(Gun(10, 90), [asked], 1, 1, 0.3)
        assert cell.fault is not None
        assert cell.fault.startswith("errors: ")
        assert fault in cell.fault


def test_what_is_left_over_is_ended_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.benchmarks.endpoint.services.LINGERING", 0.1)
    stubborn = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with pytest.raises(RuntimeError, match="1 processes of stub were left over"):
        _see_that_ended("stub", [stubborn.pid])
    assert stubborn.wait(10) == -9
    _see_that_ended("stub", [stubborn.pid])


def test_a_void_cell_has_no_ratio_and_says_why() -> None:
    good, void = Cell([200.0, 100.0], [1, 1], [2, 2]), Cell(fault="status 500")
    half = Cell([400.0, 400.0], [1, 1], [4, 8])
    assert ratio([200.0, 100.0], [400.0, 400.0]) == 0.375
    rows = [
        cells(line)
        for line in speed(
            [
                Row("a", 1, good, half, 0.45),
                Row("b", 8, void, half, 0.45),
                Row("c", 8, good, None, 2000),
            ],
            "native",
        ).splitlines()[2:]
    ]
    assert rows[0] == ["a", "1", "150", "400", "0.38", "0.45", "1 / 2", "1 / 6"]
    assert rows[1] == ["b", "8", "void: status 500", "400", "–", "0.45", "–", "1 / 6"]
    assert rows[2] == ["c", "8", "150", "–", "–", "2,000 /s", "1 / 2", "–"]


def test_a_siege_is_told_beside_the_peace_before() -> None:
    quiet, attacked = Cell([10.0], [1.0], [2.0]), Cell([5.0], [2.0], [5.0])
    lines = sieges(Siege(quiet, attacked, Cell(fault="no answer")), Siege(), 8, 4, 3)
    rows = [cells(line) for line in lines.replace("void: no answer", "void").splitlines()[2:]]
    assert rows[1][:5] == ["beside 4 attackers", "5", "2 / 5", "2.5", "≤ 3"]
    assert rows[2][:5] == ["beside 8 answers of 50 MB being made", "void", "–", "–", "–"]


def test_memory_is_told_in_megabytes() -> None:
    lines = memory({"ours": [(9, 150_000_000), (9, 1_250_000_000)]}).splitlines()
    assert cells(lines[2]) == ["ours", "9", "150 MB", "1,250 MB"]
