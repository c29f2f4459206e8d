"""The worker process itself, asked over its channel: nothing stands between a query and it."""

import errno
import fcntl
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.holding import MANIFEST
from service.store import Release
from service.workers.channel import (
    ANSWER,
    EXHAUSTED,
    FILE,
    OPENED,
    PROBLEM,
    READY,
    Incoming,
    Reply,
    Request,
    Scope,
)
from service.workers.process import WorkerProcess
from service.workers.sandbox import MACHINES
from service.workers.worker import Worker
from tests.benchmarks.made_release import organisations, publish
from tests.service.workers.conftest import (
    ENDLESS,
    FIRST,
    MIB,
    NAMES,
    SECOND,
    SILENT,
    eventually,
    rows_of,
)
from tests.service.workers.test_sandbox import SANDBOXED

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="this is what Linux has")
MEMORY = 256 * MIB
RESULT = 4 * MIB


class Asked:
    """A worker process without a pool, asked and heard on this thread."""

    def __init__(self, folder: Path, release: Path) -> None:
        self.folder, self.release = folder, release
        self.process = WorkerProcess(folder, MEMORY, RESULT, _never, _never)
        self.process._socket.setblocking(True)
        self.ready = self.next()

    def next(self) -> Reply | None:
        incoming = Incoming()
        while part := self.process._socket.recv(1 << 18):
            if (reply := incoming.take(part)) is not None:
                return reply
        return None

    def ask(
        self,
        query: str | None,
        form: str = "json",
        seconds: float = 30.0,
        release: Path | None = None,
        number: int = 5,
    ) -> Reply | None:
        scope = Scope(str(release or self.release), "public", form)
        request = Request(number, seconds, scope, query)
        self.process._socket.sendall(request.encoded())
        return self.next()

    def problem(self, query: str) -> dict[str, object]:
        reply = self.ask(query)
        assert reply is not None
        assert reply.kind == PROBLEM
        told: dict[str, object] = json.loads(reply.payload)
        return told

    def status(self) -> int:
        return self.process._child.process.wait(20)

    def line(self, file: str, name: str) -> list[str]:
        text = Path(f"/proc/{self.process.pid}/{file}").read_text()
        return next(line for line in text.splitlines() if line.startswith(name)).split()


def _never(*_: object) -> None:
    raise AssertionError("no loop listens")


@pytest.fixture
def worker(tmp_path: Path, release: Release) -> Iterator[Asked]:
    asked = Asked(tmp_path, release.path)
    yield asked
    asked.process.kill()
    asked.process.wait()


def test_it_says_what_holds_it_in(worker: Asked) -> None:
    assert worker.ready is not None
    assert worker.ready.kind == READY
    linux = sys.platform == "linux"
    machine = os.uname().machine
    assert json.loads(worker.ready.payload) == {
        "network": linux and machine in MACHINES,
        "memory": linux,
        "parent": linux,
    }


def test_it_answers_one_query_after_the_other(worker: Asked) -> None:
    for _ in range(2):
        reply = worker.ask(NAMES)
        assert reply is not None
        assert (reply.kind, reply.retires) == (ANSWER, False)
        assert len(rows_of(reply.payload)) == 300
    assert worker.problem("SELECT * {\n ?s ?p }") | {"detail": ""} == {
        "status": 400,
        "title": "The query is not SPARQL.",
        "detail": "",
        "line": 2,
        "column": 9,
        "headers": {},
        "log": "",
    }


def test_a_long_answer_lies_in_the_file_of_its_number(worker: Asked) -> None:
    reply = worker.ask(f"{ENDLESS} LIMIT 3000", number=9)
    assert reply is not None
    assert reply.kind == FILE
    assert int(reply.payload) == (worker.folder / "9").stat().st_size > MIB


def test_an_answer_beyond_the_bound_leaves_no_file(worker: Asked) -> None:
    assert worker.problem(ENDLESS)["title"] == "The result is too large."
    assert list(worker.folder.iterdir()) == []


