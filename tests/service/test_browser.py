"""Every kind of page, as the service serves it over the sample, in a real Chromium."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.live import Service, gmkg, serving
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

COUNCIL = "/doc/organisation/GB-LAE-MAN"
NARROWED = "/doc/service?" + urlencode({"type": "http://id.esd.org.uk/service/159"})
ASSETS = """Reference,Name,Information asset owner,Contains personal data,Classification,System
IAR-1,Tenancy files (made up),Head of Housing,Yes,OFFICIAL,Housing system
IAR-2,Tree survey (made up),Head of Parks,No,OFFICIAL,
"""
WITHDRAWN = "/doc/organisation/GB-LAE-AAA"
ENDINGS = """iri,state,successor,reason
https://data.greatermanchester.example/id/organisation/GB-LAE-AAA,gone,,It was made up.
"""


def asking(query: str) -> str:
    return "/sparql?" + urlencode({"query": query})


PAGES = {
    "home": "/",
    "organisations": "/doc/organisation",
    "services": "/doc/service",
    "datasets": "/doc/dataset",
    "a narrowed list": NARROWED,
    "a list that is narrowed to nothing": "/doc/service?type=http%3A%2F%2Fnobody.example%2F",
    "a list that is narrowed by a long address": f"/doc/dataset?licence={'long' * 40}",
    "an empty list": "/doc/system",
    "a service": "/doc/service/gm-services/bolton-159",
    "a place": "/doc/place/gm-services/bolton-central-library",
    "a dataset": "/doc/dataset/gm-datasets/tfgm-accessibility-levels",
    "a distribution": "/doc/distribution/gm-datasets/tfgm-accessibility-levels-zip",
    "an information asset": "/doc/information-asset/GM-exampleton/IAR-1",
    "information assets": "/doc/information-asset",
    "a post": "/doc/post/GM-exampleton/head-of-housing",
    "a kind of service": "/resource?iri=http%3A%2F%2Fid.esd.org.uk%2Fservice%2F159",
    "areas": "/doc/area",
    "memberships": "/doc/membership",
    "change events": "/doc/change-event",
    "a council": COUNCIL,
    "a body that ended": "/doc/organisation/GM-greater-manchester-passenger-transport-executive",
    "an area": "/doc/area/E08000003",
    "a membership": "/doc/membership/GB-LAE-MAN/GB-LAE-GMCA/constituent-council",
    "a change event": "/doc/change-event/gmpte-to-tfgm",
    "somebody else's thing": "/resource?iri=http%3A%2F%2Fwww.wikidata.org%2Fentity%2FQ2302252",
    "a source": "/graph/gm-bodies",
    "a graph that nobody feeds": "/graph/links",
    "the ontology": "/def/gm",
    "the shapes": "/def/shapes",
    "a concept scheme": "/def/organisation-type",
    "a concept": "/def/organisation-type/MD",
    "the questions": "/queries",
    "a question": "/queries/bodies-by-type",
    "a question that needs a value": "/queries/datasets-of-an-organisation",
    "a question of a thing": "/queries/datasets-of-an-organisation?organisation=GB-LAE-TRF",
    "a question without an answer": "/queries/datasets-of-an-organisation?organisation=GM-nobody",
    "a question at fault": "/queries/datasets-of-an-organisation?organisation=a+b&colour=blue",
    "a graph as an answer": "/queries/describe-a-council",
    "the query form": "/sparql",
    "a table of results": asking("SELECT * { ?s ?p ?o } LIMIT 30"),
    "a truth value": asking("ASK {}"),
    "an empty result": asking("SELECT * { ?s <urn:nothing> ?o }"),
    "a graph as a result": asking("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 30"),
    "a query at fault": asking("SELECT *\nWHERE { ?s ?p . ?o }"),
    "400": "/doc/organisation?page=one",
    "404": "/doc/organisation/nobody",
    "406": f"{COUNCIL}?format=csv",
    "410": WITHDRAWN,
    "the accessibility statement": "/accessibility",
    "what changed": "/releases",
    "what changed since a day": "/releases?since=2100-01-01",
    "the history of a body": f"/history{COUNCIL}",
    "the history of what is gone": f"/history{WITHDRAWN}",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The sample, and a body that was published once and is no more."""
    data = tmp_path_factory.mktemp("browser") / "var"
    gmkg(data, "init")
    gmkg(data, "load", "--all")
    declared = data / "sources" / "assets"
    declared.mkdir()
    (declared / "source.toml").write_text(
        'title = "Made-up assets"\nholder = "GM-exampleton"\naudience = "public"\n'
        '[[files]]\nname = "assets.csv"\nformat = "information-asset-register-csv"\n'
    )
    (declared / "assets.csv").write_text(ASSETS)
    gmkg(data, "load", "assets")
    bodies = "key,name,type\nGM-exampleton,Exampleton Council,MD\n" + "".join(
        f"GB-LAE-S{n:02},Staying {n},MD\n" for n in range(30)
    )
    for text in (bodies + "GB-LAE-AAA,Passing Council,MD\n", bodies):
        if text == bodies:
            (data / "endings.csv").write_text(ENDINGS)
        file = data / "bodies.csv"
        file.write_text(text)
        named = ("--format", "organisation-csv", "--source", "bodies", "--audience", "public")
        gmkg(data, "load", "--file", str(file), *named)
        gmkg(data, "publish")
    with serving(data) as running:
        yield running


