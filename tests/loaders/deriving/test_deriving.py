"""The derived graphs of releases: per audience, taken over where they cannot have changed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from loaders.audience import Audience
from loaders.deriving.derivation import Derivation, Premises
from loaders.deriving.deriving import derive, take_over
from loaders.release import Manifest, Release
from loaders.staging import write_quads

GRAPH = "<urn:g:derived>"
PUBLIC, PARTNER, INTERNAL = Audience


def line(subject: str, value: str, graph: str = "<urn:g:stated>") -> bytes:
    return f"<urn:{subject}> <urn:p> <urn:{value}> {graph} .\n".encode()


class Count:
    """A derivation that says of each thing what it names, and counts how often it was asked."""

    def __init__(self, version: str = "1") -> None:
        self.asked: list[Audience] = []
        self.derivation = Derivation("derived", lambda: version, self)

    def __call__(self, premises: Premises) -> Iterator[bytes]:
        self.asked.append(premises.audience)
        for each in premises.lines():
            subject, _, value, _ = each.decode().split(" ", 3)
            yield f"{subject} <urn:q> {value} {GRAPH} .\n".encode()


def release_of(folder: Path, **sources: tuple[Audience, list[bytes]]) -> Release:
    """A release in the making whose sources have their files."""
    manifest = Manifest(folder.name, None, "https://b.example/", "", "")
    release = Release(folder, manifest)
    for audience in Audience:
        (folder / audience / "quads").mkdir(parents=True)
    for name, (least, lines) in sources.items():
        projected = {}
        for audience in Audience:
            if audience.reads(least):
                path = release.quads_path(audience, name)
                projected[str(audience)], _ = write_quads(path, sorted(lines))
        manifest.sources[name] = {"audience": str(least), "projected": projected}
    manifest.counts.update({str(each): {"quads": 0} for each in Audience})
    return release


def told(release: Release, audience: Audience) -> set[bytes]:
    return set(release.quads_path(audience, "derived").read_bytes().splitlines(keepends=True))


def conclusion(subject: str, value: str) -> bytes:
    return f"<urn:{subject}> <urn:q> <urn:{value}> {GRAPH} .\n".encode()


def test_what_is_concluded_of_a_restricted_statement_is_as_restricted(tmp_path: Path) -> None:
    release = release_of(
        tmp_path / "r",
        open=(PUBLIC, [line("a", "b")]),
        shared=(PARTNER, [line("a", "c")]),
        ours=(INTERNAL, [line("a", "d")]),
    )
    derive(release, None, [Count().derivation])
    assert [told(release, each) for each in Audience] == [
        {conclusion("a", "b")},
        {conclusion("a", "b"), conclusion("a", "c")},
        {conclusion("a", "b"), conclusion("a", "c"), conclusion("a", "d")},
    ]
    for audience in Audience:
        digest = release.manifest.derived["derived"][audience]["sha256"]
        files = release.staged_files(audience)
        assert files[f"derived:{digest}"] == release.quads_path(audience, "derived")
        assert files.keys() - release.stated_files(audience).keys() == {f"derived:{digest}"}


def test_a_wider_audience_is_told_what_a_narrower_one_is(tmp_path: Path) -> None:
    """Where more is known, less may be concluded: what was told stays told."""

    def of_the_only_one(premises: Premises) -> Iterator[bytes]:
        lines = list(premises.lines())
        if len(lines) == 1:
            yield conclusion("only", "one")

    release = release_of(
        tmp_path / "r", open=(PUBLIC, [line("a", "b")]), ours=(INTERNAL, [line("a", "c")])
    )
    derive(release, None, [Derivation("derived", lambda: "1", of_the_only_one)])
    assert [told(release, each) for each in Audience] == [{conclusion("only", "one")}] * 3


def test_a_derivation_sees_those_before_it_and_never_itself(tmp_path: Path) -> None:
    seen: dict[str, list[str]] = {}

    def watching(name: str) -> Derivation:
        def look(premises: Premises) -> Iterator[bytes]:
            seen[name] = [each.partition(":")[0] for each in premises.files]
            yield conclusion(name, name)

        return Derivation(name, lambda: "1", look)

    release = release_of(tmp_path / "r", open=(PUBLIC, [line("a", "b")]))
    derive(release, None, [watching("first"), watching("second")])
    assert seen == {"first": ["open"], "second": ["open", "first"]}


def test_the_same_premises_are_asked_once(tmp_path: Path) -> None:
    """By audiences that see the same, and by a release whose parent concluded from them."""
    sources = {"open": (PUBLIC, [line("a", "b")]), "ours": (INTERNAL, [line("a", "c")])}
    count = Count()
    parent = release_of(tmp_path / "parent", **sources)
    derive(parent, None, [count.derivation])
    assert count.asked == [PUBLIC, INTERNAL]
    child = release_of(tmp_path / "child", **sources)
    derive(child, parent, [count.derivation])
    assert count.asked == [PUBLIC, INTERNAL]
    assert child.manifest.derived == parent.manifest.derived
    assert [told(child, each) for each in Audience] == [told(parent, each) for each in Audience]


def test_what_is_beyond_one_audience_and_a_premise_of_another_is_not_the_same(
    tmp_path: Path,
) -> None:
    """A source of our own staff alone is all that there is: the public is told nothing of it."""
    count = Count()
    looking = replace(count.derivation, looks_beyond=True)
    release = release_of(tmp_path / "r", ours=(INTERNAL, [line("a", "b")]))
    derive(release, None, [looking])
    assert [told(release, each) for each in Audience] == [set(), set(), {conclusion("a", "b")}]
    assert count.asked == [PUBLIC, INTERNAL]


@pytest.mark.parametrize("changed", ["premises", "version", "a narrower audience"])
def test_other_premises_or_rules_are_concluded_from_anew(changed: str, tmp_path: Path) -> None:
    sources = {"open": (PUBLIC, [line("a", "b")]), "ours": (INTERNAL, [line("a", "c")])}
    parent = release_of(tmp_path / "parent", **sources)
    derive(parent, None, [Count().derivation])
    if changed == "premises":
        sources["ours"] = (INTERNAL, [line("a", "d")])
    elif changed == "a narrower audience":
        sources = {"open": sources["ours"], "ours": sources["open"]}
        sources = {"open": (PUBLIC, [line("a", "c")]), "ours": (INTERNAL, [line("a", "b")])}
    count = Count("2" if changed == "version" else "1")
    child = release_of(tmp_path / "child", **sources)
    derive(child, parent, [count.derivation])
    afresh = release_of(tmp_path / "afresh", **sources)
    derive(afresh, None, [Count().derivation])
    assert [told(child, each) for each in Audience] == [told(afresh, each) for each in Audience]
    assert INTERNAL in count.asked


def test_a_write_takes_over_what_names_nothing_that_changed(tmp_path: Path) -> None:
    parent = release_of(
        tmp_path / "parent",
        open=(PUBLIC, [line("a", "b"), line("b", "c"), line("d", "e"), line("f", "d")]),
    )
    derive(parent, None, [Count().derivation])
    child = release_of(
        tmp_path / "child",
        open=(PUBLIC, [line("a", "b"), line("b", "c"), line("d", "x"), line("f", "d")]),
    )
    take_over(child, parent)
    assert [told(child, each) for each in Audience] == [
        {conclusion("a", "b"), conclusion("b", "c")}
    ] * 3
    assert child.manifest.versions["derivations"] == "taken over"
    grandchild = release_of(tmp_path / "grandchild", open=child_sources(child))
    derive(grandchild, child, [Count().derivation])
    assert conclusion("d", "x") in told(grandchild, PUBLIC)


def test_a_write_that_hides_something_concludes_anew(tmp_path: Path) -> None:
    """What is concluded may name nothing of what it rests on."""
    hidden = line("a", "b")
    parent = release_of(tmp_path / "parent", open=(PUBLIC, [hidden, line("c", "d")]))

    def of_all(premises: Premises) -> Iterator[bytes]:
        yield conclusion("all", str(len(list(premises.lines()))))

    derivation = Derivation("derived", lambda: "1", of_all)
    derive(parent, None, [derivation])
    child = release_of(
        tmp_path / "child", open=(PUBLIC, [line("c", "d")]), ours=(INTERNAL, [hidden])
    )
    take_over(child, parent, [derivation])
    assert told(child, PUBLIC) == {conclusion("all", "1")}
    assert told(child, INTERNAL) == {conclusion("all", "1"), conclusion("all", "2")}


def child_sources(release: Release) -> tuple[Audience, list[bytes]]:
    lines = release.quads_path(PUBLIC, "open").read_bytes().splitlines(keepends=True)
    return PUBLIC, lines


def test_a_write_in_a_directory_without_a_release_derives_nothing(tmp_path: Path) -> None:
    release = release_of(tmp_path / "r", open=(PUBLIC, [line("a", "b")]))
    take_over(release, None)
    assert release.manifest.derived == {}
    assert release.staged_files(PUBLIC) == release.stated_files(PUBLIC)
