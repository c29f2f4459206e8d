"""Four writers, and processes that are killed at random, the service among them.

What was acknowledged is there, and nothing is there in part. A thousand acknowledged writes take
some minutes: `WRITES_UNDER_KILLS=250`.
"""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from tests.live import COMMAND, ROOT, Service, environment, free_port
from tests.service.conftest_writes import open_directory, tokens_of
from tests.service.writes.test_clients import Port, processes_of

WRITERS = 4
WRITES = int(os.environ.get("WRITES_UNDER_KILLS", "8"))  # acknowledged ones of each writer
PARTS = 5
PAUSE = 1.0
OFTEN, SELDOM = 0.5, 0.02  # how likely a write's process and the service are to be killed
STARTED = 20.0


class Mortal:
    """A service that comes back at the same address whenever it was killed."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self.port = free_port()
        self.deaths = 0
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(self.port)],
            env=environment(self._data),
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """Kill the service alone: what it had started is to end by itself."""
        self._process.kill()
        self._process.wait()
        self.deaths += 1
        self._start()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(STARTED)

    def await_answers(self) -> None:
        """Wait until it answers queries."""
        end = time.monotonic() + STARTED
        service = Service(f"http://127.0.0.1:{self.port}", self._data)
        while time.monotonic() < end:
            with suppress(OSError):
                if service.get("/sparql?query=ASK%7B%7D").status == 200:
                    return
            time.sleep(0.05)
        raise AssertionError("the service did not come back")


@contextmanager
def mortal(data: Path) -> Iterator[Mortal]:
    service = Mortal(data)
    try:
        service.await_answers()
        yield service
    finally:
        service.stop()


def test_every_acknowledged_write_is_there_and_none_is_half_there(tmp_path: Path) -> None:
    data = open_directory(tmp_path)
    tokens = tokens_of(data)
    answered: list[str] = []
    seen: Counter[int] = Counter()
    killed = 0
    done = threading.Event()
    with mortal(data) as living:
        service = Service(f"http://127.0.0.1:{living.port}", data)
        port = Port(service, tokens)

        def write(writer: int) -> None:
            number = acknowledged = 0
            while acknowledged < WRITES:
                name = f"urn:w:{writer}:{number}"
                triples = " ".join(f"<{name}> <urn:part> {part} ." for part in range(PARTS))
                number += 1
                try:
                    status = port.update(f"INSERT DATA {{ {triples} }}").status
                except (OSError, http.client.HTTPException):  # nobody is there to answer
                    status = 0
                    time.sleep(0.1)
                seen[status] += 1
                if status == 200:
                    answered.append(name)
                    acknowledged += 1

        def kill() -> None:
            nonlocal killed
            chance = random.Random(7)
            while not done.wait(PAUSE * chance.random()):
                for pid in processes_of(data):
                    if is_write(pid) and chance.random() < OFTEN:
                        with suppress(ProcessLookupError):
                            os.kill(pid, signal.SIGKILL)
                            killed += 1
                if chance.random() < SELDOM or (not living.deaths and len(answered) > WRITES):
                    living.kill()

        writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
        killer = threading.Thread(target=kill)
        for thread in (*writers, killer):
            thread.start()
        for thread in writers:
            thread.join()
        done.set()
        killer.join()
        living.await_answers()
        asked = "SELECT ?s (COUNT(*) AS ?n) { ?s <urn:part> ?o } GROUP BY ?s"
        rows = service.get("/sparql?query=" + quote(asked), "text/csv").text.split()[1:]
        counts = dict(row.split(",") for row in rows)
        assert set(counts.values()) == {str(PARTS)}
        assert len(answered) == WRITERS * WRITES
        assert set(answered) <= counts.keys()
        assert set(seen) <= {0, 200, 500, 503}
        assert killed > 0
        assert living.deaths > 0
        assert port.update("CLEAR DEFAULT").status == 200
        assert not list((data / "releases").glob(".building-*"))
        print(
            f"{len(answered)} acknowledged, {len(counts)} there; {killed} writes' processes and "
            f"{living.deaths} services killed; statuses {dict(seen)}",
            file=sys.stderr,
        )


def is_write(pid: int) -> bool:
    return b"service.writes.process" in words_of(pid)


def words_of(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []
