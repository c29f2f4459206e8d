"""How the pages of a feed follow one another, as far as its format says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Paging:
    """The pages of a feed of JSON documents.

    `first` is the query of the first page, `following` what makes that of the next from a page and
    its own query, or None where it is the last. `keys` gives the codes of the items on a page, each
    to be had whole under the feed's address.
    """

    first: Query
    following: Callable[[Mapping[str, object], Query], Query | None]
    keys: Callable[[Mapping[str, object]], list[str]]


def numbered(page: Mapping[str, object], query: Query) -> Query | None:
    """The next page where pages have numbers (Open Referral UK 3, `/services`).

    A page says that it is the last, or how many there are.
    """
    number, total = page.get("page_number"), page.get("total_pages")
    here = int(query["page"])
    if page.get("last_page") is True or not page.get("contents"):
        return None
    if isinstance(total, int) and here >= total:
        return None
    if isinstance(number, int) and number != here:
        return None  # the server gives the same page whatever it is asked
    return {**query, "page": str(here + 1)}


def counted(page: Mapping[str, object], query: Query) -> Query | None:
    """The next page where pages begin at an item (CKAN 2, `package_search`)."""
    result = page.get("result")
    results = result.get("results") if isinstance(result, Mapping) else None
    if not isinstance(result, Mapping) or not isinstance(results, list) or not results:
        return None
    start, total = int(query["start"]) + len(results), result.get("count")
    if isinstance(total, int) and start >= total:
        return None
    return {**query, "start": str(start)}


def keys_under(*way: str) -> Callable[[Mapping[str, object]], list[str]]:
    """What gives the `id` of each item in the list that lies on a way through a page."""

    def keys(page: Mapping[str, object]) -> list[str]:
        found: object = page
        for step in way:
            found = found.get(step) if isinstance(found, Mapping) else None
        items = found if isinstance(found, list) else []
        return [str(each["id"]) for each in items if isinstance(each, Mapping) and each.get("id")]

    return keys


SERVICE_PAGES = Paging({"page": "1", "per_page": "100"}, numbered, keys_under("contents"))
PACKAGE_PAGES = Paging({"rows": "100", "start": "0"}, counted, keys_under("result", "results"))
