"""The result of a query as a page shows it: the first rows, with links and labels.

The engine never makes a page. It writes JSON or N-Triples, and this module reads as much of
that as a page can hold.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from ontology.vocab import XSD
from service.labels import prefixed
from service.pages.links import link_term
from service.pages.rendering import Alternate
from service.query_runner import Answer
from service.representations import GRAPHS, RESULTS, form_choices
from service.sparql import SparqlRequest
from service.store import Release

ROWS_SHOWN = 1_000
NUMBERS = frozenset(
    XSD.integer.removesuffix("integer") + name for name in ("integer", "decimal", "double", "float")
)

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Cell:
    """One term of a result. An IRI has a link, and a label where the release has one for it.

    Numbers stand at the right of their column, so that they can be compared. A `blank` one stands
    where nothing applies.
    """

    text: str
    href: str | None = None
    label: str | None = None
    language: str | None = None
    datatype: str | None = None
    numeric: bool = False
    blank: bool = False

    @property
    def outside(self) -> bool:
        """Whether the link leads away from this service."""
        return self.href is not None and not self.href.startswith("/")


@dataclass(frozen=True, slots=True)
class ResultsView:
    """What the page of a result shows.

    Of an ASK, `truth` is the answer and there are no rows. Where `complete` is false, there
    are more rows than the page has; `downloads` have them all. `took` is how long the answer
    took in words, waiting included, where that is known.
    """

    title: str
    query: str
    truth: bool | None
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    complete: bool
    downloads: tuple[Alternate, ...]
    formats: tuple[tuple[str, str], ...]
    took: str | None
    noun: str


def view_results(
    release: Release, asked: SparqlRequest, answer: Answer, seconds: float | None = None
) -> ResultsView:
    """What the page shows of a finished answer in JSON or N-Triples."""
    gives_graph = asked.form is not None and asked.form.gives_graph
    truth, columns, found = read_answer(answer, gives_graph)
    rows = list(islice(found, ROWS_SHOWN + 1))
    return ResultsView(
        title="Query results",
        query=asked.query or "",
        truth=truth,
        columns=columns,
        rows=tuple(
            tuple(None if term is None else cell_of(release, term) for term in row)
            for row in rows[:ROWS_SHOWN]
        ),
        complete=len(rows) <= ROWS_SHOWN,
        downloads=_downloads(asked),
        formats=form_choices(),
        took=None if seconds is None else duration(seconds),
        noun="statement" if gives_graph else "row",
    )


def read_answer(
    answer: Answer, gives_graph: bool
) -> tuple[bool | None, tuple[str, ...], Iterator[Iterable[Term | None]]]:
    """The truth value, the columns and the rows, read only as far as somebody asks.

    The answer is in N-Triples where the query gives a graph, else in JSON.
    """
    if gives_graph:
        quads = parse(answer.body, RdfFormat.N_TRIPLES, path=answer.path)
        return None, ("subject", "predicate", "object"), (quad.triple for quad in quads)
    results = parse_query_results(answer.body, QueryResultsFormat.JSON, path=answer.path)
    if isinstance(results, QueryBoolean):
        return bool(results), (), iter(())
    return None, tuple(variable.value for variable in results.variables), iter(results)


def duration(seconds: float) -> str:
    """So many seconds in words, as exact as anybody wants to know."""
    return f"{seconds:.1f} seconds" if seconds >= 1 else f"{max(1, round(seconds * 1000))} ms"


def cell_of(release: Release, term: Term) -> Cell:
    """The cell that shows a term."""
    if isinstance(term, NamedNode):
        link = link_term(release, term.value)
        shown = prefixed(term.value) or term.value.removeprefix(release.base)
        return Cell(shown, link.href, release.labels.found(term.value))
    if isinstance(term, Literal):
        datatype = None if term.language else term.datatype.value
        return Cell(
            term.value,
            language=term.language,
            datatype=None
            if datatype in (None, XSD.string)
            else prefixed(str(datatype)) or datatype,
            numeric=datatype in NUMBERS,
        )
    return Cell(str(term))


def _downloads(asked: SparqlRequest) -> tuple[Alternate, ...]:
    """Where the whole result is had, in each form that a program reads."""
    fields = [("query", asked.query or "")]
    fields += [("default-graph-uri", graph) for graph in asked.default_graphs]
    fields += [("named-graph-uri", graph) for graph in asked.named_graphs or ()]
    forms = GRAPHS if asked.form is not None and asked.form.gives_graph else RESULTS
    return tuple(
        Alternate(
            "/sparql?" + urlencode([*fields, ("format", each.name)]), each.media_type, each.title
        )
        for each in forms
    )
