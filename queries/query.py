"""A question: the text of a `.rq` file, and what its header says of it.

The header is made of comment lines `#+ name: value`, so that the file stays plain SPARQL:

    #+ summary: one sentence that says what the rows are
    #+ parameters: names of variables to be given a term before the query is run, with commas
    #+ persona: who asks

`summary` and `persona` must be there. Values enter as RDF terms and never as text, so there is
nothing to escape. The engine silently ignores a parameter that a sub-SELECT does not project,
and raises for one that the query itself does not: parameters are projected throughout.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

HEADER_LINE: Final = re.compile(r"#\+ ([a-z]+):[ \t]*(.*?)[ \t]*")
KEYS: Final = frozenset(("summary", "parameters", "persona"))
REQUIRED: Final = frozenset(("summary", "persona"))


class QueryError(Exception):
    """A question cannot be asked as it was asked; the message says why."""


class UnknownQueryError(QueryError, LookupError):
    """There is no question of this name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"There is no query “{name}”.")


class HeaderError(QueryError):
    """The header of a `.rq` file is at fault."""

    def __init__(self, name: str, complaint: str) -> None:
        self.name = name
        super().__init__(f"The header of the query “{name}” {complaint}.")


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
    """One question, under the path of its file without `.rq`, such as `pages/class-counts`."""

    name: str
    summary: str
    persona: str
    parameters: tuple[str, ...]
    text: str

    @classmethod
    def parse(cls, name: str, text: str) -> "Query":
        """The question that the text of a `.rq` file holds."""
        header: dict[str, str] = {}
        for line in text.splitlines():
            if not line.startswith("#+"):
                continue
            found = HEADER_LINE.fullmatch(line)
            if found is None or found[1] not in KEYS:
                raise HeaderError(name, f"has a line that says nothing: {line}")
            if found[1] in header:
                raise HeaderError(name, f"gives “{found[1]}” twice")
            header[found[1]] = found[2]
        for key in sorted(REQUIRED):
            if not header.get(key):
                raise HeaderError(name, f"lacks “{key}”")
        parameters = tuple(filter(None, re.split(r"[, ]+", header.get("parameters", ""))))
        return cls(name, header["summary"], header["persona"], parameters, text)

    @property
    def question(self) -> str:
        """The text without its header: what a person is shown to read and to change."""
        lines = self.text.splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith("#+")).strip() + "\n"

    def substitutions(
        self, terms: Mapping[str, NamedNode | Literal]
    ) -> dict[Variable, NamedNode | Literal]:
        """The terms as `Store.query(substitutions=…)` takes them; exactly the parameters."""
        missing = frozenset(self.parameters) - terms.keys()
        unknown = terms.keys() - frozenset(self.parameters)
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


def all_queries() -> list[Query]:
    """Every question that there is, by name."""
    return [load(name) for name in sorted(_names(resources.files("queries"), ""))]


def _names(folder: Traversable, prefix: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _names(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".rq"):
            yield prefix + entry.name.removesuffix(".rq")


def _list(names: frozenset[str]) -> str:
    return ", ".join(f"?{name}" for name in sorted(names))
