"""Reading a request to `/update` (SPARQL 1.1 Protocol §2.2). Pure: no Flask, no store.

What the text of the update says is not looked at here: that is left to a process that can be
killed. The body has to come without a content coding, as for queries.
"""

from dataclasses import dataclass

from service.errors import Problem
from service.protocol_fields import (
    Fields,
    graph_iris,
    only,
    read_fields,
    read_media_type,
    utf8_text,
)
from service.sparql import FORM, QUERY_TEXT, UPDATE_TEXT

ACCEPTED = f"{UPDATE_TEXT}, {FORM}"
OF_QUERIES = ("default-graph-uri", "named-graph-uri")


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """An update, and the dataset that the protocol names for it (§2.2.3)."""

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


def read_update_request(query_string: str, content_type: str | None, body: bytes) -> UpdateRequest:
    """What the request asks to be done; Problem 400 or 415 where the protocol does not allow it."""
    in_url = read_fields(query_string.encode("latin-1"), "query string")
    media_type, charset = read_media_type(content_type)
    if media_type == FORM:
        fields = read_fields(body, "body")
        text = only(fields, "update")
        if text is None:
            _refuse_query(fields)
            raise Problem(400, "There is no update.", "A form that is posted has a field `update`.")
        fields = fields + in_url
        if only(in_url, "update") is not None:
            raise Problem(
                400, "There are two updates.", "One is in the body, and one in the query string."
            )
    elif media_type == UPDATE_TEXT:
        text, fields = update_text(body, charset), in_url
        if only(in_url, "update") is not None:
            raise Problem(
                400, "There are two updates.", "One is in the body, and one in the query string."
            )
    elif media_type == QUERY_TEXT:
        raise Problem(
            415,
            "This is a SPARQL query.",
            "This endpoint takes updates; queries go to /sparql.",
            headers={"Accept-Post": ACCEPTED},
        )
    else:
        raise Problem(
            415,
            "The body's media type is not supported.",
            f"An update is posted as {UPDATE_TEXT} or as {FORM}.",
            headers={"Accept-Post": ACCEPTED},
        )
    _refuse_query(fields)
    if not text.strip():
        raise Problem(400, "The update is empty.", "Nothing was changed.")
    return UpdateRequest(
        text, graph_iris(fields, "using-graph-uri"), graph_iris(fields, "using-named-graph-uri")
    )


def update_text(body: bytes, charset: str | None) -> str:
    """The update that is the body itself (§2.2.2), which is in UTF-8."""
    if charset not in (None, "utf-8", "utf8"):
        raise Problem(415, "The charset is not supported.", f"{UPDATE_TEXT} is in UTF-8 (§2.2.2).")
    return utf8_text(body, "body")


def _refuse_query(fields: Fields) -> None:
    names = {name for name, _ in fields}
    if "query" in names:
        raise Problem(
            400, "This is a SPARQL query.", "This endpoint takes updates; queries go to /sparql."
        )
    for name in OF_QUERIES:
        if name in names:
            raise Problem(
                400,
                "The dataset of an update has other names.",
                f"`{name}` is of queries; `using-graph-uri` and `using-named-graph-uri` are of "
                "updates (§2.2.3).",
            )
