"""A record of a strategy becomes the statements that the ontology has for it, and no others."""

from dataclasses import replace

import pytest
from rdflib.compare import graph_diff, isomorphic

from loaders.mappings import map_record
from loaders.records import (
    Consultation,
    Decision,
    DeliveryPlan,
    Document,
    Record,
    Statement,
    Strategy,
    Workshop,
)
from tests.loaders.conftest import BASE, MINT, graph_of, turtle
from tests.loaders.strategy_records import OTHER_SOURCE, SOURCE, STRATEGY_RECORDS

DEF = "https://w3id.org/greater-manchester/def"
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type"

STATED = {
    "document-csv": f"""
        <id/document/plan.1> a foaf:Document ;
            dct:identifier "plan.1" ;
            dct:title "The plan"@en ;
            foaf:page <https://council.example/plan> ;
            dct:format <{FILE_TYPE}/PDF> ;
            gm:formatAsStated "PDF"@en ;
            gm:statedSize "843KB" ;
            gm:isHeld false ;
            dct:isPartOf <id/document/papers> ;
            dct:isVersionOf <id/document/draft> ;
            dct:isFormatOf <id/document/words> ;
            dct:subject <id/strategy/plan.1>, <{DEF}/mission-2022/5>, <{DEF}/principle-2022> ;
            prov:wasGeneratedBy <id/consultation/plan.1>, <id/workshop/plan.1> ;
            gm:notKnown "It could not be had."@en ;
            dct:source <{SOURCE}> .
        """,
    "statement-csv": f"""
        <id/statement/given/plan-01> a gm:Statement, prov:Entity ;
            dct:identifier "plan-01" ;
            gm:statedIn <id/document/plan.1> ;
            gm:position 12 ;
            gm:wording "Count the bins."@en ;
            gm:states <id/strategy/plan.1>, <{DEF}/mission-2022/5> ;
            gm:plainEnglish "Say how many bins there are."@en ;
            gm:textStatus <{DEF}/text-status/truncated> ;
            dct:rights "Quoted from a plan."@en ;
            dct:source <{SOURCE}> .
        """,
    "strategy-csv": f"""
        <id/strategy/plan.1> a gm:Strategy, prov:Entity, prov:Plan ;
            dct:identifier "plan.1" ;
            dct:title "A plan for bins"@en ;
            dct:description "How bins are counted."@en ;
            gm:setsVision <id/vision/plan.1> ;
            gm:definesScheme <{DEF}/mission-2022>, <{DEF}/principle-2022> ;
            dct:isPartOf <id/strategy/all-plans> ;
            dct:isReplacedBy <id/strategy/plan.2> ;
            gm:notKnown "Who wrote it."@en ;
            dct:source <{SOURCE}>, <{OTHER_SOURCE}> .
        <id/vision/plan.1> a gm:Vision, prov:Entity ;
            dct:identifier "plan.1" ;
            dct:title "Vision of the plan for bins"@en .
        """,
    "decision-csv": f"""
        <id/decision/of-january> a gm:Decision, prov:Activity ;
            dct:identifier "of-january" ;
            dct:title "Approval of the plan"@en ;
            gm:heldOn "2022-01-28"^^xsd:date ;
            gm:decidedBy <id/organisation/GB-LAE-GMCA>, <id/organisation/GB-LAE-MAN> ;
            gm:decided <id/strategy/plan.1> ;
            gm:notKnown "Who was there."@en ;
            dct:source <{SOURCE}> .
        """,
    "consultation-csv": f"""
        <id/consultation/of-autumn> a gm:Consultation, prov:Activity ;
            dct:identifier "of-autumn" ;
            dct:title "Consultation on bins"@en ;
            gm:openedOn "2022-10-07"^^xsd:date ;
            gm:plannedEnd "2022-12-02"^^xsd:date ;
            gm:closedOn "2023-01-13"^^xsd:date ;
            gm:stakeholderGroup <{DEF}/stakeholder-group/people>,
                <{DEF}/stakeholder-group/businesses> ;
            prov:wasAssociatedWith <id/organisation/GB-LAE-GMCA> ;
            gm:notKnown "What was answered."@en ;
            dct:source <{SOURCE}>, <{OTHER_SOURCE}> .
        <id/delivery-plan/plan.1> prov:wasInfluencedBy <id/consultation/of-autumn> .
        """,
    "workshop-csv": f"""
        <id/workshop/of-february> a gm:Workshop, prov:Activity ;
            dct:identifier "of-february" ;
            dct:title "Workshop on bins"@en ;
            gm:heldOn "2023-02-13"^^xsd:date ;
            dct:description "All afternoon."@en ;
            gm:eventMode <{DEF}/event-mode/online> ;
            gm:addressesMission <{DEF}/mission-2022/2>, <{DEF}/mission-2026/3> ;
            gm:facilitatedBy <id/organisation/GM-open-data-manchester> ;
            gm:notKnown "Who came."@en ;
            dct:source <{SOURCE}> .
        <id/delivery-plan/plan.1> prov:wasInfluencedBy <id/workshop/of-february> .
        """,
    "delivery-plan-csv": f"""
        <id/delivery-plan/plan.1> a gm:DeliveryPlan, prov:Entity, prov:Plan ;
            dct:identifier "plan.1" ;
            dct:title "Delivery plan for bins"@en ;
            prov:wasDerivedFrom <id/strategy/plan.1>, <id/document/plan.1>, <id/document/summary> ;
            schema:duration "P3Y"^^xsd:yearMonthDuration ;
            gm:validFrom "2023-04-01"^^xsd:date ;
            gm:validUntil "2026-03-31"^^xsd:date ;
            gm:notKnown "Its actions."@en ;
            dct:source <{SOURCE}> .
        """,
}

