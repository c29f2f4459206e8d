"""`gmkg serve` as its user meets it: how it starts, what stops it from starting, how it ends."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from service.serve import CannotServeError, free_address, serve
from service.settings import Settings
from tests.benchmarks.made_release import organisations, publish
from tests.service.conftest_edge import eventually

ROOT = Path(__file__).parents[2]
RELEASE = "20260101T000000Z-00000001"
ANNOUNCEMENT = re.compile(rf"Release {RELEASE} is served at http://127\.0\.0\.1:(\d+) ")
SILENT = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("served") / "var"
    publish(made, RELEASE, organisations(50))
    return made


@contextmanager
def served(data: Path, **settings: str) -> Iterator["subprocess.Popen[str]"]:
    """The command in a process of its own, begun in another directory; killed in the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "service.cli", "serve"],
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("GMKG_")},
            **{"PYTHONPATH": str(ROOT), "GMKG_DATA": data.name, "GMKG_PORT": "0"},
            **{f"GMKG_{name.upper()}": value for name, value in settings.items()},
        },
        cwd=data.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def port_of(process: "subprocess.Popen[str]") -> int:
    assert process.stderr is not None
    announced = ANNOUNCEMENT.search(line := process.stderr.readline())
    assert announced is not None, line + process.stderr.read()
    return int(announced[1])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_serves_which_release_and_ends_well(
    data: Path, number: signal.Signals
) -> None:
    with served(data) as process:
        port = port_of(process)
        with urlopen(f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D", timeout=10) as answer:
            assert answer.status == 200
        process.send_signal(number)
        stdout, stderr = process.communicate(timeout=20)
        assert (process.returncode, stdout, stderr) == (0, "", "")


def test_its_workers_are_ready_before_anybody_asks(data: Path) -> None:
    with served(data) as process:
        address = f"http://127.0.0.1:{port_of(process)}/status"

        def idle() -> bool:
            with urlopen(address, timeout=10) as answer:
                assert answer.status == 200
                told = json.load(answer)
            return bool(told["healthy"] and told["pool"]["idle"] > 0)

        eventually(idle)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def test_it_ends_in_time_whatever_its_clients_and_queries_do(data: Path) -> None:
    with (
        served(data, stop_timeout="2") as process,
        socket.socket() as silent,
        socket.socket() as endless,
    ):
        address = ("127.0.0.1", port_of(process))
        silent.connect(address)
        silent.sendall(b"GET / HTTP/1.1\r\nHo")
        endless.connect(address)
        request = f"GET /sparql?query={quote(SILENT)} HTTP/1.1\r\nHost: h\r\n\r\n"
        endless.sendall(request.encode())
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        stdout, _ = process.communicate(timeout=20)
        assert (process.returncode, stdout) == (0, "")
        assert time.monotonic() - begun < 10
        assert endless.recv(100).startswith(b"HTTP/1.1 503 ")


def test_a_busy_port_is_refused_with_the_remedy(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with served(data, port=str(port)) as process:
            stdout, stderr = process.communicate(timeout=20)
    assert (process.returncode, stdout) == (1, "")
    assert f"Port {port} of 127.0.0.1 is in use" in stderr
    assert "--port" in stderr
    assert "Traceback" not in stderr


def test_a_port_that_another_service_of_ours_has_is_busy_too(data: Path) -> None:
    with served(data) as process:
        port = port_of(process)
        with pytest.raises(CannotServeError, match="is in use"):
            free_address("127.0.0.1", port)


def test_without_a_release_it_says_what_makes_one(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    with served(tmp_path / "var") as process:
        stdout, stderr = process.communicate(timeout=20)
    assert (process.returncode, stdout) == (1, "")
    assert "`gmkg load --all`" in stderr
    assert "`gmkg publish`" in stderr
    assert "Traceback" not in stderr


def test_an_address_that_is_not_this_machine_s_is_refused() -> None:
    with pytest.raises(CannotServeError, match="--host"):
        free_address("192.0.2.1", 0)


def test_the_port_is_tried_before_the_data_are_looked_at(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        settings = Settings(data=tmp_path, port=busy.getsockname()[1])
        with pytest.raises(CannotServeError, match="is in use"):
            serve(settings)


def test_a_free_port_is_taken_as_it_is_and_0_becomes_one() -> None:
    address, chosen = free_address("localhost", 0)
    assert address in ("127.0.0.1", "::1")
    assert chosen > 0
    assert free_address(address, chosen) == (address, chosen)
