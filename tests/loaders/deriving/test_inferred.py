"""The graph `inferred`: what follows by the ontology, held against owlrl."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import OWL, RDF, RDFS, Graph, URIRef

import ontology
from loaders.deriving.inferred import derive, derived_anew, version
from loaders.deriving.rule_table import table_of
from ontology.vocab import DCAT, DCT, GM, ORG, SKOS
from tests.loaders.deriving.inferring import (
    BASE,
    as_statements,
    concluded,
    entailed_by_owlrl,
    inferred,
    lines_of,
    premises_of,
    shipped_axioms,
    told,
)


def test_superclasses_superproperties_domains_and_ranges_are_followed(tmp_path: Path) -> None:
    assert inferred(
        tmp_path,
        """
        :trafford a gm:LocalAuthority ; gm:administers :place ; gm:constituentOf :gmca .
        :place a skos:Concept .
        :gmca a gm:PublicBody .
        """,
    ) == concluded(
        """
        :trafford a gm:PublicBody, cv:PublicOrganisation, org:FormalOrganization, org:Organization ;
            dct:spatial :place ; org:memberOf :gmca .
        :place a gm:Area, dct:Location, geo:Feature .
        :gmca a gm:CombinedAuthority, cv:PublicOrganisation, org:FormalOrganization,
              org:Organization ; org:hasMember :trafford .
        """
    )


def test_inverse_symmetric_and_transitive_properties_are_followed(tmp_path: Path) -> None:
    assert inferred(
        tmp_path,
        """
        :a a skos:Concept ; skos:broader :b ; skos:exactMatch :c .
        :b a skos:Concept ; skos:broader :c .
        :c a skos:Concept .
        """,
    ) == concluded(
        """
        :a skos:broaderTransitive :b, :c ; skos:closeMatch :c .
        :b skos:broaderTransitive :c ; skos:narrower :a ; skos:narrowerTransitive :a .
        :c skos:narrower :b ; skos:narrowerTransitive :a, :b ;
           skos:exactMatch :a ; skos:closeMatch :a .
        """
    )


def test_what_nobody_described_is_not_described(tmp_path: Path) -> None:
    turtle = ":trafford gm:administers :place ; org:unitOf :gmca . :unit org:unitOf :trafford ."
    assert inferred(tmp_path, turtle) == set()


def test_a_chain_leads_through_what_is_not_described(tmp_path: Path) -> None:
    turtle = ":a a skos:Concept ; skos:broader :b . :b skos:broader :c ."
    assert inferred(tmp_path, turtle) == concluded(":a skos:broaderTransitive :b, :c .")


def test_a_circle_leads_nothing_to_itself(tmp_path: Path) -> None:
    turtle = ":a a skos:Concept ; skos:broader :b . :b skos:broader :a ."
    assert inferred(tmp_path, turtle) == concluded(
        ":a skos:broaderTransitive :b ; skos:narrower :b ; skos:narrowerTransitive :b ."
    )


def test_what_any_source_states_is_not_repeated(tmp_path: Path) -> None:
    one = lines_of(":a a gm:Partnership .", "one")
    other = lines_of(":a a org:Organization .", "other")
    assert set(derive(premises_of(tmp_path, {"one": one, "other": other}))) == concluded(
        ":a a org:OrganizationalCollaboration ."
    )


def test_values_and_their_types_are_let_be(tmp_path: Path) -> None:
    turtle = ':a a gm:Area, dct:Location, geo:Feature ; gm:gssCode "E08000009 <x> ." .'
    assert inferred(tmp_path, turtle) == set()


@pytest.mark.parametrize(
    "graph", ["ontology", "vocab", "provenance", "inferred", "contributions", "quality"]
)
def test_what_is_no_premise_is_passed_over(tmp_path: Path, graph: str) -> None:
    turtle = ":a a gm:Partnership ; skos:broader :b ."
    assert set(derive(premises_of(tmp_path, {"made": lines_of(turtle, graph)}))) == set()
    stated = {"made": lines_of(":b a skos:Concept .") + lines_of(turtle, graph)}
    assert set(derive(premises_of(tmp_path, stated))) == set()


def test_links_are_premises(tmp_path: Path) -> None:
    stated = {
        "made": lines_of(":a a skos:Concept . :b a skos:Concept ."),
        "links": lines_of(":a skos:closeMatch :b .", "links"),
    }
    assert set(derive(premises_of(tmp_path, stated))) == concluded(":b skos:closeMatch :a .")


def test_a_restricted_statement_is_followed_for_its_audience_alone(tmp_path: Path) -> None:
    public = lines_of(":a a org:Organization . :b a org:Organization ; org:memberOf :a .")
    restricted = lines_of(":c a org:Organization ; org:memberOf :a .", "restricted")
    inner = told(premises_of(tmp_path / "1", {"made": public}), tmp_path / "public.nq")
    premises = premises_of(tmp_path / "2", {"made": public, "restricted": restricted}, inner)
    wider = told(premises, tmp_path / "partner.nq")
    assert set(inner.read_bytes().splitlines(keepends=True)) == concluded(":a org:hasMember :b .")
    assert set(wider.read_bytes().splitlines(keepends=True)) == concluded(
        ":a org:hasMember :b, :c ."
    )


def test_what_one_audience_was_told_a_wider_one_is_told_although_it_sees_it_stated(
    tmp_path: Path,
) -> None:
    public = lines_of(":a a gm:Partnership, org:Organization .")
    stated = lines_of(":a a org:OrganizationalCollaboration .", "restricted")
    inner = told(premises_of(tmp_path / "1", {"made": public}), tmp_path / "public.nq")
    premises = premises_of(tmp_path / "2", {"made": public, "restricted": stated}, inner)
    assert set(derive(premises)) == set()
    assert told(premises, tmp_path / "partner.nq").read_bytes() == inner.read_bytes()


def test_the_version_changes_with_the_axioms() -> None:
    axiom = "<http://a.example/A> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{}> ."
    tables = [
        table_of(each.triple for each in parse(axiom.format(iri), format=RdfFormat.N_TRIPLES))
        for iri in ("http://a.example/B", "http://a.example/C")
    ]
    assert tables[0].digest() != tables[1].digest()
    assert version() == version()


def test_the_valid_examples_entail_what_owlrl_concludes(tmp_path: Path) -> None:
    graph = NamedNode(f"{BASE}graph/made")
    lines = {
        f"{Quad(each.subject, each.predicate, each.object, graph)} .\n".encode()
        for name in ontology.examples()
        if "/valid-" in name
        for each in parse(ontology.turtle(name), format=RdfFormat.TURTLE)
    }
    found = as_statements(derive(premises_of(tmp_path, {"made": lines})))
    assert found == entailed_by_owlrl(lines)
    assert len(found) >= 50


THINGS = st.sampled_from([f":{each}" for each in "abcde"])
PROPERTIES = st.sampled_from(
    [
        *("skos:broader", "skos:narrower", "skos:broaderTransitive", "skos:exactMatch"),
        *("skos:closeMatch", "skos:topConceptOf", "org:unitOf", "org:hasSubOrganization"),
        *("org:memberOf", "gm:constituentOf", "gm:administers", "dct:isPartOf", "dct:isReplacedBy"),
        *("gm:deliveredBy", "dct:title"),
    ]
)
# A value in words that stands where a chain has a thing is a link to owlrl, and not to us.
NO_LINKS = st.sampled_from(["gm:constituentOf", "gm:administers", "dct:isPartOf", "dct:title"])
CLASSES = st.sampled_from(
    [
        "gm:LocalAuthority",
        "gm:PublicBody",
        "gm:Area",
        "skos:Concept",
        "org:Organization",
        "dcat:Dataset",
    ]
)
STATEMENTS = st.one_of(
    st.tuples(THINGS, st.just("a"), CLASSES),
    st.tuples(THINGS, PROPERTIES, THINGS),
    st.tuples(THINGS, NO_LINKS, st.just('"in words"')),
).map(lambda each: f"{' '.join(each)} .")
NEEDED = (
    *(SKOS.broader, SKOS.narrower, SKOS.broaderTransitive, SKOS.narrowerTransitive),
    *(SKOS.exactMatch, SKOS.closeMatch, SKOS.topConceptOf, SKOS.hasTopConcept),
    *(ORG.unitOf, ORG.subOrganizationOf, ORG.hasSubOrganization, ORG.memberOf),
    *(GM.constituentOf, GM.administers, GM.deliveredBy, DCT.isPartOf, DCT.hasPart, DCT.replaces),
    *(GM.LocalAuthority, GM.PublicBody, GM.CombinedAuthority, GM.Area, GM.Service, DCAT.Dataset),
)
CAREFULLY = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes owlrl minutes
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def needed_axioms() -> Graph:
    graph = Graph()
    for each in shipped_axioms():
        if str(each[0]) in NEEDED:
            graph.add(each)
    return graph


@CAREFULLY
@given(st.lists(STATEMENTS, max_size=12))
def test_made_up_graphs_entail_what_owlrl_concludes(tmp_path: Path, statements: list[str]) -> None:
    lines = lines_of("\n".join(statements))
    found = as_statements(derive(premises_of(tmp_path, {"made": lines})))
    assert found == entailed_by_owlrl(lines, needed_axioms())


EXAMPLE = "http://a.example/"
MADE_PROPERTIES = st.sampled_from([f"{EXAMPLE}p{each}" for each in range(4)])
MADE_CLASSES = st.sampled_from([f"{EXAMPLE}C{each}" for each in range(4)])
MADE_AXIOMS = st.one_of(
    st.tuples(
        MADE_PROPERTIES,
        st.sampled_from([RDFS.subPropertyOf, OWL.inverseOf, OWL.equivalentProperty]),
        MADE_PROPERTIES,
    ),
    st.tuples(MADE_CLASSES, st.sampled_from([RDFS.subClassOf, OWL.equivalentClass]), MADE_CLASSES),
    st.tuples(MADE_PROPERTIES, st.sampled_from([RDFS.domain, RDFS.range]), MADE_CLASSES),
    st.tuples(
        MADE_PROPERTIES,
        st.just(RDF.type),
        st.sampled_from([OWL.SymmetricProperty, OWL.TransitiveProperty]),
    ),
)
MADE_THINGS = st.sampled_from([f"{EXAMPLE}{each}" for each in "abcd"])
MADE_STATEMENTS = st.one_of(
    st.tuples(MADE_THINGS, st.just(RDF.type), MADE_CLASSES),
    st.tuples(MADE_THINGS, MADE_PROPERTIES, MADE_THINGS),
)


@CAREFULLY
@given(
    st.lists(MADE_AXIOMS, max_size=8, unique=True),
    st.lists(MADE_STATEMENTS, max_size=8, unique=True),
)
def test_made_up_axioms_are_followed_as_owlrl_follows_them(
    tmp_path: Path,
    axioms: list[tuple[str, URIRef, str]],
    statements: list[tuple[str, URIRef, str]],
) -> None:
    graph = Graph()
    for subject, predicate, value in axioms:
        graph.add((URIRef(subject), URIRef(predicate), URIRef(value)))
    stated = graph.serialize(format="nt", encoding="utf-8")
    table = table_of(each.triple for each in parse(stated, format=RdfFormat.N_TRIPLES))
    lines = lines_of("\n".join(f"<{s}> <{p}> <{o}> ." for s, p, o in statements))
    premises = premises_of(tmp_path, {"made": lines})
    assert as_statements(derived_anew(premises, table)) == entailed_by_owlrl(lines, graph)
