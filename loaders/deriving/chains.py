"""Chains of transitive properties: what leads to what over any number of statements.

OWL 2 RL, rule prp-trp. Memory holds the links of such properties and nothing else.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator

from loaders.deriving.consequences import Statement, is_iri
from loaders.deriving.rule_table import RuleTable


class Chains:
    """The links of every transitive property, and where they lead."""

    def __init__(self, table: RuleTable) -> None:
        self._table = table
        self._links: dict[bytes, dict[bytes, list[bytes]]] = {}

    def add(self, statement: Statement) -> None:
        """Take in a statement, which may be a link of a chain or of several."""
        for chain, begin, end in links_of(self._table, statement):
            self._links.setdefault(chain, defaultdict(list))[begin].append(end)

    def entailed(self) -> Iterator[Statement]:
        """What follows from chains, of the things at both their ends."""
        for chain, links in self._links.items():
            for begin in links:
                for end in reached_from(begin, links.get):
                    yield from entailed_by_chain(self._table, chain, begin, end)


def links_of(table: RuleTable, statement: Statement) -> Iterator[tuple[bytes, bytes, bytes]]:
    """The links that a statement is: the transitive property, where it begins, where it ends."""
    subject, predicate, value = statement
    effect = table.effects.get(predicate)
    if effect is not None and is_iri(value):
        for chain, back in effect.links:
            yield (chain, value, subject) if back else (chain, subject, value)


def reached_from(
    begin: bytes, following: Callable[[bytes], Collection[bytes] | None]
) -> set[bytes]:
    """What chains lead to from a thing; the thing itself where they come back to it."""
    reached: set[bytes] = set()
    waiting = [begin]
    while waiting:
        for each in following(waiting.pop()) or ():
            if each not in reached:
                reached.add(each)
                waiting.append(each)
    return reached


def entailed_by_chain(
    table: RuleTable, chain: bytes, begin: bytes, end: bytes
) -> Iterator[Statement]:
    """What follows where chains of a property lead from one thing to another.

    Which classes the two are of follows from the first and the last link already.
    """
    effect = table.effects[chain]
    yield begin, chain, end
    for along in effect.along:
        yield begin, along, end
    for against in effect.against:
        yield end, against, begin
