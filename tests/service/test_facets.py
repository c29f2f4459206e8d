"""Lists that are narrowed by facets: which things stay, what is counted, and where links lead."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, parse

from ontology.vocab import FOAF
from service import listing
from service.app import create_app
from service.facets import FACETS, NOT_STATED, Choice, facet_values
from service.listing import FacetView, Listing, read_listing, view_listing
from service.settings import Settings
from service.store import Release, Releases
from tests.service.conftest import ASSETS, BASE, publish, read_graph, same
from tests.service.in_process_runner import InProcessRunner
from tests.service.page_tree import Parsed

EXAMPLETON = f"{BASE}id/organisation/GM-exampleton"
FIRST, SECOND = "http://kinds.example/1", "http://kinds.example/2"


@pytest.fixture(scope="module")
def offers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory whose release holds services and datasets of invented bodies."""
    path = tmp_path_factory.mktemp("offers")
    file = Path(__file__).parent / "fixtures" / "offers.trig"
    publish(path, "20250102T030405Z-00000001", list(parse(path=file, format=RdfFormat.TRIG)))
    return path


@pytest.fixture(scope="module")
def offered(offers: Path) -> Release:
    return Releases(offers).current()


@pytest.fixture(scope="module")
def browser(offers: Path, runner: InProcessRunner) -> FlaskClient:
    return create_app(Settings(data=offers), runner, ASSETS).test_client()


def narrowed(release: Release, kind: str, asked: Mapping[str, str]) -> Listing:
    listing = read_listing(release, kind, None, asked)
    assert listing is not None
    return listing


def names(listing: Listing) -> list[str]:
    return [iri.rpartition("/")[2] for iri in listing.members]


def test_every_facet_has_a_name_of_its_own_within_its_kind() -> None:
    for facets in FACETS.values():
        assert len({facet.name for facet in facets}) == len(facets)
        assert not {facet.name for facet in facets} & {"page", "format"}


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, ["1", "2", "4", "3"]),
        ({"provider": EXAMPLETON}, ["1", "2"]),
        ({"type": SECOND}, ["2", "3"]),
        ({"provider": EXAMPLETON, "type": SECOND}, ["2"]),
        ({"provider": NOT_STATED}, []),
        ({"provider": "Somebody"}, ["4"]),
        ({"type": NOT_STATED}, ["4"]),
        ({"provider": "http://nobody.example/"}, []),
        ({"campaign": "of somebody's newsletter"}, ["1", "2", "4", "3"]),
    ],
)
def test_a_list_keeps_the_things_that_have_every_chosen_value(
    offered: Release, asked: dict[str, str], left: list[str]
) -> None:
    listing = narrowed(offered, "service", asked)
    assert names(listing) == left
    assert listing.size == 4
    assert set(listing.chosen) == set(asked) - {"campaign"}


def test_choices_count_the_things_that_they_leave_of_the_rest(offered: Release) -> None:
    of_type = next(facet for facet in FACETS["service"] if facet.name == "type")
    members = narrowed(offered, "service", {"provider": EXAMPLETON}).members
    assert facet_values(offered).choices("service", of_type, members) == [
        Choice(FIRST, 2),
        Choice(SECOND, 1),
    ]


def test_the_values_of_other_kinds_are_no_values_of_this_one(offered: Release) -> None:
    licence = next(facet for facet in FACETS["dataset"] if facet.name == "licence")
    members = narrowed(offered, "dataset", {}).members
    assert facet_values(offered).choices("dataset", licence, members) == [
        Choice(NOT_STATED, 1),
        Choice("An open licence", 1),
        Choice("http://licences.example/nameless", 1),
        Choice("http://licences.example/open", 1),
    ]


def test_what_is_only_stated_in_words_is_stated(offered: Release) -> None:
    publisher = next(facet for facet in FACETS["dataset"] if facet.name == "publisher")
    members = narrowed(offered, "dataset", {}).members
    assert facet_values(offered).choices("dataset", publisher, members) == [
        Choice(NOT_STATED, 2),
        Choice("Exampleton parks", 1),
        Choice(EXAMPLETON, 1),
    ]


