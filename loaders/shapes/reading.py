"""Turtle into shapes. What is not understood is named, never passed over."""

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from loaders.shapes.model import (
    Constraint,
    Datatype,
    Disjoint,
    InstanceOf,
    LessThanOrEquals,
    MaxCount,
    MinCount,
    MinInclusive,
    NodeKind,
    Not,
    Or,
    Pattern,
    Shape,
)
from ontology.namespaces import PREFIXES
from ontology.vocab import RDF, SH, XSD

Term = NamedNode | BlankNode | Literal | Triple
Statements = Mapping[Term, Mapping[str, list[Term]]]

_SH = PREFIXES["sh"]
_TYPES = {f"<{SH.NodeShape}>", f"<{SH.PropertyShape}>"}
_NIL = NamedNode(RDF.nil)
_CONSTRAINS_NOTHING = {
    SH.message,
    SH.path,
    SH.property,
    SH.severity,
    SH.targetClass,
    *(_SH + each for each in ("name", "description", "order", "group")),
    *(PREFIXES["rdfs"] + each for each in ("label", "comment", "isDefinedBy")),
}
_KINDS = {
    "IRI": ("isIRI",),
    "Literal": ("isLiteral",),
    "BlankNode": ("isBlank",),
    "BlankNodeOrIRI": ("isBlank", "isIRI"),
    "BlankNodeOrLiteral": ("isBlank", "isLiteral"),
    "IRIOrLiteral": ("isIRI", "isLiteral"),
}
_COUNTS = ("0", "1", "2", "3", "4")
"""The numbers of values that are counted: each value takes a pattern of its own."""


def read_shapes(documents: Iterable[bytes]) -> list[Shape]:
    """The shapes of all documents together that say whose things they are about, by their IRIs.

    Raises:
        SyntaxError: a document is not Turtle.
    """
    statements: dict[Term, dict[str, list[Term]]] = {}
    for document in documents:
        for each in parse(document, format=RdfFormat.TURTLE, rename_blank_nodes=True):
            told = statements.setdefault(each.subject, {})
            told.setdefault(each.predicate.value, []).append(each.object)
    reader = _Reader(statements)
    roots = [node for node, told in statements.items() if has_targets(told)]
    return [reader.shape(node, ()) for node in sorted(roots, key=str)]


def has_targets(told: Mapping[str, Sequence[object]]) -> bool:
    """Whether what is said of a node gives it things of its own; a class is about its instances."""
    is_shape = any(predicate.startswith(_SH) for predicate in told)
    is_class = any(str(each) not in _TYPES for each in told.get(RDF.type, ()))
    return any(each.startswith(f"{_SH}target") for each in told) or (is_shape and is_class)


class _NotKnownError(Exception):
    """A value is not such as the compiler knows."""


class _Reader:
    """Makes shapes of statements. `above` are the nodes of the shapes that one is part of."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements

    def shape(self, node: Term, above: tuple[Term, ...]) -> Shape:
        """The shape that a node stands for, with all shapes that it refers to."""
        told = self.statements.get(node, {})
        if node in above or not told:
            return Shape(_name(node), None, (), SH.Violation, None, (), (), (_named_again(node),))
        above = (*above, node)
        unknown = [f"rdf:type {each}" for each in told.get(RDF.type, ()) if str(each) not in _TYPES]

        def one(predicate: str, default: Term | None = None) -> Term | None:
            values = told.get(predicate, [])
            if len(values) > 1:
                unknown.append(_short(predicate))
            return values[0] if values else default

        path, severity = one(SH.path), one(SH.severity, NamedNode(SH.Violation))
        message = one(SH.message)
        if path is not None and not isinstance(path, NamedNode):
            unknown.append(_short(SH.path))
        constraints: list[Constraint] = []
        for predicate, values in told.items():
            if predicate == RDF.type or predicate in _CONSTRAINS_NOTHING:
                continue
            try:
                constraints += [self.constraint(predicate, each, above) for each in values]
            except _NotKnownError:
                unknown.append(_short(predicate))
        properties = tuple(self.shape(each, above) for each in told.get(SH.property, ()))
        if path is not None and properties:
            unknown.append("sh:property of a property")
        return Shape(
            iri=_name(node),
            path=path.value if isinstance(path, NamedNode) else None,
            targets=tuple(_name(each) for each in told.get(SH.targetClass, ())),
            severity="" if severity is None else _name(severity),
            message=message.value if isinstance(message, Literal) else None,
            constraints=tuple(constraints),
            properties=properties,
            unknown=tuple(unknown),
        )

    def constraint(self, predicate: str, value: Term, above: tuple[Term, ...]) -> Constraint:
        """What a shape asks for with one of its predicates."""
        made: Constraint
        match predicate:
            case SH.nodeKind:
                made = NodeKind(_kinds(value))
            case SH.datatype:
                made = Datatype(_iri(value))
            case SH.minCount:
                made = MinCount(_count(value))
            case SH.maxCount:
                made = MaxCount(_count(value))
            case SH.pattern:
                made = Pattern(_literal(value))
            case SH.minInclusive:
                made = MinInclusive(_literal(value))
            case SH.class_:
                made = InstanceOf(_iri(value))
            case SH.disjoint:
                made = Disjoint(_iri(value))
            case SH.lessThanOrEquals:
                made = LessThanOrEquals(_iri(value))
            case SH.not_:
                made = Not(self.shape(value, above))
            case SH.or_:
                made = Or(tuple(self.shape(each, above) for each in self._items(value)))
            case _:
                raise _NotKnownError
        return made

    def _items(self, head: Term) -> list[Term]:
        """The items of a list, each once."""
        items: dict[Term, None] = {}
        seen = {head}
        while head != _NIL:
            told = self.statements.get(head, {})
            first, rest = told.get(RDF.first, []), told.get(RDF.rest, [])
            if len(first) != 1 or len(rest) != 1 or rest[0] in seen:
                raise _NotKnownError
            items[first[0]] = None
            head = rest[0]
            seen.add(head)
        if not items:
            raise _NotKnownError
        return list(items)


def _kinds(value: Term) -> tuple[str, ...]:
    try:
        return _KINDS[_iri(value).removeprefix(_SH)]
    except KeyError:
        raise _NotKnownError from None


def _iri(value: Term) -> str:
    if not isinstance(value, NamedNode):
        raise _NotKnownError
    return value.value


def _literal(value: Term) -> Literal:
    if not isinstance(value, Literal):
        raise _NotKnownError
    return value


def _count(value: Term) -> int:
    literal = _literal(value)
    if literal.datatype.value != XSD.integer or literal.value not in _COUNTS:
        raise _NotKnownError
    return int(literal.value)


def _name(node: Term) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


def _named_again(node: Term) -> str:
    return f"{node} within itself, or without saying what it is"


def _short(predicate: str) -> str:
    name = predicate.removeprefix(_SH)
    return predicate if name == predicate else f"sh:{name}"
