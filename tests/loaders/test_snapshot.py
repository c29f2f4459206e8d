"""A file is kept exactly as it was fetched, once, under its digest."""

import io
from pathlib import Path

import pytest

from loaders.directory import DataDirectory
from loaders.errors import StructureError
from loaders.snapshot import Snapshot, joined, keep_snapshot, opener_of, take_snapshot
from loaders.staging import digest

LARGE = bytes(range(256)) * 9000  # more than is copied at once


@pytest.mark.parametrize("content", [b"", b"a", LARGE])
def test_a_file_is_copied_whole_and_digested(tmp_path: Path, content: bytes) -> None:
    snapshot = take_snapshot(tmp_path, "a.csv", lambda: io.BytesIO(content))
    assert snapshot == Snapshot("a.csv", digest(content), len(content), snapshot.path)
    assert snapshot.path.parent == tmp_path
    assert snapshot.path.read_bytes() == content


def test_files_of_one_name_are_kept_apart_while_they_wait(tmp_path: Path) -> None:
    taken = [
        take_snapshot(tmp_path, "a.csv", lambda content=content: io.BytesIO(content))  # type: ignore[misc]
        for content in (b"a", b"b", b"a")
    ]
    assert [each.path.read_bytes() for each in taken] == [b"a", b"b", b"a"]


def test_a_snapshot_is_kept_under_its_digest_and_once(
    directory: DataDirectory, tmp_path: Path
) -> None:
    for _ in range(2):
        snapshot = take_snapshot(tmp_path, "a.csv", lambda: io.BytesIO(LARGE))
        keep_snapshot(directory, snapshot)
        assert {path.name: path.read_bytes() for path in directory.snapshots.iterdir()} == {
            digest(LARGE): LARGE
        }


def test_a_snapshot_is_copied_where_it_cannot_be_moved(
    directory: DataDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def elsewhere(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    snapshot = take_snapshot(tmp_path, "a.csv", lambda: io.BytesIO(LARGE))
    monkeypatch.setattr(Path, "rename", elsewhere)
    keep_snapshot(directory, snapshot)
    assert {path.name: path.read_bytes() for path in directory.snapshots.iterdir()} == {
        digest(LARGE): LARGE
    }


def test_a_file_in_a_folder_is_opened_from_its_beginning_each_time(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a")
    opened = opener_of(tmp_path / "a.csv")
    for _ in range(2):
        with opened() as file:
            assert file.read() == b"a"


def test_the_pages_of_a_feed_are_opened_as_one_file(tmp_path: Path) -> None:
    pages = [tmp_path / f"{number}.json" for number in range(3)]
    for page in pages:
        page.write_text(f'{{"page": "{page.name}"}}')
    for _ in range(2):
        with joined(pages)() as file:
            assert file.read().split() == [
                word for n in range(3) for word in (b'{"page":', f'"{n}.json"}}'.encode())
            ]
    with joined(pages[:1])() as file:
        assert file.read() == pages[0].read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_pages_are_joined_in_utf_8_without_marks_and_comments(
    tmp_path: Path, encoding: str
) -> None:
    pages = [tmp_path / "1.json", tmp_path / "2.json"]
    pages[0].write_bytes('{"n": "é"}'.encode())
    pages[1].write_bytes('// saved from a page\n\n{"n": "ü"}'.encode(encoding))
    if encoding == "cp1252":
        pages[0].write_bytes('{"n": "é"}'.encode(encoding))
    with joined(pages, "cp1252" if encoding == "cp1252" else None)() as file:
        assert file.read().decode() == '{"n": "é"}\n{"n": "ü"}\n'


def test_a_page_that_is_compressed_is_refused(tmp_path: Path) -> None:
    pages = [tmp_path / "1.json", tmp_path / "2.json.gz"]
    pages[0].write_bytes(b"{}")
    pages[1].write_bytes(b"\x1f\x8b\x08")
    with pytest.raises(StructureError, match=r"^2.json.gz: this is compressed: unpack it first"):
        joined(pages)()
