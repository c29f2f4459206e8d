"""What one statement entails by itself, and which lines of N-Quads may be premises at all."""

from collections.abc import Iterator

from loaders.deriving.rule_table import TYPE, RuleTable
from loaders.identity import Minter

Statement = tuple[bytes, bytes, bytes]
"""A subject, a predicate and an object, written as N-Quads writes them."""

GRAPH = "inferred"
_NO_PREMISES = ("ontology", "vocab", "provenance", GRAPH, "contributions", "quality")


def not_premises(base: str) -> tuple[bytes, ...]:
    """How the lines end that are no premises.

    They tell of terms, of loads and of what had ended, or are themselves derived; what is true of
    things stands in the other graphs.
    """
    mint = Minter(base)
    return tuple(f" <{mint.graph(each)}> .\n".encode() for each in _NO_PREMISES)


def ending_of(base: str) -> bytes:
    """How the lines of the graph `inferred` end."""
    return f" <{Minter(base).graph(GRAPH)}> .\n".encode()


def statement_of(line: bytes) -> Statement:
    """What a line of N-Quads states."""
    subject, predicate, rest = line.split(b" ", 2)
    return subject, predicate, rest[: rest.rindex(b" <")]


def is_iri(term: bytes) -> bool:
    """Whether a term is an IRI: no literal, and no triple term (RDF 1.2 N-Quads, section 2)."""
    return term.startswith(b"<") and not term.startswith(b"<<")


def entailed_of_subject(table: RuleTable, statement: Statement) -> Iterator[Statement]:
    """What a statement alone entails of its subject."""
    subject, predicate, value = statement
    if predicate == TYPE:
        for above in table.above.get(value, ()):
            yield subject, TYPE, above
    effect = table.effects.get(predicate)
    if effect is not None:
        for along in effect.along:
            yield subject, along, value
        for class_ in effect.of_subject:
            yield subject, TYPE, class_


def entailed_of_object(table: RuleTable, statement: Statement) -> Iterator[Statement]:
    """What a statement alone entails of its object, where that is an IRI."""
    subject, predicate, value = statement
    effect = table.effects.get(predicate)
    if effect is not None and is_iri(value):
        for against in effect.against:
            yield value, against, subject
        for class_ in effect.of_object:
            yield value, TYPE, class_
