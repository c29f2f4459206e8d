"""The answer of a question as its page shows it: the first rows, in words, and what they are of."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import DefaultGraph, Literal, NamedNode

from ontology.vocab import GM, XSD
from service.pages.dates import moment
from service.pages.periods import period
from service.pages.properties import yes_or_no
from service.pages.property_groups import DATES
from service.pages.question_fields import words_of
from service.pages.results import Cell, Term, cell_of, duration, read_answer
from service.query_runner import Answer
from service.question_request import AskedQuestion
from service.store import Release

ROWS_SHOWN = 500
ROWS_COUNTED = 10_000
NOTHING_APPLIES = Cell("–", blank=True)
PERIODS = frozenset((XSD.yearMonthDuration, XSD.yearMonthDuration.replace("yearMonth", "dayTime")))
_ILLUSTRATIVE = NamedNode(GM.isIllustrative)
_TRUE = Literal("true", datatype=NamedNode(XSD.boolean))

Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What a page says of rows that tell of what was made up: which they are, and of them again."""

    which: str
    again: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The answer of a question. Of an ASK, `truth` is the answer and there are no rows.

    `counted` says in words how many rows there are; with `complete` false the page has the first
    of them only. `checked` says what was looked at, where the question has that counted.
    `illustrative` is there where rows of the page tell of what was made up.
    """

    truth: bool | None
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    counted: str
    complete: bool
    checked: str
    took: str
    illustrative: Made | None


def view_answer(
    release: Release,
    asked: AskedQuestion,
    answer: Answer,
    gives_graph: bool,
    checked: str,
    seconds: float,
) -> AnswerView:
    """The first rows of an answer in JSON or N-Triples, and how many there are.

    A column that would say in each row what the form says already is left out, and so is that of
    a parameter which was left open and has no value anywhere, and one that only repeats the names
    by which links of another column are shown. Of a statement, each part is shown.
    """
    truth, names, found = read_answer(answer, gives_graph)
    rows = [tuple(row) for row in islice(found, ROWS_SHOWN)]
    counted = len(rows) + sum(1 for _ in islice(found, ROWS_COUNTED + 1 - len(rows)))
    parameters = {each.name for each in asked.query.parameters}
    shown = [
        place
        for place, name in enumerate(names)
        if name not in parameters
        or (name not in asked.terms and any(row[place] is not None for row in rows))
    ]
    blank = _blank(asked, names)
    cells = [
        [_cell(release, row[place]) or _empty(row, blank.get(place)) for place in shown]
        for row in rows
    ]
    telling = [
        place for place in range(len(shown)) if gives_graph or not _is_repeated(cells, place)
    ]
    return AnswerView(
        truth,
        tuple(words_of(names[shown[place]]) for place in telling),
        tuple(tuple(row[place] for place in telling) for row in cells),
        _counted(counted, "statement" if gives_graph else "row"),
        counted <= ROWS_SHOWN,
        checked,
        duration(seconds),
        _made_up(release, rows),
    )


def told_as_checked(count: int, noun: str) -> str:
    """The sentence that says how many things were looked at, so that no rows mean something.

    `noun` names them in the plural.
    """
    if count == 0:
        return f"There were no {noun} to check, so this says nothing of them."
    if count == 1:
        return f"Of {noun}, 1 was checked."
    return f"{count:,} {noun} were checked."


def _blank(asked: AskedQuestion, names: Sequence[str]) -> dict[int, int]:
    """The places of columns where nothing may apply, with that of what must be empty for it."""
    return {
        names.index(name): names.index(beside or name)
        for name, beside in asked.query.blank
        if name in names and (beside or name) in names
    }


def _empty(row: Row, beside: int | None) -> Cell | None:
    """What an empty cell shows: None where something might have been recorded."""
    return NOTHING_APPLIES if beside is not None and row[beside] is None else None


def _made_up(release: Release, rows: Sequence[Row]) -> Made | None:
    """What to say of rows that name what was made up, by `gm:isIllustrative` in the release."""
    known: dict[str, bool] = {}

    def is_made_up(term: Term | None) -> bool:
        if not isinstance(term, NamedNode):
            return False
        if term.value not in known:
            quads = release.store.quads_for_pattern(term, _ILLUSTRATIVE, _TRUE, DefaultGraph())
            known[term.value] = next(quads, None) is not None
        return known[term.value]

    count = sum(any(map(is_made_up, row)) for row in rows)
    if not count:
        return None
    if count < len(rows):
        return Made("Some of these rows are illustrative", "Those rows describe")
    if count == 1:
        return Made("This row is illustrative", "It describes")
    return Made("All of these rows are illustrative", "They describe")


def _is_repeated(rows: Sequence[Sequence[Cell | None]], place: int) -> bool:
    """Whether a column of words says what the label of a link in each row says already."""
    spoken = [(row, row[place]) for row in rows if row[place] is not None]
    if not spoken or any(cell is None or cell.href for _, cell in spoken):
        return False
    return any(
        all(
            cell is not None
            and (link := row[other]) is not None
            and link.href is not None
            and link.label == cell.text
            for row, cell in spoken
        )
        for other in range(len(rows[0]))
        if other != place
    )


def _counted(count: int, noun: str) -> str:
    if count > ROWS_COUNTED:
        return f"more than {ROWS_COUNTED:,} {noun}s"
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _cell(release: Release, term: Term | None) -> Cell | None:
    """The cell of a term; truth values, dates and lengths of time are words. None for nothing."""
    if term is None:
        return None
    words = _in_words(term) if isinstance(term, Literal) else None
    return Cell(words) if words is not None else cell_of(release, term)


def _in_words(term: Literal) -> str | None:
    datatype = term.datatype.value
    if datatype == XSD.boolean:
        return yes_or_no(term.value)
    if datatype in PERIODS:
        return period(term.value)
    named = moment(term.value) if datatype in DATES else None
    return None if named is None else named.words
