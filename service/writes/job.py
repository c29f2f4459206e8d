"""A write as the service hands it to a process, and what the process says of it.

Frames go over a socket pair. A job is two lengths, a JSON object, and the bytes that were sent:
they are not put into JSON, for they may be ten million. A message is a kind, a length and a
payload.
"""

import json
import struct
from dataclasses import dataclass
from enum import StrEnum

JOB = struct.Struct(">QI")
MESSAGE = struct.Struct(">cI")

BEGUN = b"B"  # the job has been read: from here on its time runs
TRUSTED = b"T"  # what a stranger sent is parsed and evaluated; the rest is our own work
WRITTEN = b"W"  # JSON of `Written`
REFUSED = b"R"  # JSON of a problem
FAILED = b"F"  # what the log should say

# The exit status of a process that wanted more memory than it may take.
EXHAUSTED = 70


class Action(StrEnum):
    """A SPARQL 1.1 Update, or an operation of the SPARQL 1.1 Graph Store HTTP Protocol."""

    UPDATE = "UPDATE"
    PUT = "PUT"
    POST = "POST"
    DELETE = "DELETE"
    PATCH = "PATCH"

    @property
    def brings_rdf(self) -> bool:
        """Whether what it sends is RDF, and not an update."""
        return self in (Action.PUT, Action.POST)


@dataclass(frozen=True, slots=True)
class Part:
    """RDF that was sent: a body, or one part of a multipart body. `base` is for relative IRIs."""

    media_type: str
    content: bytes
    base: str | None = None


@dataclass(frozen=True, slots=True)
class WriteJob:
    """One write, as it was asked for.

    `by` says whose token it is, and `request` is the id of the request. `text` is the update of
    UPDATE and PATCH, `using` and `using_named` the dataset that the protocol names for it, and
    `base` what relative IRIs in it stand under. `graph` is the IRI of the graph of the others,
    None for the default graph, and `parts` what PUT and POST bring. `if_release` makes the write
    conditional on the release that is served, and `if_exists` on whether the graph is there.
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

    def encoded(self) -> bytes:
        """The frame."""
        contents = [self.text.encode(), *(part.content for part in self.parts)]
        told = {
            "action": self.action,
            "by": self.by,
            "role": self.role,
            "request": self.request,
            "using": self.using,
            "using_named": self.using_named,
            "base": self.base,
            "graph": self.graph,
            "if_release": self.if_release,
            "if_exists": self.if_exists,
            "lengths": [len(content) for content in contents],
            "parts": [(part.media_type, part.base) for part in self.parts],
        }
        head = json.dumps(told).encode()
        size = len(head) + sum(map(len, contents))
        return b"".join((JOB.pack(size, len(head)), head, *contents))


def decode_job(payload: bytes, head_size: int) -> WriteJob:
    """The job in a frame whose lengths were read off."""
    told = json.loads(payload[:head_size])
    contents, at = [], head_size
    for length in told.pop("lengths"):
        contents.append(payload[at : at + length])
        at += length
    text, *bodies = contents
    parts = [
        Part(media_type, content, base)
        for (media_type, base), content in zip(told.pop("parts"), bodies, strict=True)
    ]
    return WriteJob(
        action=Action(told.pop("action")),
        text=text.decode(),
        using=tuple(told.pop("using")),
        using_named=tuple(told.pop("using_named")),
        parts=tuple(parts),
        **told,
    )


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did. `release` is the id of the release that is served now.

    `created` says that the graph came into being, `removed` that it is gone.
    """

    release: str
    changed: bool
    created: bool = False
    removed: bool = False


def message(kind: bytes, payload: bytes = b"") -> bytes:
    """The frame of a message of the process."""
    return MESSAGE.pack(kind, len(payload)) + payload
