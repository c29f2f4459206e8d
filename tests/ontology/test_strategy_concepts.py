"""`concepts/`: missions, principles and ambitions, and schemes whose concepts stand in an order."""

import pytest
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef

import ontology
from ontology.namespaces import DEF, concept
from tests.ontology.conftest import read
from tests.ontology.faults import GM, misplaced, one_sided_matches

POSITION = URIRef(f"{GM}position")
TEXT_STATUS = URIRef(f"{GM}textStatus")
ORDERED = [
    name
    for name in ontology.documents()
    if name.startswith("concepts/") and list(read(name).subject_objects(POSITION))
]
MISSIONS_2022 = [
    "Foster trust between the people, communities, and businesses of Greater Manchester through "
    "greater transparency.",
    "Promote and maintain the responsible and ethical use of information.",
    "Establish inclusive and proactive governance to drive the strategy.",
    "Enhance the skills, capabilities, and behaviours for good information management.",
    "Develop and implement the tools, infrastructure and standards needed to manage and use "
    "information properly.",
    "Create an information governance framework for Greater Manchester that acts together as one.",
]
MISSIONS_2026 = [
    "Foster greater trust between the people, communities, and organisations of Greater Manchester",
    "Promote and maintain the responsible and ethical use of information",
    "Maintain representative and proactive governance to continue to drive the strategy",
    "Through an academy approach, enable professional development of Information and Data "
    "Governance professionals and associated officers.",
    "Unify standards through a governance framework to enable the management, sharing and use of "
    "information.",
    "Enable the GM system with an approach to data gov",
]
PRINCIPLES_2022 = [
    "Doing the right things with information",
    "Valuing information",
    "Information-led decision-making",
    "Reducing inequality",
    "Forging strong relationships",
    "Building trust and confidence",
    "Fostering a culture of openness",
    "Empowering the workforce",
    "Connecting our work",
    "Doing things differently",
]


def scheme(name: str) -> URIRef:
    return URIRef(DEF + name)


def mission(year: int, notation: int) -> URIRef:
    return URIRef(concept(f"mission-{year}", str(notation)))


def in_order(graph: Graph, predicate: URIRef) -> list[str]:
    """The texts of a scheme's concepts, in the order of their positions."""
    placed = sorted(graph.subject_objects(POSITION), key=lambda each: int(str(each[1])))
    return [str(graph.value(each, predicate)) for each, _ in placed]


def test_the_missions_of_2022_are_word_for_word_and_in_their_order() -> None:
    graph = read("concepts/mission-2022.ttl")
    assert in_order(graph, SKOS.definition) == MISSIONS_2022
    assert in_order(graph, SKOS.notation) == ["1", "2", "3", "4", "5", "6"]


def test_the_principles_of_2022_are_word_for_word_and_in_their_order() -> None:
    graph = read("concepts/principle-2022.ttl")
    assert in_order(graph, SKOS.prefLabel) == PRINCIPLES_2022
    assert in_order(graph, SKOS.notation) == [
        each.lower().replace(" ", "-") for each in PRINCIPLES_2022
    ]


def test_the_sixth_mission_of_2026_is_the_one_wording_that_is_cut_off() -> None:
    graph = read("concepts/mission-2026.ttl")
    assert set(graph.subject_objects(TEXT_STATUS)) == {
        (mission(2026, 6), URIRef(concept("text-status", "truncated")))
    }
    assert in_order(graph, SKOS.definition) == MISSIONS_2026


def test_the_missions_of_2026_replace_those_of_2022() -> None:
    graph = read("concepts/mission-2022.ttl", "concepts/mission-2026.ttl")
    old, new = scheme("mission-2022"), scheme("mission-2026")
    assert set(graph.subject_objects(DCTERMS.isReplacedBy)) == {(old, new)}
    assert set(graph.subject_objects(DCTERMS.replaces)) == {(new, old)}


def test_each_mission_of_2022_is_matched_with_what_came_of_it() -> None:
    graph = read("concepts/mission-2022.ttl")
    assert set(graph.subject_objects(SKOS.closeMatch)) == {
        (mission(2022, 1), mission(2026, 1)),
        (mission(2022, 3), mission(2026, 3)),
        (mission(2022, 4), mission(2026, 4)),
        (mission(2022, 6), mission(2026, 5)),
    }
    assert set(graph.subject_objects(SKOS.exactMatch)) == {(mission(2022, 2), mission(2026, 2))}
    assert set(graph.subject_objects(SKOS.relatedMatch)) == {
        (mission(2022, 5), mission(2026, 5)),
        (mission(2022, 5), mission(2026, 6)),
    }


def test_both_lists_of_missions_say_what_matches_what() -> None:
    """The mapping relations between concepts are symmetric (SKOS Reference S44)."""
    assert (
        one_sided_matches(read("concepts/mission-2022.ttl", "concepts/mission-2026.ttl")) == set()
    )


def test_a_match_that_only_one_list_states_is_found() -> None:
    graph = read("concepts/mission-2022.ttl", "concepts/mission-2026.ttl")
    graph.remove((mission(2026, 5), SKOS.relatedMatch, None))
    assert one_sided_matches(graph) == {(mission(2022, 5), mission(2026, 5))}


def test_a_definition_that_is_not_the_strategys_says_so() -> None:
    for name in ("principle-2022", "ambition"):
        graph = read(f"concepts/{name}.ttl")
        for each in graph.subjects(RDF.type, SKOS.Concept):
            assert list(graph.objects(each, SKOS.scopeNote)), each


@pytest.mark.parametrize("name", ["mission-2022", "mission-2026", "principle-2022", "ambition"])
def test_a_scheme_of_a_strategy_says_where_its_wording_is_from(name: str) -> None:
    graph = read(f"concepts/{name}.ttl")
    [source] = graph.objects(scheme(name), DCTERMS.source)
    assert isinstance(source, URIRef)
    for each in graph.subjects(RDF.type, SKOS.Concept):
        assert list(graph.objects(each, DCTERMS.source)) == [source]


@pytest.mark.parametrize("name", ORDERED)
def test_the_concepts_of_a_scheme_with_an_order_are_counted_from_1(name: str) -> None:
    assert misplaced(read(name)) == set()


def test_schemes_with_an_order_are_collected() -> None:
    assert {"concepts/mission-2022.ttl", "concepts/fair-indicator.ttl"} <= set(ORDERED)


@pytest.mark.parametrize("position", [1, 3, 7, "3"])
def test_a_place_that_is_taken_left_out_or_no_number_is_found(position: int | str) -> None:
    graph = read("concepts/mission-2022.ttl")
    graph.set((mission(2022, 2), POSITION, Literal(position)))
    assert misplaced(graph) != set()


def test_a_concept_without_a_place_is_found() -> None:
    graph = read("concepts/mission-2022.ttl")
    graph.remove((mission(2022, 6), POSITION, None))
    assert misplaced(graph) == {mission(2022, 6)}


def test_the_fair_indicators_are_those_of_the_guiding_principles() -> None:
    graph = read("concepts/fair-indicator.ttl")
    notations = " ".join(in_order(graph, SKOS.notation))
    assert notations == "F1 F2 F3 F4 A1 A1.1 A1.2 A2 I1 I2 I3 R1 R1.1 R1.2 R1.3"
    assert set(graph.objects(None, POSITION)) == {Literal(number) for number in range(1, 16)}
