"""What each audience gets of the staged quads: by hand-made cases, and for any small graphs."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from loaders import audience_files
from loaders.allow_lists import AllowLists, allow_lists_digest, read_allow_lists
from loaders.audience import Audience
from loaders.audience_files import make_audience_files, read_survey, write_survey
from loaders.projection import Survey
from loaders.release import Manifest, Release
from loaders.staging import digest
from ontology.namespaces import DEF, PREFIXES
from ontology.vocab import GM, RDF
from tests.loaders.staged_turtle import BASE, lines_of

Sources = Mapping[str, tuple[Audience, list[bytes]]]

LISTS = read_allow_lists(
    b"""
    ["gm:InformationAsset"]
    kind = "information-asset"
    public = ["dct:title", "adms:identifier", "gm:heldBy"]
    partner = ["gm:assetOwner", "gm:heldIn"]
    ["gm:InformationSystem"]
    kind = "system"
    partner = ["dct:title"]
    ["org:Organization"]
    kind = "organisation"
    public = ["skos:prefLabel", "adms:identifier"]
    ["adms:Identifier"]
    public = ["skos:notation", "dct:source"]
    ["gm:Source"]
    public = ["dct:title", "prov:wasGeneratedBy"]
    whole = ["prov:hadPrimarySource", "void:triples"]
    ["gm:LoadRun"]
    public = ["prov:endedAtTime"]
    whole = ["gm:recordsIn", "prov:used"]
    ["gm:Snapshot"]
    public = []
    whole = ["dct:title", "gm:sha256"]
    ["dcat:Resource"]
    public = ["gm:riskAsStated"]
    """
)


def make(
    folder: Path, sources: Sources, lists: AllowLists = LISTS, parent: Release | None = None
) -> Release:
    """A release of nothing but its staged files and those of its audiences."""
    manifest = Manifest(
        id=folder.name,
        parent=None,
        base=BASE,
        published="2026-01-01T00:00:00Z",
        publisher="tests",
        versions={"allow-lists": allow_lists_digest()},
        sources={
            name: {"audience": str(audience), "sha256": digest(b"".join(lines))}
            for name, (audience, lines) in sources.items()
        },
    )
    (folder / "staged").mkdir(parents=True)
    for name, (_, lines) in sources.items():
        (folder / "staged" / f"{name}.nq").write_bytes(b"".join(lines))
    release = Release(folder, manifest)
    with patch.object(audience_files, "shipped_allow_lists", lambda: lists):
        make_audience_files(release, parent)
    return release


def seen(release: Release, audience: Audience) -> dict[str, set[bytes]]:
    """The lines that an audience gets of each source."""
    return {
        key.partition(":")[0]: set(path.read_bytes().splitlines(keepends=True))
        for key, path in release.staged_files(audience).items()
    }


def project(turtle: str, audience: Audience) -> set[bytes]:
    """What an audience gets of a public source that states what a Turtle text does."""
    with tempfile.TemporaryDirectory() as folder:
        made = make(Path(folder, "r"), {"a": (Audience.PUBLIC, lines_of("a", turtle))})
        return seen(made, audience)["a"]


ASSET = """
    <id/information-asset/x> a gm:InformationAsset, dcat:Resource ;
        dct:title "An asset" ; gm:riskAsStated "A risk" ; dct:license <https://l.example/> .
