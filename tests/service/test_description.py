"""What a release says of a resource, and the representations of it."""

import time
from itertools import pairwise

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store
from rdflib import Graph, URIRef

from ontology.vocab import DCT, FOAF, OWL, PROV, XSD
from service.description import (
    PART_LIMIT,
    Standing,
    describe,
    document,
    licences,
    represent,
    standing,
    with_incoming,
    withdrawal,
)
from service.errors import Problem
from service.representations import GRAPHS, NQ, NT, RDF, TRIG, TTL, Representation
from service.store import Release
from tests.service.conftest import BASE, read_graph, same

COUNCIL = f"{BASE}id/organisation/GB-LAE-MAN"
IDENTIFIER = f"{BASE}.well-known/genid/register/organisation/GB-LAE-MAN/wikidata"
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


def graph_of(release: Release, iri: str, name: str = "nt") -> Graph:
    quads = document(release, describe(release, iri))
    form = next(each for each in GRAPHS if each.name == name)
    return read_graph(represent(quads, form), name)


def test_a_description_has_every_statement_of_the_resource_and_of_its_parts(
    release: Release,
) -> None:
    subjects = {quad.subject.value for quad in describe(release, COUNCIL).quads}  # type: ignore[union-attr]
    assert subjects == {COUNCIL, IDENTIFIER, f"{IDENTIFIER}/agency"}
    stated = {
        (quad.predicate.value, quad.graph_name.value)  # type: ignore[union-attr]
        for quad in describe(release, COUNCIL).quads
    }
    assert (OWL.sameAs, f"{BASE}graph/links") in stated


def test_a_statement_of_two_graphs_is_one_triple_and_two_quads(release: Release) -> None:
    quads = document(release, describe(release, COUNCIL))
    label = b'"Manchester City Council"@en'
    assert represent(quads, NT).count(label) == 1
    assert represent(quads, NQ).count(label) == 2
    assert represent(quads, TRIG).count(label) == 2


def test_what_only_the_default_graph_states_is_kept() -> None:
    store = Store()
    thing, part = NamedNode(f"{BASE}id/x"), BlankNode("part")
    store.add(Quad(thing, NamedNode("urn:p"), Literal("unnamed")))
    store.add(Quad(thing, NamedNode("urn:part"), part, NamedNode("urn:g")))
    store.add(Quad(thing, NamedNode("urn:part"), part))
    store.add(Quad(part, NamedNode("urn:p"), Literal("of the part")))
    open_release = Release("r", None, "public", BASE, {}, store)  # type: ignore[arg-type]
    found = describe(open_release, f"{BASE}id/x")
    assert len(found.quads) == 3
    assert found.graphs == ("urn:g",)


def test_the_document_says_what_it_is_about_and_what_it_draws_on(release: Release) -> None:
    found = graph_of(release, COUNCIL)
    about = URIRef(f"{BASE}doc/organisation/GB-LAE-MAN")
    assert found.value(about, URIRef(FOAF.primaryTopic)) == URIRef(COUNCIL)
    assert {str(each) for each in found.objects(about, URIRef(DCT.source))} == {
        f"{BASE}graph/{source}" for source in ("links", "other-register", "register")
    }
    assert found.value(about, URIRef(DCT.license)) == URIRef(OGL)


def test_a_definitions_document_says_nothing_of_another_document(release: Release) -> None:
    iri = "https://w3id.org/greater-manchester/def/gm"
    assert {str(each) for each in graph_of(release, iri).subjects()} == {iri}


@pytest.mark.parametrize("iri", [COUNCIL, f"{BASE}id/organisation/GM-café-théâtre"])
@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
def test_every_syntax_says_the_same(release: Release, iri: str, form: Representation) -> None:
    assert same(graph_of(release, iri, form.name), graph_of(release, iri))


@pytest.mark.parametrize("form", [*GRAPHS], ids=lambda form: form.name)
def test_the_same_quads_give_the_same_bytes(release: Release, form: Representation) -> None:
    bodies = {represent(document(release, describe(release, COUNCIL)), form) for _ in range(20)}
    assert len(bodies) == 1


def test_only_prefixes_that_are_used_are_declared(release: Release) -> None:
    body = represent(describe(release, f"{BASE}id/area/E08000003").quads, TTL).decode()
    declared = [line.split()[1] for line in body.splitlines() if line.startswith("@prefix")]
    assert declared == ["gm:", "skos:"]


def test_line_ends_survive_xml(release: Release) -> None:
    iri = f"{BASE}id/organisation/GM-line"
    assert same(graph_of(release, iri, "rdf"), graph_of(release, iri))


