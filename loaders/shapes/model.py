"""What a shape is (SHACL, section 2): whose things it is about, and what these have to be like.

Only the kinds of constraints that the shapes of the ontology use are here. What else a shape says
stands in its `unknown`, so that nothing is overlooked.
"""

from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import Literal

from ontology.namespaces import PREFIXES


@dataclass(frozen=True, slots=True)
class NodeKind:
    """Each value is a term of one of these kinds: `isIRI`, `isBlank`, `isLiteral` of SPARQL."""

    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Datatype:
    """Each value is a well-formed literal of the datatype with this IRI."""

    iri: str


@dataclass(frozen=True, slots=True)
class MinCount:
    """There are so many values at least."""

    count: int


@dataclass(frozen=True, slots=True)
class MaxCount:
    """There are so many values at most."""

    count: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """The text of each value, or its IRI, matches this regular expression somewhere."""

    expression: Literal


@dataclass(frozen=True, slots=True)
class MinInclusive:
    """Each value is no less than this one."""

    bound: Literal


@dataclass(frozen=True, slots=True)
class InstanceOf:
    """Each value is a thing of this class, or of one that the data call a subclass of it."""

    class_: str


@dataclass(frozen=True, slots=True)
class Disjoint:
    """No value is also a value of the property with this IRI."""

    predicate: str


@dataclass(frozen=True, slots=True)
class LessThanOrEquals:
    """No value is greater than a value of the property with this IRI, or not to be compared."""

    predicate: str


@dataclass(frozen=True, slots=True)
class Not:
    """No value conforms to this shape."""

    shape: "Shape"


@dataclass(frozen=True, slots=True)
class Or:
    """Each value conforms to one of these shapes at least."""

    shapes: tuple["Shape", ...]


OfValues = NodeKind | Datatype | Pattern | MinInclusive | InstanceOf | Not | Or
"""What is asked of each value by itself."""

OfProperty = MinCount | MaxCount | Disjoint | LessThanOrEquals
"""What is asked of all the values of a property."""

Constraint = OfValues | OfProperty

_COMPONENTS: dict[type[Constraint], str] = {InstanceOf: "Class"}


def component(constraint: Constraint) -> str:
    """The IRI of the sort of a constraint, its constraint component (SHACL, section 4)."""
    kind = type(constraint)
    name = _COMPONENTS.get(kind, kind.__name__)
    return f"{PREFIXES['sh']}{name}ConstraintComponent"


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape: of a property where it has a `path`, else of a node.

    `targets` are the IRIs of the classes whose things it is about, none where only other shapes
    refer to it. `unknown` names what it says in terms that the compiler does not know.
    """

    iri: str
    path: str | None
    targets: tuple[str, ...]
    severity: str
    message: str | None
    constraints: tuple[Constraint, ...]
    properties: tuple["Shape", ...]
    unknown: tuple[str, ...]


class Found(NamedTuple):
    """One result (SHACL, section 3.6.2).

    `value` is spelled as N-Triples spell a term; `component` is the IRI of the sort of constraint.
    """

    focus: str
    path: str | None
    shape: str
    severity: str
    message: str
    value: str | None
    component: str
