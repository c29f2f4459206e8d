"""The records that a load would leave out: where they stand, why, and what they would have been."""

from collections.abc import Iterable
from dataclasses import replace

from loaders.claims import Place as RowPlace
from loaders.issues import Effect, Issue
from loaders.preview.masking import masked_iri, masked_message
from loaders.preview.model import Listing, Place, Reason, Rejected
from loaders.preview.rows import Rows, first_cells
from loaders.shape_faults import RULE


def rejected_records(
    issues: Iterable[Issue], count: int, rows: Rows, most: int | None
) -> Listing[Rejected]:
    """The first of the `count` records that were left out, or all of them."""
    found: dict[RowPlace, Rejected] = {}
    for issue in issues:
        if issue.effect is not Effect.LEFT_OUT or issue.row is None:
            continue
        place = RowPlace(rows.number_of(issue.file), issue.row)
        if place not in found and most is not None and len(found) >= most:
            continue
        known = found.get(place) or Rejected(Place(issue.file, issue.unit, issue.row), (), None, ())
        found[place] = replace(known, reasons=(*known.reasons, _reason(issue)))
    for place, _, row in rows.at(found):
        cells = first_cells(row)
        thing = rows.would_be(place, row)
        found[place] = replace(found[place], would_be=thing, cells=() if thing else cells)
    return Listing(count, tuple(found[place] for place in sorted(found)))


def _reason(issue: Issue) -> Reason:
    about = f"{masked_iri(issue.value)}: " if issue.rule == RULE and issue.value else ""
    return Reason(issue.rule, issue.field, about + masked_message(issue.message))
