"""Lines of N-Quads held against shapes: each thing's own statements, so many at a time.

Memory does not grow with the lines as long as every shape looks at one thing's statements alone,
and lines come in their order, a thing's together. A shape that the compiler does not know takes
them all at once, and goes to pySHACL.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from loaders.errors import ValidationError
from loaders.nquads import without_graph
from loaders.shapes.compiling import Check, checks, is_local, not_known, query_text
from loaders.shapes.fallback import by_pyshacl, shapes_graph
from loaders.shapes.model import Found
from loaders.shapes.reading import read_shapes
from ontology.vocab import RDFS

LINES_AT_ONCE = 20_000
"""How many lines are looked at together, give or take one thing's: a store of some 30 MB."""

_SUBCLASS = NamedNode(RDFS.subClassOf)
_CLASSES = "SELECT DISTINCT ?class WHERE { ?focus a ?class }"
_PROPERTIES = "SELECT DISTINCT ?property WHERE { ?focus ?property ?value }"
_HIERARCHY = f"SELECT ?narrower ?broader WHERE {{ ?narrower {_SUBCLASS}+ ?broader }}"


@dataclass(frozen=True)
class Plan:
    """The shapes of some documents, compiled. `not_compiled` says of which shapes why not."""

    documents: tuple[bytes, ...]
    checks: tuple[Check, ...]
    is_local: bool
    not_compiled: Mapping[str, Sequence[str]]

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        """A sentence on each shape that goes to pySHACL."""
        return tuple(
            f"The shape {iri} cannot be compiled ({', '.join(reasons)}), so that pySHACL holds the "
            "data against it, which is slow and keeps all of them in memory."
            for iri, reasons in self.not_compiled.items()
        )


def plan_of(documents: Iterable[bytes]) -> Plan:
    """Compile the shapes of Turtle documents, which may refer to one another."""
    documents = tuple(documents)
    compiled: list[Check] = []
    local = True
    not_compiled: dict[str, Sequence[str]] = {}
    for root in read_shapes(documents):
        if reasons := not_known(root):
            not_compiled[root.iri] = reasons
        else:
            compiled += checks(root)
            local = local and is_local(root)
    return Plan(documents, tuple(compiled), local, not_compiled)


def find(plan: Plan, lines: Iterable[bytes], at_once: int = LINES_AT_ONCE) -> Iterator[Found]:
    """The results of lines of N-Quads, graphs apart, which come with a thing's lines together.

    Raises:
        ValidationError: what is a subclass of what is stated among more lines than are looked at
            together, so that not all of them could be held against what it means.
        ValueError: the lines are in no order.
    """
    if plan.not_compiled:
        lines = list(lines)
        yield from by_pyshacl(shapes_graph(plan.documents, only=plan.not_compiled), lines)
    if not plan.is_local:
        yield from _found(plan, _store_of(lines))
        return
    has_hierarchy = False
    for number, part in enumerate(_parts(lines, at_once)):
        store = _store_of(part)
        has_hierarchy |= any(True for _ in store.quads_for_pattern(None, _SUBCLASS, None))
        if has_hierarchy and number:
            raise ValidationError(
                f"What is a subclass of what is stated among more than {at_once} lines. That is "
                "for the ontology to say, and not for data."
            )
        yield from _found(plan, store)


def _parts(lines: Iterable[bytes], at_once: int) -> Iterator[list[bytes]]:
    """The lines in parts, cut between subjects."""
    part: list[bytes] = []
    last = b""
    for line in lines:
        subject = line[: line.index(b">") + 1]
        if subject != last:
            if subject < last:
                raise ValueError(f"The line of {subject.decode()} comes after {last.decode()}.")
            last = subject
            if len(part) >= at_once:
                yield part
                part = []
        part.append(line)
    if part:
        yield part


def _store_of(lines: Iterable[bytes]) -> Store:
    store = Store()
    # Lenient: whoever staged the lines has checked the IRIs.
    store.bulk_load(b"".join(map(without_graph, lines)), format=RdfFormat.N_TRIPLES, lenient=True)
    return store


def _found(plan: Plan, store: Store) -> Iterator[Found]:
    narrower: dict[str, list[str]] = {}
    here = {_iri(solution["class"]) for solution in _rows(store, _CLASSES)}
    stated = {None, *(_iri(solution["property"]) for solution in _rows(store, _PROPERTIES))}
    for solution in _rows(store, _HIERARCHY):
        narrower.setdefault(_iri(solution["broader"]), []).append(_iri(solution["narrower"]))
    for check in plan.checks:
        if check.needs not in stated:
            continue
        wanted = {
            *check.classes,
            *(one for each in check.classes for one in narrower.get(each, ())),
        }
        classes = sorted(wanted & here)
        if classes:
            yield from _broken(check, classes, store)


def _broken(check: Check, classes: Sequence[str], store: Store) -> Iterator[Found]:
    shape = check.shape
    if len(check.bodies) > 1 and not any(
        True for _ in _rows(store, query_text(classes, check.screen))
    ):
        return
    for component, body in check.bodies:
        for solution in _rows(store, query_text(classes, body)):
            value = solution["value"]
            yield Found(
                focus=_iri(solution["focus"]),
                path=shape.path,
                shape=shape.iri,
                severity=shape.severity,
                message=shape.message or "",
                value=None if value is None else str(value),
                component=component,
            )


def _rows(store: Store, query: str) -> QuerySolutions:
    answered = store.query(query)
    assert isinstance(answered, QuerySolutions)
    return answered


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
