"""The ontology and its examples under OWL 2 RL: nothing in them contradicts anything else."""

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

import ontology
from ontology.namespaces import PREFIXES
from tests.ontology.conftest import read
from tests.ontology.contradictions import closure, collapsed, contradictions

GM = PREFIXES["gm"]
ORGANIZATION = URIRef(PREFIXES["org"] + "Organization")
AREA = URIRef(f"{GM}Area")

# What the borrowed vocabularies say of their terms in a form that OWL 2 RL can use without lists.
AXIOMS = {
    RDFS.domain,
    RDFS.range,
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    OWL.disjointWith,
    OWL.equivalentClass,
    OWL.equivalentProperty,
    OWL.inverseOf,
}
CHARACTERISTICS = {
    OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty,
    OWL.SymmetricProperty,
    OWL.TransitiveProperty,
}


def valid_examples() -> Graph:
    return read(*(name for name in ontology.examples() if "/valid-" in name))


def axioms(vocabularies: Graph) -> Graph:
    graph = Graph()
    for subject, predicate, object_ in vocabularies:
        if not (isinstance(subject, URIRef) and isinstance(object_, URIRef)):
            continue
        if predicate in AXIOMS or (predicate == RDF.type and object_ in CHARACTERISTICS):
            graph.add((subject, predicate, object_))
    return graph


def classes(gm: Graph) -> set[URIRef]:
    return {each for each in gm.subjects(RDF.type, OWL.Class) if isinstance(each, URIRef)}


def known_bad(turtle: str) -> Graph:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return Graph().parse(data=f"{prefixes}@prefix : <urn:x:> .\n{turtle}", format="turtle")


def test_the_ontology_its_schemes_and_valid_examples_are_consistent(definitions: Graph) -> None:
    entailed = closure(definitions, valid_examples())
    assert len(entailed) > len(definitions)
    assert contradictions(entailed) == set()


def test_no_class_of_ours_means_everything_or_nothing_or_another_class(gm: Graph) -> None:
    assert collapsed(closure(gm, valid_examples()), classes(gm)) == set()


def test_no_organisation_is_an_area_and_no_area_an_organisation(definitions: Graph) -> None:
    entailed = closure(definitions, valid_examples())
    organisations = set(entailed.subjects(RDF.type, ORGANIZATION))
    areas = set(entailed.subjects(RDF.type, AREA))
    assert len(organisations) >= 3
    assert len(areas) >= 1
    assert organisations & areas == set()


@pytest.mark.real_data
def test_they_stay_consistent_with_all_that_the_borrowed_vocabularies_say(
    definitions: Graph, gm: Graph, vocabularies: Graph
) -> None:
    borrowed = axioms(vocabularies)
    assert len(borrowed) > 500
    entailed = closure(definitions, valid_examples(), borrowed)
    assert contradictions(entailed) == set()
    assert collapsed(entailed, classes(gm)) == set()


@pytest.mark.real_data
def test_no_service_is_an_activity_or_an_entity_whatever_the_vocabularies_say(
    definitions: Graph, vocabularies: Graph
) -> None:
    entailed = closure(definitions, valid_examples(), axioms(vocabularies))
    services = set(entailed.subjects(RDF.type, URIRef(f"{GM}Service")))
    assert len(services) >= 2
    for name in ("Activity", "Entity"):
        assert services.isdisjoint(entailed.subjects(RDF.type, URIRef(f"{PREFIXES['prov']}{name}")))


@pytest.mark.real_data
@pytest.mark.parametrize(
    "mistake",
    [
        "gm:LoadRun rdfs:subClassOf prov:Entity .",
        "gm:assetOwner rdfs:subPropertyOf prov:wasAssociatedWith .",
    ],
)
def test_an_activity_that_is_an_entity_contradicts_prov_o(
    definitions: Graph, vocabularies: Graph, mistake: str
) -> None:
    entailed = closure(definitions, valid_examples(), axioms(vocabularies), known_bad(mistake))
    assert contradictions(entailed) != set()


@pytest.mark.parametrize(
    "mistake",
    [
        "gm:administers rdfs:domain gm:Area .",
        "gm:administers rdfs:range gm:PublicBody .",
        "gm:identifierScheme rdfs:domain gm:Area, gm:PublicBody .",
        "gm:gssCode rdfs:domain gm:PublicBody .",
        "gm:sha256 rdfs:domain gm:Source .",
        "gm:deliveredBy rdfs:range gm:Area .",
        "gm:atLocation rdfs:range org:Organization .",
        "gm:heldIn rdfs:domain gm:InformationSystem .",
        "gm:assetOwner rdfs:domain gm:Service .",
        "gm:flowSource rdfs:range gm:InformationAsset .",
        "gm:conveys rdfs:domain gm:InformationSharingAgreement .",
        "gm:retentionRule rdfs:domain gm:InformationAsset .",
        "gm:supportsService rdfs:range gm:ProcessingActivity .",
        ":x a gm:DataFlow, gm:InformationAsset .",
        ":district a gm:Area, org:Organization .",
        ":thing a owl:Nothing .",
        ":a owl:sameAs :b ; owl:differentFrom :b .",
        "gm:TransportBody rdfs:subClassOf owl:Nothing .",
        'gm:x gm:recordsIn "many"^^xsd:integer .',
        'gm:x gm:isOpenData "perhaps"^^xsd:boolean .',
    ],
)
def test_a_contradiction_is_found(definitions: Graph, mistake: str) -> None:
    entailed = closure(definitions, valid_examples(), known_bad(mistake))
    assert contradictions(entailed) != set()


@pytest.mark.parametrize(
    "mistake",
    [
        "owl:Thing rdfs:subClassOf gm:Area .",
        "gm:Snapshot owl:equivalentClass owl:Nothing .",
        "gm:PublicBody rdfs:subClassOf gm:LocalAuthority .",
    ],
)
def test_a_class_that_lost_its_meaning_is_found(gm: Graph, mistake: str) -> None:
    assert collapsed(closure(gm, known_bad(mistake)), classes(gm)) != set()
