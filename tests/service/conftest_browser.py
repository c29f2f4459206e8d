"""Fixtures that drive a real Chromium, for the modules that import them.

The importing module gives a fixture `origin`: the scheme, host and port of the running site.
Without Chromium its tests are skipped, but under `CI=true` they fail: a green run there means
that the pages were looked at.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",  # containers forbid the sandbox; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# WCAG 2.2 at level AA, and what axe counts as good practice besides.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's executable: `CHROMIUM` names it, else it is looked for on PATH."""
    found = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *NAMES))), None)
    if found is None:
        missing = "There is no Chromium: install it, or name it in CHROMIUM."
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return Path(found)


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """One headless Chromium for the tests of a module; each page has a context of its own.

    Playwright keeps an event loop open in its thread, where no other test could then run one.
    """
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield instance
        instance.close()


@pytest.fixture
def open_page(browser: Browser, origin: str) -> Iterator[OpenPage]:
    """Opens pages, given Playwright's options of a context such as `java_script_enabled`.

    Afterwards the test fails if any of them met a fault (see `watch`).
    """
    contexts = []
    faults: list[str] = []

    def open_one(width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(
            base_url=origin, viewport={"width": width, "height": 900}, **options
        )
        contexts.append(context)
        page = context.new_page()
        watch(page, origin, faults)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page on a wide screen, with scripts."""
    return open_page()


def watch(page: Page, origin: str, faults: list[str]) -> None:
    """Note what a page must never do.

    That is an error in its scripts or in the console, which a breach of the
    Content-Security-Policy is, and a request to another site. Chromium also reports a document
    that comes with status 404 or 400 as an error, but that may be what a test asks for.
    """
    documents: set[str] = set()

    def console(message: ConsoleMessage) -> None:
        own_status = (
            message.text.startswith("Failed to load resource")
            and message.location["url"] in documents
        )
        if message.type == "error" and not own_status:
            faults.append(f"console: {message.text} ({message.location['url']})")

    def request(made: Request) -> None:
        if made.is_navigation_request():
            documents.add(made.url)
        if not made.url.startswith((f"{origin}/", "data:")):
            faults.append(f"request to another site: {made.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("request", request)


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands: the rule, and the element."""
    result = Axe().run(page, options={"runOnly": RULES}).response
    return [
        f"{violation['id']}: {node['html'][:200]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def overflows(page: Page) -> bool:
    """Whether the page as a whole scrolls sideways (WCAG 2.2, success criterion 1.4.10)."""
    wider: bool = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wider
