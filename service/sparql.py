"""Reading a request to `/sparql` (SPARQL 1.1 Protocol §2.1). Pure: no Flask, no store.

The view uses this, and so may the edge for the one hot path, `GET /sparql`. The body has to
come without a content coding: whoever holds the header fields refuses one (RFC 9110 §15.5.16).
"""

import re
from dataclasses import dataclass

from service.admission import QueryForm, admit
from service.errors import Problem
from service.negotiation import acceptable, choose
from service.protocol_fields import (
    Fields,
    graph_iris,
    only,
    read_fields,
    read_media_type,
    utf8_text,
)
from service.representations import DESCRIPTIONS, GRAPHS, HTML, SOLUTIONS, Representation

FORM = "application/x-www-form-urlencoded"
QUERY_TEXT = "application/sparql-query"
UPDATE_TEXT = "application/sparql-update"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
SECONDS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """What a client asks of the endpoint.

    Without a query it asks for the form, or for the description of the service. `named_graphs`
    is None where the protocol names no dataset at all (§2.1.4); with either kind of graph
    named, the dataset is exactly what is named. `volatile` queries may not be cached.
    """

    representation: Representation
    query: str | None = None
    form: QueryForm | None = None
    volatile: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] | None = None
    timeout: float | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        """What decides the answer, besides release and representation."""
        return (
            self.query or "",
            "default",
            *self.default_graphs,
            "named",
            *(self.named_graphs or ()),
        )


def read_query_request(
    method: str,
    query_string: str,
    content_type: str | None,
    body: bytes,
    accept: str | None,
) -> SparqlRequest:
    """What the request asks for; Problem where the protocol does not allow it."""
    in_url = read_fields(query_string.encode("latin-1"), "query string")
    if method in ("GET", "HEAD"):
        query, fields = only(in_url, "query"), in_url
        _refuse_update(in_url)
    elif method == "POST":
        query, fields = _posted(in_url, content_type, body)
    else:
        raise Problem(
            405,
            "The method is not allowed.",
            "Queries are sent by GET or POST.",
            headers={"Allow": ", ".join(METHODS)},
        )
    return _read(query, fields, accept)


def _posted(in_url: Fields, content_type: str | None, body: bytes) -> tuple[str, Fields]:
    """The query of a POST, and the fields that go with it (§2.1.2 and §2.1.3)."""
    media_type, charset = read_media_type(content_type)
    if media_type == FORM:
        fields = read_fields(body, "body")
        _refuse_update(fields)
        query = only(fields, "query")
        if query is None:
            raise Problem(400, "There is no query.", "A form that is posted has a field `query`.")
        fields = fields + in_url
    elif media_type == QUERY_TEXT:
        if charset not in (None, "utf-8", "utf8"):
            raise Problem(
                415, "The charset is not supported.", f"{QUERY_TEXT} is in UTF-8 (§2.1.3)."
            )
        query, fields = utf8_text(body, "body"), in_url
    elif media_type == UPDATE_TEXT:
        raise Problem(
            415, "This is a SPARQL update.", "This endpoint answers queries; updates go to /update."
        )
    else:
        raise Problem(
            415,
            "The body's media type is not supported.",
            f"A query is posted as {FORM} or as {QUERY_TEXT}.",
            headers={"Accept-Post": f"{FORM}, {QUERY_TEXT}"},
        )
    if only(in_url, "query") is not None:
        raise Problem(
            400, "There are two queries.", "One is in the body, and one in the query string."
        )
    return query, fields


def _read(query: str | None, fields: Fields, accept: str | None) -> SparqlRequest:
    # SPARQLWrapper repeats the field, with a word and then with media types.
    formats = [value for name, value in fields if name == "format"]
    format_word = ",".join(formats) if formats else None
    timeout = _timeout(only(fields, "timeout"))
    default_graphs = graph_iris(fields, "default-graph-uri")
    named_graphs = graph_iris(fields, "named-graph-uri")
    if query is None:
        # A client that takes query results only is no less told what the service is.
        if acceptable(accept, DESCRIPTIONS) is None:
            accept = None
        return SparqlRequest(choose(DESCRIPTIONS, accept, format_word))
    if not query.strip():
        raise Problem(400, "The query is empty.", "SELECT * { ?s ?p ?o } LIMIT 10 is a first one.")
    admission = admit(query)
    offered = (*GRAPHS, HTML) if admission.form.gives_graph else SOLUTIONS
    return SparqlRequest(
        choose(offered, accept, format_word),
        query,
        admission.form,
        admission.volatile,
        default_graphs,
        named_graphs if named_graphs or default_graphs else None,
        timeout,
    )


def _refuse_update(fields: Fields) -> None:
    if any(name == "update" for name, _ in fields):
        raise Problem(
            400, "This is a SPARQL update.", "This endpoint answers queries; updates go to /update."
        )


def _timeout(text: str | None) -> float | None:
    """The seconds that the client will wait; the server's own bound holds besides."""
    if text is None:
        return None
    if not SECONDS.fullmatch(text) or not float(text):
        raise Problem(
            400, "The time-out is no number of seconds.", f"timeout={text} cannot be read."
        )
    return float(text)
