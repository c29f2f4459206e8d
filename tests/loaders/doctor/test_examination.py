"""`gmkg doctor`: nothing is found in a healthy directory, and each fault in one that has it."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from loaders import space
from loaders.audience import Audience
from loaders.directory import DataDirectory, initialise
from loaders.doctor.examination import examine, status
from loaders.doctor.findings import Finding, Severity
from loaders.publish import publish
from loaders.release import all_releases
from loaders.staging import staged_load, unstage
from tests.loaders.publishing import a_source, current, load

FAULT, WARNING = Severity.FAULT, Severity.WARNING


def troubles(directory: DataDirectory, *, deep: bool = False) -> list[Finding]:
    """What is found and is not fine."""
    found = examine(directory.path, deep=deep)
    return [each for each in found if each.severity is not Severity.FINE]


def tree(path: Path) -> dict[str, tuple[object, ...]]:
    """All that there is in a folder, by name: its kind and mode, when it changed, its bytes."""
    found: dict[str, tuple[object, ...]] = {}
    for each in sorted(path.rglob("*")):
        status = each.lstat()
        content = each.read_bytes() if each.is_file() and not each.is_symlink() else b""
        found[str(each)] = (status.st_mode, status.st_mtime_ns, content)
    return found


@pytest.mark.parametrize("deep", [False, True])
def test_a_healthy_directory_gives_nothing_to_do_and_stays_as_it_is(
    directory: DataDirectory, deep: bool
) -> None:
    before = tree(directory.path)
    found = examine(directory.path, deep=deep)
    assert {each.severity for each in found} == {Severity.FINE}
    assert status(found) == 0
    assert tree(directory.path) == before


def test_an_open_directory_is_healthy_too(tmp_path: Path) -> None:
    from loaders.open_release import begin

    directory = initialise(tmp_path / "open", is_open=True)
    begin(directory)
    assert troubles(directory, deep=True) == []


def test_a_new_directory_says_what_to_do_first(tmp_path: Path) -> None:
    directory = initialise(tmp_path / "var")
    assert troubles(directory) == [
        Finding(WARNING, "", "There is no release yet. Run “gmkg load --all” and “gmkg publish”.")
    ]


def test_where_there_is_no_directory_that_is_the_fault(tmp_path: Path) -> None:
    assert examine(tmp_path) == [
        Finding(
            FAULT,
            "directory.json",
            f"{tmp_path} is no data directory yet: run “gmkg init” first.",
        )
    ]


def test_a_damaged_base_file_is_the_fault(directory: DataDirectory) -> None:
    path = directory.path / "directory.json"
    path.write_text("{")
    assert troubles(directory) == [Finding(FAULT, "directory.json", f"{path} is damaged.")]


@dataclass(frozen=True)
class Broken:
    """A directory that is to be broken, and the ids of its two releases."""

    directory: DataDirectory
    current: str
    older: str

    def release(self, name: str) -> Path:
        return self.directory.releases / name

    def manifest(self, name: str, change: Callable[[dict[str, Any]], object]) -> None:
        path = self.release(name) / "manifest.json"
        table = json.loads(path.read_text())
        change(table)
        path.write_text(json.dumps(table))

    def link(self, target: str) -> None:
        self.directory.current.unlink()
        self.directory.current.symlink_to(target)

    def staged(self, source: str) -> Path:
        found = staged_load(self.directory, source)
        assert found is not None
        return self.directory.staged / found.quads_name

    def snapshot(self, source: str) -> Path:
        found = staged_load(self.directory, source)
        assert found is not None
        return self.directory.snapshots / str(found.files[0]["sha256"])

    def issues(self, source: str) -> Path:
        found = staged_load(self.directory, source)
        assert found is not None
        return self.directory.staged / found.issues_name


def no_link(it: Broken) -> None:
    it.directory.current.unlink()


def folder_for_link(it: Broken) -> None:
    it.directory.current.unlink()
    it.directory.current.mkdir()


def without_rule(key: str) -> Callable[[Broken], None]:
    def change(it: Broken) -> None:
        it.manifest(it.current, lambda table: table["versions"].pop(key))

    return change


def count_more(it: Broken) -> None:
    def change(table: dict[str, Any]) -> None:
        table["counts"]["partner"]["quads"] += 1

    it.manifest(it.older, change)


def other_ontology(it: Broken) -> None:
    def change(table: dict[str, Any]) -> None:
        table["sources"]["ontology"]["sha256"] = "0" * 64

    it.manifest(it.current, change)


def replaced(path: Path) -> None:
    """Change a file and keep its size, as a failing disk does."""
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.unlink()
    path.write_bytes(content)


def endings(text: str) -> Callable[[Broken], None]:
    def write(it: Broken) -> None:
        path = it.directory.path / "endings.csv"
        path.write_text(f"iri,state,successor,reason\n{text}\n")

    return write


def left(name: str, *, folder: bool = False) -> Callable[[Broken], None]:
    def leave(it: Broken) -> None:
        path = it.directory.path / name
        path.mkdir() if folder else path.write_bytes(b"")

    return leave


def open_to_others(it: Broken) -> None:
    older = it.release(it.older)
    for folder in (it.directory.path, it.directory.releases, older, older / "internal"):
        folder.chmod(0o755)


def source_file(text: str) -> Callable[[Broken], None]:
    def write(it: Broken) -> None:
        (it.directory.sources / "inner" / "source.toml").write_text(text)

    return write


# How a directory is broken, and what is found then: how bad, where, and how the sentence begins.
# {current} and {older} are the releases.
CASES: dict[str, tuple[Callable[[Broken], object], list[tuple[Severity, str, str]]]] = {
    "the link is missing": (
        no_link,
        [
            (
                FAULT,
                "current",
                "There are releases and none is served. Run “gmkg rollback {current}”",
            )
        ],
    ),
    "a folder stands for the link": (
        folder_for_link,
        [
            (FAULT, "current", "This is to be a link and is none."),
        ],
    ),
    "the link is absolute": (
        lambda it: it.link(str(it.release(it.current))),
        [(FAULT, "current", "The link leads to /")],
    ),
    "the link leads nowhere": (
        lambda it: it.link("releases/20200101T000000Z-00000000"),
        [
            (
                FAULT,
                "current",
                "The link leads to releases/20200101T000000Z-00000000, which is not",
            ),
        ],
    ),
    "a manifest is damaged": (
        lambda it: (it.release(it.older) / "manifest.json").write_text("{"),
        [(FAULT, "releases/{older}/manifest.json", "The manifest is missing or damaged.")],
    ),
    "a manifest is missing": (
        lambda it: (it.release(it.older) / "manifest.json").unlink(),
        [(FAULT, "releases/{older}/manifest.json", "The manifest is missing or damaged.")],
    ),
    "a manifest is of another release": (
        lambda it: it.manifest(it.older, lambda table: table.update(id="other")),
        [(FAULT, "releases/{older}/manifest.json", "It is the manifest of other.")],
    ),
    "a release is of another base": (
        lambda it: it.manifest(it.older, lambda table: table.update(base="https://o.example/")),
        [
            (
                FAULT,
                "releases/{older}/manifest.json",
                "The release was made for the base https://o.e",
            )
        ],
    ),
    "a release is of an open directory": (
        lambda it: it.manifest(it.older, lambda table: table.update(open=True)),
        [(FAULT, "releases/{older}/manifest.json", "The release is of an open directory")],
    ),
    "a store is missing": (
        lambda it: shutil.rmtree(it.release(it.older) / "partner" / "store"),
        [(FAULT, "releases/{older}/partner/store", "There is no store here. Do not roll back")],
    ),
    "a store cannot be opened": (
        lambda it: (it.release(it.current) / "public" / "store" / "CURRENT").write_text("none\n"),
        [(FAULT, "releases/{current}/public/store", "The store cannot be opened (")],
    ),
    "a store holds something else than the manifest says": (
        count_more,
        [(FAULT, "releases/{older}/partner/store", "The store holds ")],
    ),
    "a staged file of a release is missing": (
        lambda it: (it.release(it.older) / "staged" / "councils.nq").unlink(),
        [(FAULT, "releases/{older}/staged/councils.nq", "The file is missing.")],
    ),
    "a projected file of a release is missing": (
        lambda it: (it.release(it.current) / "public" / "quads" / "councils.nq").unlink(),
        [
            (
                FAULT,
                "releases/{current}/public/quads/councils.nq",
                "The file is missing. Run “gmkg rollback {older}”",
            )
        ],
    ),
    "a ledger is missing": (
        lambda it: (it.release(it.older) / "public" / "ledger.nq").unlink(),
        [(FAULT, "releases/{older}/public/ledger.nq", "The file is missing.")],
    ),
    "the release was made by other allow-lists": (
        without_rule("allow-lists"),
        [(WARNING, "releases/{current}", "It was not made by today's allow-lists, so")],
    ),
    "the release was looked through by other rules": (
        without_rule("leak-scan"),
        [(WARNING, "releases/{current}", "It was not made by today's rules of the last look")],
    ),
    "the release was held against other shapes": (
        without_rule("shapes"),
        [(WARNING, "releases/{current}", "Its data were held against other shapes than today's.")],
    ),
    "the release holds another ontology": (
        other_ontology,
        [(WARNING, "releases/{current}", "It holds another version of the ontology")],
    ),
    "a staged load is damaged": (
        lambda it: (it.directory.staged / "vocab.json").write_text("{"),
        [(FAULT, "staged/vocab.json", "It does not tell of a load of vocab.")],
    ),
    "the quads of a staged load are missing": (
        lambda it: it.staged("councils").unlink(),
        [(FAULT, "staged/councils.*.nq", "The quads of the load are missing. Load the source cou")],
    ),
    "the quads of a staged load are not what was loaded": (
        lambda it: replaced(it.staged("councils")),
        [(FAULT, "staged/councils.*.nq", "The file is not what was loaded. Load the source counc")],
    ),
    "the issues of a staged load are missing": (
        lambda it: it.issues("inner").unlink(),
        [(FAULT, "staged/inner.*.issues.jsonl", "The issues of the load are missing.")],
    ),
    "a file that was loaded is not kept": (
        lambda it: it.snapshot("councils").unlink(),
        [
            (
                WARNING,
                "snapshots/*",
                "The file organisations.csv of the source councils is kept no longer",
            )
        ],
    ),
    "a load waits": (
        lambda it: load(it.directory, a_source("others"), "GB-LAE-DDD,Denton"),
        [(WARNING, "staged/others.json", "The source others was loaded on 20")],
    ),
    "a newer load of a published source waits": (
        lambda it: load(it.directory, a_source(), "GB-LAE-AAA,Ashton"),
        [(WARNING, "staged/councils.json", "The source councils was loaded on 20")],
    ),
    "a published source is no longer staged": (
        lambda it: unstage(it.directory, "councils"),
        [(FAULT, "staged", "The source councils is published and no longer staged")],
    ),
    "a declaration is no TOML": (
        source_file("title = "),
        [(FAULT, "sources/inner/source.toml", "")],
    ),
    "a folder declares nothing": (
        left("sources/empty", folder=True),
        [(WARNING, "sources/empty", "It declares nothing")],
    ),
    "the endings have other columns": (
        lambda it: (it.directory.path / "endings.csv").write_text("iri,why\n"),
        [(FAULT, "endings.csv", "endings.csv, row 1: the columns are")],
    ),
    "an ending is of an IRI that never was": (
        endings("id/organisation/GB-LAE-ZZZ,gone,,It closed."),
        [
            (
                WARNING,
                "endings.csv",
                "endings.csv, row 2: https://data.greatermanchester.example/id/",
            )
        ],
    ),
    "an ending is of what is still described": (
        endings("id/organisation/GB-LAE-AAA,gone,,It closed."),
        [
            (
                WARNING,
                "endings.csv",
                "endings.csv, row 2: https://data.greatermanchester.example/id/",
            )
        ],
    ),
    "an ending says current of what is gone": (
        endings("id/organisation/GB-LAE-CCC,current,,It is back."),
        [(WARNING, "endings.csv", "endings.csv, row 2: no source describes https://")],
    ),
    "others may read the log of writes": (
        lambda it: (it.directory.path / "audit.jsonl").chmod(0o644),
        [(FAULT, "audit.jsonl", "Others than its owner may read or write it (mode 0644).")],
    ),
    "a publish was killed": (
        left("releases/.building-20260101T000000Z-00000000", folder=True),
        [(WARNING, "releases/.building-20260101T000000Z-00000000", "A publish that was killed")],
    ),
    "a load was killed": (
        left("staged/.loading-abcdefgh", folder=True),
        [(WARNING, "staged/.loading-abcdefgh", "A load that was killed left this.")],
    ),
    "a file was being written": (
        left(".directory.json.partial"),
        [(WARNING, ".directory.json.partial", "A command that was killed left this file.")],
    ),
    "a staged file is named by no load": (
        left("staged/lost.0123456789abcdef.nq"),
        [(WARNING, "staged/lost.0123456789abcdef.nq", "No staged load names it.")],
    ),
    "a folder is missing": (
        lambda it: shutil.rmtree(it.directory.path / "sources"),
        [(FAULT, "sources", "The folder is missing.")],
    ),
    "others may enter the directory": (
        lambda it: it.directory.path.chmod(0o755),
        [(WARNING, "", "Others on this machine may enter the directory. Run “chmod -R o-rwx ")],
    ),
    "others may read what is for our own staff": (
        open_to_others,
        [
            (WARNING, "", "Others on this machine may enter the directory."),
            (FAULT, "releases/{older}/internal", "Others on this machine may read what is for int"),
        ],
    ),
}

DEEP: dict[str, tuple[Callable[[Broken], object], list[tuple[Severity, str, str]]]] = {
    "a staged file of a release is not what was published": (
        lambda it: replaced(it.release(it.older) / "staged" / "councils.nq"),
        [(FAULT, "releases/{older}/staged/councils.nq", "The file is not what was published")],
    ),
    "a projected file of a release is not what was published": (
        lambda it: replaced(it.release(it.current) / "internal" / "quads" / "inner.nq"),
        [(FAULT, "releases/{current}/internal/quads/inner.nq", "The file is not what was publish")],
    ),
    "a file that was loaded is not what arrived": (
        lambda it: replaced(it.snapshot("inner")),
        [
            (
                FAULT,
                "snapshots/*",
                "The file organisations.csv of the source inner is not what arrived.",
            )
        ],
    ),
}


def is_place(told: str, expected: str) -> bool:
    return Path(told).match(expected) if "*" in expected else told == expected


@pytest.mark.parametrize(
    ("name", "deep"), [*((name, False) for name in CASES), *((name, True) for name in DEEP)]
)
def test_each_fault_is_found_and_nothing_else(
    directory: DataDirectory, name: str, deep: bool
) -> None:
    newest, older = all_releases(directory)
    broken = Broken(directory, newest.id, older.id)
    damage, expected = (DEEP if deep else CASES)[name]
    damage(broken)
    before = tree(directory.path)
    found = troubles(directory, deep=deep)
    names = {"current": newest.id, "older": older.id}
    assert len(found) == len(expected), found
    for finding, (severity, place, beginning) in zip(found, expected, strict=True):
        assert finding.severity is severity
        assert is_place(finding.place, place.format(**names)), finding
        assert finding.sentence.startswith(beginning.format(**names)), finding
        assert finding.sentence.endswith("."), finding
    assert status(found) == (2 if FAULT in {each.severity for each in found} else 1)
    assert tree(directory.path) == before
    if deep:
        assert troubles(directory) == []


@pytest.mark.parametrize("name", ["", "releases", "staged", "snapshots", "sources", "lock"])
def test_what_we_may_not_write_is_a_fault(
    directory: DataDirectory, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut, access = directory.path / name, os.access

    def may(path: Path, mode: int) -> bool:
        return access(path, mode) and not (path == shut and mode & os.W_OK)

    monkeypatch.setattr(os, "access", may)
    [found] = troubles(directory)
    assert (found.severity, found.place) == (FAULT, name or str(directory.path))
    assert found.sentence.startswith("You may not write ")


def test_a_log_that_we_may_not_write_is_a_fault(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: path.name != "audit.jsonl" and access(path, mode)
    )
    assert troubles(directory) == [
        Finding(
            FAULT,
            "audit.jsonl",
            "You may not write it, so no write is taken. Give it to the user who serves.",
        )
    ]


def test_a_line_of_the_log_that_a_crash_cut_off_is_told_of_and_needs_nothing(
    directory: DataDirectory,
) -> None:
    with (directory.path / "audit.jsonl").open("a") as file:
        file.write('{"time": "2026')
    assert troubles(directory) == []
    told = [each.sentence for each in examine(directory.path) if each.place == "audit.jsonl"]
    assert told == [
        "Of line 2 only a part is there: a crash of the machine cut it off, and what it told of "
        "was not served."
    ]


def test_a_disk_that_the_next_publish_would_fill_is_a_warning(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(space, "free_bytes", lambda _: 1000)
    [found] = troubles(directory)
    assert (found.severity, found.place) == (WARNING, "")
    assert found.sentence.startswith("The next publish would likely fill the disk: it needs about ")
    assert " 1.0 kB are free where " in found.sentence


def test_what_a_writer_has_not_finished_is_not_left_over(directory: DataDirectory) -> None:
    (directory.releases / ".building-20260101T000000Z-00000000").mkdir()
    with directory.lock():
        assert troubles(directory) == []
    folder = directory.staged / ".loading-abcdefgh"
    folder.mkdir()
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        assert [each.place for each in troubles(directory)] == [
            "releases/.building-20260101T000000Z-00000000"
        ]


def test_a_line_that_is_for_what_waits_is_no_fault(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-DDD,Denton")
    endings("id/organisation/GB-LAE-AAA,gone,,It closed.")(
        Broken(directory, current(directory).id, "")
    )
    assert [each.place for each in troubles(directory)] == ["staged/councils.json"]
    publish(directory)
    assert troubles(directory) == []


def test_a_parent_that_was_collected_is_fine(directory: DataDirectory) -> None:
    newest, older = all_releases(directory)
    shutil.rmtree(older.path)
    assert troubles(directory, deep=True) == []
    assert Finding(
        Severity.FINE,
        f"releases/{newest.id}/manifest.json",
        f"Its parent {older.id} is kept no longer.",
    ) in examine(directory.path)


def test_a_check_that_cannot_look_is_a_fault_and_the_others_look(
    directory: DataDirectory,
) -> None:
    newest = current(directory)
    (newest.store_path(Audience.INTERNAL) / "CURRENT").write_text("none\n")
    (directory.path / "audit.jsonl").chmod(0o640)
    store, endings, audit = troubles(directory)
    assert (store.severity, store.place) == (FAULT, f"releases/{newest.id}/internal/store")
    assert (endings.severity, endings.place) == (FAULT, "")
    assert endings.sentence.startswith("This could not be looked at: ")
    assert (audit.severity, audit.place) == (FAULT, "audit.jsonl")
