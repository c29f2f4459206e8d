"""`gmkg doctor` of search indexes and of what releases changed: every damaged file is found."""

import json
import shutil
from pathlib import Path

import pytest

from loaders.audience import Audience
from loaders.directory import DataDirectory
from loaders.doctor.beside_stores import check_history, check_indexes
from loaders.doctor.examined import Examined
from loaders.doctor.findings import Severity
from loaders.history import ADDED, FILES, REMOVED, SUMMARY, THINGS
from loaders.search_index import index_path
from loaders.search_segments import META
from tests.loaders.publishing import current


def faults(directory: DataDirectory, *, deep: bool = False) -> list[str]:
    """The places of the faults that both checks find."""
    examined = Examined(directory, deep=deep)
    found = [*check_indexes(examined), *check_history(examined)]
    assert {each.severity for each in found} <= {Severity.FAULT}
    assert all(each.sentence.endswith(".") for each in found)
    return [each.place for each in found]


def beside_stores(directory: DataDirectory) -> list[Path]:
    """The files of the search index and of the history that the public has of the release."""
    release = current(directory)
    history = [release.path / Audience.PUBLIC / name for name in FILES]
    return [*sorted(index_path(release, Audience.PUBLIC).iterdir()), *history]


def own_copy(path: Path) -> bytearray:
    """The bytes of a file, which has lost the names that other releases have for it."""
    content = bytearray(path.read_bytes())
    path.unlink()
    path.write_bytes(content)
    return content


def test_there_are_all_kinds_of_files_and_nothing_is_wrong(directory: DataDirectory) -> None:
    kinds = {path.suffix or path.name for path in beside_stores(directory)}
    assert kinds == {
        *(".documents", ".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term"),
        *("gmkg-format", "gmkg-maker", ".json", ".nq", ".txt"),
    }
    assert faults(directory) == faults(directory, deep=True) == []


def test_each_file_that_is_missing_is_found(directory: DataDirectory) -> None:
    for path in beside_stores(directory):
        kept = path.rename(directory.path / "kept")
        assert faults(directory) == [str(path.relative_to(directory.path))]
        kept.rename(path)
    assert faults(directory) == []


@pytest.mark.parametrize("part", [0.0, 0.2])
def test_another_byte_in_the_search_index_is_found(directory: DataDirectory, part: float) -> None:
    files = [path for path in beside_stores(directory) if path.suffix not in (".nq", ".txt", "")]
    for path in (each for each in files if each.name not in (META, SUMMARY)):
        content = own_copy(path)
        content[int(part * len(content))] ^= 1
        path.write_bytes(content)
        assert faults(directory) == []
        assert faults(directory, deep=True) == [str(path.relative_to(directory.path))]
        content[int(part * len(content))] ^= 1
        path.write_bytes(content)
    assert faults(directory, deep=True) == []


def test_a_file_that_was_cut_off_is_found(directory: DataDirectory) -> None:
    for path in beside_stores(directory):
        if path.name in ("gmkg-maker", THINGS):
            continue
        whole = own_copy(path)
        path.write_bytes(whole[: len(whole) // 2])
        if path.name == REMOVED and not whole:
            continue
        assert faults(directory, deep=True) == [str(path.relative_to(directory.path))], path
        path.write_bytes(whole)


def test_lists_of_other_lines_than_they_say_are_found(directory: DataDirectory) -> None:
    folder = current(directory).path / Audience.PUBLIC
    stated = json.loads((folder / SUMMARY).read_text())
    stated["statements"]["added"] += 1
    own_copy(folder / SUMMARY)
    (folder / SUMMARY).write_text(json.dumps(stated))
    assert faults(directory) == []
    assert faults(directory, deep=True) == [str((folder / ADDED).relative_to(directory.path))]


def test_an_index_that_is_missing_is_found_for_each_audience(directory: DataDirectory) -> None:
    release = current(directory)
    for audience in Audience:
        shutil.rmtree(index_path(release, audience))
    assert faults(directory) == [
        str((index_path(release, each) / META).relative_to(directory.path)) for each in Audience
    ]
