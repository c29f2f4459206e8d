"""`/search`: things, concepts and terms by their words and codes, as a page or as JSON.

The words are looked for in the index that was made with the release, of the audience's own store.
"""

import json
import re

from flask import Blueprint, Response, request

from queries.search_fields import FACETS
from service.errors import Problem
from service.pages.rendering import alternates
from service.pages.search_results import (
    PAGE_SIZE,
    Search,
    choices,
    neighbour,
    page_count,
    view_hits,
    view_search,
)
from service.protocol_fields import read_fields
from service.representations import HTML, Representation
from service.responses import Link, answer, negotiate, pages
from service.search_index import Answer, SearchIndex, search_index
from service.search_query import cleaned
from service.serving import current_release
from service.store import Release

LONGEST = 200
PAGE_NUMBER = re.compile(r"0*([1-9][0-9]{0,9})", re.ASCII)
JSON = Representation("json", "application/json", "JSON")
OFFERED = (JSON, HTML)
PARAMETERS = ("q", *FACETS, "page", "format")

search = Blueprint("search", __name__)


@search.get("/search")
def find() -> Response:
    """What has the words of `q`, or its code, and the chosen values of facets; 20 on a page."""
    release = current_release()
    representation = negotiate(OFFERED)
    asked = _read_search()
    index = search_index(release)
    if index is None and release.manifest.get("open"):
        raise Problem(
            404,
            "An open data directory has no search.",
            "It is a plain store of RDF: ask it in SPARQL.",
        )
    if index is None:
        raise Problem(
            503,
            "Search is not available for this release.",
            "The release was made without a search index; the next one that is published has it.",
        )
    found = _ask(index, asked)
    forms = [(each, asked.address(asked.page, format=each.name)) for each in OFFERED]

    def body() -> bytes:
        if representation is JSON:
            return _as_json(release, asked, found)
        view = view_search(release, asked, found, alternates(forms[:1]))
        return pages().render(
            "search.html", view, title=view.numbered, active="search", alternates=view.alternates
        )

    written = {"format": representation.name} if "format" in request.args else {}
    links = [
        Link(asked.address(page, **written), rel)
        for rel, step in (("prev", -1), ("next", +1))
        if (page := neighbour(asked, found.total, step)) is not None
    ]
    links += [
        Link(location, "alternate", each.media_type)
        for each, location in forms
        if each is not representation
    ]
    return answer(release, representation, body, links=links, location=dict(forms)[representation])


def _read_search() -> Search:
    """What this request searches for.

    A Problem with 400 for more than anybody types, for no page, for a parameter that there is none
    of or that is given twice, and for bytes that are not UTF-8.
    """
    fields = _read_fields()
    text = fields.get("q", "")
    if len(text) > LONGEST:
        raise Problem(
            400,
            "The search is too long.",
            f"It has {len(text):,} characters, and up to {LONGEST} are looked for.",
        )
    page = PAGE_NUMBER.fullmatch(fields.get("page", "1"))
    if page is None:
        raise Problem(400, "This is not the number of a page.", "Pages are counted from 1.")
    chosen = {name: fields[name] for name in FACETS if fields.get(name)}
    return Search(cleaned(text), chosen, int(page[1]))


def _read_fields() -> dict[str, str]:
    fields = read_fields(request.query_string, "query string")
    names = [name for name, _ in fields]
    for name in names:
        if name not in PARAMETERS:
            taken = ", ".join(f"“{each}”" for each in PARAMETERS)
            sentence = f"The search has no parameter “{name}”; it takes {taken}."
        elif names.count(name) > 1:
            sentence = f"The parameter “{name}” is given more than once."
        else:
            continue
        raise Problem(400, "Nothing can be searched for like this.", sentence)
    return dict(fields)


def _ask(index: SearchIndex, asked: Search) -> Answer:
    found = index.ask(asked.text, asked.chosen, asked.first, PAGE_SIZE)
    last = page_count(found.total)
    if asked.page > last:
        raise Problem(404, "There is no such page.", f"The last page is {last}.")
    return found


def _as_json(release: Release, asked: Search, found: Answer) -> bytes:
    """The page of hits as JSON; `partial` says that they have some of the words, and none has all.

    `facets` tell for each value how many hits choosing it leaves, and where that search is.
    """
    table = {
        "query": asked.text,
        "total": found.total,
        "partial": found.partial,
        "page": asked.page,
        "pages": page_count(found.total),
        "items": [
            {
                "iri": hit.link.iri,
                "label": hit.link.label,
                "class": {"iri": hit.type.iri, "label": hit.type.label},
                "publishers": [
                    {"iri": each.iri or None, "label": each.label} for each in hit.publishers
                ],
                "description": hit.description,
                "score": hit.score,
                "document": release.locations.document_path(hit.link.iri),
            }
            for hit in view_hits(release, asked, found.hits)
        ],
        "facets": {
            name: [
                {
                    "value": value,
                    "label": link.label,
                    "count": link.count,
                    "href": link.href,
                    "chosen": link.chosen,
                }
                for value, link in choices(release, asked, found, name)
            ]
            for name in FACETS
        },
    }
    return json.dumps(table, ensure_ascii=False, indent=1).encode() + b"\n"
