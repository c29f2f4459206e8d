"""What question pages say of their rows: what is made up, what applies, lengths of time, names."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

import ontology
from ontology.namespaces import DEF
from ontology.vocab import DCT, GM, ORG, RDF, SKOS, XSD
from service.app import create_app
from service.settings import Settings
from tests.service.conftest import ASSETS, BASE, city
from tests.service.conftest_audiences import RELEASE, make_tokens, publish_for_all
from tests.service.page_tree import Element, Parsed

GRAPH = NamedNode(f"{BASE}graph/made")
YES = Literal("true", datatype=NamedNode(XSD.boolean))
MADE_UP = "made up to show how such records are kept."
ASSET = "information-asset/GM-made"
BODY = "organisation/GM-made"

Clients = Callable[[str], FlaskClient]


def node(path: str) -> NamedNode:
    return NamedNode(path if path.startswith("http") else f"{BASE}id/{path}")


def said(subject: str, predicate: str, value: Literal | str) -> Quad:
    """A statement; a value that is no literal is a thing's path or an IRI."""
    term = node(value) if isinstance(value, str) else value
    return Quad(node(subject), NamedNode(predicate), term, GRAPH)


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(datatype))


def made() -> list[Quad]:
    """One body that is made up, with its post; an asset of it, and one of a body that is not."""
    concepts = [
        Quad(each.subject, each.predicate, each.object, GRAPH)
        for scheme in ("mission-2022", "principle-2022")
        for each in parse(ontology.turtle(f"concepts/{scheme}.ttl"), format=RdfFormat.TURTLE)
    ]
    return [
        *concepts,
        said(BODY, RDF.type, ORG.Organization),
        said(BODY, SKOS.prefLabel, Literal("Madeham (illustrative)", language="en")),
        said(BODY, GM.isIllustrative, YES),
        said("post/GM-made/revenues", RDF.type, ORG.Post),
        said("post/GM-made/revenues", SKOS.prefLabel, Literal("Head of Revenues")),
        said("post/GM-made/revenues", ORG.postIn, BODY),
        said("post/GM-made/revenues", GM.isIllustrative, YES),
        said(f"{ASSET}/A", RDF.type, GM.InformationAsset),
        said(f"{ASSET}/A", DCT.title, Literal("Made accounts")),
        said(f"{ASSET}/A", GM.heldBy, BODY),
        said(f"{ASSET}/A", GM.isIllustrative, YES),
        said(f"{ASSET}/A", GM.assetOwner, "post/GM-made/revenues"),
        said(f"{ASSET}/A", GM.retentionRule, "retention-rule/GM-made/R"),
        said("retention-rule/GM-made/R", GM.retentionPeriod, typed("P18M", XSD.yearMonthDuration)),
        said(f"{ASSET}/B", RDF.type, GM.InformationAsset),
        said(f"{ASSET}/B", DCT.title, Literal("Real accounts")),
        said(f"{ASSET}/B", GM.heldBy, "organisation/GB-LAE-MAN"),
        said("contribution/1", RDF.type, GM.Contribution),
        said("contribution/1", GM.contributesTo, f"{DEF}mission-2022/1"),
        said("contribution/1", GM.contributor, f"{ASSET}/A"),
        said("contribution/2", RDF.type, GM.Contribution),
        said("contribution/2", GM.contributesTo, f"{DEF}mission-2022/1"),
        said("contribution/2", GM.contributor, f"{ASSET}/B"),
    ]


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Clients:
    """A client for each role of tokens, and for “” one without a token."""
    data = tmp_path_factory.mktemp("made")
    publish_for_all(
        data, RELEASE, dict.fromkeys(("public", "partner", "internal"), city() + made())
    )
    tokens = make_tokens(data)

    def client(role: str) -> FlaskClient:
        found = create_app(Settings(data=data), assets=ASSETS).test_client()
        if role:
            found.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {tokens[role]}"
        return found

    return client


def page(client: FlaskClient, path: str, status: int = 200) -> Element:
    reply = client.get(path, headers={"Accept": "text/html"})
    assert reply.status_code == status, reply.text
    return Parsed(reply.text).root.one("main")


def rows(root: Element) -> list[dict[str, str]]:
    columns = [each.text for each in root.all("th", scope="col")]
    return [
        dict(zip(columns, (each.text for each in row.all("td")), strict=True))
        for row in root.one("tbody").all("tr")
    ]


