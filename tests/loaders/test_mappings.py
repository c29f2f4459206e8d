"""A record becomes the statements that the ontology has for it, and no others."""

import hashlib
from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from rdflib import Graph, URIRef
from rdflib.compare import graph_diff, isomorphic
from rdflib.namespace import OWL, RDF, RDFS

import ontology
from loaders.identity import code_slug
from loaders.mappings import map_record
from loaders.mappings.typed import typed
from loaders.provenance import LoadRun, describe_source
from loaders.quads import Literal, Quad
from loaders.records import (
    Addition,
    Administration,
    Area,
    Boundary,
    Box,
    ChangeEvent,
    Channel,
    Concept,
    ConceptScheme,
    Contact,
    Cost,
    DataService,
    Dataset,
    Distribution,
    Hours,
    Identifier,
    InformationAsset,
    Kind,
    Link,
    LocalLink,
    Membership,
    Organisation,
    Party,
    Place,
    Record,
    Service,
    Text,
)
from loaders.snapshot import Snapshot
from loaders.source import Publisher, Source
from loaders.staging import Counts
from ontology.namespaces import DEF
from ontology.vocab import GM, SUPERCLASSES
from tests.loaders.conftest import BASE, MINT, graph_of, turtle
from tests.loaders.governance_records import ASSET, every_governance_record
from tests.loaders.strategy_records import every_strategy_record

SOURCE = "https://register.example/document"
PUBLIC_BODY = "gm:PublicBody, cv:PublicOrganisation, org:FormalOrganization, org:Organization"


def mention(code: str) -> str:
    """What is said of an area by whatever names it by its code."""
    return f"""
        <id/area/{code}> a gm:Area, dct:Location, geo:Feature ;
            dct:identifier "{code}" ; gm:gssCode "{code}" .
    """


def quads_of(record: Record) -> list[Quad]:
    return list(map_record(record, MINT, "given"))


def assert_states(record: Record, expected: str) -> None:
    """A record states exactly the triples of a Turtle text."""
    stated, wanted = graph_of(quads_of(record)), turtle(expected)
    if not isomorphic(stated, wanted):
        _, excess, lacking = graph_diff(stated, wanted)
        pytest.fail(f"too much:\n{excess.serialize()}\ntoo little:\n{lacking.serialize()}")


def test_a_statement_too_many_or_too_few_would_be_noticed() -> None:
    exactly = """
        <id/area/E08000002> a gm:Area, dct:Location, geo:Feature ;
            dct:identifier "E08000002" ; gm:gssCode "E08000002" .
    """
    for wrong in (exactly.replace("gm:Area, ", ""), exactly + "<id/area/E08000002> a gm:Source ."):
        with pytest.raises(pytest.fail.Exception, match="too much"):
            assert_states(Area("E08000002"), wrong)


def test_an_organisation_with_all_that_may_be_said_of_it() -> None:
    record = Organisation(
        key="GB-LAE-BUR",
        name="Bury Metropolitan Borough Council",
        organisation_type="MD",
        other_names=("Bury MBC", "Bury Council"),
        welsh_names=("Bury", "Cyngor Bury"),
        homepage="https://www.bury.gov.uk",
        founded=date(1974, 4, 1),
        dissolved=date(2030, 3, 31),
        administers=("E08000002", "E08000099"),
        replaced_by=("GM-greater-bury", "GM-lesser-bury"),
        source=SOURCE,
        description="It governs Bury.",
    )
    assert_states(
        record,
        f"""
        <id/organisation/GB-LAE-BUR> a gm:LocalAuthority, {PUBLIC_BODY} ;
            dct:description "It governs Bury."@en ;
            dct:identifier "GB-LAE-BUR" ;
            skos:prefLabel "Bury Metropolitan Borough Council"@en ;
            skos:altLabel "Bury MBC"@en, "Bury Council"@en, "Bury"@cy, "Cyngor Bury"@cy ;
            org:classification organisation-type:MD ;
            foaf:homepage <https://www.bury.gov.uk> ;
            schema:foundingDate "1974-04-01"^^xsd:date ;
            schema:dissolutionDate "2030-03-31"^^xsd:date ;
            gm:administers <id/area/E08000002>, <id/area/E08000099> ;
            dct:isReplacedBy <id/organisation/GM-greater-bury>,
                <id/organisation/GM-lesser-bury> ;
            dct:source <{SOURCE}> .
        """,
    )


def test_an_organisation_of_which_little_is_known_has_no_empty_statements() -> None:
    assert_states(
        Organisation("GB-LAE-BUR", "Bury", "MD"),
        f"""
        <id/organisation/GB-LAE-BUR> a gm:LocalAuthority, {PUBLIC_BODY} ;
            dct:identifier "GB-LAE-BUR" ; skos:prefLabel "Bury"@en ;
            org:classification organisation-type:MD .
        """,
    )


KINDS = {
    **dict.fromkeys(
        ("CC", "CTY", "LBO", "MD", "NID", "NMD", "SCO", "SRA", "UA", "WPA"),
        f"gm:LocalAuthority, {PUBLIC_BODY}",
    ),
    "invented-body": "org:Organization",
    "COMB": f"gm:CombinedAuthority, {PUBLIC_BODY}",
    **dict.fromkeys(("PTE", "transport-body"), f"gm:TransportBody, {PUBLIC_BODY}"),
    **dict.fromkeys(
        (
            "ambulance-trust",
            "clinical-commissioning-group",
            "integrated-care-board",
            "nhs-foundation-trust",
            "nhs-trust",
        ),
        f"gm:HealthBody, {PUBLIC_BODY}",
    ),
    **dict.fromkeys(
        ("fire-and-rescue-service", "police-force"), f"gm:EmergencyService, {PUBLIC_BODY}"
    ),
    **dict.fromkeys(
        (
            "ad-hoc-advisory-group",
            "advisory-public-body",
            "civil-service-body",
            "court",
            "development-corporation",
            "devolved-administration",
            "executive-agency",
            "executive-office",
            "executive-public-body",
            "fire-authority",
            "government-organisation",
            "independent-monitoring-body",
            "ministerial-department",
            "national-park-authority",
            "non-ministerial-department",
            "police-authority",
            "public-corporation",
            "regional-park-authority",
            "special-health-authority",
            "tribunal",
            "waste-authority",
        ),
        PUBLIC_BODY,
    ),
    **dict.fromkeys(
        ("board", "local-enterprise-partnership", "partnership"),
        "gm:Partnership, org:OrganizationalCollaboration, org:Organization",
    ),
    **dict.fromkeys(
        (
            "charity",
            "company",
            "gp-practice",
            "housing-provider",
            "university",
            "voluntary-organisation",
        ),
        "org:FormalOrganization, org:Organization",
    ),
}


