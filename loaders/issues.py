"""What was wrong with a record, in words that its steward understands.

A fault in what makes a record (its key, its name, a code that ties it to others) leaves the record
out whole. A fault in a value that a record can do without withholds that value and keeps the
record. Either way, and for whatever is merely odd, an issue names file, row, field and value.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Effect(StrEnum):
    """What an issue did to the record that it is about."""

    LEFT_OUT = "record left out"
    WITHHELD = "value withheld"
    NOTED = "noted"


RULES = {
    "missing-value": "A value that every record needs is empty.",
    "ragged-row": "A row has more or fewer cells than the header has columns.",
    "control-character": "A cell holds a character that cannot be seen or printed.",
    "bad-code": "A code does not have the form that its scheme prescribes.",
    "unknown-category": "A category is not among those that the ontology defines.",
    "bad-date": "A date is not a day of the calendar written YYYY-MM-DD.",
    "spreadsheet-date": "A date is what a spreadsheet makes of a bare year.",
    "dates-out-of-order": "An end lies before its beginning.",
    "bad-web-address": "A web address is not one that a browser could open.",
    "self-reference": "A record relates a thing to itself.",
    "duplicate-key": "Two records of one file have the same key.",
    "shared-identifier": "Two records claim an identifier that can belong to one of them only.",
    "shared-area": "Two bodies are said to administer the same area.",
    "line-endings": "Lines end in CR LF, as Windows writes them.",
    "byte-order-mark": "The file begins with a byte order mark.",
    "unknown-column": "A column is not known to the format.",
}


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that was wrong or odd in a source.

    `row` counts as a spreadsheet does: the header is row 1. It is None for what concerns a file.
    """

    source: str
    file: str
    row: int | None
    field: str | None
    value: str | None
    rule: str
    effect: Effect
    message: str

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise ValueError(f"no such rule: {self.rule}")

    def __str__(self) -> str:
        place = self.file if self.row is None else f"{self.file}, row {self.row}"
        field = f", {self.field}" if self.field else ""
        return f"{place}{field}: {self.message} ({self.effect})"


class Fault(Exception):  # noqa: N818 - not an error of the program: a finding about a value
    """A value breaks a rule. Whoever knows file and row makes an issue of it."""

    def __init__(
        self, rule: str, message: str, field: str | None = None, value: str | None = None
    ) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.field = field
        self.value = value


def count_by_rule(issues: Iterable[Issue]) -> dict[str, int]:
    """How many issues each rule has, the most frequent first."""
    return dict(Counter(issue.rule for issue in issues).most_common())


def write_issues(issues: Iterable[Issue]) -> str:
    """Issues as JSON lines, in the order given."""
    return "".join(json.dumps(asdict(issue), ensure_ascii=False) + "\n" for issue in issues)
