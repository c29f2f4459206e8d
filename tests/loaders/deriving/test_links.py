"""What is concluded to be one and the same."""

from pathlib import Path

from loaders.deriving.links import LINKS
from ontology.vocab import DCT, GM, OWL, SKOS
from tests.loaders.deriving.premises import (
    BASE,
    concept_iri,
    concluded,
    objects,
    premises_of,
    triples,
)

BODIES = """
    <id/organisation/GB-EX-1> a org:Organization ; dct:identifier "GB-EX-1" ;
        skos:prefLabel "Roads Board"@en ; skos:altLabel "RB"@en .
    <id/organisation/GB-EX-2> a org:Organization ; skos:prefLabel "Bath House"@en .
    <id/organisation/GB-EX-3> skos:prefLabel "Ghost Board"@en .
"""


def code(organisation: str, scheme: str, notation: str) -> str:
    """The Turtle of an identifier."""
    node = f".well-known/genid/s/organisation/{organisation}/identifier/{scheme}/{notation}"
    return f"""
        <id/organisation/{organisation}> adms:identifier <{node}> .
        <{node}> a adms:Identifier ; skos:notation "{notation}" ;
            gm:identifierScheme <{concept_iri(f"identifier-scheme/{scheme}")[1:-1]}> .
    """


def iri(path: str) -> str:
    return f"<{BASE}{path}>"


def test_a_dataset_is_linked_to_the_publisher_whom_its_words_mean(tmp_path: Path) -> None:
    stated = '<id/dataset/s/1> a dcat:Dataset ; gm:publisherAsStated "RB \\"of old\\"", "rb"@en .'
    found = concluded(LINKS, premises_of(tmp_path, {"bodies": BODIES, "s": stated}))
    node = next(one for one, _ in objects(found, GM.matchedText))
    assert found == triples(f"""
        <id/dataset/s/1> dct:publisher <id/organisation/GB-EX-1> .
        {node} a gm:Match, prov:Entity ;
            gm:matchedText "rb" ; gm:matchedIn gm:publisherAsStated ;
            gm:matchedTo <id/organisation/GB-EX-1> ;
            gm:matchMethod {concept_iri("match-method/other-name")} ;
            gm:matchConfidence 0.9 ;
            gm:matchGround "“rb” is taken to mean this organisation."@en .
    """)
    assert node.startswith(f"<{BASE}.well-known/genid/links/match/")


def test_what_its_source_links_is_linked_no_further(tmp_path: Path) -> None:
    stated = """
        <id/dataset/s/1> gm:publisherAsStated "RB" ; dct:publisher <id/organisation/GB-EX-2> .
    """
    found = concluded(LINKS, premises_of(tmp_path, {"bodies": BODIES, "s": stated}))
    assert objects(found, DCT.publisher) == set()
    assert len(objects(found, GM.matchedText)) == 1


def test_a_service_is_linked_to_who_delivers_it_and_an_agreement_to_nobody(tmp_path: Path) -> None:
    stated = """
        <id/service/s/1> gm:providerAsStated "Roads Board" .
        <id/agreement/s/1> gm:providerAsStated "Roads Board" ; gm:recipientAsStated "RB" .
    """
    found = concluded(LINKS, premises_of(tmp_path, {"bodies": BODIES, "s": stated}))
    linked = {each for each in found if "/id/" in each[0]}
    assert linked == triples("<id/service/s/1> gm:deliveredBy <id/organisation/GB-EX-1> .")
    assert {text for _, text in objects(found, GM.matchedText)} == {'"Roads Board"', '"RB"'}


def test_nobody_means_what_is_not_described_and_unknown_words_mean_nobody(tmp_path: Path) -> None:
    stated = '<id/dataset/s/1> gm:publisherAsStated "Ghost Board", "Ferry Board" .'
    assert concluded(LINKS, premises_of(tmp_path, {"bodies": BODIES, "s": stated})) == set()


def test_two_with_one_code_are_one(tmp_path: Path) -> None:
    sources = {
        "bodies": BODIES + code("GB-EX-1", "ods", "X99"),
        "more": BODIES + code("GB-EX-2", "ods", "X99"),
    }
    found = concluded(LINKS, premises_of(tmp_path, sources))
    one, other = (iri(f"id/organisation/GB-EX-{n}") for n in (1, 2))
    assert objects(found, OWL.sameAs) == {(one, other)}
    assert {text for _, text in objects(found, GM.matchGround)} == {
        '"Both have the ODS code X99."@en'
    }
    assert objects(found, GM.matchedThing) == {(next(iter(objects(found, GM.matchedTo)))[0], one)}


def test_what_tells_two_apart_keeps_them_apart(tmp_path: Path) -> None:
    same = code("GB-EX-1", "ods", "X99") + code("GB-EX-2", "ods", "X99")
    apart = {
        "another code": code("GB-EX-1", "ukprn", "1") + code("GB-EX-2", "ukprn", "2"),
        "a successor": "<id/organisation/GB-EX-1> dct:isReplacedBy <id/organisation/GB-EX-2> .",
        "an end": '<id/organisation/GB-EX-1> schema:dissolutionDate "2020-01-01"^^xsd:date .',
        "a third": "<id/organisation/GB-EX-4> a org:Organization ." + code("GB-EX-4", "ods", "X99"),
    }
    for why, statement in apart.items():
        folder = tmp_path / why
        folder.mkdir()
        sources = {"bodies": BODIES + same + statement}
        assert objects(concluded(LINKS, premises_of(folder, sources)), OWL.sameAs) == set(), why


def test_a_code_of_a_register_that_may_give_it_twice_makes_nobody_one(tmp_path: Path) -> None:
    same = code("GB-EX-1", "gss", "E0") + code("GB-EX-2", "gss", "E0")
    assert concluded(LINKS, premises_of(tmp_path, {"bodies": BODIES + same})) == set()


def test_a_name_and_a_type_in_common_make_two_close_and_not_one(tmp_path: Path) -> None:
    kind = concept_iri("organisation-type/charity")
    twins = f"""
        <id/organisation/GB-EX-7> a org:Organization ;
            skos:prefLabel "Twin Trust"@en ; org:classification {kind} .
        <id/organisation/GB-EX-8> a org:Organization ;
            skos:prefLabel "The twin trust"@en ; org:classification {kind} .
        <id/organisation/GB-EX-9> a org:Organization ; skos:prefLabel "Twin Trust"@en .
    """
    found = concluded(LINKS, premises_of(tmp_path, {"bodies": twins}))
    one, other = (iri(f"id/organisation/GB-EX-{n}") for n in (7, 8))
    assert objects(found, SKOS.closeMatch) == {(one, other)}
    assert objects(found, OWL.sameAs) == set()


def test_a_name_that_many_bear_makes_no_two_close(tmp_path: Path) -> None:
    kind = concept_iri("organisation-type/charity")

    def branches(count: int) -> str:
        return "".join(
            f"<id/organisation/GB-EX-{each}> a org:Organization ; "
            f'skos:prefLabel "Chemist & Co"@en ; org:classification {kind} .\n'
            for each in range(count)
        )

    for count, pairs in ((3, 3), (4, 0)):
        folder = tmp_path / str(count)
        folder.mkdir()
        found = concluded(LINKS, premises_of(folder, {"bodies": branches(count)}))
        assert len(objects(found, SKOS.closeMatch)) == pairs
