"""Quads as lines of N-Quads, spelled exactly as the store would spell them.

The spelling is that of canonical N-Quads (RDF 1.2 N-Quads, section 4) as pyoxigraph writes it;
`tests/loaders/test_nquads.py` holds the two together. So one stored quad is one line, and lines can
be sorted, compared and subtracted as bytes.
"""

import re
from collections.abc import Iterable, Iterator

from loaders.quads import Literal, Quad
from ontology.vocab import XSD

_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f\ufffe\uffff]')
_WRITTEN = re.compile(r"\\(?:u([0-9A-F]{4})|(.))", re.DOTALL)
GRAPH_OF_LINE = re.compile(rb" <([^<> ]*)> \.\n")
"""The graph of a line of N-Quads with what follows, in lines as they are written here."""

_SHORT = {
    "\b": r"\b",
    "\t": r"\t",
    "\n": r"\n",
    "\f": r"\f",
    "\r": r"\r",
    '"': r"\"",
    "\\": r"\\",
}

_LONG = {short: long for long, short in _SHORT.items()}


def write_quad(quad: Quad) -> str:
    """The line of one quad, without its line end.

    IRIs are taken as they are: whoever mints or reads one has checked it (`loaders.values`).
    """
    subject, predicate, value, graph = quad
    spelled = _write_literal(value) if isinstance(value, Literal) else f"<{value}>"
    return f"<{subject}> <{predicate}> {spelled} <{graph}> ."


def line_of(quad: Quad) -> bytes:
    """The line of one quad as bytes, with its line end."""
    return f"{write_quad(quad)}\n".encode()


def write_lines(quads: Iterable[Quad]) -> list[bytes]:
    """The lines of quads as bytes, sorted, each once: the body of a staged file."""
    return sorted(set(map(line_of, quads)))


def without_graph(line: bytes) -> bytes:
    """The N-Triples line of an N-Quads line: what it states, whoever states it."""
    return line[: line.rindex(b" <")] + b" .\n"


def graph_of(line: bytes) -> str:
    """The IRI of the graph that an N-Quads line stands in."""
    return line[line.rindex(b" <") + 2 : line.rindex(b">")].decode()


def subject_of(line: bytes) -> str:
    """The IRI of the subject of an N-Quads line."""
    return line[1 : line.index(b">")].decode()


def literal_of(value: bytes) -> str:
    """The lexical form of a literal as N-Quads writes it, language or datatype behind it or not."""
    quoted = value[1 : value.rindex(b'"')].decode()
    return _WRITTEN.sub(_unescape, quoted) if "\\" in quoted else quoted


def subjects(lines: Iterable[bytes]) -> Iterator[str]:
    """The subject of each line, a run of equal ones once."""
    last = b""
    for line in lines:
        subject = line[1 : line.index(b">")]
        if subject != last:
            last = subject
            yield subject.decode()


def _write_literal(literal: Literal) -> str:
    lexical, datatype, language = literal
    quoted = f'"{_ESCAPED.sub(_escape, lexical)}"'
    if language:
        return f"{quoted}@{language}"
    return quoted if datatype == XSD.string else f"{quoted}^^<{datatype}>"


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _SHORT.get(character) or f"\\u{ord(character):04X}"


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _LONG[f"\\{found[2]}"]
