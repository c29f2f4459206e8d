"""A source is described at the IRI of its graph: who says this, since when, how it was loaded."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rdflib.compare import isomorphic

from loaders.identity import Minter
from loaders.provenance import LoadRun, describe_source
from loaders.quads import Quad, plain
from loaders.snapshot import Snapshot
from loaders.source import Publisher, Source
from loaders.staging import Counts
from ontology.vocab import DCT, PROV, RDF
from tests.loaders.conftest import BASE, MINT, graph_of, turtle

SOURCE = Source(
    name="given",
    title="A register",
    files=(),
    description="What somebody keeps.",
    publisher=Publisher("The keeper", iri="https://keeper.example/"),
    licence="https://licence.example/",
    address="https://keeper.example/register",
)


def snapshot(name: str, digit: str, size: int) -> Snapshot:
    """A snapshot whose SHA-256 is one digit over and over."""
    return Snapshot(name, digit * 32, size, Path("kept"))


RUN = LoadRun(
    started=datetime(2025, 2, 3, 10, 15, tzinfo=UTC),
    ended=datetime(2025, 2, 3, 10, 16, tzinfo=UTC),
    snapshots=(
        snapshot("a.csv", "aa", 100),
        replace(snapshot("b.csv", "bb", 0), url="https://keeper.example/b.csv"),
    ),
    counts=Counts(records_in=9, records_loaded=7, records_left_out=2, values_withheld=3),
    triples=42,
)


def described(source: Source = SOURCE, run: LoadRun = RUN) -> list[Quad]:
    return list(describe_source(source, run, MINT))


def test_a_source_and_its_load_with_all_that_may_be_said_of_them() -> None:
    expected = f"""
        <graph/given> a gm:Source, dcat:Dataset, void:Dataset, prov:Entity ;
            dct:title "A register"@en ;
            dct:description "What somebody keeps."@en ;
            dct:license <https://licence.example/> ;
            dct:source <https://keeper.example/register> ;
            dct:publisher <https://keeper.example/> ;
            prov:wasGeneratedBy <.well-known/genid/given/load/20250203T101500Z> ;
            prov:generatedAtTime "2025-02-03T10:16:00Z"^^xsd:dateTime ;
            prov:hadPrimarySource <.well-known/genid/given/snapshot/a.csv/20250203T101500Z>,
                <.well-known/genid/given/snapshot/b.csv/20250203T101500Z> ;
            void:triples 42 .
        <https://keeper.example/> a foaf:Agent ; skos:prefLabel "The keeper"@en .
        <.well-known/genid/given/load/20250203T101500Z> a gm:LoadRun, prov:Activity ;
            prov:startedAtTime "2025-02-03T10:15:00Z"^^xsd:dateTime ;
            prov:endedAtTime "2025-02-03T10:16:00Z"^^xsd:dateTime ;
            gm:recordsIn 9 ; gm:recordsLoaded 7 ; gm:recordsLeftOut 2 ; gm:valuesWithheld 3 ;
            prov:used <.well-known/genid/given/snapshot/a.csv/20250203T101500Z>,
                <.well-known/genid/given/snapshot/b.csv/20250203T101500Z> .
        <.well-known/genid/given/snapshot/a.csv/20250203T101500Z> a gm:Snapshot, prov:Entity ;
            dct:title "a.csv" ; gm:sha256 "{"aa" * 32}" ; dcat:byteSize 100 ;
            prov:generatedAtTime "2025-02-03T10:15:00Z"^^xsd:dateTime ;
            dct:license <https://licence.example/> .
        <.well-known/genid/given/snapshot/b.csv/20250203T101500Z> a gm:Snapshot, prov:Entity ;
            dct:title "b.csv" ; gm:sha256 "{"bb" * 32}" ; dcat:byteSize 0 ;
            prov:generatedAtTime "2025-02-03T10:15:00Z"^^xsd:dateTime ;
            dct:license <https://licence.example/> ;
            dct:source <https://keeper.example/b.csv> .
    """
    assert isomorphic(graph_of(described()), turtle(expected))


def test_a_load_tells_of_those_whose_rows_things_still_come_from() -> None:
    earlier = f"{BASE}.well-known/genid/given/load/20250101T000000Z"
    [informed] = [
        quad
        for quad in described(run=replace(RUN, informed_by=(earlier,)))
        if quad.predicate == PROV.wasInformedBy
    ]
    load = f"{BASE}.well-known/genid/given/load/20250203T101500Z"
    assert (informed.subject, informed.object) == (load, earlier)


def test_two_files_of_the_same_bytes_are_two_snapshots() -> None:
    twins = tuple(snapshot(name, "aa", 100) for name in ("a.csv", "b c.csv"))
    quads = described(run=replace(RUN, snapshots=twins))
    titles = {
        quad.subject: quad.object
        for quad in quads
        if "/snapshot/" in quad.subject and quad.predicate == DCT.title
    }
    place = f"{BASE}.well-known/genid/given/snapshot"
    assert titles == {
        f"{place}/a.csv/20250203T101500Z": plain("a.csv"),
        f"{place}/b%20c.csv/20250203T101500Z": plain("b c.csv"),
    }


def test_no_iri_is_made_of_what_the_files_hold() -> None:
    others = tuple(replace(each, sha256="c" * 64, size=7) for each in RUN.snapshots)
    iris = [
        {quad.subject for quad in described(run=replace(RUN, snapshots=each))}
        for each in (RUN.snapshots, others)
    ]
    assert iris[0] == iris[1]


def test_all_of_it_stands_in_the_graph_of_provenance() -> None:
    assert {quad.graph for quad in described()} == {f"{BASE}graph/provenance"}


def test_a_source_declared_with_a_title_alone_states_nothing_empty() -> None:
    properties = {
        quad.predicate
        for quad in described(Source("given", "A register", ()))
        if quad.subject == MINT.graph("given")
    }
    assert DCT.title in properties
    assert not properties & {DCT.description, DCT.license, DCT.source, DCT.publisher}


def test_a_publisher_with_a_key_is_the_organisation_of_ours() -> None:
    ours = replace(SOURCE, publisher=Publisher("GMCA", key="GB-LAE-GMCA"))
    [publisher] = [quad.object for quad in described(ours) if quad.predicate == DCT.publisher]
    assert publisher == MINT.organisation("GB-LAE-GMCA")


def test_times_are_told_in_utc() -> None:
    at = datetime.fromisoformat("2025-07-01T00:30:00+01:00")
    quads = described(run=replace(RUN, started=at, ended=at))
    times = {quad.object[0] for quad in quads if "Time" in quad.predicate}
    assert times == {"2025-06-30T23:30:00Z"}


def test_another_base_moves_every_iri_but_those_of_terms_and_of_others() -> None:
    other = "http://localhost:8000/"
    moved = [
        tuple(term.replace(BASE, other) if isinstance(term, str) else term for term in quad)
        for quad in described()
    ]
    assert [tuple(quad) for quad in describe_source(SOURCE, RUN, Minter(other))] == moved
    assert {quad.predicate for quad in described()} >= {RDF.type, DCT.title}
