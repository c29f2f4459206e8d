"""The pages of things, of sources and of definitions."""

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Quad

from ontology.namespaces import PREFIXES
from service.labels import Labels
from service.store import Release
from tests.service.conftest import BASE
from tests.service.conftest_pages import COUNCIL, client, page, release, town
from tests.service.page_tree import row

__all__ = ["client", "release", "town"]

WIKIDATA = "/resource?iri=http%3A%2F%2Fwww.wikidata.org%2Fentity%2FQ21525592"


def test_a_trail_leads_back_to_the_list_and_home(client: FlaskClient) -> None:
    links = list(page(client, COUNCIL).one("nav", class_="govuk-breadcrumbs").all("a"))
    assert [(each.text, each.attributes["href"]) for each in links] == [
        ("Home", "/"),
        ("Organisations", "/doc/organisation"),
    ]


def test_equal_codes_of_several_sources_are_one_row(client: FlaskClient) -> None:
    rows = [
        (
            each.one("th").text,
            each.one("td").text,
            [tag.text for tag in each.all(class_="gm-source")],
        )
        for each in page(client, COUNCIL).one("table").one("tbody").all("tr")
    ]
    both = ["other-register: Other register", "register: Test register"]
    assert ("GSS code", "E4203", both) in rows
    assert sum(scheme == "GSS code" for scheme, _, _ in rows) == 1
    wikidata = next(code for scheme, code, _ in rows if scheme == "Wikidata item")
    assert wikidata.startswith("Q21525592 adms:schemaAgency")


def test_each_value_names_its_sources_briefly_and_the_legend_in_full(client: FlaskClient) -> None:
    root = page(client, COUNCIL)
    tags = list(row(root, "preferred label").all(class_="gm-source"))
    assert [each.text for each in tags] == [
        "other-register: Other register",
        "register: Test register",
    ]
    assert tags[1].one("span", class_="govuk-visually-hidden").text == ": Test register"
    legend = [each.text for each in root.all("li", class_="gm-legend__source")]
    assert any(
        "Published by Manchester City Council" in each
        and "Open Government Licence v3.0" in each
        and "Loaded 2 January 2025, 03:04 UTC" in each
        for each in legend
    )


def test_with_one_source_the_values_need_no_tags(client: FlaskClient) -> None:
    root = page(client, "/doc/organisation/GM-future")
    assert [each.text for each in root.all(class_="gm-source")] == ["register: Test register"]


def test_a_value_in_another_language_says_in_which(client: FlaskClient) -> None:
    value = row(page(client, COUNCIL), "skos:altLabel").one("li")
    assert value.one(lang="cy").text == "Cyngor Dinas Manceinion"
    assert "in cy" in value.text


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (
            "/doc/organisation/GM-old-board",
            "It ended on 1 April 2011. It was replaced by Made-up Combined Authority.",
        ),
        (
            "/doc/organisation/GM-event",
            "It ended on 2 July 1998. It was replaced by Manchester City Council.",
        ),
        ("/doc/organisation/GM-future", "It is to end on 1 April 2999."),
    ],
)
def test_a_body_that_ended_says_so_first(client: FlaskClient, path: str, told: str) -> None:
    assert page(client, path).one(class_="gm-ending").text == told


def test_a_body_that_stands_says_nothing_of_an_end(client: FlaskClient) -> None:
    assert not list(page(client, COUNCIL).all(class_="gm-ending"))


def test_an_area_without_a_name_shows_its_code_and_says_why(client: FlaskClient) -> None:
    main = page(client, "/doc/area/E00000000").one("main")
    assert main.one("h1").text == "E00000000"
    assert "No source gives it a name" in main.text
    assert "No source gives it a name" not in page(client, "/doc/area/E08000003").text


def test_the_most_telling_type_stands_above_the_name_and_the_others_are_folded(
    client: FlaskClient,
) -> None:
    root = page(client, COUNCIL)
    assert root.one(class_="gm-caption").text == "local authority"
    assert root.one("details").text == "All types local authorityorganisation"


def test_incoming_links_stand_under_their_property_with_labels(client: FlaskClient) -> None:
    root = page(client, "/doc/organisation/GM-made-up-authority")
    assert row(root, "org:organization").text == (
        "Manchester City Council in Made-up Combined Authority"
    )


def test_what_somebody_else_names_is_shown_by_who_points_to_it(client: FlaskClient) -> None:
    main = page(client, WIKIDATA).one("main")
    assert "Nothing is stated of it here" in main.text
    assert "Manchester City Council" in [each.text for each in main.all("a")]


def test_a_membership_is_called_by_its_member_and_its_organisation(release: Release) -> None:
    labels = release.labels
    assert labels.of(f"{BASE}id/membership/MAN/authority") == (
        "Manchester City Council in Made-up Combined Authority"
    )
    assert labels.stated(f"{BASE}id/membership/MAN/authority") is None


def test_memberships_of_each_other_have_labels_all_the_same(release: Release) -> None:
    one, other = NamedNode("urn:one"), NamedNode("urn:other")
    store = type(release.store)()
    org = PREFIXES["org"]
    for subject, value in ((one, other), (other, one)):
        for name in ("member", "organization"):
            store.add(Quad(subject, NamedNode(org + name), value))
    assert Labels(store).of("urn:one") == "urn:other in urn:other"


def test_a_source_says_who_publishes_it_and_what_was_left_out(client: FlaskClient) -> None:
    root = page(client, "/graph/register")
    assert root.one("h1").text == "Test register"
    assert "A register that was made up." in root.one("main").text
    found = {name: row(root, name).text for name in ("Publisher", "Licence", "Loaded")}
    assert found == {
        "Publisher": "Manchester City Council",
        "Licence": "Open Government Licence v3.0 (another site)",
        "Loaded": "2 January 2025, 03:04 UTC",
    }
    counts = [row(root, f"Records {name}").text for name in ("in", "loaded", "left out")]
    assert counts == ["1,234", "1,230", "4"]
    assert row(root, "Values withheld").text == "7"
    assert int(row(root, "Statements").text) > 30
    assert "bodies.csv" in root.one("table").text


def test_a_graph_that_nobody_feeds_says_what_it_is(client: FlaskClient) -> None:
    root = page(client, "/graph/links")
    assert root.one(class_="gm-caption").text == "Named graph"
    assert "the same as things that others have given an IRI" in root.one("main").text
    assert row(root, "Publisher").text == "not stated"


def test_the_ontology_explains_each_term_under_its_anchor(client: FlaskClient) -> None:
    root = page(client, "/def/gm")
    assert [each.text for each in root.one("nav", class_="gm-contents").all("a")] == [
        "local authority",
        "public body",
        "administers",
        "Concept schemes",
    ]
    term = root.one(id="LocalAuthority")
    assert term.one("h3").text == "local authority gm:LocalAuthority"
    assert row(term, "Is a kind of").text == "public body"
    assert row(term, "In use").text == "1 thing: local authority"
    assert row(root, "Identifier schemes").text.endswith("2 concepts, used 3 times.")


def test_a_concept_scheme_lists_its_concepts(client: FlaskClient) -> None:
    root = page(client, "/def/identifier-scheme")
    concept = root.one(id="gss")
    assert concept.one("h3").text == "GSS code gss"
    assert row(concept, "In use").text == "2 things: GSS code"
