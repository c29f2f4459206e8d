"""Publishers' files of organisations become bodies, areas and posts; the bodies are invented."""

import json
from collections.abc import Mapping
from datetime import date

import pytest

from loaders.audience import Audience
from loaders.formats import find_format
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import (
    Administration,
    Area,
    Concept,
    ConceptScheme,
    Identifier,
    Link,
    Membership,
    Organisation,
    Post,
    Record,
    Unit,
)
from loaders.source import Source, SourceFile, declared_sources
from tests.loaders.conftest import Reading, read

ID = "b0bdfcf3-2763-4002-961e-a0b2d7825038"
COUNCIL = "district-council/exampleton"
ODC = "opendatacommunities.org"
FEED = Feed(
    "given",
    organisations={
        COUNCIL: "GB-LAE-EXA",
        "exampleshire": "GM-forum",
        "00EX": "GB-LAE-EXA",
        "Q99": "GM-declared",
        "NIR-A": "GB-LANI-EXA",
    },
)


def records(format_name: str, cells: Mapping[str, object], row: Row | None = None) -> list[Record]:
    """What a row of cells makes."""
    row = row or Row(2, cells)
    row.cells = cells
    return list(find_format(format_name).interpret(row, FEED))


def fault(format_name: str, cells: Mapping[str, object]) -> tuple[str, str | None]:
    with pytest.raises(Fault) as caught:
        records(format_name, cells)
    return caught.value.rule, caught.value.field


def loaded(format_name: str, content: str, organisations: dict[str, str] | None = None) -> Reading:
    file = SourceFile("given.file", find_format(format_name), None, 0)
    return read(
        Source("given", "Given", (file,), organisations=organisations or {}), content.encode()
    )


def text_of(reading: Reading) -> str:
    """All that a load states and all that it tells of faults."""
    return "".join(line.decode() for line in reading.lines) + repr(reading.issues)


# --- Registers of the planning data platform


BODY = {"reference": "Q12", "prefix": "wikidata", "entity": "9", "name": "Exampleton Park"}


def test_a_body_of_the_platform_is_known_by_what_it_has() -> None:
    name = "digital-land-national-park-authority"
    assert records(name, {**BODY, "statistical-geography": "E26000099", "company": "01234567"}) == [
        Organisation(
            "XI-WIKIDATA-Q12",
            "Exampleton Park",
            "national-park-authority",
            administers=("E26000099",),
        ),
        Area("E26000099"),
        Identifier("organisation", "XI-WIKIDATA-Q12", "planning-data-entity", "9"),
        Identifier("organisation", "XI-WIKIDATA-Q12", "company-number", "01234567"),
    ]
    for cells, key in (
        ({"reference": "Q99"}, "GM-declared"),
        ({"reference": "D4", "prefix": "government-organisation"}, "GB-GOR-D4"),
        ({"reference": "", "prefix": ""}, "GM-given-9"),
    ):
        [first, *_] = records(name, {**BODY, **cells})
        assert isinstance(first, Organisation)
        assert first.key == key


def test_a_government_organisation_may_have_its_page_in_either_of_two_columns() -> None:
    for column in ("website", "website-url"):
        [first, *_] = records(
            "digital-land-government-organisation", {**BODY, column: "https://a.example/"}
        )
        assert isinstance(first, Organisation)
        assert first.homepage == "https://a.example/"


def test_a_year_alone_is_no_day_and_a_wrong_code_no_key() -> None:
    row = Row(2, {})
    [first, *_] = records("digital-land-nonprofit", {**BODY, "start-date": "2002"}, row)
    assert isinstance(first, Organisation)
    assert (first.founded, first.organisation_type) == (None, None)
    assert [each.rule for each in row.withheld] == ["bad-date"]
    wrong = {"reference": "x1", "prefix": "government-organisation"}
    assert fault("digital-land-nonprofit", {**BODY, **wrong}) == ("bad-code", "reference")
    assert fault("digital-land-nonprofit", {**BODY, "reference": "12"}) == ("bad-code", "reference")
    bare = {**BODY, "reference": "", "entity": "٣"}
    assert fault("digital-land-nonprofit", bare) == ("bad-code", "entity")


