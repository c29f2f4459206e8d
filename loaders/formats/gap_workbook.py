"""A publisher's gaps, filled in: the workbook that the service gives out, read back.

A row is about one thing. What stood in it when it was made stands as it was, and only cells that
were empty then and hold something now are read, each as our own CSV format of the thing's kind
reads it. `docs/gaps.md` says how they come about.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from loaders.formats.assets.register_cells import says_nothing
from loaders.formats.assets.security_classification import security_classification
from loaders.formats.reading.content import Content
from loaders.formats.reading.delimited import Columns
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table
from loaders.formats.reading.workbook import Workbook
from loaders.formats.record_csv import RECORD_CSV
from loaders.issues import Fault
from loaders.records import Addition, Record
from loaders.values import iri, organisation_key
from queries.code_labels import codes_by_label
from queries.gap_fields import KINDS, GapField, GapKind, columns
from queries.gap_rows import (
    CHECK,
    GUIDE,
    IDENTITY,
    KIND,
    LISTS,
    ORGANISATION,
    SHEET,
    THING,
    VISIBLE_TO,
    changed_columns,
)

_INTERPRET = {known.name: known.interpret for known in RECORD_CSV}
_PLACEHOLDER = "Gap"
_CLASSIFICATION = "classification"
_CHANGED = (
    "Something else was recorded here when the workbook was made; it stays as it was. Correct it "
    "in the source that says it."
)
_ADDED = (
    "The row has no check, so that it was not made by this service: a row cannot be added by hand. "
    "Give what is not in the workbook to the register that it belongs to."
)
_NOBODY_KNOWS = (
    "“{}” says that nobody knows. Leave the cell empty: that says the same, and it is asked again."
)
_OURS = tuple(f"“{each}”" for each in (GUIDE, LISTS))


@dataclass(frozen=True, slots=True)
class GapSheet:
    """The layout of the one sheet that is read; of the other two of the workbook nothing is."""

    rows: Workbook

    def read(self, content: Content) -> Table:
        """The rows of the sheet of gaps.

        Raises:
            StructureError: it is no workbook, or not such a one, or something in it does not show.
        """
        table = self.rows.read(content)
        table.remarks[:] = [each for each in table.remarks if not _is_expected(each)]
        return table


def _is_expected(remark: Fault) -> bool:
    """Whether a remark is of what every such workbook has: two more sheets, a line at the top."""
    return remark.rule == "comment-lines" or (
        remark.rule == "out-of-scope" and any(each in remark.message for each in _OURS)
    )


def _interpret(row: Row, feed: Feed) -> tuple[Record, ...]:
    """What was filled in; nothing where nothing was.

    Raises:
        Fault: the row is not one that the service made for the organisation whose source this is.
    """
    if not _text(row, CHECK):
        raise Fault("unknown-reference", _ADDED, CHECK)
    holder = _holder(row, feed)
    kind = row.required(KIND, _kind)
    thing = row.required(THING, _path)
    cells = {column: text for column in row.cells if (text := _text(row, column))}
    told = changed_columns(
        {each: cells.get(each, "") for each in IDENTITY}, cells, row.required(CHECK, str)
    )
    if told is None:
        raise Fault(
            "unknown-reference",
            "The row is not as it was made: what identifies its thing, or its check, was changed, "
            "or it was never made. Download the gaps again.",
            THING,
            thing,
        )
    recorded, changed = told
    if _CLASSIFICATION in changed:  # of what is above OFFICIAL no more is read, nor told
        security_classification(Row(row.number, {_CLASSIFICATION: cells.get(_CLASSIFICATION)}))
    answers, unasked = _answers(kind, cells, recorded)
    withheld = [
        *(Fault("contradictory-values", _CHANGED, each, cells.get(each)) for each in changed),
        *unasked,
    ]
    withheld.sort(key=lambda each: each.field or "")
    if not answers:
        row.withheld.extend(withheld)
        return ()
    needed = _needed(kind, thing, holder, cells.get(VISIBLE_TO, ""))
    whole = _record(
        kind, Row(row.number, needed | answers, row.withheld, row.read, row.noted), feed
    )
    bare = _record(kind, Row(row.number, needed), feed)
    row.withheld.extend(withheld)
    if whole == bare:
        return ()
    return (Addition(thing, whole, bare, tuple(sorted(answers.items()))),)


def _holder(row: Row, feed: Feed) -> str:
    """The organisation of the row, which has to be the one of the source."""
    stated = row.required(ORGANISATION, organisation_key)
    if feed.holder is None:
        raise Fault(
            "unknown-organisation",
            "The declaration of the source does not say whose gaps it answers: give it a “holder”.",
            ORGANISATION,
            stated,
        )
    if stated != feed.holder:
        raise Fault(
            "unknown-organisation",
            f"The thing is one of {stated}, and this source has the answers of {feed.holder}.",
            ORGANISATION,
            stated,
        )
    return stated


def _kind(cell: str) -> GapKind:
    if cell not in KINDS:
        raise Fault(
            "unknown-category", f"“{cell}” is no kind of thing: say one of {', '.join(KINDS)}."
        )
    return KINDS[cell]


def _path(cell: str) -> str:
    """The path of a thing's IRI below `{base}id/`."""
    kind, _, key = cell.partition("/")
    if not (kind and key):
        raise Fault("bad-code", f"“{cell}” is no path of a thing, such as dataset/source/key.")
    iri(f"https://any.example/id/{cell}")
    return cell


