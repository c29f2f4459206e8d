"""What is hidden leaves no trace, what is withdrawn a name, until that is forgotten too."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode

from loaders.audience import Audience
from loaders.directory import DataDirectory, initialise
from loaders.errors import DirectoryError, ReleaseError
from loaders.publish import publish
from loaders.release import Release, all_releases
from loaders.release_commands import forget, rollback
from loaders.rollback import roll_back
from ontology.vocab import DCT
from tests.loaders.publishing import a_source, assert_sound, current, load, may_end, store_of
from tests.loaders.staged_turtle import BASE, stage_turtle
from tests.loaders.test_audiences import is_anywhere

MANY = [f"GB-LAE-X{n:02},Council {n}" for n in range(40)]
THING = '<id/dataset/xqkey> a dcat:Dataset ; dct:title "xqname" .'
OLDER = (
    '<id/dataset/older> a dcat:Dataset ; dct:title "Older" ; dct:isReplacedBy <id/dataset/xqkey> .'
)
IRI = f"{BASE}id/dataset/xqkey"


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataDirectory:
    monkeypatch.setattr("loaders.check.validate", lambda *_: [])
    made = initialise(tmp_path / "var")
    may_end(made, "many", "sets", "inner")
    load(made, a_source("many"), *MANY)
    stage_turtle(made, "sets", THING + OLDER)
    publish(made)
    return made


def traces(release: Release, audience: Audience) -> list[str]:
    """What an audience's files and store have of the thing: its key, its name."""
    assert_sound(release)
    return [each for each in ("xqkey", "xqname") if is_anywhere(each, release, audience)]


@pytest.mark.parametrize("way", ["visibleTo", "source", "inner source", "lists"])
def test_what_is_hidden_leaves_no_trace(
    directory: DataDirectory, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "visibleTo":
        stage_turtle(directory, "sets", THING + OLDER + f"<{IRI}> gm:visibleTo audience:internal .")
    elif way == "source":
        stage_turtle(directory, "sets", THING + OLDER, Audience.INTERNAL)
    elif way == "inner source":
        stage_turtle(directory, "sets", OLDER)
        stage_turtle(directory, "inner", THING, Audience.INTERNAL)
    else:
        import ontology

        lists = ontology.allow_lists()
        begin = lists.index(b'["dcat:Dataset"]')
        changed = lists[:begin] + lists[begin:].replace(b"\npublic =", b"\npartner =", 1)
        monkeypatch.setattr(ontology, "allow_lists", lambda: changed)
    release = publish(directory).release
    assert traces(release, Audience.PUBLIC) == []
    assert traces(release, Audience.INTERNAL) == ["xqkey", "xqname"]
    load(directory, a_source("many"), *MANY[1:])
    assert traces(publish(directory).release, Audience.PUBLIC) == []
    stage_turtle(directory, "inner", "<id/dataset/x> a dcat:Dataset .", Audience.INTERNAL)
    stage_turtle(directory, "sets", OLDER.replace(" ; dct:isReplacedBy <id/dataset/xqkey>", ""))
    release = publish(directory).release
    assert traces(release, Audience.PUBLIC) == []
    assert "xqkey" in traces(release, Audience.INTERNAL)


def test_what_was_withdrawn_and_comes_back_inside_loses_its_trace(directory: DataDirectory) -> None:
    stage_turtle(directory, "sets", "<id/dataset/x> a dcat:Dataset .")
    assert traces(publish(directory).release, Audience.PUBLIC) == ["xqkey", "xqname"]
    stage_turtle(directory, "inner", THING, Audience.INTERNAL)
    assert traces(publish(directory).release, Audience.PUBLIC) == []
    stage_turtle(directory, "inner", THING, Audience.PUBLIC)
    assert traces(publish(directory).release, Audience.PUBLIC) == ["xqkey", "xqname"]


def statements(release: Release, audience: Audience) -> set[str]:
    """The properties that an audience is told of the thing."""
    quads = store_of(release, audience).quads_for_pattern(NamedNode(IRI), None, None, None)
    return {each.predicate.value.rpartition("#")[2].rpartition("/")[2] for each in quads}


def test_the_name_of_what_was_withdrawn_can_be_forgotten(directory: DataDirectory) -> None:
    with pytest.raises(DirectoryError, match="not among what was withdrawn"):
        publish(directory, forget=[IRI])
    stage_turtle(directory, "sets", "<id/dataset/x> a dcat:Dataset .")
    before = publish(directory).release
    for audience in Audience:
        told = {"invalidatedAtTime", "status", "changeNote", "prefLabel", "type"}
        assert statements(before, audience) == told
    called = CliRunner().invoke(forget, [IRI, "--data", str(directory.path)])
    assert (called.exit_code, called.stdout) == (0, f"{current(directory).id}\n")
    load(directory, a_source("many"), *MANY[1:])
    for release in (current(directory), publish(directory).release):
        assert release.id != before.id
        assert not any(is_anywhere("xqname", release, each) for each in Audience)
        for audience in Audience:
            assert statements(release, audience) == {"invalidatedAtTime", "status"}
        assert_sound(release)
        assert f"<{DCT.issued}>" in (release.path / "ledger.nq").read_text()


def test_releases_are_collected_though_nothing_changed(directory: DataDirectory) -> None:
    load(directory, a_source("many"), *MANY[1:])
    publish(directory)
    assert len(all_releases(directory)) == 2
    published = publish(directory, keep=1)
    assert not published.is_new
    assert [each.id for each in all_releases(directory)] == [published.release.id]


@pytest.mark.parametrize("version", ["allow-lists", "leak-scan"])
@pytest.mark.parametrize("value", ["of other rules", None])
def test_a_release_of_other_rules_is_not_rolled_back_to_unless_forced(
    directory: DataDirectory, version: str, value: str | None
) -> None:
    old = current(directory)
    load(directory, a_source("many"), *MANY[1:])
    new = publish(directory).release
    assert roll_back(directory, old.id).id == old.id == current(directory).id
    roll_back(directory, new.id)
    table = json.loads((old.path / "manifest.json").read_text())
    if value is None:
        del table["versions"][version]
    else:
        table["versions"][version] = value
    (old.path / "manifest.json").write_text(json.dumps(table))
    with pytest.raises(ReleaseError, match="may show the public what is kept from it"):
        roll_back(directory, old.id)
    call = [old.id, "--data", str(directory.path)]
    refused = CliRunner().invoke(rollback, call)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--force" in refused.stderr
    assert current(directory).id == new.id
    assert CliRunner().invoke(rollback, [*call, "--force"]).stdout == f"{old.id}\n"
    assert current(directory).id == old.id
    assert publish(directory).is_new
