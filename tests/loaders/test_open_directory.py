"""Open data directories: made, loaded, published and rolled back by commands."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Store

from loaders.audience import Audience
from loaders.cli import COMMANDS
from loaders.directory import initialise, open_directory
from loaders.errors import DirectoryError
from loaders.publish import publish
from loaders.release import all_releases, current_release
from tests.loaders.publishing import BASE, a_source, load
from tests.loaders.writing.writes import held, quads, update

BY_NAME = {command.name: command for command in COMMANDS}
TRIG = "_:a <http://x/b> <#c> . <http://x/g> { _:a <http://x/b> 1 . <http://x/a> <http://x/b> 2 }"


def gmkg(directory: Path, name: str, *arguments: str) -> Result:
    """What a command did to the directory."""
    return CliRunner().invoke(BY_NAME[name], [*arguments, "--data", str(directory)])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    assert gmkg(tmp_path / "var", "init", "--open").exit_code == 0
    return tmp_path / "var"


def test_an_open_directory_begins_with_an_empty_release(data: Path) -> None:
    directory = open_directory(data)
    assert (directory.is_open, directory.base) == (True, BASE)
    assert held(directory) == set()
    release = current_release(directory)
    assert release is not None
    manifest = json.loads((release.path / "manifest.json").read_text())
    assert manifest["open"] is True
    assert manifest["counts"] == {"public": {}}
    assert [path.name for path in release.path.iterdir() if path.is_dir()] == ["public"]
    assert gmkg(data, "init").exit_code == 0
    assert gmkg(data, "init", "--open").exit_code == 0
    assert open_directory(data).is_open
    assert len(all_releases(directory)) == 1


def test_a_directory_with_sources_never_becomes_open(tmp_path: Path) -> None:
    initialise(tmp_path / "var")
    assert not open_directory(tmp_path / "var").is_open
    refused = gmkg(tmp_path / "var", "init", "--open")
    assert refused.exit_code == 2
    assert "stays one" in refused.stderr
    with pytest.raises(DirectoryError):
        initialise(tmp_path / "var", is_open=True)


def test_rdf_of_any_syntax_is_added_as_it_is(data: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.trig", tmp_path / "second.nt"
    first.write_text(TRIG)
    second.write_text('_:a <http://x/b> "3" .\n')
    files = ("--file", str(first), "--file", str(second))
    dry = gmkg(data, "load", *files, "--format", "rdf", "--source", "s", "--dry-run")
    assert (dry.exit_code, dry.stdout.split()) == (0, ["source", "quads", "s", "4"])
    loaded = gmkg(data, "load", *files, "--format", "rdf", "--source", "s", "--json")
    assert loaded.exit_code == 0
    assert json.loads(loaded.stdout) == [{"source": "s", "staged": True, "quads": 4}]
    directory = open_directory(data)
    update(directory, "INSERT DATA { <http://x/a> <http://x/b> 9 }")
    published = gmkg(data, "publish")
    assert published.exit_code == 0
    assert published.stderr == "Published: public\n"
    found = held(directory)
    assert len(found) == 5
    assert quads('<http://x/a> <http://x/b> "2"^^<http://www.w3.org/2001/XMLSchema#integer> '
                 "<http://x/g>") <= found  # fmt: skip
    assert any(f"<{first.as_uri()}#c>" in each for each in found)
    labels = {word for each in found for word in each.split() if word.startswith("_:")}
    assert len(labels) == 2
    assert list(directory.staged.glob("s.*")) == []
    again = gmkg(data, "publish")
    assert again.stderr == "Nothing changed, so the current release stays.\n"
    assert again.stdout == published.stdout


def test_what_is_staged_can_be_added_twice(data: Path, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("[] <http://x/b> 1 .")
    options = ("--file", str(tmp_path / "a.ttl"), "--format", "rdf", "--source", "s")
    gmkg(data, "load", *options)
    directory = open_directory(data)
    kept = {path: path.read_bytes() for path in directory.staged.glob("s.*")}
    publish(directory)
    for path, content in kept.items():  # as if killed before it was taken off
        path.write_bytes(content)
    publish(directory)
    assert len(held(directory)) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.ttl", "<http://x/a> <http://x/b>", "it is not Turtle"),
        ("a.csv", "a,b", "ends in no RDF syntax"),
    ],
)
def test_a_file_that_is_no_rdf_stages_nothing(
    data: Path, tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / name).write_text(content)
    options = ("--file", str(tmp_path / name), "--format", "rdf", "--source", "s")
    refused = gmkg(data, "load", *options)
    assert (refused.exit_code, said in refused.stderr) == (1, True)
    assert not list(open_directory(data).staged.glob("s.*"))


def test_the_format_rdf_is_for_open_directories_alone(data: Path, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("")
    file = ("--file", str(tmp_path / "a.ttl"), "--source", "s")
    initialise(tmp_path / "other")
    refused = gmkg(tmp_path / "other", "load", *file, "--format", "rdf")
    assert (refused.exit_code, "alone" in refused.stderr) == (2, True)
    for wrong in (
        (*file, "--format", "organisation-csv"),
        ("--all",),
        (*file, "--format", "rdf", "--audience", "partner"),
        ("--format", "rdf", "--source", "s"),
    ):
        refused = gmkg(data, "load", *wrong)
        assert (refused.exit_code, "RDF alone" in refused.stderr) == (2, True)


def test_commands_on_an_open_directory(data: Path) -> None:
    directory = open_directory(data)
    empty = current_release(directory)
    assert empty is not None
    update(directory, "INSERT DATA { <http://x/a> <http://x/b> 1 }")
    listed = gmkg(data, "releases")
    assert listed.exit_code == 0
    assert listed.stdout.count("not counted") == 2
    assert gmkg(data, "releases", "--json").exit_code == 0
    checked = gmkg(data, "check")
    assert (checked.exit_code, "nothing is checked" in checked.stderr) == (0, True)
    assert gmkg(data, "check", "--json").stdout == "[]\n"
    assert gmkg(data, "rollback", empty.id).exit_code == 0
    assert held(directory) == set()
    for command in (("publish", "--withdraw", "s"), ("forget", "http://x/a")):
        refused = gmkg(data, *command)
        assert (refused.exit_code, "by an update" in refused.stderr) == (2, True)


def test_a_normal_directory_has_counts_as_before(tmp_path: Path) -> None:
    directory = initialise(tmp_path / "var")
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    release = publish(directory).release
    assert release.manifest.open is False
    assert release.manifest.counts["public"]["quads"] > 0
    assert len(Store.read_only(str(release.store_path(Audience.PUBLIC))))
