"""What every parametrised question has to hold: a term given beside it means what VALUES would."""

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from queries.query import Query
from queries.values_blocks import read_groups, with_values


def rows_of(solutions: QuerySolutions) -> list[tuple[str, ...]]:
    """The rows as text, each by the names of its variables, sorted."""
    names = sorted(variable.value for variable in solutions.variables)
    return sorted(tuple(str(solution[name]) for name in names) for solution in solutions)


def assert_substituted_as_by_values(
    query: Query, store: Store, terms: Mapping[str, NamedNode | Literal]
) -> None:
    """The rows with terms substituted are those of the text with the terms in VALUES blocks."""
    expected = store.query(with_values(query.text, terms))
    assert isinstance(expected, QuerySolutions)
    assert rows_of(query.run(store, **terms)) == rows_of(expected), query.name


def misused(query: Query) -> list[str]:
    """What the query does with a parameter that goes wrong in silence.

    The engine takes a variable that no pattern binds for one that is never bound, before it
    looks at the terms beside the text: BOUND is false, and what BIND copies is nothing. A
    variable that is given a term by VALUES cannot be assigned another (SPARQL 1.1 §18.2.1).
    """
    text = re.sub(r"(?m)^\s*#.*$", "", query.text)
    return [
        found
        for name in (each.name for each in query.parameters)
        for pattern in (
            rf"BOUND\s*\(\s*[?$]{name}\s*\)",
            rf"\(\s*[?$]{name}\s+AS\b",
            rf"AS\s+[?$]{name}\s*\)",
        )
        for found in re.findall(pattern, text, re.IGNORECASE)
    ]


def unprojected(query: Query) -> list[str]:
    """The parameters that the query, or a sub-SELECT that speaks of them, does not project."""
    whole = read_groups(query.text)
    found = set()
    for group in whole.walk():
        if group.projected:  # an empty one is that of SELECT *
            spoken_of = set().union(*(each.mentioned for each in group.walk()))
            found |= {
                f"?{each.name}"
                for each in query.parameters
                if each.name not in group.projected and (group is whole or each.name in spoken_of)
            }
    return sorted(found)
