"""A publish makes a release, whole, and nothing that was published is lost."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode

from loaders.audience import Audience
from loaders.check import check
from loaders.difference import find_difference
from loaders.directory import DataDirectory, initialise
from loaders.errors import ReleaseError, ValidationError
from loaders.publish import publish
from loaders.release import Release, all_releases, collect, find_release, switch_to
from loaders.staging import staged_load
from loaders.store_build import counts_from, is_small
from ontology.namespaces import DEF
from ontology.vocab import ADMS, DCT, PROV, RDF, SKOS
from tests.loaders.publishing import (
    BASE,
    a_source,
    current,
    graph_lines,
    load,
    may_end,
    names,
    organisation,
    store_of,
    union_lines,
)

MANY = [f"GB-LAE-X{n:02},Council {n}" for n in range(8)]
# So many new lines that a store is made anew.
OTHERS = [f"GB-LAE-Y{n:03},Other {n}" for n in range(900)]


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    made = initialise(tmp_path / "var")
    may_end(made, "councils", "one", "two", "secrets")
    return made


def test_what_was_loaded_is_served_from_the_moment_of_the_publish(
    directory: DataDirectory,
) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    published = publish(directory)
    assert published.is_new
    assert names(current(directory)) == {"Aston"}
    assert directory.current.readlink() == Path("releases") / published.release.id


def test_the_default_graph_is_the_distinct_union_of_the_named_graphs(
    directory: DataDirectory,
) -> None:
    load(directory, a_source("one"), "GB-LAE-AAA,Aston", "GB-LAE-BBB,Barton")
    load(directory, a_source("two"), "GB-LAE-AAA,Aston")
    publish(directory)
    store = store_of(current(directory))
    assert union_lines(store) == graph_lines(store)
    counts = current(directory).manifest.counts["public"]
    assert counts["triples"] == len(union_lines(store))
    assert counts["quads"] == len(store) - counts["triples"]
    assert counts["quads"] > counts["triples"]


def test_a_triple_stays_in_the_union_until_the_last_source_stops_stating_it(
    directory: DataDirectory,
) -> None:
    load(directory, a_source("one"), *MANY)
    load(directory, a_source("two"), *MANY)
    publish(directory)
    load(directory, a_source("one"), *MANY[1:])
    publish(directory)
    assert "Council 0" in names(current(directory))
    load(directory, a_source("two"), *MANY[1:])
    publish(directory)
    assert "Council 0" not in names(current(directory))
    store = store_of(current(directory))
    assert union_lines(store) == graph_lines(store)


def test_counts_kept_in_step_are_those_of_the_store(directory: DataDirectory) -> None:
    for rows in (MANY, MANY[2:], [*MANY, "GB-LAE-NEW,New"], OTHERS):
        load(directory, a_source(), *rows)
        publish(directory)
        for audience in Audience:
            store = store_of(current(directory), audience)
            counts = current(directory).manifest.counts[audience]
            in_graphs = {
                graph.value: len(list(store.quads_for_pattern(None, None, None, graph)))
                for graph in store.named_graphs()
                if isinstance(graph, NamedNode)
            }
            assert counts["graphs"] == in_graphs
            assert counts["triples"] == len(
                list(store.quads_for_pattern(None, None, None, DefaultGraph()))
            )


def test_nothing_changed_makes_no_release(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    first = publish(directory)
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    again = publish(directory)
    assert not again.is_new
    assert again.release.id == first.release.id
    assert len(all_releases(directory)) == 1


def test_a_release_keeps_what_it_was_made_of(directory: DataDirectory) -> None:
    loaded = load(directory, a_source(), "GB-LAE-AAA,Aston", "XX,Broken")
    staged = (directory.staged / loaded.load.quads_name).read_bytes()
    publish(directory)
    release = current(directory)
    assert (release.path / "staged" / "councils.nq").read_bytes() == staged
    issues = [json.loads(line) for line in (release.path / "issues.jsonl").read_text().splitlines()]
    assert [(each["row"], each["field"], each["rule"]) for each in issues] == [
        (3, "key", "bad-code")
    ]
    assert release.manifest.sources["councils"]["records_left_out"] == 1
    assert release.manifest.base == BASE


def test_staged_data_that_break_a_shape_are_not_published(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    publish(directory)
    before = current(directory).id
    load(directory, a_source(), "GB-LAE-AAA,Aston", "GB-LAE-BBB,Barton")
    staged = staged_load(directory, "councils")
    assert staged is not None
    quads = directory.staged / staged.quads_name
    broken = [line for line in quads.read_bytes().splitlines(True) if b"prefLabel" not in line]
    quads.write_bytes(b"".join(broken))
    assert check(directory).refusing
    with pytest.raises(ValidationError, match=r"needs a name.*and 1 more"):
        publish(directory)
    assert current(directory).id == before


def test_audiences_read_what_is_theirs_and_all_that_is_wider(directory: DataDirectory) -> None:
    for audience in Audience:
        load(directory, a_source(audience, audience), f"GB-LAE-{audience.upper()},{audience}")
    publish(directory)
    release = current(directory)
    assert names(release, Audience.PUBLIC) == {"public"}
    assert names(release, Audience.PARTNER) == {"public", "partner"}
    assert names(release, Audience.INTERNAL) == {"public", "partner", "internal"}


def test_no_file_of_the_public_store_holds_a_word_of_an_internal_source(
    directory: DataDirectory,
) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    load(directory, a_source("secrets", Audience.INTERNAL), "GB-LAE-SECRETIVE,Secretive")
    publish(directory)
    public = current(directory).path / "public"
    texts = [path.read_bytes().lower() for path in public.rglob("*") if path.is_file()]
    assert texts
    assert not any(b"secretive" in text for text in texts)
    assert names(current(directory), Audience.INTERNAL) == {"Aston", "Secretive"}


def test_a_source_that_becomes_internal_leaves_the_public_store(directory: DataDirectory) -> None:
    load(directory, a_source("stays"), *MANY)
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    publish(directory)
    load(directory, a_source(audience=Audience.INTERNAL), "GB-LAE-AAA,Aston")
    publish(directory)
    assert "Aston" not in names(current(directory))
    assert "Aston" in names(current(directory), Audience.INTERNAL)


def test_a_thing_that_no_source_describes_any_more_leaves_a_trace(
    directory: DataDirectory,
) -> None:
    load(directory, a_source(), *MANY, "GB-LAE-AAA,Aston,2020-01-01,GB-LAE-X00")
    before = publish(directory).release
    load(directory, a_source(), *MANY)
    publish(directory)
    found = {
        (quad.predicate.value, quad.object)
        for quad in store_of(current(directory)).quads_for_pattern(
            organisation("GB-LAE-AAA"), None, None, NamedNode(f"{BASE}graph/provenance")
        )
    }
    (at,) = {value for predicate, value in found if predicate == PROV.invalidatedAtTime}
    assert isinstance(at, Literal)
    types = {
        quad.object
        for quad in store_of(before).quads_for_pattern(
            organisation("GB-LAE-AAA"), NamedNode(RDF.type), None, DefaultGraph()
        )
    }
    assert len(types) > 1
    assert found == {
        (PROV.invalidatedAtTime, at),
        (ADMS.status, NamedNode(f"{DEF}iri-state/gone")),
        (SKOS.changeNote, Literal("It is listed no more.", language="en")),
        (SKOS.prefLabel, Literal("Aston", language="en")),
        (DCT.isReplacedBy, organisation("GB-LAE-X00")),
        *((DCT.type, each) for each in types),
    }


def test_a_withdrawal_lasts_from_release_to_release_and_through_a_rebuild(
    directory: DataDirectory,
) -> None:
    load(directory, a_source(), *MANY, "GB-LAE-AAA,Aston")
    publish(directory)
    load(directory, a_source(), *MANY)
    publish(directory)
    withdrawn = withdrawals(directory)
    assert statements_of(withdrawn) == {
        PROV.invalidatedAtTime,
        ADMS.status,
        SKOS.changeNote,
        SKOS.prefLabel,
        DCT.type,
    }
    load(directory, a_source(), *MANY[:-1])
    publish(directory)
    assert withdrawn < withdrawals(directory)
    load(directory, a_source(), *(row.replace("Council", "Borough") for row in MANY[:-1]), MANY[-1])
    publish(directory)
    assert withdrawals(directory) == withdrawn
    before = current(directory)
    load(directory, a_source(), *OTHERS)
    publish(directory)
    assert is_rebuilt(before, current(directory))
    assert withdrawn < withdrawals(directory)


def test_a_thing_that_comes_back_is_withdrawn_no_longer(directory: DataDirectory) -> None:
    for rows in ([*MANY, "GB-LAE-AAA,Aston"], MANY, [*MANY, "GB-LAE-AAA,Aston"]):
        load(directory, a_source(), *rows)
        publish(directory)
    assert withdrawals(directory) == set()
    ledger = (current(directory).path / "ledger.nq").read_text().splitlines()
    assert [line.split()[1].strip("<>") for line in ledger if "GB-LAE-AAA>" in line] == [
        DCT.issued,
        SKOS.historyNote,
    ]


def test_what_was_never_public_leaves_no_public_trace(directory: DataDirectory) -> None:
    load(directory, a_source(), *MANY)
    secrets = a_source("secrets", Audience.INTERNAL)
    load(directory, secrets, "GB-LAE-AAA,Aston", "GB-LAE-BBB,Barton")
    publish(directory)
    load(directory, secrets, "GB-LAE-BBB,Barton")
    publish(directory)
    assert withdrawals(directory) == set()
    assert statements_of(withdrawals(directory, Audience.INTERNAL)) == {
        PROV.invalidatedAtTime,
        ADMS.status,
        SKOS.changeNote,
        SKOS.prefLabel,
        DCT.type,
    }


def test_every_iri_ever_published_stands_in_the_ledger(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    publish(directory)
    load(directory, a_source(), "GB-LAE-BBB,Barton")
    publish(directory)
    issued = [
        line.split(">")[0][1:]
        for line in (current(directory).path / "ledger.nq").read_text().splitlines()
        if DCT.issued in line
    ]
    assert issued == [organisation("GB-LAE-AAA").value, organisation("GB-LAE-BBB").value]


def test_a_rollback_serves_the_earlier_release(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    first = publish(directory).release
    load(directory, a_source(), "GB-LAE-BBB,Barton")
    publish(directory)
    switch_to(directory, find_release(directory, first.id))
    assert names(current(directory)) == {"Aston"}
    with pytest.raises(ReleaseError, match="20990101"):
        find_release(directory, "20990101T000000Z-00000000")
    with pytest.raises(ReleaseError):
        find_release(directory, "../staged")


def test_a_publish_after_a_rollback_grows_from_the_release_rolled_back_to(
    directory: DataDirectory,
) -> None:
    load(directory, a_source(), *MANY)
    first = publish(directory).release
    load(directory, a_source(), *MANY, "GB-LAE-BBB,Barton")
    publish(directory)
    switch_to(directory, first)
    load(directory, a_source(), *MANY, "GB-LAE-CCC,Carton")
    release = publish(directory).release
    assert release.manifest.parent == first.id
    assert "Carton" in names(release)
    assert "Barton" not in names(release)


def test_old_releases_are_collected_but_never_one_that_somebody_reads(
    directory: DataDirectory,
) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    read = publish(directory).release
    reader = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import fcntl, sys; file = open(sys.argv[1]); fcntl.flock(file, fcntl.LOCK_SH);"
            "print('open', flush=True); sys.stdin.read()",
            str(read.path / "manifest.json"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with reader:
        assert reader.stdout is not None
        assert reader.stdin is not None
        assert reader.stdout.readline() == b"open\n"
        for number in range(3):
            load(directory, a_source(), f"GB-LAE-AAA,Aston {number}")
            publish(directory, keep=2)
        kept = {release.id for release in all_releases(directory)}
        assert len(kept) == 3
        assert read.id in kept
        reader.stdin.close()
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    publish(directory, keep=2)
    assert read.id not in {release.id for release in all_releases(directory)}
    assert len(list(directory.releases.iterdir())) == 2


def test_the_current_release_is_never_collected(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    first = publish(directory).release
    for number in range(3):
        load(directory, a_source(), f"GB-LAE-AAA,Aston {number}")
        publish(directory)
    switch_to(directory, first)
    collect(directory, keep=1)
    assert len(all_releases(directory)) == 2
    assert find_release(directory, first.id).id == current(directory).id


def test_what_an_unfinished_publish_left_is_swept_away(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    release = publish(directory).release
    unfinished = directory.releases / ".building-20260101T000000Z-00000000"
    shutil.copytree(release.path, unfinished)
    load(directory, a_source(), "GB-LAE-BBB,Barton")
    publish(directory)
    assert not unfinished.exists()
    assert names(current(directory)) == {"Barton"}


def is_rebuilt(before: Release, after: Release) -> bool:
    """Whether a release differs too much from the one before to be made of it."""
    public = Audience.PUBLIC
    difference = find_difference(before.staged_files(public), after.staged_files(public))
    return not is_small(difference, counts_from(before.manifest.counts[public]).graphs.total())


def withdrawals(directory: DataDirectory, audience: Audience = Audience.PUBLIC) -> set[str]:
    """The withdrawal statements that an audience sees."""
    store = store_of(current(directory), audience)
    graph = NamedNode(f"{BASE}graph/provenance")
    gone = {
        quad.subject
        for quad in store.quads_for_pattern(None, NamedNode(PROV.invalidatedAtTime), None, graph)
    }
    return {str(quad) for each in gone for quad in store.quads_for_pattern(each, None, None, graph)}


def statements_of(lines: set[str]) -> set[str]:
    """The properties of lines."""
    return {line.split()[1].strip("<>") for line in lines}
