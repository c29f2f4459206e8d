"""A question: the text of a `.rq` file, and what its header says of it.

The header is made of comment lines `#+ key: value`, so that the file stays plain SPARQL:

    #+ summary: one sentence that says what the rows are (must be there)
    #+ persona: who asks (must be there)
    #+ question: A4, its number in the list of questions; several with commas
    #+ parameter: NAME = TYPE, and more (`queries.parameters`); one line for each
    #+ audience: partner or internal, where it needs to see more than the public may
    #+ serves: mission-2022/1, the concepts that the things of its ?contributor contribute to; with
        this a question is a rule, and lies in the folder `rules`
    #+ checked: the name of another question, which counts in ?checked what this one looked at
    #+ blank: since, until with agreement: columns whose empty cells say that nothing applies,
        always, or where the column after “with” is empty too (on one line)

The values of parameters enter as RDF terms. The engine silently ignores a parameter that a
sub-SELECT does not project, and raises for one that the query itself does not: parameters are
projected throughout.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from queries.parameters import DeclarationError, Parameter

HEADER_LINE: Final = re.compile(r"#\+ ([a-z]+):[ \t]*(.*?)[ \t]*")
REPEATABLE: Final = "parameter"
KEYS: Final = frozenset(
    ("summary", "persona", "question", REPEATABLE, "audience", "serves", "checked", "blank")
)
AUDIENCES: Final = ("public", "partner", "internal")  # each sees what those before it see
REQUIRED: Final = ("summary", "persona")
NUMBER: Final = re.compile(r"[A-Z][1-9][0-9]*")
BLANK: Final = re.compile(r"([A-Za-z]\w*)(?: with ([A-Za-z]\w*))?", re.ASCII)
NAME: Final = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")


class QueryError(Exception):
    """A question cannot be asked as it was asked; the message says why."""


class UnknownQueryError(QueryError, LookupError):
    """There is no question of this name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"There is no query “{name}”.")


class HeaderError(QueryError):
    """The header of a `.rq` file is at fault; `line` counts from one, where one line is."""

    def __init__(self, name: str, complaint: str, line: int | None = None) -> None:
        self.name = name
        self.line = line
        place = f"line {line}" if line is not None else "the header"
        super().__init__(f"In queries/{name}.rq, {place} {complaint}.")


class ParametersError(QueryError):
    """The terms given are not the ones that the question takes."""

    def __init__(self, name: str, missing: frozenset[str], unknown: frozenset[str]) -> None:
        self.name = name
        self.missing = missing
        self.unknown = unknown
        wanted = f" lacks {_list(missing)}" if missing else ""
        refused = f" does not take {_list(unknown)}" if unknown else ""
        joined = " and" if missing and unknown else ""
        super().__init__(f"The query “{name}”{wanted}{joined}{refused}.")


