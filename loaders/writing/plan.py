"""What a write comes to in its directory: quads, or operations that may be run there.

Everything here is done before the writers' lock is taken, and without looking at what is stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Quad

from loaders.writing.engine import iri_of, refuse_requests, taken_apart
from loaders.writing.operations import Operation
from loaders.writing.passages import Composed, line_and_column
from loaders.writing.rewriting import rewritten
from loaders.writing.tokens import Token
from loaders.writing.uploads import graph_name, read_parts
from loaders.writing.write import Action, Write, WriteRefusedError
from queries.tokens import VARIABLE


@dataclass(frozen=True, slots=True)
class Step:
    """One operation as it is run. `reads` says that it depends on what is stored."""

    update: Composed
    reads: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A write that was understood: the quads that it brings, or the steps of its update.

    An update that is run as it was sent has no steps.
    """

    quads: Sequence[Quad] = ()
    steps: Sequence[Step] | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """The one graph that an update may write to, and what is said of one that writes elsewhere.

    `reads` says that WHERE sees it in place of the default graph. Without an IRI it is the default
    graph itself.
    """

    iri: str | None
    reads: bool
    status: int
    title: str


def plan_upload(wanted: Write, graph: str | None) -> Plan:
    """What PUT and POST bring into the graph with this IRI, or into the default graph.

    Raises:
        WriteRefusedError: 400 or 415.
    """
    return Plan(quads=read_parts(wanted.parts, graph))


def plan_update(wanted: Write, home: Home | None) -> Plan:
    """The steps of an update; it writes where it likes without a home, and nowhere else with one.

    Raises:
        WriteRefusedError: 400 with line and column, 403, or as the home says.
    """
    refuse_requests(wanted.text)
    using = wanted.using if wanted.action is Action.UPDATE else ()
    named = wanted.using_named if wanted.action is Action.UPDATE else ()
    for iri in (*using, *named, wanted.base):
        graph_name(iri)
    if home is None and not using and not named:
        return Plan()  # its faults are found when it is run
    steps = []
    for operation in taken_apart(wanted.text, wanted.base):
        if using or named:
            _refuse_dataset(operation)
        if home is not None:
            _refuse_elsewhere(operation, home)
        update = rewritten(
            operation,
            home=home.iri if home else None,
            reads_home=home is not None and home.reads,
            using=using,
            using_named=named,
        )
        if update is not None:
            steps.append(Step(update, operation.form.reads))
    return Plan(steps=steps)


def _refuse_dataset(operation: Operation) -> None:
    said = operation.with_graph or operation.dataset
    if said is not None:
        line, column = line_and_column(operation.source, said.start)
        raise WriteRefusedError(
            400,
            "The dataset is named twice.",
            "An update that says USING or WITH is sent without using-graph-uri and "
            "using-named-graph-uri (SPARQL 1.1 Protocol, section 2.2.3).",
            line,
            column,
        )


def _refuse_elsewhere(operation: Operation, home: Home) -> None:
    for graph in operation.written():
        if graph is None:
            continue
        reason = _reason_against(operation, graph, home)
        if reason:
            line, column = line_and_column(operation.source, graph.start)
            raise WriteRefusedError(home.status, home.title, reason, line, column)


def _reason_against(operation: Operation, graph: Token, home: Home) -> str:
    only = "the default graph" if home.iri is None else f"<{home.iri}>"
    if graph.kind == VARIABLE:
        return f"{graph.text} may be any graph: name the graph. Only {only} can be written here."
    if graph.text.upper() in ("NAMED", "ALL"):
        return f"{graph.text.upper()} means other graphs too. Only {only} can be written here."
    iri = iri_of(operation, graph)
    return "" if iri == home.iri else f"<{iri}> is not {only}, which alone can be written here."
