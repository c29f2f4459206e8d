"""The view of a description: groups, labels, links, sources and incoming links."""

from dataclasses import replace

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from ontology.vocab import DCT, GM, SCHEMA, XSD
from service.description import describe, describe_together
from service.finding import definitions
from service.pages.defined_terms import view_defined_terms
from service.pages.links import TermLink, holder, link_source, link_term, link_thing
from service.pages.properties import PropertyView
from service.pages.statements import Statements
from service.pages.thing import DescriptionView, view_description
from service.store import Release
from tests.service.conftest import BASE

COUNCIL = f"{BASE}id/organisation/GB-LAE-MAN"
ORG = "http://www.w3.org/ns/org#"


def view(release: Release, iri: str) -> DescriptionView:
    return view_description(release, describe(release, iri))


def properties(view: DescriptionView) -> dict[str, PropertyView]:
    return {
        property.property.label: property for group in view.groups for property in group.properties
    }


def test_a_page_is_headed_by_the_label_and_the_types(release: Release) -> None:
    council = view(release, COUNCIL)
    assert (council.title, council.iri) == ("Manchester City Council", COUNCIL)
    assert [each.label for each in council.types] == ["local authority", "organisation"]
    assert council.complete


def test_properties_stand_in_groups_in_a_fixed_order(release: Release) -> None:
    groups = {
        group.title: [property.property.label for property in group.properties]
        for group in view(release, COUNCIL).groups
    }
    assert groups == {
        "Names": ["preferred label", "skos:altLabel"],
        "Identifiers": ["gm:laCode", "adms:identifier"],
        "Places": ["administers"],
        "Relations": ["gm:constituentOf"],
        "Links": ["owl:sameAs", "rdfs:seeAlso", "foaf:homepage"],
    }
    assert list(groups) == ["Names", "Identifiers", "Places", "Relations", "Links"]


def test_a_value_says_which_sources_state_it(release: Release) -> None:
    (name,) = properties(view(release, COUNCIL))["preferred label"].values
    assert [source.title for source in name.sources] == ["Other register", "Test register"]
    assert name.language == "en"


def test_values_link_where_they_can_be_followed(release: Release) -> None:
    found = properties(view(release, COUNCIL))
    hrefs = {label: property.values[0].href for label, property in found.items()}
    assert hrefs["administers"] == "/id/area/E08000003"
    assert hrefs["owl:sameAs"] == "http://www.wikidata.org/entity/Q21525592"
    assert str(hrefs["rdfs:seeAlso"]).startswith("/resource?iri=urn:uuid:")
    assert hrefs["gm:laCode"] is None


def test_a_part_is_shown_within_its_whole(release: Release) -> None:
    (identifier,) = properties(view(release, COUNCIL))["adms:identifier"].values
    assert (identifier.text, identifier.href) == ("Q21525592", None)
    inner = {each.property.label: each.values[0] for each in identifier.part}
    assert inner["gm:identifierScheme"].text == "Wikidata item"
    assert inner["gm:identifierScheme"].href == "/def/identifier-scheme/wikidata"
    assert inner["adms:schemaAgency"].part[0].values[0].text == "Wikidata"


def test_a_date_is_a_date_whatever_its_property(release: Release) -> None:
    board = view(release, f"{BASE}id/organisation/GM-old-board")
    (dates,) = [group for group in board.groups if group.title == "Dates"]
    assert dates.properties[0].values[0].datatype == "xsd:date"


def test_a_body_that_ended_names_its_successor(release: Release) -> None:
    board = view(release, f"{BASE}id/organisation/GM-old-board")
    assert board.successors == (
        TermLink(
            f"{BASE}id/organisation/GM-made-up-authority",
            "Made-up Combined Authority",
            "/id/organisation/GM-made-up-authority",
        ),
    )


def test_incoming_links_are_grouped_counted_and_labelled(release: Release) -> None:
    authority = view(release, f"{BASE}id/organisation/GM-made-up-authority")
    found = {
        each.property.label: (each.count, each.exact, [one.label for one in each.subjects])
        for each in authority.incoming
    }
    assert found == {
        "dct:isReplacedBy": (1, True, ["Old Board"]),
        "gm:constituentOf": (1, True, ["Manchester City Council"]),
        "org:resultingOrganization": (
            1,
            True,
            ["Old Board became the Made-up Combined Authority"],
        ),
    }


def test_a_part_that_points_somewhere_is_shown_as_its_whole(release: Release) -> None:
    scheme = view(release, "https://w3id.org/greater-manchester/def/identifier-scheme/wikidata")
    (links,) = scheme.incoming
    assert [each.label for each in links.subjects] == ["Manchester City Council"]


