"""Who asks: the audience that a request's token gives it. Pure: the edge and Flask both ask here.

A program sends its token in `Authorization` (RFC 6750 §2.1), a browser in the cookie that
`/sign-in` gave it. Without either, the caller is the public, and so is whoever has a cookie that
has ended: a page says so then, and the cookie goes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from werkzeug.http import parse_cookie

from service.errors import Problem
from service.token_file import KnownTokens
from service.tokens import PUBLIC, TOKEN

# The cookie's name where browsers come by TLS: none of another host can be called so (RFC 6265bis
# §4.1.3.2), so that no neighbour under the same domain can put its own in the place of ours.
SECURE_COOKIE = "__Host-gmkg_token"
COOKIE = "gmkg_token"
CALLER = "gmkg.caller"
DECIDED_BY = ("Authorization", "Cookie")
BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/-]+=*) *", re.IGNORECASE)

# What is the same for everybody asks nobody who they are, and may be kept by any cache.
FOR_ALL = ("/static/", "/favicon.ico")
# Whoever signs in or out need not be signed in: a cookie that has ended must not lock them out.
SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
# A cookie comes without being asked for, so it reads and never writes. A query may be posted.
READING = ("GET", "HEAD")
POSTED_QUERY = ("POST", "/sparql")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the audience, and the id, role and name of the token where there is one.

    `has_ended` says that a browser still sends a token which is valid no more.
    """

    audience: str = PUBLIC
    token: str | None = None
    role: str | None = None
    has_ended: bool = False
    name: str = ""


ANYBODY = Caller()
NO_LONGER = Caller(has_ended=True)


def same_for_all(path: str) -> bool:
    """Whether what the path serves is the same for every audience."""
    return path.startswith(FOR_ALL)


def cookie_name(origin: str) -> str:
    """The name of the cookie of a service that is reached at this origin."""
    return SECURE_COOKIE if origin.startswith("https:") else COOKIE


def clearing_cookie(origin: str, *, is_secure: bool) -> str:
    """The field `Set-Cookie` that takes the cookie away: its attributes are those it came with.

    `is_secure` says that the request came by TLS, whatever the origin.
    """
    secure = "; Secure" if is_secure or origin.startswith("https:") else ""
    return f"{cookie_name(origin)}=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict{secure}"


def is_own_form(site: str | None, origin: str | None, host: str, own_origin: str) -> bool:
    """Whether a page of this service sent a form (Fetch §3.2, Fetch Metadata §2.4).

    `site` and `origin` are the fields Sec-Fetch-Site and Origin, `host` is the one asked.
    """
    if site is not None:
        return site == "same-origin"
    return origin in {f"http://{host}", f"https://{host}", own_origin}


def caller_of(
    known: KnownTokens,
    method: str,
    path: str,
    authorization: str | None,
    cookies: str | None,
    name: str = COOKIE,
    *,
    is_own: bool = False,
) -> Caller:
    """Who sends a request with these fields; Authorization goes before a cookie.

    `name` is that of the cookie. What is posted counts with one only if it `is_own`: sent by a page
    of this service.

    Raises:
        Problem: 401 for a token in Authorization that is not valid and for another scheme, 400 for
            a field that is no bearer token (RFC 6750 §3.1), 503 where the tokens cannot be read.
    """
    if same_for_all(path):
        return ANYBODY
    if authorization is not None:
        return _bearer(known, authorization)
    if cookies is None or name not in cookies or path in (SIGN_IN, SIGN_OUT):
        return ANYBODY
    if method in READING or ((method, path) == POSTED_QUERY and is_own):
        return _signed_in(known, parse_cookie(cookies).getlist(name))
    return ANYBODY


def verified(known: KnownTokens, text: str) -> Caller | None:
    """The bearer of the token with this text, if it is a valid one."""
    token = known.find(text)
    return None if token is None else Caller(token.audience, token.id, token.role, name=token.name)


def _bearer(known: KnownTokens, authorization: str) -> Caller:
    if authorization.partition(" ")[0].lower() != "bearer":
        raise Problem(
            401,
            "A bearer token is wanted.",
            "The field Authorization names another scheme; this service takes "
            "“Authorization: Bearer” with a token. What is public needs no such field.",
            headers={"WWW-Authenticate": 'Bearer realm="gmkg"'},
        )
    shaped = BEARER.fullmatch(authorization)
    if shaped is None:
        raise Problem(
            400,
            "The field Authorization cannot be read.",
            "It is “Bearer”, a space and one token.",
            headers={"WWW-Authenticate": 'Bearer error="invalid_request"'},
        )
    caller = verified(known, shaped[1])
    if caller is None:
        raise Problem(
            401,
            "The token is not valid.",
            "It is unknown, has expired or was revoked. What is public needs no token.",
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        )
    return caller


def _signed_in(known: KnownTokens, texts: Iterable[str]) -> Caller:
    """Whose tokens the values of the cookie are: a browser may send several of one name."""
    shaped = [each for each in texts if TOKEN.fullmatch(each)]
    for text in shaped:
        if caller := verified(known, text):
            return caller
    return NO_LONGER if shaped else ANYBODY