# --- OpenDataCommunities


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("place", ["id", "doc"])
def test_an_organisation_has_four_addresses_and_one_link(scheme: str, place: str) -> None:
    address = f"{scheme}://{ODC}/{place}/{COUNCIL}"
    cells: dict[str, object] = {"opendatacommunities": address, "name": "Exampleton"}
    assert records("opendatacommunities-localgov", cells) == [
        Organisation("GB-LAE-EXA", "Exampleton"),
        Link("organisation", "GB-LAE-EXA", f"http://{ODC}/id/{COUNCIL}"),
    ]


LOCAL = {
    "opendatacommunities-type": f"http://{ODC}/def/local-government/DistrictCouncil",
    "opendatacommunities": f"http://{ODC}/id/{COUNCIL}",
    "name": "Exampleton",
    "statistical-geography": "E07000999",
    "billing-authority": "E9901",
    "census-area": "99UX",
    "local-authority-eng": "EXB",
    "local-authority-type": "NMD",
    "official-name": "Exampleton District Council",
    "start-date": "1905-05-27",
    "end-date": "2019-03-31",
}


def test_a_council_is_known_by_its_register_and_a_spreadsheets_day_is_withheld() -> None:
    row = Row(2, {})
    key = "GB-LAE-EXB"
    assert records("opendatacommunities-localgov", dict(LOCAL), row) == [
        Organisation(
            key,
            "Exampleton District Council",
            "NMD",
            ("Exampleton",),
            dissolved=date(2019, 3, 31),
            administers=("E07000999",),
        ),
        Link("organisation", key, f"http://{ODC}/id/{COUNCIL}"),
        Identifier("organisation", key, "local-authority-eng", "EXB"),
        Identifier("organisation", key, "e-code", "E9901"),
        Identifier("organisation", key, "snac", "99UX"),
        Area("E07000999"),
    ]
    assert [each.rule for each in row.withheld] == ["spreadsheet-date"]


def test_an_organisation_that_comes_once_for_each_class_is_loaded_once() -> None:
    head = ",".join(LOCAL)
    line = ",".join(LOCAL.values())
    reading = loaded(
        "opendatacommunities-localgov",
        f"{head}\n{line}\n{line.replace('DistrictCouncil', 'LocalAuthority', 1)}\n",
    )
    assert reading.counts().records_loaded == 2
    assert [each.rule for each in reading.issues].count("repeated-record") == 1
    assert sum(b"prefLabel" in line for line in reading.lines) == 1


def test_an_authority_without_a_code_is_known_by_its_path() -> None:
    path = "waste-authority/exampleshire"
    cells: dict[str, object] = {
        "opendatacommunities": f"http://{ODC}/id/{path}",
        "name": "Exampleshire Waste",
    }
    assert records("opendatacommunities-localgov", cells)[0] == Organisation(
        "GM-opendatacommunities-waste-authority-exampleshire",
        "Exampleshire Waste",
        "waste-authority",
    )


@pytest.mark.parametrize(
    "address",
    [
        f"http://{ODC}/def/{COUNCIL}",
        f"http://{ODC}.evil.example/id/{COUNCIL}",
        f"http://{ODC}/id/x",
    ],
)
def test_what_is_no_organisation_of_opendatacommunities_is_left_out(address: str) -> None:
    cells: dict[str, object] = {"opendatacommunities": address, "name": "Exampleton"}
    assert fault("opendatacommunities-localgov", cells) == (
        "bad-web-address",
        "opendatacommunities",
    )


def test_an_area_is_told_by_its_other_names_and_by_who_governs_it() -> None:
    area = f"http://{ODC}/id/geography/administration/md/E08000999"
    governed = {
        "area-uri": area,
        "statistical-geography": "E08000999",
        "opendatacommunities": f"https://{ODC}/doc/{COUNCIL}",
    }
    expected = [
        Area("E08000999"),
        Link("area", "E08000999", area),
        Administration("GB-LAE-EXA", "E08000999"),
    ]
    assert records("opendatacommunities-governed-by", dict(governed)) == expected
    elsewhere = {**governed, "opendatacommunities": f"http://{ODC}/id/district-council/other"}
    assert records("opendatacommunities-governed-by", dict(elsewhere)) == expected[:2]
    cells: dict[str, object] = {
        "type": f"http://{ODC}/def/ontology/admingeo/MetropolitanDistrict",
        "opendatacommunities-area": area,
        "name": "Exampleton E08000999",
        "statistical-geography": "E08000999",
    }
    assert records("opendatacommunities-admingeo", cells) == [
        Area("E08000999", "Exampleton", "metropolitan-district"),
        Link("area", "E08000999", area),
    ]
    without = {**cells, "statistical-geography": ""}
    assert fault("opendatacommunities-admingeo", without) == (
        "missing-value",
        "statistical-geography",
    )


