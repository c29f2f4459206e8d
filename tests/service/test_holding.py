"""Holding a release: as long as somebody reads it, nobody can lock it to remove it."""

import fcntl
import os
from pathlib import Path

import pytest

from service.holding import MANIFEST, hold, store_path


def test_who_holds_a_release_keeps_others_from_removing_it_and_not_from_reading(
    tmp_path: Path,
) -> None:
    (tmp_path / MANIFEST).write_text("{}")
    held = [hold(tmp_path), hold(tmp_path)]
    with (tmp_path / MANIFEST).open("rb") as remover:
        for descriptor in held:
            with pytest.raises(BlockingIOError):
                fcntl.flock(remover, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.close(descriptor)
        fcntl.flock(remover, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with pytest.raises(BlockingIOError):
            hold(tmp_path)


def test_a_release_without_a_manifest_cannot_be_held(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        hold(tmp_path)


def test_each_audience_has_a_store_of_its_own(tmp_path: Path) -> None:
    assert store_path(tmp_path, "partner") == tmp_path / "partner" / "store"
