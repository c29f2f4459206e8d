"""A publish that would fill the disk is not begun, and one that does fill it changes nothing."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from loaders import publish as publishing
from loaders import release_making, space
from loaders.audience import Audience
from loaders.cli import COMMANDS
from loaders.directory import DataDirectory, initialise
from loaders.errors import SpaceError
from loaders.full_disk import is_full_disk, size
from loaders.publish import publish
from loaders.space import room_for
from loaders.staging import staged_loads
from tests.loaders.publishing import BASE, a_source, assert_sound, current, load, may_end, names

MANY = [f"GB-LAE-X{n:04},Council number {n} of Exampleton" for n in range(2000)]
COMMAND = {each.name: each for each in COMMANDS}["publish"]


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    made = initialise(tmp_path / "var", BASE)
    may_end(made, "councils")
    return made


def files_of(directory: DataDirectory) -> space.Files:
    return [(each, directory.staged / each.quads_name) for each in staged_loads(directory)]


def bytes_of(folder: Path) -> int:
    """The bytes of all files in a folder, each counted once however many names it has."""
    found: dict[int, int] = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            found[path.stat().st_ino] = path.stat().st_blocks * 512
    return sum(found.values())


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.INTERNAL])
def test_the_estimate_is_above_what_a_release_took_and_not_far_above(
    directory: DataDirectory, audience: Audience
) -> None:
    publish(directory)  # of what the service says itself
    load(directory, a_source(audience=audience), *MANY)
    room = room_for(directory, current(directory), files_of(directory))
    before = bytes_of(directory.path)
    publish(directory)
    took = bytes_of(directory.path) - before
    assert took < room.needed < 8 * took


def test_a_small_change_needs_less_than_a_new_store(directory: DataDirectory) -> None:
    load(directory, a_source(), *MANY)
    publish(directory)
    load(directory, a_source("others"), "GB-LAE-AAA,Aston")
    files, parent = files_of(directory), current(directory)
    little = room_for(directory, parent, files).needed
    whole = room_for(directory, parent, files, anew=True).needed
    assert 2 * little < whole
    assert whole == room_for(directory, parent, files, anew=True).needed
    assert whole <= room_for(directory, None, files).needed
    before = bytes_of(directory.path)
    publish(directory)
    assert bytes_of(directory.path) - before < little


def test_where_room_is_short_the_lines_that_changed_are_counted(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(directory, a_source(), *MANY)
    publish(directory)
    load(directory, a_source(), *MANY[:-1], "GB-LAE-X1999,Council of Elsewhere")
    files, parent = files_of(directory), current(directory)
    whole = room_for(directory, parent, files)
    monkeypatch.setattr(space, "free_bytes", lambda _: whole.needed // 2)
    assert 2 * room_for(directory, parent, files).needed < whole.needed
    assert room_for(directory, parent, files).is_enough
    load(
        directory,
        a_source(),
        *(f"GB-LAE-Y{n:04},Council number {n} of Exampleton" for n in range(2000)),
    )
    assert not room_for(directory, parent, files_of(directory)).is_enough


def test_a_publish_that_would_fill_the_disk_is_not_begun(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    first = publish(directory).release
    load(directory, a_source(), "GB-LAE-AAA,Aston", "GB-LAE-BBB,Barton")
    monkeypatch.setattr(space, "free_bytes", lambda _: 12_345)
    monkeypatch.setattr(publishing, "make_release", lambda *_: pytest.fail("it was begun"))
    with pytest.raises(SpaceError) as refused:
        publish(directory)
    needed = room_for(directory, first, files_of(directory)).needed
    assert str(refused.value) == (
        "nothing is published, because the release would likely fill the disk: it needs about "
        f"{size(needed)} by the size of what is staged, and 12.3 kB are free where "
        f"{directory.releases} lies. Make room there, or publish with --ignore-space if you know "
        "that it needs less."
    )
    assert current(directory).id == first.id
    told = CliRunner().invoke(COMMAND, ["--data", str(directory.path)])
    assert (told.exit_code, told.stdout) == (1, "")


def test_who_knows_better_publishes_all_the_same(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(space, "free_bytes", lambda _: 0)
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    told = CliRunner().invoke(COMMAND, ["--data", str(directory.path), "--ignore-space"])
    assert told.exit_code == 0, told.stderr
    assert told.stdout.strip() == current(directory).id


def test_where_nothing_changed_no_room_is_asked_for(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    first = publish(directory).release
    monkeypatch.setattr(space, "free_bytes", lambda _: 0)
    assert publish(directory).release.id == first.id


def test_an_open_directory_is_looked_at_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loaders.open_load import load_rdf
    from loaders.open_release import begin

    directory = initialise(tmp_path / "open", BASE, is_open=True)
    begin(directory)
    given = tmp_path / "given.nt"
    given.write_text("<http://a.example/> <http://b.example/> <http://c.example/> .\n")
    load_rdf(directory, "given", [given])
    monkeypatch.setattr(space, "free_bytes", lambda _: 0)
    first = current(directory)
    with pytest.raises(SpaceError):
        publish(directory)
    assert current(directory).id == first.id
    assert [each.source for each in staged_loads(directory)] == ["given"]
    assert publish(directory, is_room_checked=False).release.id != first.id


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/var/data/file")


def engine_full(*_: object, **__: object) -> None:
    raise OSError("IO error: No space left on device: While appending to file")


@pytest.mark.parametrize("fails", [full, engine_full])
@pytest.mark.parametrize(
    "step", ["make_audience_files", "build_audience", "make_index", "write_changes"]
)
def test_a_disk_that_fills_up_leaves_the_release_that_was_served(
    directory: DataDirectory,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    fails: Callable[..., None],
) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    first = publish(directory).release
    load(directory, a_source(), "GB-LAE-AAA,Aston", "GB-LAE-BBB,Barton")
    staged = {path.name for path in directory.staged.iterdir()}
    with monkeypatch.context() as patch:
        patch.setattr(release_making, step, fails)
        told = CliRunner().invoke(COMMAND, ["--data", str(directory.path)])
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.startswith("gmkg: the disk is full")
    assert "what is served stay as they were" in told.stderr
    assert [path.name for path in directory.releases.iterdir()] == [first.id]
    assert {path.name for path in directory.staged.iterdir()} == staged
    assert current(directory).id == first.id
    assert_sound(first)
    assert names(publish(directory).release) == {"Aston", "Barton"}


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (OSError(errno.EACCES, "Permission denied"), False),
        (OSError("IO error: No space left on device"), True),
    ],
)
def test_what_is_a_full_disk(error: OSError, told: bool) -> None:
    assert is_full_disk(error) is told


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1.0 kB"),
        (12_345, "12.3 kB"),
        (512_000_000, "512 MB"),
        (2_500_000_000_000, "2.5 TB"),
    ],
)
def test_sizes_are_told_as_people_read_them(count: int, told: str) -> None:
    assert size(count) == told
