"""What an IRI answers whose resource is gone: 410, with what is remembered of it.

What was merged into something else or split up is not gone in this sense: it has a document still,
which leads on.
"""

from flask import Response, request

from ontology.vocab import DCT
from service.caching import NEVER_STORED
from service.description import Standing, Withdrawal, describe, standing, withdrawal
from service.documents import Link, document_at, gate_links, has_past
from service.errors import PROBLEM_JSON, Problem
from service.negotiation import choose
from service.pages.dates import moment
from service.pages.links import TermLink, link_thing
from service.representations import GRAPHS, HTML, Representation
from service.store import Release

TOLD = Representation("problem", PROBLEM_JSON, "Problem", aliases=("application/json",))
REPLACED_BY = DCT.isReplacedBy
"""The relation to a successor (RFC 8288 §2.1.2), which is another resource and no version."""


def answer_gone(release: Release, iri: str, suffix: str | None = None) -> Response | None:
    """410 for an IRI whose resource is gone; None for any other.

    It is sent in RDF to whoever asks for that; a page and a problem document are raised.

    Raises:
        Problem: 410, with what it was called, why and when it ended, and what came after it.
    """
    if standing(release, iri) is not Standing.WITHDRAWN:
        return None
    gone = withdrawal(release, iri)
    if not gone.is_gone:
        return None
    successors = tuple(link_thing(release, each) for each in gone.successors)
    links = [Link(each.href, REPLACED_BY) for each in successors]
    path = release.locations.document_path(iri)
    if has_past(release, iri) and (gone.label is not None or gone.reason is not None):
        links += gate_links(path)
    representation = _wanted(suffix)
    if representation in (TOLD, HTML):
        raise _problem(gone, successors, links)
    found = document_at(release, describe(release, iri), path)
    response = Response(found.body(representation), 410, content_type=representation.content_type)
    for link in links:
        response.headers.add("Link", str(link))
    response.headers["Cache-Control"] = NEVER_STORED
    response.vary.add("Accept")
    return response


def _wanted(suffix: str | None) -> Representation:
    """The form that this request asks for; what there is not is told as a problem."""
    try:
        return choose(
            (TOLD, *GRAPHS, HTML),
            request.headers.get("Accept"),
            request.args.get("format"),
            suffix,
        )
    except Problem:
        return TOLD


def _problem(gone: Withdrawal, successors: tuple[TermLink, ...], links: list[Link]) -> Problem:
    told = [f"It was called {gone.label}." if gone.label else "", gone.reason or ""]
    when = moment(gone.when)
    if when is not None:
        told.append(f"It was withdrawn on {when.words}.")
    names = " and ".join(each.label for each in successors)
    if names:
        told.append(f"It was replaced by {names}.")
    extensions: dict[str, object] = {"iri": gone.iri, "withdrawn": gone.when}
    extensions |= {
        name: value
        for name, value in (("label", gone.label), ("reason", gone.reason))
        if value is not None
    }
    if successors:
        extensions["successors"] = list(gone.successors)
    return Problem(
        410,
        "This has been withdrawn.",
        " ".join(filter(None, told)),
        headers={"Link": ", ".join(map(str, links))} if links else {},
        extensions=extensions,
        ways_on=tuple((each.label, each.href) for each in successors),
    )
