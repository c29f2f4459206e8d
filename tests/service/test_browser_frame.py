"""The frame, the copy button and the SPARQL editor in a real Chromium, under the strict policy."""

import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Response, g, render_template_string, request
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from service.assets import Assets, add_assets
from tests.service.conftest_browser import (
    OpenPage,
    accessibility_faults,
    browser,
    chromium,
    open_page,
    overflows,
    page,
    watch,
)

__all__ = ["browser", "chromium", "open_page", "page"]
pytestmark = pytest.mark.browser

TEMPLATES = Path(__file__).parents[2] / "service" / "templates"
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
THING = """{% extends "base.html" %}
{% from "macros/iri.html" import iri %}{% from "macros/scroll.html" import scroll %}
{% block content %}<h1 class="govuk-heading-l">{{ title }}</h1>
{{ iri("https://example.org/id/organisation/GB-LAE-MAN") }}
<dl class="gm-properties"><div class="gm-properties__row">
  <dt class="gm-properties__name">Label</dt>
  <dd class="gm-properties__values"><ul class="gm-values"><li class="gm-value">Manchester
    <span class="gm-qualifier">English</span> <a class="gm-source" href="/g">register</a></li></ul>
  </dd></div></dl>
{% call scroll("caption") %}<table class="govuk-table gm-table">
  <caption class="govuk-table__caption" id="caption">Members</caption>
  <thead><tr>{% for n in range(12) %}
    <th class="govuk-table__header" scope="col">Column {{ n }}</th>{% endfor %}</tr></thead>
  <tbody><tr>{% for n in range(12) %}<td class="govuk-table__cell">Value {{ n }}
    <span class="govuk-visually-hidden">from a source</span></td>{% endfor %}</tr></tbody>
</table>{% endcall %}
<ul class="gm-counts"><li class="gm-count"><span class="gm-count__number">10</span>
  <a class="gm-count__label" href="/doc/area">areas</a></li></ul>
{% endblock %}"""
QUERY = """{% extends "base.html" %}
{% from "macros/query_form.html" import query_form %}
{% block content %}<h1 class="govuk-heading-l">{{ title }}</h1>
{{ query_form(query, [("html", "Table"), ("csv", "CSV")], vocabulary="/vocabulary", fault=fault) }}
{% if sent is not none %}<pre id="sent">{{ sent }}</pre>{% endif %}{% endblock %}
{% block scripts %}<script type="module" src="{{ asset('sparql.js') }}"></script>{% endblock %}"""
FAULTY = """{% extends "base.html" %}{% block content %}<h1>Faults</h1>
<p style="color: red">An inline style</p><img src="https://example.org/elsewhere.png">
<p><code>{{ "wide" * 200 }}</code></p>{% endblock %}"""