"""


def test_what_is_not_listed_is_internal() -> None:
    listed = lines_of(
        "a",
        """<id/information-asset/x> a gm:InformationAsset, dcat:Resource ;
               dct:title "An asset" .""",
    )
    assert project(ASSET, Audience.PUBLIC) == set(listed)
    assert project(ASSET, Audience.PARTNER) == set(listed)
    assert project(ASSET, Audience.INTERNAL) == set(lines_of("a", ASSET))


def test_a_thing_of_no_listed_class_is_internal() -> None:
    turtle = """
        <id/person/x> a foaf:Person ; skos:prefLabel "Someone" .
        <https://other.example/x> dct:title "Nobody says what it is" .
        <graph/a> dct:title "Nor here" .
        <id/unheard-of/x> dct:title "Nor here" .
    """
    assert project(turtle, Audience.PARTNER) == set()


def test_a_thing_without_a_type_in_its_source_is_of_the_class_of_its_kind(tmp_path: Path) -> None:
    turtle = """
        <id/organisation/x> skos:prefLabel "X" ; dct:description "No" .
        <id/system/x> dct:title "S" ; gm:productName "P" .
    """
    types = "<id/organisation/x> a org:Organization . <id/system/x> a gm:InformationSystem ."
    sources = {"a": lines_of("a", turtle), "b": lines_of("b", types)}
    release = make(tmp_path / "r", {key: (Audience.PUBLIC, sources[key]) for key in sources})
    public = lines_of("a", '<id/organisation/x> skos:prefLabel "X" .')
    assert seen(release, Audience.PUBLIC)["a"] == set(public)
    assert seen(release, Audience.PARTNER)["a"] == {
        *public,
        *lines_of("a", '<id/system/x> dct:title "S" .'),
    }


@pytest.mark.parametrize("described", [None, Audience.INTERNAL, Audience.PARTNER, Audience.PUBLIC])
def test_words_about_a_thing_that_is_not_described_go(
    tmp_path: Path, described: Audience | None
) -> None:
    words = lines_of("a", '<id/organisation/x> skos:prefLabel "X" .')
    sources = {"a": (Audience.PUBLIC, words)}
    if described:
        lines = lines_of("b", "<id/organisation/x> a org:Organization .")
        sources["b"] = (described, lines)
    release = make(tmp_path / "r", sources)
    for audience in (Audience.PUBLIC, Audience.PARTNER):
        is_told = described is not None and audience.reads(described)
        assert seen(release, audience)["a"] == (set(words) if is_told else set())


LOADED = """
    <graph/a> a gm:Source ; dct:title "A" ; prov:wasGeneratedBy <.well-known/genid/a/load> ;
        void:triples 3 ; prov:hadPrimarySource <.well-known/genid/a/file> .
    <.well-known/genid/a/load> a gm:LoadRun ; gm:recordsIn 2 ;
        prov:used <.well-known/genid/a/file> .
    <.well-known/genid/a/file> a gm:Snapshot ; dct:title "a.csv" ; gm:sha256 "ab12" .
    <id/organisation/x> a org:Organization ; skos:prefLabel "X" .
"""
LOADED_IN_PART = """
    <graph/a> a gm:Source ; dct:title "A" ; prov:wasGeneratedBy <.well-known/genid/a/load> .
    <.well-known/genid/a/load> a gm:LoadRun .
    <id/organisation/x> a org:Organization ; skos:prefLabel "X" .
