"""What a release says that it changed, for each audience."""

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

import ontology
from loaders.audience import Audience
from loaders.difference import find_difference, merged
from loaders.directory import DataDirectory, initialise
from loaders.history import ADDED, FILES, REMOVED, SUMMARY, THINGS, write_changes
from loaders.publish import publish
from loaders.release import Manifest, Release
from loaders.store_build import build_store
from tests.loaders.publishing import BASE, store_of, write
from tests.loaders.staged_turtle import stage_turtle

SETS_GRAPH = f"{BASE}graph/sets"


def lines(release: Release, name: str, audience: Audience = Audience.PUBLIC) -> list[bytes]:
    return (release.path / audience / name).read_bytes().splitlines(keepends=True)


def things(release: Release, audience: Audience = Audience.PUBLIC) -> dict[str, str]:
    """What became of each thing, by its key."""
    found = {}
    for line in lines(release, THINGS, audience):
        iri, state, *_ = line.decode().split()
        found[iri[1:-1].removeprefix(f"{BASE}id/dataset/")] = state
    return found


TYPED = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LINES = [
    f"<{BASE}id/body/{thing}> {TYPED if typed else '<urn:p>'} <urn:{value}> "
    f"<{BASE}graph/{graph}> .\n".encode()
    for thing in "abc"
    for typed in (True, False)
    for value in "uv"
    for graph in "xy"
]
SETS = st.dictionaries(
    st.sampled_from("xyz"), st.frozensets(st.sampled_from(LINES), min_size=1), max_size=3
)


def made(folder: Path, name: str, files: dict[str, frozenset[bytes]]) -> tuple[Release, set[bytes]]:
    """A release of these files for every audience, and its lines."""
    release = Release(folder / name, Manifest(name, None, BASE, "2026-01-01T00:00:00Z", "a test"))
    paths = [write(folder / f"{name}-{key}.nq", each) for key, each in files.items()]
    for audience in Audience:
        build_store(release.store_path(audience), paths, ())
        (release.path / audience / "ledger.nq").write_bytes(b"")
    return release, set(merged(paths))


