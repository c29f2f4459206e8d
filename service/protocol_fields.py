"""What requests of the SPARQL protocols are written in: fields, media types, texts. Pure."""

import re
from urllib.parse import unquote_to_bytes

from pyoxigraph import NamedNode

from service.errors import Problem

MAX_FIELDS = 1_000
MAX_NAMES = 64 << 10  # as much as a query: workers and their parent remember datasets
MEDIA_TYPE = re.compile(r"\s*([^\s;]+)\s*(?:;\s*charset\s*=\s*\"?([^\s\";]+)\"?\s*)?(?:;.*)?", re.I)

Fields = list[tuple[str, str]]


def read_fields(encoded: bytes, where: str) -> Fields:
    """The fields of a URL-encoded form, which is in UTF-8 throughout; Problem where it is not."""
    if encoded.count(b"&") >= MAX_FIELDS:
        raise Problem(400, "There are too many fields.", f"The {where} may have {MAX_FIELDS:,}.")
    fields = []
    try:
        for field in encoded.replace(b"+", b" ").split(b"&"):
            if field:
                name, _, value = field.partition(b"=")
                fields.append((_decoded(name), _decoded(value)))
    except UnicodeDecodeError:
        raise _not_utf8(where) from None
    return fields


def _decoded(part: bytes) -> str:
    return (unquote_to_bytes(part) if b"%" in part else part).decode()


def utf8_text(octets: bytes, where: str) -> str:
    """The text of these bytes; Problem where they are not UTF-8."""
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        raise _not_utf8(where) from None


def _not_utf8(where: str) -> Problem:
    return Problem(400, "The text is not UTF-8.", f"The {where} holds bytes that are not UTF-8.")


def read_media_type(content_type: str | None) -> tuple[str | None, str | None]:
    """The media type and charset of a Content-Type field, in lower case."""
    matched = MEDIA_TYPE.fullmatch(content_type or "")
    if matched is None:
        return None, None
    return matched[1].lower(), matched[2].lower() if matched[2] else None


def only(fields: Fields, name: str) -> str | None:
    """The value of a field that may be there once."""
    values = [value for each, value in fields if each == name]
    if len(values) > 1:
        raise Problem(400, f"There are two fields `{name}`.", "It is not clear which is meant.")
    return values[0] if values else None


def graph_iris(fields: Fields, name: str) -> tuple[str, ...]:
    """The graph IRIs that a repeatable field gives, each once, sorted."""
    graphs = {value for each, value in fields if each == name}
    if sum(map(len, graphs)) > MAX_NAMES:
        raise Problem(
            413,
            "The names of the graphs are too long.",
            f"All that `{name}` says may have {MAX_NAMES:,} characters.",
        )
    for graph in graphs:
        try:
            NamedNode(graph)
        except ValueError:
            raise Problem(
                400, "A graph is named by an absolute IRI.", f"{name}={graph} is none."
            ) from None
    return tuple(sorted(graphs))
