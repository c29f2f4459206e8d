"""The operations of an update: what each is, and where its parts stand in the text. Pure data."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from loaders.writing.passages import Composed, Passage
from loaders.writing.tokens import Token
from queries.tokens import WORD

DEFAULT = "DEFAULT"


class Form(StrEnum):
    """The kinds of operation (SPARQL 1.1 Update, section 3)."""

    INSERT_DATA = "INSERT DATA"
    DELETE_DATA = "DELETE DATA"
    DELETE_WHERE = "DELETE WHERE"
    MODIFY = "DELETE/INSERT"
    LOAD = "LOAD"
    CLEAR = "CLEAR"
    DROP = "DROP"
    CREATE = "CREATE"
    ADD = "ADD"
    MOVE = "MOVE"
    COPY = "COPY"

    @property
    def reads(self) -> bool:
        """Whether what it does depends on what is stored."""
        return self in (Form.DELETE_WHERE, Form.MODIFY)


@dataclass(frozen=True, slots=True)
class Template:
    """The braces of a template or of data, from `start` to `end`.

    `loose` are the runs of triples in it that stand in no GRAPH, `graphs` the terms of its GRAPHs
    with their places.
    """

    start: int
    end: int
    loose: tuple[tuple[int, int], ...]
    graphs: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an update: where it stands in the text, and what it is made of.

    `prologue` are all declarations before it. `graphs` are the terms that a management operation
    names, with `DEFAULT`, `NAMED` and `ALL`. `dataset` is the first USING, `where` the place before
    WHERE, where another may be put.
    """

    form: Form
    source: str
    start: int
    end: int
    prologue: tuple[Passage, ...]
    silent: bool = False
    graphs: tuple[Token, ...] = ()
    with_graph: Token | None = None
    dataset: Token | None = None
    templates: tuple[Template, ...] = ()
    where: int = 0

    @property
    def alone(self) -> Composed:
        """The operation as it was written, with all declarations before it."""
        own = Passage(self.source[self.start : self.end], self.start)
        return Composed(self.source, (*self.prologue, own))

    def written(self) -> Iterator[Token | None]:
        """The graphs that it writes to, as terms; None is the default graph."""
        for template in self.templates:
            if template.loose:
                yield self.with_graph
            yield from template.graphs
        for graph in self.graphs:
            yield None if graph.text.upper() == DEFAULT and graph.kind == WORD else graph