"""


def test_an_audience_is_told_all_of_the_load_of_a_source_that_it_sees_whole() -> None:
    for audience in Audience:
        assert project(LOADED, audience) == set(lines_of("a", LOADED))


@pytest.mark.parametrize(
    ("hidden", "from_whom"),
    [
        ('<id/organisation/x> dct:description "d" .', (Audience.PUBLIC, Audience.PARTNER)),
        ("<id/information-asset/x> gm:heldIn <id/system/x> .", (Audience.PUBLIC, Audience.PARTNER)),
        ('<id/system/x> a gm:InformationSystem ; dct:title "S" .', (Audience.PUBLIC,)),
        (
            "<id/system/x> a gm:InformationSystem ; gm:visibleTo audience:internal .",
            (Audience.PUBLIC, Audience.PARTNER),
        ),
        ('<id/organisation/y> skos:prefLabel "Y" .', (Audience.PUBLIC, Audience.PARTNER)),
        (
            '<.well-known/genid/a/z> a adms:Identifier ; skos:notation "Z" .',
            (Audience.PUBLIC, Audience.PARTNER),
        ),
    ],
)
def test_files_and_counts_of_a_source_are_told_to_nobody_who_sees_some_of_it(
    hidden: str, from_whom: tuple[Audience, ...]
) -> None:
    turtle = LOADED + hidden
    for audience in Audience:
        if audience in from_whom:
            assert project(turtle, audience) == set(lines_of("a", LOADED_IN_PART))
        else:
            assert project(turtle, audience) == set(lines_of("a", turtle))


def test_a_link_goes_where_its_end_is_not_described() -> None:
    held = """
        <id/information-asset/x> a gm:InformationAsset ;
            gm:heldBy <id/organisation/nobody> ; gm:heldIn <id/system/x> .
        <id/system/x> a gm:InformationSystem ; dct:title "S" .
    """
    type_alone = set(lines_of("a", "<id/information-asset/x> a gm:InformationAsset ."))
    assert project(held, Audience.PUBLIC) == type_alone
    assert project(held, Audience.PARTNER) == {
        *type_alone,
        *lines_of(
            "a",
            """<id/information-asset/x> gm:heldIn <id/system/x> .
               <id/system/x> a gm:InformationSystem ; dct:title "S" .""",
        ),
    }


def test_a_part_goes_with_what_refers_to_it(tmp_path: Path) -> None:
    turtle = """
        <id/organisation/x> a org:Organization ; adms:identifier <.well-known/genid/a/1> .
        <id/system/x> a gm:InformationSystem ; adms:identifier <.well-known/genid/a/2> .
        <.well-known/genid/a/1> a adms:Identifier ; skos:notation "1" ;
            dct:source <.well-known/genid/a/3> .
        <.well-known/genid/a/2> a adms:Identifier ; skos:notation "2" ;
            dct:source <.well-known/genid/a/4> .
        <.well-known/genid/a/3> a adms:Identifier ; skos:notation "3" .
        <.well-known/genid/a/4> a adms:Identifier ; skos:notation "4" ;
            dct:source <.well-known/genid/a/4> .
    """
    kept = """
        <id/organisation/x> a org:Organization ; adms:identifier <.well-known/genid/a/1> .
        <.well-known/genid/a/1> a adms:Identifier ; skos:notation "1" ;
            dct:source <.well-known/genid/a/3> .
        <.well-known/genid/a/3> a adms:Identifier ; skos:notation "3" .
    """
    assert project(turtle, Audience.PUBLIC) == set(lines_of("a", kept))


def test_the_strictest_of_all_sources_says_who_may_see_a_thing(tmp_path: Path) -> None:
    described = lines_of("a", '<id/organisation/x> a org:Organization ; skos:prefLabel "X" .')
    wide = lines_of("b", "<id/organisation/x> gm:visibleTo audience:public .")
    narrow = lines_of("c", "<id/organisation/x> gm:visibleTo audience:partner .")
    release = make(
        tmp_path / "r",
        {
            "a": (Audience.PUBLIC, described),
            "b": (Audience.PUBLIC, wide),
            "c": (Audience.INTERNAL, narrow),
        },
    )
    assert seen(release, Audience.PUBLIC) == {"a": set(), "b": set()}
    assert seen(release, Audience.PARTNER) == {"a": set(described), "b": set()}


def test_an_audience_that_is_not_understood_is_internal() -> None:
    for stated in ("audience:everybody", '"public"', "<https://other.example/public>"):
        turtle = f"<id/organisation/x> a org:Organization ; gm:visibleTo {stated} ."
        assert project(turtle, Audience.PARTNER) == set()


def test_words_cannot_pass_for_a_restriction() -> None:
    words = f"> <{GM.visibleTo}> <{DEF}audience/internal> <{BASE}graph/a> ."
    turtle = f'<id/organisation/x> a org:Organization ; skos:prefLabel "{words}" .'
    assert project(turtle, Audience.PUBLIC) == set(lines_of("a", turtle))


def test_a_source_for_fewer_has_no_file_for_more(tmp_path: Path) -> None:
    lines = lines_of("a", '<id/organisation/x> a org:Organization ; skos:prefLabel "X" .')
    link = lines_of("b", "<id/information-asset/x> gm:heldBy <id/organisation/x> .")
    asset = lines_of("b", "<id/information-asset/x> a gm:InformationAsset .")
    sources = {"a": (Audience.PARTNER, lines), "b": (Audience.PUBLIC, sorted([*link, *asset]))}
    release = make(tmp_path / "r", sources)
    assert seen(release, Audience.PUBLIC) == {"b": set(asset)}
    assert seen(release, Audience.PARTNER) == {"a": set(lines), "b": {*link, *asset}}
    assert not release.quads_path(Audience.PUBLIC, "a").exists()


def test_a_survey_is_read_as_it_was_written(tmp_path: Path) -> None:
    found = Survey(
        frozenset({1, 2**64 - 1}),
        frozenset(),
        {Audience.PUBLIC: frozenset(), Audience.PARTNER: frozenset({3})},
        {Audience.PUBLIC: frozenset({4}), Audience.PARTNER: frozenset()},
        frozenset({Audience.PARTNER}),
    )
    write_survey(tmp_path / "a", found)
    assert read_survey(tmp_path / "a") == found


# Graphs and lists of all sorts. Few names, so that they meet.

NAMES = [
    *(f"{BASE}id/{kind}/{key}" for kind in ("organisation", "system", "other") for key in "ab"),
    *(f"{BASE}.well-known/genid/{source}/{key}" for source in ("s0", "s1") for key in "xy"),
    f"{BASE}graph/s0",
    f"{BASE}doc/organisation/a",
    "https://other.example/a",
]
WHOLE = GM.sha256
TERMS = [GM.heldBy, GM.heldIn, WHOLE, PREFIXES["dct"] + "title"]
OPEN_TERMS = [each for each in TERMS if each != WHOLE]
CLASSES = [GM.InformationSystem, GM.PublicBody, PREFIXES["org"] + "Organization"]
AUDIENCES = [f"{DEF}audience/{each}" for each in Audience]

statements = st.one_of(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(TERMS), st.sampled_from([*NAMES, '"w"'])),
    st.tuples(st.sampled_from(NAMES), st.just(RDF.type), st.sampled_from(CLASSES)),
    st.tuples(st.sampled_from(NAMES), st.just(GM.visibleTo), st.sampled_from(AUDIENCES)),
)


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, tuple[Audience, list[bytes]]]:
    made = {}
    for name in draw(st.sets(st.sampled_from(["s0", "s1", "s2"]), min_size=1)):
        lines = set()
        for subject, term, value in draw(st.lists(statements, max_size=14)):
            spelled = value if value.startswith('"') else f"<{value}>"
            lines.add(f"<{subject}> <{term}> {spelled} <{BASE}graph/{name}> .\n".encode())
        made[name] = (draw(st.sampled_from(list(Audience))), sorted(lines))
    return made


@st.composite
def lists(draw: st.DrawFn) -> AllowLists:
    of_class = {}
    for each in CLASSES:
        public = frozenset(draw(st.sets(st.sampled_from(OPEN_TERMS))))
        partner = public | draw(st.sets(st.sampled_from(OPEN_TERMS)))
        of_class[each] = draw(
            st.sampled_from(
                [
                    {},
                    {Audience.PARTNER: partner},
                    {Audience.PUBLIC: public, Audience.PARTNER: partner},
                ]
            )
        )
    kinds = {"organisation": CLASSES[2], "system": CLASSES[0]}
    whole = {each: frozenset({WHOLE}) for each in draw(st.sets(st.sampled_from(CLASSES)))}
    return AllowLists(of_class, draw(st.sampled_from([{}, kinds])), whole)


def assert_held(release: Release, sources: Sources) -> None:
    """What holds of the files of any release."""
    ours = (f"{BASE}id/", f"{BASE}.well-known/genid/", f"{BASE}graph/")
    inner: dict[str, set[bytes]] = {name: set(lines) for name, (_, lines) in sources.items()}
    assert seen(release, Audience.INTERNAL) == inner
    for audience in (Audience.PARTNER, Audience.PUBLIC):
        found = seen(release, audience)
        assert all(lines <= inner[name] for name, lines in found.items())
        inner = found
        quads = list(parse(b"".join(set().union(*found.values())), format=RdfFormat.N_QUADS))
        described = {each.subject.value for each in quads if each.predicate.value == RDF.type}
        objects = {each.object.value for each in quads if each.object.value != "w"}
        assert {each for each in objects if each.startswith(ours)} <= described
        subjects = {each.subject.value for each in quads}
        assert {each for each in subjects if each.startswith(ours[1])} <= objects
        assert {each for each in subjects if each.startswith(ours)} <= described
        for name, lines in found.items():
            if lines != set(sources[name][1]):
                assert not [line for line in lines if b"> <%s> " % WHOLE.encode() in line]
        restricted = {
            line.split(b" ")[0].decode()[1:-1]
            for _, lines in sources.values()
            for line in lines
            if GM.visibleTo.encode() in line
            and not any(
                f"<{DEF}audience/{each}>".encode() in line
                for each in Audience
                if audience.reads(each)
            )
        }
        assert not restricted & subjects
        assert not {each for each in restricted & objects if each.startswith(ours)}


@settings(max_examples=200)
@given(graphs(), lists())
def test_audiences_nest_and_no_link_is_dead(
    sources: dict[str, tuple[Audience, list[bytes]]], allowed: AllowLists
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert_held(make(Path(folder, "r"), sources, allowed), sources)


@settings(max_examples=200)
@given(graphs(), graphs(), lists())
def test_what_grows_from_a_parent_is_what_is_made_anew(
    before: dict[str, tuple[Audience, list[bytes]]],
    after: dict[str, tuple[Audience, list[bytes]]],
    allowed: AllowLists,
) -> None:
    mixed = {**before, **dict(list(after.items())[:1])}
    with tempfile.TemporaryDirectory() as folder:
        parent = make(Path(folder, "0"), before, allowed)
        for number, sources in enumerate((mixed, after), start=1):
            grown = make(Path(folder, str(number)), sources, allowed, parent)
            anew = make(Path(folder, f"{number}-anew"), sources, allowed)
            for audience in Audience:
                assert seen(grown, audience) == seen(anew, audience)
            assert grown.manifest.sources == anew.manifest.sources
            parent = grown
