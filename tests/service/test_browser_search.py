"""Searching in a real Chromium: for everybody, on any screen, with or without scripts."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.live import serving
from tests.service.conftest_browser import (
    OpenPage,
    accessibility_faults,
    browser,
    chromium,
    open_page,
    overflows,
    page,
)
from tests.service.conftest_search import findable

__all__ = ["browser", "chromium", "findable", "open_page", "page"]
pytestmark = pytest.mark.browser

PAGES = {
    "everything": "/search",
    "hits": "/search?q=library",
    "a narrowed search": "/search?"
    + urlencode({"q": "library", "theme": "http://theme.example/culture"}),
    "a later page": "/search?q=meadow&page=2",
    "hits with publishers": "/search?q=wagons",
    "nothing": "/search?q=quagga",
    "some of the words": "/search?q=library+quagga",
    "too much": "/search?q=" + "x" * 201,
}


@pytest.fixture(scope="module")
def origin(findable: Path) -> Iterator[str]:
    with serving(findable) as service:
        yield service.origin


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_is_accessible(open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(width)
    page.goto(path)
    for details in page.locator("details").all():
        details.evaluate("each => { each.open = true }")
    assert accessibility_faults(page) == []
    assert not overflows(page)


def test_links_that_are_too_small_to_press_are_caught(page: Page) -> None:
    page.goto("/search?q=wagons")
    page.locator(".gm-hit").first.evaluate("""hit => {
        [...hit.querySelectorAll("a")].forEach((each, place) => {
            each.style.cssText = "position: absolute; left: 300px; width: 20px; height: 10px;"
                + `min-height: 0; overflow: hidden; font-size: 8px; top: ${400 + 11 * place}px`;
        });
    }""")
    assert any(each.startswith("target-size") for each in accessibility_faults(page))


def test_the_field_in_the_header_searches_from_any_page(page: Page) -> None:
    page.goto("/doc/organisation")
    page.get_by_role("searchbox", name="Search").fill("lend")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/search?q=lend")
    expect(page.get_by_role("status")).to_contain_text("1 result")
    expect(page.get_by_role("link", name="Library lending")).to_be_visible()


def test_without_scripts_results_are_narrowed_and_words_changed(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/search?q=library")
    page.get_by_text("Theme", exact=True).click()
    page.get_by_role("link", name="Culture").click()
    expect(page.get_by_role("status")).to_contain_text("2 results")
    page.get_by_role("searchbox").fill("books")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("1 result for books")
    assert "theme=" in page.url