def test_an_organisation_says_how_it_stands_and_what_it_is_part_of() -> None:
    assert_states(
        Organisation("GM-a", "A", status="closed", part_of=("GM-b", "GM-c")),
        """
        <id/organisation/GM-a> a org:Organization ;
            dct:identifier "GM-a" ; skos:prefLabel "A"@en ;
            adms:status <https://w3id.org/greater-manchester/def/organisation-status/closed> ;
            org:subOrganizationOf <id/organisation/GM-b>, <id/organisation/GM-c> .
        """,
    )


def test_an_administration_says_who_governs_and_describes_neither() -> None:
    assert_states(
        Administration("GB-LAE-EXA", "E08000099"),
        "<id/organisation/GB-LAE-EXA> gm:administers <id/area/E08000099> .",
    )


def test_every_type_of_organisation_has_a_class() -> None:
    assert KINDS.keys() == ontology.notations("organisation-type")


@pytest.mark.parametrize("notation", KINDS)
def test_each_type_of_organisation_has_its_class(notation: str) -> None:
    assert_states(
        Organisation("GM-a", "A", notation),
        f"""
        <id/organisation/GM-a> a {KINDS[notation]} ;
            dct:identifier "GM-a" ; skos:prefLabel "A"@en ;
            org:classification organisation-type:{notation} .
        """,
    )


def test_an_organisation_of_no_type_is_an_organisation_and_no_more() -> None:
    assert_states(
        Organisation("GM-a", "A"),
        """
        <id/organisation/GM-a> a org:Organization ;
            dct:identifier "GM-a" ; skos:prefLabel "A"@en .
        """,
    )


def test_an_area_with_all_that_may_be_said_of_it() -> None:
    assert_states(
        Area("E08000002", "Bury", "metropolitan-district", "E47000001", SOURCE),
        f"""
        <id/area/E08000002> a gm:Area, dct:Location, geo:Feature ;
            dct:identifier "E08000002" ; gm:gssCode "E08000002" ;
            skos:prefLabel "Bury"@en ;
            dct:type area-type:metropolitan-district ;
            geo:sfWithin <id/area/E47000001> ;
            dct:source <{SOURCE}> .
        """,
    )


def test_an_area_mentioned_in_passing_exists_under_its_code() -> None:
    assert_states(
        Area("E08000002"),
        """
        <id/area/E08000002> a gm:Area, dct:Location, geo:Feature ;
            dct:identifier "E08000002" ; gm:gssCode "E08000002" .
        """,
    )


def test_a_code_is_a_node_of_its_own_that_keeps_every_digit() -> None:
    part = ".well-known/genid/given/area/E08000003/identifier/ordnance-survey/7000000000018821"
    assert_states(
        Identifier("area", "E08000003", "ordnance-survey", "7000000000018821"),
        f"""
        <id/area/E08000003> adms:identifier
            <{part}> .
        <{part}>
            a adms:Identifier ; skos:notation "7000000000018821" ;
            gm:identifierScheme identifier-scheme:ordnance-survey .
        """,
    )


def test_zeros_in_front_of_a_code_stay() -> None:
    quads = quads_of(Identifier("organisation", "GM-a", "ukprn", "0049"))
    assert [quad.object for quad in quads if isinstance(quad.object, Literal)] == [Literal("0049")]


def test_a_code_of_the_register_of_local_authorities_is_said_of_the_council_too() -> None:
    part = (
        f"{BASE}.well-known/genid/given/organisation/GB-LAE-BUR/identifier/local-authority-eng/BUR"
    )
    assert_states(
        Identifier("organisation", "GB-LAE-BUR", "local-authority-eng", "BUR"),
        f"""
        <id/organisation/GB-LAE-BUR> gm:laCode "BUR" ; adms:identifier <{part}> .
        <{part}> a adms:Identifier ; skos:notation "BUR" ;
            gm:identifierScheme identifier-scheme:local-authority-eng .
        """,
    )


def test_only_an_organisation_has_a_code_of_the_register_of_local_authorities() -> None:
    quads = quads_of(Identifier("area", "E08000002", "local-authority-eng", "BUR"))
    assert not [quad for quad in quads if quad.predicate == GM.laCode]


@pytest.mark.parametrize("code", ["a/b", "a b", "<>", "100%", "é", "?q#f", '"', "..", "\ufffd"])
def test_whatever_a_code_is_made_of_its_node_is_an_iri(code: str) -> None:
    record = Identifier("organisation", "GM-a", "e-code", code)
    nodes = {quad.subject for quad in quads_of(record)} - {MINT.organisation("GM-a")}
    [node] = nodes
    assert NamedNode(node).value == node
    part = node.removeprefix(f"{BASE}.well-known/genid/given/organisation/GM-a/identifier/e-code/")
    assert not set(part) & set("/?# <>")


def test_a_link_stands_in_the_graph_of_links() -> None:
    record = Link("organisation", "GB-LAE-BUR", "http://www.wikidata.org/entity/Q16954633")
    assert_states(
        record,
        """
        <id/organisation/GB-LAE-BUR> owl:sameAs <http://www.wikidata.org/entity/Q16954633> .
        """,
    )
    assert {quad.graph for quad in quads_of(record)} == {f"{BASE}graph/links"}


def test_a_membership_with_all_that_may_be_said_of_it() -> None:
    assert_states(
        Membership(
            "GB-LAE-BUR",
            "GB-LAE-GMCA",
            "constituent-council",
            date(2011, 4, 1),
            date(2024, 3, 31),
            SOURCE,
        ),
        f"""
        <id/membership/GB-LAE-BUR/GB-LAE-GMCA/constituent-council> a org:Membership ;
            org:member <id/organisation/GB-LAE-BUR> ;
            org:organization <id/organisation/GB-LAE-GMCA> ;
            org:role membership-role:constituent-council ;
            schema:startDate "2011-04-01"^^xsd:date ;
            schema:endDate "2024-03-31"^^xsd:date ;
            dct:source <{SOURCE}> .
        """,
    )


