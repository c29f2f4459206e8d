"""`/graph-store`, and writes to `/graph/{source}`: the Graph Store HTTP Protocol.

What is read is what the caller's audience may see. What is written is done by
`service.writes.writer`; it becomes a release, or is refused whole.
"""

from collections.abc import Callable
from functools import partial
from urllib.parse import quote
from uuid import uuid4

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from service.caching import NEVER_STORED
from service.errors import Problem
from service.graphs import contents
from service.locations import spellings
from service.pending import PendingWrite
from service.protocol_fields import read_media_type
from service.representations import GRAPHS
from service.responses import (
    RELEASE,
    Link,
    answer,
    body_of_write,
    negotiate,
    path_of_request,
    request_id,
    telling,
)
from service.serving import caller, current_release, serving
from service.sparql import UPDATE_TEXT
from service.store import Release
from service.writes.authority import check_may_write
from service.writes.conditions import (
    Conditions,
    asked_of_graph,
    read_conditions,
    tags_of_graph,
)
from service.writes.graph_request import (
    ACCEPT_PATCH,
    ACCEPT_POST,
    no_target,
    read_parts,
    read_target,
)
from service.writes.job import Action, WriteJob, Written
from service.writes.update_request import update_text

PATH = "/graph-store"
DIRECT = "/graph/"
WRITING = ("PUT", "POST", "DELETE", "PATCH")
MAX_BODY = 10 << 20

graph_store = Blueprint("graph_store", __name__)


@graph_store.get(PATH)
def read_graph() -> Response:
    """The statements of the graph that is named (§5.2)."""
    target = read_target(request.environ.get("QUERY_STRING", ""))
    if target is None:
        raise no_target()
    release = current_release()
    iri = target.iri
    if iri is not None and not release.store.contains_named_graph(NamedNode(iri)):
        raise Problem(
            404, "There is no such graph.", "The current release has no graph of this name."
        )
    representation = negotiate(GRAPHS)
    name = "default" if iri is None else iri.rstrip("/#").rpartition("/")[2] or "graph"
    links = [] if iri is None else [Link(release.locations.resource_path(iri), "describedby")]
    return answer(
        release,
        representation,
        lambda: contents(release, iri, representation, f"{name}.{representation.name}"),
        asked=asked_of_graph(iri),
        links=links,
        location=f"{location_of(release, iri)}{'&' if iri is None else _joint(release, iri)}"
        f"format={representation.name}",
    )


@graph_store.route(PATH, methods=WRITING)
def write_graph() -> Response:
    """A write to the graph that is named; POST without a name makes a new graph (§5.3 to §5.7)."""
    by = check_may_write(caller())
    target = read_target(request.environ.get("QUERY_STRING", ""))
    if target is not None:
        return _pend(by, target.iri)
    if request.method != "POST":
        raise no_target()
    release = current_release()
    if not release.manifest.get("open"):
        raise Problem(
            409,
            "No new graph is made here.",
            f"What is sent is kept in one graph, <{release.graph('edits')}>: name it with `graph`.",
        )
    return _pend(by, release.graph(uuid4().hex), Conditions(if_exists=False))


@graph_store.route("/graph/<path:_>", methods=WRITING)
def write_graph_directly(_: str) -> Response:
    """A write to the graph whose address this is (§4.1)."""
    by = check_may_write(caller())
    return _pend(by, _meant(current_release(), path_of_request().removeprefix(DIRECT)))


@graph_store.after_request
def _say_what_is_taken(response: Response) -> Response:
    if request.method == "OPTIONS":
        response.headers["Accept-Post"] = ACCEPT_POST
        response.headers["Accept-Patch"] = ACCEPT_PATCH
    elif request.method in WRITING:
        response.headers["Cache-Control"] = NEVER_STORED
    return response


def location_of(release: Release, iri: str | None) -> str:
    """The path of a graph here: its own where it has one."""
    if iri is None:
        return f"{PATH}?default"
    own = release.locations.path_of(iri)
    return (
        own if own is not None and own.startswith(DIRECT) else f"{PATH}?graph={quote(iri, safe='')}"
    )


def _joint(release: Release, iri: str) -> str:
    return "&" if location_of(release, iri).startswith(f"{PATH}?") else "?"


def _meant(release: Release, path: str) -> str:
    """The IRI of the graph at a path: one that is there, or else the one that it spells."""
    possible = []
    for spelling in spellings(path):
        iri = release.graph(spelling)
        try:
            node = NamedNode(iri)
        except ValueError:
            continue
        if release.store.contains_named_graph(node):
            return iri
        possible.append(iri)
    return possible[0]  # there is one: what is percent-encoded throughout is an IRI


def _pend(by: str, iri: str | None, conditions: Conditions | None = None) -> Response:
    """The response to a write to a graph, which is still to be done."""
    request.max_content_length = MAX_BODY
    action = Action[request.method]
    release = current_release()
    conditions = conditions or _conditions(release, iri)
    _refuse_range()
    body = b"" if action is Action.DELETE else body_of_write()
    base = f"{serving().settings.origin}{PATH}" if iri is None else iri
    sent = request.headers.get("Content-Type")
    job = WriteJob(
        action,
        by,
        caller().role or "",
        request_id(),
        text=_patch(sent, body) if action is Action.PATCH else "",
        base=base if action is Action.PATCH else None,
        graph=iri,
        parts=read_parts(sent, body, base, is_post=action is Action.POST)
        if action.brings_rdf
        else (),
        if_release=conditions.if_release,
        if_exists=conditions.if_exists,
    )
    tell: Callable[[Response, Written], None] = partial(_tell, location_of(release, iri))
    return PendingWrite(job, serving().writer, tell, telling())


def _conditions(release: Release, iri: str | None) -> Conditions:
    return read_conditions(
        request.headers.get("If-Match"),
        request.headers.get("If-None-Match"),
        release.id,
        tags_of_graph(serving().build, release.id, iri),
    )


def _refuse_range() -> None:
    """Refuse a part of a graph, which would otherwise be taken for the whole (RFC 9110 §14.5)."""
    if "Content-Range" in request.headers:
        raise Problem(
            400, "A part cannot be written.", "A graph is sent whole, without Content-Range."
        )


def _patch(content_type: str | None, body: bytes) -> str:
    """The update that PATCH sends (§5.7)."""
    media_type, charset = read_media_type(content_type)
    if media_type != UPDATE_TEXT:
        raise Problem(
            415,
            "The body's media type is not supported.",
            f"A graph is patched by {UPDATE_TEXT}.",
            headers={"Accept-Patch": ACCEPT_PATCH},
        )
    text = update_text(body, charset)
    if not text.strip():
        raise Problem(400, "The update is empty.", "Nothing was changed.")
    return text


def _tell(location: str, response: Response, written: Written) -> None:
    """201 for a graph that is new, else 204. Without a tag: what is kept is no copy of the bytes.

    RFC 9110 §9.3.4 forbids a validator after a PUT whose content was transformed.
    """
    response.status_code = 201 if written.created else 204
    if written.created:
        response.headers["Location"] = location
    response.headers.pop("Content-Type", None)
    response.headers[RELEASE] = written.release