@pytest.fixture(scope="module")
def origin(service: Service) -> str:
    """Where the pages are."""
    return service.origin


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_is_accessible_and_reflows(path: str, page: Page) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    for role in ("main", "banner", "contentinfo"):
        expect(page.get_by_role(role)).to_have_count(1)
    expect(page.locator("h1")).to_have_count(1)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert accessibility_faults(page) == []
        assert not overflows(page)
    for details in page.locator("details").all()[:9]:
        details.locator("summary").press("Enter")
    # The ontology has hundreds.
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert not overflows(page)


def test_the_pages_of_the_past_are_accessible_and_lead_to_one_another(page: Page) -> None:
    page.goto(f"/history{WITHDRAWN}")
    page.get_by_role("link", name="See it as it was").last.click()
    expect(page.get_by_role("region", name="Earlier version")).to_contain_text("no longer")
    looked_at = [page.url]
    page.goto("/releases")
    page.locator("table a").first.click()
    expect(page.locator("h1")).to_contain_text("Release of")
    looked_at.append(page.url)
    for url in looked_at:
        page.goto(url)
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert accessibility_faults(page) == []
            assert not overflows(page)


def test_what_breaks_a_page_is_caught(browser: Browser, origin: str) -> None:
    context = browser.new_context(base_url=origin, viewport={"width": 320, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    watch(page, origin, faults)
    page.goto(COUNCIL)
    assert accessibility_faults(page) == []
    assert not overflows(page)
    page.evaluate(
        """document.querySelector("main").insertAdjacentHTML("beforeend",
        `<p style="color: red">Styled</p><img src="https://example.org/elsewhere.png">
        <p><code>${"wide".repeat(200)}</code></p><h1></h1>`)"""
    )
    page.wait_for_load_state("networkidle")
    found = accessibility_faults(page)
    assert overflows(page)
    context.close()
    assert any(fault.startswith("image-alt") for fault in found)
    assert any("style" in fault for fault in faults)
    assert any("example.org/elsewhere.png" in fault for fault in faults)


def test_the_keyboard_goes_from_the_skip_link_through_the_trail_to_the_values(page: Page) -> None:
    page.goto(COUNCIL)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    first = page.locator("main a").first
    expect(first).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).backgroundColor") != (
        "rgba(0, 0, 0, 0)"
    )


def test_a_wide_table_is_reached_and_scrolled_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(width=320)
    page.goto("/doc/organisation")
    table = page.get_by_role("region", name="Organisations")
    table.focus()
    expect(table).to_be_focused()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.gm-scroll').scrollLeft > 0", timeout=5_000)