def test_a_membership_that_lasts_has_the_short_ways_too() -> None:
    assert_states(
        Membership("GB-LAE-BUR", "GB-LAE-GMCA", "constituent-council"),
        """
        <id/membership/GB-LAE-BUR/GB-LAE-GMCA/constituent-council> a org:Membership ;
            org:member <id/organisation/GB-LAE-BUR> ;
            org:organization <id/organisation/GB-LAE-GMCA> ;
            org:role membership-role:constituent-council .
        <id/organisation/GB-LAE-BUR> org:memberOf <id/organisation/GB-LAE-GMCA> ;
            gm:constituentOf <id/organisation/GB-LAE-GMCA> .
        """,
    )


def test_a_change_with_all_that_may_be_said_of_it() -> None:
    assert_states(
        ChangeEvent(
            "merger", "A merger", date(2011, 4, 1), ("GM-a", "GM-b"), ("GM-c", "GM-d"), SOURCE
        ),
        f"""
        <id/change-event/merger> a org:ChangeEvent ;
            dct:title "A merger"@en ;
            dct:date "2011-04-01"^^xsd:date ;
            org:originalOrganization <id/organisation/GM-a>, <id/organisation/GM-b> ;
            org:resultingOrganization <id/organisation/GM-c>, <id/organisation/GM-d> ;
            dct:source <{SOURCE}> .
        <id/organisation/GM-a> dct:isReplacedBy
            <id/organisation/GM-c>, <id/organisation/GM-d> .
        <id/organisation/GM-b> dct:isReplacedBy
            <id/organisation/GM-c>, <id/organisation/GM-d> .
        """,
    )


def test_a_body_that_ends_without_a_successor_is_replaced_by_none() -> None:
    assert_states(
        ChangeEvent("end", "An end", None, ("GM-a",), ()),
        """
        <id/change-event/end> a org:ChangeEvent ; dct:title "An end"@en ;
            org:originalOrganization <id/organisation/GM-a> .
        """,
    )


@pytest.mark.parametrize("kind", ["service", "place", "dataset"])
def test_a_code_of_what_one_source_tells_of_is_said_of_it_in_that_source(kind: Kind) -> None:
    part = f".well-known/genid/given/{kind}/a.1/identifier/uprn/0010001"
    assert_states(
        Identifier(kind, "a.1", "uprn", "0010001"),
        f"""
        <id/{kind}/given/a.1> adms:identifier <{part}> .
        <{part}> a adms:Identifier ; skos:notation "0010001" ;
            gm:identifierScheme identifier-scheme:uprn .
        """,
    )
    assert_states(
        Link(kind, "a.1", "https://other.example/1"),
        f"<id/{kind}/given/a.1> owl:sameAs <https://other.example/1> .",
    )


def test_a_service_with_all_that_may_be_said_of_it() -> None:
    part = ".well-known/genid/given/service/bins.1"
    record = Service(
        key="bins.1",
        name="Bins",
        description="They are emptied.",
        provider=Party("GB-LAE-BUR", "Bury MBC"),
        responsible=Party("GB-LAE-GMCA"),
        types=("http://id.esd.org.uk/service/524", "https://taxonomy.example/waste"),
        status="temporarily-closed",
        areas=("E08000002", "E08000003"),
        channels=(
            Channel("https://council.example/bins", "8"),
            Channel("https://council.example/ask"),
        ),
        costs=(
            Cost("Free for two bins.", Decimal("0.00"), "GBP"),
            Cost(amount=Decimal("12.50"), currency="GBP"),
            Cost("Ask us."),
        ),
        contacts=(
            Contact("Waste team", "0161 496 0000", "waste@council.example", "https://c.example/"),
            Contact(telephone="0161 496 0001"),
        ),
        hours=(
            Hours(
                ("Monday", "Sunday"),
                time(9, 30),
                time(17),
                date(2024, 4, 1),
                date(2024, 9, 30),
                "Not on bank holidays.",
            ),
            Hours(opens=time(0), closes=time(23, 59)),
            Hours(description="By arrangement."),
        ),
        locations=("tip", "yard"),
        minimum_age=0,
        maximum_age=17,
        modified=datetime(2024, 4, 1, 9, 30, tzinfo=UTC),
        source=SOURCE,
    )
    assert_states(
        record,
        f"""
        <id/service/given/bins.1> a gm:Service, cpsv:PublicService ;
            dct:identifier "bins.1" ;
            dct:title "Bins"@en ;
            dct:description "They are emptied."@en ;
            gm:deliveredBy <id/organisation/GB-LAE-BUR> ;
            gm:providerAsStated "Bury MBC"@en ;
            cv:hasCompetentAuthority <id/organisation/GB-LAE-GMCA> ;
            gm:serviceType <http://id.esd.org.uk/service/524>, <https://taxonomy.example/waste> ;
            adms:status service-status:temporarily-closed ;
            dct:spatial <id/area/E08000002>, <id/area/E08000003> ;
            gm:atLocation <id/place/given/tip>, <id/place/given/yard> ;
            gm:minimumAge 0 ; gm:maximumAge 17 ;
            dct:modified "2024-04-01T09:30:00Z"^^xsd:dateTime ;
            dct:source <{SOURCE}> ;
            cv:hasChannel <{part}/channel/8>, <{part}/channel/page-2> ;
            cv:hasCost <{part}/cost/1>, <{part}/cost/2>, <{part}/cost/3> ;
            cv:contactPoint <{part}/contact/1>, <{part}/contact/2> ;
            schema:openingHoursSpecification
                <{part}/hours/1>, <{part}/hours/2>, <{part}/hours/3> .
        <{part}/channel/8> a cv:Channel ; foaf:page <https://council.example/bins> ;
            gm:interactionType interaction-type:8 .
        <{part}/channel/page-2> a cv:Channel ; foaf:page <https://council.example/ask> .
        <{part}/cost/1> a cv:Cost ; dct:description "Free for two bins."@en ;
            cv:hasValue "0"^^xsd:decimal ;
            cv:currency <http://publications.europa.eu/resource/authority/currency/GBP> .
        <{part}/cost/2> a cv:Cost ; cv:hasValue 12.5 ;
            cv:currency <http://publications.europa.eu/resource/authority/currency/GBP> .
        <{part}/cost/3> a cv:Cost ; dct:description "Ask us."@en .
        <{part}/contact/1> a cv:ContactPoint ; dct:title "Waste team"@en ;
            cv:telephone "0161 496 0000" ; cv:email "waste@council.example" ;
            cv:contactPage <https://c.example/> .
        <{part}/contact/2> a cv:ContactPoint ; cv:telephone "0161 496 0001" .
        <{part}/hours/1> a schema:OpeningHoursSpecification ;
            schema:dayOfWeek schema:Monday, schema:Sunday ;
            schema:opens "09:30:00"^^xsd:time ; schema:closes "17:00:00"^^xsd:time ;
            schema:validFrom "2024-04-01"^^xsd:date ;
            schema:validThrough "2024-09-30"^^xsd:date ;
            dct:description "Not on bank holidays."@en .
        <{part}/hours/2> a schema:OpeningHoursSpecification ;
            schema:opens "00:00:00"^^xsd:time ; schema:closes "23:59:00"^^xsd:time .
        <{part}/hours/3> a schema:OpeningHoursSpecification ;
            dct:description "By arrangement."@en .
        """
        + mention("E08000002")
        + mention("E08000003"),
    )


