"""What a write is, what came of it, and why one is refused. Pure data."""

from dataclasses import dataclass
from enum import StrEnum

from loaders.errors import LoaderError


class Action(StrEnum):
    """A SPARQL 1.1 Update, or one of the writing operations of the Graph Store HTTP Protocol."""

    UPDATE = "update"
    PUT = "put"
    POST = "post"
    DELETE = "delete"
    PATCH = "patch"


@dataclass(frozen=True, slots=True)
class Part:
    """RDF that was sent: one body, or one part of a multipart body.

    `base` is what its relative IRIs stand under; without it, the IRI of the graph written to.
    """

    media_type: str
    content: bytes
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """One write, as it was asked for.

    `by` says whose token it was; `request` is the id of the request. `text` is the update of UPDATE
    and PATCH, `using` and `using_named` the dataset that the protocol names for its WHERE (SPARQL
    1.1 Protocol, section 2.2.3), `base` the IRI that its relative IRIs stand under; without it they
    are none. `graph` is the IRI of the graph that PUT, POST, DELETE and PATCH are about, None for
    the default graph; `parts` what PUT and POST bring. With `if_release` the write is only for that
    release, with `if_exists` only where the graph is there, or is not.
    """

    action: Action
    by: str
    role: str
    request: str
    text: str = ""
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    base: str | None = None
    graph: str | None = None
    parts: tuple[Part, ...] = ()
    if_release: str | None = None
    if_exists: bool | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did. `release` is the id of the release that is served now.

    `created` says that the graph came into being, `removed` that it is gone; both are told of
    writes that name a graph, and never of the default graph of an open directory.
    """

    release: str
    changed: bool
    created: bool = False
    removed: bool = False


class WriteRefusedError(LoaderError):
    """A write that is not carried out; nothing has changed.

    `status` is the status code of HTTP that says the same. Where `line` and `column` are given,
    both from 1, they are those of the text as it was sent.
    """

    def __init__(
        self,
        status: int,
        title: str,
        detail: str = "",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(f"{title} {detail}".rstrip())
        self.status = status
        self.title = title
        self.detail = detail
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Effect:
    """What a write does to what is stored, before it is published."""

    changed: bool
    created: bool = False
    removed: bool = False
