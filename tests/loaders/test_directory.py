"""A data directory is made once, with a base that stays."""

import fcntl
import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from loaders.directory import DataDirectory, initialise, open_directory, write_durably
from loaders.errors import DirectoryError
from ontology.namespaces import DEF, DEFAULT_BASE

BASE = "https://base.example/kg/"


def test_a_new_directory_has_its_folders_and_remembers_its_base(tmp_path: Path) -> None:
    directory = initialise(tmp_path / "a" / "var", BASE)
    assert directory == DataDirectory(tmp_path / "a" / "var", BASE)
    for folder in (directory.releases, directory.staged, directory.snapshots, directory.sources):
        assert folder.is_dir()
        assert list(folder.iterdir()) == []
    assert not directory.current.exists()
    assert open_directory(directory.path) == directory


def test_the_base_is_the_default_where_none_is_chosen(tmp_path: Path) -> None:
    assert initialise(tmp_path).base == DEFAULT_BASE


def test_a_directory_is_made_once_and_then_found(tmp_path: Path) -> None:
    made = initialise(tmp_path, BASE)
    (made.staged / "kept.json").write_text("{}")
    assert initialise(tmp_path) == initialise(tmp_path, BASE) == made
    assert (made.staged / "kept.json").exists()


@pytest.mark.parametrize("find", [initialise, open_directory])
def test_another_base_is_refused(tmp_path: Path, find: type[DataDirectory]) -> None:
    initialise(tmp_path, BASE)
    with pytest.raises(DirectoryError) as caught:
        find(tmp_path, "https://other.example/")
    assert str(caught.value) == (
        f"{tmp_path} was made with the base {BASE}, and published IRIs never change: "
        "use another directory for https://other.example/."
    )


@pytest.mark.parametrize(
    "base",
    [
        "https://base.example",
        "https://base.example/kg",
        "base.example/",
        "ftp://base.example/",
        "https://",
        "https:///",
        "https://base example/",
        "https://base.example/<kg>/",
        "https://base.example/{kg}/",
        "https://base.example/kg/\n",
        "https://base.example/kg/#/",
        "https://base.example/?path=/",
        "https://base.example/%zz/",
        "https://[/",
        "https://base.example/\x00/",
        "/",
    ],
)
def test_what_cannot_begin_an_iri_is_no_base(tmp_path: Path, base: str) -> None:
    with pytest.raises(DirectoryError) as caught:
        initialise(tmp_path / "var", base)
    assert str(caught.value) == (
        f"“{base}” cannot be a base: that is an http or https IRI that ends in “/”, "
        "without a query or a fragment."
    )
    assert not (tmp_path / "var").exists()


@settings(max_examples=30)  # each makes a directory on disk
@given(
    st.lists(
        st.sampled_from(["/", "?", "#", "[", "%", "%41", "é", ":", "@", "\x00", "a", "."])
        | st.text(max_size=2),
        max_size=5,
    )
)
@example(["a", "%zz"])
def test_an_accepted_base_begins_iris_for_the_store_too(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    base = f"https://a{''.join(parts)}/"
    try:
        directory = initialise(tmp_path_factory.mktemp("var") / "var", base)
    except DirectoryError:
        return
    assert NamedNode(f"{directory.base}id/area/E08000003").value.startswith(base)


@pytest.mark.parametrize(
    "base",
    ["http://localhost:8000/", "https://base.example/", "https://base.example:8443/a/b%20c/é/"],
)
def test_a_web_address_that_ends_in_a_slash_is_a_base(tmp_path: Path, base: str) -> None:
    assert initialise(tmp_path / "var", base).base == base


@pytest.mark.parametrize("base", [DEF, DEF + "gm/", "https://w3id.org/", DEF[: -len("def/")]])
def test_the_place_of_the_ontology_is_no_base(tmp_path: Path, base: str) -> None:
    with pytest.raises(DirectoryError) as caught:
        initialise(tmp_path / "var", base)
    assert str(caught.value) == f"“{base}” is kept for the ontology."


def test_a_base_beside_the_ontology_is_fine(tmp_path: Path) -> None:
    beside = "https://w3id.org/greater-manchester/data/"
    assert initialise(tmp_path, beside).base == beside


def test_a_directory_that_was_never_made_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DirectoryError) as caught:
        open_directory(tmp_path / "var")
    assert str(caught.value) == (
        f"{tmp_path / 'var'} is no data directory yet: run “gmkg init” first."
    )


