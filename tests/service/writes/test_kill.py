"""Four writers, and what does their writes is killed at random: nothing is lost or half done."""

import os
import random
import signal
import threading
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from tests.live import serving
from tests.service.conftest_writes import open_directory, tokens_of
from tests.service.writes.test_clients import Port, processes_of

WRITERS = 4
WRITES = int(os.environ.get("WRITES_UNDER_KILLS", "12"))  # of each writer
PARTS = 5
PAUSE = 0.35


def test_every_acknowledged_write_is_there_and_none_is_half_there(tmp_path: Path) -> None:
    data = open_directory(tmp_path)
    tokens = tokens_of(data)
    answered: list[str] = []
    seen: Counter[int] = Counter()
    done = threading.Event()
    with serving(data) as service:
        port = Port(service, tokens)
        (parent,) = [pid for pid in processes_of(data) if is_service(pid)]

        def write(writer: int) -> None:
            for number in range(WRITES):
                name = f"urn:w:{writer}:{number}"
                triples = " ".join(f"<{name}> <urn:part> {part} ." for part in range(PARTS))
                reply = port.update(f"INSERT DATA {{ {triples} }}")
                seen[reply.status] += 1
                if reply.status == 200:
                    answered.append(name)

        def kill() -> None:
            while not done.wait(PAUSE * random.random()):
                for pid in processes_of(data):
                    if is_write(pid) and random.random() < 0.5:
                        os.kill(pid, signal.SIGKILL)

        writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
        killer = threading.Thread(target=kill)
        for thread in (*writers, killer):
            thread.start()
        for thread in writers:
            thread.join()
        done.set()
        killer.join()
        assert is_service(parent)
        asked = "SELECT ?s (COUNT(*) AS ?n) { ?s <urn:part> ?o } GROUP BY ?s"
        rows = service.get("/sparql?query=" + quote(asked), "text/csv").text.split()[1:]
        counts = dict(row.split(",") for row in rows)
        assert set(counts.values()) <= {str(PARTS)}
        assert set(answered) <= counts.keys()
        assert set(seen) <= {200, 503, 500}
        assert seen[200] > 0
        assert seen[503] > 0
        assert port.update("CLEAR DEFAULT").status == 200
        assert not list((data / "releases").glob(".building-*"))


def is_write(pid: int) -> bool:
    return b"service.writes.process" in words_of(pid)


def is_service(pid: int) -> bool:
    return b"serve" in words_of(pid)


def words_of(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []
