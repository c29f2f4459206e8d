"""What follows from one statement by the axioms of the ontology, worked out once as a table.

Axioms are followed as RDF Schema 1.1 (section 3) and OWL 2 RL (OWL 2 Profiles, section 4.3) have
them, as far as one statement is enough to conclude from: rdfs:subClassOf, rdfs:subPropertyOf,
rdfs:domain, rdfs:range, owl:equivalentClass, owl:equivalentProperty, owl:inverseOf and
owl:SymmetricProperty. What owl:TransitiveProperty says takes more statements than one: the table
tells which of them are links of a chain (`loaders.deriving.chains`).

Terms are bytes, written as N-Quads writes them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

import ontology
from ontology.namespaces import PREFIXES
from ontology.vocab import OWL, RDF, RDFS

TYPE = f"<{RDF.type}>".encode()

# Of whatever is described it says nothing to be one of these, and values have their datatypes.
_NOTHING_SAID = {OWL.Thing, PREFIXES["rdfs"] + "Resource", RDFS.Literal}


class Link(NamedTuple):
    """That a statement is a link of the chains of a transitive property, from its end if `back`."""

    property: bytes
    back: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What follows from any statement of one property.

    `along` are properties that the subject has with the same object, `against` those that the
    object has with the subject; `of_subject` and `of_object` are classes.
    """

    along: tuple[bytes, ...] = ()
    against: tuple[bytes, ...] = ()
    of_subject: tuple[bytes, ...] = ()
    of_object: tuple[bytes, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleTable:
    """What follows from statements, by their property; and the classes above each class."""

    effects: Mapping[bytes, Effect]
    above: Mapping[bytes, tuple[bytes, ...]]

    def digest(self) -> str:
        """A digest that changes with the table."""
        told = repr((sorted(self.effects.items()), sorted(self.above.items())))
        return hashlib.sha256(told.encode()).hexdigest()


@cache
def shipped_table() -> RuleTable:
    """The table of our own ontology, and of what we use of other people's."""
    names = (*ontology.axioms(), "borrowed.ttl")
    return table_of(
        quad.triple for name in names for quad in parse(ontology.turtle(name), RdfFormat.TURTLE)
    )


def table_of(axioms: Iterable[Triple]) -> RuleTable:
    """The table of some axioms; statements that are none of those kinds are passed over."""
    return _Axioms(axioms).table()


class _Axioms:
    """Axioms as they are stated, by kind."""

    def __init__(self, axioms: Iterable[Triple]) -> None:
        self.wider_classes: dict[str, set[str]] = defaultdict(set)
        self.wider: dict[str, set[str]] = defaultdict(set)
        self.inverse: dict[str, set[str]] = defaultdict(set)
        self.domains: dict[str, set[str]] = defaultdict(set)
        self.ranges: dict[str, set[str]] = defaultdict(set)
        self.transitive: set[str] = set()
        self.datatypes: set[str] = set()
        for each in axioms:
            if isinstance(each.subject, NamedNode) and isinstance(each.object, NamedNode):
                self._take(each.subject.value, each.predicate.value, each.object.value)

    def _take(self, subject: str, predicate: str, value: str) -> None:
        match predicate:
            case RDFS.subClassOf:
                self.wider_classes[subject].add(value)
            case RDFS.subPropertyOf:
                self.wider[subject].add(value)
            case RDFS.domain:
                self.domains[subject].add(value)
            case RDFS.range:
                self.ranges[subject].add(value)
            case OWL.inverseOf:
                self.inverse[subject].add(value)
                self.inverse[value].add(subject)
            case OWL.equivalentClass:
                self.wider_classes[subject].add(value)
                self.wider_classes[value].add(subject)
            case OWL.equivalentProperty:
                self.wider[subject].add(value)
                self.wider[value].add(subject)
            case RDF.type if value == OWL.SymmetricProperty:
                self.inverse[subject].add(subject)
            case RDF.type if value == OWL.TransitiveProperty:
                self.transitive.add(subject)
            case RDF.type if value == RDFS.Datatype:
                self.datatypes.add(subject)

    def table(self) -> RuleTable:
        """The table that follows from them."""
        properties = {
            *self.wider,
            *(each for found in self.wider.values() for each in found),
            *self.inverse,
            *self.domains,
            *self.ranges,
            *self.transitive,
        }
        reached = {each: self._reached(each) for each in properties}
        chained = _without_mirrors(self.transitive, reached)
        effects = {
            _term(each): self._effect(each, found, chained) for each, found in reached.items()
        }
        above = {
            _term(each): self._terms(self._above([each]) - {each}) for each in [*self.wider_classes]
        }
        return RuleTable(
            {each: effect for each, effect in effects.items() if effect != Effect()},
            {each: found for each, found in above.items() if found},
        )

    def _reached(self, start: str) -> set[tuple[str, bool]]:
        """The properties that follow from one, each with whether it leads the other way."""
        reached = {(start, False)}
        waiting = [(start, False)]
        while waiting:
            each, back = waiting.pop()
            further = {(wider, back) for wider in self.wider[each]}
            further |= {(inverse, not back) for inverse in self.inverse[each]}
            waiting += further - reached
            reached |= further
        return reached

    def _effect(self, start: str, reached: set[tuple[str, bool]], chained: set[str]) -> Effect:
        of_subject, of_object = set[str](), set[str]()
        for each, back in reached:
            of_subject |= self.ranges[each] if back else self.domains[each]
            of_object |= self.domains[each] if back else self.ranges[each]
        return Effect(
            along=self._terms(each for each, back in reached if not back and each != start),
            against=self._terms(each for each, back in reached if back),
            of_subject=self._terms(self._above(of_subject)),
            of_object=self._terms(self._above(of_object)),
            links=tuple(
                sorted(Link(_term(each), back) for each, back in reached if each in chained)
            ),
        )

    def _above(self, classes: Iterable[str]) -> set[str]:
        """The classes with all that stand above them, as far as they say anything."""
        found = set(classes)
        waiting = list(found)
        while waiting:
            further = self.wider_classes[waiting.pop()] - found
            found |= further
            waiting += further
        return found - _NOTHING_SAID - self.datatypes

    def _terms(self, iris: Iterable[str]) -> tuple[bytes, ...]:
        return tuple(sorted(map(_term, iris)))


def _without_mirrors(
    transitive: Iterable[str], reached: Mapping[str, set[tuple[str, bool]]]
) -> set[str]:
    """Transitive properties, of those that follow from one another only one.

    The chains of an inverse are those of its property, read backwards.
    """

    def leads(one: str, other: str) -> bool:
        return bool({(other, False), (other, True)} & reached[one])

    kept: set[str] = set()
    for each in sorted(transitive):
        if not any(leads(each, other) and leads(other, each) for other in kept):
            kept.add(each)
    return kept


def _term(iri: str) -> bytes:
    return f"<{iri}>".encode()
