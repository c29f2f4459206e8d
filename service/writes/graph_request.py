"""Which graph a request of the Graph Store HTTP Protocol means, and what it brings. Pure.

A graph is named indirectly at `/graph-store` (§4.2) and directly at `/graph/{source}` (§4.1).
What is sent for a graph is in a syntax of graphs: TriG and N-Quads say in which graph each
statement stands, which the address says already, so they are refused.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from service.errors import Problem
from service.negotiation import named
from service.protocol_fields import graph_iris, only, read_fields, read_media_type
from service.representations import JSONLD, NT, RDF, TTL, Representation
from service.sparql import UPDATE_TEXT
from service.writes.job import Part

SYNTAXES = (TTL, NT, RDF, JSONLD)
MULTIPART = "multipart/form-data"
ACCEPT_PUT = ", ".join(each.media_type for each in SYNTAXES)
ACCEPT_POST = f"{ACCEPT_PUT}, {MULTIPART}"
ACCEPT_PATCH = UPDATE_TEXT
UTF8 = (None, "utf-8", "utf8", "us-ascii")
UNNAMED_TYPE = "application/octet-stream"  # of a file whose name alone says what it is
MAX_FILES = 100


@dataclass(frozen=True, slots=True)
class GraphTarget:
    """The graph that a request is about: `iri`, or None for the default graph."""

    iri: str | None


def read_target(query_string: str) -> GraphTarget | None:
    """The graph that `?graph=` or `?default` names (§4.2); None where neither is there.

    Raises:
        Problem: 400 for both, for two graphs, and for a graph that is no absolute IRI.
    """
    fields = read_fields(query_string.encode("latin-1"), "query string")
    is_default = any(name == "default" for name, _ in fields)
    iri = only(fields, "graph")
    if iri is None:
        return GraphTarget(None) if is_default else None
    if is_default:
        raise Problem(
            400, "Two graphs are named.", "`graph` names one, and `default` the default graph."
        )
    graph_iris(fields, "graph")
    return GraphTarget(iri)


def no_target() -> Problem:
    """The Problem 400 for a request that names no graph."""
    return Problem(
        400,
        "No graph is named.",
        "`/graph-store?graph=IRI` names a graph, `/graph-store?default` the default graph.",
    )


def read_parts(
    content_type: str | None, body: bytes, base: str, *, is_post: bool
) -> tuple[Part, ...]:
    """The RDF of a PUT or POST: the body, or for POST each file of a form (§5.5).

    `base` is what relative IRIs stand under.

    Raises:
        Problem: 415 for a media type that is no syntax of graphs or a charset that is not UTF-8,
            400 for a form that cannot be taken apart.
    """
    media_type, _ = read_media_type(content_type)
    if media_type == MULTIPART and is_post:
        return _files(content_type or "", body, base)
    if media_type is None and not body:
        raise Problem(400, "There is no body.", "Nothing was changed.")
    syntax = _syntax(content_type, ACCEPT_POST if is_post else ACCEPT_PUT)
    return (Part(syntax.media_type, body, base),)


def _files(content_type: str, body: bytes, base: str) -> tuple[Part, ...]:
    """The files of a form (RFC 7578), in their order."""
    boundary = parse_options_header(content_type)[1].get("boundary", "")
    if not boundary:
        raise Problem(400, "The form has no boundary.", f"{MULTIPART} names one.")
    parts: list[Part] = []
    syntax, content = TTL, bytearray()
    decoder = MultipartDecoder(boundary.encode("latin-1", "replace"), max_parts=MAX_FILES)
    try:
        decoder.receive_data(body)
        decoder.receive_data(None)
        while not isinstance(event := decoder.next_event(), Epilogue):
            if isinstance(event, NeedData):
                raise _torn()
            if isinstance(event, Field | File):
                name = event.filename if isinstance(event, File) else None
                syntax = _syntax_of_file(event.headers.get("Content-Type"), name)
                content = bytearray()
            elif isinstance(event, Data):
                content += event.data
                if not event.more_data:
                    parts.append(Part(syntax.media_type, bytes(content), base))
    except Problem:
        raise
    except Exception:  # the decoder raises what its parts raise
        raise _torn() from None
    if not parts:
        raise Problem(400, "The form has no file.", "Nothing was changed.")
    return tuple(parts)


def _torn() -> Problem:
    return Problem(
        400,
        "The form cannot be taken apart.",
        f"It is no whole {MULTIPART} of at most {MAX_FILES} files, ended by its boundary.",
    )


def _syntax_of_file(content_type: str | None, name: str | None) -> Representation:
    """The syntax of one file of a form: its own media type says it, or else its name."""
    media_type, _ = read_media_type(content_type)
    if media_type in (None, UNNAMED_TYPE) and name:
        by_name = named(PurePosixPath(name).suffix.removeprefix("."), SYNTAXES)
        if by_name is not None:
            return by_name
    return _syntax(content_type, ACCEPT_PUT)


def _syntax(content_type: str | None, accepted: str) -> Representation:
    media_type, charset = read_media_type(content_type)
    for syntax in SYNTAXES:
        if media_type in (syntax.media_type, *syntax.aliases):
            if charset not in UTF8:
                raise Problem(
                    415, "The charset is not supported.", "What is sent has to be in UTF-8."
                )
            return syntax
    raise Problem(
        415,
        "The body's media type is not supported.",
        f"{media_type or 'A body without a media type'} is no syntax of a graph: they are "
        f"{ACCEPT_PUT}.",
        headers={"Accept-Post": accepted, "Accept": ACCEPT_PUT},
    )