def _text(row: Row, column: str) -> str:
    value = row.cells.get(column)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value).strip()


def _answers(
    kind: GapKind, cells: Mapping[str, str], recorded: frozenset[str]
) -> tuple[dict[str, str], list[Fault]]:
    """The cells that were filled in, by column, and what is wrong where nothing is asked."""
    found: dict[str, str] = {}
    unasked: list[Fault] = []
    for column in columns():
        text = cells.get(column)
        if not text or column in recorded:
            continue
        field = kind.field(column)
        if field is None:
            said = f"This is not asked of things of the kind {kind.name}."
            unasked.append(Fault("unexpected-structure", said, column, text))
        elif _is_no_answer(field, text):
            unasked.append(Fault("nothing-said", _NOBODY_KNOWS.format(text), column, text))
        else:
            found[column] = _coded(field, text)
    return found, unasked


def _is_no_answer(field: GapField, text: str) -> bool:
    """Whether a cell says that nobody knows; a code of a list says what the list means by it."""
    codes = codes_by_label(field.scheme) if field.scheme else {}
    is_code = text.casefold() in codes or text in codes.values()
    return says_nothing(text) and not is_code


def _coded(field: GapField, text: str) -> str:
    """A cell with codes in the place of the labels that a list offers."""
    if not field.scheme:
        return text
    codes = codes_by_label(field.scheme)
    parts = text.split(";") if field.several else [text]
    said = (" ".join(each.split()) for each in parts)
    return ";".join(codes.get(each.casefold(), each) for each in said)


def _needed(kind: GapKind, thing: str, holder: str, visible_to: str) -> dict[str, object]:
    """The cells without which the kind has no records; none of what they state is loaded."""
    digest = hashlib.sha256(thing.encode()).hexdigest()[:16]
    return {
        kind.key: f"gap-{digest}",
        **dict.fromkeys(kind.holder, holder),
        **dict.fromkeys(kind.fillers, _PLACEHOLDER),
        **({VISIBLE_TO: visible_to} if kind.narrows else {}),
    }


def _record(kind: GapKind, row: Row, feed: Feed) -> Record:
    (record,) = _INTERPRET[kind.format](row, feed)
    return record


GAP_WORKBOOK = (
    Format(
        "gap-workbook",
        "A publisher's gaps, filled in, as an Excel workbook of this service",
        GapSheet(Workbook(Columns((*IDENTITY, CHECK), columns()), sheet=SHEET)),
        _interpret,
    ),
)
