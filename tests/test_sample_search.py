"""Whatever code a register gives to something in the samples finds it, above everything else."""

from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode

from loaders.directory import initialise
from loaders.pipeline import load_source
from loaders.publish import publish
from loaders.snapshot import opener_of
from loaders.source import declared_sources
from ontology.namespaces import DEF
from ontology.vocab import ADMS, DCT, FOAF, GM, RDF, SKOS
from service.search_index import SearchIndex, search_index
from service.store import Release, Releases

# Codes that are nobody's alone: the last parts of IRIs, and notations of several schemes.
SHARED: dict[str, int] = {}
ASKED_ABOUT = {
    "E08000003": "area/E08000003",
    "R0A": "organisation/GB-NHS-R0A",
    "MAN": "organisation/GB-LAE-MAN",
    "GB-LAE-MAN": "organisation/GB-LAE-MAN",
    "gb-lae-man": "organisation/GB-LAE-MAN",
}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of every sample, as `make run` makes it."""
    directory = initialise(tmp_path_factory.mktemp("samples") / "var")
    for source in declared_sources().values():
        if all(file.place is not None for file in source.files):
            openers = {file.name: opener_of(file.place) for file in source.files if file.place}
            load_source(directory, source, openers)
    publish(directory)
    return Releases(directory.path).current()


@pytest.fixture(scope="module")
def index(release: Release) -> SearchIndex:
    found = search_index(release)
    assert found is not None
    return found


def identifiers(release: Release) -> dict[str, set[str]]:
    """The things by the codes that registers give them."""
    found: dict[str, set[str]] = defaultdict(set)
    identified = NamedNode(ADMS.identifier)
    for quad in release.store.quads_for_pattern(None, identified, None, DefaultGraph()):
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode)
        notations = release.store.quads_for_pattern(
            quad.object, NamedNode(SKOS.notation), None, DefaultGraph()
        )
        for notation in notations:
            assert isinstance(notation.object, Literal)
            found[notation.object.value].add(quad.subject.value)
    return found


def things(release: Release) -> set[str]:
    """Whatever has a type and stands where things or definitions do, but for the shapes.

    Beside them the concepts of others that have a label and a notation.
    """
    return set(concepts_of_others(release)) | {
        quad.subject.value
        for quad in release.store.quads_for_pattern(None, NamedNode(RDF.type), None, DefaultGraph())
        if isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith((f"{release.base}id/", DEF))
        and not quad.subject.value.startswith(f"{DEF}shapes#")
    }


def concepts_of_others(release: Release) -> list[str]:
    """The concepts that this service did not give an IRI, as far as they have label and code."""
    query = f"""SELECT DISTINCT ?concept {{
        ?concept a <{SKOS.Concept}> ; <{SKOS.prefLabel}> ?label ; <{SKOS.notation}> ?code
        FILTER (!STRSTARTS(STR(?concept), "{DEF}") && !STRSTARTS(STR(?concept), "{release.base}"))
    }}"""
    return [row[0].value for row in release.store.query(query)]  # type: ignore[union-attr]


def codes(release: Release) -> dict[str, set[str]]:
    """Whatever is known by a code, with the code, from every property that gives one."""
    found: dict[str, set[str]] = defaultdict(set)
    known = things(release)
    for thing in known:
        found[thing].add(thing)
        if thing.startswith((release.base, DEF)):
            found[thing.replace("#", "/").rpartition("/")[2]].add(thing)

    def objects(subject: NamedNode, predicate: str) -> list[NamedNode | Literal]:
        quads = release.store.quads_for_pattern(subject, NamedNode(predicate), None, DefaultGraph())
        return [q.object for q in quads if isinstance(q.object, NamedNode | Literal)]

    for thing in known:
        node = NamedNode(thing)
        for term in (SKOS.notation, DCT.identifier, GM.gssCode, GM.laCode, FOAF.homepage):
            for each in objects(node, term):
                found[each.value].add(thing)
        for term in (ADMS.identifier, GM.serviceType):
            for each in objects(node, term):
                assert isinstance(each, NamedNode)
                for notation in objects(each, SKOS.notation):
                    found[notation.value].add(thing)
    return found


def test_every_code_finds_all_that_it_is_the_code_of_above_everything_else(
    release: Release, index: SearchIndex
) -> None:
    owners_of = codes(release)
    pairs = sum(map(len, owners_of.values()))
    assert pairs > 3_000
    assert len(concepts_of_others(release)) > 80
    astray = {}
    for code, owners in owners_of.items():
        found = [hit.iri for hit in index.ask(code, {}, 0, len(owners)).hits]
        if set(found) != owners:
            astray[code] = owners.symmetric_difference(found)
    assert astray == {}


def test_a_type_of_service_is_found_by_its_code_after_the_services(
    release: Release, index: SearchIndex
) -> None:
    hits = index.ask("http://id.esd.org.uk/service/107", {}, 0, 1).hits
    assert (hits[0].iri, hits[0].type) == ("http://id.esd.org.uk/service/107", SKOS.Concept)
    found = index.ask("107", {}, 0, 100).hits
    assert found[-1].iri == "http://id.esd.org.uk/service/107"
    assert len(found) > 10
    assert all(hit.type == GM.Service for hit in found[:-1])


@pytest.mark.parametrize(
    ("text", "cls"), [("data flow", GM.DataFlow), ("DPIA", GM.ImpactAssessment)]
)
def test_things_are_found_by_what_their_class_is_called(
    release: Release, index: SearchIndex, text: str, cls: str
) -> None:
    typed = release.store.quads_for_pattern(
        None, NamedNode(RDF.type), NamedNode(cls), DefaultGraph()
    )
    wanted = {quad.subject.value for quad in typed if isinstance(quad.subject, NamedNode)}
    assert wanted
    hits = index.ask(text, {}, 0, 100).hits
    assert hits[0].iri == cls
    assert wanted <= {hit.iri for hit in hits}


def test_every_identifier_finds_its_thing_first(release: Release, index: SearchIndex) -> None:
    codes = identifiers(release)
    assert len(codes) > 100
    astray, shared = {}, {}
    for code, owners in codes.items():
        first = [hit.iri for hit in index.ask(code, {}, 0, 20).hits][: len(owners)]
        if len(owners) > 1:
            shared[code] = len(owners)
        if set(first) != owners:
            astray[code] = first
    assert astray == {}
    assert shared == SHARED


@pytest.mark.parametrize(("code", "path"), ASKED_ABOUT.items())
def test_a_code_that_people_ask_for_is_first(
    release: Release, index: SearchIndex, code: str, path: str
) -> None:
    assert index.ask(code, {}, 0, 1).hits[0].iri == f"{release.base}id/{path}"


def test_every_iri_finds_itself_first(release: Release, index: SearchIndex) -> None:
    astray = [
        iri
        for iri in things(release)
        if [hit.iri for hit in index.ask(iri, {}, 0, 1).hits] != [iri]
    ]
    assert astray == []


def test_codes_of_areas_and_references_of_things_find_them(
    release: Release, index: SearchIndex
) -> None:
    known = things(release)
    for term in (GM.gssCode, GM.laCode, DCT.identifier):
        for quad in release.store.quads_for_pattern(None, NamedNode(term), None, DefaultGraph()):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                hits = index.ask(quad.object.value, {}, 0, 20).hits
                if quad.subject.value in known:
                    assert quad.subject.value in [hit.iri for hit in hits], quad.object.value


def test_everything_is_found_once_and_in_the_order_of_labels(
    release: Release, index: SearchIndex
) -> None:
    found: list[str] = []
    while True:
        answer = index.ask("", {}, len(found), 20)
        if not answer.hits:
            break
        found += [hit.iri for hit in answer.hits]
    assert len(found) == len(set(found)) == answer.total
    assert set(found) == things(release)
    labelled = [
        release.labels.of(iri).casefold() for iri in found if release.labels.stated(iri) is not None
    ]
    assert labelled == sorted(labelled)


def test_the_folder_holds_the_index_and_no_lock(release: Release) -> None:
    names = [each.name for each in Path(release.path / "public" / "index").iterdir()]
    assert "meta.json" in names
    assert not [name for name in names if "lock" in name]
