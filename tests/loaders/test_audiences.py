"""Each audience's part of a release holds what it may see, and no trace of anything else."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import ontology
from loaders.audience import Audience
from loaders.directory import DataDirectory, initialise
from loaders.pipeline import load_source
from loaders.publish import publish
from loaders.release import Release
from loaders.snapshot import opener_of
from loaders.source import declared_sources
from ontology.vocab import DCT, GM
from tests.loaders.publishing import (
    a_source,
    assert_sound,
    current,
    graph_lines,
    load,
    may_end,
    names,
    store_of,
)
from tests.loaders.staged_turtle import BASE, stage_turtle

MANY = [f"GB-LAE-X{n:02},Council {n}" for n in range(40)]
OPEN_SAMPLES = ("gm-bodies", "gm-datasets", "gm-services", "gm-standards", "gm-strategy")


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataDirectory:
    monkeypatch.setattr("loaders.check.validate", lambda *_: [])
    made = initialise(tmp_path / "var")
    may_end(made, "councils", "many")
    return made


@pytest.fixture
def with_lists(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Replaces words in the allow-lists, once."""

    def change(old: str, new: str) -> None:
        content = ontology.allow_lists().decode()
        assert content.count(old) == 1
        changed = content.replace(old, new).encode()
        monkeypatch.setattr(ontology, "allow_lists", lambda: changed)

    return change


def bytes_of(folder: Path) -> Iterator[bytes]:
    """The content of every file under a folder, in small letters."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.read_bytes().lower()


def is_anywhere(token: str, release: Release, audience: Audience) -> bool:
    """Whether a word is in any file of an audience, or in any statement of its store."""
    word = token.lower().encode()
    return any(word in content for content in bytes_of(release.path / audience)) or any(
        word in str(quad).lower().encode() for quad in store_of(release, audience)
    )


# Every token is a word of its own: Xq, two letters for what it stands in, and a number.
SECRETS = {
    "assets": """
        <id/information-asset/GM-x/one> a gm:InformationAsset, dcat:Resource, prov:Entity ;
            dct:title "Housing register" ;
            gm:internalNote "xqnote01" ; gm:riskAsStated "xqrisk02" ;
            gm:securityClassification <https://c.example/xqclass03> ;
            gm:sharedWithAsStated "xqshared04" ; gm:formatAsStated "xqformat05" ;
            gm:valueStatement "xqvalue06" ; dct:rights "xqnewcolumn07" ;
            gm:heldIn <id/system/GM-x/xqsystemkey08> ;
            gm:assetOwner <id/post/GM-x/owner> ;
            gm:retentionRule <.well-known/genid/assets/xqpart09> .
        <.well-known/genid/assets/xqpart09> a gm:RetentionRule ; gm:retentionText "xqrule10" .
        <id/information-asset/GM-x/xqhidden11> a gm:InformationAsset ;
            dct:title "xqtitle12" ; gm:publicSummary "xqsummary13" ;
            gm:visibleTo audience:internal .
        <id/information-asset/GM-x/xqpartner14> a gm:InformationAsset ;
            dct:title "xqpartnertitle15" ; gm:visibleTo audience:partner ;
            adms:identifier <.well-known/genid/assets/xqcode16> .
        <.well-known/genid/assets/xqcode16> a adms:Identifier ; skos:notation "xqnotation17" .
    """,
    "systems": """
        <id/system/GM-x/xqsystemkey08> a gm:InformationSystem, prov:Entity ;
            dct:title "xqsystem18" ; gm:productName "xqproduct19" ;
            gm:supplierAsStated "xqsupplier20" ; gm:hostingNote "xqhosting21" .
        <id/post/GM-x/owner> a org:Post ; skos:prefLabel "Head of housing" ;
            gm:internalNote "xqpostnote22" ; gm:trainingCompleted "xqtraining23" ;
            cv:contactPoint <.well-known/genid/systems/mailbox> .
        <.well-known/genid/systems/mailbox> a cv:ContactPoint ; dct:title "xqmailbox24" .
    """,
    "assessments": """
        <id/assessment/GM-x/one> a gm:ImpactAssessment, dpv:DPIA ; dct:title "A screening" ;
            gm:adviceText "xqadvice25" ; gm:assesses <id/information-asset/GM-x/xqhidden11> .
        <id/processing-activity/GM-x/one> a gm:ProcessingActivity ; dct:title "Letting homes" ;
            gm:securityMeasures "xqsecurity26" ; gm:recipientAsStated "xqrecipient27" .
        <id/data-flow/a/one> a gm:DataFlow ; dct:title "A flow" ;
            gm:transferSafeguard "xqsafeguard28" .
    """,
    "others": """
        <id/organisation/GM-x> skos:prefLabel "Exampleton" ; skos:editorialNote "xqeditorial29" ;
            a foaf:Agent .
        <id/information-asset/GM-x/xqhidden11> dct:description "xqotherword30" .
    """,
}
INNER = """
    <id/organisation/GM-xqinnerbody31> a org:Organization ; skos:prefLabel "xqinnername32" .