LEAST_SERVICE = """
    <id/service/given/a> a gm:Service, cpsv:PublicService ;
        dct:identifier "a" ; dct:title "A"@en
"""


def test_a_service_of_which_little_is_known_has_no_empty_statements() -> None:
    assert_states(Service("a", "A"), f"{LEAST_SERVICE} .")


@pytest.mark.parametrize(
    ("record", "stated"),
    [
        (
            Service("a", "A", provider=Party(None, "Exampleton")),
            'gm:providerAsStated "Exampleton"@en',
        ),
        (
            Service("a", "A", responsible=Party(None, "Exampleton")),
            'gm:providerAsStated "Exampleton"@en',
        ),
        (
            Service("a", "A", modified=date(2024, 4, 1)),
            'dct:modified "2024-04-01"^^xsd:date',
        ),
        (Service("a", "A", minimum_age=18), "gm:minimumAge 18"),
    ],
)
def test_what_is_said_of_a_service_is_said_as_far_as_it_is_known(
    record: Service, stated: str
) -> None:
    assert_states(record, f"{LEAST_SERVICE} ; {stated} .")


def test_the_links_of_one_council_for_one_kind_of_service_make_one_service() -> None:
    first, second = (
        LocalLink(Service("MAN-524", "Bins", channels=(Channel(f"https://c.example/{n}", n),)))
        for n in ("0", "8")
    )
    part = ".well-known/genid/given/service/MAN-524/channel"
    both = graph_of([*quads_of(first), *quads_of(second)])
    expected = turtle(f"""
        <id/service/given/MAN-524> a gm:Service, cpsv:PublicService ;
            dct:identifier "MAN-524" ; dct:title "Bins"@en ;
            cv:hasChannel <{part}/0>, <{part}/8> .
        <{part}/0> a cv:Channel ; foaf:page <https://c.example/0> ;
            gm:interactionType interaction-type:0 .
        <{part}/8> a cv:Channel ; foaf:page <https://c.example/8> ;
            gm:interactionType interaction-type:8 .
    """)
    assert isomorphic(both, expected)


def test_a_place_with_all_that_may_be_said_of_it() -> None:
    part = ".well-known/genid/given/place/town-hall"
    assert_states(
        Place(
            key="town-hall",
            name="Town Hall",
            description="With a clock.",
            address=("1 High Street", "Exampleton"),
            postcode="M60 2LA",
            latitude=Decimal("53.4790"),
            longitude=Decimal("-2.24460"),
            within="E08000003",
            source=SOURCE,
        ),
        f"""
        <id/place/given/town-hall> a gm:ServiceLocation, dct:Location ;
            dct:identifier "town-hall" ;
            dct:title "Town Hall"@en ;
            dct:description "With a clock."@en ;
            geo:sfWithin <id/area/E08000003> ;
            dct:source <{SOURCE}> ;
            locn:address <{part}/address> ;
            locn:geometry <{part}/geometry> .
        <{part}/address> a locn:Address ; locn:postCode "M60 2LA" ;
            locn:fullAddress "1 High Street, Exampleton, M60 2LA" .
        <{part}/geometry> a geo:Geometry ;
            geo:asWKT "POINT(-2.2446 53.479)"^^geo:wktLiteral .
        """
        + mention("E08000003"),
    )


LEAST_PLACE = '<id/place/given/a> a gm:ServiceLocation, dct:Location ; dct:identifier "a"'


@pytest.mark.parametrize(
    "record",
    [
        Place("a"),
        Place("a", latitude=Decimal("53.5")),
        Place("a", longitude=Decimal("-2.5")),
    ],
)
def test_a_place_without_both_coordinates_is_at_no_point(record: Place) -> None:
    assert_states(record, f"{LEAST_PLACE} .")


def test_a_place_at_the_beginning_of_both_scales_is_at_a_point() -> None:
    part = ".well-known/genid/given/place/a/geometry"
    assert_states(
        Place("a", latitude=Decimal("-0.0"), longitude=Decimal(0)),
        f"""
        {LEAST_PLACE} ; locn:geometry <{part}> .
        <{part}> a geo:Geometry ; geo:asWKT "POINT(0 0)"^^geo:wktLiteral .
        """,
    )


@pytest.mark.parametrize(
    ("record", "stated"),
    [
        (Place("a", postcode="M1 1AA"), 'locn:fullAddress "M1 1AA" ; locn:postCode "M1 1AA"'),
        (Place("a", address=("1 High Street",)), 'locn:fullAddress "1 High Street"'),
    ],
)
def test_an_address_is_told_as_far_as_it_is_known(record: Place, stated: str) -> None:
    part = ".well-known/genid/given/place/a/address"
    assert_states(
        record, f"{LEAST_PLACE} ; locn:address <{part}> . <{part}> a locn:Address ; {stated} ."
    )


