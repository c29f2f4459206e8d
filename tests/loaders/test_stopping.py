"""SIGTERM ends a command that writes: with 143, and without a trace of what it had begun."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from loaders.directory import DataDirectory, initialise
from loaders.publish import publish
from loaders.staging import staged_load
from loaders.stopping import TerminatedError, ended_by_sigterm
from tests.loaders.publishing import HEADER, a_source, current, load, may_end, names

ROOT = Path(__file__).parents[2]
TOLD = "gmkg: this was told to end, and took back what it had begun.\n"

LOAD = """
import sys
from loaders.cli import COMMANDS

{each.name: each for each in COMMANDS}["load"](
    ["--file", sys.argv[2], "--source", "councils", "--data", sys.argv[1]]
)
"""
PUBLISH = """
import sys, time
from loaders import release_making
from loaders.cli import COMMANDS

release_making.make_index = lambda *_: (print("making", flush=True), time.sleep(600))
{each.name: each for each in COMMANDS}["publish"](["--data", sys.argv[1]])
"""


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    made = initialise(tmp_path / "var")
    may_end(made, "councils")
    load(made, a_source(), "GB-LAE-AAA,Aston")
    return made


def contents(directory: DataDirectory) -> set[str]:
    return {str(path.relative_to(directory.path)) for path in directory.path.rglob("*")}


def begun(script: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_load_that_is_told_to_end_stages_nothing_and_leaves_nothing(
    directory: DataDirectory, tmp_path: Path
) -> None:
    before, was = contents(directory), staged_load(directory, "councils")
    pipe = tmp_path / "organisations.csv"
    os.mkfifo(pipe)
    with begun(LOAD, str(directory.path), str(pipe)) as process, pipe.open("w") as file:
        file.write(HEADER + "".join(f"GB-LAE-X{n:05},Council,MD,,\n" for n in range(9_000)))
        file.flush()
        while not list(directory.staged.glob(".loading-*/snapshots/*")):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=30) == ("", TOLD)
    assert process.returncode == 143
    assert contents(directory) - {"lock"} == before - {"lock"}
    assert staged_load(directory, "councils") == was


def test_a_publish_that_is_told_to_end_leaves_the_release_and_lets_go_of_the_lock(
    directory: DataDirectory,
) -> None:
    first = publish(directory).release
    load(directory, a_source(), "GB-LAE-AAA,Aston", "GB-LAE-BBB,Barton")
    before = contents(directory)
    with begun(PUBLISH, str(directory.path)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "making\n"
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=30) == ("", TOLD)
    assert process.returncode == 143
    assert contents(directory) == before
    assert current(directory).id == first.id
    assert names(publish(directory).release) == {"Aston", "Barton"}


def test_a_second_signal_would_end_the_process_at_once() -> None:
    before = signal.getsignal(signal.SIGTERM)
    during = []

    def work() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)
        finally:
            during.append(signal.getsignal(signal.SIGTERM))

    with pytest.raises(TerminatedError) as ended, ended_by_sigterm():
        work()
    assert during == [signal.SIG_DFL]
    assert ended.value.code == 143
    assert signal.getsignal(signal.SIGTERM) == before


def test_who_ignores_the_signal_goes_on_ignoring_it() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with ended_by_sigterm():
            os.kill(os.getpid(), signal.SIGTERM)
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


def test_threads_leave_the_signals_alone() -> None:
    before, seen = signal.getsignal(signal.SIGTERM), []

    def look() -> None:
        with ended_by_sigterm():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [before]
