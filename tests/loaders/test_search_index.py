"""The search index of an audience: what is in it, and when it is made anew."""

import zlib
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse

from loaders.audience import Audience
from loaders.difference import Difference
from loaders.directory import DataDirectory, initialise
from loaders.publish import publish
from loaders.release import Release
from loaders.search_documents import affected, documents, telling_class
from loaders.search_index import MAKER_FILE, build_index, change_index, copy_index, index_path
from loaders.search_segments import LINES, name_of, segments_of
from ontology.vocab import FOAF, GM, ORG
from queries.search_fields import (
    ANY_CASE,
    AREA,
    CLASS,
    CLASS_NAMES,
    CODE,
    DESCRIPTION,
    FORMAT_FILE,
    KEYWORDS,
    NAME,
    NAMES,
    PUBLISHER,
    THEME,
    as_code,
)
from service.search_index import SearchIndex
from tests.loaders.conftest import BASE
from tests.loaders.publishing import a_source, current, load, store_of

ROWS = ["GB-LAE-AAA,Alder Council", "GB-LAE-BBB,Birch Council"]
TREES = f"""
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix gm: <https://w3id.org/greater-manchester/def/gm#> .
@prefix gm-shapes: <https://w3id.org/greater-manchester/def/shapes#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<{BASE}id/dataset/parks/trees> a dcat:Dataset, dcat:Resource ;
    dct:title "Trees"@en, "Coed"@cy ;
    skos:altLabel "Tree survey"@en ;
    dct:description "Every tree of the parks."@en ;
    dct:identifier "T  1" ;
    dcat:keyword "oak" ;
    dcat:theme <http://theme.example/green> ;
    dct:publisher <{BASE}id/organisation/GM-parks> ;
    gm:publisherAsStated "The parks people" ;
    dct:spatial <{BASE}id/area/E1>, <{BASE}.well-known/genid/shape> ;
    owl:sameAs <http://elsewhere.example/Trees> ;
    adms:identifier <{BASE}.well-known/genid/code> .
<{BASE}.well-known/genid/code> a adms:Identifier ; skos:notation "TREES-01" .
<{BASE}id/dataset/parks/bins> a dcat:Dataset ; gm:publisherAsStated "The parks people" .
<{BASE}id/dataset/parks/gone> a dcat:Dataset ;
    prov:invalidatedAtTime "2026-01-01T00:00:00Z"^^xsd:dateTime .
<{BASE}id/dataset/parks/mentioned> dct:title "Only mentioned"@en .
<http://elsewhere.example/other> a dcat:Dataset ; dct:title "Not ours"@en .
gm:Tree a owl:Class ; rdfs:label "tree"@en .
gm-shapes:Tree a sh:NodeShape ; rdfs:isDefinedBy <https://w3id.org/greater-manchester/def/shapes> .
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store whose default graph holds the trees."""
    store = Store(str(tmp_path / "trees"))
    store.extend(parse(TREES.encode(), format=RdfFormat.TURTLE))
    return store


def labels(folder: Path, text: str = "") -> list[str]:
    """The last parts of the IRIs that are found."""
    return [hit.iri.rpartition("/")[2] for hit in SearchIndex(folder).ask(text, {}, 0, 100).hits]


def has(folder: Path, word: str) -> bool:
    """Whether any file of an index holds the letters of a word, one after another."""
    return any(word.encode() in readable(file) for file in folder.iterdir())


def readable(file: Path) -> bytes:
    """What a file holds, with nothing compressed that we compressed."""
    content = file.read_bytes()
    return zlib.decompress(content) if file.suffix == LINES else content


def test_a_document_holds_what_finds_a_thing(store: Store) -> None:
    found = {each.iri: each for each in documents(store, BASE)}
    trees = f"{BASE}id/dataset/parks/trees"
    codes = [
        trees,
        "dataset/parks/trees",
        f"{BASE}doc/dataset/parks/trees",
        "parks/trees",
        "trees",
        "T  1",
        "http://elsewhere.example/Trees",
        "TREES-01",
    ]
    assert found[trees].key == "trees"
    assert found[trees].values == {
        CODE: codes,
        ANY_CASE: list(dict.fromkeys(as_code(code) for code in codes)),
        NAME: ["trees", "coed", "tree survey"],
        NAMES: ["Trees", "Coed", "Tree survey"],
        "words": ["Trees", "Coed", "Tree survey"],
        KEYWORDS: ["oak"],
        DESCRIPTION: ["Every tree of the parks."],
        CLASS: ["http://www.w3.org/ns/dcat#Dataset"],
        PUBLISHER: [f"{BASE}id/organisation/GM-parks"],
        THEME: ["http://theme.example/green"],
        AREA: [f"{BASE}id/area/E1"],
    }


