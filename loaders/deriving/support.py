"""Whether premises that are looked up entail one statement: inference backwards."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from loaders.deriving.chains import reached_from
from loaders.deriving.consequences import Statement, is_iri
from loaders.deriving.earlier_premises import Looked
from loaders.deriving.rule_table import TYPE, Link, RuleTable


class Links:
    """What leads to what by one link of a transitive property, in premises that are looked up."""

    def __init__(self, table: RuleTable) -> None:
        self.properties: dict[bytes, list[Link]] = defaultdict(list)
        for predicate, effect in table.effects.items():
            for chain, back in effect.links:
                self.properties[chain].append(Link(predicate, back))

    def following(self, looked: Looked, chain: bytes) -> Callable[[bytes], list[bytes]]:
        """A function that gives where the links lead that begin at a thing."""
        return lambda thing: list(self._beside(looked, chain, thing, back=False))

    def preceding(self, looked: Looked, chain: bytes) -> Callable[[bytes], list[bytes]]:
        """A function that gives where the links begin that lead to a thing."""
        return lambda thing: list(self._beside(looked, chain, thing, back=True))

    def _beside(self, looked: Looked, chain: bytes, thing: bytes, *, back: bool) -> Iterator[bytes]:
        for predicate, reverse in self.properties[chain]:
            if back == reverse:
                yield from (value for *_, value in looked.of(thing, predicate) if is_iri(value))
            else:
                yield from (subject for subject, *_ in looked.to(thing, predicate))


class Support:
    """What the premises of now entail, asked statement by statement."""

    def __init__(self, table: RuleTable, now: Looked, links: Links) -> None:
        self._table = table
        self._now = now
        self._links = links
        self._described: dict[bytes, bool] = {}
        self._reached: dict[tuple[bytes, bytes], set[bytes]] = {}
        self._along: dict[bytes, list[bytes]] = defaultdict(list)
        self._against: dict[bytes, list[bytes]] = defaultdict(list)
        self._of_object: dict[bytes, list[bytes]] = defaultdict(list)
        for predicate, effect in table.effects.items():
            for each in effect.along:
                self._along[each].append(predicate)
            for each in effect.against:
                self._against[each].append(predicate)
            for each in effect.of_object:
                self._of_object[each].append(predicate)

    def tells(self, statement: Statement) -> bool:
        """Whether the graph `inferred` has the statement: see `loaders.deriving.inferred`."""
        subject, predicate, value = statement
        return (
            subject != value
            and self._is_described(subject)
            and statement not in self._now
            and (
                self._is_of_class(subject, value)
                if predicate == TYPE
                else self._follows(statement) or self._is_chained(statement)
            )
        )

    def _is_described(self, subject: bytes) -> bool:
        if subject not in self._described:
            self._described[subject] = self._now.describes(subject)
        return self._described[subject]

    def _is_of_class(self, thing: bytes, class_: bytes) -> bool:
        effects = self._table.effects
        for _, predicate, value in self._now.of(thing):
            if predicate == TYPE and class_ in self._table.above.get(value, ()):
                return True
            if predicate in effects and class_ in effects[predicate].of_subject:
                return True
        leading = self._of_object.get(class_, ())
        return any(next(self._now.to(thing, each), None) is not None for each in leading)

    def _follows(self, statement: Statement) -> bool:
        subject, predicate, value = statement
        along, against = self._along.get(predicate, ()), self._against.get(predicate, ())
        return any((subject, each, value) in self._now for each in along) or (
            is_iri(value) and any((value, each, subject) in self._now for each in against)
        )

    def _is_chained(self, statement: Statement) -> bool:
        subject, predicate, value = statement
        if not is_iri(value):
            return False
        for chain in self._links.properties:
            effect = self._table.effects[chain]
            is_along = predicate == chain or predicate in effect.along
            if is_along and value in self._chained(chain, subject):
                return True
            if predicate in effect.against and subject in self._chained(chain, value):
                return True
        return False

    def _chained(self, chain: bytes, begin: bytes) -> set[bytes]:
        key = (chain, begin)
        if key not in self._reached:
            self._reached[key] = reached_from(begin, self._links.following(self._now, chain))
        return self._reached[key]