def test_a_dataset_with_all_that_may_be_said_of_it() -> None:
    part = ".well-known/genid/given/dataset/bins.2024"
    corners = "-2.73 53.3, -1.9 53.3, -1.9 53.69, -2.73 53.69, -2.73 53.3"
    assert_states(
        Dataset(
            key="bins.2024",
            titles=(Text("Bins"), Text("Biniau", "cy")),
            descriptions=(Text("Where they stand."), Text("Ble maent.", "cy")),
            publisher=Party("GB-LAE-BUR", "Bury MBC"),
            licence="https://licence.example/",
            licence_stated="Open, more or less",
            landing_page="https://data.example/bins",
            keywords=(Text("bins"), Text("biniau", "cy")),
            themes=("http://publications.europa.eu/resource/authority/data-theme/ENVI",),
            subjects=("http://id.esd.org.uk/function/1", "urn:subject:2"),
            issued=date(2024, 4, 1),
            modified=datetime(2024, 4, 2, 9, 30, tzinfo=UTC),
            frequency="threeTimesAYear",
            areas=("E08000002",),
            box=Box(Decimal("-2.73"), Decimal("53.3"), Decimal("-1.90"), Decimal("53.69")),
            began=date(2023, 4, 1),
            ended=date(2024, 3, 31),
            access="RESTRICTED",
            contact="Waste team",
            identifiers=("bins", "BINS 1"),
            conforms_to=("https://standard.example/",),
            version="2.0",
            documentation=("https://data.example/bins.html", "https://data.example/faq"),
            source=SOURCE,
        ),
        f"""
        <id/dataset/given/bins.2024> a dcat:Dataset ;
            dct:identifier "bins.2024", "bins", "BINS 1" ;
            dct:title "Bins"@en, "Biniau"@cy ;
            dct:description "Where they stand."@en, "Ble maent."@cy ;
            dct:publisher <id/organisation/GB-LAE-BUR> ;
            gm:publisherAsStated "Bury MBC"@en ;
            dct:license <https://licence.example/> ;
            gm:licenceAsStated "Open, more or less"@en ;
            dcat:landingPage <https://data.example/bins> ;
            dcat:keyword "bins"@en, "biniau"@cy ;
            dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ;
            dct:subject <http://id.esd.org.uk/function/1>, <urn:subject:2> ;
            dct:issued "2024-04-01"^^xsd:date ;
            dct:modified "2024-04-02T09:30:00Z"^^xsd:dateTime ;
            dct:accrualPeriodicity frequency:threeTimesAYear ;
            dct:spatial <id/area/E08000002>, <{part}/box> ;
            dct:temporal <{part}/period> ;
            dct:accessRights access-right:RESTRICTED ;
            dcat:contactPoint <{part}/contact> ;
            dct:conformsTo <https://standard.example/> ;
            dcat:version "2.0" ;
            foaf:page <https://data.example/bins.html>, <https://data.example/faq> ;
            dct:source <{SOURCE}> .
        <{part}/box> a dct:Location ; dcat:bbox "POLYGON(({corners}))"^^geo:wktLiteral .
        <{part}/period> a dct:PeriodOfTime ;
            dcat:startDate "2023-04-01"^^xsd:date ; dcat:endDate "2024-03-31"^^xsd:date .
        <{part}/contact> a vcard:Organization ; vcard:fn "Waste team" .
        """
        + mention("E08000002"),
    )


@pytest.mark.parametrize(
    ("record", "stated", "apart"),
    [
        (Dataset("a", (Text("A"),)), "", ""),
        (
            Dataset("a", (Text("A"),), publisher=Party(None, "Exampleton")),
            'gm:publisherAsStated "Exampleton"@en',
            "",
        ),
        (
            Dataset("a", (Text("A"),), publisher=Party("GM-a")),
            "dct:publisher <id/organisation/GM-a>",
            "",
        ),
        (
            Dataset("a", (Text("A"),), began=date(2023, 4, 1)),
            "dct:temporal <.well-known/genid/given/dataset/a/period>",
            """<.well-known/genid/given/dataset/a/period> a dct:PeriodOfTime ;
                dcat:startDate "2023-04-01"^^xsd:date .""",
        ),
        (
            Dataset("a", (Text("A"),), ended=date(2024, 3, 31)),
            "dct:temporal <.well-known/genid/given/dataset/a/period>",
            """<.well-known/genid/given/dataset/a/period> a dct:PeriodOfTime ;
                dcat:endDate "2024-03-31"^^xsd:date .""",
        ),
    ],
)
def test_what_is_said_of_a_dataset_is_said_as_far_as_it_is_known(
    record: Dataset, stated: str, apart: str
) -> None:
    assert_states(
        record,
        f"""
        <id/dataset/given/a> a dcat:Dataset ; dct:identifier "a" ; dct:title "A"@en
            {"; " + stated if stated else ""} . {apart}
        """,
    )


def test_a_distribution_with_all_that_may_be_said_of_it() -> None:
    assert_states(
        Distribution(
            key="bins.2024-csv",
            dataset="bins.2024",
            title=Text("Biniau", "cy"),
            description=Text("One row a bin."),
            access_url="https://data.example/bins",
            download_url="https://data.example/bins.csv",
            file_type="CSV",
            format_stated="comma-separated",
            media_type="text/csv",
            byte_size=0,
            licence="https://licence.example/",
            licence_stated="Open, more or less",
            issued=date(2024, 4, 1),
            modified=datetime(2024, 4, 2, 9, 30, tzinfo=UTC),
        ),
        """
        <id/dataset/given/bins.2024> dcat:distribution <id/distribution/given/bins.2024-csv> .
        <id/distribution/given/bins.2024-csv> a dcat:Distribution ;
            dct:identifier "bins.2024-csv" ;
            dct:title "Biniau"@cy ;
            dct:description "One row a bin."@en ;
            dcat:accessURL <https://data.example/bins> ;
            dcat:downloadURL <https://data.example/bins.csv> ;
            dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;
            gm:formatAsStated "comma-separated"@en ;
            dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;
            dcat:byteSize 0 ;
            dct:license <https://licence.example/> ;
            gm:licenceAsStated "Open, more or less"@en ;
            dct:issued "2024-04-01"^^xsd:date ;
            dct:modified "2024-04-02T09:30:00Z"^^xsd:dateTime .
        """,
    )