def test_links_keep_the_other_choices_and_clear_their_own(offered: Release) -> None:
    listing = narrowed(offered, "service", {"provider": EXAMPLETON})
    view = view_listing(offered, listing, "/doc/service", ())
    provider, of_type = view.facets
    assert provider.cleared == "/doc/service"
    assert [(each.label, each.count, each.chosen) for each in provider.choices] == [
        ("Exampleton Council", 2, True)
    ]
    assert of_type.cleared is None
    assert [(each.label, each.count) for each in of_type.choices] == [
        ("First kind", 2),
        ("Second kind", 1),
    ]
    target = urlsplit(of_type.choices[1].href)
    assert target.path == "/doc/service"
    assert parse_qs(target.query) == {"provider": [EXAMPLETON], "type": [SECOND]}
    assert view.whole is not None
    assert (view.whole.label, view.whole.href) == ("Services", "/doc/service")


def test_a_facet_lists_its_choices_and_counts_those_that_it_does_not(
    offered: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    def provider() -> FacetView:
        return view_listing(offered, narrowed(offered, "service", {}), "/doc/service", ()).facets[0]

    assert (len(provider().choices), provider().more) == (3, 0)
    monkeypatch.setattr(listing, "CHOICES", 2)
    assert (len(provider().choices), provider().more) == (2, 1)


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({}, "Services"),
        ({"type": SECOND}, "Services: Second kind"),
        (
            {"type": SECOND, "provider": EXAMPLETON},
            "Services: Exampleton Council, Second kind",
        ),
        ({"type": NOT_STATED}, "Services: type of service not stated"),
        ({"type": "http://no.example/"}, "Services: http://no.example/"),
    ],
)
def test_a_list_is_called_by_what_it_was_narrowed_by(
    offered: Release, browser: FlaskClient, asked: dict[str, str], title: str
) -> None:
    assert view_listing(offered, narrowed(offered, "service", asked), "/x", ()).title == title
    root = Parsed(browser.get("/doc/service.html", query_string=asked).text).root
    assert root.one("h1").text == title
    assert root.one("title").text == f"{title} – Greater Manchester Knowledge Graph"


def test_each_page_of_a_long_list_has_a_title_of_its_own(
    offered: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 1)
    second = read_listing(offered, "service", "2", {"type": SECOND})
    assert second is not None
    view = view_listing(offered, second, "/doc/service", ())
    assert (view.title, view.numbered) == (
        "Services: Second kind",
        "Services: Second kind, page 2 of 2",
    )


def test_a_choice_that_leaves_nothing_is_shown_with_the_ways_out(offered: Release) -> None:
    asked = {"provider": EXAMPLETON, "type": "http://no.example/"}
    view = view_listing(offered, narrowed(offered, "service", asked), "/doc/service", ())
    provider, of_type = view.facets
    assert [(each.label, each.count, each.chosen) for each in provider.choices] == [
        ("Exampleton Council", 0, True)
    ]
    assert [(each.label, each.count, each.chosen) for each in of_type.choices] == [
        ("http://no.example/", 0, True)
    ]
    assert urlsplit(str(provider.cleared)).query == "type=http%3A%2F%2Fno.example%2F"
    assert parse_qs(urlsplit(str(of_type.cleared)).query) == {"provider": [EXAMPLETON]}


def test_what_tells_nothing_apart_is_no_facet_of_the_page(offered: Release) -> None:
    view = view_listing(offered, narrowed(offered, "service", {}), "/doc/service", ())
    assert [facet.heading for facet in view.facets] == ["Provider", "Type of service"]
    assert "Not stated" in [choice.label for choice in view.facets[1].choices]
    assert view.whole is None


def test_the_page_says_how_many_are_left_and_links_to_each(browser: FlaskClient) -> None:
    page = browser.get("/doc/service.html", query_string={"type": SECOND}).text
    assert "2 services." in page
    assert 'href="/id/service/offers/2"' in page
    assert 'href="/id/service/offers/1"' not in page
    nothing = browser.get("/doc/service.html", query_string={"type": "http://no.example/"})
    assert nothing.status_code == 200
    assert "Nothing has all that was chosen." in nothing.text


def test_a_kind_that_people_expect_has_a_list_even_where_it_is_empty(browser: FlaskClient) -> None:
    page = browser.get("/doc/area.html")
    assert (page.status_code, "There are none here yet." in page.text) == (200, True)
    assert browser.get("/id/area").status_code == 303
    assert browser.get("/doc/unicorn").status_code == 404