@pytest.mark.parametrize("content", ["", "{", "{}", "[]", "null"])
def test_a_damaged_directory_is_said_to_be_damaged(tmp_path: Path, content: str) -> None:
    initialise(tmp_path)
    (tmp_path / "directory.json").write_text(content)
    with pytest.raises(DirectoryError) as caught:
        open_directory(tmp_path)
    assert str(caught.value) == f"{tmp_path / 'directory.json'} is damaged."


def test_the_base_is_recorded_as_json(tmp_path: Path) -> None:
    initialise(tmp_path, BASE)
    assert json.loads((tmp_path / "directory.json").read_text()) == {"base": BASE}


def test_one_writer_at_a_time_holds_the_lock(directory: DataDirectory) -> None:
    def is_free() -> bool:
        with (directory.path / "lock").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

    with directory.lock():
        assert not is_free()
    assert is_free()
    with pytest.raises(KeyError), directory.lock():
        raise KeyError
    assert is_free()


def test_a_file_is_put_in_place_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    write_durably(target, [b"first, ", b"and longer"])
    before = target.open("rb")
    with before:
        write_durably(target, iter([b"second"]))
        assert before.read() == b"first, and longer"  # who reads the old one reads it to its end
    assert target.read_bytes() == b"second"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_file_that_cannot_be_written_whole_leaves_the_old_one(tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    target = tmp_path / "a.json"
    write_durably(target, [b"old"])
    with pytest.raises(OSError, match="No space"):
        write_durably(target, chunks())
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_working_folder_lies_on_the_file_system_of_the_directory_and_goes_afterwards(
    directory: DataDirectory,
) -> None:
    with directory.working_folder() as folder:
        assert folder.parent == directory.staged
        (folder / "made").mkdir()
        (folder / "made" / "a").write_bytes(b"a")
    with pytest.raises(KeyError), directory.working_folder():
        raise KeyError
    assert list(directory.staged.iterdir()) == []


def test_several_work_at_once_and_none_sweeps_what_another_works_in(
    directory: DataDirectory,
) -> None:
    with directory.working_folder() as one:
        (one / "a").write_bytes(b"a")
        with directory.working_folder() as two:
            assert one != two
            assert (one / "a").exists()
        assert not two.exists()
        assert (one / "a").exists()


def test_what_a_killed_owner_left_is_swept_by_the_next(directory: DataDirectory) -> None:
    loader = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\n"
            "from pathlib import Path\n"
            "from loaders.directory import open_directory\n"
            "with open_directory(Path(sys.argv[1])).working_folder() as folder:\n"
            "    (folder / 'a').write_bytes(b'a')\n"
            "    print(folder.name, flush=True)\n"
            "    sys.stdin.read()\n",
            str(directory.path),
        ],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with loader:
        assert loader.stdout is not None
        left = directory.staged / loader.stdout.readline().strip()
        with directory.working_folder():
            assert (left / "a").exists()  # its owner lives
        loader.kill()
    assert (left / "a").exists()
    with directory.working_folder() as folder:
        assert set(directory.staged.iterdir()) == {folder}


def test_a_folder_that_was_made_and_never_locked_is_swept(directory: DataDirectory) -> None:
    (directory.staged / ".loading-killed").mkdir()
    (directory.staged / "given.json").write_text("{}")
    with directory.working_folder() as folder:
        assert {each.name for each in directory.staged.iterdir()} == {"given.json", folder.name}


def test_folders_are_made_and_swept_by_many_at_once(directory: DataDirectory) -> None:
    def work(number: int) -> bytes:
        with directory.working_folder() as folder:
            (folder / "mine").write_bytes(b"%d" % number)
            time.sleep(0.001)
            return (folder / "mine").read_bytes()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(200))) == [b"%d" % number for number in range(200)]
    assert list(directory.staged.iterdir()) == []


@pytest.mark.parametrize(
    ("before", "after"), [(None, 0o750), (0o777, 0o750), (0o755, 0o750), (0o700, 0o700)]
)
def test_a_directory_that_is_made_is_shut_to_others(
    tmp_path: Path, before: int | None, after: int
) -> None:
    path = tmp_path / "var"
    if before is not None:
        path.mkdir()
        path.chmod(before)
    mask = os.umask(0o022)
    try:
        initialise(path)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == after
