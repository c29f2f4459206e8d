"""`concepts/`: the concept schemes."""

import csv
import re

import pytest
from pyoxigraph import NamedNode, parse
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

import ontology
from ontology.namespaces import DEF, PREFIXES, concept
from tests.ontology.conftest import VOCABULARIES, read
from tests.ontology.faults import blank_nodes, concept_faults, shared_labels

EU_FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/"
SCHEMES = [name for name in ontology.documents() if name.startswith("concepts/")]


def scheme_of(name: str) -> URIRef:
    return URIRef(DEF + name.removeprefix("concepts/").removesuffix(".ttl"))


def scheme_is_quoted(graph: Graph, scheme: URIRef) -> bool:
    """Whether the words are somebody else's, and so are the rights in them."""
    return bool(list(graph.objects(scheme, DCTERMS.rights)))


def concepts_of(graph: Graph) -> set[Node]:
    return set(graph.subjects(RDF.type, SKOS.Concept))


def test_the_schemes_with_quoted_words_are_those_of_the_strategy() -> None:
    quoted = {name for name in SCHEMES if scheme_is_quoted(read(name), scheme_of(name))}
    names = ("ambition", "mission-2022", "mission-2026", "principle-2022")
    assert quoted == {f"concepts/{name}.ttl" for name in names}


@pytest.mark.parametrize("name", SCHEMES)
def test_a_document_holds_one_scheme_with_title_description_and_licence(name: str) -> None:
    graph = read(name)
    scheme = scheme_of(name)
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {scheme}
    for predicate in (DCTERMS.title, DCTERMS.description):
        [text] = graph.objects(scheme, predicate)
        assert isinstance(text, Literal)
        assert text.language == "en"
    if scheme_is_quoted(graph, scheme):
        assert all(list(graph.objects(each, DCTERMS.rights)) for each in concepts_of(graph))
        assert not list(graph.objects(scheme, DCTERMS.license))
    else:
        [licence] = graph.objects(scheme, DCTERMS.license)
        assert isinstance(licence, URIRef)
    assert blank_nodes(graph) == set()


@pytest.mark.parametrize("name", SCHEMES)
def test_concepts_are_named_labelled_defined_and_placed_in_the_scheme(name: str) -> None:
    graph = read(name)
    assert list(graph.subjects(RDF.type, SKOS.Concept))
    assert concept_faults(graph, scheme_of(name)) == set()
    assert set(graph.subjects()) == {scheme_of(name), *graph.subjects(RDF.type, SKOS.Concept)}


@pytest.mark.parametrize(
    ("predicate", "fault"),
    [
        (SKOS.notation, "not named by its one notation"),
        (SKOS.prefLabel, "in English"),
        (SKOS.definition, "in English"),
        (SKOS.inScheme, "not of this scheme"),
        (SKOS.topConceptOf, "neither at the top"),
    ],
)
def test_a_concept_that_lacks_a_part_is_found(predicate: URIRef, fault: str) -> None:
    graph = read("concepts/organisation-type.ttl")
    graph.remove((URIRef(concept("organisation-type", "MD")), predicate, None))
    found = concept_faults(graph, scheme_of("concepts/organisation-type.ttl"))
    assert any(fault in each for each in found)


def test_a_concept_below_one_of_another_scheme_is_found() -> None:
    graph = read("concepts/area-type.ttl")
    graph.set(
        (
            URIRef(concept("area-type", "london-borough")),
            SKOS.broader,
            URIRef(concept("organisation-type", "LBO")),
        )
    )
    assert concept_faults(graph, scheme_of("concepts/area-type.ttl"))


@pytest.mark.parametrize("name", SCHEMES)
def test_no_two_concepts_of_a_scheme_are_found_by_one_label(name: str) -> None:
    assert shared_labels(read(name)) == set()


def test_a_label_of_two_concepts_is_found() -> None:
    graph = read("concepts/frequency.ttl")
    daily = URIRef(concept("frequency", "daily"))
    graph.add((daily, SKOS.hiddenLabel, Literal("Fortnightly", lang="en")))
    assert shared_labels(graph) == {"fortnightly"}


def test_a_concept_that_another_list_has_too_says_so() -> None:
    graph = read("concepts/frequency.ttl")
    quarterly = URIRef(concept("frequency", "quarterly"))
    assert set(graph.objects(quarterly, SKOS.exactMatch)) == {
        URIRef("http://purl.org/cld/freq/quarterly"),
        URIRef("http://publications.europa.eu/resource/authority/frequency/QUARTERLY"),
    }
    for each in graph.subjects(RDF.type, SKOS.Concept):
        assert list(graph.objects(each, SKOS.exactMatch)), each


def test_a_marking_on_official_information_is_below_it() -> None:
    graph = read("concepts/security-classification.ttl")
    sensitive = URIRef(concept("security-classification", "OFFICIAL-SENSITIVE"))
    official = URIRef(concept("security-classification", "OFFICIAL"))
    assert list(graph.subject_objects(SKOS.broader)) == [(sensitive, official)]


