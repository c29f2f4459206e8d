"""What was wrong with a record, in words that its steward understands.

A fault in what makes a record (its key, its name, a code that ties it to others) leaves the record
out whole. A fault in a value that a record can do without withholds that value and keeps the
record. Either way, and for whatever is merely odd, an issue names file, row, field and value.
"""

import json
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
    "bad-period": "A length of time is not written in years and months, such as P6Y.",
    "spreadsheet-date": "A date is what a spreadsheet makes of a bare year.",
    "dates-out-of-order": "An end lies before its beginning.",
    "bad-web-address": "A web address is not one that a browser could open.",
    "self-reference": "A record relates a thing to itself.",
    "duplicate-key": "Two records that differ have the same key.",
    "told-otherwise": "One thing is told of in ways that differ; all that is said is loaded.",
    "repeated-record": "A record stands there more than once, and says the same each time.",
    "shared-identifier": "Two records claim an identifier that can belong to one of them only.",
    "shared-area": "Two bodies are said to administer the same area.",
    "unexpected-structure": "A single value stands where items are expected, or the reverse.",
    "unknown-area": "An area is told without a code that says which one is meant.",
    "unknown-organisation": "A body is named that the source does not declare as one of ours.",
    "unstated-direction": "A register names the parties and not who gives and who gets.",
    "unknown-reference": "A row names, or belongs to, a row of another table that is not there.",
    "unknown-licence": "A licence is named in words that no licence of ours has.",
    "unknown-format": "A file format is named that the list of file types does not have.",
    "bad-number": "A number is not written as one, or lies outside what is possible.",
    "bad-coordinates": "A place lies outside the ground that it can lie on.",
    "bad-time": "A time is not one of the day written HH:MM.",
    "number-as-decimal": "An identifier was stored as a number: digits may have been lost.",
    "contact-of-a-person": "A contact or an owner is a person: we publish posts and teams.",
    "above-official": "A record is classified above OFFICIAL; nothing of that kind is loaded.",
    "contradictory-values": "Two values of a record cannot both be true.",
    "error-in-cell": "A spreadsheet's cell holds an error, or a formula without its result.",
    "nothing-said": "A cell holds words that say nothing of what its column is about.",
    "html-in-text": "A text holds HTML; the words of it are loaded.",
    "damaged-text": "A text was once read in the wrong encoding, and letters of it are lost.",
    "misspelt-member": "A member has a name that its standard spells in another way.",
    "no-words": "A text has no words in it.",
    "lying-total": "A feed states another number of items than it has.",
    "comment-lines": "Lines of comment stand before the data.",
    "other-encoding": "The text is not in UTF-8.",
    "out-of-scope": "A record is of a kind that the format deliberately does not load.",
    "line-endings": "Lines end in CR LF, as Windows writes them.",
    "byte-order-mark": "The file begins with a byte order mark.",
    "unknown-column": "A column is not known to the format.",
    "shape": "What a record says of a thing breaks a shape of the ontology.",
}


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that was wrong or odd in a source.

    `row` counts as a spreadsheet does, the header being row 1, or the items of a feed from 1. It is
    None for what concerns a whole file. `unit` is what a record is called there.
    """

    source: str
    file: str
    row: int | None
    field: str | None
    value: str | None
    rule: str
    effect: Effect
    message: str
    unit: str = "row"

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise ValueError(f"no such rule: {self.rule}")

    def __str__(self) -> str:
        place = self.file if self.row is None else f"{self.file}, {self.unit} {self.row}"
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


def write_issue(issue: Issue) -> str:
    """An issue as a line of JSON."""
    return json.dumps(asdict(issue), ensure_ascii=False) + "\n"


def read_issue(line: str) -> Issue:
    """The issue that a line of JSON holds."""
    table = json.loads(line)
    return Issue(**{**table, "effect": Effect(table["effect"])})