LITTLE: list[tuple[Record, str]] = [
    (
        Document("a", "A page"),
        """<id/document/a> a foaf:Document ; dct:identifier "a" ; dct:title "A page"@en .""",
    ),
    (
        Statement("a", "b", 1, "Words."),
        """
        <id/statement/given/a> a gm:Statement, prov:Entity ;
            dct:identifier "a" ; gm:statedIn <id/document/b> ; gm:position 1 ;
            gm:wording "Words."@en .
        """,
    ),
    (
        Strategy("a", "A plan"),
        """
        <id/strategy/a> a gm:Strategy, prov:Entity, prov:Plan ;
            dct:identifier "a" ; dct:title "A plan"@en .
        """,
    ),
    (
        Decision("a", "Yes"),
        """
        <id/decision/a> a gm:Decision, prov:Activity ;
            dct:identifier "a" ; dct:title "Yes"@en .
        """,
    ),
    (
        Consultation("a", "What say you?"),
        """
        <id/consultation/a> a gm:Consultation, prov:Activity ;
            dct:identifier "a" ; dct:title "What say you?"@en .
        """,
    ),
    (
        Workshop("a", "Talk"),
        """
        <id/workshop/a> a gm:Workshop, prov:Activity ;
            dct:identifier "a" ; dct:title "Talk"@en .
        """,
    ),
    (
        DeliveryPlan("a", "Deeds"),
        """
        <id/delivery-plan/a> a gm:DeliveryPlan, prov:Entity, prov:Plan ;
            dct:identifier "a" ; dct:title "Deeds"@en .
        """,
    ),
]


def assert_states(record: Record, expected: str) -> None:
    stated, wanted = graph_of(map_record(record, MINT, "given")), turtle(expected)
    if not isomorphic(stated, wanted):
        _, excess, lacking = graph_diff(stated, wanted)
        pytest.fail(f"too much:\n{excess.serialize()}\ntoo little:\n{lacking.serialize()}")


@pytest.mark.parametrize("name", STRATEGY_RECORDS)
def test_a_record_with_all_that_may_be_said(name: str) -> None:
    assert_states(STRATEGY_RECORDS[name], STATED[name])


@pytest.mark.parametrize(("record", "expected"), LITTLE, ids=lambda each: type(each).__name__)
def test_a_record_of_which_little_is_known_has_no_empty_statements(
    record: Record, expected: str
) -> None:
    assert_states(record, expected)


def test_a_document_that_is_held_says_so() -> None:
    document = STRATEGY_RECORDS["document-csv"]
    assert isinstance(document, Document)
    held = STATED["document-csv"].replace("gm:isHeld false", "gm:isHeld true")
    assert_states(replace(document, is_held=True), held)


@pytest.mark.parametrize("name", STRATEGY_RECORDS)
def test_all_of_it_stands_in_the_graph_of_the_source(name: str) -> None:
    graphs = {quad.graph for quad in map_record(STRATEGY_RECORDS[name], MINT, "given")}
    assert graphs == {f"{BASE}graph/given"}


def test_a_statement_too_many_would_be_noticed() -> None:
    with pytest.raises(pytest.fail.Exception, match="too much"):
        assert_states(*LITTLE[0][:1], LITTLE[0][1].replace("A page", "Another"))
