"""A staged load is replaced as one: its file of quads and its issues come and go with it."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from loaders.audience import Audience
from loaders.directory import DataDirectory
from loaders.errors import DirectoryError
from loaders.issues import Effect, Issue, write_issue
from loaders.staging import (
    Counts,
    StagedLoad,
    digest,
    open_staged,
    stage,
    stage_lines,
    staged_load,
    staged_loads,
    unstage,
    verify,
    write_quads,
)

ISSUE = Issue("given", "a.csv", 2, "code", "É", "bad-code", Effect.LEFT_OUT, "It is none.")


def a_load(lines: list[bytes], source: str = "given", inputs: str = "1" * 64) -> StagedLoad:
    return StagedLoad(
        source=source,
        title="Ein “Register” – café",
        audience=Audience.PARTNER,
        inputs=inputs,
        started="2025-02-03T10:15:00+00:00",
        ended="2025-02-03T10:16:00+00:00",
        sha256=digest(b"".join(lines)),
        quads=len(lines),
        counts=Counts(9, 7, 2, 3),
        issues_by_rule={"bad-code": 2},
        files=({"name": "a.csv", "sha256": "0" * 64, "bytes": 7},),
    )


def put(
    directory: DataDirectory, load: StagedLoad, lines: list[bytes], issues: Iterable[Issue] = ()
) -> None:
    """Stage lines that lie in a file of the directory's, as a load's do."""
    quads = directory.staged / "quads.nq"
    assert write_quads(quads, iter(lines)) == (load.sha256, load.quads)
    stage(directory, load, quads, iter(issues))


def names(directory: DataDirectory) -> set[str]:
    return {path.name for path in directory.staged.iterdir()}


def test_nothing_is_staged_at_first(directory: DataDirectory) -> None:
    assert staged_load(directory, "given") is None
    assert staged_loads(directory) == []


def test_a_load_comes_back_as_it_was_staged(directory: DataDirectory) -> None:
    lines = [b"<http://a/> <http://a/> <http://a/> <http://a/> .\n"]
    load = a_load(lines)
    put(directory, load, lines, [ISSUE, ISSUE])
    assert staged_load(directory, "given") == load
    assert staged_loads(directory) == [load]
    assert (directory.staged / load.quads_name).read_bytes() == lines[0]
    assert (directory.staged / load.issues_name).read_text() == write_issue(ISSUE) * 2
    assert names(directory) == {"given.json", load.quads_name, load.issues_name}


def test_a_digest_is_sha_256_in_hexadecimal() -> None:
    # The example of FIPS 180-4 for the message “abc”.
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_new_load_leaves_no_file_of_the_old_one(directory: DataDirectory) -> None:
    old, new = [b"a\n"], [b"b\n"]
    put(directory, a_load(old), old)
    load = a_load(new, inputs="2" * 64)
    put(directory, load, new)
    assert names(directory) == {"given.json", load.quads_name, load.issues_name}
    assert staged_load(directory, "given") == load


def test_a_load_of_the_same_quads_from_other_bytes_keeps_them(directory: DataDirectory) -> None:
    lines = [b"a\n"]
    put(directory, a_load(lines), lines)
    load = a_load(lines, inputs="2" * 64)
    put(directory, load, lines, [ISSUE])
    assert names(directory) == {"given.json", load.quads_name, load.issues_name}
    assert (directory.staged / load.quads_name).read_bytes() == b"a\n"


def test_a_load_leaves_those_of_other_sources_alone(directory: DataDirectory) -> None:
    lines = [b"a\n"]
    for source in ("given", "given-too", "given-2"):
        put(directory, a_load(lines, source), lines)
    put(directory, a_load([b"b\n"], inputs="2" * 64), [b"b\n"])
    assert [load.source for load in staged_loads(directory)] == ["given", "given-2", "given-too"]
    for load in staged_loads(directory):
        assert (directory.staged / load.quads_name).exists()
        assert (directory.staged / load.issues_name).exists()


def test_a_load_cut_short_before_its_last_file_is_not_staged(directory: DataDirectory) -> None:
    lines = [b"a\n"]
    load = a_load(lines)
    put(directory, load, lines)
    other = a_load([b"b\n"], inputs="2" * 64)
    # What a writer killed in the middle leaves: new content, and the description half written.
    (directory.staged / other.quads_name).write_bytes(b"b\n")
    (directory.staged / ".given.json.partial").write_bytes(b'{"source": "gi')
    assert staged_loads(directory) == [load]
    put(directory, load, lines)
    assert other.quads_name not in names(directory)


def test_the_files_of_a_load_are_named_by_their_content() -> None:
    load = a_load([b"a\n"])
    assert load.quads_name == f"given.{digest(b'a' + bytes([10]))[:16]}.nq"
    assert load.issues_name == "given.1111111111111111.issues.jsonl"
    assert replace(load, inputs="2" * 64).quads_name == load.quads_name


@pytest.mark.parametrize("count", [0, 1, 9_999, 10_000, 10_001, 20_000])
def test_lines_are_written_whole_with_their_digest_and_number(tmp_path: Path, count: int) -> None:
    lines = [b"%05d\n" % number for number in range(count)]
    written = tmp_path / "a.nq"
    assert write_quads(written, iter(lines)) == (digest(b"".join(lines)), count)
    assert written.read_bytes() == b"".join(lines)


def test_lines_that_lie_in_memory_are_staged_too(directory: DataDirectory) -> None:
    lines = [b"a\n", b"b\n"]
    load = a_load(lines)
    stage_lines(directory, load, lines)
    assert staged_load(directory, "given") == load
    assert names(directory) == {"given.json", load.quads_name, load.issues_name}
    assert (directory.staged / load.issues_name).read_bytes() == b""
    verify(directory, load)


def test_a_staged_file_that_was_changed_is_told_from_what_was_loaded(
    directory: DataDirectory,
) -> None:
    load = a_load([b"a\n"])
    put(directory, load, [b"a\n"])
    verify(directory, load)
    (directory.staged / load.quads_name).write_bytes(b"b\n")
    with pytest.raises(DirectoryError, match="is not what was loaded: load the source given again"):
        verify(directory, load)


def test_what_is_read_of_a_staged_load_outlasts_its_replacement(directory: DataDirectory) -> None:
    old, new = a_load([b"a\n"]), a_load([b"b\n"], inputs="2" * 64)
    put(directory, old, [b"a\n"])
    with open_staged(directory, old) as file:
        put(directory, new, [b"b\n"])
        assert file.read() == b"a\n"
    with pytest.raises(DirectoryError, match="the source given was loaded meanwhile"):  # noqa: SIM117
        with open_staged(directory, old):
            pass


def test_a_load_that_is_taken_back_leaves_nothing(directory: DataDirectory) -> None:
    put(directory, a_load([b"a\n"]), [b"a\n"])
    put(directory, a_load([b"a\n"], "other"), [b"a\n"])
    assert unstage(directory, "given")
    assert [load.source for load in staged_loads(directory)] == ["other"]
    assert len(names(directory)) == 3
    assert not unstage(directory, "given")
