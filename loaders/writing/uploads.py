"""RDF that was sent, as triples. The engine's parser does the work, of which the bytes are hostile.

Blank nodes get labels of their own, so that two parts of one upload share none, and none meets one
that is stored.
"""

from collections.abc import Iterable

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)

from loaders.writing.write import Part, WriteRefusedError

SYNTAXES = (
    RdfFormat.TURTLE,
    RdfFormat.N_TRIPLES,
    RdfFormat.JSON_LD,
    RdfFormat.RDF_XML,
    RdfFormat.TRIG,
    RdfFormat.N_QUADS,
)
"""What can be uploaded; of the last two, what names no graph."""

GraphName = NamedNode | BlankNode | DefaultGraph


def read_parts(parts: Iterable[Part], graph: str | None) -> list[Quad]:
    """The triples of all parts, as quads of the graph with this IRI, or of the default graph.

    Raises:
        WriteRefusedError: 415, or 400 with line and column where the syntax has them.
    """
    name = graph_name(graph)
    return [
        Quad(each.subject, each.predicate, each.object, name)
        for part in parts
        for each in _read(part, part.base or graph)
    ]


def graph_name(iri: str | None) -> NamedNode | DefaultGraph:
    """The name of a graph.

    Raises:
        WriteRefusedError: 400, it is no absolute IRI.
    """
    if iri is None:
        return DefaultGraph()
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise WriteRefusedError(
            400, "A graph is named by an absolute IRI.", f"“{iri}” is none: {error}."
        ) from None


def _read(part: Part, base: str | None) -> list[Quad]:
    syntax = RdfFormat.from_media_type(part.media_type)
    if syntax not in SYNTAXES:
        known = ", ".join(each.media_type for each in SYNTAXES)
        raise WriteRefusedError(
            415, "This is no RDF that is read here.", f"What can be sent is {known}."
        )
    try:
        return list(
            parse(
                part.content,
                format=syntax,
                base_iri=base,
                without_named_graphs=True,
                rename_blank_nodes=True,
            )
        )
    except SyntaxError as error:
        detail = f"{error.msg.removesuffix('.')}."
        raise WriteRefusedError(
            400, f"The data are not {syntax.name}.", detail, error.lineno, error.offset
        ) from None
    except ValueError as error:  # the base is no IRI
        raise WriteRefusedError(400, "The data cannot be read.", f"{error}.") from None
