"""Staged quads against the shapes of the ontology (SHACL, section 3).

pySHACL does the work. References between sources are not followed: each source is validated by
itself, so that one publisher's fault is not another's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import ontology
from loaders.nquads import without_graph

_VIOLATION = "Violation"


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result: which node, in which property, breaks which shape, and how badly."""

    source: str
    focus: str
    path: str | None
    shape: str
    severity: str
    message: str

    @property
    def refuses(self) -> bool:
        """Whether this must keep the data from being published."""
        return self.severity == _VIOLATION

    def __str__(self) -> str:
        place = f"{self.focus} ({self.path})" if self.path else self.focus
        return f"{self.source}: {place}: {self.message} [{self.severity}]"


def validate(source: str, lines: Iterable[bytes]) -> list[Result]:
    """The results of a source's quads against every shape, violations first."""
    # Imported here: pySHACL takes most of a second, and most commands never validate.
    import pyshacl
    from rdflib import Graph
    from rdflib.namespace import RDF, SH

    data = Graph().parse(data=b"".join(map(without_graph, lines)), format="nt")
    shapes = Graph()
    for name in ontology.shapes():
        shapes.parse(data=ontology.turtle(name), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    if not isinstance(report, Graph):
        raise RuntimeError(f"the shapes could not be applied: {report!r}")
    results = []
    for node in report.subjects(RDF.type, SH.ValidationResult):
        path = report.value(node, SH.resultPath)
        results.append(
            Result(
                source=source,
                focus=str(report.value(node, SH.focusNode)),
                path=None if path is None else str(path),
                shape=str(report.value(node, SH.sourceShape)),
                severity=str(report.value(node, SH.resultSeverity)).rpartition("#")[2],
                message=str(report.value(node, SH.resultMessage)),
            )
        )
    return sorted(results, key=lambda result: (not result.refuses, str(result)))


def summarise(results: Iterable[Result]) -> list[str]:
    """A line for each kind of result of each source: how many there are, and the first."""
    kinds: dict[tuple[str, str, str], list[Result]] = {}
    for result in results:
        kinds.setdefault((result.source, result.shape, result.severity), []).append(result)
    return [
        str(found[0]) if len(found) == 1 else f"{found[0]} and {len(found) - 1} more like it"
        for found in kinds.values()
    ]
