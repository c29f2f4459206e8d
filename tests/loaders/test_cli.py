"""The loaders' commands: stdout is data, stderr is talk, and the exit status says how it went."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from loaders.cli import COMMANDS

GOOD = "key,name,type\nGB-LAE-AAA,Aston,MD\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "var"


def run(data: Path, *arguments: str) -> Result:
    """What a command says and returns."""
    group = click.Group("gmkg", commands=list(COMMANDS))
    return CliRunner().invoke(group, [arguments[0], "--data", str(data), *arguments[1:]])


def given(data: Path, text: str) -> tuple[str, ...]:
    """The arguments that load a file of organisations holding `text`."""
    file = data.parent / "given.csv"
    file.write_text(text)
    return ("load", "--file", str(file), "--format", "organisation-csv", "--source", "given")


def test_from_nothing_to_a_release(data: Path) -> None:
    for command in (("init",), ("load", "--all"), ("check",), ("publish",)):
        assert run(data, *command).exit_code == 0
    listed = run(data, "releases", "--json")
    releases = json.loads(listed.stdout)
    assert [release["current"] for release in releases] == [True]
    assert releases[0]["sources"]["gm-bodies"]["records_left_out"] == 0
    assert (data / "current" / "manifest.json").exists()


def test_init_again_leaves_everything_as_it_is(data: Path) -> None:
    run(data, "init", "--base", "https://one.example/")
    assert run(data, "init").exit_code == 0
    assert run(data, "init", "--base", "https://one.example/").exit_code == 0
    other = run(data, "init", "--base", "https://two.example/")
    assert other.exit_code == 2
    assert "https://one.example/" in other.stderr


@pytest.mark.parametrize(
    "base",
    ["nothing", "https://no-slash.example", "ftp://x/", "http://a b/", "https://x.example/id/"],
)
def test_a_base_that_could_not_mint_iris_is_refused(data: Path, base: str) -> None:
    assert run(data, "init", "--base", base).exit_code == 2
    assert not data.exists()


@pytest.mark.parametrize(
    "command",
    [("load", "--all"), ("check",), ("publish",), ("releases",), ("rollback", "x")],
)
def test_without_a_data_directory_every_command_says_what_to_do(
    data: Path, command: tuple[str, ...]
) -> None:
    result = run(data, *command)
    assert result.exit_code == 2
    assert "gmkg init" in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("load",),
        ("load", "no-such-source"),
        ("load", "gm-bodies", "--all"),
        ("load", "gm-bodies", "--format", "area-csv"),
        ("rollback", "20200101T000000Z-00000000"),
    ],
)
def test_wrong_use_is_exit_2(data: Path, command: tuple[str, ...]) -> None:
    run(data, "init")
    assert run(data, *command).exit_code == 2


@pytest.mark.parametrize(
    ("option", "value"),
    [("--format", "no-such-format"), ("--source", "links"), ("--source", "Not A Name")],
)
def test_a_file_needs_a_known_format_and_a_free_name(data: Path, option: str, value: str) -> None:
    run(data, "init")
    arguments = list(given(data, GOOD))
    arguments[arguments.index(option) + 1] = value
    result = run(data, *arguments)
    assert result.exit_code == 2
    assert value in result.stderr


def test_a_left_out_record_is_exit_0_unless_strict(data: Path) -> None:
    run(data, "init")
    arguments = given(data, GOOD + "GB-LAE-BBB,,MD\n")
    result = run(data, *arguments)
    assert result.exit_code == 0
    assert "given.csv, row 3, name" in result.stderr
    assert run(data, *arguments, "--strict").exit_code == 1


def test_a_broken_structure_is_exit_1_and_what_was_staged_stays(data: Path) -> None:
    run(data, "init")
    run(data, *given(data, GOOD))
    before = sorted((path.name, path.read_bytes()) for path in (data / "staged").iterdir())
    result = run(data, *given(data, "key,name\nGB-LAE-BBB,Barton\n"))
    assert result.exit_code == 1
    assert "given.csv: the header lacks the column type" in result.stderr
    after = sorted((path.name, path.read_bytes()) for path in (data / "staged").iterdir())
    assert after == before


def test_a_dry_run_tells_all_and_writes_nothing(data: Path) -> None:
    run(data, "init")
    result = run(data, *given(data, GOOD + "XX,Bad,MD\n"), "--dry-run", "--json")
    (table,) = json.loads(result.stdout)
    assert (table["records_in"], table["records_loaded"], table["staged"]) == (2, 1, False)
    assert [issue["field"] for issue in table["issues"]] == ["key"]
    assert list((data / "staged").iterdir()) == []
    assert (table["new"], table["changed"], table["gone"]) == (1, 0, 0)
    assert table["preview"]["rejected"] == {
        "count": 1,
        "shown": [
            {
                "place": {"file": "given.csv", "unit": "row", "number": 3},
                "reasons": [
                    {"rule": "bad-code", "field": "key", "message": table["issues"][0]["message"]}
                ],
                "would_be": None,
                "cells": [["key", "XX"], ["name", "Bad"], ["type", "MD"]],
            }
        ],
    }


def test_a_dry_run_in_full_tells_all_and_the_status_is_that_of_a_load(data: Path) -> None:
    run(data, "init")
    rows = GOOD + "".join(f"X{number},Bad,MD\n" for number in range(8))
    short = run(data, *given(data, rows), "--dry-run")
    assert (short.exit_code, "    and 3 more" in short.stdout.splitlines()) == (0, True)
    full = run(data, *given(data, rows), "--dry-run", "--in-full", "--strict")
    assert (full.exit_code, "more" in full.stdout) == (1, False)
    assert run(data, *given(data, rows), "--in-full").exit_code == 2


def test_a_dry_run_says_what_would_become_of_what_is_staged(data: Path) -> None:
    run(data, "init")
    run(data, *given(data, GOOD + "GB-LAE-BBB,Barton,MD\nGB-LAE-CCC,Clun,MD\n"))
    changed = GOOD + "GB-LAE-BBB,Burton,MD\nGB-LAE-DDD,Dalton,MD\nGB-LAE-EEE,Eaton,MD\n"
    result = run(data, *given(data, changed), "--dry-run")
    assert result.stdout.splitlines()[:4] == [
        "Preview of given, “given”, for the audience internal",
        "4 records read, 4 would be loaded, 0 left out; 0 values withheld.",
        "Nothing of this source is published yet, so all of it is new.",
        "A load of it is staged and not published. Held against that one, things "
        "would be new: 2, changed: 1, gone: 1.",
    ]
    assert result.stderr == "Nothing was staged: this was a dry run.\n"
    staged = run(data, *given(data, changed))
    assert staged.stdout.splitlines()[0].split()[-1] == "quads"
    assert staged.stderr == ""


PAGES = [
    '{"result": {"count": 2, "results": [{"id": "1", "name": "bins", "title": "Bins"}]}}',
    '{"result": {"count": 2, "results": [{"id": "2", "name": "tips", "title": "Tips"}]}}',
]


def pages(data: Path) -> list[str]:
    """The arguments that give the pages of a feed."""
    arguments: list[str] = []
    for number, page in enumerate(PAGES):
        path = data.parent / f"{number}.json"
        path.write_text(page)
        arguments += ["--file", str(path)]
    return arguments


def test_the_pages_of_a_feed_are_loaded_as_one_file(data: Path) -> None:
    run(data, "init")
    arguments = ("load", *pages(data), "--format", "ckan", "--source", "given", "--json")
    result = run(data, *arguments)
    (table,) = json.loads(result.stdout)
    assert (table["records_in"], table["records_loaded"]) == (2, 2)
    assert "lying-total" not in {issue["rule"] for issue in table["issues"]}
    assert [path.read_text() for path in (data / "snapshots").iterdir()] == [
        "\n".join([*PAGES, ""])
    ]


def test_documents_of_json_without_pages_are_loaded_as_one_file_too(data: Path) -> None:
    run(data, "init")
    arguments: list[str] = []
    for code in ("XI-EXA", "XI-EXB"):
        path = data.parent / f"{code}.json"
        path.write_text(json.dumps({"code": code, "name": {"en": f"The list {code}"}}))
        arguments += ["--file", str(path)]
    given = ("--format", "org-id-lists", "--source", "given", "--json")
    (table,) = json.loads(run(data, "load", *arguments, *given).stdout)
    assert (table["records_in"], table["records_loaded"]) == (2, 2)


def test_a_file_that_has_no_pages_is_one(data: Path) -> None:
    run(data, "init")
    result = run(data, "load", *pages(data), "--format", "area-csv", "--source", "given")
    assert result.exit_code == 2
    assert "A source of the format area-csv is one file." in result.stderr


@pytest.mark.parametrize(
    ("option", "value"), [("--audience", "public"), ("--holder", "GB-LAE-EXA")]
)
def test_what_goes_with_a_file_alone_is_wrong_use_without_one(
    data: Path, option: str, value: str
) -> None:
    run(data, "init")
    result = run(data, "load", "gm-bodies", option, value)
    assert result.exit_code == 2
    assert "go with --file" in result.stderr


def test_a_holder_is_an_organisations_key(data: Path) -> None:
    run(data, "init")
    result = run(data, *given(data, GOOD), "--holder", "The council")
    assert result.exit_code == 2
    assert "--holder: “The council” is not an organisation's key" in " ".join(result.stderr.split())
    assert run(data, *given(data, GOOD), "--holder", "GB-LAE-EXA").exit_code == 0


def test_an_undeclared_file_is_for_ourselves_alone_unless_said_otherwise(data: Path) -> None:
    run(data, "init")
    run(data, *given(data, GOOD))
    assert json.loads((data / "staged" / "given.json").read_text())["audience"] == "internal"
    run(data, *given(data, GOOD), "--audience", "public")
    assert json.loads((data / "staged" / "given.json").read_text())["audience"] == "public"


def test_a_source_declared_in_the_data_directory_loads_by_name(data: Path) -> None:
    run(data, "init")
    folder = data / "sources" / "mine"
    folder.mkdir()
    (folder / "given.csv").write_text(GOOD)
    (folder / "source.toml").write_text(
        'title = "Mine"\n[[files]]\nname = "given.csv"\nformat = "organisation-csv"\n'
    )
    result = run(data, "load", "mine")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].split() == ["mine", "1", "1", "0", "0", "33"]


def declare(data: Path, name: str, text: str, file: str = GOOD) -> None:
    """A source in the data directory, of one file of organisations."""
    folder = data / "sources" / name
    folder.mkdir()
    (folder / "given.csv").write_text(file)
    (folder / "source.toml").write_text(text)


MINE = 'title = "Mine"\n[[files]]\nname = "given.csv"\nformat = "organisation-csv"\n'


def test_a_source_that_is_refused_keeps_no_other_from_being_loaded(data: Path) -> None:
    run(data, "init")
    declare(data, "aa-broken", MINE, "key,name\n")
    declare(data, "zz-mine", MINE)
    declare(data, "Not A Name", MINE)
    lacking = "given.csv: the header lacks the column type"
    result = run(data, "load", "--all")
    assert result.exit_code == 1
    assert f"gmkg: {lacking}" in result.stderr
    assert "gmkg: “Not A Name” cannot name a source" in result.stderr
    loaded = [line.split()[0] for line in result.stdout.splitlines()[1:]]
    assert {"gm-bodies", "zz-mine"} <= set(loaded)
    assert "aa-broken" not in loaded
    assert (data / "staged" / "zz-mine.json").exists()

    result = run(data, "load", "--all", "--json")
    assert result.exit_code == 1
    entries = {entry.pop("source"): entry for entry in json.loads(result.stdout)}
    assert entries["zz-mine"]["records_loaded"] == 1
    assert entries["aa-broken"].keys() == entries["Not A Name"].keys() == {"refused"}
    assert lacking in entries["aa-broken"]["refused"]
    assert "cannot name a source" in entries["Not A Name"]["refused"]


def test_sources_that_are_all_refused_are_no_table(data: Path) -> None:
    run(data, "init")
    declare(data, "broken", MINE, "key,name\n")
    declare(data, "missing", MINE)
    (data / "sources" / "missing" / "given.csv").unlink()
    result = run(data, "load", "broken", "missing")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "gmkg: given.csv: is not with the source missing; use --file.\n" in result.stderr


def test_a_faulty_declaration_keeps_no_other_source_from_being_loaded_by_name(data: Path) -> None:
    run(data, "init")
    declare(data, "Not A Name", MINE)
    declare(data, "broken", "title = ")
    declare(data, "mine", "\ufeff" + MINE)
    result = run(data, "load", "mine")
    assert result.exit_code == 0
    assert "gmkg: “Not A Name” cannot name a source" in result.stderr
    assert "gmkg: broken/source.toml: " in result.stderr
    for arguments in (("broken",), ("--file", str(given(data, GOOD)[2]), "--source", "broken")):
        result = run(data, "load", *arguments)
        assert result.exit_code == 2
        assert result.stderr.startswith("gmkg: broken/source.toml: ")
        assert result.stderr.count("\n") == 1


def test_pages_in_a_declared_encoding_are_loaded_as_one_file(data: Path) -> None:
    run(data, "init")
    toml = 'title = "M"\n[[files]]\nname = "a.json"\nformat = "ckan"\nencoding = "cp1252"\n'
    declare(data, "mine", toml)
    pages(data)
    for number, page in enumerate(PAGES):
        marked = page.replace("Bins", "Bïns")
        (data.parent / f"{number}.json").write_bytes(marked.encode("cp1252"))
    files = [each for n in range(2) for each in ("--file", str(data.parent / f"{n}.json"))]
    assert run(data, "load", *files, "--source", "mine").exit_code == 0
    [quads] = (data / "staged").glob("mine*.nq")
    assert '"Bïns"' in quads.read_text()


TWO_FILES = (
    'title = "T"\n[[files]]\nname = "a.csv"\nformat = "organisation-csv"\n'
    '[[files]]\nname = "b.csv"\nformat = "organisation-csv"\n'
)


def several(data: Path, *names: str) -> list[str]:
    """The arguments that give a file of one organisation under each of these names."""
    run(data, "init")
    declare(data, "two", TWO_FILES)
    arguments = ["load", "--source", "two"]
    for number, name in enumerate(names):
        path = data.parent / f"given-{number}" / name
        path.parent.mkdir()
        path.write_text(f"key,name,type\nGB-LAE-AA{number},Aston {number},MD\n")
        arguments += ["--file", str(path)]
    return arguments


def test_the_files_of_a_source_are_given_under_their_names(data: Path) -> None:
    result = run(data, *several(data, "b.csv", "a.csv"), "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)[0]["records_loaded"] == 2


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("a.csv",), "so give its other files with --file too: b.csv."),
        (("a.csv", "c.csv"), "under its name: a.csv, b.csv. It has no c.csv."),
        (("a.csv", "a.csv"), "each is given once, under its name: a.csv, b.csv."),
    ],
)
def test_files_of_a_source_that_are_not_those_it_declares(
    data: Path, names: tuple[str, ...], said: str
) -> None:
    result = run(data, *several(data, *names))
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert not list((data / "staged").glob("two*"))


def test_a_source_of_several_files_has_their_formats(data: Path) -> None:
    result = run(data, *several(data, "a.csv", "b.csv"), "--format", "area-csv")
    assert result.exit_code == 2
    assert "declares the formats of its files" in result.stderr


def test_a_rollback_says_and_serves_the_release(data: Path) -> None:
    run(data, "init")
    first = run(data, "publish").stdout.strip()
    run(data, "load", "gm-bodies")
    second = run(data, "publish").stdout.strip()
    assert first != second
    assert run(data, "rollback", first).stdout.strip() == first
    starred = [line for line in run(data, "releases").stdout.splitlines() if line.startswith("*")]
    assert [line.split()[1] for line in starred] == [first]


def test_a_source_is_withdrawn_on_purpose_only(data: Path) -> None:
    run(data, "init")
    run(data, *given(data, GOOD), "--audience", "public")
    run(data, "publish")
    (data / "staged" / "given.json").unlink()
    refused = run(data, "publish")
    assert refused.exit_code == 2
    assert "--withdraw" in refused.stderr
    assert run(data, "publish", "--withdraw", "given").exit_code == 0
    assert "given" not in json.loads((data / "current" / "manifest.json").read_text())["sources"]


def test_what_was_wrong_is_told_when_too_much_was(data: Path) -> None:
    run(data, "init")
    result = run(data, *given(data, "key,name,type\nGB-LAE-AAA,Aston,XYZ\n"))
    assert result.exit_code == 1
    assert "row 2, type: “XYZ” is not in the list “organisation-type”" in result.stderr
    assert "0 records would be loaded, and there must be at least 1" in result.stderr


def test_a_disk_that_cannot_be_written_is_told_in_a_sentence(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shut(*_: object) -> None:
        raise OSError(30, "Read-only file system", "staged/given.nq")

    run(data, "init")
    monkeypatch.setattr("loaders.pipeline.stage", shut)
    result = run(data, *given(data, GOOD))
    assert result.exit_code == 1
    assert result.stderr == "gmkg: staged/given.nq: Read-only file system\n"


def test_a_disk_that_is_full_stages_nothing_and_says_so(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "staged/given.nq")

    run(data, "init")
    monkeypatch.setattr("loaders.pipeline.stage", full)
    monkeypatch.setattr("loaders.full_disk.free_bytes", lambda _: 2_000)
    result = run(data, *given(data, GOOD))
    assert result.exit_code == 1
    assert result.stderr == (
        "gmkg: the disk is full at staged/given.nq, so this was ended and what it had begun was "
        "removed: what was staged and what is served stay as they were. 2.0 kB are free where "
        f"{data} lies. Make room, and do it again.\n"
    )
    assert list((data / "staged").iterdir()) == []


@pytest.mark.parametrize("keep", ["0", "-1", "few"])
def test_at_least_one_release_is_kept(data: Path, keep: str) -> None:
    run(data, "init")
    assert run(data, "publish", "--keep", keep).exit_code == 2
