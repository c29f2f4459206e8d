"""A service that is told to stop: what is being answered ends, and nobody new is let in."""

import re
import signal
import socket
import subprocess
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.benchmarks.made_release import organisations, publish
from tests.service.conftest_edge import eventually
from tests.service.conftest_writes import UPDATE, log_of, open_directory, stored, tokens_of
from tests.service.test_serve import RELEASE, SILENT, port_of, served

COUNTED = 300
TIMES = 20
STATEMENTS = 4 * COUNTED
SLOW = f"""
    SELECT (COUNT(*) AS ?n) WHERE {{
      ?a ?b ?c . ?d ?e ?f . VALUES ?x {{ {" ".join(map(str, range(TIMES)))} }} }}
"""
"""Takes some seconds, and its answer is known."""
LARGE = "SELECT ?a ?d WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 200000"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("drained") / "var"
    publish(made, RELEASE, organisations(COUNTED))
    return made


def asking(port: int, query: str) -> HTTPConnection:
    """A connection on which a query has been sent, and nothing read."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/sparql?query={quote(query)}&format=csv")
    return connection


def wait_until_it_runs(port: int) -> None:
    """Wait until a query is run by a worker."""

    def runs() -> bool:
        with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            connection.request("GET", "/metrics")
            told = connection.getresponse().read().decode()
        return 'gmkg_queries{state="running"} 1' in told

    eventually(runs)


def refuses_connections(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    return False


def end_of(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    stdout, stderr = process.communicate(timeout=30)
    return process.returncode, stdout, stderr


def test_a_slow_answer_arrives_whole_and_nobody_new_is_let_in(data: Path) -> None:
    with served(data, stop_timeout="40", query_timeout="40") as process:
        port = port_of(process)
        with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as idle:
            idle.request("GET", "/status")
            assert idle.getresponse().read()
            with closing(asking(port, SLOW)) as connection:
                wait_until_it_runs(port)
                process.send_signal(signal.SIGTERM)
                eventually(lambda: refuses_connections(port))
                assert process.poll() is None
                answer = connection.getresponse()
                assert (answer.status, answer.getheader("connection")) == (200, "close")
                assert answer.read().split() == [b"n", str(TIMES * STATEMENTS**2).encode()]
        code, stdout, stderr = end_of(process)
        assert (code, stdout) == (0, "")
        assert "Told to stop: 1 request is being answered" in stderr
        assert "Traceback" not in stderr


def test_a_large_answer_that_is_read_slowly_arrives_whole(data: Path) -> None:
    with served(data, stop_timeout="40") as process:
        port = port_of(process)
        with closing(asking(port, LARGE)) as connection:
            answer: HTTPResponse = connection.getresponse()
            size = int(answer.getheader("content-length") or 0)
            assert size > 8 << 20
            got = len(answer.read(1 << 10))
            process.send_signal(signal.SIGTERM)
            eventually(lambda: refuses_connections(port))
            time.sleep(2)  # longer than what was answered and not taken is waited for
            assert process.poll() is None
            while part := answer.read(1 << 20):
                got += len(part)
            assert got == size
        assert end_of(process)[0] == 0


def test_what_does_not_end_in_time_is_refused_and_the_workers_go(data: Path) -> None:
    with served(data, stop_timeout="1", query_timeout="60") as process:
        port = port_of(process)
        with closing(asking(port, SILENT)) as connection:
            wait_until_it_runs(port)
            children = children_of(process.pid)
            assert children
            process.send_signal(signal.SIGTERM)
            begun = time.monotonic()
            answer = connection.getresponse()
            assert (answer.status, answer.getheader("connection")) == (503, "close")
            assert time.monotonic() - begun > 0.9
        assert end_of(process)[0] == 0
        assert time.monotonic() - begun < 8
        eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))


def test_a_second_signal_cuts_the_drain_short(data: Path) -> None:
    with served(data, stop_timeout="50", query_timeout="60") as process:
        port = port_of(process)
        with closing(asking(port, SILENT)) as connection:
            wait_until_it_runs(port)
            process.send_signal(signal.SIGTERM)
            eventually(lambda: refuses_connections(port))
            process.send_signal(signal.SIGINT)
            begun = time.monotonic()
            assert connection.getresponse().status == 503
        assert end_of(process)[0] == 0
        assert time.monotonic() - begun < 8


def test_connections_on_which_nothing_is_asked_do_not_hold_up_the_stop(data: Path) -> None:
    with (
        served(data, stop_timeout="50") as process,
        socket.socket() as half,
        socket.socket() as new,
    ):
        address = ("127.0.0.1", port_of(process))
        half.connect(address)
        half.sendall(b"GET / HTTP/1.1\r\nHo")
        new.connect(address)
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        assert end_of(process) == (0, "", "")
        assert time.monotonic() - begun < 6


def test_a_write_that_is_under_way_is_done_and_told(tmp_path: Path) -> None:
    data = open_directory(tmp_path / "var")
    token = tokens_of(data)["steward"]
    update = "INSERT DATA { <http://a.example/> <http://b.example/> <http://c.example/> }"
    before = stored(data)
    with served(data, stop_timeout="40") as process:
        assert process.stderr is not None
        announced = re.search(r"is served at http://127\.0\.0\.1:(\d+) ", process.stderr.readline())
        assert announced is not None
        port = int(announced[1])
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            headers = {"Authorization": f"Bearer {token}", "Content-Type": UPDATE}
            connection.request("POST", "/update", update, headers)
            time.sleep(0.1)  # the process that does it takes longer to start
            process.send_signal(signal.SIGTERM)
            eventually(lambda: refuses_connections(port))
            assert connection.getresponse().status == 200
        assert end_of(process)[0] == 0
    assert len(stored(data) - before) == 1
    assert [line["changed"] for line in log_of(data)] == [True]


def children_of(pid: int) -> list[int]:
    """The processes that a process has started; none where there is no /proc."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(path.parent.name))
    return found
