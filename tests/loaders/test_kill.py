"""A loader killed at any moment leaves the old release or the new one, and the next one works."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from loaders.directory import DataDirectory, initialise
from loaders.publish import publish
from loaders.release import UNFINISHED
from loaders.staging import staged_load
from tests.loaders.publishing import (
    HEADER,
    a_source,
    assert_sound,
    current,
    load,
    may_end,
    names,
    version_names,
    version_rows,
)

KILLS = 50
ROOT = Path(__file__).parents[2]


def killed_run(directory: DataDirectory, version: int, seconds: float) -> list[str]:
    """What a loader said that was killed some time after it began its work."""
    loader = subprocess.Popen(
        [sys.executable, "-m", "tests.loaders.keep_publishing", str(directory.path), str(version)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with loader:
        assert loader.stdout is not None
        said = [loader.stdout.readline()]
        time.sleep(seconds)
        loader.kill()
        said += loader.stdout.readlines()
    assert loader.returncode == -9
    return [line.strip() for line in said]


HALF = """
import sys
import time
from pathlib import Path
from loaders.directory import open_directory
from loaders.pipeline import load_source
from tests.loaders.publishing import a_source

load_source(
    open_directory(Path(sys.argv[1])),
    a_source(),
    {"organisations.csv": lambda: sys.stdin.buffer},
    progress=lambda *_: (print("reading", flush=True), time.sleep(600)),
)
"""


@pytest.mark.parametrize("moment", ["while its file arrives", "while its rows are read"])
def test_a_load_that_is_killed_leaves_what_was_staged_and_the_next_sweeps(
    tmp_path: Path, moment: str
) -> None:
    directory = initialise(tmp_path / "var")
    staged = load(directory, a_source(), "GB-LAE-AAA,Aston").load
    before = {path.name: path.read_bytes() for path in directory.staged.iterdir()}
    rows = "".join(f"GB-LAE-X{n:05},Council {n},MD,,\n" for n in range(100_000))
    loader = subprocess.Popen(
        [sys.executable, "-c", HALF, str(directory.path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with loader:
        assert loader.stdin is not None
        assert loader.stdout is not None
        loader.stdin.write(HEADER + rows)
        loader.stdin.flush()
        if moment == "while its rows are read":
            loader.stdin.close()
            assert loader.stdout.readline() == "reading\n"
        while loader.poll() is None and not list(directory.staged.glob(".loading-*/snapshots/*")):
            time.sleep(0.01)
        loader.kill()
    assert loader.returncode == -9
    left = set(directory.staged.iterdir()) - {directory.staged / name for name in before}
    assert len(left) == 1
    assert staged_load(directory, "councils") == staged
    load(directory, a_source("others"), "GB-LAE-BBB,Barton")
    after = {path.name: path.read_bytes() for path in directory.staged.iterdir() if path.is_file()}
    assert not left & set(directory.staged.iterdir())
    assert before.items() <= after.items()
    assert len(after) == 8


def test_fifty_kills_lose_nothing(tmp_path: Path) -> None:
    directory = initialise(tmp_path / "var")
    may_end(directory, "councils")
    load(directory, a_source(), *version_rows(0))
    publish(directory)
    began = time.monotonic()
    load(directory, a_source(), *version_rows(1))
    publish(directory)
    # Long enough for a slow machine to start and to finish a version now and then, and so to be
    # killed anywhere; the first publish, which makes everything, would take longer.
    longest = max(0.9, 1 + 2 * (time.monotonic() - began))
    chance = random.Random(1974)
    served, unfinished, acknowledged, issued = 1, 0, 0, 0
    for _ in range(KILLS):
        said = killed_run(directory, served + 1, chance.uniform(0, longest))
        started = [int(line.split()[1]) for line in said if line.startswith("loading")]
        published = [int(line.split()[1]) for line in said if line.startswith("published")]
        acknowledged += len(published)
        unfinished += any(directory.releases.glob(f"{UNFINISHED}*"))
        release = current(directory)
        found = names(release)
        possible = range(max([served, *published]), max(started) + 1)
        matching = [version for version in possible if version_names(version) == found]
        assert matching, f"a release that is none of {list(possible)}"
        served = matching[0]
        assert_sound(release)
        ledger = (release.path / "ledger.nq").read_text()
        assert ledger.count("issued") >= issued
        issued = ledger.count("issued")
    assert unfinished, "no kill fell into the making of a release"
    assert acknowledged, "every kill came before a publish was done"
    load(directory, a_source(), *version_rows(served + 1))
    assert names(publish(directory).release) == version_names(served + 1)
    assert not list(directory.releases.glob(f"{UNFINISHED}*"))
