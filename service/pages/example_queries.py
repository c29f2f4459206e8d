"""Questions to learn from: the competency questions, each as a link that asks it."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from queries.query import all_queries

ANSWER = "#results"


@dataclass(frozen=True, slots=True)
class ExampleQuery:
    """A question in words, its text in SPARQL, and where it is asked."""

    summary: str
    text: str
    href: str


@cache
def example_queries() -> tuple[ExampleQuery, ...]:
    """The competency questions that need no parameter, in the order of their names."""
    return tuple(
        ExampleQuery(
            each.summary,
            each.question,
            f"/sparql?{urlencode({'query': each.question})}{ANSWER}",
        )
        for each in all_queries()
        if each.name.startswith("competency/") and not each.parameters
    )
