"""A question's text with the values of its parameters written into it, to read and to run.

The engine is given terms beside the text (`Query.substitutions`). A person who is shown the
query, or takes it elsewhere, needs the same in SPARQL: a VALUES block in each group that speaks
of the parameter. In the outermost group alone it would not do: a filter in a branch of a UNION
or in a sub-SELECT is evaluated before that group is joined (SPARQL 1.1 §18.2.1).

This reads our own files, which are SPARQL that has been run. Texts of strangers are read by
`service.admission`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

TOKEN: Final = re.compile(
    r"""
    (?P<skipped>\#[^\n]* | <[^<>"{}|^`\\\x00-\x20]*>
      | \"{3}.*?\"{3} | '{3}.*?'{3} | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
  | [?$](?P<variable>\w+)
  | (?P<word>[A-Za-z][\w.-]*(?=[^\w:.-]|$))
  | [\w.-]*:[\w.%-]*
  | (?P<brace>[{}])
    """,
    re.VERBOSE | re.DOTALL,
)
CLAUSES: Final = ("CONSTRUCT", "VALUES", "EXISTS")


@dataclass(slots=True)
class Group:
    """A group of a query's pattern: where in the text it begins, and what it speaks of.

    `opened_by` is the keyword that makes the braces something else than a group that stands for
    itself: a template (CONSTRUCT), a block of data (VALUES), or a test (EXISTS). Of a sub-SELECT,
    `projected` are the variables of its SELECT clause, those in parentheses by their new names
    too; what it speaks of counts for its WHERE group.
    """

    at: int
    above: "Group | None" = None
    opened_by: str = ""
    mentioned: set[str] = field(default_factory=set)
    projected: set[str] | None = None
    groups: "list[Group]" = field(default_factory=list)

    def walk(self) -> "Iterator[Group]":
        """This group and those within it."""
        yield self
        for each in self.groups:
            yield from each.walk()

    @property
    def is_tested(self) -> bool:
        """Whether it stands within FILTER EXISTS, where what is bound outside holds already."""
        return self.opened_by == "EXISTS" or (self.above is not None and self.above.is_tested)

    @property
    def is_wrapper(self) -> bool:
        """Whether it is the braces round a sub-SELECT, or the query itself."""
        return self.projected is not None


def read_groups(text: str) -> Group:
    """The query as the outermost of its groups; its own braces are none of them."""
    query = group = Group(0)
    clause, projecting = "", False
    for found in TOKEN.finditer(text):
        if variable := found["variable"]:
            group.mentioned.add(variable)
            if projecting and group.projected is not None:
                group.projected.add(variable)
        elif word := found["word"]:
            keyword = word.upper()
            if keyword == "SELECT":
                group.projected, projecting = set(), True
            elif keyword == "WHERE":
                projecting = False
            clause = keyword if keyword in CLAUSES else ("" if keyword == "WHERE" else clause)
        elif found["brace"] == "{":
            inner = Group(found.end(), group, clause)
            group.groups.append(inner)
            group, clause, projecting = inner, "", False
        elif found["brace"] == "}" and group.above is not None:
            group = group.above
    return query


def with_values(text: str, terms: Mapping[str, NamedNode | Literal]) -> str:
    """The query's text with a block `VALUES ?name { term }` wherever a parameter is spoken of."""
    query = read_groups(text)
    blocks: dict[int, list[str]] = {}
    for name, term in terms.items():
        for at in sorted(_places(query, name)):
            blocks.setdefault(at, []).append(f"VALUES ?{name} {{ {term} }}")
    parts, last = [], 0
    for at in sorted(blocks):
        line = text[text.rfind("\n", 0, at) + 1 : at]
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        parts += [text[last:at], *(f"\n{indent}{block}" for block in blocks[at])]
        last = at
        if text[at : at + 1] != "\n":
            parts.append(f"\n{indent}")
            last = at + len(text[at:]) - len(text[at:].lstrip(" "))
    return "".join((*parts, text[last:]))


def _places(query: Group, name: str) -> Iterator[int]:
    """Where the blocks for a parameter go: just after the opening braces of groups."""
    outermost = next((each for each in query.groups if not each.opened_by), None)
    for group in query.walk():
        if group.above is None or group.opened_by or group.is_tested:
            continue
        spoken_of = name in group.mentioned or (
            group.above.is_wrapper and name in group.above.mentioned
        )
        if group is outermost or (spoken_of and not group.is_wrapper):
            yield group.at
