"""What each route takes and gives, declared in one place for `/openapi.json`.

A test compares it with the routes that the application has, and another sends each route what is
declared here, and more, and compares what comes back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from queries.search_fields import FACETS
from service.gap_workbook import MEDIA_TYPE as XLSX_TYPE
from service.representations import DESCRIPTIONS, GRAPHS, HTML, RESULTS, Representation
from service.sparql import FORM, QUERY_TEXT, UPDATE_TEXT
from service.writes.graph_request import MULTIPART, SYNTAXES

JSON_TYPE = "application/json"
PROBLEMS_OF_ALL = (400, 401, 503)  # a token that cannot be read or is not valid; no release yet
OF_NEGOTIATION = (406, 431)
OF_QUERIES = (413, 422, 429, 504)
OF_UPLOADS = (408, 411, 413)
OF_WRITES = (403, 409, 412, 415, 422, 429, 504, *OF_UPLOADS)

Types = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A field of the query string or of a posted form, or of the header where `place` says so."""

    name: str
    summary: str
    schema: Mapping[str, object] = field(default_factory=lambda: {"type": "string"})
    required: bool = False
    place: str = "query"


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one route.

    `answers` gives for each status that is no problem what it means and its media types. `takes`
    are the media types of the body; a form has the parameters as fields, with `form_only` those
    that stand in no query string. `token` says that none may do without one.
    """

    summary: str
    answers: Mapping[int, tuple[str, Types]]
    parameters: tuple[Parameter, ...] = ()
    form_only: tuple[Parameter, ...] = ()
    takes: Types = ()
    problems: tuple[int, ...] = ()
    token: bool = False
    for_all: bool = False
    headers: Types = ()

    def without(self, *statuses: int) -> "Operation":
        """The same where some answers cannot be."""
        kept = {status: told for status, told in self.answers.items() if status not in statuses}
        return replace(self, answers=kept)


def _types(*offered: Representation) -> Types:
    return tuple(each.media_type for each in offered)


def _iris(name: str, summary: str) -> Parameter:
    of_one = {"type": "string", "format": "iri"}
    return Parameter(name, summary, {"type": "array", "items": of_one})


def _format(*offered: Representation) -> Parameter:
    return Parameter(
        "format",
        "The form of the answer, rather than what Accept asks for.",
        {"type": "string", "enum": list(dict.fromkeys(each.name for each in offered))},
    )


HTML_TYPE = _types(HTML)
UNCHANGED = {304: ("What the client has is still right.", ())}
SEE_DOCUMENT = {303: ("Location names the document.", ())}
QUERY = Parameter(
    "query", "The query, in SPARQL 1.1.", {"type": "string", "format": "sparql-query"}
)
UPDATE = Parameter(
    "update",
    "The update, in SPARQL 1.1 Update.",
    {"type": "string", "format": "sparql-update"},
    required=True,
)
TIMEOUT = Parameter(
    "timeout",
    "Seconds that the client will wait; the service's own bound holds besides.",
    {"type": "number", "exclusiveMinimum": 0, "maximum": 999999},
)
PAGE = Parameter("page", "Which page of a list.", {"type": "integer", "minimum": 1})
GRAPH = Parameter("graph", "The IRI of a graph.", {"type": "string", "format": "iri"})
DEFAULT = Parameter(
    "default", "The default graph.", {"type": "string", "maxLength": 0, "default": ""}
)
DATASET = (
    _iris("default-graph-uri", "The graphs that make the default graph."),
    _iris("named-graph-uri", "The graphs that GRAPH reaches."),
)
USING = (
    _iris("using-graph-uri", "The graphs that WHERE sees as the default graph."),
    _iris("using-named-graph-uri", "The graphs that GRAPH in WHERE reaches."),
)
IF_NONE_MATCH = Parameter("If-None-Match", "Tags of answers that the client has.", place="header")
IF_MATCH = Parameter("If-Match", "Tags of the graph as it is to be.", place="header")
CHOSEN = tuple(
    Parameter(name, "One of the values that `facets` of an answer offer.") for name in FACETS
)
VALUES = Parameter(
    "values",
    "The values of the question's parameters, which /queries lists, each under its own name.",
    {"type": "object", "additionalProperties": {"type": "string"}},
)

ACCEPT_DATETIME = Parameter(
    "Accept-Datetime", "The time as of which the document is wanted (RFC 7089).", place="header"
)
AS_IT_WAS = {302: ("Location is the document as it was at the time that was asked for.", ())}
SINCE = Parameter("since", "A day or a time: releases that were published after it.")
DOCUMENT = Operation(
    "The document about a thing, or the list of the things of a kind; a suffix names its form.",
    {200: ("The description.", _types(*DESCRIPTIONS)), **UNCHANGED},
    parameters=(_format(*DESCRIPTIONS), PAGE, IF_NONE_MATCH),
    problems=(404, 410, *OF_NEGOTIATION),
)
JSON_OR_PAGE = Operation(
    "",
    {200: ("What changed.", (JSON_TYPE, *_types(HTML))), **UNCHANGED},
    parameters=(
        Parameter(
            "format", "The form of the answer.", {"type": "string", "enum": ["json", "html"]}
        ),
        IF_NONE_MATCH,
    ),
    problems=(404, *OF_NEGOTIATION),
)
PAGE_ALONE = Operation("", {200: ("The page.", HTML_TYPE), **UNCHANGED}, (IF_NONE_MATCH,))
ASKING = Operation(
    "The answer to a query; without one, what the endpoint is.",
    {200: ("The answer, whole.", _types(*RESULTS, *DESCRIPTIONS)), **UNCHANGED},
    parameters=(
        QUERY,
        *DATASET,
        _format(*RESULTS, *DESCRIPTIONS),
        TIMEOUT,
        IF_NONE_MATCH,
    ),
    problems=(415, *OF_NEGOTIATION, *OF_QUERIES),
    headers=("Query-Timeout", "Query-Max-Result-Bytes", "Server-Timing"),
)
READING = Operation(
    "The statements of a graph.",
    {200: ("The statements.", _types(*DESCRIPTIONS)), **UNCHANGED},
    parameters=(_format(*DESCRIPTIONS), IF_NONE_MATCH),
    problems=(404, *OF_NEGOTIATION, *OF_QUERIES),
)
CREATED = {201: ("The graph is new; Location names it.", ())}
CHANGED = {204: ("It is done, and served.", ())}
PUTTING = Operation(
    "Have a graph hold exactly these statements.",
    {**CREATED, **CHANGED},
    parameters=(IF_MATCH, IF_NONE_MATCH),
    takes=_types(*SYNTAXES),
    problems=(404, *OF_WRITES),
    token=True,
)
ADDING = replace(
    PUTTING,
    summary="Add statements to a graph.",
    takes=(*_types(*SYNTAXES), MULTIPART),
)
REMOVING = replace(PUTTING, summary="Remove a graph.", answers=CHANGED, takes=())
PATCHING = replace(PUTTING, summary="Change a graph by an update.", takes=(UPDATE_TEXT,))
INDIRECT = (GRAPH, DEFAULT)


def _indirect(operation: Operation) -> Operation:
    return replace(operation, parameters=(*INDIRECT, *operation.parameters))


OPERATIONS: Mapping[str, Mapping[str, Operation]] = {
    "/": {"GET": replace(PAGE_ALONE, summary="What there is, and where to begin.")},
    "/accessibility": {"GET": replace(PAGE_ALONE, summary="The accessibility statement.")},
    "/id/{path}": {
        "GET": Operation(
            "A thing itself, which cannot be sent: where its document is.",
            SEE_DOCUMENT,
            problems=(404, 410),
        )
    },
    "/doc/{path}": {
        "GET": replace(
            DOCUMENT,
            answers={**DOCUMENT.answers, **AS_IT_WAS},
            parameters=(*DOCUMENT.parameters, ACCEPT_DATETIME),
        )
    },
    "/memento/{path}": {
        "GET": replace(
            DOCUMENT,
            summary="The document about a thing as a kept release has it: a release, and /doc/….",
            parameters=(_format(*DESCRIPTIONS), IF_NONE_MATCH),
            headers=("Memento-Datetime",),
        )
    },
    "/timemap/{path}": {
        "GET": Operation(
            "The mementos of a document about a thing (RFC 7089).",
            {200: ("The list.", ("application/link-format", JSON_TYPE)), **UNCHANGED},
            parameters=(
                Parameter(
                    "format", "The form of the list.", {"type": "string", "enum": ["link", "json"]}
                ),
                IF_NONE_MATCH,
            ),
            problems=(404, *OF_NEGOTIATION),
        )
    },
    "/releases": {
        "GET": replace(
            JSON_OR_PAGE,
            summary="The releases that are kept, and what each changed.",
            parameters=(SINCE, *JSON_OR_PAGE.parameters),
        )
    },
    "/releases.atom": {
        "GET": Operation(
            "The same as an Atom feed.",
            {200: ("The feed.", ("application/atom+xml",)), **UNCHANGED},
            (SINCE, IF_NONE_MATCH),
            problems=(404,),
        )
    },
    "/releases/{path}": {
        "GET": replace(JSON_OR_PAGE, summary="What one release changed, and which things.")
    },
    "/history/{path}": {
        "GET": replace(
            JSON_OR_PAGE,
            summary="What was stated of a thing and what no longer, release by release.",
        )
    },
    "/def/{path}": {
        "GET": replace(
            DOCUMENT,
            summary="The ontology, a concept scheme or a concept.",
            answers={**DOCUMENT.answers, 308: ("Location is without the slash.", ())},
            parameters=(_format(*DESCRIPTIONS), IF_NONE_MATCH),
        )
    },
    "/.well-known/genid/{path}": {
        "GET": Operation(
            "A part of a thing: where the document of the whole is.", SEE_DOCUMENT, problems=(404,)
        )
    },
    "/resource": {
        "GET": replace(
            DOCUMENT,
            summary="What is said of any IRI, ours or not.",
            parameters=(
                Parameter("iri", "The IRI.", {"type": "string", "format": "iri"}, required=True),
                _format(*DESCRIPTIONS),
                IF_NONE_MATCH,
            ),
        )
    },
    "/graph/{path}": {
        "GET": READING,
        "PUT": PUTTING,
        "POST": ADDING,
        "DELETE": REMOVING,
        "PATCH": PATCHING,
    },
    "/graph-store": {
        "GET": replace(
            _indirect(READING),
            answers={200: ("The statements.", _types(*GRAPHS)), **UNCHANGED},
            parameters=(*INDIRECT, _format(*GRAPHS), IF_NONE_MATCH),
        ),
        "PUT": _indirect(PUTTING),
        "POST": _indirect(ADDING),
        "DELETE": _indirect(REMOVING),
        "PATCH": _indirect(PATCHING),
    },
    "/sparql": {
        "GET": ASKING,
        "POST": replace(
            ASKING.without(304),
            summary="The answer to a query that is too long for an address.",
            parameters=(*DATASET, _format(*RESULTS, *DESCRIPTIONS), TIMEOUT),
            form_only=(replace(QUERY, required=True),),
            takes=(FORM, QUERY_TEXT),
            problems=(415, *OF_NEGOTIATION, *OF_QUERIES, *OF_UPLOADS),
        ),
    },
    "/update": {
        "POST": Operation(
            "Do an update, which becomes a release.",
            {200: ("It is done, and served.", (JSON_TYPE,))},
            parameters=USING,
            form_only=(UPDATE,),
            takes=(UPDATE_TEXT, FORM),
            problems=OF_WRITES,
            token=True,
        )
    },
    "/queries": {
        "GET": Operation(
            "The questions that the graph was made to answer.",
            {200: ("The list.", (JSON_TYPE, *HTML_TYPE)), **UNCHANGED},
            parameters=(
                Parameter(
                    "format", "The form of the list.", {"type": "string", "enum": ["json", "html"]}
                ),
                IF_NONE_MATCH,
            ),
            problems=OF_NEGOTIATION,
        )
    },
    "/queries/{path}": {
        "GET": Operation(
            "The answer to a question; a suffix names its form.",
            {200: ("The answer, whole.", _types(*RESULTS, *DESCRIPTIONS)), **UNCHANGED},
            parameters=(VALUES, _format(*RESULTS, *DESCRIPTIONS), IF_NONE_MATCH),
            problems=(403, 404, *OF_NEGOTIATION, *OF_QUERIES),
        )
    },
    "/gaps/{path}": {
        "GET": Operation(
            "What an organisation has not recorded, by its key; with a kind and .xlsx behind it, "
            "as a workbook to fill in. For staff.",
            {200: ("The gaps.", (*HTML_TYPE, XLSX_TYPE)), **UNCHANGED},
            parameters=(
                Parameter("format", "The form of the page.", {"type": "string", "enum": ["html"]}),
                IF_NONE_MATCH,
            ),
            problems=(403, 404, *OF_NEGOTIATION),
        )
    },
    "/problems/{path}": {
        "GET": Operation(
            "The problems in an organisation's records, by its key; with .csv or .xlsx, to keep.",
            {200: ("The problems.", (*HTML_TYPE, "text/csv", XLSX_TYPE)), **UNCHANGED},
            parameters=(
                Parameter("format", "The form of the page.", {"type": "string", "enum": ["html"]}),
                IF_NONE_MATCH,
            ),
            problems=(404, *OF_NEGOTIATION),
        )
    },
    "/search": {
        "GET": Operation(
            "Things and terms by their words and codes, 20 on a page.",
            {200: ("A page of hits.", (JSON_TYPE, *HTML_TYPE)), **UNCHANGED},
            parameters=(
                Parameter("q", "Words, or a code.", {"type": "string", "maxLength": 200}),
                *CHOSEN,
                PAGE,
                Parameter(
                    "format", "The form of the page.", {"type": "string", "enum": ["json", "html"]}
                ),
                IF_NONE_MATCH,
            ),
            problems=(404, *OF_NEGOTIATION),
        )
    },
    "/status": {
        "GET": Operation(
            "Which release is served, what it holds, and how the workers are.",
            {200: ("It is healthy.", (JSON_TYPE,)), 503: ("It is not.", (JSON_TYPE,))},
        )
    },
    "/metrics": {
        "GET": Operation(
            "What the service is doing, for Prometheus; from its own machine, or for staff.",
            {200: ("The numbers.", ("text/plain",))},
            problems=(403,),
        )
    },
    "/openapi.json": {
        "GET": Operation(
            "This document.", {200: ("The document.", (JSON_TYPE,)), **UNCHANGED}, (IF_NONE_MATCH,)
        )
    },
    "/.well-known/void": {
        "GET": Operation(
            "What the data are about, and how much there is (VoID).",
            {200: ("The description.", _types(*GRAPHS)), **UNCHANGED},
            parameters=(_format(*GRAPHS), IF_NONE_MATCH),
            problems=(*OF_NEGOTIATION, 429),
        )
    },
    "/prefixes.ttl": {
        "GET": Operation(
            "The prefixes that this service writes.",
            {200: ("Turtle.", ("text/turtle",)), **UNCHANGED},
            (IF_NONE_MATCH,),
        )
    },
    "/vocabulary.json": {
        "GET": Operation(
            "The names that the query editor offers.",
            {200: ("The names.", (JSON_TYPE,)), **UNCHANGED},
            (IF_NONE_MATCH,),
        )
    },
    "/sign-in": {
        "GET": replace(PAGE_ALONE, summary="The form that takes a token.").without(304),
        "POST": Operation(
            "Keep a token in a cookie; the form of the page alone may be sent.",
            {
                303: ("Signed in; Location is the page that was left.", ()),
                401: ("The token is not valid; the form again.", HTML_TYPE),
            },
            form_only=(
                Parameter("token", "The token.", required=True),
                Parameter("back", "The path to go to."),
            ),
            takes=(FORM,),
            problems=(403, 415, *OF_UPLOADS),
        ),
    },
    "/sign-out": {
        "POST": Operation(
            "Forget the token of the cookie.",
            {303: ("Signed out.", ())},
            problems=(403, *OF_UPLOADS),
        )
    },
    "/static/dist/{name}": {
        "GET": Operation(
            "A style, a script or a drawing of the pages.",
            {
                200: (
                    "The file.",
                    ("text/css", "text/javascript", "image/svg+xml", "text/plain"),
                ),
                **UNCHANGED,
            },
            (IF_NONE_MATCH,),
            problems=(404,),
            for_all=True,
        )
    },
    "/favicon.ico": {
        "GET": Operation(
            "Where the icon is.", {302: ("Location is the icon.", HTML_TYPE)}, for_all=True
        )
    },
}
