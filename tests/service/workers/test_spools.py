"""The folder of spool files: whose it is, and what becomes of an abandoned one."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from service.workers.spools import PREFIX, SpoolFolder


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_a_folder_is_its_owner_s_alone_and_goes_with_it(tmp_path: Path) -> None:
    spools = SpoolFolder()
    assert spools.path.stat().st_mode & 0o077 == 0
    spools.file(3).write_bytes(b"x")
    spools.remove()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_service_left_is_removed_and_a_living_one_s_is_not(tmp_path: Path) -> None:
    program = """
import os, sys, tempfile
tempfile.tempdir = sys.argv[1]
from service.workers.spools import SpoolFolder
SpoolFolder().file(1).write_bytes(b"x")
os._exit(1)
"""
    root = str(Path(__file__).parents[3])
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], env={"PYTHONPATH": root}, check=False
    )
    (left,) = tmp_path.iterdir()
    assert (left / "1").exists()
    (tmp_path / "gmkg-answers-of-somebody-else").mkdir()
    living = SpoolFolder()
    living.file(1).write_bytes(b"x")
    another = SpoolFolder()
    kept = {living.path, another.path, tmp_path / "gmkg-answers-of-somebody-else"}
    assert set(tmp_path.iterdir()) == kept
    assert living.file(1).exists()
    living.remove()
    another.remove()


def test_a_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / f"{PREFIX}file").write_bytes(b"")
    spools = SpoolFolder()
    spools.remove()
    assert [each.name for each in tmp_path.iterdir()] == [f"{PREFIX}file"]


def test_what_is_held_until_it_is_sent_is_bounded_for_all_and_for_each(tmp_path: Path) -> None:
    spools = SpoolFolder()

    def keep(number: int, size: int, client: str | None) -> bool:
        spools.file(number).write_bytes(b"x" * size)
        return spools.keep(number, client, 1_000)

    assert keep(1, 400, "one")
    assert not keep(2, 101, "one"), "a client has half of the room"
    assert not spools.file(2).exists()
    assert keep(3, 500, "two")
    assert not keep(4, 101, "three")
    assert keep(5, 100, None)
    with spools.file(1).open("rb") as being_sent:
        spools.file(1).unlink()
        assert being_sent.readable()
        assert not keep(6, 100, "three"), "it takes room without a name, while it is open"
    assert keep(7, 400, "three")
    assert not spools.keep(8, "four", 1_000), "there is no such file"
    spools.remove()
