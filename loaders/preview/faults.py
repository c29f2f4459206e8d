"""What the shapes of the ontology say of a load: each sentence once, with what fails it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from loaders.issues import Effect, Issue
from loaders.origins import OriginLines
from loaders.preview.masking import masked_iri
from loaders.preview.model import Listing, Place, ShapeFault
from loaders.shape_faults import RULE
from loaders.validation import validate

VIOLATION, WARNING = "violation", "warning"


@dataclass(slots=True)
class _Found:
    count: int = 0
    shown: list[tuple[Place | None, str | None]] = field(default_factory=list)


def shape_faults(
    source: str,
    issues: Iterable[Issue],
    description: Iterable[bytes],
    most: int | None,
) -> tuple[ShapeFault, ...]:
    """The violations, then the warnings, the most frequent first.

    `description` are the sorted lines that say what the source and the load are, which no record
    states: what the shapes remark upon in them is told too, without a place.
    """
    found: dict[tuple[str, str], _Found] = {}

    def note(severity: str, message: str, place: Place | None, focus: str | None) -> None:
        known = found.setdefault((severity, message), _Found())
        known.count += 1
        if most is None or len(known.shown) < most:
            known.shown.append((place, focus and masked_iri(focus)))

    for issue in issues:
        if issue.rule == RULE:
            severity = VIOLATION if issue.effect is Effect.LEFT_OUT else WARNING
            place = None if issue.row is None else Place(issue.file, issue.unit, issue.row)
            note(severity, issue.message, place, issue.value)
    for result in validate(source, description):
        note(VIOLATION if result.refuses else WARNING, result.message, None, result.focus)
    return tuple(
        ShapeFault(severity, message, Listing(each.count, tuple(each.shown)))
        for (severity, message), each in sorted(
            found.items(), key=lambda one: (one[0][0], -one[1].count, one[0][1])
        )
    )


def descriptions(lines: Iterable[bytes], origins: OriginLines) -> Iterator[bytes]:
    """The lines that describe a source and its loads: those that no record states."""
    return (each for each in lines if origins.is_ours(each) and not origins.is_origin(each))