def test_the_whole_of_a_part_is_found_however_deep_it_lies(release: Release) -> None:
    part = f"{BASE}.well-known/genid/register/organisation/GB-LAE-MAN/wikidata/agency"
    assert holder(release, NamedNode(part)).value == COUNCIL
    orphan = NamedNode(f"{BASE}.well-known/genid/nobody")
    assert holder(release, orphan) == orphan


@pytest.mark.parametrize(
    ("iri", "href"),
    [
        (f"{ORG}Organization", "/resource?iri=http://www.w3.org/ns/org%23Organization"),
        (f"{ORG}ChangeEvent", f"{ORG}ChangeEvent"),
        (COUNCIL, "/id/organisation/GB-LAE-MAN"),
        (
            "https://w3id.org/greater-manchester/def/gm#PublicBody",
            "/def/gm#PublicBody",
        ),
    ],
)
def test_a_term_is_explained_here_where_something_is_known_of_it(
    release: Release, iri: str, href: str
) -> None:
    assert link_term(release, iri).href == href


def test_a_thing_of_the_web_is_linked_to_the_web(release: Release) -> None:
    assert link_thing(release, f"{ORG}Organization").href == f"{ORG}Organization"


def test_a_source_has_a_title_and_a_licence_where_it_states_them(release: Release) -> None:
    register = link_source(release, f"{BASE}graph/register")
    assert register.title == "Test register"
    assert register.licence is not None
    assert "open-government" in register.licence.href
    links = link_source(release, f"{BASE}graph/links")
    assert (links.title, links.licence) == ("links", None)


def test_a_definitions_document_lists_its_terms(release: Release) -> None:
    ontology = "https://w3id.org/greater-manchester/def/gm"
    members = definitions(release).under(ontology)
    stated = Statements(describe_together(release, ontology, members).quads)
    terms = view_defined_terms(release, ontology, stated)
    assert [(each.anchor, each.link.label) for each in terms] == [
        ("LocalAuthority", "local authority"),
        ("PublicBody", "public body"),
        ("administers", "administers"),
    ]
    assert terms[0].definition == "The council of a district."
    assert [each.label for each in terms[0].parents] == ["public body"]
    nothing = "https://w3id.org/greater-manchester/def/nothing"
    assert view_defined_terms(release, nothing, Statements([])) == ()


def with_quads(release: Release, *triples: tuple[str, str, NamedNode | Literal]) -> Release:
    """A release that states these in one graph."""
    store = Store()
    for subject, predicate, value in triples:
        for graph in (NamedNode(f"{BASE}graph/made-up"), DefaultGraph()):
            store.add(Quad(NamedNode(subject), NamedNode(predicate), value, graph))
    return replace(release, store=store)


@pytest.mark.parametrize(
    ("spelling", "words"),
    [("true", "Yes"), ("1", "Yes"), ("false", "No"), ("0", "No"), ("perhaps", "perhaps")],
)
def test_a_truth_value_is_yes_or_no(release: Release, spelling: str, words: str) -> None:
    asset = f"{BASE}id/information-asset/1"
    value = Literal(spelling, datatype=NamedNode(XSD.boolean))
    stating = with_quads(release, (asset, GM.isOpenData, value))
    (shown,) = properties(view(stating, asset))["gm:isOpenData"].values
    assert (shown.text, shown.self_evident) == (words, True)


def test_the_hours_of_a_day_follow_the_day(release: Release) -> None:
    place = f"{BASE}id/place/1"
    hours = f"{BASE}.well-known/genid/place/1/hours"
    stating = with_quads(
        release,
        (place, SCHEMA.openingHoursSpecification, NamedNode(hours)),
        (hours, SCHEMA.closes, Literal("17:00:00", datatype=NamedNode(XSD.time))),
        (hours, SCHEMA.opens, Literal("09:00:00", datatype=NamedNode(XSD.time))),
        (hours, SCHEMA.dayOfWeek, NamedNode(SCHEMA.Monday)),
    )
    (part,) = properties(view(stating, place))["schema:openingHoursSpecification"].values
    assert [each.property.iri for each in part.part] == [
        SCHEMA.dayOfWeek,
        SCHEMA.opens,
        SCHEMA.closes,
    ]


def test_a_licence_stands_with_what_it_is_a_licence_to(release: Release) -> None:
    distribution = f"{BASE}id/distribution/1"
    stating = with_quads(
        release,
        (distribution, DCT.license, NamedNode("http://licences.example/open")),
        (distribution, DCT.accessRights, Literal("for all")),
        (distribution, DCT.source, NamedNode("http://catalogue.example/")),
    )
    assert [
        (section.title, [each.property.iri for each in section.properties])
        for section in view(stating, distribution).sections
    ] == [
        ("Where to get it", [DCT.license]),
        ("Access and protection", [DCT.accessRights]),
        ("Provenance", [DCT.source]),
    ]