@settings(max_examples=6, deadline=None)
@given(SETS, SETS)
def test_what_changed_applied_to_the_parent_gives_the_release(
    old: dict[str, frozenset[bytes]], new: dict[str, frozenset[bytes]]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        before, parent_lines = made(folder, "before", old)
        after, release_lines = made(folder, "after", new)
        difference = find_difference(
            {f"{key}:old": folder / f"before-{key}.nq" for key in old},
            {f"{key}:new": folder / f"after-{key}.nq" for key in new},
        )
        write_changes(after, before, dict.fromkeys(Audience, difference))
        for audience in Audience:
            added, removed = lines(after, ADDED, audience), lines(after, REMOVED, audience)
            assert (added, removed) == (sorted(added), sorted(removed))
            applied = (parent_lines - set(removed)) | set(added)
            assert applied == release_lines
            assert set(removed) <= parent_lines
            assert not set(added) & parent_lines
            rebuilt = folder / f"rebuilt-{audience}"
            build_store(rebuilt, [write(folder / f"{audience}.nq", applied)], ())
            assert {str(quad) for quad in Store.read_only(str(rebuilt))} == {
                str(quad) for quad in store_of(after, audience)
            }
            described = [
                {line.split(b" ")[0] for line in each if TYPED.encode() in line}
                for each in (parent_lines, release_lines)
            ]
            told = {line.split(b" ")[0]: line.split()[1] for line in lines(after, THINGS, audience)}
            touched = {line.split(b" ")[0] for line in (*added, *removed)}
            assert told == {
                thing: b"new"
                if thing not in described[0]
                else b"changed"
                if thing in described[1]
                else b"gone"
                for thing in touched & (described[0] | described[1])
            }


ONE = '<id/dataset/one> a dcat:Dataset ; dct:title "One" ; dcat:contactPoint <{part}> .'
PART = '<{part}> a vcard:Organization ; vcard:fn "{name}" .'
OTHER = '<id/dataset/other> a dcat:Dataset ; dct:title "Other" .'
IN_ONE = f"{BASE}.well-known/genid/sets/dataset/one/contact"


def one(name: str) -> str:
    return (ONE + PART).format(part=IN_ONE, name=name)


def steward_says(directory: DataDirectory, *keys: str) -> None:
    """Have the steward say of datasets that they are gone."""
    rows = (f"{BASE}id/dataset/{key},gone,,It was made up.\n" for key in keys)
    (directory.path / "endings.csv").write_text("iri,state,successor,reason\n" + "".join(rows))


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataDirectory:
    monkeypatch.setattr("loaders.check.validate", lambda *_: [])
    made = initialise(tmp_path / "var")
    stage_turtle(made, "sets", one("Team A") + OTHER)
    publish(made)
    return made


def test_the_first_release_says_nothing_of_what_it_changed(directory: DataDirectory) -> None:
    release = publish(directory).release
    assert not [
        name for name in FILES for each in Audience if (release.path / each / name).exists()
    ]


def test_each_thing_is_told_with_its_parts_and_counted(directory: DataDirectory) -> None:
    stage_turtle(
        directory, "sets", one("Team B") + '<id/dataset/new> a dcat:Dataset ; dct:title "New" .'
    )
    steward_says(directory, "other")
    release = publish(directory).release
    assert things(release) == {"one": "changed", "other": "gone", "new": "new"}
    assert f"<{BASE}id/dataset/one> changed {IN_ONE}\n".encode() in lines(release, THINGS)
    summary = json.loads((release.path / "public" / SUMMARY).read_text())
    assert summary["things"] == {"new": 1, "changed": 1, "gone": 1}
    assert summary["classes"]["http://www.w3.org/ns/dcat#Dataset"] == {
        "new": 1,
        "changed": 1,
        "gone": 1,
    }
    assert summary["graphs"][SETS_GRAPH] == {"added": 3, "removed": 3}
    told = [line for line in lines(release, REMOVED) if f"<{SETS_GRAPH}>".encode() in line]
    assert len(told) == 3
    assert sum(b'"Team A"' in line for line in told) == 1


def test_what_only_moves_to_another_row_changes_no_thing(directory: DataDirectory) -> None:
    row = "<id/dataset/one> prov:wasDerivedFrom <urn:file#row=2> ."
    stage_turtle(directory, "provenance", row)
    stage_turtle(
        directory, "sets", one("Team A") + OTHER + "<id/dataset/one> dct:subject <urn:x> ."
    )
    publish(directory)
    stage_turtle(directory, "provenance", row.replace("2", "3"))
    assert things(publish(directory).release) == {}


def hide_by_visible_to(directory: DataDirectory, _: pytest.MonkeyPatch) -> None:
    marked = "<id/dataset/one> gm:visibleTo audience:internal ."
    stage_turtle(directory, "sets", one("Team B") + OTHER + marked)


def hide_by_source(directory: DataDirectory, _: pytest.MonkeyPatch) -> None:
    stage_turtle(directory, "sets", one("Team B") + OTHER, Audience.INTERNAL)


def hide_by_lists(directory: DataDirectory, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = ontology.allow_lists() + b"\n# Another list.\n"
    monkeypatch.setattr(ontology, "allow_lists", lambda: changed)
    stage_turtle(directory, "sets", one("Team B") + OTHER)


@pytest.mark.parametrize("hide", [hide_by_visible_to, hide_by_source, hide_by_lists])
def test_what_an_audience_may_see_no_longer_is_not_told_to_it_as_removed(
    directory: DataDirectory,
    hide: Callable[[DataDirectory, pytest.MonkeyPatch], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hide(directory, monkeypatch)
    release = publish(directory).release
    for audience in (Audience.PUBLIC, Audience.PARTNER):
        told = [release.path / audience / name for name in FILES]
        content = b"".join(path.read_bytes() for path in told if path.exists())
        assert b"Team A" not in content
        assert b"dataset/one" not in content
    assert any(b"Team A" in line for line in lines(release, REMOVED, Audience.INTERNAL))
    assert things(release, Audience.INTERNAL)["one"] == "changed"
