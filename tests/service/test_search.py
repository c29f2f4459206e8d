"""`/search`, as a page and as JSON."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.pages.search_results import Piece, Search, view_hits
from service.search_index import SearchIndex, search_index
from service.search_query import chunks, cleaned
from service.settings import Settings
from service.store import Release
from tests.service.conftest import ASSETS, BASE
from tests.service.conftest_search import HOSTILE, PLACES, client, findable, release
from tests.service.conftest_writes import open_directory
from tests.service.in_process_runner import InProcessRunner
from tests.service.page_tree import Element, Parsed

__all__ = ["client", "findable", "release"]

READING, LENDING = "service/x/reading", "service/x/lending"
LIBRARIES, HOSTILE_SERVICE = "dataset/x/libraries", "service/x/hostile"
MANCHESTER = "organisation/GB-LAE-MAN"
SERVICE = "https://w3id.org/greater-manchester/def/gm#Service"
CULTURE = "http://theme.example/culture"


def address(**asked: str | int) -> str:
    """Where a search is; `kind` stands for the parameter `class`."""
    return "/search?" + urlencode({name.replace("kind", "class"): v for name, v in asked.items()})


def search(client: FlaskClient, **asked: str | int) -> Any:
    """The JSON of a search."""
    response = client.get(address(**asked), headers={"Accept": "application/json"})
    assert response.status_code == 200, response.text
    return response.json


def page(client: FlaskClient, **asked: str | int) -> Element:
    """The page of a search."""
    response = client.get(address(**asked), headers={"Accept": "text/html"})
    assert response.status_code == 200, response.text
    return Parsed(response.text).root


def found(client: FlaskClient, **asked: str | int) -> list[str]:
    """What is found, by kind and key."""
    return [item["iri"].removeprefix(f"{BASE}id/") for item in search(client, **asked)["items"]]


@pytest.mark.parametrize(
    "code",
    [
        "LIB 1",
        "lib  1",
        "R0A-7",
        "r0a-7",
        "x/libraries",
        "dataset/x/libraries",
        f"{BASE}id/dataset/x/libraries",
        f"{BASE}doc/dataset/x/libraries",
    ],
)
def test_a_code_finds_its_thing_first(client: FlaskClient, code: str) -> None:
    assert found(client, q=code)[0] == LIBRARIES


def test_words_are_found_by_their_stems_and_in_names_first(client: FlaskClient) -> None:
    for text in ("library", "libraries", "LIBRARIES", "Library's", "library’s"):
        hits = found(client, q=text)
        assert set(hits) == {READING, LENDING, LIBRARIES}, text
        assert hits[-1] == READING  # its description alone has the word


def test_every_word_counts_but_little_ones(client: FlaskClient) -> None:
    assert found(client, q="library books") == [LENDING]
    assert found(client, q="the library of books") == [LENDING]
    assert set(found(client, q="the")) >= {READING}


def test_where_nothing_has_all_words_what_has_some_is_found_and_that_is_said(
    client: FlaskClient,
) -> None:
    result = search(client, q="borrowing zebra")
    assert (result["total"], result["partial"]) == (1, True)
    assert search(client, q="borrowing books")["partial"] is False
    assert "Nothing has all of these words" in page(client, q="borrowing zebra").text
    assert search(client, q="zebra quagga")["total"] == 0


def test_the_last_word_may_be_the_beginning_of_one_in_a_name(client: FlaskClient) -> None:
    assert found(client, q="lend") == [LENDING]
    assert found(client, q="library lend") == [LENDING]
    assert search(client, q="meadow 0")["total"] == 10  # of a whole name, too
    assert search(client, q="mead")["total"] == PLACES


def test_words_in_quotation_marks_stand_side_by_side(client: FlaskClient) -> None:
    assert found(client, q='"library lending"') == [LENDING]
    assert found(client, q="“every library”") == [READING]
    assert found(client, q='"lending library"') == []
    assert set(found(client, q='"library"')) == {READING, LENDING, LIBRARIES}


def test_accents_and_case_do_not_matter(client: FlaskClient) -> None:
    assert found(client, q="LÉNDING") == [LENDING]


def test_without_words_everything_is_listed_by_label(client: FlaskClient) -> None:
    labels = []
    for number in range(1, search(client)["pages"] + 1):
        labels += [item["label"] for item in search(client, page=number)["items"]]
    assert len(labels) == search(client)["total"]
    assert [each for each in labels if each.startswith("Meadow")] == [
        f"Meadow {n:02}" for n in range(PLACES)
    ]


def test_pages_hold_every_hit_once_and_lead_to_each_other(client: FlaskClient) -> None:
    seen: list[str] = []
    path: str | None = address(q="meadow", format="json")
    while path:
        response = client.get(path)
        seen += [item["iri"] for item in response.json["items"]]  # type: ignore[index]
        following = re.search(r'<([^>]*)>; rel="next"', " ".join(response.headers.getlist("Link")))
        path = following[1] if following else None
    assert len(seen) == len(set(seen)) == PLACES
    last = client.get(address(q="meadow", page=3, format="json"))
    assert 'rel="prev"' in last.headers["Link"]  # there is no next, which would come after it
    assert len(last.json["items"]) == PLACES - 40  # type: ignore[index]


@pytest.mark.parametrize("number", ["0", "-1", "one", "", "1.5", "²"])
def test_what_is_no_page_number_is_400(client: FlaskClient, number: str) -> None:
    assert client.get(address(q="meadow", page=number)).status_code == 400


@pytest.mark.parametrize("number", ["4", "9999999999"])
def test_a_page_beyond_the_last_is_404(client: FlaskClient, number: str) -> None:
    assert client.get(address(q="meadow", page=number)).status_code == 404


def test_counts_of_facets_are_those_of_the_searches_that_they_lead_to(client: FlaskClient) -> None:
    for asked in ({}, {"q": "library"}, {"q": "library", "theme": CULTURE}):
        result = search(client, **asked)
        assert sum(each["count"] for each in result["facets"]["class"]) == result["total"]
        for name, choices in result["facets"].items():
            for choice in choices:
                led = client.get(choice["href"] + "&format=json").json
                assert led is not None
                assert led["total"] == choice["count"], (asked, name, choice)
                chosen = [each for each in led["facets"][name] if each["chosen"]]
                assert [each["value"] for each in chosen] == [choice["value"]]


def test_filters_combine(client: FlaskClient) -> None:
    assert set(found(client, q="library", kind=SERVICE)) == {READING, LENDING}
    assert found(client, kind=SERVICE, area=f"{BASE}id/area/E08000003", theme=CULTURE) == [READING]
    assert found(client, publisher="Friends of the library & co") == [LENDING]
    publisher = f"{BASE}id/{MANCHESTER}"
    assert set(found(client, publisher=publisher)) == {READING, LIBRARIES}


def test_a_value_that_nothing_has_leaves_nothing(client: FlaskClient) -> None:
    result = search(client, q="library", theme="http://nobody.example/")
    assert (result["total"], result["items"]) == (0, [])
    chosen = result["facets"]["theme"][0]
    assert (chosen["value"], chosen["count"], chosen["chosen"]) == (
        "http://nobody.example/",
        0,
        True,
    )
    assert "Nothing has all that was chosen" in page(client, q="library", theme="none").text


def test_an_empty_choice_is_none(client: FlaskClient) -> None:
    assert search(client, q="library", theme="", kind="") == search(client, q="library")


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '""',
        '"library',
        "AND",
        "library AND NOT (lending",
        "*:*",
        "*",
        "title:library",
        "library~2^5",
        "[a TO z]",
        "/.*/",
        "\\",
        "\\x{",
        ".*",
        "(?i)x{9999}",
        "library\0lending",
        "\0",
        "😀",
        "😀" * 200,
        "a " * 100,
        "x" * 200,
        "é" * 200,
        "½ ﬁ ² ß İ",
        "' OR 1=1 --",
        HOSTILE,
        "{{7*7}}",
        "\u202e\u2028\ufeff",
        "%00%ff",
    ],
)
def test_no_text_has_powers_of_its_own(client: FlaskClient, text: str) -> None:
    result = search(client, q=text)
    assert result["total"] >= 0
    assert page(client, q=text)
    assert result["query"] == cleaned(text)


def test_text_that_was_nothing_but_marks_finds_nothing(client: FlaskClient) -> None:
    for text in ("*:*", "*", "😀", ".*", "\\"):
        assert search(client, q=text)["total"] == 0, text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("q=%ff%fe%ed%a0%80library", "The query string holds bytes that are not UTF-8."),
        ("q=library&q=books", "The parameter “q” is given more than once."),
        ("theme=a&theme=b", "The parameter “theme” is given more than once."),
        (
            "query=library",
            "The search has no parameter “query”; it takes “q”, “class”, “publisher”, “theme”, "
            "“area”, “page”, “format”.",
        ),
    ],
)
def test_what_cannot_be_asked_is_400_and_says_why(
    client: FlaskClient, query: str, sentence: str
) -> None:
    response = client.get(f"/search?{query}", headers={"Accept": "application/json"})
    assert (response.status_code, response.json["detail"]) == (400, sentence)  # type: ignore[index]


@pytest.mark.parametrize("text", ['"', '""', "“", " “ ” "])
def test_marks_that_quote_nothing_are_an_empty_search(client: FlaskClient, text: str) -> None:
    assert search(client, q=text) == search(client)


def test_where_words_find_too_little_the_questions_are_offered(client: FlaskClient) -> None:
    def offered(**asked: str) -> bool:
        links = page(client, **asked).one("main").all("a")
        return any(each.attributes["href"] == "/queries" for each in links)

    assert offered(q="quagga")
    assert offered(q="borrowing zebra")
    assert not offered(q="library")


def test_a_thing_is_found_by_the_name_of_its_class_below_what_has_the_word(
    client: FlaskClient,
) -> None:
    assert found(client, q="wagon")[:2] == ["dataset/x/wagons", "organisation/GM-x-carriers"]
    assert found(client, q='"wagon owner"') == ["organisation/GM-x-carriers"]


def test_a_thing_stands_before_a_concept_of_the_same_name(client: FlaskClient) -> None:
    types = [item["class"]["iri"] for item in search(client, q="Carting")["items"]]
    assert types == [SERVICE, "http://www.w3.org/2004/02/skos/core#Concept"]


def test_a_concept_of_somebody_else_is_found_and_leads_to_what_is_known_of_it(
    client: FlaskClient,
) -> None:
    things, concept = search(client, q="C-77")["items"]
    assert things["iri"] == f"{BASE}id/service/x/carting"  # which is of this type
    assert concept["iri"] == "http://kinds.example/carting"
    assert concept["document"] == "/resource?iri=http://kinds.example/carting"
    response = client.get(concept["document"], headers={"Accept": "text/html"})
    assert response.status_code == 200
    shown = page(client, q="C-77").all("h3", class_="gm-hit__name")
    assert [each.one("a").attributes["href"] for each in shown] == [
        "/id/service/x/carting",
        concept["document"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "https://carriers.example/",
        "https://carriers.example",
        "carriers.example",
        "Carriers.example",
    ],
)
def test_the_address_of_a_body_finds_it(client: FlaskClient, text: str) -> None:
    assert found(client, q=text)[0] == "organisation/GM-x-carriers"


def test_more_than_anybody_types_is_400(client: FlaskClient) -> None:
    assert client.get(address(q="x" * 200)).status_code == 200
    for text in ("x" * 201, "word " * 1000):
        assert client.get(address(q=text)).status_code == 400


def test_the_page_and_the_json_say_the_same(client: FlaskClient) -> None:
    for asked in ({}, {"q": "library"}, {"q": "meadow", "page": 2}, {"q": "zebra"}):
        table, shown = search(client, **asked), page(client, **asked)
        names = [each.one("a").text for each in shown.all("h3", class_="gm-hit__name")]
        assert names == [" ".join(item["label"].split()) for item in table["items"]]
        iris = [each.text for each in shown.all("p", class_="gm-hit__iri")]
        assert iris == [item["iri"] for item in table["items"]]
        assert f"{table['total']} result" in shown.one("p", role="status").text
        counts = [each.text for each in shown.all("span", class_="gm-choice-count")]
        expected = [c for c in table["facets"].values() if len(c) > 1]
        assert counts == [str(choice["count"]) for choices in expected for choice in choices]


def test_the_json_says_what_a_hit_is(client: FlaskClient) -> None:
    item = search(client, q="LIB 1")["items"][0]
    assert item.pop("score") > 10_000
    assert item == {
        "iri": f"{BASE}id/{LIBRARIES}",
        "label": "Libraries",
        "class": {"iri": "http://www.w3.org/ns/dcat#Dataset", "label": "dcat:Dataset"},
        "publishers": [{"iri": f"{BASE}id/{MANCHESTER}", "label": "Manchester City Council"}],
        "description": "Where they are.",
        "document": f"/doc/{LIBRARIES}",
    }
    assert search(client)["items"][0]["score"] is None


def test_what_sources_and_people_write_is_escaped(client: FlaskClient) -> None:
    response = client.get(address(q=f"hostile {HOSTILE}"), headers={"Accept": "text/html"})
    assert HOSTILE not in response.text
    shown = Parsed(response.text).root
    assert shown.one("h3", class_="gm-hit__name").text == f"{HOSTILE} hostile"
    assert shown.one("p", class_="gm-hit__what").text.endswith(HOSTILE)
    text = shown.one("p", class_="gm-hit__text")
    assert text.text == f'{HOSTILE} "quoted" & hostile'
    assert [each.text for each in text.all("mark")] == ["script", "alert", "1", "script", "hostile"]


def test_the_snippet_is_where_the_words_are(release: Release) -> None:
    index = search_index(release)
    assert index is not None
    asked = Search("library", {})
    hits = [hit for hit in index.ask("library", {}, 0, 9).hits if hit.iri.endswith("/reading")]
    pieces = next(view_hits(release, asked, hits)).snippet
    assert pieces[0] == Piece("… ")
    marked = [piece.text for piece in pieces if piece.marked]
    assert marked == ["library", "library"]
    assert len("".join(piece.text for piece in pieces)) < 300
    assert "".join(piece.text for piece in pieces[1:]) in hits[0].descriptions[0]


def test_the_form_keeps_what_was_asked(client: FlaskClient) -> None:
    form = page(client, q='library "x"', theme=CULTURE).one("main").one("form")
    values = {each.attributes["name"]: each.attributes["value"] for each in form.all("input")}
    assert values == {"q": 'library "x"', "theme": CULTURE}


def test_the_chosen_value_is_marked_and_can_be_let_go(client: FlaskClient) -> None:
    shown = page(client, q="library", theme=CULTURE)
    links = [a for a in shown.one("main").all("a") if "aria-current" in a.attributes]
    assert [a.text for a in links] == ["Culture"]
    let_go = next(a for a in shown.all("a") if a.text == "Any theme")
    assert let_go.attributes["href"] == "/search?q=library"


def test_every_other_page_has_a_field_to_search_with(client: FlaskClient) -> None:
    forms = list(Parsed(client.get("/").text).root.all("form", role="search"))
    assert [each.attributes["action"] for each in forms] == ["/search"]
    assert len(list(page(client).all("form", role="search"))) == 1


def test_the_form_of_the_answer_is_negotiated(client: FlaskClient) -> None:
    for accept, expected in (
        ("text/html,*/*;q=0.8", "text/html; charset=utf-8"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
    ):
        response = client.get("/search?q=library", headers={"Accept": accept})
        assert response.content_type == expected
        assert "Accept" in response.headers["Vary"]
    assert client.get("/search?q=library&format=csv").status_code == 406
    assert client.get("/search?q=library&format=nonsense").status_code == 400


def test_what_the_client_has_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/search?q=library&format=json")
    again = client.get(
        "/search?q=library&format=json", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    other = client.get("/search?q=lending&format=json")
    assert other.headers["ETag"] != first.headers["ETag"]


def test_a_release_without_an_index_has_no_search(
    standing_data: Path, runner: InProcessRunner
) -> None:
    bare = create_app(Settings(data=standing_data), runner, ASSETS).test_client()
    response = bare.get("/search?q=library")
    assert response.status_code == 503
    assert response.json is not None
    assert response.json["title"] == "Search is not available for this release."


def test_the_index_is_opened_without_writing_beside_it(findable: Path) -> None:
    folder = next((findable / "releases").iterdir()) / "public" / "index"
    before = {each.name: each.stat().st_mtime_ns for each in folder.iterdir()}
    assert SearchIndex(folder).ask("library", {}, 0, 1).total == 3
    assert {each.name: each.stat().st_mtime_ns for each in folder.iterdir()} == before


def test_a_text_is_cut_into_chunks() -> None:
    first, second, third = chunks('gm:Service "Reading Groups" libraries')
    assert (first.plain, first.quoted) == (("gm", "service"), False)
    assert (second.stems, second.quoted) == (("read", "group"), True)
    assert (third.plain, third.stems, third.last) == (("libraries",), ("librari",), True)


def test_an_open_directory_says_that_it_has_no_search(
    tmp_path: Path, runner: InProcessRunner
) -> None:
    plain = create_app(Settings(data=open_directory(tmp_path)), runner, ASSETS).test_client()
    response = plain.get("/search?q=council")
    assert response.json is not None
    told = (response.status_code, response.json["title"])
    assert told == (404, "An open data directory has no search.")
