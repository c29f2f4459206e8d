"""A preview in plain English, for the steward of a source."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TypeVar

from loaders.preview.faults import VIOLATION
from loaders.preview.model import (
    ChangedThing,
    KindOfThing,
    Listing,
    Personal,
    Place,
    Preview,
    PropertyChange,
    Rejected,
    Thing,
)
from loaders.preview.things import OTHERS

Item = TypeVar("Item")
_VALUES = 3


def told(preview: Preview, *, in_full: bool = False) -> Iterator[str]:
    """The lines of a preview. `in_full` says that no value is left out of a long list."""
    yield f"Preview of {preview.source}, “{preview.title}”, for the audience {preview.audience}"
    counts = preview.records
    yield (
        f"{_counted(counts.records_in, 'record')} read, {counts.records_loaded} would be loaded, "
        f"{counts.records_left_out} left out; {_counted(counts.values_withheld, 'value')} withheld."
    )
    yield from _compared_with(preview)
    for heading, lines in (
        ("New", _states(preview, lambda each: each.new, _thing)),
        ("Changed", _states(preview, lambda each: each.changed, _changed(in_full))),
        ("Gone", _states(preview, lambda each: each.gone, _thing)),
        ("Unchanged", _unchanged(preview)),
        ("Rejected", _all_rejected(preview.rejected)),
        ("Published URIs at risk", _risk(preview)),
        ("Shapes that fail", _shapes(preview)),
        ("Values that look like personal data", _personal(preview)),
    ):
        yield ""
        found = list(lines)
        yield heading if found else f"{heading}: none"
        yield from found


def _compared_with(preview: Preview) -> Iterator[str]:
    published = preview.published
    if published is None:
        yield "Nothing of this source is published yet, so all of it is new."
    else:
        yield f"Compared with what is published of it, as loaded at {published.loaded}."
        if published.audience != preview.audience:
            yield (
                f"It is published for the audience {published.audience}, and would be for the "
                f"audience {preview.audience}."
            )
    if preview.staged is not None:
        change = preview.staged
        yield (
            "A load of it is staged and not published. Held against that one, things would be "
            f"new: {change.new}, changed: {change.changed}, gone: {change.gone}."
        )


def _counted(number: int, word: str) -> str:
    return f"{number} {word if number == 1 else f'{word}s'}"


def _more(listing: Listing[Item], depth: int) -> Iterator[str]:
    rest = listing.count - len(listing.shown)
    if rest:
        yield f"{'  ' * depth}and {rest} more"


def _listed(
    listing: Listing[Item], tell: Callable[[Item], Iterator[str]], depth: int
) -> Iterator[str]:
    """What is shown of a listing, indented, and how many more there are."""
    for each in listing.shown:
        for line in tell(each):
            yield f"{'  ' * depth}{line}"
    yield from _more(listing, depth)


def _kind(kind: KindOfThing) -> str:
    return "of things that other sources describe" if kind.kind == OTHERS else kind.kind


def _states(
    preview: Preview,
    listing_of: Callable[[KindOfThing], Listing[Item]],
    tell: Callable[[Item], Iterator[str]],
) -> Iterator[str]:
    for kind in preview.kinds:
        listing = listing_of(kind)
        if listing.count:
            yield f"  {_kind(kind)}: {listing.count}"
            yield from _listed(listing, tell, 2)


def _unchanged(preview: Preview) -> Iterator[str]:
    for kind in preview.kinds:
        if kind.unchanged:
            yield f"  {_kind(kind)}: {kind.unchanged}"


def _named(thing: Thing) -> str:
    return f"“{thing.label}” <{thing.iri}>" if thing.label else f"<{thing.iri}>"


def _thing(thing: Thing) -> Iterator[str]:
    yield _named(thing)


def _changed(in_full: bool) -> Callable[[ChangedThing], Iterator[str]]:
    def tell(changed: ChangedThing) -> Iterator[str]:
        yield _named(changed.thing)
        for each in changed.changes:
            yield f"  {_change(each, in_full)}"

    return tell


def _change(change: PropertyChange, in_full: bool) -> str:
    name = " › ".join([*change.within, change.property])
    before, after = _values(change.before, in_full), _values(change.after, in_full)
    if not after:
        return f"{name}: removed {before}"
    if not before:
        return f"{name}: added {after}"
    return f"{name}: from {before} to {after}"


def _values(values: tuple[str, ...], in_full: bool) -> str:
    shown = values if in_full else values[:_VALUES]
    rest = len(values) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")


def _place(place: Place | None) -> str:
    return f"{place.file}, {place.unit} {place.number}" if place else ""


def _all_rejected(listing: Listing[Rejected]) -> Iterator[str]:
    if listing.count:
        yield f"  {_counted(listing.count, 'record')}"
        yield from _listed(listing, _rejected, 2)


def _rejected(record: Rejected) -> Iterator[str]:
    for reason in record.reasons:
        field = f", {reason.field}" if reason.field else ""
        yield f"{_place(record.place)}{field}: {reason.message}"
    if record.would_be:
        yield f"  It would have been the {record.would_be.kind} {_named(record.would_be)}."
    elif record.cells:
        cells = ", ".join(f"{column} “{text}”" for column, text in record.cells)
        yield f"  The record says: {cells}."


def _risk(preview: Preview) -> Iterator[str]:
    risk = preview.risk
    if risk.fault:
        yield f"  {risk.fault}"
    for listing, heading in (
        (risk.refused, "Publish refuses"),
        (risk.ended, "Publish ends, with the reason that is given"),
    ):
        if listing.count:
            yield f"  {heading}: {listing.count}"
            for why, group in groupby(listing.shown, lambda each: each.why):
                yield f"    {why}"
                yield from (f"      {each.thing.kind} {_named(each.thing)}" for each in group)
            yield from _more(listing, 3)
    if risk.elsewhere:
        yield f"  Not at risk, because another source describes them too: {risk.elsewhere}"


def _shapes(preview: Preview) -> Iterator[str]:
    for each in preview.shapes:
        effect = (
            "violation, which leaves the record out"
            if each.severity == VIOLATION
            else "warning, which leaves nothing out"
        )
        yield f"  {each.failing.count} × {effect}: {each.message}"
        yield from _listed(each.failing, _failing, 2)


def _failing(found: tuple[Place | None, str | None]) -> Iterator[str]:
    place, focus = found
    yield ": ".join(filter(None, (_place(place), f"<{focus}>" if focus else "")))


def _personal(preview: Preview) -> Iterator[str]:
    if preview.seen.count:
        yield f"  The public would see them, so publish refuses: {preview.seen.count}"
        yield from _listed(preview.seen, _seen, 2)
    if preview.read.count:
        yield f"  Not loaded: {preview.read.count}"
        yield from _listed(preview.read, _met, 2)


def _seen(each: Personal) -> Iterator[str]:
    field = f", {each.field}" if each.field else ""
    hint = f": “{each.hint}”" if each.hint else ""
    place = f"{_place(each.place)}{field}: " if each.place else ""
    yield f"{place}{each.kind}, in the {each.property} of <{each.thing}>{hint}"


def _met(each: Personal) -> Iterator[str]:
    field = f", {each.field}" if each.field else ""
    yield f"{_place(each.place)}{field}: {each.kind.rstrip('.')} ({each.treatment})"
