"""What things contribute to by rule: each rule finds what it is for and nothing else."""

from pathlib import Path

import pytest

from loaders.deriving.contributions import CONTRIBUTIONS
from ontology import notations
from ontology.vocab import GM
from queries.query import rules
from tests.loaders.deriving.premises import BASE, concluded, objects, premises_of, triples

OPEN = "<https://creativecommons.org/licenses/by/4.0/>"
LOADED = '<.well-known/genid/s/load> prov:endedAtTime "2026-05-01T10:00:00Z"^^xsd:dateTime .'
DEF = "https://w3id.org/greater-manchester/def/"
FOUND = {
    "open-licence": f"<id/x> a dcat:Dataset ; dct:license {OPEN} .",
    "public-summary": '<id/x> gm:publicSummary "What is done."@en .',
    "approved-assessment": f"""{LOADED} <id/y> a gm:ImpactAssessment ; gm:assesses <id/x> ;
        gm:assessmentOutcome <{DEF}assessment-outcome/approved> ;
        gm:nextReview "2026-05-01"^^xsd:date .""",
    "named-owner": "<id/x> a gm:InformationAsset ; gm:assetOwner <id/post> .",
    "stated-standard": "<id/x> dct:conformsTo <id/standard/y> .",
    "data-service": "<id/x> a dcat:DataService ; dcat:endpointURL <https://a.example/> .",
    "agreement-in-force": f"""<id/x> a gm:DataFlow ; gm:underAgreement <id/y> .
        <id/y> gm:agreementStatus <{DEF}agreement-status/in-force> .""",
}
NOT_FOUND = {
    "open-licence": "<id/x> a dcat:Dataset ; dct:license <https://licence.example/> .",
    "public-summary": '<id/x> dct:description "What is done."@en .',
    "approved-assessment": f"""{LOADED} <id/y> a gm:ImpactAssessment ; gm:assesses <id/x> ;
        gm:assessmentOutcome <{DEF}assessment-outcome/approved> ;
        gm:nextReview "2026-04-30"^^xsd:date .""",
    "named-owner": "<id/x> a gm:InformationAsset ; gm:assetSteward <id/post> .",
    "stated-standard": "<id/x> gm:againstStandard <id/standard/y> .",
    "data-service": "<id/x> a dcat:DataService ; dcat:landingPage <https://a.example/> .",
    "agreement-in-force": f"""<id/x> a gm:DataFlow ; gm:underAgreement <id/y> .
        <id/y> gm:agreementStatus <{DEF}agreement-status/expired> .""",
}


def test_every_rule_is_tried() -> None:
    assert {each.slug for each in rules()} == FOUND.keys() == NOT_FOUND.keys()


@pytest.mark.parametrize("rule", FOUND)
def test_a_rule_finds_what_it_is_for_and_nothing_else(rule: str, tmp_path: Path) -> None:
    found = concluded(CONTRIBUTIONS, premises_of(tmp_path, {"s": FOUND[rule]}))
    assert {one for one, _ in objects(found, GM.madeByRule)} == {
        one for one, by in objects(found, GM.madeByRule) if by.endswith(f"/rule/{rule}>")
    }
    assert {other for _, other in objects(found, GM.contributor)} == {f"<{BASE}id/x>"}
    (tmp_path / "not").mkdir()
    premises = premises_of(tmp_path / "not", {"s": NOT_FOUND[rule]})
    assert concluded(CONTRIBUTIONS, premises) == set()


def test_a_contribution_tells_its_rule_its_ground_and_what_is_served(tmp_path: Path) -> None:
    found = concluded(CONTRIBUTIONS, premises_of(tmp_path, {"s": FOUND["named-owner"]}))
    node = next(one for one, _ in objects(found, GM.contributor))
    rule = f"<{BASE}.well-known/genid/contributions/rule/named-owner>"
    said = "An information asset whose owner is a named post has somebody who answers for it."
    assert found == triples(f"""
        {node} a gm:Contribution, prov:Entity ; gm:contributor <id/x> ; gm:madeByRule {rule} ;
            gm:contributionBasis <{DEF}contribution-basis/derived-by-rule> ;
            gm:rationale "{said}"@en ;
            gm:contributesTo <{DEF}mission-2022/3>, <{DEF}principle-2022/valuing-information> .
        <id/x> gm:contributesToMission <{DEF}mission-2022/3> ;
            gm:upholdsPrinciple <{DEF}principle-2022/valuing-information> .
        {rule} a gm:ContributionRule, prov:Entity ; dct:title "{said}"@en ;
            gm:queryName "rules/named-owner" .
    """)


def test_what_rules_serve_is_there() -> None:
    for rule in rules():
        assert rule.serves
        for each in rule.serves:
            scheme, _, notation = each.partition("/")
            assert notation in notations(scheme)
