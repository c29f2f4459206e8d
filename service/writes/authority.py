"""Who may write: whoever sends a token of a role that may, in Authorization. Pure."""

from service.audience import Caller
from service.errors import Problem

WRITERS = ("steward", "administrator")
METHODS = ("POST", "PUT", "PATCH", "DELETE")
PLACES = ("/update", "/graph-store")
GRAPHS = "/graph/"


def is_write(method: str, path: str) -> bool:
    """Whether a request changes data, if it is one that is answered at all."""
    return method in METHODS and (path in PLACES or path.startswith(GRAPHS))


def check_may_write(caller: Caller) -> str:
    """Who writes, as a release and the log name it: the token's id and its name.

    Raises:
        Problem: 401 without a token, 403 for one whose role only reads.
    """
    if caller.token is None:
        raise Problem(
            401,
            "A token is needed to write.",
            "Send “Authorization: Bearer” with the token of a steward or an administrator. A "
            "sign-in in a browser only reads.",
            headers={"WWW-Authenticate": 'Bearer realm="gmkg"'},
        )
    if caller.role not in WRITERS:
        raise Problem(
            403,
            "This token only reads.",
            f"Its role is {caller.role}; stewards and administrators may write.",
            headers={"WWW-Authenticate": 'Bearer realm="gmkg", error="insufficient_scope"'},
        )
    return f"{caller.token} {caller.name}".rstrip()
