"""Updates made by chance, held against the engine itself and against a model that reads no text.

In an open directory each operation does what the engine does with it alone, in memory. In a
directory with sources WHERE is evaluated over the union of all graphs, and what the templates make
of its solutions is taken out of the edits and put into them (SPARQL 1.1 Update, section 3.1.3).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    Store,
)

from loaders.writing.engine import run, run_as_sent
from loaders.writing.plan import Home, plan_update
from loaders.writing.scratch import Scratch
from loaders.writing.write import Action, WriteRefusedError
from tests.loaders.writing.writes import a_write

PREFIX = "PREFIX x: <http://x/> "
PARTS = "http://x/.well-known/genid/edits/"
EDITS = NamedNode("http://x/edits")
SEED = """INSERT DATA {
  x:a x:p 1, x:b . GRAPH x:g { x:a x:p 1, x:a } GRAPH x:h { x:b x:q x:a . x:a x:p 1 }
}"""
NAMES = ("x:a", "x:b", "<http://x/c>")
GRAPHS = ("x:g", "x:h", "<http://x/i>")
VALUES = (*NAMES, "1", '"} ; GRAPH x:g { #"@en', "true")
Triple = tuple[str, str, str]


def braced(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Runs of triples, in the default graph and in GRAPHs, with full stops where they may stand."""
    named = st.tuples(st.sampled_from(GRAPHS), inner, st.sampled_from(["", " ."])).map(
        lambda told: f"GRAPH {told[0]} {{ {told[1]}{told[2]} }}"
    )
    mixed = st.tuples(inner, st.lists(named, max_size=2), st.booleans()).map(
        lambda told: " . ".join((told[0], *told[1])) if told[2] else " ".join(told[1])
    )
    return mixed.map(lambda text: f"{{ {text} }}")


def triples(*terms: tuple[str, ...]) -> st.SearchStrategy[str]:
    one = st.tuples(*map(st.sampled_from, terms)).map(" ".join)
    return st.lists(one, min_size=1, max_size=2).map(" . ".join)


GROUND = triples(NAMES, ("x:p", "x:q", "a"), VALUES)
DATA = triples((*NAMES, "_:n"), ("x:p", "x:q"), (*VALUES, "_:n", "[]", "(1 [ x:q 2 ])"))
PATTERN = triples(("?s", "x:a"), ("?p", "x:p"), ("?o", "x:a", "1"))
TAKEN = triples(("?s", "?o", "x:a"), ("?p", "x:p"), ("?o", "?none", "1"))
MADE = triples(("?s", "?o", "_:n"), ("?p", "x:q"), ("?o", "?none", "_:n", "2"))
FILTERS = ("", " FILTER(isIRI(?o))", " OPTIONAL { ?o x:p ?none }", " { SELECT * { } }")
LOOSE = st.tuples(PATTERN, st.sampled_from(FILTERS)).map(lambda told: f"{{ {told[0]}{told[1]} }}")
INSIDE = st.tuples(st.sampled_from((*GRAPHS, "?g")), PATTERN).map(
    lambda told: f"{{ GRAPH {told[0]} {{ {told[1]} }} }}"
)
WHERE = LOOSE | INSIDE
CHANGES = st.one_of(
    braced(TAKEN).map("DELETE {}".format),
    braced(MADE).map("INSERT {}".format),
    st.tuples(braced(TAKEN), braced(MADE)).map(lambda told: f"DELETE {told[0]} INSERT {told[1]}"),
)
WITH = st.sampled_from(["", *map("WITH {} ".format, GRAPHS)])
USING = st.sampled_from(["", "USING x:g ", "USING NAMED x:h ", "USING x:g USING x:h "])
PLACES = st.sampled_from(["DEFAULT", *GRAPHS, "GRAPH x:g"])
SILENT = st.sampled_from(["", "SILENT "])
DATASETLESS = st.one_of(
    braced(DATA).map("INSERT DATA {}".format),
    braced(GROUND).map("DELETE DATA {}".format),
    braced(PATTERN).map("DELETE WHERE {}".format),
    st.tuples(CHANGES, WHERE).map(" WHERE ".join),
)
OPERATIONS = DATASETLESS | st.one_of(
    st.tuples(WITH, CHANGES, st.just(" "), USING, st.just("WHERE "), WHERE).map("".join),
    st.tuples(
        st.sampled_from(["CLEAR ", "DROP "]),
        SILENT,
        st.sampled_from(["DEFAULT", "NAMED", "ALL", "GRAPH x:g", "GRAPH x:none"]),
    ).map("".join),
    st.tuples(st.just("CREATE "), SILENT, st.sampled_from(GRAPHS).map("GRAPH {}".format)).map(
        "".join
    ),
    st.tuples(
        st.sampled_from(["ADD ", "MOVE ", "COPY "]), SILENT, PLACES, st.just(" TO "), PLACES
    ).map("".join),
)
SEPARATORS = st.sampled_from([";", " ;\n", ";PREFIX x: <http://x/>", "; BASE <http://y/>\n#;\n"])