class FullDisk(io.RawIOBase):
    """A file on a disk that has no room left."""

    def __init__(self, path: Path) -> None:
        path.touch()
        self.name = str(path)

    def writable(self) -> bool:
        return True

    def write(self, _: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_where_there_is_no_room_for_an_answer_the_service_says_so(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.workers.worker.limit_memory", lambda _: None)  # not of this one
    worker = Worker(tmp_path, MEMORY, RESULT)
    monkeypatch.setattr(worker, "_new_file", lambda number: FullDisk(tmp_path / str(number)))
    scope = Scope(str(release.path), "public", "json")
    told = json.loads(worker.reply(Request(1, 30.0, scope, f"{ENDLESS} LIMIT 3000")).payload)
    assert (told["status"], told["title"]) == (503, "There is no room for the answer.")
    assert "No space left" in told["log"]
    assert list(tmp_path.iterdir()) == []


def test_a_worker_loads_little(worker: Asked) -> None:
    program = "import sys, service.workers.worker; print(*sys.modules)"
    root = str(Path(__file__).parents[3])
    loaded = subprocess.run(
        [sys.executable, "-P", "-c", program],
        env={"PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    dear = {"asyncio", "flask", "granian", "logging", "rdflib", "socket", "subprocess", "tempfile"}
    assert not dear & set(loaded)
    assert {name for name in loaded if name.split(".")[0] in ("loaders", "ontology")} == set()


@pytest.mark.parametrize("form", ["xml", "json"])
def test_what_xml_cannot_say_is_refused_in_xml_alone(worker: Asked, form: str) -> None:
    reply = worker.ask(r'SELECT ("a\u0001b" AS ?x) {}', form)
    assert reply is not None
    assert (reply.kind == PROBLEM) == (form == "xml")


@SANDBOXED
@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_service_reaches_nobody(worker: Asked, silent: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.3)
        port = canary.getsockname()[1]
        query = f"SELECT * {{ SERVICE {silent}<http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }} }}"
        reply = worker.ask(query)
        assert reply is not None
        with pytest.raises(TimeoutError):
            canary.accept()
        # The canary sings where there is no cage.
        caller = threading.Thread(target=_ask_here, args=(query,))
        caller.start()
        connection, _ = canary.accept()
        connection.close()
        caller.join()
    if not silent:
        assert json.loads(reply.payload)["title"] == "SERVICE is refused."


def _ask_here(query: str) -> None:
    from pyoxigraph import Store

    try:
        Store().query(query)
    except OSError:
        return


@SANDBOXED
def test_service_by_name_asks_no_name_server(worker: Asked) -> None:
    problem = worker.problem("SELECT * { SERVICE <http://name.example/> { ?s ?p ?o } }")
    assert (problem["status"], problem["log"]) == (400, "")


@pytest.mark.parametrize(
    "update",
    ["LOAD <file:///etc/passwd>", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "CLEAR ALL"],
)
def test_an_update_is_no_query(worker: Asked, update: str) -> None:
    assert worker.problem(update)["status"] == 400


@LINUX
def test_its_limits_are_set(worker: Asked) -> None:
    assert worker.line("limits", "Max core file size")[4] == "0"
    assert worker.line("limits", "Max file size")[3] == str(RESULT + MIB)
    assert worker.line("status", "NoNewPrivs:") == ["NoNewPrivs:", "1"]
    assert int(Path(f"/proc/{worker.process.pid}/oom_score_adj").read_text()) >= 500
    opened = worker.ask(None)
    assert opened is not None
    assert opened.kind == OPENED
    size = int(worker.line("status", "VmSize:")[1]) * 1024
    assert abs(int(worker.line("limits", "Max address space")[3]) - size - MEMORY) < 8 * MIB


@LINUX
@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        (
            "SELECT (COUNT(*) AS ?n) WHERE { { SELECT DISTINCT * WHERE "
            "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } } }",
            (-signal.SIGABRT, EXHAUSTED),
        ),
        ("SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }", (-signal.SIGSEGV,)),
    ],
    ids=["memory", "stack"],
)
def test_what_takes_too_much_ends_the_process_and_says_so(
    worker: Asked, query: str, statuses: tuple[int, ...]
) -> None:
    assert worker.ask(query) is None
    assert worker.status() in statuses


def test_should_the_parent_be_stuck_the_system_ends_the_query(worker: Asked) -> None:
    begun = time.monotonic()
    assert worker.ask(SILENT, seconds=0.3) is None
    assert worker.status() == -signal.SIGALRM
    assert time.monotonic() - begun < 5


def test_the_time_of_one_query_is_not_that_of_the_next(worker: Asked) -> None:
    assert worker.ask(NAMES, seconds=0.2) is not None
    time.sleep(0.3)
    assert worker.ask(NAMES, seconds=0.0) is not None


def test_when_its_parent_closes_the_channel_it_ends(worker: Asked) -> None:
    worker.process._socket.shutdown(socket.SHUT_RDWR)
    assert worker.status() == 0


def test_what_a_terminal_sends_to_interrupt_is_not_for_it(worker: Asked) -> None:
    os.kill(worker.process.pid, signal.SIGINT)
    assert worker.ask("ASK {}") is not None
    assert os.getpgid(worker.process.pid) != os.getpgid(0)


def test_it_holds_the_release_that_it_has_open_and_lets_go_of_the_one_before(
    worker: Asked, tmp_path: Path
) -> None:
    paths = [publish(tmp_path / "var", name, organisations(3)) for name in (FIRST, SECOND)]
    for path, other in (paths, paths[::-1]):
        reply = worker.ask("ASK {}", release=path)
        assert reply is not None
        assert reply.kind == ANSWER
        assert not removable(path)
        assert removable(other)


def removable(release: Path) -> bool:
    """Whether nobody holds the release, as whoever removes releases finds out."""
    with (release / MANIFEST).open("rb") as manifest:
        try:
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_a_release_that_cannot_be_opened_costs_an_honest_answer_and_no_worker(
    worker: Asked, tmp_path: Path
) -> None:
    problem = worker.ask("ASK {}", release=tmp_path / "nowhere")
    assert problem is not None
    told = json.loads(problem.payload)
    assert (told["status"], told["title"]) == (503, "The release cannot be opened.")
    assert str(tmp_path) not in told["detail"]
    assert "nowhere" in told["log"]
    assert worker.ask("ASK {}") is not None


@LINUX
def test_a_worker_that_has_kept_much_memory_retires(worker: Asked) -> None:
    grouped = "SELECT DISTINCT ?a ?b ?c ?d { ?a ?b ?c . ?d a ?f }"
    reply = worker.ask(f"SELECT (COUNT(*) AS ?n) {{ {{ {grouped} }} }}")
    assert reply is not None
    assert rows_of(reply.payload) == [{"n": "360300"}]
    assert reply.retires


@LINUX
def test_no_worker_outlives_a_parent_that_is_killed(data: Path) -> None:
    program = f"""
import sys, threading, time
from pathlib import Path
from service.query_runner import QueryJob
from service.representations import JSON
from service.store import Releases
from service.workers.bounds import Bounds
from service.workers.runner import WorkerRunner
data = Path({str(data)!r})
runner = WorkerRunner(Bounds(2), data)
runner.start()
job = QueryJob(Releases(data).current(), {SILENT!r}, JSON)
threading.Thread(target=runner.run_blocking, args=(job,), daemon=True).start()
while not (runner.state()["running"] and runner.state()["idle"]):
    time.sleep(0.01)
print(*runner.pids, flush=True)
time.sleep(60)
"""
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(root)},
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        pids = [int(each) for each in parent.stdout.readline().split()]
        assert len(pids) == 2
        parent.kill()
        begun = time.monotonic()
        eventually(lambda: not any(running(pid) for pid in pids), 5)
        assert time.monotonic() - begun < 2


def running(pid: int) -> bool:
    """Whether the process runs: one that has ended may wait for somebody to bury it."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
