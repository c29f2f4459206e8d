"""A service under attack: `gmkg serve` in a process of its own, seen from outside."""

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.live import COMMAND, ROOT, environment, free_port

FORM = "application/x-www-form-urlencoded"
MIB = 1 << 20
PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Told:
    """What came back, whole, and the seconds that it took."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def problem(self) -> dict[str, object]:
        """The members of the problem that the body tells of."""
        told: dict[str, object] = json.loads(self.body)
        return told


@dataclass(frozen=True, slots=True)
class Attacked:
    """A running service: where it listens, its process, and the folder of its temporary files."""

    port: int
    process: "subprocess.Popen[bytes]"
    temporary: Path
    log: Path

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        client: str = "192.0.2.1",
        accept: str = "*/*",
        content_type: str | None = None,
        timeout: float = PATIENCE,
    ) -> Told:
        """Ask as the client of this address, over a connection of its own."""
        fields = {"Accept": accept, "X-Forwarded-For": client, "Connection": "close"}
        if content_type is not None:
            fields["Content-Type"] = content_type
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        begun = time.monotonic()
        try:
            connection.request(method, path, body, fields)
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            read = response.read()
            return Told(response.status, headers, read, time.monotonic() - begun)
        finally:
            connection.close()

    def select(
        self,
        query: str,
        *,
        accept: str = "application/sparql-results+json",
        method: str = "GET",
        client: str = "192.0.2.1",
        dataset: tuple[tuple[str, str], ...] = (),
    ) -> Told:
        """Send a query by GET, or by POST as a form."""
        sent = urlencode([("query", query), *dataset])
        if method == "GET":
            return self.ask(f"/sparql?{sent}", client=client, accept=accept)
        return self.ask(
            "/sparql",
            method="POST",
            body=sent.encode(),
            content_type=FORM,
            client=client,
            accept=accept,
        )

    def pool(self) -> dict[str, int]:
        """What `/status` says of the workers, also while none of them is ready (503)."""
        told = self.ask("/status")
        assert told.status in (200, 503), self.log.read_text()
        pool: dict[str, int] = json.loads(told.body)["pool"]
        return pool

    def workers(self) -> list[int]:
        """The processes that the service has started."""
        found = []
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            with suppress(OSError):
                found += [int(word) for word in (task / "children").read_text().split()]
        return found

    def memory(self) -> int:
        """The bytes that the service and its workers take, each shared page once."""
        return sum(_share_of_memory(pid) for pid in (self.process.pid, *self.workers()))

    def kept_waiting(self) -> float:
        """The seconds for which this thread or that of the service wanted a processor and had none.

        Other programs of the machine are not to blame the service for.
        """
        return sum(
            _waited(Path(each)) for each in ("/proc/thread-self", f"/proc/{self.process.pid}")
        )

    def spool_files(self) -> list[Path]:
        """The files of answers that have a name."""
        return [each for each in self.temporary.rglob("*") if each.is_file()]


@contextmanager
def attacked(data: Path, temporary: Path, **settings: str) -> Iterator[Attacked]:
    """A service over the data directory with these settings, ready; at the end, nothing is left."""
    port, log = free_port(), temporary.with_suffix(".log")
    temporary.mkdir(exist_ok=True)
    with log.open("wb") as talk:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port)],
            env={
                **environment(data),
                "TMPDIR": str(temporary),
                "GMKG_TRUSTED_PROXIES": "127.0.0.0/8",
                **settings,
            },
            cwd=ROOT,
            stderr=talk,
        )
    made = Attacked(port, process, temporary, log)
    workers: list[int] = []
    try:
        eventually(lambda: _is_ready(made))
        yield made
        workers = made.workers()
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    eventually(lambda: not any(map(alive, workers)))
    assert "Traceback" not in log.read_text(), log.read_text()[-4000:]


def _is_ready(service: Attacked) -> bool:
    assert service.process.poll() is None, service.log.read_text()
    try:
        service.select("ASK {}")  # before the first query, nobody hears that workers are ready
        pool = service.pool()
    except OSError:
        return False
    return pool["workers"] > 0 and pool["starting"] == 0


def _waited(process: Path) -> float:
    """What the scheduler says (Documentation/scheduler/sched-stats); 0 where it says nothing."""
    with suppress(OSError):
        return int((process / "schedstat").read_text().split()[1]) / 1e9
    return 0.0


def _share_of_memory(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def alive(pid: int) -> bool:
    """Whether there is such a process, and not merely its remains."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def eventually(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until something holds; the test fails if it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
