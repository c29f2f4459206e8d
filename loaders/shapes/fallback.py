"""Shapes by pySHACL: what the compiler does not know, and what the tests hold it against.

It is right and slow: all statements stand in memory, a hundred times as large as in a file.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Store

from loaders.nquads import without_graph
from loaders.shapes.model import Found
from ontology.namespaces import PREFIXES
from ontology.vocab import XSD

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node


def shapes_graph(documents: Iterable[bytes], only: Collection[str] | None = None) -> "Graph":
    """The shapes of all documents together.

    `only` names the shapes that keep their targets: the others do what is asked of them by these.
    """
    # Imported here, as pySHACL is: they take most of a second, and most commands do without.
    from rdflib import Graph

    shapes = Graph()
    for document in documents:
        shapes.parse(data=document, format="turtle")
    if only is not None:
        _release_targets(shapes, only)
    return shapes


def by_pyshacl(shapes: "Graph", lines: Iterable[bytes]) -> list[Found]:
    """The results of lines of N-Quads, graphs apart.

    Raises:
        RuntimeError: pySHACL finds fault with the shapes.
    """
    import pyshacl
    from rdflib import Graph
    from rdflib.namespace import RDF, SH

    data = Graph().parse(data=b"".join(map(without_graph, lines)), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    if not isinstance(report, Graph):
        raise RuntimeError(f"the shapes could not be applied: {report!r}")
    found = []
    for node in report.subjects(RDF.type, SH.ValidationResult):
        path, value = report.value(node, SH.resultPath), report.value(node, SH.value)
        found.append(
            Found(
                focus=str(report.value(node, SH.focusNode)),
                path=None if path is None else str(path),
                shape=str(report.value(node, SH.sourceShape)),
                severity=str(report.value(node, SH.resultSeverity)),
                message=str(report.value(node, SH.resultMessage)),
                value=None if value is None else _spelled(value),
                component=str(report.value(node, SH.sourceConstraintComponent)),
            )
        )
    return found


def _release_targets(shapes: "Graph", kept: Collection[str]) -> None:
    """Take their targets from all shapes but those that are `kept`."""
    from rdflib.namespace import RDF, SH

    for subject, predicate, value in list(shapes):
        is_target = str(predicate).startswith(f"{PREFIXES['sh']}target")
        is_class = predicate == RDF.type and value not in (SH.NodeShape, SH.PropertyShape)
        if (is_target or is_class) and str(subject) not in kept:
            shapes.remove((subject, predicate, value))


def _spelled(value: "Node") -> str:
    """A term as the engine spells it in N-Triples, which is not as rdflib does."""
    from rdflib import BNode, Literal

    if isinstance(value, BNode):
        return f"_:{value}"
    if not isinstance(value, Literal):
        return str(NamedNode(str(value)))
    if value.language:
        return str(pyoxigraph.Literal(str(value), language=value.language))
    datatype = NamedNode(value.datatype or XSD.string)
    node, store = NamedNode("urn:x:node"), Store()
    store.add(Quad(node, node, pyoxigraph.Literal(str(value), datatype=datatype)))
    [quad] = store
    return str(quad.object)