@pytest.mark.parametrize("name", ["GM-unsayable", "GM-control"])
def test_what_xml_cannot_say_is_406_in_rdf_xml_alone(release: Release, name: str) -> None:
    quads = describe(release, f"{BASE}id/organisation/{name}").quads
    with pytest.raises(Problem) as refused:
        represent(quads, RDF)
    assert refused.value.status == 406
    for form in set(GRAPHS) - {RDF}:
        assert len(read_graph(represent(quads, form), form.name)) == len(quads)


def test_parts_are_followed_up_to_a_bound() -> None:
    store = Store()
    start = f"{BASE}id/thing/chain"
    nodes = [start] + [f"{BASE}.well-known/genid/x/{n}" for n in range(PART_LIMIT + 10)]
    store.extend(
        Quad(NamedNode(one), NamedNode("urn:next"), NamedNode(other), NamedNode("urn:g"))
        for one, other in pairwise(nodes)
    )
    long = Release("r", None, "public", BASE, {}, store)  # type: ignore[arg-type]
    found = describe(long, start)
    assert len(found.quads) == PART_LIMIT + 1
    assert not found.complete
    assert b"cut short" in represent(document(long, found), NT)


def test_parts_that_point_at_each_other_come_once() -> None:
    store = Store()
    one, other = (NamedNode(f"{BASE}.well-known/genid/x/{n}") for n in "ab")
    store.add(Quad(one, NamedNode("urn:p"), other, NamedNode("urn:g")))
    store.add(Quad(other, NamedNode("urn:p"), one, NamedNode("urn:g")))
    ring = Release("r", None, "public", BASE, {}, store)  # type: ignore[arg-type]
    assert len(describe(ring, one.value).quads) == 2


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (COUNCIL, Standing.DESCRIBED),
        (f"{BASE}id/organisation/GM-old-board", Standing.DESCRIBED),
        (f"{BASE}id/organisation/GM-gone", Standing.WITHDRAWN),
        (f"{BASE}id/organisation/GM-still-mentioned", Standing.WITHDRAWN),
        (f"{BASE}id/organisation/GM-nobody", Standing.UNKNOWN),
        ("http://www.wikidata.org/entity/Q21525592", Standing.UNKNOWN),
        ("no IRI", Standing.UNKNOWN),
    ],
)
def test_a_release_knows_what_lives_and_what_was_withdrawn(
    release: Release, iri: str, expected: Standing
) -> None:
    assert standing(release, iri) is expected


def test_only_the_graph_of_provenance_withdraws() -> None:
    ended = Quad(
        NamedNode(COUNCIL),
        NamedNode(PROV.invalidatedAtTime),
        Literal("2024-05-06T07:08:09Z", datatype=NamedNode(XSD.dateTime)),
        NamedNode(f"{BASE}graph/register"),
    )
    store = Store()
    store.add(ended)
    store.add(Quad(*ended.triple))
    stated = Release("r", None, "public", BASE, {}, store)  # type: ignore[arg-type]
    assert standing(stated, COUNCIL) is Standing.DESCRIBED


def test_a_withdrawal_is_remembered_with_label_reason_and_successor(release: Release) -> None:
    gone = withdrawal(release, f"{BASE}id/organisation/GM-gone")
    assert gone.when == "2024-05-06T07:08:09Z"
    assert gone.label == "Gone Board"
    assert gone.reason == "It was loaded by mistake."
    assert gone.successors == (COUNCIL,)
    assert gone.is_gone
    assert withdrawal(release, f"{BASE}id/organisation/GM-still-mentioned").successors == ()


def test_incoming_links_describe_somebody_else_s_resource(release: Release) -> None:
    iri = "http://www.wikidata.org/entity/Q21525592"
    found = with_incoming(release, describe(release, iri))
    assert not found.quads
    assert [quad.subject for quad in found.incoming] == [NamedNode(COUNCIL)]
    assert found.graphs == (f"{BASE}graph/links",)


def test_licences_are_those_of_the_sources_and_its_own(release: Release) -> None:
    assert licences(release, describe(release, COUNCIL)) == (OGL,)
    ontology = describe(release, "https://w3id.org/greater-manchester/def/gm")
    assert licences(release, ontology) == ("https://creativecommons.org/licenses/by/4.0/",)


def test_a_description_in_turtle_is_quick(release: Release) -> None:
    def seconds() -> float:
        start = time.perf_counter()
        represent(document(release, describe(release, COUNCIL)), TTL)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(50)) < 0.002