@dataclass(frozen=True, slots=True)
class Query:
    """One question, under the path of its file without `.rq`, such as `pages/class-counts`.

    `numbers` are those of the list of questions. `checked` names a question with the same
    parameters, or some of them: its row says in ?checked how many things were looked at, and
    its summary is a noun phrase in the plural for what they are; where it has several rows, those
    are added up. `audience` is the widest that sees all that the answer rests on: asked of less, a
    question what is missing would call missing what is only hidden. `blank` names the columns in
    which an empty cell means that nothing applies, each with the column that must be empty too
    for that, or nothing. `serves` are concepts of ours, of a rule on contributions.
    """

    name: str
    summary: str
    persona: str
    parameters: tuple[Parameter, ...]
    text: str
    numbers: tuple[str, ...] = ()
    checked: str | None = None
    audience: str = AUDIENCES[0]
    blank: tuple[tuple[str, str], ...] = ()
    serves: tuple[str, ...] = ()

    @classmethod
    def parse(cls, name: str, text: str) -> "Query":
        """The question that the text of a `.rq` file holds; HeaderError where it says none."""
        header: dict[str, str] = {}
        parameters: dict[str, Parameter] = {}
        numbers: tuple[str, ...] = ()
        blank: tuple[tuple[str, str], ...] = ()
        serves: tuple[str, ...] = ()
        for line, key, value in _header_lines(name, text):
            if key != REPEATABLE and key in header:
                raise HeaderError(name, f"gives “{key}” twice", line)
            header[key] = value
            if key == REPEATABLE:
                parameter = _parameter(name, line, value)
                if parameter.name in parameters:
                    raise HeaderError(name, f"declares ?{parameter.name} twice", line)
                parameters[parameter.name] = parameter
            elif key == "question":
                numbers = tuple(re.split(r"[, ]+", value))
                if not all(map(NUMBER.fullmatch, numbers)):
                    raise HeaderError(name, f"has no number such as A4: “{value}”", line)
            elif key == "serves":
                serves = tuple(re.split(r"[, ]+", value))
                if not all(map(NAME.fullmatch, serves)):
                    raise HeaderError(
                        name, f"names no concept such as mission-2022/1: “{value}”", line
                    )
            elif key == "blank":
                blank = _columns(name, line, value)
            elif key == "audience" and value not in AUDIENCES:
                raise HeaderError(name, f"names no audience: “{value}”", line)
            elif key == "checked" and not NAME.fullmatch(value):
                raise HeaderError(name, f"names no query: “{value}”", line)
        for key in REQUIRED:
            if not header.get(key):
                raise HeaderError(name, f"lacks “{key}”")
        return cls(
            name,
            header["summary"],
            header["persona"],
            tuple(parameters.values()),
            text,
            numbers,
            header.get("checked"),
            header.get("audience", AUDIENCES[0]),
            blank,
            serves,
        )

    @property
    def question(self) -> str:
        """The text without its header: what a person is shown to read and to change."""
        lines = self.text.splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith("#+")).strip() + "\n"

    def may_be_asked_by(self, audience: str) -> bool:
        """Whether an audience sees all that the answer rests on."""
        return AUDIENCES.index(audience) >= AUDIENCES.index(self.audience)

    @property
    def address(self) -> str:
        """The name in addresses: without the folder of the questions of the list."""
        return self.name.removeprefix("competency/")

    @property
    def slug(self) -> str:
        """The last part of the name."""
        return self.name.rpartition("/")[2]

    def substitutions(
        self, terms: Mapping[str, NamedNode | Literal]
    ) -> dict[Variable, NamedNode | Literal]:
        """The terms as `Store.query(substitutions=…)` takes them: one for each parameter.

        An optional one may be left out. ParametersError where others are missing or too many.
        """
        missing = frozenset(p.name for p in self.parameters if not p.optional) - terms.keys()
        unknown = terms.keys() - frozenset(p.name for p in self.parameters)
        if missing or unknown:
            raise ParametersError(self.name, missing, frozenset(unknown))
        return {Variable(name): term for name, term in terms.items()}

    def run(self, store: Store, **terms: NamedNode | Literal) -> QuerySolutions:
        """The solutions of a SELECT over the store, with a term for each parameter."""
        result = store.query(
            self.text,
            substitutions=self.substitutions(terms),  # type: ignore[arg-type]  # dict is invariant
        )
        if not isinstance(result, QuerySolutions):
            raise QueryError(f"The query “{self.name}” is no SELECT.")
        return result


@cache
def load(name: str) -> Query:
    """The question of this name."""
    file = resources.files("queries").joinpath(*f"{name}.rq".split("/"))
    if ".." in name or not file.is_file():
        raise UnknownQueryError(name)
    return Query.parse(name, file.read_text("utf-8"))


def rules() -> list[Query]:
    """The rules by which things are concluded to contribute to something, by name."""
    folder = resources.files("queries").joinpath("rules")
    return [load(name) for name in sorted(_names(folder, "rules/"))]


def all_queries() -> list[Query]:
    """Every question that there is, by name."""
    return [load(name) for name in sorted(_names(resources.files("queries"), ""))]


def _header_lines(name: str, text: str) -> Iterator[tuple[int, str, str]]:
    """The lines of the header, each with its number, its key and its value."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#+"):
            found = HEADER_LINE.fullmatch(line)
            if found is None or found[1] not in KEYS:
                raise HeaderError(name, f"says nothing: “{line}”", number)
            if not found[2]:
                raise HeaderError(name, f"gives “{found[1]}” no value", number)
            yield number, found[1], found[2]


def _parameter(name: str, line: int, text: str) -> Parameter:
    try:
        return Parameter.parse(text)
    except DeclarationError as fault:
        raise HeaderError(name, str(fault), line) from None


def _columns(name: str, line: int, text: str) -> tuple[tuple[str, str], ...]:
    """The columns that a line “blank” names, each with the one that must be empty too."""
    found = [BLANK.fullmatch(each) for each in re.split(r"\s*,\s*", text)]
    columns = tuple(each.groups(default="") for each in found if each is not None)
    if len(columns) < len(found):
        raise HeaderError(
            name, f"names no columns such as “since, until with agreement”: “{text}”", line
        )
    return tuple((column, beside) for column, beside in columns)


def _names(folder: Traversable, prefix: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _names(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".rq"):
            yield prefix + entry.name.removesuffix(".rq")


def _list(names: frozenset[str]) -> str:
    return ", ".join(f"?{name}" for name in sorted(names))
