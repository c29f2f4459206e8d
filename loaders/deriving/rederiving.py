"""The graph `inferred` of a release from that of its parent, where little changed.

Whatever a changed line had a part in is found and concluded again (delete and rederive): it stays,
comes or goes by what the premises of now entail. All else stays as it is.
"""

from collections.abc import Iterator
from itertools import chain

from pyoxigraph import Store

from loaders.deriving.chains import entailed_by_chain, links_of, reached_from
from loaders.deriving.consequences import (
    Statement,
    ending_of,
    entailed_of_object,
    entailed_of_subject,
    not_premises,
    statement_of,
)
from loaders.deriving.derivation import Earlier, Premises
from loaders.deriving.earlier_premises import Looked
from loaders.deriving.rule_table import TYPE, RuleTable
from loaders.deriving.support import Links, Support
from loaders.difference import Difference, compare_files, find_difference
from loaders.sorted_files import SortedFile

SHARE = 0.02
"""Above this share of changed lines, or of conclusions in doubt, all anew is the quicker way."""


def rederived(premises: Premises, table: RuleTable) -> Iterator[bytes] | None:
    """The lines of the graph, or None where they have to be concluded anew."""
    earlier = premises.earlier
    if earlier is None:
        return None
    difference = _of_premises(premises, find_difference(earlier.files, premises.files))
    most = int(SHARE * earlier.quads)
    if len(difference) > most:
        return None
    doubts = _Doubts(premises, earlier, difference, table)
    found = doubts.statements(most)
    return None if found is None else doubts.lines(found)


def _of_premises(premises: Premises, difference: Difference) -> Difference:
    no_premise = not_premises(premises.base)
    return Difference(
        [line for line in difference.added if not line.endswith(no_premise)],
        [line for line in difference.removed if not line.endswith(no_premise)],
    )


class _Doubts:
    """What a difference may have changed in the graph, and what becomes of it."""

    def __init__(
        self, premises: Premises, earlier: Earlier, difference: Difference, table: RuleTable
    ) -> None:
        store = Store.read_only(str(earlier.store))
        base = premises.base
        self._premises = premises
        self._earlier = earlier
        self._difference = difference
        self._table = table
        self._links = Links(table)
        self._before = Looked(base, store, Difference())
        self._now = Looked(base, store, difference)
        self._either = Looked(base, store, Difference(added=difference.added))
        self._ending = ending_of(base)

    def statements(self, most: int) -> set[Statement] | None:
        """Every conclusion that may come or go; None where there are more than `most`."""
        found: set[Statement] = set()
        for statement in self._in_doubt():
            found.add(statement)
            if len(found) > most:
                return None
        return found

    def lines(self, doubtful: set[Statement]) -> Iterator[bytes]:
        """The lines of the graph, of which only some were in doubt."""
        support = Support(self._table, self._now, self._links)
        again = set(map(self._line, doubtful))
        with self._earlier.told.open("rb") as told:
            yield from (line for line in told if line not in again)
        yield from map(self._line, filter(support.tells, doubtful))

    def _line(self, statement: Statement) -> bytes:
        return b"%b %b %b%b" % (*statement, self._ending)

    def _in_doubt(self) -> Iterator[Statement]:
        changed = list(map(statement_of, (*self._difference.added, *self._difference.removed)))
        for statement in changed:
            yield statement  # what is stated is not told again
            yield from self._entailed(statement)
        for link in {link for each in changed for link in links_of(self._table, each)}:
            yield from self._by_link(*link)
        for thing in {subject for subject, predicate, _ in changed if predicate == TYPE}:
            if self._before.describes(thing) != self._now.describes(thing):
                yield from self._of_thing(thing)
        if self._premises.narrower:
            gone, come = compare_files(self._earlier.narrower, self._premises.narrower)
            yield from map(statement_of, (*gone, *come))

    def _entailed(self, statement: Statement) -> Iterator[Statement]:
        yield from entailed_of_subject(self._table, statement)
        yield from entailed_of_object(self._table, statement)

    def _by_link(self, property_: bytes, begin: bytes, end: bytes) -> Iterator[Statement]:
        """What follows from chains that have a link, before or now."""
        begins = reached_from(begin, self._links.preceding(self._either, property_)) | {begin}
        ends = reached_from(end, self._links.following(self._either, property_)) | {end}
        for each in begins:
            for other in ends:
                yield from entailed_by_chain(self._table, property_, each, other)

    def _of_thing(self, thing: bytes) -> Iterator[Statement]:
        """All that was told of a thing that came to be described or ceased to be, and all that is.

        What is told of others is among it, which does no harm.
        """
        with SortedFile(self._earlier.told) as told:
            yield from map(statement_of, told.beginning(thing + b" "))
        for statement in chain(self._now.of(thing), self._now.to(thing)):
            yield from self._entailed(statement)
        for each in self._links.properties:
            for end in reached_from(thing, self._links.following(self._now, each)):
                yield from entailed_by_chain(self._table, each, thing, end)
            for begin in reached_from(thing, self._links.preceding(self._now, each)):
                yield from entailed_by_chain(self._table, each, begin, thing)
