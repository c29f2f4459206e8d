"""The sources `illustrative` and `gm-standards`, as they are shipped."""

import filecmp
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from loaders.directory import initialise
from loaders.issues import Effect
from loaders.pipeline import Loaded, load_source
from loaders.snapshot import opener_of
from loaders.source import declared_sources
from loaders.staging import open_staged
from loaders.validation import validate
from ontology.vocab import DCT, GM, ORG, RDF, SKOS, XSD
from tests.illustrative.files import FOLDER, write
from tests.illustrative.world import SUFFIX

BASE = "https://data.greatermanchester.example/"
NAMES = ("gm-standards", "illustrative")
OURS = f"{BASE}id/organisation/GM-knowledge-graph"  # who publishes the sources
YES = Literal("true", datatype=NamedNode(XSD.boolean))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Loaded, Store]]:
    """Both sources, each with its quads as a store."""
    directory = initialise(tmp_path_factory.mktemp("shipped") / "var")
    found = {}
    for name in NAMES:
        source = declared_sources()[name]
        openers = {file.name: opener_of(file.place) for file in source.files if file.place}
        made = load_source(directory, source, openers)
        store = Store()
        with open_staged(directory, made.load) as file:
            lines = file.readlines()
        store.load(b"".join(lines), format=RdfFormat.N_QUADS)
        assert [result for result in validate(name, lines) if result.refuses] == []
        found[name] = made, store
    return found


def things(store: Store) -> set[str]:
    """The things that are described: subjects with a type, under `id/`."""
    typed = (quad.subject for quad in store.quads_for_pattern(None, NamedNode(RDF.type), None))
    named = {each.value for each in typed if isinstance(each, NamedNode)}
    return {each for each in named if each.startswith(f"{BASE}id/")} - {OURS}


@pytest.mark.parametrize("name", NAMES)
def test_they_load_whole_and_break_no_shape(
    loaded: dict[str, tuple[Loaded, Store]], name: str
) -> None:
    made, _ = loaded[name]
    assert {(each.rule, each.effect) for each in made.issues} <= {("shape", Effect.NOTED)}
    assert made.load.counts.records_in == made.load.counts.records_loaded > 8
    assert made.load.counts.values_withheld == 0


def test_the_files_are_what_the_program_makes(tmp_path: Path) -> None:
    written = write(tmp_path)
    assert {path.name for path in written} == {path.name for path in FOLDER.glob("*.csv")}
    for path in written:
        assert filecmp.cmp(path, FOLDER / path.name, shallow=False), path.name


def test_every_district_has_bodies_of_its_own(tmp_path: Path) -> None:
    one, three = tmp_path / "one", tmp_path / "three"
    for path in write(one):
        write(three, 3)
        assert (
            len(path.read_text().splitlines()) - 1
            == (len((three / path.name).read_text().splitlines()) - 1) / 3
        )


def test_everything_illustrative_says_so(loaded: dict[str, tuple[Loaded, Store]]) -> None:
    _, store = loaded["illustrative"]
    marked = {
        quad.subject.value
        for quad in store.quads_for_pattern(None, NamedNode(GM.isIllustrative), YES)
        if isinstance(quad.subject, NamedNode)
    }
    assert marked == things(store) | {f"{BASE}graph/illustrative"}
    assert len(marked) > 180


def test_every_name_but_those_of_posts_and_units_says_so(
    loaded: dict[str, tuple[Loaded, Store]],
) -> None:
    _, store = loaded["illustrative"]
    named, described = 0, things(store)
    for predicate in (DCT.title, SKOS.prefLabel):
        for quad in store.quads_for_pattern(None, NamedNode(predicate), None):
            assert isinstance(quad.subject, NamedNode)
            assert isinstance(quad.object, Literal)
            kind = quad.subject.value.removeprefix(f"{BASE}id/").split("/")[0]
            if quad.subject.value not in described:
                continue
            if kind not in ("post", "unit"):
                assert quad.object.value.endswith(SUFFIX), quad.object.value
                named += 1
    assert named > 120


def test_no_real_body_is_in_it(loaded: dict[str, tuple[Loaded, Store]]) -> None:
    _, store = loaded["illustrative"]
    organisations = {
        quad.subject.value
        for quad in store.quads_for_pattern(
            None, NamedNode(RDF.type), NamedNode(ORG.Organization), None
        )
        if isinstance(quad.subject, NamedNode)
    } - {OURS}
    assert len(organisations) == 6
    mentioned = {
        quad.object.value
        for quad in store.quads_for_pattern(None, None, None)
        if isinstance(quad.object, NamedNode)
        and quad.object.value.startswith(f"{BASE}id/organisation/")
        and quad.predicate.value != DCT.publisher  # of the source: this project
    }
    assert mentioned <= organisations
    publishers = {
        quad.object.value
        for quad in store.quads_for_pattern(None, NamedNode(DCT.publisher), None)
        if isinstance(quad.object, NamedNode)
    }
    assert publishers <= organisations | {OURS}
