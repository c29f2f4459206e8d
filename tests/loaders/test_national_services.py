"""Services in CPSV-AP, pages of GOV.UK's content API, and the esd list as CSV."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import StructureError
from loaders.formats import find_format
from loaders.formats.reading.content import Content
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Effect
from loaders.records import Channel, Concept, Contact, Cost, Hours, Party, Record, Service
from tests.loaders.conftest import interpret

DATA = Path(__file__).parents[2].parent / "shared/data/services"
CPSV, CONTENT, THEMES = "cpsv-ap", "govuk-content", "esd-functions-services-csv"
PREFIXES = """
@prefix cpsv: <http://purl.org/vocab/cpsv#> . @prefix cv: <http://data.europa.eu/m8g/> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix schema: <http://schema.org/> .
@prefix ex: <https://exampleton.example/> .
"""
SERVICE = Service(
    key="permit",
    name="Parking permit",
    description="Permits for residents",
    responsible=Party(None, "Exampleton Council"),
    types=("https://exampleton.example/kind",),
    areas=("E08999901",),
    channels=(Channel("https://exampleton.example/apply"),),
    costs=(Cost("For a year", Decimal(30), "GBP"),),
    contacts=(Contact(None, "0161 496 0000", "parking@exampleton.example"),),
)
COMMON = """
ex:s a cpsv:PublicService ; dct:identifier "permit" ; dct:title "Parking permit"@en, "Permis"@fr ;
    dct:description "Permits for residents" ; dct:type ex:kind ;
    dct:spatial <https://statistics.example/id/E08999901> ;
    cv:hasCompetentAuthority ex:council ; cv:hasChannel ex:web ; cv:hasCost ex:cost .
ex:council skos:prefLabel "Exampleton Council"@en .
ex:web foaf:page <https://exampleton.example/apply> .
ex:cost dct:description "For a year"@en ;
    cv:currency <http://publications.europa.eu/resource/authority/currency/GBP> .
