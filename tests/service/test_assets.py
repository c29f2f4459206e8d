"""The built assets as they are served, and the frame that every page stands in."""

import gzip
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from service.assets import DIRECTORY, Assets, AssetsMissingError, add_assets

ASSETS = Assets.read()
TEMPLATES = Path(__file__).parents[2] / "service" / "templates"


@pytest.fixture
def app() -> Flask:
    """A site of the assets alone."""
    app = Flask(__name__, static_folder=None, template_folder=str(TEMPLATES))
    add_assets(app, ASSETS)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


class Page(HTMLParser):
    """The tags of a page, each with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each element of that name."""
        return [attributes for name, attributes in self.tags if name == tag]


def render(app: Flask, template: str = '{% extends "base.html" %}', **context: object) -> str:
    with app.test_request_context("/"):
        return render_template_string(template, **({"cspNonce": "n0nce"} | context))


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("site.css", "text/css; charset=utf-8"),
        ("site.js", "text/javascript; charset=utf-8"),
        ("sparql.js", "text/javascript; charset=utf-8"),
        ("mark.svg", "image/svg+xml"),
        ("THIRD-PARTY-LICENCES.txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_asset_is_served_as_it_was_built(
    name: str, media_type: str, client: FlaskClient
) -> None:
    url = ASSETS.url(name)
    response = client.get(url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == media_type
    assert response.data == (DIRECTORY / Path(url).name).read_bytes()


def test_a_name_with_the_contents_hash_may_be_kept_for_good(client: FlaskClient) -> None:
    control = client.get(ASSETS.url("site.css")).headers["Cache-Control"]
    assert "max-age=31536000" in control
    assert "immutable" in control


def test_a_name_that_stays_is_asked_for_again(client: FlaskClient) -> None:
    control = client.get(ASSETS.url("THIRD-PARTY-LICENCES.txt")).headers["Cache-Control"]
    assert "no-cache" in control
    assert "immutable" not in control


@pytest.mark.parametrize("accept", ["gzip", "br, gzip;q=0.5", "*"])
def test_a_client_that_takes_gzip_gets_it(accept: str, client: FlaskClient) -> None:
    response = client.get(ASSETS.url("site.css"), headers={"Accept-Encoding": accept})
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert len(response.data) == int(response.headers["Content-Length"])
    assert gzip.decompress(response.data) == client.get(ASSETS.url("site.css")).data


@pytest.mark.parametrize("accept", ["", "br", "gzip;q=0", "identity"])
def test_a_client_that_does_not_take_gzip_is_spared_it(accept: str, client: FlaskClient) -> None:
    response = client.get(ASSETS.url("site.css"), headers={"Accept-Encoding": accept})
    assert "Content-Encoding" not in response.headers
    assert response.headers["Vary"] == "Accept-Encoding"


def test_each_coding_has_an_entity_tag_of_its_own(client: FlaskClient) -> None:
    plain = client.get(ASSETS.url("site.js")).headers["ETag"]
    zipped = client.get(ASSETS.url("site.js"), headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    assert plain != zipped
    again = client.get(ASSETS.url("site.js"), headers={"If-None-Match": plain})
    assert (again.status_code, again.data) == (304, b"")
    other = {"If-None-Match": plain, "Accept-Encoding": "gzip"}
    assert client.get(ASSETS.url("site.js"), headers=other).status_code == 200


def test_a_document_without_a_frame_finds_its_icon(client: FlaskClient) -> None:
    response = client.get("/favicon.ico", follow_redirects=True)
    assert response.request.path == ASSETS.url("mark.svg")
    assert response.status_code == 200


def test_head_tells_the_headers_alone(client: FlaskClient) -> None:
    response = client.head(ASSETS.url("mark.svg"))
    assert response.status_code == 200
    assert response.data == b""
    size = len((DIRECTORY / Path(ASSETS.url("mark.svg")).name).read_bytes())
    assert int(response.headers["Content-Length"]) == size


@pytest.mark.parametrize(
    "name", [".stamp", "manifest.json", "site.css", "../../assets.py", "%2e%2e/x", ""]
)
def test_nothing_but_what_the_manifest_names_is_served(name: str, client: FlaskClient) -> None:
    assert client.get(f"/static/dist/{name}").status_code == 404


@pytest.mark.parametrize("lost", ["manifest.json", "site-*.css"])
def test_missing_assets_are_told_at_the_start_with_the_command_that_builds_them(
    lost: str, tmp_path: Path
) -> None:
    copy = tmp_path / "dist"
    shutil.copytree(DIRECTORY, copy)
    Assets.read(copy)
    next(copy.glob(lost)).unlink()
    with pytest.raises(AssetsMissingError, match=re.escape("service/frontend/build_assets.py")):
        Assets.read(copy)


def test_a_page_that_asks_for_an_asset_that_is_not_there_fails(app: Flask) -> None:
    with pytest.raises(KeyError, match=r"sight\.css"):
        render(app, "{{ asset('sight.css') }}")


def test_the_frame_links_the_alternates_of_the_page(app: Flask) -> None:
    page = Page(
        render(app, alternates=[("/doc/x.ttl", "text/turtle", "Turtle")], title="Bolton & Bury")
    )
    links = [link for link in page.all("link") if link["rel"] == "alternate"]
    assert links == [
        {"rel": "alternate", "href": "/doc/x.ttl", "type": "text/turtle", "title": "Turtle"},
        {
            "rel": "alternate",
            "href": "/releases.atom",
            "type": "application/atom+xml",
            "title": "What changed",
        },
    ]


def test_the_title_names_the_page_and_the_service(app: Flask) -> None:
    text = render(app, title="Bolton & Bury")
    assert "<title>Bolton &amp; Bury – Greater Manchester Knowledge Graph</title>" in text
    assert "<title>Greater Manchester Knowledge Graph</title>" in render(app)


@pytest.mark.parametrize(
    ("active", "href"),
    [
        ("home", "/"),
        ("organisation", "/doc/organisation"),
        ("area", "/doc/area"),
        ("questions", "/queries"),
        ("sparql", "/sparql"),
        ("ontology", "/def/gm"),
    ],
)
def test_the_navigation_marks_where_the_page_belongs(active: str, href: str, app: Flask) -> None:
    marked = [a["href"] for a in Page(render(app, active=active)).all("a") if "aria-current" in a]
    assert marked == [href]


def test_the_frame_obeys_a_policy_without_inline_styles_or_scripts(app: Flask) -> None:
    page = Page(render(app, title="x", active="home"))
    assert not [tag for tag, attributes in page.tags if "style" in attributes]
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert not page.all("style")
    assert page.all("script")
    assert all("src" in script or script["nonce"] == "n0nce" for script in page.all("script"))


def test_the_frame_bears_no_mark_of_gov_uk(app: Flask) -> None:
    assert not re.findall(r"(?i)crown|crest|gov\.uk", re.sub(r"https?://\S+", "", render(app)))


QUERY_FORM = """{% from "macros/query_form.html" import query_form %}
{{ query_form(query, [("html", "Table"), ("csv", "CSV")], format="csv", fault=fault) }}"""


def test_the_query_form_sends_the_query_without_scripts(app: Flask) -> None:
    page = Page(render(app, QUERY_FORM, query="ASK {}"))
    (form,) = page.all("form")
    (field,) = page.all("textarea")
    assert (form["action"], form["method"], field["name"]) == ("/sparql", "get", "query")
    chosen = [option["value"] for option in page.all("option") if "selected" in option]
    assert chosen == ["csv"]


def test_the_query_form_keeps_the_text_as_it_was_sent(app: Flask) -> None:
    query = "\nSELECT * { ?s ?p '</textarea>' }\n"
    text = render(app, QUERY_FORM, query=query)
    sent = text.split('data-module="sparql-editor">\n', 1)[1].split("</textarea>")[0]
    assert sent == "\nSELECT * { ?s ?p &#39;&lt;/textarea&gt;&#39; }\n"


def test_the_query_form_tells_where_the_fault_is(app: Flask) -> None:
    fault = {"detail": "A “}” is missing.", "line": 3, "column": 7}
    text = render(app, QUERY_FORM, query="ASK {", fault=fault)
    (field,) = Page(text).all("textarea")
    assert (field["data-error-line"], field["data-error-column"]) == ("3", "7")
    assert "query-error" in (field["aria-describedby"] or "")
    assert re.search(r"Line 3, column 7:\s+A “}” is missing\.", text)
