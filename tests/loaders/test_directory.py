"""A data directory is made once, with a base that stays."""

import fcntl
import json
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
    write_durably(target, b"first, and longer")
    before = target.open("rb")
    with before:
        write_durably(target, b"second")
        assert before.read() == b"first, and longer"  # who reads the old one reads it to its end
    assert target.read_bytes() == b"second"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
