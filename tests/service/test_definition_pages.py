"""The pages of the ontology, of a concept scheme and of the shapes."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from service.app import create_app
from service.settings import Settings
from service.store import Release, Releases
from tests.service.conftest import ASSETS, publish
from tests.service.conftest_pages import page
from tests.service.in_process_runner import InProcessRunner
from tests.service.page_tree import Element, row
from tests.service.test_pages import faults

FIXTURE = Path(__file__).parent / "fixtures" / "definitions.trig"


@pytest.fixture(scope="module")
def kites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kites")
    publish(path, "20250102T030405Z-00000004", list(parse(path=FIXTURE, format=RdfFormat.TRIG)))
    return path


@pytest.fixture(scope="module")
def client(kites: Path, runner: InProcessRunner) -> FlaskClient:
    return create_app(Settings(data=kites), runner, ASSETS).test_client()


@pytest.fixture(scope="module")
def release(kites: Path) -> Release:
    return Releases(kites).current()


def names(element: Element) -> list[str]:
    return [each.text for each in element.all("a")]


def rows(element: Element) -> dict[str, str]:
    return {
        each.one("dt").text: each.one("dd").text
        for each in element.all(class_="gm-properties__row")
    }


@pytest.mark.parametrize("path", ["/def/gm", "/def/wind", "/def/shapes"])
def test_the_pages_are_well_made(client: FlaskClient, path: str) -> None:
    assert faults(page(client, path)) == []


def test_a_term_says_what_it_is_and_how_it_stands_to_others(client: FlaskClient) -> None:
    article = page(client, "/def/gm").one(id="Kite")
    assert article.one("h3").text == "kite gm:Kite"
    assert article.one("p").text == "What flies on a string."
    assert rows(article) == {
        "In plain English": "A toy.",
        "For example": "A red kite",
        "Is a kind of": "toy",
        "In other vocabularies": (
            "a kind of org:Role (another site); the same as http://toys.example/Kite (another site)"
        ),
        "Shapes": "kite",
        "Status": "stable",
        "In use": "2 things: kite",
    }


def test_a_deprecated_term_is_shown_as_such_and_no_other(client: FlaskClient) -> None:
    root = page(client, "/def/gm")
    assert root.one(id="Hoop").one("h3").text == "hoop gm:Hoop Deprecated"
    assert row(root.one(id="Hoop"), "Replaced by").text == "toy"
    assert row(root.one(id="Hoop"), "In use").text == "not yet"
    assert "Deprecated" not in root.one(id="Toy").text


def test_the_table_of_contents_groups_properties_by_what_they_are_said_of(
    client: FlaskClient,
) -> None:
    contents = page(client, "/def/gm").one("nav", class_="gm-contents")
    classes, properties = contents.all("details")
    assert [each.text for each in contents.all("summary")] == ["Classes (3)", "Properties (4)"]
    assert names(classes) == ["hoop", "kite", "toy"]
    assert [each.text for each in properties.all("h2")] == ["Kite", "Things of any kind"]
    assert [names(each) for each in properties.all("ul")] == [
        ["string length", "tail"],
        ["owner", "weight"],
    ]


@pytest.mark.parametrize(
    ("path", "term", "things"),
    [
        ("/def/gm", "Kite", ["Kite 1", "Kite 2"]),
        ("/def/gm", "string", ["Kite 1", "Kite 2"]),
        ("/def/wind", "calm", ["Kite 1"]),
    ],
)
def test_the_count_of_uses_leads_to_a_query_that_finds_as_many(
    client: FlaskClient, release: Release, path: str, term: str, things: list[str]
) -> None:
    used = row(page(client, path).one(id=term), "In use").one("a")
    address = urlsplit(used.attributes["href"])
    assert address.path == "/sparql"
    [query] = parse_qs(address.query)["query"]
    solutions = release.store.query(query, use_default_graph_as_union=False)
    found = sorted(release.labels.of(each["thing"].value) for each in solutions)  # type: ignore[union-attr]
    assert found == things
    assert used.text.startswith(f"{len(things)} thing")


def test_a_concept_says_what_it_matches(client: FlaskClient) -> None:
    root = page(client, "/def/wind")
    found = row(root.one(id="calm"), "In other vocabularies")
    site = "(another site)"
    assert found.text == (
        f"exact match http://winds.example/0 {site}; close match http://winds.example/1 {site}; "
        f"broader match http://winds.example/2 {site}; narrower match http://winds.example/3 {site}"
        f"; related match http://winds.example/4 {site}"
    )
    aside = root.one(class_="gm-aside")
    assert "Replaced by" in [each.text for each in aside.all("h2")]


def test_the_turtle_of_a_term_is_what_is_stated_of_it_and_no_more(client: FlaskClient) -> None:
    text = page(client, "/def/gm").one(id="Hoop").one("pre").text_as_written
    assert text == (
        "@prefix dct: <http://purl.org/dc/terms/> .\n"
        "@prefix gm: <https://w3id.org/greater-manchester/def/gm#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "gm:Hoop a owl:Class ;\n"
        "\tdct:isReplacedBy gm:Toy ;\n"
        "\trdfs:isDefinedBy <https://w3id.org/greater-manchester/def/gm> ;\n"
        '\trdfs:label "hoop"@en ;\n'
        "\towl:deprecated true .\n"
    )


def test_the_shapes_of_a_class_stand_under_it_in_words(client: FlaskClient) -> None:
    root = page(client, "/def/shapes")
    assert [each.one("h2").text for each in root.all("section", class_="gm-target")] == [
        "kite",
        "toy",
    ]
    kite = root.one(id="class-gm-Kite")
    assert kite.one("p").text == "Held against these shapes: 2 things: kite."
    message, demand, shared = list(kite.one("article").all("p"))
    assert message.text == "A kite needs a tail or is calm. Violation"
    assert demand.text == (
        "fits one or more of has tail, no owner "
        "(tail: at least 1 | does not fit (owner: at least 1 and at most 3))"
    )
    assert shared.text == "And as for things of other classes: owner."
    assert shared.one("a").attributes["href"] == "/def/shapes#Owner"
    assert rows(kite) == {
        "string length KiteString": (
            "A kite has one string. Warning exactly 1; each is of the datatype xsd:integer "
            "(another site); none is after or greater than a value of weight; each is at least 2"
        )
    }
    assert kite.one("dd").text.count("Warning") == 1


def test_what_several_shapes_have_and_what_they_are_made_of_stand_once(
    client: FlaskClient,
) -> None:
    root = page(client, "/def/shapes")
    owner = [each.text for each in root.one(id="Owner").all("p")]
    assert owner[0] == "An owner is a link. Violation"
    assert owner[1] == (
        "each is a org:Organization (another site); none is also a value of tail; each is a link"
    )
    assert [each.text for each in root.one(id="HasOwner").all("p")] == ["at least 1 and at most 3"]
    wind = root.one(id="Wind").one("p").text
    assert wind == "sh:closed: true; each is one of Calm; most characters: 9"
    ids = [each.attributes["id"] for each in root.all() if "id" in each.attributes]
    assert len(ids) == len(set(ids))


def test_a_list_that_never_ends_is_written_once_in_the_turtle(client: FlaskClient) -> None:
    text = page(client, "/def/shapes").one(id="Wind").one("pre").text_as_written
    assert text.count("rdf:rest gm-shapes:Winds") == 1