def test_lookups_say_what_councils_belong_to() -> None:
    council = {"organisation": "local-authority-eng:EXA"}
    assert records(
        "local-authority-to-combined-authority",
        {**council, "combined-authority": "local-authority-eng:EXCA"},
    ) == [Membership("GB-LAE-EXA", "GB-LAE-EXCA", "constituent-council")]
    forum = "local-resilience-forum-to-local-authority"
    assert records(forum, {**council, "local-resilience-forum": "exampleshire"}) == [
        Membership("GB-LAE-EXA", "GM-forum", "member")
    ]
    assert fault(forum, {**council, "local-resilience-forum": "elsewhere"}) == (
        "unknown-organisation",
        "local-resilience-forum",
    )


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ("local-authority-eng:EXA", "GB-LAE-EXA"),
        ("local-authority-sct:EXA", "GB-LAS-EXA"),
        ("principal-local-authority:EXA", "GB-PLA-EXA"),
        ("government-organisation:D99", "GB-GOR-D99"),
    ],
)
def test_a_custodian_is_known_by_its_register(entry: str, key: str) -> None:
    assert records(
        "addressbase-custodian", {"addressbase-custodian": "114", "organisation": entry}
    ) == [Identifier("organisation", key, "addressbase-custodian", "114")]


@pytest.mark.parametrize("entry", ["EXA", "charity:EXA", "local-authority-eng:D99", "a:b:C"])
def test_an_entry_of_no_register_is_left_out(entry: str) -> None:
    cells: dict[str, object] = {"addressbase-custodian": "114", "organisation": entry}
    assert fault("addressbase-custodian", cells) == ("bad-code", "organisation")


TURTLE = f"""
@prefix org: <http://www.w3.org/ns/org#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://{ODC}/doc/{COUNCIL}> a org:Organization ; rdfs:label "Exampleton" ;
    skos:prefLabel "Exampleton Council" ;
    org:subOrganizationOf <http://{ODC}/id/county-council/exampleshire> .
<http://{ODC}/id/waste-authority/x> a org:Organization .
<http://elsewhere.example/y> a org:Organization ; rdfs:label "Y" .
"""


def test_the_same_organisation_in_rdf_has_the_same_key_and_link() -> None:
    reading = loaded("opendatacommunities-rdf", TURTLE, {COUNCIL: "GB-LAE-EXA"})
    said = text_of(reading)
    assert reading.counts().records_loaded == 1
    assert sorted((each.rule, each.field) for each in reading.issues) == [
        ("bad-web-address", "@id"),
        ("missing-value", "rdfs:label"),
    ]
    assert f"GB-LAE-EXA> <http://www.w3.org/2002/07/owl#sameAs> <http://{ODC}/id/{COUNCIL}>" in said
    assert "GM-opendatacommunities-county-council-exampleshire>" in said
    assert '"Exampleton Council"@en' in said


# --- GOV.UK


YAML = f"""
enums:
  OrganisationValues:
    permissible_values:
      office-of-examples:
        meaning: https://www.gov.uk/government/organisations/office-of-examples
        description: Office of Examples
        extensions:
          - tag: abbreviation
            value: NO
          - tag: organisationType
            value: Executive non-departmental public body
          - tag: status
            value: closed
          - tag: contentID
            value: {ID}
          - tag: mystery
            value: 1
      examples_inquiry:
        description: Examples Inquiry
      office-of-doubts:
        description: Office of Doubts
        extensions:
          - {{tag: organisationType, value: Guild}}
          - {{tag: status, value: asleep}}
          - {{tag: status, value: live}}
"""