@pytest.mark.parametrize("name", SCHEMES)
def test_concepts_that_have_a_place_in_an_order_are_counted_from_one(name: str) -> None:
    graph = read(name)
    places = [int(str(each)) for each in graph.objects(None, URIRef(PREFIXES["gm"] + "position"))]
    concepts = list(graph.subjects(RDF.type, SKOS.Concept))
    assert sorted(places) in ([], list(range(1, len(concepts) + 1)))


@pytest.mark.parametrize(
    ("scheme", "in_order"),
    [
        ("audience", ["public", "partner", "internal"]),
        ("criticality", ["critical", "important", "routine"]),
        ("risk-level", ["low", "medium", "high"]),
        ("cost-band", ["under-10k", "10k-to-100k", "100k-to-1m", "over-1m"]),
        (
            "sharing-project-stage",
            ["purpose", "needs", "who", "practical-steps", "how", "review", "exit-planning"],
        ),
    ],
)
def test_the_concepts_of_a_scale_stand_in_its_order(scheme: str, in_order: list[str]) -> None:
    graph = read(f"concepts/{scheme}.ttl")
    position = URIRef(PREFIXES["gm"] + "position")
    for place, notation in enumerate(in_order, 1):
        assert graph.value(URIRef(concept(scheme, notation)), position) == Literal(place)
    assert ontology.notations(scheme) == set(in_order)


def test_the_conditions_of_schedule_1_stand_in_the_order_of_its_paragraphs() -> None:
    """Data Protection Act 2018, Schedule 1: paragraphs 1 to 4 of part 1, 6 to 28 of part 2."""
    graph = read("concepts/schedule-1-condition.ttl")
    position = URIRef(PREFIXES["gm"] + "position")
    places = {int(str(place)): each for each, place in graph.subject_objects(position)}
    paragraphs = []
    for _, each in sorted(places.items()):
        [definition] = graph.objects(each, SKOS.definition)
        found = re.search(r"Paragraph (\d+) of Schedule 1, in Part (\d)\.$", str(definition))
        assert found, each
        paragraphs.append((int(found[2]), int(found[1])))
    assert paragraphs == [(1, n) for n in range(1, 5)] + [(2, n) for n in range(6, 29)]


def test_a_role_is_one_in_the_sense_of_the_organization_ontology() -> None:
    graph = read("concepts/membership-role.ttl")
    roles = set(graph.subjects(RDF.type, URIRef(PREFIXES["org"] + "Role")))
    assert roles == set(graph.subjects(RDF.type, SKOS.Concept))


@pytest.mark.real_data
def test_every_type_of_authority_in_the_planning_data_platforms_files_is_defined() -> None:
    folder = VOCABULARIES.parent / "organisations" / "digital-land"
    if not folder.is_dir():
        pytest.skip("the publisher's own files are not here")
    with (folder / "local-authority-type.csv").open(newline="", encoding="utf-8") as lines:
        listed = {row["reference"] for row in csv.DictReader(lines)}
    with (folder / "local-authority.csv").open(newline="", encoding="utf-8") as lines:
        used = {row["local-authority-type"] for row in csv.DictReader(lines)}
    assert len(listed) >= 8
    assert listed | used <= ontology.notations("organisation-type")


@pytest.mark.real_data
def test_every_type_of_authority_in_mysocietys_file_is_defined() -> None:
    path = VOCABULARIES.parent / "organisations" / "mysociety" / "uk_local_authorities_future.csv"
    if not path.is_file():
        pytest.skip("the publisher's own files are not here")
    with path.open(newline="", encoding="utf-8") as lines:
        used = {row["local-authority-type"] for row in csv.DictReader(lines)}
    assert {"NID", "SCO", "WPA"} <= used
    assert used <= ontology.notations("organisation-type")


@pytest.mark.real_data
def test_every_interaction_in_the_file_of_local_links_is_defined() -> None:
    folder = VOCABULARIES.parent / "services" / "govuk-local-links"
    if not folder.is_dir():
        pytest.skip("the publisher's own files are not here")
    with (folder / "lgsl_lgil_fallback_links.csv").open(newline="", encoding="utf-8") as lines:
        used = {row[-1] for row in list(csv.reader(lines))[1:]}
    assert used == ontology.notations("interaction-type")


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("scheme", "file", "namespace", "least"),
    [
        ("frequency", "eu-authority/frequencies-skos-ap-act.rdf", EU_FREQUENCY, 19),
        ("legal-basis", "dpv/eu-gdpr.ttl", PREFIXES["eu-gdpr"], 16),
    ],
)
def test_every_match_is_a_concept_of_the_other_list(
    scheme: str, file: str, namespace: str, least: int
) -> None:
    if not VOCABULARIES.is_dir():
        pytest.skip("the publisher's own files are not here")
    theirs = {
        each.subject.value
        for each in parse(path=VOCABULARIES / file)
        if each.predicate.value == str(SKOS.prefLabel) and isinstance(each.subject, NamedNode)
    }
    ours = read(f"concepts/{scheme}.ttl")
    matches = {
        str(each)
        for predicate in (SKOS.exactMatch, SKOS.closeMatch)
        for each in ours.objects(None, predicate)
        if str(each).startswith(namespace)
    }
    assert len(matches) >= least
    assert matches <= theirs