def test_a_narrowed_list_as_data_is_a_subset_with_a_size_of_its_own(
    browser: FlaskClient,
) -> None:
    asked = {"provider": EXAMPLETON}
    query = urlencode(asked)
    reply = browser.get("/doc/service.ttl", query_string=asked)
    expected = f"""
        @prefix dct: <http://purl.org/dc/terms/> .
        @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix void: <http://rdfs.org/ns/void#> .
        @base <{BASE}> .
        <doc/service?{query}> foaf:primaryTopic <id/service?{query}> .
        <id/service> a void:Dataset ; dct:title "Services"@en ; void:entities 4 ;
            void:uriSpace "{BASE}id/service/" ; void:subset <id/service?{query}> .
        <id/service?{query}> a void:Dataset ;
            dct:title "Services: Exampleton Council"@en ; void:entities 2 ;
            rdfs:member <id/service/offers/1>, <id/service/offers/2> .
        <id/service/offers/1> dct:title "Alpha"@en .
        <id/service/offers/2> dct:title "Beta"@en .
    """
    assert same(read_graph(reply.data, "ttl"), read_graph(expected.encode(), "ttl"))
    location = urlsplit(reply.headers["Content-Location"])
    assert location.path == "/doc/service.ttl"
    assert parse_qs(location.query) == {"provider": [EXAMPLETON]}
    assert f'</id/service?{query}>; rel="describes"' in reply.headers.getlist("Link")


def test_the_subset_leads_to_its_document(browser: FlaskClient) -> None:
    query = urlencode({"provider": EXAMPLETON})
    reply = browser.get(f"/id/service?{query}")
    assert (reply.status_code, reply.headers["Location"]) == (303, f"/doc/service?{query}")


def test_a_page_of_a_list_is_a_document_of_its_own(
    offered: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 1)
    second = read_listing(offered, "service", "2", {})
    assert second is not None
    topics = [
        (quad.subject, quad.object)
        for quad in listing.describe_listing(offered, second)
        if quad.predicate.value == FOAF.primaryTopic
    ]
    assert topics == [(NamedNode(f"{BASE}doc/service?page=2"), NamedNode(f"{BASE}id/service"))]


def test_the_two_lists_have_different_entity_tags(browser: FlaskClient) -> None:
    tags = {
        browser.get("/doc/service.ttl", query_string=query).headers["ETag"]
        for query in ({}, {"type": FIRST}, {"type": SECOND}, {"provider": EXAMPLETON})
    }
    assert len(tags) == 4


def test_the_page_of_a_dataset_lists_its_distributions_in_a_table(browser: FlaskClient) -> None:
    page = browser.get("/doc/dataset/offers/trees.html").text
    table = page[page.index(">Distribution</th>") : page.index("</table>")]
    assert 'href="https://data.exampleton.example/trees.csv"' in table
    assert 'href="https://data.exampleton.example/map"' in table
    assert "Map viewer" in table
    assert "The Open Example Licence" in table
    assert table.count("not stated") == 1  # the licence of the map


def test_a_distribution_leads_to_its_dataset(browser: FlaskClient) -> None:
    page = Parsed(browser.get("/doc/distribution/offers/trees-csv.html").text).root
    links = list(page.one("nav", class_="govuk-breadcrumbs").all("a"))
    assert [(each.text, each.attributes["href"]) for each in links] == [
        ("Home", "/"),
        ("Datasets", "/doc/dataset"),
        ("Trees", "/id/dataset/offers/trees"),
    ]
    listed = Parsed(browser.get("/doc/distribution.html").text).root
    assert [each.text for each in listed.all("th", scope="col")][:2] == ["Name", "Dataset"]
    assert [each.one("td").text for each in listed.one("tbody").all("tr")] == ["Trees", "Trees"]


def test_somebody_elses_concept_leads_to_what_is_known_of_it_here(browser: FlaskClient) -> None:
    page = browser.get("/doc/service/offers/1.html").text
    assert 'href="/resource?iri=http%3A//kinds.example/1"' in page or (
        'href="/resource?iri=http://kinds.example/1"' in page
    )
    concept = browser.get("/resource", query_string={"iri": FIRST, "format": "html"}).text
    assert 'href="/id/service/offers/2"' in concept
    assert f'href="{FIRST}"' in concept  # and its own address is not lost


def test_an_address_in_the_place_of_a_name_may_break_anywhere(browser: FlaskClient) -> None:
    page = Parsed(browser.get("/doc/service.html").text).root
    plain = page.one("tbody").one("a", href="/id/organisation/GM-exampleton")
    assert "gm-address" not in plain.attributes["class"].split()
    page = Parsed(browser.get("/doc/dataset.html").text).root
    bare = page.one("tbody").one("a", href="http://licences.example/nameless")
    assert "gm-address" in bare.attributes["class"].split()
