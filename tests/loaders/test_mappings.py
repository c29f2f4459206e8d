"""A record becomes the statements that the ontology has for it, and no others."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from pyoxigraph import NamedNode
from rdflib import Graph, URIRef
from rdflib.compare import graph_diff, isomorphic
from rdflib.namespace import OWL, RDF, RDFS

import ontology
from loaders.mappings import map_record
from loaders.mappings.typed import typed
from loaders.provenance import LoadRun, Snapshot, describe_source
from loaders.quads import Literal, Quad
from loaders.records import (
    Area,
    ChangeEvent,
    Identifier,
    Link,
    Membership,
    Organisation,
    Record,
)
from loaders.source import Publisher, Source
from loaders.staging import Counts
from ontology.namespaces import DEF
from ontology.vocab import GM, SUPERCLASSES
from tests.loaders.conftest import BASE, MINT, graph_of, turtle

SOURCE = "https://register.example/document"
PUBLIC_BODY = "gm:PublicBody, cv:PublicOrganisation, org:FormalOrganization, org:Organization"


def quads_of(record: Record) -> list[Quad]:
    return list(map_record(record, MINT, "given"))


def assert_states(record: Record, expected: str) -> None:
    """A record states exactly the triples of a Turtle text."""
    stated, wanted = graph_of(quads_of(record)), turtle(expected)
    if not isomorphic(stated, wanted):
        _, excess, lacking = graph_diff(stated, wanted)
        pytest.fail(f"too much:\n{excess.serialize()}\ntoo little:\n{lacking.serialize()}")


def test_a_statement_too_many_or_too_few_would_be_noticed() -> None:
    exactly = """
        <id/area/E08000002> a gm:Area, dct:Location, geo:Feature ;
            dct:identifier "E08000002" ; gm:gssCode "E08000002" .
    """
    for wrong in (exactly.replace("gm:Area, ", ""), exactly + "<id/area/E08000002> a gm:Source ."):
        with pytest.raises(pytest.fail.Exception, match="too much"):
            assert_states(Area("E08000002"), wrong)


def test_an_organisation_with_all_that_may_be_said_of_it() -> None:
    record = Organisation(
        key="GB-LAE-BUR",
        name="Bury Metropolitan Borough Council",
        organisation_type="MD",
        other_names=("Bury MBC", "Bury Council"),
        homepage="https://www.bury.gov.uk",
        founded=date(1974, 4, 1),
        dissolved=date(2030, 3, 31),
        administers=("E08000002", "E08000099"),
        replaced_by=("GM-greater-bury", "GM-lesser-bury"),
        source=SOURCE,
    )
    assert_states(
        record,
        f"""
        <id/organisation/GB-LAE-BUR> a gm:LocalAuthority, {PUBLIC_BODY} ;
            dct:identifier "GB-LAE-BUR" ;
            skos:prefLabel "Bury Metropolitan Borough Council"@en ;
            skos:altLabel "Bury MBC"@en, "Bury Council"@en ;
            org:classification organisation-type:MD ;
            foaf:homepage <https://www.bury.gov.uk> ;
            schema:foundingDate "1974-04-01"^^xsd:date ;
            schema:dissolutionDate "2030-03-31"^^xsd:date ;
            gm:administers <id/area/E08000002>, <id/area/E08000099> ;
            dct:isReplacedBy <id/organisation/GM-greater-bury>,
                <id/organisation/GM-lesser-bury> ;
            dct:source <{SOURCE}> .
        """,
    )


def test_an_organisation_of_which_little_is_known_has_no_empty_statements() -> None:
    assert_states(
        Organisation("GB-LAE-BUR", "Bury", "MD"),
        f"""
        <id/organisation/GB-LAE-BUR> a gm:LocalAuthority, {PUBLIC_BODY} ;
            dct:identifier "GB-LAE-BUR" ; skos:prefLabel "Bury"@en ;
            org:classification organisation-type:MD .
        """,
    )


KINDS = {
    "CC": "LocalAuthority",
    "COMB": "CombinedAuthority",
    "CTY": "LocalAuthority",
    "LBO": "LocalAuthority",
    "MD": "LocalAuthority",
    "NMD": "LocalAuthority",
    "PTE": "TransportBody",
    "SRA": "LocalAuthority",
    "UA": "LocalAuthority",
    "transport-body": "TransportBody",
}


def test_each_type_of_organisation_has_its_class() -> None:
    assert KINDS.keys() == ontology.notations("organisation-type")
    for notation, class_ in KINDS.items():
        assert_states(
            Organisation("GM-a", "A", notation),
            f"""
            <id/organisation/GM-a> a gm:{class_}, {PUBLIC_BODY} ;
                dct:identifier "GM-a" ; skos:prefLabel "A"@en ;
                org:classification organisation-type:{notation} .
            """,
        )


def test_an_area_with_all_that_may_be_said_of_it() -> None:
    assert_states(
        Area("E08000002", "Bury", "metropolitan-district", "E47000001", SOURCE),
        f"""
        <id/area/E08000002> a gm:Area, dct:Location, geo:Feature ;
            dct:identifier "E08000002" ; gm:gssCode "E08000002" ;
            skos:prefLabel "Bury"@en ;
            dct:type area-type:metropolitan-district ;
            geo:sfWithin <id/area/E47000001> ;
            dct:source <{SOURCE}> .
        """,
    )


def test_an_area_mentioned_in_passing_exists_under_its_code() -> None:
    assert_states(
        Area("E08000002"),
        """
        <id/area/E08000002> a gm:Area, dct:Location, geo:Feature ;
            dct:identifier "E08000002" ; gm:gssCode "E08000002" .
        """,
    )


def test_a_code_is_a_node_of_its_own_that_keeps_every_digit() -> None:
    part = ".well-known/genid/given/area/E08000003/identifier/ordnance-survey/7000000000018821"
    assert_states(
        Identifier("area", "E08000003", "ordnance-survey", "7000000000018821"),
        f"""
        <id/area/E08000003> adms:identifier
            <{part}> .
        <{part}>
            a adms:Identifier ; skos:notation "7000000000018821" ;
            gm:identifierScheme identifier-scheme:ordnance-survey .
        """,
    )


def test_zeros_in_front_of_a_code_stay() -> None:
    quads = quads_of(Identifier("organisation", "GM-a", "ukprn", "0049"))
    assert [quad.object for quad in quads if isinstance(quad.object, Literal)] == [Literal("0049")]


def test_a_code_of_the_register_of_local_authorities_is_said_of_the_council_too() -> None:
    part = (
        f"{BASE}.well-known/genid/given/organisation/GB-LAE-BUR/identifier/local-authority-eng/BUR"
    )
    assert_states(
        Identifier("organisation", "GB-LAE-BUR", "local-authority-eng", "BUR"),
        f"""
        <id/organisation/GB-LAE-BUR> gm:laCode "BUR" ; adms:identifier <{part}> .
        <{part}> a adms:Identifier ; skos:notation "BUR" ;
            gm:identifierScheme identifier-scheme:local-authority-eng .
        """,
    )


def test_only_an_organisation_has_a_code_of_the_register_of_local_authorities() -> None:
    quads = quads_of(Identifier("area", "E08000002", "local-authority-eng", "BUR"))
    assert not [quad for quad in quads if quad.predicate == GM.laCode]


@pytest.mark.parametrize("code", ["a/b", "a b", "<>", "100%", "é", "?q#f", '"', "..", "\ufffd"])
def test_whatever_a_code_is_made_of_its_node_is_an_iri(code: str) -> None:
    record = Identifier("organisation", "GM-a", "e-code", code)
    nodes = {quad.subject for quad in quads_of(record)} - {MINT.organisation("GM-a")}
    [node] = nodes
    assert NamedNode(node).value == node
    part = node.removeprefix(f"{BASE}.well-known/genid/given/organisation/GM-a/identifier/e-code/")
    assert not set(part) & set("/?# <>")


def test_a_link_stands_in_the_graph_of_links() -> None:
    record = Link("organisation", "GB-LAE-BUR", "http://www.wikidata.org/entity/Q16954633")
    assert_states(
        record,
        """
        <id/organisation/GB-LAE-BUR> owl:sameAs <http://www.wikidata.org/entity/Q16954633> .
        """,
    )
    assert {quad.graph for quad in quads_of(record)} == {f"{BASE}graph/links"}


def test_a_membership_with_all_that_may_be_said_of_it() -> None:
    assert_states(
        Membership(
            "GB-LAE-BUR",
            "GB-LAE-GMCA",
            "constituent-council",
            date(2011, 4, 1),
            date(2024, 3, 31),
            SOURCE,
        ),
        f"""
        <id/membership/GB-LAE-BUR/GB-LAE-GMCA/constituent-council> a org:Membership ;
            org:member <id/organisation/GB-LAE-BUR> ;
            org:organization <id/organisation/GB-LAE-GMCA> ;
            org:role membership-role:constituent-council ;
            schema:startDate "2011-04-01"^^xsd:date ;
            schema:endDate "2024-03-31"^^xsd:date ;
            dct:source <{SOURCE}> .
        """,
    )


def test_a_membership_that_lasts_has_the_short_ways_too() -> None:
    assert_states(
        Membership("GB-LAE-BUR", "GB-LAE-GMCA", "constituent-council"),
        """
        <id/membership/GB-LAE-BUR/GB-LAE-GMCA/constituent-council> a org:Membership ;
            org:member <id/organisation/GB-LAE-BUR> ;
            org:organization <id/organisation/GB-LAE-GMCA> ;
            org:role membership-role:constituent-council .
        <id/organisation/GB-LAE-BUR> org:memberOf <id/organisation/GB-LAE-GMCA> ;
            gm:constituentOf <id/organisation/GB-LAE-GMCA> .
        """,
    )


def test_a_change_with_all_that_may_be_said_of_it() -> None:
    assert_states(
        ChangeEvent(
            "merger", "A merger", date(2011, 4, 1), ("GM-a", "GM-b"), ("GM-c", "GM-d"), SOURCE
        ),
        f"""
        <id/change-event/merger> a org:ChangeEvent ;
            dct:title "A merger"@en ;
            dct:date "2011-04-01"^^xsd:date ;
            org:originalOrganization <id/organisation/GM-a>, <id/organisation/GM-b> ;
            org:resultingOrganization <id/organisation/GM-c>, <id/organisation/GM-d> ;
            dct:source <{SOURCE}> .
        <id/organisation/GM-a> dct:isReplacedBy
            <id/organisation/GM-c>, <id/organisation/GM-d> .
        <id/organisation/GM-b> dct:isReplacedBy
            <id/organisation/GM-c>, <id/organisation/GM-d> .
        """,
    )


def test_a_body_that_ends_without_a_successor_is_replaced_by_none() -> None:
    assert_states(
        ChangeEvent("end", "An end", None, ("GM-a",), ()),
        """
        <id/change-event/end> a org:ChangeEvent ; dct:title "An end"@en ;
            org:originalOrganization <id/organisation/GM-a> .
        """,
    )


def test_a_class_without_superclasses_of_ours_is_stated_alone() -> None:
    quads = list(typed("http://a.example/", "http://a.example/Class", "http://a.example/g"))
    assert [quad.object for quad in quads] == ["http://a.example/Class"]
    assert "http://a.example/Class" not in SUPERCLASSES


def every_record() -> Iterator[Record]:
    """A record of each class with every value, and each variant that is mapped differently."""
    day = date(2011, 4, 1)
    for kind in ontology.notations("organisation-type"):
        yield Organisation(
            "GM-a",
            "A",
            kind,
            ("B",),
            "http://a.example/",
            day,
            day,
            ("E08000001",),
            ("GM-b",),
            SOURCE,
        )
    for area_type in ontology.notations("area-type"):
        yield Area("E08000001", "Bolton", area_type, "E47000001", SOURCE)
    for scheme in ontology.notations("identifier-scheme"):
        yield Identifier("organisation", "GM-a", scheme, "1")
        yield Identifier("area", "E08000001", scheme, "1")
    yield Link("organisation", "GM-a", "http://a.example/")
    for role in ontology.notations("membership-role"):
        yield Membership("GM-a", "GM-b", role, day, day, SOURCE)
        yield Membership("GM-a", "GM-b", role, day)
    yield ChangeEvent("e", "An event", day, ("GM-a",), ("GM-b",), SOURCE)


def every_quad() -> Iterator[Quad]:
    """All that mappings can state, and what is said of a source itself."""
    for record in every_record():
        yield from quads_of(record)
    for publisher in (Publisher("P", key="GM-p"), Publisher("P", iri="http://p.example/")):
        source = Source("given", "Given", (), "Words", publisher, "http://l.example/", SOURCE)
        moment = datetime(2025, 2, 3, tzinfo=UTC)
        snapshot = Snapshot("a.csv", "0" * 64, 9)
        run = LoadRun("f" * 64, moment, moment, (snapshot,), Counts(), 0)
        yield from describe_source(source, run, MINT)


@pytest.fixture(scope="module")
def declared() -> Graph:
    graph = Graph()
    for name in ("borrowed.ttl", *ontology.documents()):
        graph.parse(data=ontology.turtle(name), format="turtle")
    return graph


def instances(graph: Graph, *classes: URIRef) -> set[str]:
    return {str(subject) for class_ in classes for subject in graph.subjects(RDF.type, class_)}


def test_every_record_class_is_tried_here() -> None:
    assert {type(record) for record in every_record()} == set(Record.__args__)


def test_every_property_that_is_stated_is_declared(declared: Graph) -> None:
    stated = {quad.predicate for quad in every_quad()}
    assert len(stated) > 30
    assert stated <= instances(declared, RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty)


def test_every_class_that_is_stated_is_declared(declared: Graph) -> None:
    stated = {str(quad.object) for quad in every_quad() if quad.predicate == str(RDF.type)}
    assert len(stated) > 10
    assert stated <= instances(declared, RDFS.Class, OWL.Class)


def test_every_datatype_that_is_stated_is_declared(declared: Graph) -> None:
    stated = {quad.object.datatype for quad in every_quad() if isinstance(quad.object, Literal)}
    assert stated <= instances(declared, RDFS.Datatype)


def test_every_term_and_concept_of_ours_that_is_stated_exists(declared: Graph) -> None:
    named = {term for quad in every_quad() for term in quad[:3] if isinstance(term, str)}
    ours = {term for term in named if term.startswith(DEF)}
    assert len(ours) > 40
    assert ours <= {str(subject) for subject in declared.subjects()}


def test_a_property_that_is_not_declared_would_be_noticed(declared: Graph) -> None:
    assert "https://w3id.org/greater-manchester/def/gm#misspelt" not in instances(
        declared, RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty
    )


def test_statements_stand_in_the_graph_of_their_source_but_for_links() -> None:
    for record in every_record():
        expected = "links" if isinstance(record, Link) else "given"
        assert {quad.graph for quad in quads_of(record)} == {f"{BASE}graph/{expected}"}


def test_there_are_no_blank_nodes_and_no_relative_iris() -> None:
    for quad in every_quad():
        for term in quad:
            if isinstance(term, str):
                assert NamedNode(term).value == term
