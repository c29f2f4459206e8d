"""Dereferencing: `/id/…`, `/doc/…`, `/def/…`, `/.well-known/genid/…` and `/resource?iri=`.

As "Designing URI Sets for the UK Public Sector" has it, a thing's IRI answers 303 See Other to
the document about it, and definitions are documents themselves. Nothing redirects to a 404.
"""

from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from service.description import (
    Description,
    Standing,
    describe,
    describe_together,
    node_of,
    represent,
    standing,
    with_incoming,
)
from service.documents import document_at
from service.errors import Problem
from service.finding import defined, definitions, described, find, readings
from service.gone import answer_gone
from service.kept_releases import keeps_history
from service.listing import Listing, describe_listing, read_listing, view_listing
from service.locations import uri_of
from service.mementos import ACCEPT_DATETIME, see_as_it_was
from service.pages.definitions import SHAPES, view_definitions
from service.pages.links import holder
from service.pages.rendering import alternates
from service.pages.shapes import view_shapes
from service.pages.thing import view_description
from service.representations import DESCRIPTIONS, HTML
from service.responses import Link, answer, negotiate, pages, path_of_request, see_without_slash
from service.serving import current_release
from service.store import Release

resources = Blueprint("resources", __name__)


@resources.get("/id/<path:_>")
def identify(_: str) -> Response:
    """303 to the document about a thing, or about the set of things of one kind."""
    release = current_release()
    path = path_of_request().removeprefix("/id/")
    found = next(described(release, release.base + "id/", path), None)
    if found is not None:
        gone = answer_gone(release, found)
        return gone or _see_document(release.locations.document_path(found))
    listing = read_listing(release, path, None, request.args)
    if listing is not None:
        return _see_document(listing.address(f"/doc/{path}"))
    raise _unknown()


@resources.get("/doc/<path:_>")
def describe_thing(_: str) -> Response:
    """The document about a thing, or the list of the things of one kind."""
    release = current_release()
    path = path_of_request().removeprefix("/doc/")
    found = find(path, partial(described, release, release.base + "id/"))
    if found is not None:
        as_it_was = see_as_it_was(release, found)
        if as_it_was is not None:
            return as_it_was
        gone = answer_gone(release, found.iri, found.suffix)
        if gone is not None:
            return gone
        kind = path.partition("/")[0]
        return _send(release, describe(release, found.iri), found.suffix, active=kind)
    for kind, suffix in readings(path):
        listing = read_listing(release, kind, request.args.get("page"), request.args)
        if listing is not None:
            return _send_listing(release, listing, suffix)
    raise _unknown()


@resources.get("/def/<path:_>")
def define(_: str) -> Response:
    """The ontology, a concept scheme or a concept, each its own document."""
    release = current_release()
    path = path_of_request().removeprefix("/def/")
    found = find(path, partial(defined, release))
    if found is None and find(path.removesuffix("/"), partial(defined, release)) is not None:
        return see_without_slash()
    if found is None:
        raise _unknown()
    members = definitions(release).under(found.iri)
    description = describe_together(release, found.iri, members)
    page = _page_of_definitions if members else _page_of_thing
    return _send(release, description, found.suffix, page, active="ontology")


@resources.get("/.well-known/genid/<path:_>")
def identify_part(_: str) -> Response:
    """303 to the document that describes a part together with its whole (RDF 1.1 §3.5)."""
    release = current_release()
    path = path_of_request().removeprefix("/.well-known/genid/")
    found = next(described(release, release.base + ".well-known/genid/", path), None)
    if found is None:
        raise _unknown()
    whole = holder(release, NamedNode(found)).value
    locations = release.locations
    if whole.startswith(release.base + "id/"):
        return _see_document(locations.document_path(whole))
    return _see_document(locations.resource_path(found))


