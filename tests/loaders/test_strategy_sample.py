"""The shipped strategy: every sentence of its page, in order, and the facts about it."""

import csv
import re
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib import Literal as Value

import ontology
from loaders.directory import initialise
from loaders.pipeline import Loaded, load_source
from loaders.snapshot import opener_of
from loaders.source import declared_sources
from loaders.staging import Counts, open_staged
from loaders.validation import validate
from ontology.namespaces import DEF, concept
from ontology.vocab import DCT, GM, PROV, RDF, SCHEMA, SKOS, XSD
from tests.loaders.conftest import BASE, triples

FOLDER = Path(__file__).parents[2] / "loaders/sources/gm-strategy"
BODIES = FOLDER.parent / "gm-bodies/organisations.csv"
TEXT = Path(__file__).parents[2].parent / "shared/design/strategy-page.txt"
LANDING = "https://www.greatermanchester-ca.gov.uk/what-we-do/information-strategy/"
PAGE = f"{LANDING}greater-manchester-information-strategy/"
HUB = "https://www.gmconsult.org/communications-and-engagement-team/information-strategy-delivery-plan/"
NEWS = (
    "https://www.greatermanchester-ca.gov.uk/news/"
    "gmca-launches-consultation-to-help-deliver-the-greater-manchester-information-strategy"
)
REFRESH = "https://i-network.org.uk/gm-information-and-data-governance-change-programme/"
PRINCIPLES = (
    "doing-the-right-things-with-information",
    "valuing-information",
    "information-led-decision-making",
    "reducing-inequality",
    "forging-strong-relationships",
    "building-trust-and-confidence",
    "fostering-a-culture-of-openness",
    "empowering-the-workforce",
    "connecting-our-work",
    "doing-things-differently",
)
DOCUMENTS = {
    "gmis-2022-full": ("Word", "322KB"),
    "gmis-2022-plain-english": ("Word", "530KB"),
    "gmis-2022-consultation-summary": ("Word", "234KB"),
    "gmis-2022-workshop-report": ("Word", "1.84MB"),
    "gmis-2022-delivery-plan": ("PDF", "843KB"),
}


def thing(path: str) -> URIRef:
    return URIRef(f"{BASE}id/{path}")


def day(value: str) -> Value:
    return Value(value, datatype=URIRef(XSD.date))


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> tuple[Loaded, list[bytes]]:
    directory = initialise(tmp_path_factory.mktemp("strategy") / "var", BASE)
    source = declared_sources()["gm-strategy"]
    openers = {file.name: opener_of(file.place) for file in source.files if file.place}
    loaded = load_source(directory, source, openers)
    with open_staged(directory, loaded.load) as file:
        return loaded, list(file)


@pytest.fixture(scope="module")
def graph(load: tuple[Loaded, list[bytes]]) -> Graph:
    return triples(load[1])


def of(graph: Graph, subject: URIRef, term: str) -> set[str]:
    """The values of a property, as text."""
    return {str(value) for value in graph.objects(subject, URIRef(term))}


def in_order(graph: Graph, document: str) -> list[URIRef]:
    """The statements of a document, by their place in it."""
    found = {
        int(str(graph.value(each, URIRef(GM.position)))): each
        for each in graph.subjects(URIRef(GM.statedIn), thing(f"document/{document}"))
        if isinstance(each, URIRef)
    }
    assert sorted(found) == list(range(1, len(found) + 1))
    return [found[place] for place in sorted(found)]


def wording(graph: Graph, statement: URIRef) -> str:
    [words] = of(graph, statement, GM.wording)
    return words


def test_all_of_it_is_loaded_without_an_issue(load: tuple[Loaded, list[bytes]]) -> None:
    loaded, lines = load
    assert list(loaded.issues) == []
    assert loaded.load.counts == Counts(82, 82, 0, 0)
    assert [str(result) for result in validate("gm-strategy", lines)] == []


def test_a_statement_without_its_words_would_be_refused(load: tuple[Loaded, list[bytes]]) -> None:
    lines = [line for line in load[1] if b'"Reducing inequality"' not in line]
    assert len(lines) == len(load[1]) - 1
    refused = [result for result in validate("gm-strategy", lines) if result.refuses]
    page = thing("statement/gm-strategy/page-21")
    assert [(result.focus, result.path) for result in refused] == [(str(page), GM.wording)]


def test_the_page_has_forty_four_statements_each_with_its_source(graph: Graph) -> None:
    statements = in_order(graph, "gmis-2022-page")
    assert len(statements) == 44
    for statement in statements:
        assert of(graph, statement, DCT.source) == {PAGE}
        assert of(graph, statement, GM.textStatus) == {concept("text-status", "complete")}
        assert of(graph, statement, GM.states), statement
    assert wording(graph, statements[0]) == "Greater Manchester Information Strategy"
    assert of(graph, statements[0], GM.states) == {str(thing("strategy/gmis-2022"))}


