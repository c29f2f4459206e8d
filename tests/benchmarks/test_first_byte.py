"""The measurement runs, and measures what it says; how fast anything is, no test decides."""

import os
import socket
import sys

import pytest

from tests.benchmarks import servers
from tests.benchmarks.first_byte import main
from tests.benchmarks.servers import free_port, native_program, running


@pytest.mark.skipif(native_program() is None, reason="the native server is not installed")
def test_the_measurement_compares_both_servers_case_by_case(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["--things", "50", "--count", "2"])
    circumstances, table = capsys.readouterr().out.split("\n\n")
    assert "2 requests of each kind" in circumstances
    rows = [line.split(" | ") for line in table.strip().splitlines()[2:]]
    assert len(rows) == 7
    assert all(len(row) == 6 for row in rows)
    with_native = [row for row in rows if row[3] != "–"]
    assert len(with_native) == 5
    assert all(float(row[5].rstrip(" |")) > 0 for row in with_native)


STUBBORN = """
import signal, socket, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
with socket.create_server(("127.0.0.1", int(sys.argv[1]))):
    time.sleep(600)
"""


def test_a_server_that_does_not_stop_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "STOPPING", 0.2)
    port = free_port()
    with running([sys.executable, "-c", STUBBORN, str(port)], port, dict(os.environ)):
        socket.create_connection(("127.0.0.1", port), timeout=10).close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=10).close()
