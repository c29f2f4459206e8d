"""What the page of the shapes shows: what data must be like, class by class (SHACL)."""

from collections import Counter
from dataclasses import dataclass

from ontology.namespaces import PREFIXES
from ontology.vocab import RDF, SH
from service.description import Description
from service.labels import prefixed
from service.pages.constraints import Demand, demands, link_shape
from service.pages.definitions import SHAPES, DocumentView, view_document
from service.pages.links import TermLink, link_term
from service.pages.statements import Statements
from service.pages.term_uses import instances, uses_address
from service.store import Release

_SPACE = PREFIXES["gm-shapes"]
_LISTS = tuple(PREFIXES["sh"] + name for name in ("in", "languageIn", "and", "or", "xone"))


@dataclass(frozen=True, slots=True)
class ShapeView:
    """A shape: of which property, if of one, what it asks, and what breaking it means.

    `message` is what the data's author reads; a shape that is only part of others has none.
    `parts` are the shapes of properties that no other shape has, and `shared` those that several
    have. `source` is the Turtle of the shape, its parts and their lists.
    """

    iri: str
    anchor: str
    name: str
    path: tuple[TermLink, ...]
    demands: tuple[Demand, ...]
    severity: str
    message: str
    parts: tuple["ShapeView", ...]
    shared: tuple[TermLink, ...]
    source: str


@dataclass(frozen=True, slots=True)
class TargetSection:
    """A class whose things are held against shapes, how many there are, and the shapes."""

    target: TermLink
    anchor: str
    things: int
    listed: str
    shapes: tuple[ShapeView, ...]


@dataclass(frozen=True, slots=True)
class ShapesView:
    """Everything that the page of the shapes shows.

    `shared` are the shapes of properties that several shapes have; `others` are those of which
    shapes are made with “or” and “not”.
    """

    document: DocumentView
    sections: tuple[TargetSection, ...]
    shared: tuple[ShapeView, ...]
    others: tuple[ShapeView, ...]


def view_shapes(release: Release, description: Description) -> ShapesView:
    """What the page of the described document shows, with the shapes that it defines."""
    stated = Statements(description.quads)
    shapes = [each for each in stated if each != SHAPES and stated.iris(each, RDF.type)]
    holders = Counter(part for each in shapes for part in stated.iris(each, SH.property))
    own = frozenset(part for part, count in holders.items() if count == 1)
    reader = _Reader(release, stated, own)
    targets: dict[str, list[str]] = {}
    for each in shapes:
        for target in stated.iris(each, SH.targetClass):
            targets.setdefault(target, []).append(each)
    placed = own.union(*targets.values())
    sections = [reader.section(target, found) for target, found in targets.items()]
    rest = [each for each in shapes if each not in placed]
    return ShapesView(
        document=view_document(release, description, stated),
        sections=tuple(sorted(sections, key=lambda each: each.target.label.casefold())),
        shared=tuple(reader.shape(each) for each in rest if each in holders),
        others=tuple(reader.shape(each) for each in rest if each not in holders),
    )


class _Reader:
    """Shapes as they are shown; `own` are those that one other shape has to itself."""

    def __init__(self, release: Release, stated: Statements, own: frozenset[str]) -> None:
        self._release = release
        self._stated = stated
        self._own = own

    def section(self, target: str, shapes: list[str]) -> TargetSection:
        """The shapes of a class, the plainest named first."""
        things = instances(self._release).get(target, 0)
        name = prefixed(target) or target
        return TargetSection(
            target=link_term(self._release, target),
            anchor=f"class-{name.replace(':', '-')}",
            things=things,
            listed=uses_address(target, "class") if things else "",
            shapes=tuple(map(self.shape, sorted(shapes, key=lambda iri: (len(iri), iri)))),
        )

    def shape(self, iri: str) -> ShapeView:
        """One shape, with the parts that are its own."""
        parts = self._stated.iris(iri, SH.property)
        own = [each for each in parts if each in self._own]
        return ShapeView(
            iri=iri,
            anchor=iri.removeprefix(_SPACE),
            name=prefixed(iri) or iri,
            path=self._links(iri, SH.path),
            demands=demands(self._release, self._stated, iri),
            severity=self._severity(iri),
            message=self._stated.text(iri, SH.message),
            parts=tuple(self.shape(each) for each in own),
            shared=tuple(link_shape(self._release, each) for each in parts if each not in own),
            source=self._source([iri, *own]),
        )

    def _links(self, iri: str, predicate: str) -> tuple[TermLink, ...]:
        return tuple(link_term(self._release, each) for each in self._stated.iris(iri, predicate))

    def _severity(self, iri: str) -> str:
        """How bad it is to break the shape, in a word; a violation unless said (SHACL §2.1.4)."""
        if not self._stated.text(iri, SH.message):
            return ""
        given = self._stated.iris(iri, SH.severity) or (SH.Violation,)
        return given[0].removeprefix(PREFIXES["sh"])

    def _source(self, shapes: list[str]) -> str:
        cells = [
            cell
            for shape in shapes
            for first in self._stated.iris(shape, *_LISTS)
            for cell in self._stated.cells(first)
        ]
        return self._stated.turtle(*dict.fromkeys((*shapes, *cells)))