@resources.get("/resource")
def describe_any() -> Response:
    """What the release says of any IRI. Of somebody else's, that is mostly who points to it."""
    release = current_release()
    iri = request.args.get("iri", "")
    if node_of(iri) is None:
        raise Problem(
            400,
            "This is no absolute IRI.",
            "`/resource?iri=` describes one resource, named by an absolute IRI such as "
            "http://example.org/thing, percent-encoded.",
        )
    ours = release.locations.path_of(iri) is not None
    spelled = next(
        (each for each in (iri, uri_of(iri)) if standing(release, each) is not Standing.UNKNOWN),
        iri,
    )
    gone = answer_gone(release, spelled)
    if gone is not None:
        return gone
    description = describe(release, spelled)
    if not ours:
        description = with_incoming(release, description)
    if not description.quads and not description.incoming:
        raise _unknown()
    return _send(release, description, None, canonical=ours)


def _page_of_thing(release: Release, description: Description) -> tuple[str, object, str]:
    """The template of a thing's page, what it shows, and its title."""
    view = view_description(release, description)
    return "description.html", view, view.title


def _page_of_definitions(release: Release, description: Description) -> tuple[str, object, str]:
    """The same of a document that defines terms: the shapes, the ontology or a concept scheme."""
    if description.iri == SHAPES:
        shapes = view_shapes(release, description)
        return "shapes.html", shapes, shapes.document.title
    definitions = view_definitions(release, description)
    if not definitions.sections:
        return _page_of_thing(release, description)
    return "definitions.html", definitions, definitions.document.title


def _see_document(path: str) -> Response:
    """303 See Other (httpRange-14): the thing itself cannot be sent, a document about it can.

    A `format=` goes along, for whoever wrote it into the link of a thing meant its document.
    """
    response = Response(status=303)
    del response.headers["Content-Type"]
    response.headers["Link"] = str(Link(path, "describedby"))
    if "format" in request.args:
        mark = "&" if "?" in path else "?"
        path = f"{path}{mark}format={quote(request.args['format'], safe='')}"
    response.headers["Location"] = path
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _send(
    release: Release,
    description: Description,
    suffix: str | None,
    page: Callable[[Release, Description], tuple[str, object, str]] = _page_of_thing,
    *,
    active: str = "",
    canonical: bool = False,
) -> Response:
    """The description in the form that the client wants, with links to the others."""
    representation = negotiate(DESCRIPTIONS, suffix)
    path = release.locations.document_path(description.iri)
    if request.path == "/resource":
        path = release.locations.resource_path(description.iri)
    found = document_at(release, description, path)

    def body() -> bytes:
        if representation is not HTML:
            return found.body(representation)
        template, view, title = page(release, description)
        return pages().render(
            template, view, title=title, active=active, alternates=alternates(found.forms[:-1])
        )

    links = found.links(representation)
    if canonical:
        links.append(Link(release.locations.document_path(description.iri), "canonical"))
    location = found.location(representation)
    response = answer(release, representation, body, links=links, location=location)
    if request.path.startswith("/doc/") and keeps_history(release):
        response.vary.add(ACCEPT_DATETIME)
    return response


def _send_listing(release: Release, listing: Listing, suffix: str | None) -> Response:
    representation = negotiate(DESCRIPTIONS, suffix)
    path = f"/doc/{listing.kind}"

    def at(page: int, form: str = "") -> str:
        return listing.address(path + form, page)

    forms = [(each, at(listing.page, f".{each.name}")) for each in DESCRIPTIONS]

    def body() -> bytes:
        if representation is not HTML:
            return represent(describe_listing(release, listing), representation)
        view = view_listing(release, listing, path, alternates(forms[:-1]))
        return pages().render(
            "list.html",
            view,
            title=view.numbered,
            active=listing.kind,
            alternates=view.alternates,
        )

    links = [Link(listing.address(f"/id/{listing.kind}"), "describes")]
    for rel, step in (("prev", -1), ("next", +1)):
        page = listing.neighbour(step)
        if page is not None:
            links.append(Link(at(page, f".{suffix}" if suffix else ""), rel))
    links += [
        Link(location, "alternate", each.media_type)
        for each, location in forms
        if each is not representation
    ]
    return answer(release, representation, body, links=links, location=dict(forms)[representation])


def _unknown() -> Problem:
    return Problem(
        404, "Nothing is known of this.", "No source of the current release describes it."
    )
