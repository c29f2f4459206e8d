"""IRIs that only a release had which was rolled back: they stay in the ledger."""

from pathlib import Path

import pytest

from loaders.audience import Audience
from loaders.directory import DataDirectory, initialise
from loaders.endings import State
from loaders.errors import EndingsError
from loaders.identity import Minter
from loaders.ledger import Entry, Ledger, read_ledger
from loaders.publish import publish
from loaders.release import Release, current_release, find_release
from loaders.rollback import roll_back
from tests.loaders.publishing import BASE, assert_sound
from tests.loaders.staged_turtle import stage_turtle

ONE = '<id/dataset/one> a dcat:Dataset ; dct:title "One" .\n'
TWO = '<id/dataset/two> a dcat:Dataset ; dct:title "Two" .\n'
STAFF = '<id/dataset/staff> a dcat:Dataset ; dct:title "Staff" .\n'
IRI = f"{BASE}id/dataset/two"
STAFF_IRI = f"{BASE}id/dataset/staff"


def ledger(release: Release, audience: Audience) -> Ledger:
    graph = Minter(BASE).graph("provenance")
    return read_ledger(release.ledger_path(audience), BASE, graph)


def published(directory: DataDirectory, turtle: str) -> Release:
    stage_turtle(directory, "sets", turtle)
    release = publish(directory).release
    assert_sound(release)
    return release


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataDirectory:
    """One, then one and two and what is for staff; and the first is served again."""
    monkeypatch.setattr("loaders.check.validate", lambda *_: [])
    made = initialise(tmp_path / "var")
    first = published(made, ONE)
    stage_turtle(made, "inside", STAFF, Audience.INTERNAL)
    published(made, ONE + TWO)
    roll_back(made, first.id)
    return made


def publish_without(directory: DataDirectory, more: str = "") -> Release:
    stage_turtle(directory, "sets", ONE + '<id/dataset/one> dct:description "More" .\n' + more)
    stage_turtle(directory, "inside", "<id/dataset/one> dct:subject <urn:x> .", Audience.INTERNAL)
    release = publish(directory).release
    assert_sound(release)
    return release


def test_what_only_a_release_had_that_was_taken_back_is_gone_and_nameless(
    directory: DataDirectory,
) -> None:
    newest = max(each.name for each in directory.releases.iterdir())
    before = find_release(directory, newest)
    release = publish_without(directory)
    for audience in Audience:
        known = ledger(release, audience)
        entry = known.entry(IRI)
        assert entry.ending.state is State.GONE
        assert entry.ending.reason == "The release that it was published in was taken back."
        assert entry.label is None
        assert entry.types == ("http://www.w3.org/ns/dcat#Dataset",)
        assert entry.issued == ledger(before, audience).entry(IRI).issued
        assert (STAFF_IRI in known.withdrawn) == (audience is Audience.INTERNAL)
        assert (STAFF_IRI in known.issued) == (audience is Audience.INTERNAL)


def test_what_is_published_again_is_current_since_it_first_was(directory: DataDirectory) -> None:
    newest = max(each.name for each in directory.releases.iterdir())
    before = find_release(directory, newest)
    release = publish_without(directory, TWO)
    for audience in Audience:
        assert ledger(release, audience).entry(IRI) == Entry(
            IRI,
            ledger(before, audience).entry(IRI).ending,
            ledger(before, audience).entry(IRI).issued,
        )


def test_its_key_is_not_used_for_a_thing_of_another_type(directory: DataDirectory) -> None:
    publish_without(directory)
    stage_turtle(
        directory, "sets", ONE + '<id/dataset/two> a dcat:DataService ; dct:title "Another" .\n'
    )
    with pytest.raises(EndingsError, match="would now mean"):
        publish(directory)
    stage_turtle(directory, "sets", ONE + TWO)
    release = publish(directory).release
    assert ledger(release, Audience.PUBLIC).entry(IRI).ending.state is State.CURRENT


def test_what_was_taken_back_and_is_for_staff_alone_now_leaves_no_trace(
    directory: DataDirectory,
) -> None:
    stage_turtle(directory, "sets", ONE)
    stage_turtle(directory, "inside", STAFF + TWO, Audience.INTERNAL)
    release = publish(directory).release
    assert_sound(release)
    for audience in (Audience.PUBLIC, Audience.PARTNER):
        assert IRI.encode() not in release.ledger_path(audience).read_bytes()
    assert ledger(release, Audience.INTERNAL).entry(IRI).ending.state is State.CURRENT


def test_a_steward_may_say_how_it_ended(directory: DataDirectory) -> None:
    row = f"iri,state,successor,reason\n{IRI},merged,{BASE}id/dataset/one,It is in One.\n"
    (directory.path / "endings.csv").write_text(row)
    release = publish_without(directory)
    entry = ledger(release, Audience.PUBLIC).entry(IRI)
    assert (entry.ending.state, entry.ending.reason) == (State.MERGED, "It is in One.")


def test_it_is_kept_when_the_release_is_collected(directory: DataDirectory) -> None:
    publish_without(directory)
    stage_turtle(directory, "sets", ONE + '<id/dataset/one> dct:description "Less" .\n')
    publish(directory, keep=1)
    kept = current_release(directory)
    assert kept is not None
    assert [each.name for each in directory.releases.iterdir()] == [kept.id]
    assert ledger(kept, Audience.PUBLIC).entry(IRI).ending.state is State.GONE