def test_a_distribution_of_which_little_is_known_has_no_empty_statements() -> None:
    assert_states(
        Distribution("a-1", "a", access_url="https://data.example/"),
        """
        <id/dataset/given/a> dcat:distribution <id/distribution/given/a-1> .
        <id/distribution/given/a-1> a dcat:Distribution ; dct:identifier "a-1" ;
            dcat:accessURL <https://data.example/> .
        """,
    )


def test_an_information_asset_with_all_that_may_be_said_of_it() -> None:
    retention = ".well-known/genid/given/information-asset/GB-LAE-BUR/IA%207/retention"
    assert_states(
        InformationAsset(
            holder="GB-LAE-BUR",
            ref="IA 7",
            name="Bin register",
            description="Which bin is whose.",
            owner="Head of Waste & Recycling",
            steward="Waste officer",
            custodian="Systems manager",
            unit="Waste services",
            system="BinBase 2",
            format="database",
            format_stated="SQL",
            personal_data="special-category",
            legal_bases=("A6-1-e", "A9-2-g"),
            classification="OFFICIAL-SENSITIVE",
            retention="Six years after the last bin.",
            disposal="destroy",
            shared_with=("The police", "Exampleton"),
            is_open=False,
            risk="Low",
            reviewed=date(2024, 4, 1),
            next_review=date(2025, 4, 1),
            source=SOURCE,
        ),
        f"""
        <id/information-asset/GB-LAE-BUR/ia-7>
            a gm:InformationAsset, dcat:Resource, prov:Entity ;
            dct:identifier "IA 7" ;
            dct:title "Bin register"@en ;
            dct:description "Which bin is whose."@en ;
            gm:heldBy <id/organisation/GB-LAE-BUR> ;
            gm:assetOwner <id/post/GB-LAE-BUR/head-of-waste-recycling> ;
            gm:assetSteward <id/post/GB-LAE-BUR/waste-officer> ;
            gm:assetCustodian <id/post/GB-LAE-BUR/systems-manager> ;
            gm:managingUnit <id/unit/GB-LAE-BUR/waste-services> ;
            gm:heldIn <id/system/GB-LAE-BUR/binbase-2> ;
            gm:assetFormat asset-format:database ;
            gm:formatAsStated "SQL"@en ;
            gm:personalDataLevel personal-data-level:special-category ;
            dpv:hasLegalBasis legal-basis:A6-1-e, legal-basis:A9-2-g ;
            gm:securityClassification security-classification:OFFICIAL-SENSITIVE ;
            gm:retentionRule <{retention}> ;
            gm:sharedWithAsStated "The police"@en, "Exampleton"@en ;
            gm:isOpenData false ;
            gm:riskAsStated "Low"@en ;
            gm:lastReviewed "2024-04-01"^^xsd:date ;
            gm:nextReview "2025-04-01"^^xsd:date ;
            dct:source <{SOURCE}> .
        <{retention}> a gm:RetentionRule, dpv:StorageCondition ;
            gm:retentionText "Six years after the last bin."@en ;
            gm:disposalAction disposal-action:destroy .
        <id/post/GB-LAE-BUR/head-of-waste-recycling> a org:Post ;
            skos:prefLabel "Head of Waste & Recycling"@en ;
            org:postIn <id/organisation/GB-LAE-BUR> .
        <id/post/GB-LAE-BUR/waste-officer> a org:Post ;
            skos:prefLabel "Waste officer"@en ; org:postIn <id/organisation/GB-LAE-BUR> .
        <id/post/GB-LAE-BUR/systems-manager> a org:Post ;
            skos:prefLabel "Systems manager"@en ; org:postIn <id/organisation/GB-LAE-BUR> .
        <id/unit/GB-LAE-BUR/waste-services> a org:OrganizationalUnit ;
            skos:prefLabel "Waste services"@en ; org:unitOf <id/organisation/GB-LAE-BUR> .
        <id/system/GB-LAE-BUR/binbase-2> a gm:InformationSystem, prov:Entity ;
            dct:title "BinBase 2"@en ; gm:heldBy <id/organisation/GB-LAE-BUR> .
        """,
    )


LEAST_ASSET = """
    <id/information-asset/GB-LAE-BUR/IA.7> a gm:InformationAsset, dcat:Resource, prov:Entity ;
        dct:identifier "IA.7" ; dct:title "Bins"@en ; gm:heldBy <id/organisation/GB-LAE-BUR>
"""
RULE = "gm:RetentionRule, dpv:StorageCondition"
RETENTION = ".well-known/genid/given/information-asset/GB-LAE-BUR/IA.7/retention"


@pytest.mark.parametrize(
    ("record", "stated"),
    [
        (InformationAsset("GB-LAE-BUR", "IA.7", "Bins"), "."),
        (InformationAsset("GB-LAE-BUR", "IA.7", "Bins", is_open=True), "; gm:isOpenData true ."),
        (
            InformationAsset("GB-LAE-BUR", "IA.7", "Bins", personal_data="none"),
            "; gm:personalDataLevel personal-data-level:none .",
        ),
        (
            InformationAsset("GB-LAE-BUR", "IA.7", "Bins", retention="For ever."),
            f"""; gm:retentionRule <{RETENTION}> .
            <{RETENTION}> a {RULE} ; gm:retentionText "For ever."@en .""",
        ),
        (
            InformationAsset("GB-LAE-BUR", "IA.7", "Bins", disposal="keep"),
            f"""; gm:retentionRule <{RETENTION}> .
            <{RETENTION}> a {RULE} ; gm:disposalAction disposal-action:keep .""",
        ),
    ],
)
def test_what_is_not_recorded_of_an_asset_is_not_stated(
    record: InformationAsset, stated: str
) -> None:
    assert_states(record, LEAST_ASSET + stated)