def test_a_value_of_the_enumeration_becomes_an_organisation() -> None:
    format_ = find_format("govuk-organisations-linkml")
    row = Row(
        1,
        {
            "slug": "office-of-examples",
            "meaning": "https://www.gov.uk/government/organisations/office-of-examples",
            "description": "Office of Examples",
            "extensions": [
                {"tag": "abbreviation", "value": "NO"},
                {"tag": "organisationType", "value": "Sub organisation"},
                {"tag": "status", "value": "joining"},
                {"tag": "contentID", "value": ID},
            ],
        },
    )
    key = "GM-govuk-office-of-examples"
    assert format_.interpret(row, FEED) == (
        Organisation(
            key,
            "Office of Examples",
            "government-organisation",
            ("NO",),
            "https://www.gov.uk/government/organisations/office-of-examples",
            status="joining",
        ),
        Identifier("organisation", key, "gov-uk-slug", "office-of-examples"),
        Identifier("organisation", key, "gov-uk-content-id", ID),
    )
    assert (row.withheld, row.noted) == ([], [])


def test_what_the_enumeration_says_oddly_is_told_and_the_rest_is_loaded() -> None:
    reading = loaded("govuk-organisations-linkml", YAML)
    assert (reading.counts().records_loaded, reading.counts().records_left_out) == (2, 1)
    assert sorted((each.rule, each.field, each.row) for each in reading.issues) == [
        ("bad-code", "slug", 2),
        ("unexpected-structure", "extensions.status", 3),
        ("unknown-category", "extensions.organisationType", 3),
        ("unknown-column", "extensions[5].tag", 1),
    ]
    said = text_of(reading)
    assert "organisation-type/executive-public-body>" in said
    assert '"NO"@en' in said
    assert "organisation-status/closed>" in said


def document(**changed: object) -> dict[str, object]:
    person = {"title": "Jo Bloggs", "base_path": "/government/people/jo-bloggs"}
    return {
        "base_path": "/government/organisations/office-of-examples",
        "title": "Office of Examples",
        "document_type": "organisation",
        "content_id": ID,
        "details": {
            "acronym": "OoE",
            "organisation_type": "executive_agency",
            "organisation_govuk_status": {
                "status": "no_longer_exists",
                "updated_at": "2020-01-31T00:00:00.000+00:00",
            },
            "alternative_format_contact_email": "jo.bloggs@example.gov.uk",
        },
        "links": {
            "ordered_parent_organisations": [
                {
                    "title": "Department for Examples",
                    "base_path": "/government/organisations/department-for-examples",
                }
            ],
            "ordered_board_members": [person],
            "ordered_ministers": [person],
            "ordered_contacts": [{"title": "Jo Bloggs", "details": {"title": "Jo Bloggs"}}],
            "ordered_roles": [{"title": "Chief Executive", "links": {"people": [person]}}],
        },
        **changed,
    }


def test_a_content_api_document_becomes_an_organisation_with_its_parents() -> None:
    key = "GM-govuk-office-of-examples"
    assert records("govuk-content-organisation", document()) == [
        Organisation(
            key,
            "Office of Examples",
            "executive-agency",
            ("OoE",),
            "https://www.gov.uk/government/organisations/office-of-examples",
            dissolved=date(2020, 1, 31),
            status="closed",
            part_of=("GM-govuk-department-for-examples",),
        ),
        Identifier("organisation", key, "gov-uk-slug", "office-of-examples"),
        Identifier("organisation", key, "gov-uk-content-id", ID),
        Organisation(
            "GM-govuk-department-for-examples", "Department for Examples", is_mention=True
        ),
    ]


def test_no_person_that_a_document_links_to_is_loaded_or_told_of() -> None:
    said = text_of(loaded("govuk-content-organisation", json.dumps(document())))
    assert "Office of Examples" in said
    assert not [each for each in ("Bloggs", "bloggs", "Chief Executive") if each in said]


def test_a_document_about_something_else_is_left_out() -> None:
    assert fault("govuk-content-organisation", document(document_type="person")) == (
        "out-of-scope",
        "document_type",
    )
    assert fault("govuk-content-organisation", document(base_path="/government/people/jo")) == (
        "bad-code",
        "base_path",
    )


