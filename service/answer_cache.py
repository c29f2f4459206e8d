"""Answers that were given already, kept in memory for the release that gave them.

A release never changes, so an answer stays right until another release is served, and nothing
has to be invalidated before that. What may be kept, and what answers which request, is decided
as for any HTTP cache (RFC 9111 §3 and §4.1). The cache belongs to the event loop's thread.
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from service.caching import NEVER_STORED
from service.tokens import PUBLIC

Headers = list[tuple[str, str]]
RequestKey = tuple[str | None, ...]

MIB = 1 << 20
RECORD_BYTES = 600

# What an answer may vary by and still be kept: the values of these fields are in the key.
KEYED = ("accept", "host", "x-forwarded-host", "x-forwarded-proto")
# What it says is seen to when an answer is sent: what is kept here is not coded.
CODED_BY = "accept-encoding"
# What they say, the audience in the key stands for.
RESOLVED = ("authorization", "cookie")
# A request with one of these is for the application: it asks for something other than the
# answer as it stands.
PASSED_BY = ("range", "if-match", "if-unmodified-since", "accept-datetime")
# What is told of releases that may be collected at any time, while another is served.
OF_THE_PAST = ("/memento/", "/timemap/", "/history/", "/releases")
MAY_VARY = frozenset((*KEYED, CODED_BY, *RESOLVED, *PASSED_BY))

POLICY = "content-security-policy"
# 304 repeats what a cache needs, not what describes the content (RFC 9110 §15.4.5). The policy
# belongs to the page that the client has: a new nonce would shut out that page's styles.
NOT_IN_304 = (
    "content-encoding",
    "content-language",
    "content-length",
    POLICY,
    "content-type",
)
# What another request with the same answer is not told.
OF_ONE_REQUEST = ("content-length", "etag", "server-timing", "x-request-id")
PRIVATE = "private"
NONCE = re.compile(r"'nonce-([^']+)'")


def request_key(
    audience: str, path: str, query: str, fields: Mapping[str, str]
) -> RequestKey | None:
    """What tells a GET or HEAD request from others; None where it must not meet the cache."""
    if path.startswith(OF_THE_PAST) or any(name in fields for name in PASSED_BY):
        return None
    return (audience, path, query, *(fields.get(name) for name in KEYED))


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """A 200 answer. Without `body` it was too large to keep, and serves conditional requests.

    `headers` are those that every request is sent alike: all but its id and the tag. `nonce` is
    what its policy and its page have, and no other request may have again. `size` is what the
    headers take, in bytes. `coded` are the bodies in the codings in which it was sent already,
    much shorter ones.
    """

    tag: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    nonce: str | None = None
    size: int = field(default=0, compare=False, repr=False)
    coded: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    def with_tag(self, tag: str, body: bytes | None = None) -> "CachedAnswer":
        """The answer to another request of the same form."""
        return CachedAnswer(tag, self.headers, body, self.nonce, self.size)

    def again(self, request_id: str) -> tuple[Headers, bytes]:
        """Headers and body for another request: with its own id, and a nonce used only once."""
        headers = [("etag", self.tag), ("x-request-id", request_id), *self.headers]
        body = self.body or b""
        if self.nonce is not None:
            nonce = secrets.token_urlsafe(16)
            headers = [
                (name, value.replace(self.nonce, nonce) if name == POLICY else value)
                for name, value in headers
            ]
            body = body.replace(self.nonce.encode(), nonce.encode())
        return headers, body

    def unchanged(self, request_id: str) -> Headers:
        """The headers of 304 Not Modified."""
        kept = [each for each in self.headers if each[0] not in NOT_IN_304]
        return [("etag", self.tag), ("x-request-id", request_id), *kept]


def keepable(
    status: int, headers: Headers, body: bytes | None, audience: str = PUBLIC
) -> CachedAnswer | None:
    """The answer as it may be kept, or None: it needs a tag, and must be the same for everyone.

    Everyone is whoever is of the audience: the answer to a token says that it is private, which
    it is to caches that do not know whose token that was.
    """
    tags = _members("etag", headers)
    control = _members("cache-control", headers)
    varied = {name.lower() for name in _members("vary", headers)}
    if (
        status != 200
        or len(tags) != 1
        or not varied <= MAY_VARY
        or NEVER_STORED in control
        or (PRIVATE in control and audience == PUBLIC)
        or _members("set-cookie", headers)
    ):
        return None
    kept = tuple(each for each in headers if each[0] not in OF_ONE_REQUEST)
    used = NONCE.search(dict(kept).get(POLICY, ""))
    size = sum(len(name) + len(value) for name, value in kept)
    return CachedAnswer(tags[0], kept, body, used[1] if used else None, size)


def _members(field: str, headers: Headers) -> list[str]:
    """The members of a list field, wherever in the headers it stands (RFC 9110 §5.6.1)."""
    values = ",".join(value for name, value in headers if name == field)
    return [member.strip() for member in values.split(",") if member.strip()]


class AnswerCache:
    """The answers of one release by request; beyond the bound the least recently used leave.

    `max_bytes` bounds bodies, headers and keys together; a body of more than `max_item_bytes`
    is not kept.
    """

    def __init__(self, max_bytes: int = 64 * MIB, max_item_bytes: int = MIB) -> None:
        self._max_bytes = max_bytes
        self._max_item_bytes = max_item_bytes
        self._answers: OrderedDict[RequestKey, tuple[CachedAnswer, int]] = OrderedDict()
        self._release: str | None = None
        self._bytes = 0

    def get(self, release: str, key: RequestKey) -> CachedAnswer | None:
        """The answer that this release gave to the same request, if it is still kept."""
        self._serve(release)
        held = self._answers.get(key)
        if held is None:
            return None
        self._answers.move_to_end(key)
        return held[0]

    def put(self, release: str, key: RequestKey, answer: CachedAnswer) -> None:
        """Keep an answer of the release, in place of an earlier one to the same request.

        An answer of a release that is asked no more, because another took its place while the
        answer was made, is not kept.
        """
        if self._release is None:
            self._release = release
        if release != self._release:
            return
        if answer.body is not None and len(answer.body) > self._max_item_bytes:
            answer = CachedAnswer(answer.tag, answer.headers, None)
        self._drop(key)
        size = _size(key, answer)
        self._answers[key] = answer, size
        self._bytes += size
        while self._bytes > self._max_bytes:
            self._drop(next(iter(self._answers)))

    def __len__(self) -> int:
        return len(self._answers)

    def _serve(self, release: str) -> None:
        """Forget everything when another release is served."""
        if release != self._release:
            self._answers.clear()
            self._bytes = 0
            self._release = release

    def _drop(self, key: RequestKey) -> None:
        held = self._answers.pop(key, None)
        if held is not None:
            self._bytes -= held[1]


def _size(key: RequestKey, answer: CachedAnswer) -> int:
    """About what an entry takes: its texts, and something for the objects that hold them."""
    texts = sum(len(part) for part in key if part)
    # What it takes once more in its codings: mostly a tenth, at worst as much.
    return RECORD_BYTES + texts + answer.size + 2 * len(answer.body or b"")
