"""`/sparql`: queries, the form to write one, and the description of the service."""

from dataclasses import dataclass
from functools import partial
from time import monotonic

from flask import Blueprint, Response, request

from ontology.namespaces import PREFIXES
from queries.query import load
from service.caching import NEVER_STORED
from service.dataset_terms import VOCABULARIES
from service.description import represent
from service.pages.example_queries import ExampleQuery, example_queries
from service.pages.rendering import Alternate, Pages, alternates
from service.pages.results import view_results
from service.pending import FinishingRunner, PendingAnswer
from service.query_runner import Answer, QueryJob
from service.representations import GRAPHS, HTML, JSON, NT, form_choices
from service.responses import answer, body_of_request, pages, path_of_request, telling
from service.service_description import describe_service
from service.serving import current_release, serving
from service.sparql import SparqlRequest, read_query_request
from service.store import Release

MAX_BODY = 1 << 20

endpoint = Blueprint("endpoint", __name__)


@dataclass(frozen=True, slots=True)
class QueryFormView:
    """What the page of the query form shows; `query` is one to start from."""

    title: str
    query: str
    formats: tuple[tuple[str, str], ...]
    prefixes: tuple[tuple[str, str], ...]
    base: str
    descriptions: tuple[Alternate, ...]
    examples: tuple[ExampleQuery, ...]
    endpoint: str


@endpoint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """SPARQL 1.1 Protocol §2: a query's result, or without a query what the endpoint is."""
    request.max_content_length = MAX_BODY
    asked = read_query_request(
        request.method,
        request.environ.get("QUERY_STRING", ""),
        request.headers.get("Content-Type"),
        body_of_request(),
        request.headers.get("Accept"),
    )
    release = current_release()
    return _introduce(release, asked) if asked.query is None else _pend(release, asked, asked.query)


def _introduce(release: Release, asked: SparqlRequest) -> Response:
    """The form for whoever prefers a page, else the service description."""
    forms = alternates([(each, f"/sparql?format={each.name}") for each in GRAPHS])

    def body() -> bytes:
        if asked.representation is HTML:
            view = QueryFormView(
                "SPARQL",
                load("pages/first-question").question,
                form_choices(),
                tuple(PREFIXES.items()),
                release.base,
                forms,
                example_queries(),
                f"{serving().settings.origin}/sparql",
            )
            return pages().render(
                "query.html", view, title=view.title, active="sparql", alternates=forms
            )
        description = describe_service(release, serving().settings)
        return represent(description, asked.representation, VOCABULARIES)

    limits = repr(serving().settings)  # a setting may change while the release stays
    return answer(
        release,
        asked.representation,
        body,
        asked=(path_of_request(), request.query_string.decode("latin-1"), limits),
    )


def _pend(release: Release, asked: SparqlRequest, query: str) -> Response:
    """The answer to a query; an unchanged release answers an unchanged query alike."""
    if request.method == "POST" or asked.volatile:
        response = _answer(release, asked, query)
        response.headers["Cache-Control"] = NEVER_STORED
        response.vary.add("Accept")
        return response
    return answer(
        release,
        asked.representation,
        lambda: _answer(release, asked, query),
        asked=asked.identity,
        weak=True,
    )


def _answer(release: Release, asked: SparqlRequest, query: str) -> Response:
    runner, representation = serving().runner, asked.representation
    if representation is HTML:
        runner = FinishingRunner(runner, partial(_page, release, asked, pages(), monotonic()))
        gives_graph = asked.form is not None and asked.form.gives_graph
        representation = NT if gives_graph else JSON
    job = QueryJob(
        release, query, representation, asked.default_graphs, asked.named_graphs, asked.timeout
    )
    response = PendingAnswer(job, runner, asked.representation.content_type, telling(query))
    if asked.representation is not HTML:
        name = f"results.{asked.representation.name}"
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _page(
    release: Release, asked: SparqlRequest, rendering: Pages, began: float, finished: Answer
) -> Answer:
    view = view_results(release, asked, finished, monotonic() - began)
    body = rendering.render(
        "results.html", view, title=view.title, active="sparql", alternates=view.downloads
    )
    return Answer(body, None, len(body))