def test_a_court_is_listed_elsewhere_and_a_living_body_has_no_end() -> None:
    standing = {"status": "live", "updated_at": "2020-01-31T00:00:00Z"}
    [first, *_] = records(
        "govuk-content-organisation",
        document(
            base_path="/courts-tribunals/examples",
            details={"organisation_type": "court", "organisation_govuk_status": standing},
            links={},
        ),
    )
    assert first == Organisation(
        "GM-govuk-examples",
        "Office of Examples",
        "court",
        homepage="https://www.gov.uk/courts-tribunals/examples",
        status="live",
    )


# --- Lists by codes


def test_a_code_of_an_area_tells_the_nation_of_the_council() -> None:
    for code, council, key in (
        ("E07000999", "EXA", "GB-LAE-EXA"),
        ("N09000099", "EXA", "GB-LANI-EXA"),
        ("S12000099", "EXA", "GB-LAS-EXA"),
        ("W06000099", "EXA", "GB-PLA-EXA"),
        ("N09000099", "NIR-A", "GB-LANI-EXA"),
    ):
        cells: dict[str, object] = {"gss-code": code, "local-authority-code": council}
        assert records("mysociety-gss-lookup", cells) == [Administration(key, code), Area(code)]
    for wrong in (
        {"gss-code": "N09000099", "local-authority-code": "NIR-Z"},
        {"gss-code": "K02000001", "local-authority-code": "EXA"},
    ):
        assert fault("mysociety-gss-lookup", wrong) == ("bad-code", "local-authority-code")


def test_a_metropolitan_district_is_governed_by_its_council() -> None:
    column = "statistical-geography-metropolitan-district-eng"
    cells: dict[str, object] = {column: "E08000999", "local-authority-eng": "EXA"}
    assert records("register-metropolitan-district", cells) == [
        Administration("GB-LAE-EXA", "E08000999"),
        Area("E08000999", area_type="metropolitan-district"),
    ]


def test_of_contact_details_the_home_page_alone_is_loaded() -> None:
    header = (
        "Name,Home page URL,Contact page URL,SNAC Code,Address Line 1,Address Line 2,Town,City,"
        "County,Postcode,Telephone Number 1 Description,Telephone Number 1,"
        "Telephone Number 2 Description,Telephone Number 2,Telephone Number 3 Description,"
        "Telephone Number 3,Fax,Main Contact Email,Opening Hours"
    )
    line = (
        "Exampleton Council,https://exampleton.example,https://exampleton.example/contact,00EX,"
        "1 The Street,,Exampleton,,,M99 9ZZ,Jo Bloggs,0161 496 0000,,,,,,"
        "jo.bloggs@exampleton.example,9"
    )
    reading = loaded("directgov-council-contacts", f"{header}\n{line}\n", {"00EX": "GB-LAE-EXA"})
    said = text_of(reading)
    assert reading.issues == []
    assert "GB-LAE-EXA> <http://xmlns.com/foaf/0.1/homepage> <https://exampleton.example>" in said
    assert not [each for each in ("496", "loggs", "Street", "/contact>") if each in said]
    bare = {"Name": "Exampleton", "SNAC Code": ""}
    assert fault("directgov-council-contacts", dict(bare)) == ("missing-value", "SNAC Code")


def test_areas_of_lists_have_a_type_where_their_code_tells_one() -> None:
    assert records("ons-areas", {"GEOGCD": "E08000999", "GEOGNM": "Exampleton"}) == [
        Area("E08000999", "Exampleton", "metropolitan-district")
    ]
    iri = "http://id.esd.org.uk/neighbourhood/S12000099"
    cells = {"AreaIdentifier": "S12000099", "AreaLabel": "Exampleton", "AreaUri": iri}
    assert records("esd-areas", dict(cells)) == [
        Area("S12000099", "Exampleton"),
        Link("area", "S12000099", iri),
    ]


def test_an_organisation_of_the_api_catalogue_is_known_by_its_own_identifier() -> None:
    cells = {
        "id": "Office-of-examples",
        "name": "Office of Examples",
        "alternateName": "OoE",
        "url": "https://www.gov.uk/government/organisations/office-of-examples",
    }
    key = FEED.own_key("Office-of-examples")
    assert records("api-catalogue-organisations", dict(cells)) == [
        Organisation(key, "Office of Examples", other_names=("OoE",), homepage=cells["url"]),
        Identifier("organisation", key, "gov-uk-slug", "office-of-examples"),
    ]
    row = Row(2, {})
    assert records("api-catalogue-organisations", {**cells, "url": "www.ooe.example"}, row) == [
        Organisation(key, "Office of Examples", other_names=("OoE",))
    ]
    assert [each.rule for each in row.withheld] == ["bad-web-address"]


