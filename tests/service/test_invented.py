"""What was made up: how lists and the home page tell it from what is real, and never hold it up."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from service.app import create_app
from service.pages.home import home_view
from service.settings import Settings
from service.store import Release, Releases
from tests.service.conftest import ASSETS, BASE, publish
from tests.service.in_process_runner import InProcessRunner
from tests.service.page_tree import Element, Parsed


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory whose release holds things that were made up, and others."""
    path = tmp_path_factory.mktemp("invented")
    file = Path(__file__).parent / "fixtures" / "invented.trig"
    publish(path, "20250102T030405Z-00000007", list(parse(path=file, format=RdfFormat.TRIG)))
    return path


@pytest.fixture(scope="module")
def release(invented: Path) -> Release:
    return Releases(invented).current()


@pytest.fixture(scope="module")
def client(invented: Path, runner: InProcessRunner) -> FlaskClient:
    return create_app(Settings(data=invented), runner, ASSETS).test_client()


def page(client: FlaskClient, path: str) -> Element:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200, path
    return Parsed(response.text).root


def rows(client: FlaskClient, path: str) -> list[list[str]]:
    """The heads and cells of the table of a list."""
    return [
        [cell.text for cell in row.all() if cell.name in ("th", "td")]
        for row in page(client, path).one("table").all("tr")
    ]


def test_the_home_page_begins_from_nothing_that_was_made_up(release: Release) -> None:
    view = home_view(release)
    assert view.example is not None
    assert view.example.iri == f"{BASE}id/organisation/GM-real"
    assert view.graph is not None
    assert view.graph.name == "real"


def test_the_home_page_says_how_many_were_made_up(release: Release, client: FlaskClient) -> None:
    view = home_view(release)
    counts = [(each.href, each.count, each.note) for each in (*view.kinds, *view.other_kinds)]
    assert counts == [
        ("/doc/organisation", 3, "1 illustrative"),
        ("/doc/data-flow", 2, "all illustrative"),
        ("/doc/statement", 3, ""),
        ("/doc/document", 2, ""),
        ("/doc/post", 2, "1 illustrative"),
        ("/doc/barrier", 1, "illustrative"),
        ("/doc/strategy", 1, ""),
        ("/doc/unit", 1, "illustrative"),
    ]
    root = page(client, "/")
    tiles = [each.text for each in root.all("li", class_="gm-count")]
    assert tiles[:2] == ["3 organisations, 1 illustrative", "2 data flows, all illustrative"]
    assert len(tiles) == 6
    assert "1 strategy" in root.one("main").text


def test_the_home_page_leads_to_the_questions_and_the_strategy_first(client: FlaskClient) -> None:
    main = page(client, "/").one("main")
    hrefs = [each.attributes["href"] for each in main.all("a")]
    assert hrefs[:2] == ["/queries", "/id/strategy/gmis-2022"]
    assert "Information Strategy" in next(iter(main.all("p", class_="gm-lead"))).text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/doc/data-flow", "Everything in this list is illustrative"),
        ("/doc/organisation", "1 of these 3 organisations is illustrative"),
        ("/doc/statement", None),
    ],
)
def test_a_list_of_things_that_were_made_up_says_so(
    client: FlaskClient, path: str, words: str | None
) -> None:
    banners = [each.text for each in page(client, path).all(class_="gm-illustrative")]
    assert len(banners) == (words is not None)
    assert words is None or words in banners[0]


def test_statements_come_by_their_document_and_their_place_in_it(client: FlaskClient) -> None:
    assert rows(client, "/doc/statement") == [
        ["Name", "Document", "Position"],
        ["Gamma", "Minutes", "11"],
        ["Beta", "Paper", "9"],
        ["Alpha", "Paper", "10"],
    ]


def test_a_list_has_the_columns_of_its_kind_that_are_filled(client: FlaskClient) -> None:
    assert rows(client, "/doc/data-flow") == [
        ["Name", "From", "To"],
        ["First flow", "Aardvark Council", "Real Council"],
        ["Second flow", "Real Council", "Aardvark Council"],
    ]
    assert rows(client, "/doc/post") == [
        ["Name", "Organisation", "Unit"],
        ["Clerk", "Aardvark Council", "Records"],
        ["Keeper", "Real Council", ""],
    ]
    assert rows(client, "/doc/barrier") == [["Name", "Code"], ["A barrier", "B-1"]]


def test_posts_are_narrowed_by_bodies_and_not_by_units(client: FlaskClient) -> None:
    choices = page(client, "/doc/post").all("ul", class_="gm-choices")
    labels = [each.text for choice in choices for each in choice.all("a")]
    assert sorted(labels) == ["Aardvark Council", "Real Council"]


@pytest.mark.parametrize("kind", ["system", "disposal", "place", "distribution", "nothing"])
def test_a_kind_of_which_nothing_is_seen_is_as_one_that_there_is_not(
    client: FlaskClient, kind: str
) -> None:
    assert client.get(f"/doc/{kind}").status_code == 404


@pytest.mark.parametrize("kind", ["service", "dataset", "information-asset", "area"])
def test_what_the_navigation_leads_to_is_there_even_when_empty(
    client: FlaskClient, kind: str
) -> None:
    assert "There are none here yet." in page(client, f"/doc/{kind}").text
