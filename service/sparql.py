"""Reading a request to `/sparql` (SPARQL 1.1 Protocol §2.1). Pure: no Flask, no store.

The view uses this, and so may the edge for the one hot path, `GET /sparql`. The body has to
come without a content coding: whoever holds the header fields refuses one (RFC 9110 §15.5.16).
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from service.admission import QueryForm, admit
from service.errors import Problem
from service.negotiation import acceptable, choose
from service.representations import DESCRIPTIONS, GRAPHS, HTML, SOLUTIONS, Representation

FORM = "application/x-www-form-urlencoded"
QUERY_TEXT = "application/sparql-query"
UPDATE_TEXT = "application/sparql-update"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
MAX_FIELDS = 1_000
MEDIA_TYPE = re.compile(r"\s*([^\s;]+)\s*(?:;\s*charset\s*=\s*\"?([^\s\";]+)\"?\s*)?(?:;.*)?", re.I)
SECONDS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")

Fields = list[tuple[str, str]]


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
        query, fields = _one(in_url, "query"), in_url
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
    media_type, charset = _media_type(content_type)
    if media_type == FORM:
        fields = read_fields(body, "body")
        _refuse_update(fields)
        query = _one(fields, "query")
        if query is None:
            raise Problem(400, "There is no query.", "A form that is posted has a field `query`.")
        fields = fields + in_url
    elif media_type == QUERY_TEXT:
        if charset not in (None, "utf-8", "utf8"):
            raise Problem(
                415, "The charset is not supported.", f"{QUERY_TEXT} is in UTF-8 (§2.1.3)."
            )
        query, fields = _utf8(body, "body"), in_url
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
    if _one(in_url, "query") is not None:
        raise Problem(
            400, "There are two queries.", "One is in the body, and one in the query string."
        )
    return query, fields


def _read(query: str | None, fields: Fields, accept: str | None) -> SparqlRequest:
    # SPARQLWrapper repeats the field, with a word and then with media types.
    formats = [value for name, value in fields if name == "format"]
    format_word = ",".join(formats) if formats else None
    timeout = _timeout(_one(fields, "timeout"))
    default_graphs = _graphs(fields, "default-graph-uri")
    named_graphs = _graphs(fields, "named-graph-uri")
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


def read_fields(encoded: bytes, where: str) -> Fields:
    """The fields of a URL-encoded form, which is in UTF-8 throughout; Problem where it is not."""
    try:
        return parse_qsl(
            encoded.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MAX_FIELDS,
        )
    except UnicodeDecodeError:
        raise _not_utf8(where) from None
    except ValueError:
        raise Problem(
            400, "There are too many fields.", f"The {where} may have {MAX_FIELDS:,}."
        ) from None


def _utf8(octets: bytes, where: str) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        raise _not_utf8(where) from None


def _not_utf8(where: str) -> Problem:
    return Problem(400, "The text is not UTF-8.", f"The {where} holds bytes that are not UTF-8.")


def _media_type(content_type: str | None) -> tuple[str | None, str | None]:
    """The media type and charset of a Content-Type field, in lower case."""
    matched = MEDIA_TYPE.fullmatch(content_type or "")
    if matched is None:
        return None, None
    return matched[1].lower(), matched[2].lower() if matched[2] else None


def _one(fields: Fields, name: str) -> str | None:
    """The value of a field that may be there once."""
    values = [value for each, value in fields if each == name]
    if len(values) > 1:
        raise Problem(400, f"There are two fields `{name}`.", "It is not clear which is meant.")
    return values[0] if values else None


def _refuse_update(fields: Fields) -> None:
    if any(name == "update" for name, _ in fields):
        raise Problem(
            400, "This is a SPARQL update.", "This endpoint answers queries; updates go to /update."
        )


def _graphs(fields: Fields, name: str) -> tuple[str, ...]:
    """The graph IRIs that a repeatable field gives, each once, sorted."""
    graphs = {value for each, value in fields if each == name}
    for graph in graphs:
        try:
            NamedNode(graph)
        except ValueError:
            raise Problem(
                400, "A graph is named by an absolute IRI.", f"{name}={graph} is none."
            ) from None
    return tuple(sorted(graphs))


def _timeout(text: str | None) -> float | None:
    """The seconds that the client will wait; the server's own bound holds besides."""
    if text is None:
        return None
    if not SECONDS.fullmatch(text) or not float(text):
        raise Problem(
            400, "The time-out is no number of seconds.", f"timeout={text} cannot be read."
        )
    return float(text)