# --- org-id.guide and 360Giving


ENTRY: dict[str, object] = {
    "code": "GB-EXA",
    "name": {"en": "Register of Examples", "local": ""},
    "description": {"en": "It lists <b>examples</b>.\r\n\r\n"},
    "deprecated": False,
}


def test_a_list_of_organisations_becomes_a_concept() -> None:
    concept, scheme = records("org-id-lists", ENTRY)
    assert concept == Concept(
        "http://org-id.guide/list/GB-EXA",
        "http://org-id.guide/",
        "GB-EXA",
        "Register of Examples",
        "It lists examples.",
    )
    assert isinstance(scheme, ConceptScheme)
    assert fault("org-id-lists", {**ENTRY, "deprecated": True}) == ("out-of-scope", "deprecated")
    assert fault("org-id-lists", {**ENTRY, "code": "gb-exa"}) == ("bad-code", "code")
    assert fault("org-id-lists", {**ENTRY, "name": {"en": ""}}) == ("missing-value", "name.en")


def test_the_share_alike_register_is_for_internal_use_alone() -> None:
    source = declared_sources()["org-id-lists"]
    assert source.audience is Audience.INTERNAL
    assert source.licence == "https://opendatacommons.org/licenses/odbl/1-0/"


def grant(*recipients: dict[str, object], **further: object) -> dict[str, object]:
    return {
        "id": "360G-exa-1",
        "title": "Grant to Jo Bloggs",
        "recipientOrganization": list(recipients),
        "fundingOrganization": [{"id": "GB-LAE-EXA", "name": "Exampleton Council"}],
        **further,
    }


FUNDER = [
    Organisation("GB-LAE-EXA", "Exampleton Council", is_mention=True),
    Identifier("organisation", "GB-LAE-EXA", "local-authority-eng", "EXA"),
]


def test_who_gave_and_received_a_grant_is_known_by_its_register() -> None:
    company: dict[str, object] = {
        "id": "GB-COH-01234567",
        "name": "Exampleton Friends CIC",
        "companyNumber": "01234567",
        "charityNumber": "1234567",
        "url": "https://friends.example/",
    }
    key = "GB-COH-01234567"
    assert records("360giving-organisations", grant(company)) == [
        Organisation(
            key,
            "Exampleton Friends CIC",
            "company",
            homepage="https://friends.example/",
            is_mention=True,
        ),
        Identifier("organisation", key, "company-number", "01234567"),
        Identifier("organisation", key, "charity-number", "1234567"),
        *FUNDER,
    ]


@pytest.mark.parametrize(
    "id_", ["360G-exa-jo_bloggs", "GB-XYZ-1", "jo.bloggs@example.org", "XE-EXA-1", "GB-COH"]
)
def test_a_recipient_without_a_registers_code_is_neither_loaded_nor_told_of(id_: str) -> None:
    reading = loaded(
        "360giving-organisations",
        json.dumps({"grants": [grant({"id": id_, "name": "Jo Bloggs"})]}),
    )
    assert reading.counts().records_loaded == 1
    assert [(each.rule, each.value) for each in reading.issues] == [("contact-of-a-person", None)]
    assert "loggs" not in text_of(reading)
    assert '"Exampleton Council"@en' in text_of(reading)


def test_a_wrong_code_of_a_register_is_withheld() -> None:
    row = Row(1, {})
    found = records("360giving-organisations", grant({"id": "GB-COH-123", "name": "A"}), row)
    assert found == FUNDER
    assert [each.rule for each in row.withheld] == ["bad-code"]


@pytest.mark.parametrize("member", ["recipientIndividual", "toIndividualsDetails"])
def test_a_grant_to_a_person_is_left_out(member: str) -> None:
    cells = grant(**{member: {"name": "Jo Bloggs"}})
    assert fault("360giving-organisations", cells)[0] == "contact-of-a-person"
    reading = loaded("360giving-organisations", json.dumps({"grants": [cells]}))
    assert reading.counts().records_left_out == 1
    assert "loggs" not in text_of(reading)


