"""What every answer carries, and how an answer or a problem becomes a response.

Headers that do not depend on the resource are set here once for all: the request's id, whose
answer it is, CORS (any site may read what its own token opens, and none is lent a cookie), and
what a browser may do with a page.
"""

import logging
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from service.audience import (
    CALLER,
    DECIDED_BY,
    caller_of,
    clearing_cookie,
    cookie_name,
    is_own_form,
    same_for_all,
)
from service.caching import NEVER_STORED, REVALIDATED, REVALIDATED_BY_ONE, matches
from service.content_coding import is_compressible
from service.dataset_terms import ENDPOINT
from service.documents import Link as Link  # part of what an answer has
from service.errors import PROBLEM_JSON, Problem
from service.locations import requested_path
from service.negotiation import acceptable, choose
from service.pages.rendering import Pages
from service.representations import HTML, Representation, form_choices
from service.serving import caller, serving
from service.store import Release
from service.tokens import PUBLIC

SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Patch, Accept-Post, Allow, Content-Disposition, Content-Location, ETag, Link, "
        "Location, Memento-Datetime, Query-Max-Result-Bytes, Query-Timeout, Release, Retry-After, "
        "Server-Timing, "
        "WWW-Authenticate, X-Request-Id"
    ),
}
PREFLIGHT = {
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Datetime, Authorization, Content-Type, If-Match, If-None-Match, "
        "X-Request-Id"
    ),
    "Access-Control-Max-Age": "86400",
}
RELEASE = "Release"  # the release that a write has made, or has left as it was
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
POLICY_OF_DATA = "default-src 'none'; frame-ancestors 'none'; sandbox"
PROBLEM = Representation(
    "problem", PROBLEM_JSON, "Problem", aliases=("application/json", "application/ld+json")
)

log = logging.getLogger(__name__)


def register(app: Flask) -> None:
    """Have the application answer every request with the common headers and honest problems."""
    app.before_request(_begin)
    app.after_request(_finish)
    app.register_error_handler(Problem, answer_problem)
    app.register_error_handler(HTTPException, _answer_http_exception)
    app.register_error_handler(Exception, _answer_unforeseen)


def request_id() -> str:
    """The id of this request: the one that came with it when it is sane, else one of our own."""
    return str(g.request_id)


def pages() -> Pages:
    """The pages of this response."""
    asker = caller()
    return Pages(current_app.jinja_env, g.nonce, asker.audience, sign_in_has_ended=asker.has_ended)


def path_of_request() -> str:
    """The path of this request, percent-encoded."""
    environ = request.environ
    sent = environ.get("REQUEST_URI") or environ.get("RAW_URI")
    return requested_path(environ.get("PATH_INFO", "/"), sent)


def negotiate(offered: tuple[Representation, ...], suffix: str | None = None) -> Representation:
    """The representation that this request asks for."""
    return choose(offered, request.headers.get("Accept"), request.args.get("format"), suffix)


def answer(
    release: Release,
    representation: Representation,
    make: Callable[[], bytes | Response],
    *,
    asked: tuple[str, ...] | None = None,
    weak: bool = False,
    negotiated: bool = True,
    links: Iterable[Link] = (),
    location: str | None = None,
) -> Response:
    """The representation of what was asked, or 304 where the client has it already.

    What is made is a body or a whole response, and only when it is needed. What was asked is
    this request's path and query string, unless it is given. A weak tag is for what may be
    another sequence of bytes each time and means the same (RFC 9110 §8.8.1): a page, whose
    nonce differs, or results without an order. What is not `negotiated` has one form for all.
    """
    if asked is None:
        asked = (path_of_request(), request.query_string.decode("latin-1"))
    tag = serving().tag(release, representation.media_type, *asked)
    if weak or representation is HTML:
        tag = "W/" + tag
    if matches(request.headers.get("If-None-Match"), tag) and not caller().has_ended:
        response = Response(status=HTTPStatus.NOT_MODIFIED)
        del response.headers["Content-Type"]
    else:
        made = make()
        if isinstance(made, bytes):
            made = Response(made, content_type=representation.content_type)
        response = made
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = REVALIDATED
    if negotiated:
        response.vary.add("Accept")
    if location is not None:
        response.headers["Content-Location"] = location
    for link in links:
        response.headers.add("Link", str(link))
    return response


def see_without_slash() -> Response:
    """308 to the path of this request without the slash that stands at its end."""
    query = request.query_string.decode("latin-1")
    location = path_of_request().removesuffix("/") + (f"?{query}" if query else "")
    response = Response(status=HTTPStatus.PERMANENT_REDIRECT)
    del response.headers["Content-Type"]
    response.headers["Location"] = location
    response.headers["Cache-Control"] = REVALIDATED
    return response


def body_of_request() -> bytes:
    """The body of this request as it stands; 415 for one that is compressed (RFC 9110 §8.4)."""
    coding = request.headers.get("Content-Encoding", "").strip().lower()
    if coding not in ("", "identity"):
        raise Problem(
            415,
            "The body's content coding is not supported.",
            f"It is sent as {coding}; bodies are taken as they are.",
            headers={"Accept-Encoding": "identity"},
        )
    return request.get_data()


def body_of_write() -> bytes:
    """The body of a request that changes data; 411 for one whose end nobody could tell.

    The edge has refused such a request already. Another server gives it as an empty body, which
    would empty a graph.
    """
    if request.content_length is None or not request.environ.get("CONTENT_LENGTH"):
        raise Problem(
            411,
            "A Content-Length is needed.",
            "A body of unknown length is not taken: its end could not be told from a connection "
            "that broke.",
        )
    return body_of_request()