def test_what_is_found_are_things_and_terms_and_nothing_that_is_gone(store: Store) -> None:
    found = {each.iri: each.values for each in documents(store, BASE)}
    assert found.keys() == {
        f"{BASE}id/dataset/parks/trees",
        f"{BASE}id/dataset/parks/bins",
        f"{GM._NAMESPACE}Tree",
    }
    assert found[f"{BASE}id/dataset/parks/bins"][PUBLISHER] == ["The parks people"]
    assert "gm:Tree" in found[f"{GM._NAMESPACE}Tree"][CODE]


def test_a_thing_is_what_its_most_telling_class_says() -> None:
    agent = f"{FOAF._NAMESPACE}Agent"
    types = frozenset((agent, ORG.Organization, GM.PublicBody, GM.LocalAuthority))
    assert telling_class(types) == GM.LocalAuthority
    assert telling_class(types - {GM.LocalAuthority, GM.PublicBody}) == ORG.Organization


def test_the_order_is_that_of_labels_however_many_runs_are_sorted(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.search_index.RUN", 1)
    assert build_index(store, tmp_path / "made" / "index", BASE) == 3
    assert labels(tmp_path / "made" / "index") == ["bins", "gm#Tree", "trees"]
    assert [each.name for each in (tmp_path / "made").iterdir()] == ["index"]


def test_whoever_may_read_a_release_may_read_its_index(store: Store, tmp_path: Path) -> None:
    build_index(store, tmp_path / "made" / "index", BASE)
    modes = {file.stat().st_mode for file in (tmp_path / "made" / "index").iterdir()}
    assert len(modes) == 1


@pytest.mark.parametrize("stamp", [FORMAT_FILE, MAKER_FILE])
def test_an_index_made_otherwise_is_not_taken_over(
    store: Store, tmp_path: Path, stamp: str
) -> None:
    first, second = tmp_path / "first" / "index", tmp_path / "second" / "index"
    build_index(store, first, BASE)
    assert copy_index(first, second)
    assert labels(second, "tree") == ["gm#Tree", "trees"]
    (first / stamp).unlink()
    (first / stamp).write_text("0")
    assert not change_index(store, first, tmp_path / "third", BASE, Difference())
    assert not copy_index(first, tmp_path / "third")
    assert not (tmp_path / "third").exists()
    assert not copy_index(tmp_path / "nowhere", tmp_path / "third")


def test_every_audience_gets_an_index_and_none_of_another_ones_secrets(
    directory: DataDirectory, tmp_path: Path
) -> None:
    load(directory, a_source(), *ROWS)
    load(directory, a_source("secret", Audience.INTERNAL), "GM-quixotic,Zebrawood Quagmire")
    publish(directory)
    release = current(directory)
    found = {each: labels(index_path(release, each), "zebrawood") for each in Audience}
    assert found == {Audience.PUBLIC: [], Audience.PARTNER: [], Audience.INTERNAL: ["GM-quixotic"]}
    public, internal = (index_path(release, each) for each in (Audience.PUBLIC, Audience.INTERNAL))
    # The start of the word: compression may write its end as one that stood before.
    assert has(internal, "quixo")  # it can be seen, where it is
    assert not has(public, "quixo")
    without = tmp_path / "without" / "index"
    build_index(store_of(innocent(tmp_path)), without, BASE)
    assert contents(public) == contents(without)
    assert labels(public, '"birch council"') == ["GB-LAE-BBB"]


def innocent(path: Path) -> Release:
    """A release that knows of no secret."""
    directory = initialise(path / "innocent")
    load(directory, a_source(), *ROWS)
    publish(directory)
    return current(directory)


def contents(folder: Path) -> list[dict[str, bytes]]:
    """What the files of each segment hold, by the ends of their names: the rest is chance."""
    return [
        {file.suffix: file.read_bytes() for file in folder.glob(f"{name_of(segment)}.*")}
        for segment in segments_of(folder)
    ]


def inode(release: Release, audience: Audience) -> int:
    """What tells the same file under two names from two files."""
    return (index_path(release, audience) / "meta.json").stat().st_ino


def test_an_index_serves_as_long_as_its_audience_sees_the_same(directory: DataDirectory) -> None:
    load(directory, a_source(), *ROWS)
    publish(directory)
    first = current(directory)
    assert inode(first, Audience.PUBLIC) == inode(first, Audience.INTERNAL)
    load(directory, a_source("secret", Audience.INTERNAL), "GM-quixotic,Zebrawood Quagmire")
    publish(directory)
    second = current(directory)
    assert inode(second, Audience.PUBLIC) == inode(first, Audience.PUBLIC)
    assert inode(second, Audience.INTERNAL) != inode(first, Audience.INTERNAL)
    load(directory, a_source(), ROWS[0], "GB-LAE-BBB,Beech Council")
    publish(directory)
    third = current(directory)
    assert inode(third, Audience.PUBLIC) != inode(second, Audience.PUBLIC)
    assert labels(index_path(third, Audience.PUBLIC), "birch") == []
    assert labels(index_path(third, Audience.PUBLIC), "beech") == ["GB-LAE-BBB"]


def test_what_is_withdrawn_is_found_no_more(directory: DataDirectory) -> None:
    load(directory, a_source(), *ROWS)
    load(directory, a_source("parishes"), "GM-cedar,Cedar Parish")
    publish(directory)
    assert labels(index_path(current(directory), Audience.PUBLIC), "cedar") == ["GM-cedar"]
    publish(directory, withdraw=["parishes"])
    assert labels(index_path(current(directory), Audience.PUBLIC), "cedar") == []


SHARED = f"""
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix gm: <https://w3id.org/greater-manchester/def/gm#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://kinds.example/7> a skos:Concept ; skos:prefLabel "Sheltering"@en ; skos:notation "K-7" .
<http://kinds.example/8> a skos:Concept ; skos:prefLabel "Without a code"@en .
<http://kinds.example/9> a skos:Concept ; skos:notation "without a label" .
<http://kinds.example/10> skos:prefLabel "No concept"@en ; skos:notation "K-10" .
<{BASE}id/service/parks/shelter> a gm:Service ; gm:serviceType <http://kinds.example/7> .
gm:Service rdfs:label "service"@en, "gwasanaeth"@cy ; skos:altLabel "offer"@en .
<{BASE}id/organisation/GM-parks> a gm:PublicBody ; foaf:homepage <https://parks.example/> .
<{BASE}graph/parks> a skos:Concept ; skos:prefLabel "A graph"@en ; skos:notation "G" .
"""


@pytest.fixture
def shared(tmp_path: Path) -> Store:
    """A store with what others name: types of service and classes."""
    store = Store(str(tmp_path / "shared"))
    store.extend(parse(SHARED.encode(), format=RdfFormat.TURTLE))
    return store


def test_concepts_of_others_with_label_and_notation_are_found(shared: Store) -> None:
    found = {each.iri: each.values for each in documents(shared, BASE)}
    service, body = f"{BASE}id/service/parks/shelter", f"{BASE}id/organisation/GM-parks"
    assert found.keys() == {"http://kinds.example/7", service, body}
    assert found["http://kinds.example/7"] == {
        CODE: ["http://kinds.example/7", "K-7"],
        ANY_CASE: ["http://kinds.example/7", "k-7"],
        NAME: ["sheltering"],
        NAMES: ["Sheltering"],
        "words": ["Sheltering"],
        CLASS: ["http://www.w3.org/2004/02/skos/core#Concept"],
    }
    assert "K-7" in found[service][CODE]
    assert found[service][CLASS_NAMES] == ("offer", "service")
    addresses = ["https://parks.example/", "https://parks.example", "parks.example"]
    assert [each for each in found[body][CODE] if "parks.example" in each] == addresses


def test_what_changes_a_document_from_afar_is_noticed(shared: Store) -> None:
    def touched(line: str) -> set[str]:
        return affected(shared, BASE, Difference(added=[f"{line} .\n".encode()]))

    service, kind = f"{BASE}id/service/parks/shelter", "http://kinds.example/7"
    skos, rdfs = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2000/01/rdf-schema#"
    assert touched(f'<{kind}> <{skos}notation> "K-8"') == {kind, service}
    assert touched(f'<{kind}> <{skos}prefLabel> "Other"@en') == {kind}
    assert touched(f'<{GM.Service}> <{rdfs}label> "aid"@en') == {GM.Service, service}
    assert touched(f'<{GM.Service}> <{skos}altLabel> "aid"@en') == {GM.Service, service}
    assert touched(f'<{GM.Service}> <{rdfs}comment> "Aid."@en') == {GM.Service}
    assert touched(f'<{BASE}graph/parks> <{rdfs}label> "Parks"@en') == set()