def test_a_grant_without_any_known_body_is_left_out() -> None:
    assert fault("360giving-organisations", grant(fundingOrganization=[]))[0] == "out-of-scope"


# --- Organisation charts


POST: dict[str, object] = {
    "OrganisationLabel": "Exampleton Council",
    "OrganisationURI": f"https://{ODC}/id/{COUNCIL}",
    "JobTitle": "Head of Examples",
    "Name": "Jo Bloggs",
    "Grade": "EX1",
    "Directorate": "Place",
    "Service": "Examples",
    "ContactDetails": "jo.bloggs@exampleton.example",
    "SalaryBand": "150000 - 154999",
    "MaximumSalary": "154321",
    "Vacancy": "NA",
    "Comments": "Jo leaves in May",
}


def test_a_chart_tells_of_posts_and_units_and_of_no_people() -> None:
    row = Row(2, POST)
    council = "GB-LAE-EXA"
    assert records("organisation-chart", POST, row) == [
        Post(council, "Head of Examples", "Examples"),
        Unit(council, "Examples", "Place"),
        Unit(council, "Place"),
    ]
    assert (row.withheld, row.noted) == ([], [])
    content = f"{','.join(POST)}\n{','.join(str(each) for each in POST.values())}\n"
    said = text_of(loaded("organisation-chart", content, {COUNCIL: council}))
    assert "Head of Examples" in said
    assert not [each for each in ("Jo ", "loggs", "154", "EX1", "May") if each in said]


def test_what_is_not_applicable_is_nothing_and_a_vacancy_is_one() -> None:
    council = "GB-LAE-EXA"
    chief: dict[str, object] = {**POST, "Directorate": "NA", "Service": "NA", "Vacancy": "Vacant"}
    assert records("organisation-chart", chief) == [
        Post(council, "Head of Examples", is_filled=False)
    ]
    same: dict[str, object] = {**POST, "Service": "Place", "Vacancy": "Perhaps"}
    row = Row(2, {})
    assert records("organisation-chart", same, row) == [
        Post(council, "Head of Examples", "Place"),
        Unit(council, "Place"),
    ]
    assert [each.rule for each in row.withheld] == ["unknown-category"]


def test_whose_chart_it_is_must_be_declared() -> None:
    elsewhere: dict[str, object] = {
        **POST,
        "OrganisationURI": f"http://{ODC}/id/district-council/x",
    }
    assert fault("organisation-chart", elsewhere) == ("unknown-organisation", "OrganisationURI")
    nobody: dict[str, object] = {"JobTitle": "Head"}
    assert fault("organisation-chart", nobody)[0] == "missing-value"
    format_ = find_format("organisation-chart")
    assert format_.interpret(Row(2, nobody), Feed("given", holder="GB-LAE-EXA")) == (
        Post("GB-LAE-EXA", "Head"),
    )


def test_posts_of_one_title_in_several_units_are_told_apart_by_unit() -> None:
    lines = "\n".join(
        ",".join(str(each) for each in {**POST, "Service": service}.values())
        for service in ("Examples", "Trials", "Trials")
    )
    reading = loaded("organisation-chart", f"{','.join(POST)}\n{lines}\n", {COUNCIL: "GB-LAE-EXA"})
    assert reading.counts().records_loaded == 3
    said = text_of(reading)
    assert "post/GB-LAE-EXA/head-of-examples-examples>" in said
    assert "post/GB-LAE-EXA/head-of-examples-trials>" in said
    assert "post/GB-LAE-EXA/head-of-examples>" not in said


def test_an_organogram_tells_which_posts_are_vacant_and_who_is_nobody() -> None:
    cells: dict[str, object] = {
        "Job Title": "Director",
        "Unit": "Examples",
        "Name": "Jo Bloggs",
        "Organisation": "N/A",
    }
    format_ = find_format("organogram-senior")
    feed = Feed("given", holder="GB-GOR-D99")
    for name, filled in (("Jo Bloggs", None), ("Vacant", False), ("N/D", None)):
        assert format_.interpret(Row(2, {**cells, "Name": name}), feed) == (
            Post("GB-GOR-D99", "Director", "Examples", is_filled=filled),
            Unit("GB-GOR-D99", "Examples"),
        )
