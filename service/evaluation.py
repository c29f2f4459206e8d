"""Evaluating one query and writing its result, wherever that happens.

Results are made and written on the thread that ran the query: the engine's iterators cannot
change threads. A worker process imports this module at each start, so it imports little.
"""

from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any, Protocol, cast

from pyoxigraph import Literal, NamedNode, QueryTriples, Store, Variable

from service.errors import Problem

if TYPE_CHECKING:
    from service.representations import Representation
    from service.spool import Spool


class Asked(Protocol):
    """What a query asks, of which dataset, and in which form; `QueryJob` says what each means."""

    @property
    def query(self) -> str:
        """The text of the query."""

    @property
    def representation(self) -> "Representation":
        """The form of the answer."""

    @property
    def default_graphs(self) -> tuple[str, ...]:
        """The graphs that the protocol makes the default graph."""

    @property
    def named_graphs(self) -> tuple[str, ...] | None:
        """The graphs that the protocol makes the named ones, or None where it says nothing."""

    @property
    def substitutions(self) -> Mapping[str, NamedNode | Literal]:
        """The terms that variables are given before the query is run."""


def evaluate(store: Store, asked: Asked, spool: "Spool") -> None:
    """Write the result of the query; what the engine raises comes as it is (`query_faults`)."""
    output = cast("IO[bytes]", spool)
    form = asked.representation
    terms: dict[Variable, Any] = {
        Variable(name): term for name, term in asked.substitutions.items()
    }
    if asked.default_graphs or asked.named_graphs is not None:
        # Both are given, always: the engine lets FROM and GRAPH reach round either alone.
        result = store.query(
            asked.query,
            default_graph=[NamedNode(iri) for iri in asked.default_graphs],
            named_graphs=[NamedNode(iri) for iri in asked.named_graphs or ()],
            substitutions=terms,
        )
    else:
        result = store.query(asked.query, substitutions=terms)
    if isinstance(result, QueryTriples) and form.rdf is not None:
        result.serialize(output, format=form.rdf)
    elif not isinstance(result, QueryTriples) and form.results is not None:
        result.serialize(output, format=form.results)
    else:
        raise Problem(
            406,
            "The query has no answer of this form.",
            f"{form.title} cannot hold what this form of query gives.",
        )
