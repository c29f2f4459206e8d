"""`/graph/{source}`: the contents of one named graph (Graph Store HTTP Protocol §4.1 and §5.2).

The statements of a graph are the payload, so no syntax names the graph itself: put back by the
same protocol, they land where they came from.
"""

from flask import Blueprint, Response
from pyoxigraph import NamedNode

from queries.query import load
from service.description import describe, licences
from service.errors import Problem
from service.locations import spellings, uri_of
from service.pages.rendering import alternates
from service.pages.source import view_source
from service.pending import PendingAnswer
from service.query_runner import QueryJob
from service.representations import DESCRIPTIONS, HTML
from service.responses import Link, answer, negotiate, pages, path_of_request, telling
from service.serving import current_release, serving
from service.store import Release

graphs = Blueprint("graphs", __name__)


@graphs.get("/graph/<path:_>")
def graph_contents(_: str) -> Response:
    """The statements of a graph, or a page that says what graph it is."""
    release = current_release()
    iri = _find(release, path_of_request().removeprefix("/graph/"))
    representation = negotiate(DESCRIPTIONS)
    description = describe(release, iri)
    path = release.locations.path_of(iri) or path_of_request()
    forms = [(each, f"{path}?format={each.name}") for each in DESCRIPTIONS]

    def body() -> bytes | Response:
        if representation is HTML:
            view = view_source(release, description)
            return pages().render(
                "source.html", view, title=view.title, alternates=alternates(forms[:-1])
            )
        query = load("pages/graph-contents").text
        job = QueryJob(release, query, representation, (iri,), ())
        response = PendingAnswer(job, serving().runner, representation.content_type, telling())
        name = f"{path.rpartition('/')[2]}.{representation.name}"
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
        return response

    links = [Link(release.locations.resource_path(iri), "describedby")]
    links += [
        Link(location, "alternate", each.media_type)
        for each, location in forms
        if each is not representation
    ]
    links += [Link(uri_of(each), "license") for each in licences(release, description)]
    return answer(release, representation, body, links=links, location=dict(forms)[representation])


def _find(release: Release, path: str) -> str:
    """The IRI of the named graph that the path spells."""
    for spelling in spellings(path):
        iri = release.graph(spelling)
        try:
            if release.store.contains_named_graph(NamedNode(iri)):
                return iri
        except ValueError:
            continue
    raise Problem(404, "There is no such graph.", "The current release has no graph of this name.")
