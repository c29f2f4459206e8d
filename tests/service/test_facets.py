"""Lists that are narrowed by facets: which things stay, what is counted, and where links lead."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from service.app import create_app
from service.facets import FACETS, NOT_STATED, Choice, facet_values
from service.listing import Listing, read_listing, view_listing
from service.query_runner import InProcessRunner
from service.settings import Settings
from service.store import Release, Releases
from tests.service.conftest import ASSETS, BASE, publish, read_graph

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
        ({"provider": NOT_STATED}, ["4"]),
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
        Choice("http://licences.example/open", 1)
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
    assert view.whole == "/doc/service"


def test_what_tells_nothing_apart_is_no_facet_of_the_page(offered: Release) -> None:
    view = view_listing(offered, narrowed(offered, "service", {}), "/doc/service", ())
    assert [facet.heading for facet in view.facets] == ["Provider", "Type of service"]
    assert "Not stated" in [choice.label for choice in view.facets[0].choices]
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


def test_a_narrowed_list_as_data_holds_its_members_and_the_size_of_the_whole_set(
    browser: FlaskClient,
) -> None:
    reply = browser.get("/doc/service.ttl", query_string={"provider": EXAMPLETON})
    graph = read_graph(reply.data, "ttl")
    found = graph.query(
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
        "PREFIX void: <http://rdfs.org/ns/void#>"
        "SELECT ?member ?size { ?set void:entities ?size ; rdfs:member ?member }"
    )
    assert {tuple(map(str, row)) for row in found} == {  # type: ignore[arg-type]
        (f"{BASE}id/service/offers/1", "4"),
        (f"{BASE}id/service/offers/2", "4"),
    }
    location = urlsplit(reply.headers["Content-Location"])
    assert location.path == "/doc/service.ttl"
    assert parse_qs(location.query) == {"provider": [EXAMPLETON]}


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


def test_somebody_elses_concept_leads_to_what_is_known_of_it_here(browser: FlaskClient) -> None:
    page = browser.get("/doc/service/offers/1.html").text
    assert 'href="/resource?iri=http%3A//kinds.example/1"' in page or (
        'href="/resource?iri=http://kinds.example/1"' in page
    )
    concept = browser.get("/resource", query_string={"iri": FIRST, "format": "html"}).text
    assert 'href="/id/service/offers/2"' in concept
    assert f'href="{FIRST}"' in concept  # and its own address is not lost
