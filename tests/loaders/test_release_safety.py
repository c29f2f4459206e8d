"""Nothing that was published is lost, whatever happened to the directory or to the clock."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from loaders import publish as publishing
from loaders import release_making
from loaders.audience import Audience
from loaders.check import check
from loaders.difference import Difference
from loaders.directory import DataDirectory, initialise
from loaders.errors import DirectoryError, ReleaseError
from loaders.ledger import Ledger, read_ledger
from loaders.nquads import write_lines
from loaders.publish import publish
from loaders.quads import Quad as StagedQuad
from loaders.quads import plain
from loaders.release import all_releases, current_release, switch_to
from loaders.source import Publisher
from loaders.staging import staged_load
from ontology.vocab import DCT, PROV, RDF, SKOS
from tests.loaders.publishing import (
    BASE,
    a_source,
    assert_sound,
    current,
    load,
    may_end,
    names,
    organisation,
    store_of,
)

MANY = [f"GB-LAE-X{n:02},Council {n}" for n in range(40)]
PROVENANCE = NamedNode(f"{BASE}graph/provenance")


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    made = initialise(tmp_path / "var")
    may_end(made, "councils", "inner", "many", "other")
    return made


def is_withdrawn(directory: DataDirectory, key: str, audience: Audience = Audience.PUBLIC) -> bool:
    """Whether an audience is told that an organisation was withdrawn."""
    found = store_of(current(directory), audience).quads_for_pattern(
        organisation(key), NamedNode(PROV.invalidatedAtTime), None, PROVENANCE
    )
    return next(found, None) is not None


def test_a_ledger_outlives_audiences_that_come_to_read_the_same(directory: DataDirectory) -> None:
    inner = a_source("inner", Audience.INTERNAL)
    load(directory, a_source(), *MANY)
    load(directory, inner, "GB-LAE-AAA,Aston", "GB-LAE-BBB,Barton")
    publish(directory)
    load(directory, inner, "GB-LAE-BBB,Barton")
    publish(directory)
    load(directory, replace(inner, audience=Audience.PUBLIC), "GB-LAE-BBB,Barton")
    publish(directory)
    load(directory, a_source(), *MANY[1:])
    publish(directory)
    assert is_withdrawn(directory, "GB-LAE-AAA", Audience.INTERNAL)
    assert not is_withdrawn(directory, "GB-LAE-AAA", Audience.PUBLIC)
    assert "GB-LAE-AAA" in (current(directory).path / "ledger.nq").read_text()
    assert "GB-LAE-AAA" not in current(directory).ledger_path(Audience.PUBLIC).read_text()


def test_a_publisher_that_comes_back_keeps_its_name(directory: DataDirectory) -> None:
    load(directory, a_source("many"), *MANY)
    for key in ("GB-LAE-EXA", "GB-LAE-OTH", "GB-LAE-EXA"):
        source = replace(a_source(), publisher=Publisher(f"The {key}", key=key))
        load(directory, source, "GB-LAE-AAA,Aston")
        load(directory, a_source("other"), f"{key},The {key}" if key == "GB-LAE-EXA" else "")
        publish(directory)
        assert_sound(current(directory))
    quad = Quad(
        organisation("GB-LAE-EXA"),
        NamedNode(SKOS.prefLabel),
        Literal("The GB-LAE-EXA", language="en"),
        PROVENANCE,
    )
    assert quad in store_of(current(directory))
    assert not is_withdrawn(directory, "GB-LAE-EXA")


def test_what_is_only_mentioned_is_withdrawn_all_the_same(directory: DataDirectory) -> None:
    load(directory, a_source(), *MANY, "GB-LAE-AAA,Aston,,GB-LAE-X01")
    publish(directory)
    load(directory, a_source(), *MANY[:-1], "GB-LAE-X39,Council 39,,GB-LAE-AAA")
    publish(directory)
    assert is_withdrawn(directory, "GB-LAE-AAA")
    assert not is_withdrawn(directory, "GB-LAE-X01")


def test_releases_without_a_current_one_are_not_built_upon(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    release = publish(directory).release
    directory.current.unlink()
    with pytest.raises(ReleaseError, match=f"gmkg rollback {release.id}"):
        publish(directory)
    switch_to(directory, release)
    load(directory, a_source(), "GB-LAE-BBB,Barton")
    publish(directory)
    assert is_withdrawn(directory, "GB-LAE-AAA")


def test_a_source_that_is_no_longer_staged_is_not_dropped_in_silence(
    directory: DataDirectory,
) -> None:
    load(directory, a_source("one"), "GB-LAE-AAA,Aston")
    load(directory, a_source("two"), "GB-LAE-BBB,Barton")
    before = publish(directory).release
    (directory.staged / "two.json").unlink()
    with pytest.raises(ReleaseError, match="holds two, which is not staged"):
        publish(directory)
    assert current(directory).id == before.id
    load(directory, a_source("two"), "GB-LAE-BBB,Barton")
    publish(directory, withdraw=["two"])
    assert names(current(directory)) == {"Aston"}
    assert is_withdrawn(directory, "GB-LAE-BBB")


def test_only_a_staged_source_can_be_withdrawn(directory: DataDirectory) -> None:
    with pytest.raises(DirectoryError, match="no source “nobody” is staged or published"):
        publish(directory, withdraw=["nobody"])


def test_what_leaves_an_audience_leaves_its_files(directory: DataDirectory) -> None:
    load(directory, a_source("many"), *MANY)
    load(directory, a_source(), "GB-LAE-AAA,Asecretname", "GB-LAE-BBB,Barton")
    publish(directory)
    load(directory, a_source(audience=Audience.INTERNAL), "GB-LAE-AAA,Asecretname,2001-02-03")
    publish(directory)
    store = current(directory).store_path(Audience.PUBLIC)
    assert not any(b"2001-02-03" in path.read_bytes() for path in store.iterdir())
    assert not any(b"graph/councils" in path.read_bytes() for path in store.iterdir())
    assert names(current(directory)) == {row.split(",")[1] for row in MANY}
    assert names(current(directory), Audience.INTERNAL) >= {"Asecretname"}


def test_a_staged_file_that_was_changed_by_hand_is_refused(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    staged = staged_load(directory, "councils")
    assert staged is not None
    quads = directory.staged / staged.quads_name
    quads.write_bytes(quads.read_bytes().replace(b"Aston", b"Astun"))
    with pytest.raises(DirectoryError, match="load the source councils again"):
        publish(directory)
    assert current_release(directory) is None


def test_releases_are_named_in_their_order_though_the_clock_goes_back(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        moment = datetime(2031, 1, 1, tzinfo=UTC)

        @classmethod
        def now(cls, _: object = None) -> datetime:  # type: ignore[override]
            return cls.moment

    monkeypatch.setattr(publishing, "datetime", Clock)
    made: list[str] = []
    for moment in (datetime(2031, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)) * 2:
        Clock.moment = moment
        load(directory, a_source(), f"GB-LAE-AAA,Aston {len(made)}")
        made.append(publish(directory, keep=2).release.id)
    assert made == sorted(set(made))
    assert [release.id for release in all_releases(directory)] == made[:1:-1]


def test_a_label_cannot_pass_for_a_line_of_the_ledger(tmp_path: Path) -> None:
    iri = organisation("GB-LAE-AAA").value
    ledger = Ledger(BASE, PROVENANCE.value)
    label = f"Evil> <{DCT.issued}> x"
    described = [
        StagedQuad(iri, RDF.type, "https://x.example/Thing", PROVENANCE.value),
        StagedQuad(iri, SKOS.prefLabel, plain(label), PROVENANCE.value),
    ]
    ledger.issue(write_lines(described), datetime(2026, 1, 1, tzinfo=UTC))
    ledger.withdrawn[iri] = write_lines(described[1:])
    ledger.write(tmp_path / "ledger.nq")
    again = read_ledger(tmp_path / "ledger.nq", BASE, PROVENANCE.value)
    assert again == ledger
    assert b"2026" in again.issued[iri]


def test_a_mention_does_not_issue_an_iri(tmp_path: Path) -> None:
    ledger = Ledger(BASE, PROVENANCE.value)
    mention = StagedQuad(
        organisation("GB-LAE-AAA").value, DCT.isReplacedBy, f"{BASE}id/x/y", PROVENANCE.value
    )
    assert ledger.issue(write_lines([mention]), datetime.now(UTC)) == Difference()
    assert ledger.issued == {}


def test_of_a_published_source_only_what_changed_is_checked(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(directory, a_source(), *MANY)
    publish(directory)
    seen: list[bytes] = []

    def spy(source: str, lines: object) -> list[object]:
        seen.extend(lines)  # type: ignore[arg-type]
        return []

    monkeypatch.setattr("loaders.check.validate", spy)
    load(directory, a_source(), *MANY[:-1], "GB-LAE-X39,Another name")
    check(directory)
    things = {line.split(b">")[0] for line in seen if b"/id/organisation/" in line.split(b">")[0]}
    assert things == {f"<{organisation('GB-LAE-X39').value}".encode()}
    assert any(b"Another name" in line for line in seen)
    seen.clear()
    monkeypatch.setattr("loaders.check.shapes_digest", lambda: "other shapes")
    check(directory)
    assert sum(b"Council" in line for line in seen) >= 39


@pytest.mark.parametrize("content", ["[]", "{", '{"id": 1}', ""])
def test_a_damaged_manifest_is_told_in_a_sentence(directory: DataDirectory, content: str) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    release = publish(directory).release
    (release.path / "manifest.json").write_text(content)
    with pytest.raises(ReleaseError, match=f"the manifest of the release {release.id} is damaged"):
        current_release(directory)


def test_a_manifest_of_a_later_version_can_be_read(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    release = publish(directory).release
    manifest = release.path / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "more": [1]}))
    assert current(directory).manifest == release.manifest


def test_a_link_that_leads_nowhere_is_told_with_the_cure(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    publish(directory)
    directory.current.unlink()
    directory.current.symlink_to(Path("releases") / "20200101T000000Z-00000000")
    with pytest.raises(ReleaseError, match="the current release cannot be used"):
        current_release(directory)


def test_a_damaged_load_is_told_with_the_cure(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    (directory.staged / "councils.json").write_text("{}")
    with pytest.raises(DirectoryError, match="load the source councils again"):
        publish(directory)


def test_a_refused_publish_collects_nothing(directory: DataDirectory) -> None:
    for number in range(3):
        load(directory, a_source(), f"GB-LAE-AAA,Aston {number}")
        publish(directory)
    (directory.staged / "councils.json").unlink()
    with pytest.raises(ReleaseError):
        publish(directory, keep=1)
    assert len(all_releases(directory)) == 3


def test_a_publish_that_fails_leaves_nothing_half_made(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    load(directory, a_source(), "GB-LAE-AAA,Aston")
    monkeypatch.setattr(release_making, "build_audience", full)
    with pytest.raises(OSError, match="No space"):
        publish(directory)
    assert list(directory.releases.iterdir()) == []
