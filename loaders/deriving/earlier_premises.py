"""Premises that are looked up: in the store of the parent, and in what changed since."""

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import NamedNode, Store

from loaders.deriving.consequences import Statement, is_iri, not_premises, statement_of
from loaders.deriving.rule_table import TYPE
from loaders.difference import Difference


class Looked:
    """The premises of an audience, by subject, by object, or both.

    `store` is the parent's, of the same audience, and `difference` what its premises lack or have
    too much.
    """

    def __init__(self, base: str, store: Store, difference: Difference) -> None:
        self._store = store
        self._removed = set(difference.removed)
        self._no_premise = not_premises(base)
        self._by_subject: dict[bytes, list[Statement]] = defaultdict(list)
        self._by_object: dict[bytes, list[Statement]] = defaultdict(list)
        for line in difference.added:
            statement = statement_of(line)
            self._by_subject[statement[0]].append(statement)
            self._by_object[statement[2]].append(statement)

    def of(self, subject: bytes, predicate: bytes | None = None) -> Iterator[Statement]:
        """What is stated of a thing; a statement may come twice."""
        yield from self._found(_node(subject), predicate, None)
        for each in self._by_subject.get(subject, ()):
            if predicate in (None, each[1]):
                yield each

    def to(self, value: bytes, predicate: bytes | None = None) -> Iterator[Statement]:
        """What is stated to lead to a thing; a statement may come twice."""
        yield from self._found(None, predicate, _node(value))
        for each in self._by_object.get(value, ()):
            if predicate in (None, each[1]):
                yield each

    def __contains__(self, statement: Statement) -> bool:
        subject, predicate, value = statement
        if not is_iri(value):
            return statement in self.of(subject, predicate)
        found = self._found(_node(subject), predicate, _node(value))
        return statement in self._by_subject.get(subject, ()) or next(found, None) is not None

    def describes(self, subject: bytes) -> bool:
        """Whether a thing has a stated type."""
        return next(self.of(subject, TYPE), None) is not None

    def _found(
        self, subject: NamedNode | None, predicate: bytes | None, value: NamedNode | None
    ) -> Iterator[Statement]:
        named = _node(predicate) if predicate else None
        for quad in self._store.quads_for_pattern(subject, named, value, None):
            if isinstance(quad.graph_name, NamedNode):  # else it repeats one that is
                line = f"{quad} .\n".encode()
                if not line.endswith(self._no_premise) and line not in self._removed:
                    yield statement_of(line)


def _node(term: bytes) -> NamedNode:
    return NamedNode(term[1:-1].decode())