"""
PAGE = {
    "base_path": "/report-a-pothole",
    "content_id": "00000000-0000-4000-8000-000000000000",
    "document_type": "local_transaction",
    "locale": "en",
    "title": "Report a pothole",
    "description": "Tell the council of a pothole",
    "withdrawn_notice": {},
    "links": {"organisations": [{"title": "Department of Examples", "content_id": "x"}]},
    "details": {"lgsl_code": 524, "lgil_code": 8},
}


def records(tmp_path: Path, format_: str, name: str, content: str) -> list[tuple[Record, ...]]:
    place = tmp_path / "given"
    place.write_text(content)
    found = find_format(format_)
    return [
        found.interpret(row, Feed("given"))
        for row in found.layout.read(Content(name, place))
        if isinstance(row, Row)
    ]


@pytest.mark.parametrize(
    "release",
    [
        'ex:s cv:contactPoint ex:c . ex:c cv:telephone "0161 496 0000" ; '
        'cv:email "parking@exampleton.example" . ex:cost cv:hasValue 30 .',
        'ex:s cv:hasContactPoint ex:c . ex:c schema:telephone "0161 496 0000" ; '
        'schema:email "mailto:parking@exampleton.example" . ex:cost cv:value 30 .',
    ],
    ids=["3.2", "2.2"],
)
def test_each_release_of_the_vocabulary_says_the_same(tmp_path: Path, release: str) -> None:
    assert records(tmp_path, CPSV, "a.ttl", PREFIXES + COMMON + release) == [(SERVICE,)]


def test_opening_hours_are_words(tmp_path: Path) -> None:
    text = f"""{PREFIXES}
    ex:s a cpsv:PublicService ; dct:title "Permit"@en ; cv:contactPoint ex:c .
    ex:c cv:openingHours ex:h . ex:h dct:description "Every day"@en .
    """
    assert records(tmp_path, CPSV, "a.ttl", text) == [
        (Service("s", "Permit", hours=(Hours(description="Every day"),)),)
    ]


@pytest.mark.parametrize(
    ("said", "rule", "effect"),
    [
        ('dct:title "Permis"@fr', "missing-value", Effect.LEFT_OUT),
        ("dct:title ex:x", "missing-value", Effect.LEFT_OUT),
        ('dct:title "P" ; dct:description "Permis"@fr', "out-of-scope", Effect.WITHHELD),
        ('dct:title "P" ; cv:hasChannel ex:x', "missing-value", Effect.WITHHELD),
        ('dct:title "P" ; dct:spatial ex:x', "unknown-area", Effect.WITHHELD),
        ('dct:title "P" ; cv:holdsRequirement ex:x', "out-of-scope", Effect.NOTED),
        ('dct:title "P" ; cv:hasCriterion ex:x', "out-of-scope", Effect.NOTED),
    ],
)
def test_what_cannot_be_loaded_is_told(said: str, rule: str, effect: Effect) -> None:
    loading = interpret(CPSV, f"{PREFIXES} ex:s a cpsv:PublicService ; {said} .".encode())
    assert (rule, effect) in [(each.rule, each.effect) for each in loading.issues]
    assert bool(loading.quads) is (effect is not Effect.LEFT_OUT)


def test_a_local_transaction_has_the_number_of_its_service(tmp_path: Path) -> None:
    assert records(tmp_path, CONTENT, "a.json", json.dumps(PAGE)) == [
        (
            Service(
                key="00000000-0000-4000-8000-000000000000",
                name="Report a pothole",
                description="Tell the council of a pothole",
                types=("http://id.esd.org.uk/service/524",),
                channels=(Channel("https://www.gov.uk/report-a-pothole", "8"),),
            ),
        )
    ]


def test_a_transaction_is_the_business_of_the_first_organisation_that_the_page_names(
    tmp_path: Path,
) -> None:
    page = {**PAGE, "document_type": "transaction", "details": {}}
    [(service,)] = records(tmp_path, CONTENT, "a.json", json.dumps({"results": [page]}))
    assert isinstance(service, Service)
    assert service.responsible == Party(None, "Department of Examples")


@pytest.mark.parametrize(
    ("members", "rule"),
    [
        ({"document_type": "guide"}, "out-of-scope"),
        ({"withdrawn_notice": {"explanation": "Gone"}}, "out-of-scope"),
        ({"locale": "cy"}, "out-of-scope"),
        ({"base_path": "//elsewhere.example/x y"}, "bad-web-address"),
        ({"content_id": None}, "missing-value"),
        ({"title": ""}, "missing-value"),
    ],
)
def test_a_page_that_is_no_service_is_left_out(members: dict[str, object], rule: str) -> None:
    loading = interpret(CONTENT, json.dumps({**PAGE, **members}).encode())
    assert [(each.rule, each.effect) for each in loading.issues] == [(rule, Effect.LEFT_OUT)]


def test_a_row_of_the_list_is_a_function_and_the_service_that_it_contains(tmp_path: Path) -> None:
    header = "Identifier,Label,Type,Parent identifiers,Mapping type,Mapped identifier,Mapped label"
    text = f"{header},Mapped type,Theme\n2,Advice,Function,1,contains,190,Debt advice,Service,X\n"
    base = "http://id.esd.org.uk"
    assert records(tmp_path, THEMES, "a.csv", text) == [
        (
            Concept(
                f"{base}/function/2",
                f"{base}/list/functions",
                "2",
                "Advice",
                broader=(f"{base}/function/1",),
            ),
            Concept(
                f"{base}/service/190",
                f"{base}/list/services",
                "190",
                "Debt advice",
                broader=(f"{base}/function/2",),
            ),
        )
    ]


@given(st.binary(max_size=200))
@pytest.mark.parametrize("format_", [CPSV, CONTENT, THEMES])
def test_no_bytes_make_a_reader_crash(format_: str, content: bytes) -> None:
    try:
        interpret(format_, content)
    except StructureError:
        return


REAL: tuple[tuple[str, str, int, int, dict[str, int]], ...] = (
    (
        "cpsv-ap/example-rdf_public_service.ttl",
        CPSV,
        1,
        14,
        {"out-of-scope": 3, "missing-value": 1},
    ),
    (
        "cpsv-ap/FinnishServices.ttl",
        CPSV,
        13,
        91,
        {"missing-value": 8, "contact-of-a-person": 1, "out-of-scope": 1},
    ),
    ("govuk-content/apply-blue-badge.json", CONTENT, 1, 10, {}),
    ("govuk-content/find-regional-passport-office.json", CONTENT, 1, 10, {}),
    ("govuk-content/licence_without_continuation_link.json", CONTENT, 1, 10, {}),
    ("govuk-content/local_transaction.json", CONTENT, 1, 10, {"unknown-category": 1}),
    ("esd/functions_services_themes.csv", THEMES, 1255, 6757, {"line-endings": 1}),
)


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the publishers' own files are not here")
@pytest.mark.parametrize(("place", "format_", "items", "stated", "rules"), REAL)
def test_a_publishers_own_file(
    place: str, format_: str, items: int, stated: int, rules: dict[str, int]
) -> None:
    loading = interpret(format_, (DATA / place).read_bytes())
    assert (loading.tally.records_in, loading.tally.records_loaded) == (items, items)
    assert Counter(each.rule for each in loading.issues) == rules
    assert len(loading.lines) == stated


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the publishers' own files are not here")
def test_a_context_that_lies_elsewhere_is_refused() -> None:
    content = (DATA / "cpsv-ap/example-rdf_public_service.jsonld").read_bytes()
    with pytest.raises(StructureError, match="context lies elsewhere"):
        interpret(CPSV, content)