def test_rows_that_tell_of_what_was_made_up_say_so(clients: Clients) -> None:
    path = "/queries/information-assets"
    for asked, sentence in (
        ("", f"Some of these rows are illustrative: {MADE_UP} Those rows describe no real body."),
        (
            "?organisation=GM-made",
            f"This row is illustrative: {MADE_UP} It describes no real body.",
        ),
        ("?organisation=GB-LAE-MAN", ""),
    ):
        found = [
            each.text for each in page(clients(""), path + asked).all(class_="gm-illustrative")
        ]
        assert len(found) == bool(sentence), asked
        assert all(each.endswith(sentence) for each in found)
    (whole,) = page(clients("steward"), "/queries/my-list?post=GM-made/revenues").all(
        class_="gm-illustrative"
    )
    assert whole.text.endswith(
        f"All of these rows are illustrative: {MADE_UP} They describe no real body."
    )


def test_counts_say_how_many_were_made_up(clients: Clients) -> None:
    root = page(clients(""), "/queries/support-for-each-mission")
    (first,) = [row for row in rows(root) if row["Supporting"] != "0"]
    assert (first["Supporting"], first["Illustrative"]) == ("2", "1")
    table = clients("").get("/queries/support-for-each-mission.csv").text.splitlines()
    assert table[0] == "concept,name,scheme,supporting,asserted,illustrative"
    assert table[1].endswith(",2,0,1")


def test_missions_and_principles_stand_in_their_order(clients: Clients) -> None:
    root = page(clients(""), "/queries/what-supports-a-mission")
    missions, principles = (
        [each.text for each in root.one("select", id=f"field-{name}").all("option")]
        for name in ("mission", "principle")
    )
    assert [each[:2] for each in missions] == ["Al", *(f"{n} " for n in range(1, 7))]
    assert principles[:3] == [
        "All",
        "Doing the right things with information",
        "Valuing information",
    ]
    assert len(principles) == 11
    labels = [each.text for each in root.all("label")]
    assert labels == [
        "Mission of 2022 (optional)",
        "Principle of 2022 (optional)",
        "Mission of 2026 (optional)",
    ]


@pytest.mark.parametrize("value", ["1", "mission-2022/1", f"{DEF}mission-2022/1"])
def test_a_mission_is_chosen_however_it_was_named(value: str, clients: Clients) -> None:
    root = page(clients(""), f"/queries/what-supports-a-mission?mission={value}")
    options = list(root.one("select", id="field-mission").all("option"))
    (chosen,) = [each for each in options if "selected" in each.attributes]
    assert chosen.attributes["value"] == "1"
    assert len(options) == 7
    assert len(rows(root)) == 2


@pytest.mark.parametrize("value", ["7", "mission-2026/1", f"{DEF}mission-2026/1"])
def test_what_is_no_mission_is_refused_and_no_empty_answer(value: str, clients: Clients) -> None:
    page(clients(""), f"/queries/what-supports-a-mission?mission={value}", 400)


def test_a_post_is_chosen_by_its_name_and_whose_it_is(clients: Clients) -> None:
    root = page(clients("steward"), "/queries/my-list")
    options = {each.attributes["value"]: each.text for each in root.one("select").all("option")}
    assert options["GM-made/revenues"] == "Head of Revenues, Madeham (illustrative)"


@pytest.mark.parametrize("value", [f"{ASSET}/A", f"{BASE}id/{ASSET}/A"])
def test_a_thing_is_named_by_what_follows_id_in_its_iri(value: str, clients: Clients) -> None:
    root = page(clients(""), f"/queries/licence-of-a-thing?thing={value}")
    assert [row["Source"] for row in rows(root)] == ["graph/made"]
    assert root.one("label").text == "Thing"
    assert root.one(class_="govuk-hint").text == (
        "An IRI, or what follows id/ in it, such as system/GB-LAE-MAN/CASE: copy it from the "
        "thing’s page."
    )


def test_a_length_of_time_is_told_in_words(clients: Clients) -> None:
    root = page(clients("steward"), "/queries/past-retention?organisation=GM-made")
    (row,) = rows(root)
    assert row["Period"] == "1 year 6 months"
    assert row["Started"] == "not recorded"


def test_where_nothing_applies_nothing_is_called_not_recorded(clients: Clients) -> None:
    root = page(clients("steward"), "/queries/ownership-gaps")
    gaps = {(row["Asset"], row["Gap"]): row["Since"] for row in rows(root)}
    assert gaps["Real accounts", "no owner is recorded"] == "–does not apply"
    assert gaps["Made accounts", "no day of review is recorded"] == "not recorded"


def test_only_staff_are_told_that_they_see_everything(clients: Clients) -> None:
    more = "There may be more that you may not see."
    for role, hidden in (("", True), ("partner", True), ("steward", False)):
        root = page(clients(role), "/queries/information-assets")
        assert (more in root.text) is hidden