def test_the_iri_and_a_command_can_be_copied(open_page: OpenPage) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(COUNCIL)
    page.get_by_role("button", name="Copy IRI").click()
    expect(page.get_by_text("IRI copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "https://data.greatermanchester.example/id/organisation/GB-LAE-MAN"
    page.goto("/")
    page.get_by_role("button", name="Copy command").first.click()
    expect(page.get_by_text("command copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("curl -L ")


def test_a_term_of_the_ontology_has_a_place_of_its_own(page: Page) -> None:
    page.goto("/def/gm#LocalAuthority")
    term = page.locator("#LocalAuthority")
    expect(term).to_be_in_viewport()
    expect(term.get_by_role("heading")).to_contain_text("local authority")


def test_a_question_is_found_asked_and_taken_to_the_editor(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Questions").click()
    page.get_by_role("link", name="The datasets that one organisation publishes").click()
    expect(page.locator("main")).to_contain_text("The question needs an organisation")
    page.get_by_label("Organisation").select_option("GB-LAE-TRF")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#results")).to_contain_text(re.compile(r"[1-9][0-9]* rows"))
    expect(page.get_by_label("Organisation", exact=True)).to_have_value("GB-LAE-TRF")
    rows = page.locator("#results tbody tr").count()
    page.get_by_role("link", name="Open it in the editor").click()
    expect(page.locator("#results caption")).to_contain_text(f"{rows} rows")


def test_a_fault_of_a_question_leads_to_its_field(page: Page) -> None:
    page.goto(PAGES["a question at fault"])
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("no parameter “colour”")
    alert.get_by_role("link").click()
    expect(page.get_by_label("Organisation")).to_be_focused()


def test_an_example_question_shows_its_answer_and_its_query(page: Page) -> None:
    page.goto("/sparql")
    page.get_by_role("link", name="Which bodies were replaced").click()
    expect(page.locator("#results caption")).to_contain_text(re.compile(r"[0-9]+ rows"))
    expect(page.locator("#results")).to_be_in_viewport()
    assert "org:originalOrganization" in page.locator("textarea[name=query]").input_value()


def test_the_editor_is_entered_left_and_run_by_keyboard(page: Page) -> None:
    page.goto("/sparql")
    page.wait_for_selector(".cm-content")
    page.locator("label[for=query]").click()
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Results as")).to_be_focused()
    page.focus(".cm-content")
    page.keyboard.press("Control+A")
    page.keyboard.type("ASK { ?s ?p ?o ")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#results")).to_contain_text("Yes")
    expect(page.locator("#results")).to_be_in_viewport()


def test_the_editor_offers_the_names_that_this_service_explains(page: Page) -> None:
    page.goto("/sparql")
    page.wait_for_selector(".cm-content")
    page.focus(".cm-content")
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT * { ?s a gm:LocalAuth")
    offered = page.locator(".cm-tooltip-autocomplete [aria-selected]")
    expect(offered.first).to_contain_text("gm:LocalAuthority")
    expect(offered.first).to_contain_text("local authority")


def test_a_fault_is_told_at_its_line_and_the_query_can_be_mended(page: Page) -> None:
    page.goto(PAGES["a query at fault"])
    expect(page.get_by_role("alert")).to_contain_text("line 2, column 17")
    expect(page.locator(".cm-lintRange-error")).to_have_count(1)
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator(".cm-content")).to_be_focused()


def test_without_scripts_a_question_is_asked_and_answered(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/sparql")
    page.get_by_label("Query").fill("SELECT ?name { ?s ?p ?name } LIMIT 3")
    page.get_by_role("button", name="Run query").click()
    expect(page.locator("#results caption")).to_contain_text("3 rows")
    page.goto("/doc/organisation?page=1")
    page.get_by_role("link", name="Manchester City Council", exact=True).click()
    expect(page.locator("h1")).to_have_text("Manchester City Council")
