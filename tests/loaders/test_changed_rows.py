"""A load of the rows that changed, held against a load of all rows."""

import io
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from loaders import pipeline, row_matching
from loaders.audience import Audience
from loaders.changed_rows import load_changed
from loaders.directory import DataDirectory, initialise
from loaders.earlier import Earlier
from loaders.formats import find_format
from loaders.identity import Minter
from loaders.issues import write_issue
from loaders.mappings import map_record
from loaders.pipeline import Loaded, load_source
from loaders.publish import publish
from loaders.quads import Quad
from loaders.records import Organisation
from loaders.release import current_release
from loaders.row_notes import notes_path
from loaders.source import Source, SourceFile
from tests.loaders.conftest import BASE
from tests.loaders.publishing import a_source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 13, tzinfo=UTC)
HEADER = "key,name,type,other-names,homepage,founded,administers,replaced-by\n"

CELLS = st.tuples(
    st.sampled_from(["Alder Council", "Birch Council", "Cedar Trust", " ", "Dale,Ltd"]),
    st.sampled_from(["MD", "charity", "no such type"]),
    st.sampled_from(["", "Alder", "Birch; Old Birch"]),
    st.sampled_from(["", "https://alder.example/", "not an address"]),
    st.sampled_from(["", "1974-04-01", "yesterday"]),
    st.sampled_from(["", "E08000001", "E08000001;E08000002"]),
    st.sampled_from(["", "GB-CHC-100001", "GB-CHC-100002"]),
)
ROWS = st.dictionaries(st.integers(100_001, 100_012), CELLS, max_size=10)


def content(rows: dict[int, tuple[str, ...]], order: list[int]) -> bytes:
    """The file of the rows, in an order; the same row may stand there twice."""
    table = [
        ",".join(f'"{cell}"' for cell in (f"GB-CHC-{key}", *rows[key]))
        for key in order
        if key in rows
    ]
    return (HEADER + "".join(f"{line}\n" for line in table)).encode()


@st.composite
def versions(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """Two versions of a file: rows come, go, change and move."""
    before = draw(ROWS)
    after = {key: cells for key, cells in before.items() if draw(st.integers(0, 5))} | draw(
        st.dictionaries(st.integers(100_001, 100_012), CELLS, max_size=3)
    )
    order = draw(st.permutations(sorted({*before, *after})))
    again = draw(st.lists(st.sampled_from(order), max_size=1)) if order else []
    shifted = draw(st.sampled_from([order, order[::-1], [*order, *again]]))
    return content(before, order), content(after, list(shifted))


def source() -> Source:
    given = SourceFile("given.csv", find_format("organisation-csv"), None, 0)
    made = a_source("given", Audience.PUBLIC)
    return Source(
        name=made.name,
        title=made.title,
        files=(given,),
        publisher=made.publisher,
        licence=made.licence,
        audience=made.audience,
    )


def load(directory: DataDirectory, file: bytes, *, dry_run: bool = False) -> Loaded:
    return load_source(
        directory, source(), {"given.csv": lambda: io.BytesIO(file)}, dry_run=dry_run
    )


def outcome(directory: DataDirectory, loaded: Loaded) -> tuple[object, ...]:
    quads = (directory.staged / loaded.load.quads_name).read_bytes()
    notes = notes_path(directory, "given", loaded.load.sha256)
    told = notes.read_text().split("\n") if notes.exists() else ["null"]
    summary = json.loads(told[0])
    rows = [sorted(line.split()) for line in told[1:]]
    issues = [write_issue(each) for each in loaded.issues]
    return loaded.load, quads, issues, summary, rows


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_now", lambda: LATER)


@settings(max_examples=60, deadline=None)
@given(versions(), st.sampled_from([1, 1000]))
def test_what_changed_comes_to_what_everything_comes_to(
    files: tuple[bytes, bytes], ahead: int
) -> None:
    fast, slow = (_twice(*files, with_notes=each, ahead=ahead) for each in (True, False))
    assert fast == slow


def _twice(before: bytes, after: bytes, *, with_notes: bool, ahead: int) -> tuple[object, ...]:
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_matching, "AHEAD", ahead)
        patch.setattr(pipeline, "_now", lambda: NOW)
        directory = initialise(Path(name, "data"), BASE)
        first = load(directory, before).load
        published = Path(name, "published.nq")  # as a release would have it
        published.write_bytes((directory.staged / first.quads_name).read_bytes())
        earlier = Earlier(published, NOW, None, first.sha256)
        patch.setattr(pipeline, "find_earlier", lambda *_: earlier)
        patch.setattr(pipeline, "_now", lambda: LATER)
        if not with_notes:
            notes_path(directory, "given", first.sha256).unlink(missing_ok=True)
        ways: list[bool] = []
        patch.setattr(pipeline, "load_changed", _noting(ways))
        made = outcome(directory, load(directory, after))
        event(f"taken over: {ways[0]}")
        return made


def _noting(ways: list[bool]) -> Callable[..., object]:
    def told(*given: Any) -> object:
        made = load_changed(*given)
        ways.append(made is not None)
        return made

    return told


def test_mapped_are_the_rows_that_changed_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = initialise(tmp_path / "data", BASE)
    rows = {key: ("Alder Council", "MD", *[""] * 5) for key in range(100_001, 100_201)}
    load(directory, content(rows, sorted(rows)))
    publish(directory)
    mapped = _mapped(monkeypatch)
    rows[100_007] = ("Birch Council", *rows[100_007][1:])
    del rows[100_100]
    load(directory, content(rows, sorted(rows)))
    assert mapped == ["GB-CHC-100007"]


def _mapped(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the organisations that are mapped from now on."""
    keys: list[str] = []

    def noted(record: Organisation, mint: Minter, source: str) -> Iterable[Quad]:
        keys.append(record.key)
        return map_record(record, mint, source)

    monkeypatch.setattr("loaders.loading.map_record", noted)
    return keys


def test_nothing_is_taken_over_from_a_file_that_was_damaged(tmp_path: Path) -> None:
    directory = initialise(tmp_path / "data", BASE)
    rows = {key: ("Alder Council", "MD", *[""] * 5) for key in range(100_001, 100_021)}
    file = content(rows, sorted(rows))
    load(directory, file)
    publish(directory)
    release = current_release(directory)
    assert release is not None
    staged = release.staged_path("given")
    staged.write_bytes(staged.read_bytes().replace(b"Alder", b"Elder"))
    rows[100_007] = ("Birch Council", *rows[100_007][1:])
    loaded = load(directory, content(rows, sorted(rows)))
    assert b"Elder" not in (directory.staged / loaded.load.quads_name).read_bytes()


def test_notes_go_with_the_load_that_is_taken_back(tmp_path: Path) -> None:
    directory = initialise(tmp_path / "data", BASE)
    rows = {100_001: ("Alder Council", "MD", *[""] * 5)}
    loaded = load(directory, content(rows, sorted(rows)))
    assert notes_path(directory, "given", loaded.load.sha256).exists()
    publish(directory)
    publish(directory, withdraw=["given"])
    assert not list(directory.staged.glob("given*"))
