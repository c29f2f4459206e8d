"""Making the store of one audience: the parent's with a difference applied, or a new one.

Besides its named graphs a store holds, as its real default graph, the distinct union of them: a
triple stands there once, however many graphs state it, and goes when the last one stops.
"""

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from loaders.difference import Difference, count_by_graph, merged
from loaders.nquads import GRAPH_OF_LINE
from loaders.steps import step

REBUILD_SHARE = 0.25
"""Above this share of changed lines, loading everything anew is the quicker way."""

_UNION = DefaultGraph()
_BLOCK = 1 << 20  # how many bytes are copied at once


@dataclass(slots=True)
class StoreCounts:
    """What a store holds: quads in named graphs, by graph, and distinct triples in their union."""

    graphs: Counter[str]
    triples: int

    def as_table(self) -> dict[str, object]:
        """The counts as a manifest has them."""
        graphs = {name: count for name, count in sorted(self.graphs.items()) if count}
        return {"quads": sum(graphs.values()), "triples": self.triples, "graphs": graphs}


def is_small(difference: Difference, total: int) -> bool:
    """Whether a difference is better applied than everything loaded anew."""
    return len(difference) <= REBUILD_SHARE * total


def build_store(path: Path, files: Iterable[Path], extra: Iterable[bytes]) -> StoreCounts:
    """Make a new store at `path` of sorted files and further lines of N-Quads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        union, further = Path(folder, "union.nt"), Path(folder, "further.nq")
        further.write_bytes(b"".join(sorted(set(extra))))
        every = [*files, further]
        with union.open("wb") as stated:
            graphs = _copy_without_graphs(every, stated)
        store = Store(str(path))
        with step("named graphs"):
            for each in every:
                store.bulk_load(path=str(each), format=RdfFormat.N_QUADS, lenient=True)
            total = len(store)
        if total != graphs.total():  # lines that stand in several files, each of them one quad
            graphs = count_by_graph(merged(every))
        with step("union"):
            store.bulk_load(path=str(union), format=RdfFormat.N_TRIPLES, lenient=True)
    store.flush()
    return StoreCounts(graphs, len(store) - total)


def _copy_without_graphs(files: Iterable[Path], stated: BinaryIO) -> Counter[str]:
    """Copy what N-Quads state to one file of N-Triples; how many lines name each graph."""
    graphs: Counter[bytes] = Counter()
    for path in files:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                block += file.readline()
                stated.write(GRAPH_OF_LINE.sub(b" .\n", block))
                graphs.update(GRAPH_OF_LINE.findall(block))
    return Counter({name.decode(): count for name, count in graphs.items()})


def apply_difference(store: Store, difference: Difference, counts: StoreCounts) -> None:
    """Take lines out of a store and put lines in, and keep union and counts in step.

    Only what the store held is counted out, and only what it did not hold is counted in.
    """
    removed = [quad for quad in _quads(difference.removed) if quad in store]
    for quad in removed:
        store.remove(quad)
        counts.graphs[_name_of(quad)] -= 1
    for quad in removed:
        union = _in_union(quad)
        if union in store and not _is_stated(store, quad):
            store.remove(union)
            counts.triples -= 1
    added = [quad for quad in _quads(difference.added) if quad not in store]
    fresh = {union for quad in added if (union := _in_union(quad)) not in store}
    store.extend(added)
    store.extend(fresh)
    counts.graphs.update(map(_name_of, added))
    counts.triples += len(fresh)


def _name_of(quad: Quad) -> str:
    assert isinstance(quad.graph_name, NamedNode)  # staged lines name their graph
    return quad.graph_name.value


def counts_from(table: Mapping[str, object]) -> StoreCounts:
    """The counts that a manifest holds."""
    graphs, triples = table["graphs"], table["triples"]
    assert isinstance(graphs, dict)
    assert isinstance(triples, int)
    return StoreCounts(Counter(graphs), triples)


def _quads(lines: list[bytes]) -> list[Quad]:
    return list(parse(b"".join(lines), format=RdfFormat.N_QUADS))


def _in_union(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, _UNION)


def _is_stated(store: Store, quad: Quad) -> bool:
    found = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(each.graph_name != _UNION for each in found)