def told_apart(operations: list[str]) -> list[str]:
    """The operations, with labels of blank nodes that no two of them share."""
    return [each.replace("_:n", f"_:n{at}") for at, each in enumerate(operations)]


def canonical(store: Store) -> tuple[Dataset, set[str]]:
    found = Dataset(store)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return found, {str(graph) for graph in store.named_graphs()}


def store_with(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def a_store() -> Store:
    store = Store()
    store.update(PREFIX + SEED)
    return store


def one_by_one(operations: list[str]) -> Store | None:
    """What the engine makes of the operations, each alone; None where one of them fails."""
    store = a_store()
    try:
        for each in operations:
            store.update(PREFIX + each)
    except (RuntimeError, ValueError, OSError):
        return None
    return store


@settings(deadline=None, max_examples=150)
@given(st.lists(OPERATIONS, min_size=1, max_size=4), SEPARATORS)
def test_an_open_directory_does_what_the_engine_does(operations: list[str], between: str) -> None:
    operations = told_apart(operations)
    expected, store = one_by_one(operations), a_store()
    text = PREFIX + between.join(operations)
    if expected is None:
        with pytest.raises(WriteRefusedError) as refused:
            run_as_sent(store, text)
        assert refused.value.status in (404, 409)
    else:
        run_as_sent(store, text)
        assert canonical(store) == canonical(expected)


@settings(deadline=None, max_examples=150)
@given(st.lists(DATASETLESS, min_size=1, max_size=3), SEPARATORS, USING.filter(bool))
def test_the_dataset_of_the_protocol_is_that_of_using(
    operations: list[str], between: str, using: str
) -> None:
    operations = told_apart(operations)
    spelled = [
        each.replace("DELETE WHERE ", f"DELETE {each[13:]} WHERE ").replace(
            " WHERE ", f" {using}WHERE "
        )
        for each in operations
    ]
    words = using.replace("x:", "http://x/").replace("USING NAMED", "NAMED").split()
    named = [words[at + 1] for at, word in enumerate(words) if word == "NAMED"]
    graphs = [words[at + 1] for at, word in enumerate(words) if word == "USING"]
    wanted = a_write(
        Action.UPDATE, text=PREFIX + between.join(operations), using=graphs, using_named=named
    )
    store, expected = a_store(), one_by_one(spelled)
    for step in plan_update(wanted, None).steps or ():
        run(store, step.update)
    assert expected is not None
    assert canonical(store) == canonical(expected)


@dataclass(frozen=True)
class Change:
    """An operation that names no graph; data have no pattern."""

    taken: tuple[Triple, ...]
    made: tuple[Triple, ...]
    pattern: str | None
    using: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        taken, made = (
            f"{{ {' . '.join(map(' '.join, each))} }}" for each in (self.taken, self.made)
        )
        if self.pattern is None:
            return f"DELETE DATA {taken}" if self.taken else f"INSERT DATA {made}"
        using = " ".join(f"USING {each}" for each in self.using)
        return f"DELETE {taken} INSERT {made} {using} WHERE {self.pattern}"


def runs(*terms: tuple[str, ...]) -> st.SearchStrategy[tuple[Triple, ...]]:
    return st.lists(st.tuples(*map(st.sampled_from, terms)), min_size=1, max_size=2).map(tuple)


# Few terms, so that one operation often meets what another has left.
GIVEN = runs(("x:a", "x:b"), ("x:p",), ("1", "x:b"))
EDITINGS = st.one_of(
    GIVEN.map(lambda data: Change((), data, None)),
    GIVEN.map(lambda data: Change(data, (), None)),
    st.builds(
        Change,
        st.just(()) | runs(("?s", "x:a"), ("x:p",), ("?o", "?none", "1")),
        st.just(()) | runs(("?s", "?o"), ("x:p", "x:q"), ("?o", "?none", "x:b")),
        LOOSE | INSIDE | st.just("{ GRAPH x:edits { ?s ?p ?o } }"),
        st.sampled_from([(), ("x:g",), ("x:g", "x:edits")]),
    ),
)
Held = set[tuple[NamedNode, NamedNode, NamedNode | Literal]]


def parsed(term: str) -> NamedNode | Literal:
    found = Store().query(f"{PREFIX}SELECT ?v {{ VALUES ?v {{ {term} }} }}")
    assert isinstance(found, QuerySolutions)
    (solution,) = found
    value = solution["v"]
    assert isinstance(value, NamedNode | Literal)
    return value


def instances(
    template: tuple[Triple, ...], solution: dict[str, object]
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    for triple in template:
        made = [solution.get(each) if each[0] == "?" else parsed(each) for each in triple]
        subject, predicate, value = made
        if not isinstance(value, NamedNode | Literal):
            continue
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode):
            yield subject, predicate, value


def modelled(changes: list[Change], sources: set[Quad]) -> Held:
    """What is left in the edits, by the model."""
    held: Held = set()
    for change in changes:
        solutions: list[dict[str, object]] = [{}]
        if change.pattern is not None:
            store = store_with(sources | {Quad(*each, EDITS) for each in held})
            graphs: list[NamedNode | BlankNode | DefaultGraph] = [
                node for each in change.using if isinstance(node := parsed(each), NamedNode)
            ]
            found = store.query(
                f"{PREFIX}SELECT * {change.pattern}",
                use_default_graph_as_union=not graphs,
                default_graph=graphs or None,
                named_graphs=[] if graphs else None,
            )
            assert isinstance(found, QuerySolutions)
            names = [variable.value for variable in found.variables]
            solutions = [{f"?{name}": each[name] for name in names} for each in found]
        gone = {triple for each in solutions for triple in instances(change.taken, each)}
        new = {triple for each in solutions for triple in instances(change.made, each)}
        held = (held - gone) | new
    return held


def a_union() -> tuple[Store, set[Quad]]:
    """A store as that of a release is, and the quads of its named graphs."""
    store = a_store()
    store.clear_graph(DefaultGraph())
    sources = set(store)
    store.extend([Quad(each.subject, each.predicate, each.object) for each in sources])
    return store, sources


@settings(deadline=None, max_examples=200)
@given(st.lists(EDITINGS, min_size=2, max_size=5), SEPARATORS)
def test_edits_are_what_a_model_says_and_the_union_follows(
    changes: list[Change], between: str
) -> None:
    store, sources = a_union()
    text = PREFIX + between.join(each.text for each in changes)
    plan = plan_update(
        a_write(Action.UPDATE, text=text), Home(EDITS.value, False, 409, "Not to be written.")
    )
    scratch = Scratch(store, EDITS, PARTS)
    scratch.run(plan.steps or ())
    edits = {(each.subject, each.predicate, each.object) for each in scratch.quads()}
    assert edits == modelled(changes, sources)
    named = {each for each in store if each.graph_name != DefaultGraph()}
    assert {each for each in named if each.graph_name != EDITS} == sources
    union = {each.triple for each in store if each.graph_name == DefaultGraph()}
    assert union == {each.triple for each in named}


@settings(deadline=None, max_examples=50)
@given(braced(DATA).filter(lambda text: "GRAPH" not in text))
@example("{ _:n x:p _:n . x:a x:p [], (1 [ x:q 2 ]) }")
def test_blank_nodes_become_iris_one_for_one(data: str) -> None:
    store, _ = a_union()
    plan = plan_update(
        a_write(Action.UPDATE, text=f"{PREFIX}INSERT DATA {data}"),
        Home(EDITS.value, False, 409, "Not to be written."),
    )
    scratch = Scratch(store, EDITS, PARTS)
    scratch.run(plan.steps or ())

    def back(term: Any) -> Any:
        if isinstance(term, NamedNode) and term.value.startswith(PARTS):
            return BlankNode(term.value.removeprefix(PARTS))
        return term

    found = store_with(
        Quad(back(quad.subject), quad.predicate, back(quad.object)) for quad in scratch.quads()
    )
    expected = Store()
    expected.update(f"{PREFIX}INSERT DATA {data}")
    assert canonical(found) == canonical(expected)