def test_an_addition_states_its_answers_of_the_thing_that_they_are_about() -> None:
    bare = InformationAsset(holder="GB-LAE-BUR", ref="gap-1", name="Gap")
    whole = replace(bare, owner="Waste officer", criticality="routine")
    assert_states(
        Addition("information-asset/GB-LAE-BUR/IA-7", whole, bare, (("owner", "Waste officer"),)),
        """
        <id/information-asset/GB-LAE-BUR/IA-7> gm:assetOwner <id/post/GB-LAE-BUR/waste-officer> ;
            gm:criticality <https://w3id.org/greater-manchester/def/criticality/routine> .
        <id/post/GB-LAE-BUR/waste-officer> a org:Post ;
            skos:prefLabel "Waste officer"@en ;
            org:postIn <id/organisation/GB-LAE-BUR> .
        """,
    )


@pytest.mark.parametrize(
    "bare",
    [
        InformationAsset(holder="GM-a", ref="gap-1", name="Gap"),
        Dataset("gap-1", (Text("Gap"),)),
        Service("gap-1", "Gap"),
    ],
)
def test_an_addition_that_answers_nothing_states_nothing(bare: Record) -> None:
    assert quads_of(Addition("dataset/bins/rounds", bare, bare, ())) == []


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("IA.7", "IA.7"),
        ("IA-0007_b~2", "IA-0007_b~2"),
        ("Head of Waste & Recycling", "head-of-waste-recycling"),
        ("  Café — Crème ", "cafe-creme"),
        ("A/B", "a-b"),
        ("..", hashlib.sha256(b"..").hexdigest()[:12]),
        ("會計", hashlib.sha256("會計".encode()).hexdigest()[:12]),
    ],
)
def test_words_become_the_end_of_an_iri(words: str, slug: str) -> None:
    assert code_slug(words) == slug


def test_a_concept_with_all_that_may_be_said_of_it() -> None:
    assert_states(
        Concept(
            iri="http://id.esd.org.uk/function/2",
            scheme="http://id.esd.org.uk/list/functions",
            notation="2",
            label="Waste",
            definition="All about bins.",
            broader=("http://id.esd.org.uk/function/1", "urn:x-function:0"),
            other_labels=("Rubbish", "Refuse"),
            source=SOURCE,
        ),
        f"""
        <http://id.esd.org.uk/function/2> a skos:Concept ;
            skos:inScheme <http://id.esd.org.uk/list/functions> ;
            skos:notation "2" ;
            skos:prefLabel "Waste"@en ;
            skos:altLabel "Rubbish"@en, "Refuse"@en ;
            skos:definition "All about bins."@en ;
            skos:broader <http://id.esd.org.uk/function/1>, <urn:x-function:0> ;
            dct:source <{SOURCE}> .
        """,
    )
    assert_states(
        Concept("urn:x-list:1", "urn:x-list", "1", "One"),
        """
        <urn:x-list:1> a skos:Concept ; skos:inScheme <urn:x-list> ;
            skos:notation "1" ; skos:prefLabel "One"@en .
        """,
    )


def test_a_scheme_of_concepts_with_all_that_may_be_said_of_it() -> None:
    assert_states(
        ConceptScheme("urn:x-list", "A list", "Of things.", SOURCE),
        f"""
        <urn:x-list> a skos:ConceptScheme ; dct:title "A list"@en ;
            dct:description "Of things."@en ; dct:source <{SOURCE}> .
        """,
    )
    assert_states(
        ConceptScheme("urn:x-list", "A list"),
        '<urn:x-list> a skos:ConceptScheme ; dct:title "A list"@en .',
    )


def test_a_class_without_superclasses_of_ours_is_stated_alone() -> None:
    quads = list(typed("http://a.example/", "http://a.example/Class", "http://a.example/g"))
    assert [quad.object for quad in quads] == ["http://a.example/Class"]
    assert "http://a.example/Class" not in SUPERCLASSES


def every_record() -> Iterator[Record]:
    """A record of each class with every value, and each variant that is mapped differently."""
    day = date(2011, 4, 1)
    bare = Dataset("gap-1", (Text("Gap"),))
    contact = (("contact", "Waste team"),)
    yield Addition("dataset/bins/rounds", replace(bare, contact="Waste team"), bare, contact)
    for kind in ontology.notations("organisation-type"):
        yield Organisation(
            key="GM-a",
            name="A",
            organisation_type=kind,
            other_names=("B",),
            welsh_names=("C",),
            homepage="http://a.example/",
            founded=day,
            dissolved=day,
            administers=("E08000001",),
            replaced_by=("GM-b",),
            source=SOURCE,
            description="Words",
            known_as="a",
            status="closed",
            part_of=("GM-c",),
        )
    yield Administration("GM-a", "E08000001")
    for area_type in ontology.notations("area-type"):
        drawn = Boundary("POLYGON((0 52, 1 52, 1 53, 0 52))", 2023, "generalised")
        yield Area("E08000001", "Bolton", area_type, "E47000001", SOURCE, 2022, drawn)
    for scheme in ontology.notations("identifier-scheme"):
        yield Identifier("organisation", "GM-a", scheme, "1")
        yield Identifier("area", "E08000001", scheme, "1")
    yield Link("organisation", "GM-a", "http://a.example/")
    for role in ontology.notations("membership-role"):
        yield Membership("GM-a", "GM-b", role, day, day, SOURCE)
        yield Membership("GM-a", "GM-b", role, day)
    yield ChangeEvent("e", "An event", day, ("GM-a",), ("GM-b",), SOURCE)
    yield from every_service(day)
    yield from every_dataset(day)
    yield from every_asset()
    yield from every_governance_record()
    yield from every_strategy_record()
    yield Concept(
        iri="urn:x-list:1",
        scheme="urn:x-list",
        notation="1",
        label="One",
        definition="Words",
        broader=("urn:x-list:0",),
        other_labels=("I",),
        source=SOURCE,
    )
    yield ConceptScheme("urn:x-list", "A list", "Of things.", SOURCE)


