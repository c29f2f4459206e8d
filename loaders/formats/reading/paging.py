"""How the pages of a feed follow one another, as far as its format says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Query = Mapping[str, str]
Page = Mapping[str, object]


class UnfinishedError(Exception):
    """A feed ends before the end that it states; the text goes after its address."""


@dataclass(frozen=True, slots=True)
class Paging:
    """The pages of a feed of JSON documents.

    `first` is the query of the first page, `following` what makes that of the next from a page,
    its own query and the first page, or None where it is the last; it raises `UnfinishedError`.
    `items` and `total` are ways through a page, their steps divided by points: to the list of its
    items, and to how many all pages have. `has_whole_items` says whether an item may be had whole
    under the feed's address, by its `id`; list and total then lie at the top of a page.
    """

    first: Query
    following: Callable[[Page, Query, Page], Query | None]
    items: str
    total: str
    has_whole_items: bool = False

    def listed(self, page: Page) -> list[object] | None:
        """The items of a page, as it lists them; None where it has no list."""
        return listed_at(page, self.items)


def numbered(page: Page, query: Query, first: Page) -> Query | None:
    """The next page where pages have numbers (Open Referral UK 3, `/services`).

    Pages are asked for from 1. A server that counts them from 0 in its answers is understood.

    Raises:
        UnfinishedError: pages end before `total_pages`, or are others than those asked for.
    """
    asked, total = int(query["page"]), _whole(page.get("total_pages"))
    number, origin = _whole(page.get("page_number")), _whole(first.get("page_number"))
    if number is not None and number != asked - (1 if origin == 0 else 0):
        raise UnfinishedError(f"was asked for page {asked} and gives page {number}")
    if asked == 1 and page.get("first_page") is False:
        raise UnfinishedError("says that its page 1 is not the first")
    if "contents" not in page and asked > 1:
        raise UnfinishedError(f"has no list of items on page {asked}")
    if total is not None and asked >= total:
        return None
    is_empty, is_last = not page.get("contents"), page.get("last_page")
    if is_last is True or (is_empty and is_last is not False):
        if total is not None:
            raise UnfinishedError(f"says that it has {total} pages, and ends after {asked}")
        return None
    if is_empty:
        raise UnfinishedError(f"gives an empty page {asked}, which it says is not the last")
    return {**query, "page": str(asked + 1)}


def counted(page: Page, query: Query, first: Page) -> Query | None:
    """The next page where pages begin at an item (CKAN 2, `package_search`).

    Raises:
        UnfinishedError: pages end before `count`.
    """
    start, results = int(query["start"]), listed_at(page, "result.results")
    if results is None:
        if start:
            raise UnfinishedError(f"has no list of items from item {start} on")
        return None
    total = _whole(_at(page, "result.count"))
    if total is not None and start + len(results) < total and not results:
        raise UnfinishedError(f"says that it has {total} items, and ends after {start}")
    if not results or (total is not None and start + len(results) >= total):
        return None
    return {**query, "start": str(start + len(results))}


def listed_at(page: Page, way: str) -> list[object] | None:
    """The list that lies on a way through a page, its steps divided by points."""
    found = _at(page, way)
    return found if isinstance(found, list) else None


def code_of(item: object) -> str | None:
    """The `id` of an item, if it has one by which it can be asked for."""
    code = item.get("id") if isinstance(item, Mapping) else None
    if isinstance(code, int) and not isinstance(code, bool):
        return str(code)
    if not isinstance(code, str) or not code.strip() or code in {".", ".."}:
        return None
    return code if code.isprintable() else None


def _at(page: object, way: str) -> object:
    for step in way.split("."):
        page = page.get(step) if isinstance(page, Mapping) else None
    return page


def _whole(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


SERVICE_PAGES = Paging(
    {"page": "1", "per_page": "100"}, numbered, "contents", "total_items", has_whole_items=True
)
PACKAGE_PAGES = Paging({"rows": "100", "start": "0"}, counted, "result.results", "result.count")