"""
TOKENS = {
    word.strip('"<>.;/ ').rpartition("/")[2]
    for turtle in (*SECRETS.values(), INNER)
    for word in turtle.replace("GM-xq", "GM-x/xq").split()
    if "xq" in word
}


def test_there_are_secrets_enough() -> None:
    assert len(TOKENS) == 32


@pytest.mark.parametrize("way", ["at once", "on a release without them", "twice"])
def test_no_secret_is_anywhere_in_public_and_each_is_inside(
    directory: DataDirectory, way: str
) -> None:
    load(directory, a_source("many"), *MANY)
    if way == "on a release without them":
        publish(directory)
    for source, turtle in SECRETS.items():
        stage_turtle(directory, source, turtle)
    stage_turtle(directory, "inner", INNER, Audience.INTERNAL)
    release = publish(directory).release
    if way == "twice":
        load(directory, a_source("many"), *MANY[1:])
        stage_turtle(directory, "others", SECRETS["others"].replace("Exampleton", "Example"))
        release = publish(directory).release
    assert_sound(release)
    leaked = {each for each in TOKENS if is_anywhere(each, release, Audience.PUBLIC)}
    inside = {each for each in TOKENS if is_anywhere(each, release, Audience.INTERNAL)}
    assert leaked == set()
    assert inside == TOKENS
    partner = {each for each in TOKENS if is_anywhere(each, release, Audience.PARTNER)}
    assert {"xqpartnertitle15", "xqsystem18", "xqmailbox24", "xqrecipient27"} <= partner
    assert not {each for each in partner if "note" in each or "hidden" in each}
    assert "xqsupplier20" not in partner
    assert is_anywhere("Housing register", release, Audience.PUBLIC)
    assert is_anywhere("Head of housing", release, Audience.PUBLIC)


def test_what_is_withdrawn_inside_leaves_no_trace_outside(directory: DataDirectory) -> None:
    load(directory, a_source("many"), *MANY)
    for source, turtle in SECRETS.items():
        stage_turtle(directory, source, turtle)
    publish(directory)
    release = publish(directory, withdraw=list(SECRETS)).release
    assert_sound(release)
    assert not any(is_anywhere(each, release, Audience.PUBLIC) for each in TOKENS)
    assert is_anywhere("xqhidden11", release, Audience.INTERNAL)


def test_the_shipped_open_samples_lose_nothing(tmp_path: Path) -> None:
    directory = initialise(tmp_path / "var")
    for name in OPEN_SAMPLES:
        source = declared_sources()[name]
        openers = {file.name: opener_of(file.place) for file in source.files if file.place}
        load_source(directory, source, openers)
    release = publish(directory).release
    summaries = release.manifest.sources
    assert {*OPEN_SAMPLES, "ontology", "vocab"} == summaries.keys()
    for summary in summaries.values():
        assert summary["projected"] == dict.fromkeys(Audience, summary["sha256"])
    staged = b"".join((release.path / "staged" / f"{name}.nq").read_bytes() for name in summaries)
    derived = b"".join(
        release.quads_path(Audience.PUBLIC, graph).read_bytes()
        for graph in release.manifest.derived
    )
    everything = set((staged + derived).splitlines())
    assert release.manifest.counts["public"]["quads"] == len(everything)


def test_files_and_counts_of_a_source_that_is_partly_hidden_are_told_inside_alone(
    directory: DataDirectory,
) -> None:
    loaded = load(directory, a_source(), *MANY).load
    told = [
        str(loaded.files[0]["sha256"]),
        loaded.inputs[:12],
        "organisations.csv",
        f'{GM.recordsIn}> "',
    ]
    open_release = publish(directory).release
    for each in told:
        seen = each != loaded.inputs[:12]
        assert is_anywhere(each, open_release, Audience.PUBLIC) == seen
    stage_turtle(
        directory,
        "stewards",
        "<id/organisation/GB-LAE-X07> gm:visibleTo audience:internal .",
        Audience.INTERNAL,
    )
    release = publish(directory).release
    assert_sound(release)
    folder = release.path / Audience.PUBLIC
    digest = str(loaded.files[0]["sha256"])[:12].encode()
    assert not any(digest in content for content in bytes_of(folder))
    for each in told:
        assert not is_anywhere(each, release, Audience.PUBLIC)
        assert not is_anywhere(each, release, Audience.PARTNER)
    assert is_anywhere(told[0], release, Audience.INTERNAL)
    assert f"<{BASE}graph/councils> <{DCT.title}>" in "".join(graph_lines(store_of(release)))
    again = publish(directory, withdraw=["stewards"]).release
    assert_sound(again)
    assert is_anywhere(told[0], again, Audience.PUBLIC)


def test_a_source_of_which_the_audience_alone_changed_is_published_anew(
    directory: DataDirectory,
) -> None:
    stage_turtle(directory, "sets", '<id/dataset/a> a dcat:Dataset ; dct:title "xqtitle" .')
    first = publish(directory).release
    assert is_anywhere("xqtitle", first, Audience.PUBLIC)
    path = directory.staged / "sets.json"
    path.write_text(path.read_text().replace('"public"', '"internal"'))
    second = publish(directory)
    assert second.is_new
    assert not is_anywhere("xqtitle", second.release, Audience.PUBLIC)
    assert is_anywhere("xqtitle", second.release, Audience.INTERNAL)
    assert not publish(directory).is_new


def test_a_release_links_what_it_shares(directory: DataDirectory) -> None:
    load(directory, a_source(), *MANY)
    stage_turtle(directory, "assets", SECRETS["assets"])
    first = publish(directory).release
    load(directory, a_source("second"), "GB-LAE-AAA,Aston")
    second = publish(directory).release
    for audience in Audience:
        for source in ("councils", "assets"):
            old, new = (each.quads_path(audience, source) for each in (first, second))
            assert old.samefile(new)
        assert second.quads_path(audience, "councils").samefile(second.staged_path("councils"))
    assert not second.quads_path(Audience.PUBLIC, "assets").samefile(second.staged_path("assets"))


def test_a_thing_that_comes_or_goes_changes_the_links_of_other_sources(
    directory: DataDirectory,
) -> None:
    link = "<id/information-asset/a> a gm:InformationAsset ; gm:heldBy <id/organisation/b> ."
    body = '<id/organisation/b> a org:Organization ; skos:prefLabel "B" .'
    stage_turtle(directory, "linking", link)
    load(directory, a_source(), *MANY)
    held = f"<{BASE}id/information-asset/a> <{GM.heldBy}> <{BASE}id/organisation/b>"
    without = publish(directory).release
    stage_turtle(directory, "bodies", body)
    with_body = publish(directory).release
    again = publish(directory, withdraw=["bodies"]).release
    for release, expected in ((without, False), (with_body, True), (again, False)):
        assert_sound(release)
        assert (held in graph_lines(store_of(release))) == expected
        assert held in graph_lines(store_of(release, Audience.INTERNAL))


def test_a_property_that_becomes_internal_leaves_the_files_of_the_store(
    directory: DataDirectory, with_lists: Callable[[str, str], None]
) -> None:
    load(directory, a_source(), *MANY)
    stage_turtle(
        directory,
        "flows",
        '<id/data-flow/a/1> a gm:DataFlow ; dct:title "A" ; gm:benefit "xqbenefit" .',
    )
    first = publish(directory).release
    assert is_anywhere("xqbenefit", first, Audience.PUBLIC)
    assert not publish(directory).is_new
    with_lists(
        '"dpv:hasLegalBasis", "gm:benefit", "gm:conveys"', '"dpv:hasLegalBasis", "gm:conveys"'
    )
    second = publish(directory)
    assert second.is_new
    assert_sound(second.release)
    assert not is_anywhere("xqbenefit", second.release, Audience.PUBLIC)
    assert is_anywhere("xqbenefit", second.release, Audience.INTERNAL)
    assert not publish(directory).is_new


def test_a_property_that_becomes_public_is_served(
    directory: DataDirectory, with_lists: Callable[[str, str], None]
) -> None:
    load(directory, a_source(), *MANY)
    stage_turtle(
        directory, "posts", '<id/post/a> a org:Post ; skos:prefLabel "A" ; gm:isFilled true .'
    )
    filled = f'<{BASE}id/post/a> <{GM.isFilled}> "true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    assert filled not in graph_lines(store_of(publish(directory).release))
    with_lists('public = ["dct:source", "org:postIn"', 'public = ["gm:isFilled", "org:postIn"')
    with_lists('"gm:governanceRole", "gm:isFilled"]', '"gm:governanceRole"]')
    release = publish(directory).release
    assert_sound(release)
    assert filled in graph_lines(store_of(release))


@pytest.mark.parametrize("where", ["in its source", "in another source"])
def test_a_thing_that_is_restricted_leaves_the_files_of_the_store(
    directory: DataDirectory, where: str
) -> None:
    thing = '<id/dataset/a> a dcat:Dataset ; dct:title "A" ; dct:description "xqwords" .'
    load(directory, a_source(), *MANY)
    stage_turtle(directory, "sets", thing)
    assert is_anywhere("xqwords", publish(directory).release, Audience.PUBLIC)
    restriction = "<id/dataset/a> gm:visibleTo audience:partner ."
    if where == "in its source":
        stage_turtle(directory, "sets", thing + restriction)
    else:
        stage_turtle(directory, "stewards", restriction, Audience.INTERNAL)
    release = publish(directory).release
    assert_sound(release)
    assert not is_anywhere("xqwords", release, Audience.PUBLIC)
    assert is_anywhere("xqwords", release, Audience.PARTNER)
    if where == "in another source":
        release = publish(directory, withdraw=["stewards"]).release
        assert_sound(release)
        assert is_anywhere("xqwords", release, Audience.PUBLIC)


def test_a_release_grows_from_one_of_a_version_without_allow_lists(
    directory: DataDirectory,
) -> None:
    load(directory, a_source(), *MANY)
    stage_turtle(
        directory,
        "assets",
        '<id/information-asset/a> a gm:InformationAsset ; dct:title "A" ; gm:benefit "xqold" .',
    )
    release = publish(directory).release
    without_lists(release)
    load(directory, a_source(), *MANY[1:])
    published = publish(directory)
    assert published.is_new
    assert_sound(published.release)
    assert names(current(directory)) == {row.split(",")[1] for row in MANY[1:]}
    assert not is_anywhere("xqold", published.release, Audience.PUBLIC)


def without_lists(release: Release) -> None:
    """Make of a release what the version before would have: everybody reads what is staged."""
    manifest = json.loads((release.path / "manifest.json").read_text())
    manifest["versions"] = {"shapes": manifest["versions"]["shapes"]}
    del manifest["derived"]
    for summary in manifest["sources"].values():
        del summary["projected"]
    for audience in (Audience.PUBLIC, Audience.PARTNER):
        shutil.rmtree(release.store_path(audience))
        shutil.copytree(release.store_path(Audience.INTERNAL), release.store_path(audience))
        shutil.copyfile(release.ledger_path(Audience.INTERNAL), release.ledger_path(audience))
        manifest["counts"][audience] = manifest["counts"]["internal"]
    for folder in (*(release.path / each / "quads" for each in Audience), release.path / "marks"):
        shutil.rmtree(folder)
    (release.path / "manifest.json").write_text(json.dumps(manifest))
