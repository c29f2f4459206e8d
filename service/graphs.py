"""`/graph/{source}`: the contents of one named graph (Graph Store HTTP Protocol §4.1 and §5.2).

The statements of a graph are the payload, which the syntaxes of a graph give without its name.
N-Quads and TriG are syntaxes of datasets: they say in which graph the statements stand, so that a
store that reads them keeps each source apart.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import quote

from flask import Blueprint, Response
from pyoxigraph import NamedNode

from queries.query import load
from service.description import describe, licences
from service.errors import Problem
from service.locations import spellings, uri_of
from service.pages.rendering import alternates
from service.pages.source import view_source
from service.pending import FinishingRunner, PendingAnswer
from service.query_runner import Answer, QueryJob, QueryRunner
from service.representations import DESCRIPTIONS, HTML, NT, TRIG, Representation
from service.responses import Link, answer, negotiate, pages, path_of_request, telling
from service.serving import current_release, serving
from service.store import Release
from service.writes.conditions import asked_of_graph

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
        name = f"{path.rpartition('/')[2]}.{representation.name}"
        return contents(release, iri, representation, name)

    links = [Link(release.locations.resource_path(iri), "describedby")]
    links += [
        Link(location, "alternate", each.media_type)
        for each, location in forms
        if each is not representation
    ]
    links += [Link(uri_of(each), "license") for each in licences(release, description)]
    return answer(
        release,
        representation,
        body,
        asked=asked_of_graph(iri),
        links=links,
        location=dict(forms)[representation],
    )


def contents(
    release: Release, iri: str | None, representation: Representation, name: str
) -> Response:
    """The statements of a graph, or of the default graph for None, sent as a file of this name."""
    query = load("pages/graph-contents").text
    runner: QueryRunner = serving().runner
    asked = representation
    if representation.names_graphs and iri is not None:
        runner, asked = FinishingRunner(runner, partial(_name, iri, representation)), NT
    job = QueryJob(
        release, query, asked, () if iri is None else (iri,), None if iri is None else ()
    )
    response = PendingAnswer(job, runner, representation.content_type, telling())
    response.headers["Content-Disposition"] = f'inline; filename="{quote(name)}"'
    return response


def _name(iri: str, form: Representation, triples: Answer) -> Answer:
    """The N-Triples of the graph as TriG or N-Quads that name it."""
    if triples.path is None:
        body = b"".join(_named(iri, form, (triples.body or b"").splitlines(keepends=True)))
        return Answer(body, None, len(body))
    path = triples.path.with_name(f"{triples.path.name}.{form.name}")
    with triples.path.open("rb") as lines, path.open("wb") as file:
        file.writelines(_named(iri, form, lines))
    return Answer(None, path, path.stat().st_size)


def _named(iri: str, form: Representation, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines of N-Triples, each of which ends in a full stop, with the name of their graph."""
    name = str(NamedNode(iri)).encode()
    if form is TRIG:
        yield name + b" {\n"
        yield from lines
        yield b"}\n"
    else:
        ending = b" " + name + b" .\n"
        yield from (line.removesuffix(b" .\n") + ending for line in lines)


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
