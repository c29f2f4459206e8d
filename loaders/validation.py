"""Staged quads against the shapes of the ontology (SHACL, section 3).

The shapes are compiled to SPARQL (`loaders.shapes`). References between sources are not followed:
each source is validated by itself, so that one publisher's fault is not another's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import ontology
from loaders.shapes.running import Plan, find, plan_of

_VIOLATION = "Violation"


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result: which node, in which property, breaks which shape, and how badly.

    `value` is the value that breaks it, where it is one, spelled as N-Triples spell a term, and
    `component` the IRI of the sort of constraint (SHACL, section 4).
    """

    source: str
    focus: str
    path: str | None
    shape: str
    severity: str
    message: str
    value: str | None = None
    component: str | None = None

    @property
    def refuses(self) -> bool:
        """Whether this must keep the data from being published."""
        return self.severity == _VIOLATION

    def __str__(self) -> str:
        place = f"{self.focus} ({self.path})" if self.path else self.focus
        return f"{self.source}: {place}: {self.message} [{self.severity}]"


@cache
def shapes() -> Plan:
    """The shapes of the ontology, compiled."""
    return plan_of(map(ontology.turtle, ontology.shapes()))


def validate(source: str, lines: Iterable[bytes], plan: Plan | None = None) -> list[Result]:
    """The results of a source's quads against every shape, violations first.

    The lines are those of a staged file, in its order. Without a plan, the shapes are those of the
    ontology.

    Raises:
        ValidationError: the data say what is a subclass of what, and are too many for it.
        ValueError: the lines are in no order.
    """
    results = [
        Result(
            source=source,
            focus=found.focus,
            path=found.path,
            shape=found.shape,
            severity=found.severity.rpartition("#")[2],
            message=found.message,
            value=found.value,
            component=found.component,
        )
        for found in find(plan or shapes(), lines)
    ]
    return sorted(results, key=lambda each: (not each.refuses, str(each), each.value or ""))


def summarise(results: Iterable[Result]) -> list[str]:
    """A line for each kind of result of each source: how many there are, and the first."""
    kinds: dict[tuple[str, str, str], list[Result]] = {}
    for result in results:
        kinds.setdefault((result.source, result.shape, result.severity), []).append(result)
    return [
        str(found[0]) if len(found) == 1 else f"{found[0]} and {len(found) - 1} more like it"
        for found in kinds.values()
    ]
