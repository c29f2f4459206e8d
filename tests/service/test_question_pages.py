"""Every question of the service, asked of the city: whatever it finds, it can be asked."""

import pytest
from flask.testing import FlaskClient

from queries.parameters import Parameter
from queries.query import Query, all_queries
from service.admission import admit
from service.app import create_app
from service.pages.questions import PERSONAS
from service.settings import Settings
from tests.service.conftest import ASSETS
from tests.service.conftest_audiences import RELEASE, make_tokens, publish_for_all, views
from tests.service.page_tree import Parsed

RESERVED = {
    "ownership-gaps": "internal",
    "where-personal-data-is": "internal",
    "what-depends-on-a-thing": "internal",
    "past-retention": "internal",
    "my-list": "internal",
    "names-without-an-organisation": "internal",
    "high-risk-without-an-assessment": "internal",
    "flows-without-a-basis": "internal",
    "flows-without-an-agreement": "internal",
    "record-of-processing": "internal",
    "systems-that-overlap": "partner",
}
WHO = {"internal": "staff", "partner": "partner organisations and staff"}
QUESTIONS = [each for each in all_queries() if each.name.startswith(("competency/", "rules/"))]
VALUES = {
    "iri": "https://example.org/thing",
    "text": "MAN",
    "organisation": "GB-LAE-MAN",
    "day": "2026-01-01",
}


def value(parameter: Parameter) -> str:
    return VALUES.get(parameter.type, "GM-nobody/1")


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the city with a steward's token, who may ask everything."""
    data = tmp_path_factory.mktemp("staff")
    publish_for_all(data, RELEASE, views())
    token = make_tokens(data)["steward"]
    client = create_app(Settings(data=data), assets=ASSETS).test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: query.address)
def test_a_question_has_a_form_a_page_and_data(query: Query, staff: FlaskClient) -> None:
    client = staff
    assert query.persona in PERSONAS
    path = f"/queries/{query.address}"
    needed = {each.name: value(each) for each in query.parameters if each.required}
    form = client.get(path, headers={"Accept": "text/html"})
    assert form.status_code == 200
    root = Parsed(form.text).root.one("main")
    for parameter in query.parameters:
        (label,) = root.all("label", for_=f"field-{parameter.name}")
        assert label.text
    page = client.get(path, query_string=needed, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert Parsed(page.text).root.one(id="results").one("h2").text == "Answer"
    gives_graph = admit(query.text).form.gives_graph
    for form_of_data in ("ttl", "nt") if gives_graph else ("csv", "json", "ttl"):
        reply = client.get(f"{path}.{form_of_data}", query_string=needed)
        assert reply.status_code == 200, form_of_data


@pytest.mark.parametrize(
    "query", [each for each in QUESTIONS if each.parameters], ids=lambda query: query.address
)
def test_the_query_that_a_page_shows_gives_the_rows_of_the_page(
    query: Query, staff: FlaskClient
) -> None:
    client = staff
    values = {each.name: value(each) for each in query.parameters if each.required}
    page = client.get(
        f"/queries/{query.address}", query_string=values, headers={"Accept": "text/html"}
    )
    shown = Parsed(page.text).root.one("pre").text_as_written
    again = client.post("/sparql", data={"query": shown, "format": "csv"})
    assert again.status_code == 200, again.text
    asked = client.get(f"/queries/{query.address}.csv", query_string=values)
    assert sorted(again.text.splitlines()) == sorted(asked.text.splitlines())


def test_questions_that_rest_on_what_is_hidden_are_reserved() -> None:
    assert {
        each.address: each.audience for each in QUESTIONS if each.audience != "public"
    } == RESERVED


@pytest.mark.parametrize("slug", RESERVED)
@pytest.mark.parametrize("accept", ["text/html", "text/csv"])
def test_whoever_sees_half_is_told_nothing_rather_than_half(
    slug: str, accept: str, client: FlaskClient
) -> None:
    reply = client.get(
        f"/queries/{slug}?thing=urn:a:b&post=GM-a/b&controller=GM-a", headers={"Accept": accept}
    )
    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"] == 'Bearer realm="gmkg"'
    whom = WHO[RESERVED[slug]]
    needs = f"It needs data that only {whom} may see. Sign in with "
    if accept == "text/csv":
        told = reply.get_json()
        assert told["title"] == f"This question is for {whom}."
        assert told["detail"].startswith(needs)
    else:
        root = Parsed(reply.text).root.one("main")
        assert root.one("h1").text == f"This question is for {whom}."
        assert needs in root.text
        assert "What you can do" not in root.text
        assert "/sign-in" in {each.attributes["href"] for each in root.all("a")}


def test_a_partner_is_told_that_the_token_is_a_partners(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    data = tmp_path_factory.mktemp("partner")
    publish_for_all(data, RELEASE, views())
    token = make_tokens(data)["partner"]
    client = create_app(Settings(data=data), assets=ASSETS).test_client()
    reply = client.get("/queries/ownership-gaps", headers={"Authorization": f"Bearer {token}"})
    assert reply.status_code == 403
    assert reply.get_json()["detail"] == (
        "It needs data that only staff may see. Your token is a partner's: use a staff token."
    )


def test_the_list_says_for_whom_a_question_is(client: FlaskClient) -> None:
    root = Parsed(client.get("/queries", headers={"Accept": "text/html"}).text).root
    tags = {
        each.one("a").attributes["href"]: tag.text
        for each in root.all("li", class_="gm-question")
        for tag in each.all(class_="govuk-tag")
    }
    told = {"partner": "for partners", "internal": "for staff"}
    assert tags == {f"/queries/{slug}": told[audience] for slug, audience in RESERVED.items()}