def site() -> Flask:
    """A small site of pages in the frame, with the policy that the service sends."""
    app = Flask(__name__, static_folder=None, template_folder=str(TEMPLATES))
    add_assets(app, Assets.read())

    @app.before_request
    def choose_nonce() -> None:
        g.nonce = secrets.token_urlsafe(16)

    @app.after_request
    def guard(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY.format(nonce=g.nonce)
        return response

    def render(template: str, **context: object) -> str:
        return render_template_string(template, cspNonce=g.nonce, **context)

    @app.get("/")
    def thing() -> str:
        return render(THING, title="Manchester City Council", active="organisation")

    @app.route("/sparql", methods=["GET", "POST"])
    def sparql() -> str:
        sent = request.values.get("query")
        fault = {"detail": "A “}” is missing.", "line": 2, "column": 3}
        return render(
            QUERY,
            title="SPARQL",
            active="sparql",
            query=sent or "SELECT *\n{ ?s ?p ?o }",
            sent=None if sent is None else f"{request.method} {sent}",
            fault=fault if "fault" in request.args else None,
        )

    @app.get("/vocabulary")
    def vocabulary() -> dict[str, object]:
        term = {"prefix": "org", "name": "organization", "label": "body", "kind": "property"}
        return {"prefixes": {"org": "http://www.w3.org/ns/org#"}, "terms": [term]}

    @app.get("/faulty")
    def faulty() -> str:
        return render(FAULTY, title="Faults")

    return app


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """The address of the small site."""
    server = make_server("127.0.0.1", 0, site(), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def open_editor(page: Page, path: str = "/sparql") -> None:
    page.goto(path)
    page.wait_for_selector(".cm-content")


def type_anew(page: Page, text: str) -> None:
    """Put a text in the place of the editor's, as a person does."""
    page.focus(".cm-content")
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", ["/", "/sparql", "/sparql?fault"])
def test_the_frame_is_accessible_and_reflows(path: str, width: int, open_page: OpenPage) -> None:
    page = open_page(width=width)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert accessibility_faults(page) == []
    assert not overflows(page)


def test_a_faulty_page_does_not_pass_these_checks(browser: Browser, origin: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    watch(page, origin, faults)
    page.goto(f"{origin}/faulty")
    page.wait_for_load_state("networkidle")
    found = accessibility_faults(page)
    assert overflows(page)
    context.close()
    assert any(fault.startswith("image-alt") for fault in found)
    assert any("inline style" in fault for fault in faults)
    assert any("example.org/elsewhere.png" in fault for fault in faults)


def test_a_document_that_is_not_there_is_no_fault_of_the_page(page: Page) -> None:
    response = page.goto("/nowhere")
    assert response is not None
    assert response.status == 404


def test_the_menu_opens_by_keyboard_on_a_narrow_screen(open_page: OpenPage) -> None:
    page = open_page(width=320)
    page.goto("/")
    link = page.locator("nav a[href='/doc/area']")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Menu").press("Enter")
    expect(link).to_be_visible()
    assert not overflows(page)


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_copy_button_copies_the_iri_and_says_so(open_page: OpenPage) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/")
    page.get_by_role("button", name="Copy IRI").click()
    expect(page.get_by_role("status")).to_have_text("IRI copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "https://example.org/id/organisation/GB-LAE-MAN"


def test_the_tab_key_leaves_the_editor(page: Page) -> None:
    open_editor(page)
    page.focus(".cm-content")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Results as")).to_be_focused()


@pytest.mark.parametrize("keys", ["Control+Enter", "Meta+Enter"])
def test_a_key_runs_the_query_as_it_was_typed(keys: str, open_page: OpenPage) -> None:
    mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36"
    page = open_page(user_agent=mac) if keys.startswith("Meta") else open_page()
    if keys.startswith("Meta"):
        page.add_init_script(
            "Object.defineProperty(Navigator.prototype, 'platform', {get: () => 'MacIntel'})"
        )
    open_editor(page)
    page.focus(".cm-content")
    page.keyboard.type("# typed ")
    page.keyboard.press(keys)
    expect(page.locator("#sent")).to_contain_text("GET # typed")


def test_a_query_too_long_for_an_address_is_posted(page: Page) -> None:
    open_editor(page)
    page.focus(".cm-content")
    page.keyboard.insert_text("# " + "long " * 1000 + "\n")
    page.get_by_role("button", name="Run query").click()
    expect(page.locator("#sent")).to_contain_text("POST # long")


def test_a_completed_name_brings_its_prefix_along(page: Page) -> None:
    open_editor(page)
    type_anew(page, "SELECT * { ?s org:organ")
    page.wait_for_selector(".cm-tooltip-autocomplete [aria-selected]")
    page.wait_for_timeout(100)  # the editor ignores Enter for a moment after the list opens
    page.keyboard.press("Enter")
    text = page.locator("textarea[name=query]")
    wanted = "PREFIX org: <http://www.w3.org/ns/org#>\nSELECT * { ?s org:organization}"
    assert text.input_value() == wanted
    type_anew(page, "PREFIX o: <http://www.w3.org/ns/org#> SELECT * { ?s o:organ")
    expect(page.locator(".cm-tooltip-autocomplete [aria-selected]")).to_contain_text(
        "o:organization"
    )


def test_typing_over_a_selection_replaces_it_and_can_be_undone(page: Page) -> None:
    open_editor(page)
    text = page.locator("textarea[name=query]")
    before = text.input_value()
    type_anew(page, "A")
    assert text.input_value() == "A"
    page.keyboard.press("Control+Z")
    assert text.input_value() == before
    type_anew(page, "(")
    assert text.input_value() == f"({before})"


def test_variables_of_the_query_are_offered(page: Page) -> None:
    open_editor(page)
    type_anew(page, "SELECT ?organisation { ?org")
    expect(page.locator(".cm-tooltip-autocomplete [aria-selected]")).to_contain_text(
        "?organisation"
    )


def test_the_services_fault_is_marked_until_the_text_changes(page: Page) -> None:
    open_editor(page, "/sparql?fault")
    expect(page.locator(".cm-lintRange-error")).to_have_text("?s ?p ?o }")
    type_anew(page, "ASK ")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)


def test_the_editor_only_doubts_what_its_grammar_does_not_know(page: Page) -> None:
    open_editor(page)
    type_anew(page, "SELECT * WHERE { ?s ?p ")
    page.keyboard.press("Escape")
    page.wait_for_selector(".cm-lint-marker-warning")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(0)
    page.focus(".cm-content")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#sent")).to_contain_text("SELECT * WHERE")


def test_links_to_the_query_lead_into_the_editor(page: Page) -> None:
    open_editor(page)
    expect(page.get_by_role("textbox", name="Query")).to_be_visible()
    page.locator("label[for=query]").click()
    expect(page.locator(".cm-content#query")).to_be_focused()


def test_without_scripts_the_form_works_and_shows_no_editors_keys(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/sparql")
    expect(page.get_by_text("leaves the editor")).to_be_hidden()
    page.get_by_label("Query").fill("ASK {}")
    page.get_by_role("button", name="Run query").click()
    expect(page.locator("#sent")).to_have_text("GET ASK {}")
