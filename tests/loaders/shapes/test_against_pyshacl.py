"""The compiled shapes of the ontology give what pySHACL gives, result by result.

Where the two differ by intent, `test_differences.py` says so.
"""

from collections import Counter
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rdflib import Graph

import ontology
from loaders.directory import initialise
from loaders.nquads import write_lines
from loaders.pipeline import load_source
from loaders.quads import Literal, Quad, day, integer, moment
from loaders.shapes.fallback import by_pyshacl, shapes_graph
from loaders.shapes.model import Datatype, Disjoint, LessThanOrEquals, MinInclusive, Not, Or, Shape
from loaders.shapes.running import find
from loaders.snapshot import opener_of
from loaders.source import declared_sources
from loaders.staging import open_staged
from loaders.validation import shapes
from ontology.namespaces import DEF, DEFAULT_BASE
from ontology.vocab import GEO, RDF, XSD
from tests.loaders.conftest import BASE
from tests.loaders.shapes.made import lines_of

GRAPH = f"{DEFAULT_BASE}graph/tests"
THINGS = [f"{DEFAULT_BASE}id/thing/{number}" for number in range(4)]
CONCEPTS = (
    "conformance-result/not-tested",
    "contribution-basis/asserted",
    "contribution-basis/derived-by-rule",
    "legal-basis/A6-1-e",
    "legal-basis/A9-2-b",
    "legal-basis/A9-2-a",
    "personal-data-level/none",
    "personal-data-level/special-category",
    "work-status/done",
)


@cache
def own_shapes() -> Graph:
    return shapes_graph(map(ontology.turtle, ontology.shapes()))


def agree(lines: list[bytes]) -> int:
    """Hold lines against the shapes both ways; how many results both have."""
    found = Counter(find(shapes(), lines))
    assert found == Counter(by_pyshacl(own_shapes(), lines))
    return found.total()


def test_every_example_at_once_each_among_things_of_its_own() -> None:
    lines: list[bytes] = []
    for number, name in enumerate(ontology.examples()):
        own = ontology.turtle(name).replace(
            DEFAULT_BASE.encode(), b"%s%d/" % (BASE.encode(), number)
        )
        lines += lines_of(own)
    invalid = [name for name in ontology.examples() if "/invalid-" in name]
    assert agree(sorted(lines)) >= len(invalid)


def test_every_example_as_it_stands_breaks_what_it_says_first() -> None:
    for name in ontology.examples():
        document = ontology.turtle(name)
        first = document.split(b"\n", 1)[0].decode()
        broken = {found.shape for found in find(shapes(), lines_of(document))}
        assert broken == ({first.removeprefix("# fails: ")} if "/invalid-" in name else set()), name


def test_the_sample_that_is_shipped(tmp_path: Path) -> None:
    directory = initialise(tmp_path / "var", BASE)
    results = 0
    for source in declared_sources().values():
        openers = {file.name: opener_of(file.place) for file in source.files if file.place}
        if len(openers) == len(source.files):
            loaded = load_source(directory, source, openers)
            with open_staged(directory, loaded.load) as file:
                results += agree(list(file))
    assert results >= 100


def words() -> st.SearchStrategy[str]:
    """Texts that patterns of ours look at, and others; none ends in a line end (see below)."""
    return st.one_of(
        st.sampled_from(
            (
                "",
                " ",
                "\u00a0",
                "E08000001",
                "M1 1AA",
                "M1 1aa",
                "a@b",
                "GB-LAE-XMP",
                "true",
                "0",
                "1",
            )
        ),
        st.text('aZ0 @\n\\"é', max_size=6).map(lambda text: text.removesuffix("\n")),
    )


def concepts() -> list[str]:
    """The IRIs that patterns of ours ask for, and others."""
    named = [f"{DEF}{each}" for each in CONCEPTS]
    return [*named, *THINGS, "http://schema.org/Monday", "https://elsewhere.example/"]