def every_service(day: date) -> Iterator[Record]:
    """Services and places with every value."""
    page = "http://a.example/"
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    for status in ontology.notations("service-status"):
        for interaction in ontology.notations("interaction-type"):
            service = Service(
                key="s",
                name="A service",
                description="Words",
                provider=Party("GM-a", "A"),
                responsible=Party("GM-b", "B"),
                types=("http://id.esd.org.uk/service/1",),
                status=status,
                areas=("E08000001",),
                channels=(Channel(page, interaction),),
                costs=(Cost("Words", Decimal("1.50"), "GBP"),),
                contacts=(Contact("Team", "0161 496 0000", "team@a.example", page),),
                hours=(Hours(days, time(9), time(17), day, day, "Words"),),
                locations=("p",),
                minimum_age=1,
                maximum_age=2,
                modified=day,
                source=SOURCE,
            )
            yield service
            yield LocalLink(service)
    yield Place(
        key="p",
        name="A place",
        description="Words",
        address=("1 A Street",),
        postcode="M1 1AA",
        latitude=Decimal(53),
        longitude=Decimal(-2),
        within="E08000001",
        source=SOURCE,
    )


def every_dataset(day: date) -> Iterator[Record]:
    """Datasets and a distribution with every value."""
    page, moment = "http://a.example/", datetime(2024, 4, 1, tzinfo=UTC)
    text = (Text("Words"),)
    for frequency in ontology.notations("frequency"):
        for access in ontology.notations("access-right"):
            yield Dataset(
                key="d",
                titles=text,
                descriptions=text,
                publisher=Party("GM-a", "A"),
                licence=page,
                licence_stated="Words",
                landing_page=page,
                keywords=text,
                themes=(page,),
                subjects=(page,),
                issued=day,
                modified=moment,
                frequency=frequency,
                areas=("E08000001",),
                box=Box(Decimal(-3), Decimal(53), Decimal(-2), Decimal(54)),
                began=day,
                ended=day,
                access=access,
                contact="A team",
                identifiers=("D 1",),
                conforms_to=(page,),
                version="1",
                documentation=(page,),
                source=SOURCE,
                derived_from=("e",),
            )
    yield DataService(
        key="s",
        titles=text,
        descriptions=text,
        publisher=Party("GM-a", "A"),
        licence=page,
        licence_stated="Words",
        landing_page=page,
        endpoint=page,
        documentation=(page,),
        serves=(page,),
        status="live",
        keywords=text,
        themes=(page,),
        issued=date(2024, 1, 1),
        modified=date(2024, 1, 2),
        access="OPEN",
        contact="Team",
        identifiers=("S-1",),
        version="1.0",
    )
    yield Distribution(
        key="x",
        dataset="d",
        title=text[0],
        description=text[0],
        access_url=page,
        download_url=page,
        file_type="CSV",
        format_stated="Words",
        media_type="text/csv",
        byte_size=9,
        licence=page,
        licence_stated="Words",
        issued=day,
        modified=moment,
        conforms_to=(page,),
    )


def every_asset() -> Iterator[Record]:
    """Information assets with every value."""
    for format_ in ontology.notations("asset-format"):
        for level in ontology.notations("personal-data-level"):
            for classification in ontology.notations("security-classification"):
                for disposal in ontology.notations("disposal-action"):
                    yield replace(
                        ASSET,
                        system="A system",
                        format=format_,
                        format_stated="Words",
                        personal_data=level,
                        legal_bases=tuple(ontology.notations("legal-basis")),
                        classification=classification,
                        retention="Words",
                        disposal=disposal,
                    )


def test_every_value_of_a_record_is_tried_here() -> None:
    for record in every_record():
        tried = record.service if isinstance(record, LocalLink) else record
        if not isinstance(record, Membership | Area | Identifier):
            assert None not in astuple(tried), record
            assert () not in astuple(tried), record


def every_quad() -> Iterator[Quad]:
    """All that mappings can state, and what is said of a source itself."""
    for record in every_record():
        yield from quads_of(record)
    for publisher in (Publisher("P", key="GM-p"), Publisher("P", iri="http://p.example/")):
        source = Source("given", "Given", (), "Words", publisher, "http://l.example/", SOURCE)
        moment = datetime(2025, 2, 3, tzinfo=UTC)
        snapshot = Snapshot("a.csv", "0" * 64, 9, Path("a.csv"), "https://p.example/a.csv")
        earlier = MINT.part("given", "load", "20250101T000000Z")
        run = LoadRun(moment, moment, (snapshot,), Counts(), 0, (earlier,))
        yield from describe_source(source, run, MINT)


@pytest.fixture(scope="module")
def declared() -> Graph:
    graph = Graph()
    for name in ("borrowed.ttl", *ontology.documents()):
        graph.parse(data=ontology.turtle(name), format="turtle")
    return graph


def instances(graph: Graph, *classes: URIRef) -> set[str]:
    return {str(subject) for class_ in classes for subject in graph.subjects(RDF.type, class_)}


def test_every_record_class_is_tried_here() -> None:
    assert {type(record) for record in every_record()} == set(Record.__args__)


def test_every_property_that_is_stated_is_declared(declared: Graph) -> None:
    stated = {quad.predicate for quad in every_quad()}
    assert len(stated) > 30
    assert stated <= instances(declared, RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty)


def test_every_class_that_is_stated_is_declared(declared: Graph) -> None:
    stated = {str(quad.object) for quad in every_quad() if quad.predicate == str(RDF.type)}
    assert len(stated) > 10
    assert stated <= instances(declared, RDFS.Class, OWL.Class)


def test_every_datatype_that_is_stated_is_declared(declared: Graph) -> None:
    stated = {quad.object.datatype for quad in every_quad() if isinstance(quad.object, Literal)}
    assert stated <= instances(declared, RDFS.Datatype)


def test_every_term_and_concept_of_ours_that_is_stated_exists(declared: Graph) -> None:
    named = {term for quad in every_quad() for term in quad[:3] if isinstance(term, str)}
    ours = {term for term in named if term.startswith(DEF)}
    assert len(ours) > 40
    assert ours <= {str(subject) for subject in declared.subjects()}


def test_a_property_that_is_not_declared_would_be_noticed(declared: Graph) -> None:
    assert "https://w3id.org/greater-manchester/def/gm#misspelt" not in instances(
        declared, RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty
    )


def test_statements_stand_in_the_graph_of_their_source_but_for_links() -> None:
    for record in every_record():
        expected = "links" if isinstance(record, Link) else "given"
        assert {quad.graph for quad in quads_of(record)} == {f"{BASE}graph/{expected}"}


def test_there_are_no_blank_nodes_and_no_relative_iris() -> None:
    for quad in every_quad():
        for term in quad:
            if isinstance(term, str):
                assert NamedNode(term).value == term
