"""`/sign-in` and `/sign-out`: a person's browser keeps the token that a program would send itself.

The cookie is out of reach of scripts, lasts as long as the browser's session, and goes along with
no request that another site causes (`SameSite=Strict`). Both addresses take a form of this
service's own pages alone, so that no other site can sign anybody in or out.
"""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from service.audience import (
    SIGN_IN,
    SIGN_OUT,
    cookie_name,
    is_own_form,
    verified,
)
from service.caching import NEVER_STORED
from service.errors import Problem
from service.representations import HTML
from service.responses import pages
from service.serving import serving

MAX_BODY = 1 << 14
TITLE = "Sign in"
HOME = "/"

signing = Blueprint("signing", __name__)


@dataclass(frozen=True, slots=True)
class SignInView:
    """What the page to sign in shows; `back` is the path to go to afterwards."""

    title: str
    back: str
    fault: str = ""


@signing.get(SIGN_IN)
def ask_for_token() -> Response:
    """The form that takes a token."""
    return _form(SignInView(TITLE, _path_of_referrer()))


@signing.post(SIGN_IN)
def sign_in() -> Response:
    """Keep the token in a cookie, and go back to the page that was left; 401 for another."""
    _check_origin()
    request.max_content_length = MAX_BODY
    back = _local(request.form.get("back", ""))
    token = request.form.get("token", "").strip()
    if verified(serving().tokens, token) is None:
        fault = "The token is unknown, has expired or was revoked" if token else "Enter your token"
        response = _form(SignInView(TITLE, back, fault))
        response.status_code = HTTPStatus.UNAUTHORIZED
        response.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return response
    response = _see(back)
    response.set_cookie(
        _name(), token, path="/", secure=_is_secure(), httponly=True, samesite="Strict"
    )
    return response


@signing.post(SIGN_OUT)
def sign_out() -> Response:
    """Forget the token, and what this browser kept of the pages that it opened."""
    _check_origin()
    response = _see(HOME)
    response.delete_cookie(_name(), path="/", secure=_is_secure(), httponly=True, samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _form(view: SignInView) -> Response:
    body = pages().render("sign_in.html", view, title=view.title)
    response = Response(body, content_type=HTML.content_type)
    response.headers["Cache-Control"] = NEVER_STORED
    return response


def _see(path: str) -> Response:
    response = Response(status=HTTPStatus.SEE_OTHER, headers={"Location": path})
    del response.headers["Content-Type"]
    response.headers["Cache-Control"] = NEVER_STORED
    return response


def _check_origin() -> None:
    """403 for a form that no page of this service sent (Fetch §3.2, Fetch Metadata §2.4)."""
    fields = request.headers
    site, origin = fields.get("Sec-Fetch-Site"), fields.get("Origin")
    if not is_own_form(site, origin, request.host, serving().settings.origin):
        raise Problem(
            403,
            "This form comes from another site.",
            f"Open {SIGN_IN} at this service, and send the form from there. A program sends its "
            "token in the field Authorization.",
        )


def _path_of_referrer() -> str:
    """The path of the page that led here, if it is one of ours."""
    referrer = urlsplit(request.headers.get("Referer", ""))
    if referrer.netloc != request.host:
        return HOME
    return _local(referrer.path + (f"?{referrer.query}" if referrer.query else ""))


def _local(path: str) -> str:
    """The path if it stays at this host, whatever a browser makes of it; else the home page."""
    stays = path.startswith("/") and not path.startswith("//") and "\\" not in path
    if not stays or not path.isascii() or not path.isprintable():
        return HOME
    return HOME if path.partition("?")[0] in (SIGN_IN, SIGN_OUT) else path


def _name() -> str:
    return cookie_name(serving().settings.origin)


def _is_secure() -> bool:
    """Whether browsers reach this service by TLS: its own, or that of the proxy before it."""
    return request.is_secure or serving().settings.origin.startswith("https:")