LITERALS = st.one_of(
    words().map(Literal),
    words().map(lambda text: Literal(text, language="en")),
    words().map(lambda text: Literal(text, language="cy")),
    st.sampled_from(
        [
            Literal("2025-02-30", XSD.date),
            Literal("soon", XSD.date),
            Literal("2025-01-31", XSD.date),
            Literal("2025-01-31T10:00:00Z", XSD.dateTime),
            Literal("10:00:00", XSD.time),
            Literal("25:00:00", XSD.time),
            Literal("-1", XSD.integer),
            Literal("0", XSD.integer),
            Literal("many", XSD.integer),
            Literal("1.5", XSD.decimal),
            Literal("-1.5", XSD.decimal),
            Literal("true", XSD.boolean),
            Literal("false", XSD.boolean),
            Literal("P1Y6M", XSD.yearMonthDuration),
            Literal("POINT(-2.2 53.4)", GEO.wktLiteral),
            Literal("POLYGON((-2 53, -2 54, -1 54, -2 53))", GEO.wktLiteral),
        ]
    ),
)


def comparable(datatype: str) -> st.SearchStrategy[Literal]:
    """Values that can be compared with one another."""
    if datatype == XSD.integer:
        return st.integers(-3, 3).map(integer)
    if datatype == XSD.date:
        return st.dates(date(2024, 1, 1), date(2024, 1, 9)).map(day)
    hours = st.datetimes(datetime(2024, 1, 1), datetime(2024, 1, 9))
    return hours.map(lambda each: moment(each.replace(tzinfo=UTC)))


@cache
def paired() -> dict[str, str]:
    """The properties whose values are compared, each with the datatype of them."""
    datatypes: dict[str, str] = {}
    for each in shapes().checks:
        for constraint in each.shape.constraints:
            if isinstance(constraint, Datatype) and each.shape.path:
                datatypes[each.shape.path] = constraint.iri
    return {
        property_: datatypes.get(property_, XSD.date)
        for each in shapes().checks
        for constraint in each.shape.constraints
        if isinstance(constraint, LessThanOrEquals) and each.shape.path
        for property_ in (each.shape.path, constraint.predicate)
    }


@cache
def bounded() -> set[str]:
    """The properties whose values have a least one."""
    return {
        each.shape.path
        for each in shapes().checks
        for constraint in each.shape.constraints
        if isinstance(constraint, MinInclusive) and each.shape.path
    }


@st.composite
def graphs(draw: st.DrawFn) -> list[bytes]:
    """Some things of some classes, and statements that the shapes of these classes look at."""
    targets = sorted({each for check in shapes().checks for each in check.classes})
    quads = []
    for thing in THINGS[: draw(st.integers(1, len(THINGS)))]:
        classes = draw(st.lists(st.sampled_from(targets), min_size=1, max_size=2, unique=True))
        quads += [Quad(thing, RDF.type, each, GRAPH) for each in classes]
        paths = {
            path
            for check in shapes().checks
            if {*check.classes} & {*classes}
            for path in (check.shape.path, *predicates_of(check.shape))
            if path
        }
        for path in draw(st.lists(st.sampled_from(sorted(paths)), max_size=14)):
            if path in paired():
                value: str | Literal = draw(comparable(paired()[path]))
            elif path in bounded():
                numbers = (comparable(XSD.integer), words().map(Literal))
                value = draw(st.one_of(st.sampled_from(concepts()), *numbers))
            else:
                value = draw(st.one_of(st.sampled_from(concepts()), LITERALS))
            quads.append(Quad(thing, path, value, GRAPH))
    return write_lines(quads)


def predicates_of(shape: Shape) -> set[str]:
    """The properties that a shape of a node looks at by way of other shapes."""
    found = set()
    for constraint in shape.constraints:
        match constraint:
            case Disjoint(predicate) | LessThanOrEquals(predicate):
                found.add(predicate)
            case Not(nested):
                found |= predicates_of(nested) | {nested.path or ""}
            case Or(nested):
                for each in nested:
                    found |= predicates_of(each) | {each.path or ""}
    return found - {""}


# pySHACL takes a third of a second for each graph: what fails is told as it is found.
@settings(
    max_examples=40,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(graphs())
def test_small_graphs_of_any_statements(lines: list[bytes]) -> None:
    agree(lines)
