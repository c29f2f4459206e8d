"""Asking a publisher's SPARQL endpoint by CONSTRUCT, within the bounds of every fetch.

SPARQLWrapper makes the requests of the SPARQL protocol; they are sent, and answers read, by
`loaders.requesting`, since SPARQLWrapper itself follows any redirect and puts no bound on an
answer. What comes is a set of triples without an order: it is kept as sorted N-Triples, each once,
so that the same triples are the same file whenever they are asked for.
"""

import hashlib
import io
import json
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse, serialize
from SPARQLWrapper import CONSTRUCT, POST, SELECT, SPARQLWrapper

from loaders.construct import Construct, page_of
from loaders.errors import FetchError
from loaders.requesting import Connection
from ontology.vocab import RDF

LARGEST_ANSWER = 256 << 20
MOST_PAGES = 20_000
_LONGEST_QUERY = 30 * 60.0
_LARGEST_COUNT = 1 << 20
_LONGEST_ADDRESS = 2_000
_TRIPLES = "application/n-triples, text/turtle;q=0.9"
_JSON = "application/sparql-results+json"
_SYNTAXES = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
}
_FORM = "application/x-www-form-urlencoded"
_TYPE = NamedNode(RDF.type)
_INTEGER = re.compile(r"\+?\d{1,18}")


def write_construct(
    web: Connection,
    url: str,
    construct: Construct,
    write: Callable[[bytes], object],
    tell: Callable[[str], None],
) -> None:
    """Ask an endpoint, page by page where that is declared, and write what it gives.

    How many things of the class there have to be is asked first, where that is declared.

    Raises:
        FetchError: it cannot be had; it is not well-formed; it has no end, or describes fewer
            things than the endpoint says that there are; pages of it have blank nodes, which
            cannot be told from those of other pages.
    """
    asked = _Endpoint(web, url, NamedNode(construct.kind))
    expected = asked.count(construct.count) if construct.count else None
    number = 0
    while asked.add(page_of(construct, number), paged=construct.page_size is not None):
        number += 1
        if construct.page_size is None:
            break
        if number == MOST_PAGES:
            raise FetchError(url, f"has more than {MOST_PAGES:,} pages")
    found = len(asked.described)
    if expected is not None and found < expected:
        raise FetchError(
            url, f"says that it has {expected} of <{construct.kind}>, and describes {found}"
        )
    if expected is not None and found > expected:
        tell(f"it describes {found} of <{construct.kind}>, more than the {expected} it counted.")
    for line in sorted(asked.lines):
        write(line)


@dataclass(slots=True)
class _Endpoint:
    web: Connection
    url: str
    kind: NamedNode
    lines: set[bytes] = field(default_factory=set)
    described: set[str] = field(default_factory=set)
    seen: set[bytes] = field(default_factory=set)
    size: int = 0

    def add(self, query: str, *, paged: bool) -> bool:
        """Take in what a query makes; False where it makes nothing."""
        content, kind = self._ask(query, CONSTRUCT, LARGEST_ANSWER - self.size)
        self.size += len(content)
        syntax = _SYNTAXES.get(kind)
        if syntax is None:
            raise FetchError(self.url, f"gives “{kind}”, which is neither N-Triples nor Turtle")
        lines: set[bytes] = set()
        try:
            for quad in parse(io.BytesIO(content), format=syntax, base_iri=self.url, lenient=True):
                triple = quad.triple
                if paged and any(isinstance(term, BlankNode) for term in triple):
                    raise FetchError(
                        self.url,
                        "gives pages with blank nodes, which cannot be told from those of other "
                        "pages: leave them out of the query, or ask without “page-size”",
                    )
                lines.add(_line(triple))
                if triple.predicate == _TYPE and triple.object == self.kind:
                    self.described.add(str(triple.subject))
        except SyntaxError as error:
            reason = " ".join(str(error).split())[:160]
            raise FetchError(self.url, f"gives what is not well-formed ({reason})") from None
        digest = hashlib.sha256(b"".join(sorted(lines))).digest()
        if lines and digest in self.seen:
            raise FetchError(
                self.url, "gives one page twice: it does not heed OFFSET, or its pages have no end"
            )
        self.seen.add(digest)
        self.lines |= lines
        return bool(lines)

    def count(self, query: str) -> int:
        """The one number that a query selects."""
        content, _ = self._ask(query, SELECT, _LARGEST_COUNT)
        try:
            document = json.loads(content)
            [name] = document["head"]["vars"]
            [solution] = document["results"]["bindings"]
            value = solution[name]["value"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise FetchError(self.url, "answers the query for a count with no count") from None
        if not isinstance(value, str) or not _INTEGER.fullmatch(value):
            raise FetchError(self.url, f"gives the count “{value}”, which is no whole number")
        return int(value)

    def _ask(self, query: str, form: str, largest: int) -> tuple[bytes, str]:
        """What an endpoint answers, and its media type."""
        address, posted, headers = _request(self.url, query, form)
        content = bytearray()
        with self.web.ask(address, {}, _LONGEST_QUERY, posted=posted, headers=headers) as answer:
            for chunk in answer.chunks or ():
                content += chunk
                if len(content) > largest:
                    raise FetchError(self.url, "gives more than can be held in memory")
        return bytes(content), answer.kind


def _request(url: str, query: str, form: str) -> tuple[str, bytes | None, dict[str, str]]:
    """The request of a query: address, what is posted or None, and header fields.

    A long query is posted, since servers refuse long addresses.
    """
    wrapper = SPARQLWrapper(url)
    wrapper.setOnlyConneg(True)
    with warnings.catch_warnings(action="ignore"):
        wrapper.setQuery(query)
    wrapper.queryType = form  # its guess goes wrong where a “#” is no comment
    # SPARQLWrapper has no public way to a request that was not sent.
    request = wrapper._createRequest()
    if len(request.full_url) > _LONGEST_ADDRESS:
        wrapper.setMethod(POST)
        request = wrapper._createRequest()
    headers = {"Accept": _TRIPLES if form == CONSTRUCT else _JSON}
    if not isinstance(request.data, bytes):
        return request.full_url, None, headers
    return request.full_url, request.data, {**headers, "Content-Type": _FORM}


def _line(triple: Triple) -> bytes:
    line = serialize([triple], format=RdfFormat.N_TRIPLES)
    assert line is not None  # it is None where a file to write to is given
    return line
