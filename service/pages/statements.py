"""The statements of a definitions document, subject by subject, as its page reads them."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ontology.vocab import RDF
from service.description import represent
from service.labels import best_literal
from service.representations import TTL


class Statements:
    """What a document says of each subject: every statement once, whichever graphs make it."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._quads: dict[str, dict[Triple, Quad]] = {}
        self._values: dict[str, dict[str, list[NamedNode | Literal]]] = {}
        for quad in quads:
            subject, value = quad.subject, quad.object
            if not isinstance(subject, NamedNode):
                continue
            known = self._quads.setdefault(subject.value, {})
            if quad.triple not in known and isinstance(value, NamedNode | Literal):
                predicates = self._values.setdefault(subject.value, {})
                predicates.setdefault(quad.predicate.value, []).append(value)
            known.setdefault(quad.triple, quad)

    def __iter__(self) -> Iterator[str]:
        """The subjects, in the order of their IRIs."""
        return iter(sorted(self._quads))

    def iris(self, subject: str, *predicates: str) -> tuple[str, ...]:
        """The IRIs that the properties of a subject lead to: each once, in order."""
        found = self._found(subject, predicates)
        return tuple(sorted({each.value for each in found if isinstance(each, NamedNode)}))

    def literals(self, subject: str, *predicates: str) -> tuple[Literal, ...]:
        """The literals that are values of the properties of a subject, in order."""
        found = [each for each in self._found(subject, predicates) if isinstance(each, Literal)]
        return tuple(sorted(found, key=lambda each: (each.value, each.language or "")))

    def text(self, subject: str, *predicates: str) -> str:
        """The best of the literals, or nothing."""
        best = best_literal(self.literals(subject, *predicates))
        return "" if best is None else best.value

    def values(self, subject: str) -> tuple[tuple[str, NamedNode | Literal], ...]:
        """The properties of a subject, each with a value, in order."""
        stated = self._values.get(subject, {})
        found = ((predicate, each) for predicate, values in stated.items() for each in values)
        return tuple(sorted(found, key=lambda pair: (pair[0], pair[1].value)))

    def items(self, cell: str) -> tuple[str, ...]:
        """The members of the list that begins with a cell (RDF Schema 1.1 §5.2)."""
        return tuple(iri for each in self.cells(cell) for iri in self.iris(each, RDF.first))

    def cells(self, cell: str) -> tuple[str, ...]:
        """The cells of the list that begins with one; a list that comes back to itself ends."""
        found: dict[str, None] = {}
        following: tuple[str, ...] = (cell,)
        while following and following[0] not in found and following[0] in self._quads:
            found[following[0]] = None
            following = self.iris(following[0], RDF.rest)
        return tuple(found)

    def turtle(self, *subjects: str) -> str:
        """The statements of the subjects alone, as Turtle with the prefixes that it needs."""
        quads = [quad for each in subjects for quad in self._quads.get(each, {}).values()]
        return represent(quads, TTL).decode()

    def _found(self, subject: str, predicates: tuple[str, ...]) -> Iterator[NamedNode | Literal]:
        stated = self._values.get(subject, {})
        return (each for predicate in predicates for each in stated.get(predicate, ()))
