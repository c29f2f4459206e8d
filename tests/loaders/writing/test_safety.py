"""A writer killed at any moment loses no acknowledged write, and leaves none half."""

import random
import re
import subprocess
import sys
import time
from pathlib import Path

from loaders.directory import DataDirectory, initialise
from loaders.release import UNFINISHED, all_releases, current_release
from tests.loaders.writing.writes import audited, held

ROOT = Path(__file__).parents[3]
KILLS = 12
_WROTE = re.compile(r'<http://x/(\w+)> <http://x/wrote> "(\d+)"')


def writer(directory: DataDirectory, name: str, first: int, count: int) -> subprocess.Popen[str]:
    """A process that writes."""
    module = "tests.loaders.writing.keep_writing"
    arguments = [str(directory.path), name, str(first), str(count)]
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def acknowledged(process: subprocess.Popen[str]) -> list[int]:
    """The numbers that a writer has told and nobody has read yet."""
    assert process.stdout is not None
    return [int(line) for line in process.stdout if line.strip().isdigit() and line[-1] == "\n"]


def written(directory: DataDirectory) -> set[tuple[str, int]]:
    """What was written: whole, that is in both graphs."""
    found: dict[bool, set[tuple[str, int]]] = {True: set(), False: set()}
    for quad in held(directory):
        match = _WROTE.search(quad)
        assert match is not None
        found[quad.endswith("<http://x/g>")].add((match[1], int(match[2])))
    assert found[True] == found[False]
    return found[True]


def assert_audited(directory: DataDirectory, expected: set[tuple[str, int]]) -> None:
    """Each write that is there has its line."""
    requests = {tuple(each["request"].split("-")) for each in audited(directory)}
    assert {(name, str(number)) for name, number in expected} <= requests


def test_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    directory = initialise(tmp_path / "var", is_open=True)
    moments = random.Random(5)
    told: set[tuple[str, int]] = set()
    first, before_commit = 0, 0
    for number in range(KILLS):
        with writer(directory, "w", first, 1000) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            # On a busy machine a moment is too short for any write: every other process does one.
            numbers = [int(process.stdout.readline())] if number % 2 else []
            time.sleep(moments.uniform(0, 0.25))
            process.kill()
            numbers += acknowledged(process)
        told |= {("w", each) for each in numbers}
        release = current_release(directory)
        if release is None:
            assert not told
            continue
        there = written(directory)
        assert told <= there
        assert len(there - told) <= before_commit + 1
        before_commit = len(there - told)  # written, and killed before it could say so
        assert_audited(directory, there)
        first = max((number for _, number in there), default=-1) + 1
    with writer(directory, "w", first, 1) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert acknowledged(process) == [first]
    assert len(told) >= KILLS // 2
    assert not list(directory.releases.glob(f"{UNFINISHED}*"))


def test_writers_wait_for_one_another_and_none_is_lost(tmp_path: Path) -> None:
    directory = initialise(tmp_path / "var", is_open=True)
    processes = [writer(directory, name, 0, 8) for name in "abcd"]
    told = set()
    for name, process in zip("abcd", processes, strict=True):
        with process:
            told |= {(name, number) for number in acknowledged(process)}
        assert process.returncode == 0
    assert told == {(name, number) for name in "abcd" for number in range(8)}
    assert written(directory) == told
    lines = audited(directory)
    assert len({each["release"] for each in lines}) == len(lines) == 32
    assert [each["release"] for each in lines] == sorted(each["release"] for each in lines)
    assert len(all_releases(directory)) == 10
