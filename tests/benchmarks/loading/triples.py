"""Whether contenders made the same: triples in one spelling, and a digest of a set of them."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse

from loaders.sorted_lines import SortedLines

_AT_ONCE = 10_000


def triples_of(path: Path, graph: str | None = None) -> Iterator[str]:
    """The triples of a file of N-Triples, or of one graph of N-Quads, in one spelling."""
    wanted = NamedNode(graph) if graph else DefaultGraph()
    format_ = RdfFormat.N_QUADS if graph else RdfFormat.N_TRIPLES
    for each in parse(path=str(path), format=format_):
        if each.graph_name == wanted:
            yield f"{each.subject} {each.predicate} {each.object}"


def digest_of(triples: Iterable[str]) -> tuple[int, str]:
    """How many triples these are, each counted once, and a digest that tells sets of them apart.

    They are put in order on disk, so that ten million need no more memory than ten.
    """
    digest, count = hashlib.sha256(), 0
    waiting = iter(triples)
    with tempfile.TemporaryDirectory() as folder:
        lines = SortedLines(Path(folder), "triples")
        while some := list(islice(waiting, _AT_ONCE)):
            lines.add(f"{each}\n".encode() for each in some)
        for each in lines:
            digest.update(each)
            count += 1
    return count, digest.hexdigest()
