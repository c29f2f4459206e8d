"""A thing's page leads to the questions that can be asked of it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import Settings
from tests.service.conftest import ASSETS, BASE
from tests.service.conftest_audiences import RELEASE, make_tokens, publish_for_all, views
from tests.service.page_tree import Parsed

MANCHESTER = f"{BASE}id/organisation/GB-LAE-MAN"


def offered(client: FlaskClient, path: str) -> dict[str, dict[str, list[str]]]:
    """The questions that a page leads to, each with the values that it gives them."""
    root = Parsed(client.get(path, headers={"Accept": "text/html"}).text).root
    links = [a.attributes["href"] for each in root.all(class_="gm-further") for a in each.all("a")]
    split = [urlsplit(each) for each in links]
    return {each.path.removeprefix("/queries/"): parse_qs(each.query) for each in split}


def test_an_organisations_page_leads_to_questions_about_organisations(client: FlaskClient) -> None:
    found = offered(client, "/doc/organisation/GB-LAE-MAN")
    assert found["datasets-of-an-organisation"] == {"organisation": ["GB-LAE-MAN"]}
    assert found["information-assets"] == {"organisation": ["GB-LAE-MAN"]}
    assert found["flows"] == {"source": ["GB-LAE-MAN"]}
    assert found["licence-of-a-thing"] == {"thing": [MANCHESTER]}
    assert "datasets-about-an-area" not in found
    assert "ownership-gaps" not in found, "it is for staff"


def test_each_of_them_can_be_asked_as_it_is_offered(client: FlaskClient) -> None:
    root = Parsed(client.get("/doc/area/E08000003", headers={"Accept": "text/html"}).text).root
    links = [a.attributes["href"] for each in root.all(class_="gm-further") for a in each.all("a")]
    assert len(links) >= 3
    for link in links:
        reply = client.get(link, headers={"Accept": "text/html"})
        assert reply.status_code == 200
        assert "is no" not in Parsed(reply.text).root.one("main").text.partition("The query")[0]


def test_staff_are_led_to_what_is_for_staff(tmp_path_factory: pytest.TempPathFactory) -> None:
    data = tmp_path_factory.mktemp("staff")
    publish_for_all(data, RELEASE, views())
    token = make_tokens(data)["steward"]
    client = create_app(Settings(data=data), assets=ASSETS).test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    assert "ownership-gaps" in offered(client, "/doc/organisation/GB-LAE-MAN")


def test_a_definition_leads_to_no_question_about_things(client: FlaskClient) -> None:
    assert offered(client, "/def/area-type/metropolitan-district") == {}