def test_the_principles_and_the_missions_are_stated_in_their_order(graph: Graph) -> None:
    stated = [of(graph, each, GM.states) for each in in_order(graph, "gmis-2022-page")]
    principles = [{concept("principle-2022", notation)} for notation in PRINCIPLES]
    missions = [{concept("mission-2022", str(number))} for number in range(1, 7)]
    assert stated[16] == {f"{DEF}principle-2022", str(thing("strategy/gmis-2022"))}
    assert stated[17:27] == principles
    assert stated[27] == {f"{DEF}mission-2022", str(thing("strategy/gmis-2022"))}
    assert stated[28:34] == missions
    assert sum(value in stated for value in principles + missions) == 16
    assert set(PRINCIPLES) == ontology.notations("principle-2022")


@pytest.mark.parametrize(
    ("scheme", "place", "term"),
    [("principle-2022", 17, SKOS.prefLabel), ("mission-2022", 28, SKOS.definition)],
)
def test_the_concepts_have_the_words_of_the_page(
    graph: Graph, scheme: str, place: int, term: str
) -> None:
    concepts = Graph().parse(data=ontology.turtle(f"concepts/{scheme}.ttl"), format="turtle")
    statements = in_order(graph, "gmis-2022-page")[place:]
    for statement, _ in zip(statements, ontology.notations(scheme), strict=False):
        [stated] = of(graph, statement, GM.states)
        assert of(concepts, URIRef(stated), term) == {wording(graph, statement)}


@pytest.mark.real_data
@pytest.mark.skipif(not TEXT.is_file(), reason="the text of the page is not here")
def test_the_statements_are_the_page_word_for_word(graph: Graph) -> None:
    lines = [line.strip() for line in TEXT.read_text().splitlines() if line.strip()]
    assert lines[0] == lines[1]  # the page's title, and its heading
    words = " ".join(re.sub(r"^(?:•|[1-6]\.)\s+", "", line) for line in lines[1:])
    stated = " ".join(wording(graph, each) for each in in_order(graph, "gmis-2022-page"))
    assert stated == " ".join(words.split())


def test_the_vision_is_kept_in_both_wordings_each_with_its_source(graph: Graph) -> None:
    vision = thing("vision/gmis-2022")
    assert of(graph, thing("strategy/gmis-2022"), GM.setsVision) == {str(vision)}
    found = {
        (source, wording(graph, statement))
        for statement in graph.subjects(URIRef(GM.states), vision)
        if isinstance(statement, URIRef)
        for source in of(graph, statement, DCT.source)
    }
    worded = {source: words for source, words in found if "realises the full potential" in words}
    assert worded.keys() == {PAGE, HUB}
    assert " information responsibility to help " in worded[PAGE]
    assert " information responsibly; helps " in worded[HUB]


def test_the_combined_authority_approved_it_on_a_friday(graph: Graph) -> None:
    decision = thing("decision/gmca-2022-01-28")
    assert graph.value(decision, URIRef(GM.heldOn)) == day("2022-01-28")
    assert of(graph, decision, GM.decidedBy) == {str(thing("organisation/GB-LAE-GMCA"))}
    assert of(graph, decision, GM.decided) == {str(thing("strategy/gmis-2022"))}
    with (FOLDER / "decisions.csv").open(encoding="utf-8") as file:
        rows = {row["key"]: row for row in csv.DictReader(file)}
    assert rows["gmca-2022-01-28"]["weekday"] == "Friday"


def test_the_adoption_by_twelve_bodies_has_a_month_and_no_day(graph: Graph) -> None:
    decision = thing("decision/gmis-2022-adoption")
    assert len(of(graph, decision, GM.decidedBy)) == 12
    assert graph.value(decision, URIRef(GM.heldOn)) is None
    assert of(graph, decision, GM.notKnown)


def test_both_ends_of_the_consultation_are_kept_each_with_its_source(graph: Graph) -> None:
    consultation = thing("consultation/gmis-2022-delivery-plan")
    assert graph.value(consultation, URIRef(GM.openedOn)) == day("2022-10-07")
    assert graph.value(consultation, URIRef(GM.plannedEnd)) == day("2022-12-02")
    assert graph.value(consultation, URIRef(GM.closedOn)) == day("2023-01-13")
    assert of(graph, consultation, DCT.source) == {NEWS, HUB}
    words = {
        source: {
            wording(graph, statement)
            for statement in graph.subjects(URIRef(DCT.source), URIRef(source))
            if isinstance(statement, URIRef)
            and (statement, URIRef(GM.states), consultation) in graph
        }
        for source in (NEWS, HUB)
    }
    assert words == {
        NEWS: {"The consultation will be open from 7 October to 2 December"},
        HUB: {"Closed 13 Jan 2023", "Opened 7 Oct 2022"},
    }
    assert of(graph, consultation, GM.stakeholderGroup) == {
        concept("stakeholder-group", group) for group in ("people", "communities", "businesses")
    }


