"""A copy of the internal store in which an update is tried out, to see what it makes of the edits.

Later operations see what earlier ones did. So the copy's default graph, the union of its named
graphs, is kept in step before each operation that reads; the engine knows nothing of a union.
"""

from collections.abc import Iterable
from uuid import uuid4

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from loaders.writing.engine import run
from loaders.writing.plan import Step

_UNION = DefaultGraph()


class Scratch:
    """A store that may be spoilt. `edits` is the graph of the edits, `parts` begins IRIs of parts.

    It is what follows from an earlier release, or an empty one.
    """

    def __init__(self, store: Store, edits: NamedNode, parts: str) -> None:
        self._store = store
        self._edits = edits
        self._parts = parts
        self._seen = set(self.quads())

    def run(self, steps: Iterable[Step]) -> None:
        """Run the operations of an update, one after another.

        Raises:
            WriteRefusedError: one of them fails.
        """
        for step in steps:
            if step.reads:
                self._settle()
            run(self._store, step.update)
        self._settle()

    def quads(self) -> Iterable[Quad]:
        """The quads of the edits."""
        return self._store.quads_for_pattern(None, None, None, self._edits)

    def _settle(self) -> None:
        """Give blank nodes their IRIs, and the union what the edits state and no more."""
        found = list(self.quads())
        named = without_blank_nodes(found, self._parts)
        for old, new in zip(found, named, strict=True):
            if old is not new:
                self._store.remove(old)
                self._store.add(new)
        now = set(named)
        for quad in self._seen - now:
            self._leave_union(quad)
        self._store.extend(_in_union(quad) for quad in now - self._seen)
        self._seen = now

    def _leave_union(self, quad: Quad) -> None:
        stating = self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if all(each.graph_name == _UNION for each in stating):
            self._store.remove(_in_union(quad))


def without_blank_nodes(quads: Iterable[Quad], parts: str) -> list[Quad]:
    """The quads, in their order, with an IRI for each blank node (RDF 1.1 Concepts, section 3.5).

    A quad without any is returned itself. Blank nodes in triple terms stay.
    """
    names: dict[BlankNode, NamedNode] = {}
    made = []
    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
            for node in (subject, value):
                if isinstance(node, BlankNode) and node not in names:
                    names[node] = NamedNode(f"{parts}{uuid4().hex}")
            if isinstance(subject, BlankNode):
                subject = names[subject]
            if isinstance(value, BlankNode):
                value = names[value]
            quad = Quad(subject, quad.predicate, value, quad.graph_name)
        made.append(quad)
    return made


def _in_union(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, _UNION)