def answer_problem(problem: Problem) -> Response:
    """The problem as a page for whoever prefers pages, else as `application/problem+json`."""
    content_type, body = telling()(problem)
    response = Response(body, problem.status, content_type=content_type)
    response.headers.extend(problem.headers)
    response.headers["Cache-Control"] = NEVER_STORED
    response.vary.add("Accept")
    return response


@dataclass(frozen=True, slots=True)
class ProblemView:
    """What the page of a problem shows; `query` is the text at fault where there is one.

    `formats` are the choices of the query form: the value of `format` and its name.
    """

    problem: Problem
    phrase: str
    request_id: str
    query: str | None
    formats: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """How a problem is told to this client, also when its request is over and its query is not."""

    accept: str | None
    instance: str
    request_id: str
    pages: Pages
    query: str | None = None

    def __call__(self, problem: Problem) -> tuple[str, bytes]:
        """The media type and the body that tell of the problem."""
        if acceptable(self.accept, (PROBLEM, HTML)) is HTML:
            view = ProblemView(problem, problem.phrase, self.request_id, self.query, form_choices())
            return HTML.content_type, self.pages.render("problem.html", view, title=problem.title)
        return PROBLEM_JSON, problem.json_bytes(self.instance, self.request_id)


def telling(query: str | None = None) -> Telling:
    """How a problem is told to the client of this request."""
    return Telling(request.headers.get("Accept"), path_of_request(), request_id(), pages(), query)


def _begin() -> None:
    sent = request.headers.get("X-Request-Id", "")
    g.request_id = sent if SANE_ID.fullmatch(sent) else secrets.token_hex(8)
    g.nonce = secrets.token_urlsafe(16)
    g.caller = request.environ[CALLER] = request.environ.get(CALLER) or caller_of(
        serving().tokens,
        request.method,
        request.path,
        request.headers.get("Authorization"),
        request.headers.get("Cookie"),
        cookie_name(serving().settings.origin),
        is_own=is_own_form(
            request.headers.get("Sec-Fetch-Site"),
            request.headers.get("Origin"),
            request.host,
            serving().settings.origin,
        ),
    )


def _finish(response: Response) -> Response:
    response.headers["X-Request-Id"] = request_id()
    response.headers.extend(CORS)
    response.headers.extend(SECURITY)
    if request.path == ENDPOINT:
        response.headers.extend(_limits())
    if not same_for_all(request.path):
        _say_whose(response)
    if response.status_code != HTTPStatus.NOT_MODIFIED:
        # A stored page keeps the policy that came with it: a new nonce would shut out its styles.
        is_page = response.mimetype == "text/html"
        policy = POLICY.format(nonce=g.nonce) if is_page else POLICY_OF_DATA
        response.headers["Content-Security-Policy"] = policy
    if is_compressible(response.mimetype or HTML.media_type):
        response.vary.add("Accept-Encoding")  # the edge compresses (RFC 9110 §12.5.3)
    if request.method == "OPTIONS":
        if response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.NO_CONTENT
            del response.headers["Content-Type"]
        response.headers.extend(PREFLIGHT)
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET")
    return response


def _limits() -> dict[str, str]:
    """What a query may take at most, in seconds and bytes; `timeout=` may ask for less."""
    settings = serving().settings
    return {
        "Query-Timeout": f"{settings.query_timeout:g}",
        "Query-Max-Result-Bytes": str(settings.max_result_bytes),
    }


def _say_whose(response: Response) -> None:
    """Keep caches from giving one audience what another was answered (RFC 9111 §3.5 and §4.1).

    It is done here for every answer, so that no view can forget it.
    """
    response.vary.update(DECIDED_BY)
    if caller().audience != PUBLIC and not response.cache_control.no_store:
        response.headers["Cache-Control"] = REVALIDATED_BY_ONE
    if caller().has_ended:
        # It says so, once: nobody else is to be given that, nor the same reader again.
        response.headers["Cache-Control"] = NEVER_STORED
        response.headers.add(
            "Set-Cookie",
            clearing_cookie(serving().settings.origin, is_secure=request.is_secure),
        )


def _answer_http_exception(fault: HTTPException) -> Response:
    """What Flask or Werkzeug refuses, as a problem: no such route, wrong method, too large."""
    status = fault.code or 500
    if status < 400:
        response: Response = fault.get_response()  # type: ignore[assignment]
        return response
    if request.path.endswith("/") and _is_fixed(request.path.removesuffix("/")):
        return see_without_slash()
    title, detail = HTTP_PROBLEMS.get(status, (f"{fault.name}.", fault.description or ""))
    headers = {
        name: value
        for name, value in fault.get_headers()
        if name not in ("Content-Type", "Content-Length")
    }
    return answer_problem(Problem(status, title, detail, headers=headers))


def _is_fixed(path: str) -> bool:
    """Whether the path is one of the service's own, which names no resource of the data."""
    rules = current_app.url_map.iter_rules()
    return any(rule.rule == path and not rule.arguments for rule in rules)


HTTP_PROBLEMS = {
    404: ("There is nothing here.", "No resource of this service has this address."),
    405: ("The method is not allowed.", "The Allow field names the methods that are."),
    413: ("The body is too large.", "A request to this address may not send so much."),
}


def _answer_unforeseen(fault: Exception) -> Response:
    log.error("Request %s failed.", request_id(), exc_info=fault)
    return answer_problem(
        Problem(
            500,
            "Something went wrong here.",
            "The fault is the service's and has been noted under the request id.",
        )
    )