def test_there_were_six_workshops_and_the_day_of_one_is_not_known(graph: Graph) -> None:
    found = {
        str(each).rpartition("/gmis-2022-")[2]: (
            of(graph, each, GM.heldOn),
            {mode.rpartition("/")[2] for mode in of(graph, each, GM.eventMode)},
            {mission.rpartition("/")[2] for mission in of(graph, each, GM.addressesMission)},
        )
        for each in graph.subjects(URIRef(RDF.type), URIRef(GM.Workshop))
        if isinstance(each, URIRef)
    }
    assert found == {
        "mission-1-online": ({"2023-02-13"}, {"online"}, {"1"}),
        "mission-1-in-person": ({"2023-02-15"}, {"in-person"}, {"1"}),
        "missions-2-3-online": ({"2023-02-28"}, {"online"}, {"2", "3"}),
        "missions-2-3-in-person": ({"2023-03-01"}, {"in-person"}, {"2", "3"}),
        "missions-4-5-6-online": ({"2023-03-02"}, {"online"}, {"4", "5", "6"}),
        "missions-4-5-6-in-person": (set(), {"in-person"}, {"4", "5", "6"}),
    }
    assert of(graph, thing("workshop/gmis-2022-missions-4-5-6-in-person"), GM.notKnown)


@pytest.mark.parametrize("key", DOCUMENTS)
def test_a_document_that_could_not_be_had_says_so(graph: Graph, key: str) -> None:
    document = thing(f"document/{key}")
    format_, size = DOCUMENTS[key]
    assert of(graph, document, GM.formatAsStated) == {format_}
    assert graph.value(document, URIRef(GM.statedSize)) == Value(size)
    assert graph.value(document, URIRef(GM.isHeld)) == Value(False)
    assert of(graph, document, GM.notKnown)
    page = [wording(graph, each) for each in in_order(graph, "gmis-2022-page")]
    assert len([words for words in page if words.endswith(f"({format_}, {size})")]) == 1


def test_the_actions_of_the_delivery_plan_are_not_known(graph: Graph) -> None:
    plan = thing("delivery-plan/gmis-2022")
    [said] = of(graph, plan, GM.notKnown)
    assert said.startswith("Its actions are not known: the document could not be had.")
    assert of(graph, plan, SCHEMA.duration) == {"P3Y"}
    derived = {each for each in of(graph, plan, PROV.wasDerivedFrom) if "#row=" not in each}
    assert derived == {str(thing("strategy/gmis-2022"))}
    assert len(of(graph, plan, PROV.wasInfluencedBy)) == 7
    assert not list(graph.subjects(URIRef(RDF.type), URIRef(GM.DeliveryAction)))


def test_the_refreshed_strategy_stands_beside_the_first(graph: Graph) -> None:
    first, refreshed = thing("strategy/gmis-2022"), thing("strategy/gmis-2026")
    assert of(graph, first, DCT.isReplacedBy) == {str(refreshed)}
    assert of(graph, first, DCT.isPartOf) == {str(thing("strategy/gms-2021"))}
    assert of(graph, first, GM.definesScheme) == {f"{DEF}principle-2022", f"{DEF}mission-2022"}
    assert of(graph, refreshed, GM.definesScheme) == {f"{DEF}mission-2026"}
    statements = in_order(graph, "gmis-2026-award-entry")
    assert of(graph, statements[0], GM.states) == {str(thing("vision/gmis-2026"))}
    assert [of(graph, each, GM.states) for each in statements[1:]] == [
        {concept("mission-2026", str(number))} for number in range(1, 7)
    ]
    cut_off = [URIRef(concept("text-status", "truncated"))]
    assert list(graph.objects(statements[6], URIRef(GM.textStatus))) == cut_off
    assert {source for each in statements for source in of(graph, each, DCT.source)} == {REFRESH}


def test_every_thing_of_ours_that_is_named_is_described(graph: Graph) -> None:
    with BODIES.open(encoding="utf-8") as file:
        bodies = {f"{BASE}id/organisation/{row['key']}" for row in csv.DictReader(file)}
    described = {str(subject) for subject in graph.subjects(URIRef(RDF.type))} | bodies
    described.add(f"{BASE}id/organisation/GM-knowledge-graph")
    named = {str(value) for value in graph.objects() if str(value).startswith(f"{BASE}id/")}
    assert len(named) > 30
    assert named <= described
