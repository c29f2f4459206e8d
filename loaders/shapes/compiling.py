"""Shapes into SPARQL: one query for each constraint, whose rows are what breaks it.

Of a shape that conforms there is no row. Each part of a condition is true or false, never an error:
an error would neither break a shape nor keep it. Nested shapes become conditions, in which EXISTS
has a pattern that binds what its filters ask about. Terms are spelled by the engine.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, count

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

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
    OfProperty,
    Or,
    Pattern,
    Shape,
    component,
)
from ontology.namespaces import PREFIXES
from ontology.vocab import RDF, RDFS, XSD

_CASTS = {
    PREFIXES["xsd"] + each
    for each in (
        *("boolean", "decimal", "double", "float", "integer"),
        *("date", "dateTime", "gDay", "gMonth", "gMonthDay", "gYear", "gYearMonth", "time"),
        *("dayTimeDuration", "duration", "yearMonthDuration"),
    )
}
"""The datatypes that the engine can tell a well-formed literal of: by casting its text."""

_UNCHECKED = {XSD.string, RDF.langString}


@dataclass(frozen=True, slots=True)
class Check:
    """Constraints of one shape as queries.

    `classes` are those whose things are looked at; `bodies` are the rest of the pattern for each
    constraint, by the IRI of its component, and none has a row unless `screen` has one. A row has
    `?focus`, and `?value` where there is one: a node itself, if the shape is of a node. There is
    none without statements with the property `needs`, where one is named.
    """

    shape: Shape
    classes: tuple[str, ...]
    needs: str | None
    screen: str
    bodies: tuple[tuple[str, str], ...]


def checks(root: Shape) -> list[Check]:
    """The queries of a shape that has targets."""
    return [
        Check(shape, root.targets, needs, screen, bodies)
        for shape in (root, *root.properties)
        for needs, screen, bodies in _bodies(shape)
    ]


def query_text(classes: Sequence[str], body: str) -> str:
    """The query with a body over the things of these classes, each once."""
    return f"SELECT ?focus ?value WHERE {{ {_focus(classes)} {body} }}"


def not_known(root: Shape) -> list[str]:
    """What keeps a shape that has targets from being compiled: nothing, or its terms by name."""
    found = list(_unknown(root))
    for shape in (root, *root.properties):
        if shape.constraints and shape.message is None:
            found.append(f"no sh:message for {shape.iri}")
    return found


def is_local(shape: Shape) -> bool:
    """Whether a shape looks at nothing but the statements about the thing itself."""
    return _stays(shape, at_focus=True)


def _focus(classes: Sequence[str]) -> str:
    if len(classes) == 1:
        return f"?focus a {NamedNode(classes[0])} ."
    named = " ".join(str(NamedNode(each)) for each in classes)
    return f"{{ SELECT DISTINCT ?focus WHERE {{ VALUES ?class {{ {named} }} ?focus a ?class }} }}"


def _bodies(shape: Shape) -> Iterator[tuple[str | None, str, tuple[tuple[str, str], ...]]]:
    """What a check of a shape needs, its screen, and the bodies of its constraints: see `Check`."""
    names = _names()
    path = None if shape.path is None else NamedNode(shape.path)
    conditions = []
    for constraint in shape.constraints:
        if not isinstance(constraint, OfProperty):
            conditions.append((component(constraint), _holds(constraint, "?value", names)))
        elif path is not None:
            body = _of_property(constraint, path, names)
            needs = None if isinstance(constraint, MinCount) else shape.path
            yield needs, body, ((component(constraint), body),)
    if conditions:
        start = "BIND(?focus AS ?value)" if path is None else f"?focus {path} ?value ."
        bodies = tuple((kind, f"{start} FILTER(!({each}))") for kind, each in conditions)
        screen = f"{start} FILTER(!({_all(each for _, each in conditions)}))"
        yield shape.path, screen, bodies


def _of_property(constraint: OfProperty, path: NamedNode, names: Iterator[str]) -> str:
    match constraint:
        case MinCount(number):
            return f"FILTER(!({_several('?focus', path, number, names)}))"
        case MaxCount(number):
            return f"FILTER({_several('?focus', path, number + 1, names)})"
        case Disjoint(predicate):
            return f"?focus {path} ?value ; {NamedNode(predicate)} ?value ."
        case LessThanOrEquals(predicate):
            other = NamedNode(predicate)
            return (
                f"?focus {path} ?value ; {other} ?other . FILTER(!{_no_more('?value', '?other')})"
            )


def _holds(constraint: Constraint, node: str, names: Iterator[str]) -> str:
    """The condition that a node, a variable that is bound, meets a constraint on each value."""
    match constraint:
        case NodeKind(tests):
            return _any(f"{test}({node})" for test in tests)
        case Datatype(iri):
            return _is_of(node, iri)
        case Pattern(expression):
            return f"COALESCE(REGEX(STR({node}), {Literal(expression.value)}), false)"
        case MinInclusive(bound):
            return f"COALESCE({node} >= {bound}, false)"
        case InstanceOf(class_):
            path = f"{NamedNode(RDF.type)}/{NamedNode(RDFS.subClassOf)}*"
            return f"EXISTS {{ {node} {path} {NamedNode(class_)} }}"
        case Not(shape):
            return f"!({_conforms(shape, node, names)})"
        case Or(shapes):
            return _any(_conforms(each, node, names) for each in shapes)
        case _:
            raise TypeError(f"{constraint} is about no single value")


def _conforms(shape: Shape, node: str, names: Iterator[str]) -> str:
    """The condition that a node, a variable that is bound, conforms to a shape."""
    if shape.path is None:
        parts = [_holds(each, node, names) for each in shape.constraints]
        parts += [_conforms(each, node, names) for each in shape.properties]
        return _all(parts)
    path = NamedNode(shape.path)
    return _all(_property_holds(each, node, path, names) for each in shape.constraints)


def _property_holds(
    constraint: Constraint, node: str, path: NamedNode, names: Iterator[str]
) -> str:
    value, other = next(names), next(names)
    match constraint:
        case MinCount(number):
            return _several(node, path, number, names)
        case MaxCount(number):
            return f"!({_several(node, path, number + 1, names)})"
        case Disjoint(predicate):
            return f"!EXISTS {{ {node} {path} {value} ; {NamedNode(predicate)} {value} }}"
        case LessThanOrEquals(predicate):
            pair = f"{node} {path} {value} ; {NamedNode(predicate)} {other} ."
            return f"!EXISTS {{ {pair} FILTER(!{_no_more(value, other)}) }}"
        case _:
            condition = _holds(constraint, value, names)
            return f"!EXISTS {{ {node} {path} {value} . FILTER(!({condition})) }}"


def _several(node: str, path: NamedNode, number: int, names: Iterator[str]) -> str:
    """The condition that a node has so many values of a property at least."""
    if number == 0:
        return "true"
    values = [next(names) for _ in range(number)]
    pattern = f"{node} {path} {', '.join(values)} ."
    pairs = [f"!sameTerm({one}, {other})" for one, other in combinations(values, 2)]
    return f"EXISTS {{ {pattern} {f'FILTER({_all(pairs)})' if pairs else ''} }}"


def _is_of(node: str, datatype: str) -> str:
    is_of = f"COALESCE(DATATYPE({node}) = {NamedNode(datatype)}, false)"
    if datatype not in _CASTS:
        return is_of
    return f"({is_of} && COALESCE(isLiteral({NamedNode(datatype)}(STR({node}))), false))"


def _no_more(one: str, other: str) -> str:
    return f"COALESCE({one} <= {other}, false)"


def _all(conditions: Iterable[str]) -> str:
    return " && ".join(f"({each})" for each in conditions) or "true"


def _any(conditions: Iterable[str]) -> str:
    return " || ".join(f"({each})" for each in conditions) or "false"


def _names() -> Iterator[str]:
    return (f"?v{number}" for number in count())


def _unknown(shape: Shape) -> Iterator[str]:
    yield from shape.unknown
    for each in shape.properties:
        if each.path is None:
            yield f"sh:property {each.iri}, which has no sh:path"
        yield from _unknown(each)
    for constraint in shape.constraints:
        match constraint:
            case Pattern(expression) if not _is_pattern(expression):
                yield f"sh:pattern {expression}"
            case Datatype(iri) if (
                iri.startswith(PREFIXES["xsd"]) and iri not in _CASTS | _UNCHECKED
            ):
                yield f"sh:datatype {iri}"
            case MinCount() | MaxCount() | Disjoint() | LessThanOrEquals() if shape.path is None:
                yield f"{type(constraint).__name__} of a node"
            case Not(nested):
                yield from _unknown(nested)
            case Or(shapes):
                for each in shapes:
                    yield from _unknown(each)


def _is_pattern(expression: Literal) -> bool:
    """Whether the engine's regular expressions can say it: they look neither ahead nor back."""
    asked = Store().query(f'SELECT (REGEX("", {Literal(expression.value)}) AS ?found) {{}}')
    assert isinstance(asked, QuerySolutions)
    return next(asked)["found"] is not None


def _stays(shape: Shape, *, at_focus: bool) -> bool:
    """Whether a shape follows no property from a value; `at_focus` says what it is asked of."""
    if shape.path is not None and not at_focus:
        return False
    at_values = at_focus and shape.path is None
    for constraint in shape.constraints:
        match constraint:
            case InstanceOf() if not at_values:
                return False
            case Not(nested) if not _stays(nested, at_focus=at_values):
                return False
            case Or(shapes) if not all(_stays(each, at_focus=at_values) for each in shapes):
                return False
    return all(_stays(each, at_focus=at_values) for each in shape.properties)
