"""How often the terms of the ontology are used, and the queries that find what uses them."""

from collections.abc import Mapping
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from ontology.namespaces import DEF
from queries.query import load
from service.pages.example_queries import ANSWER
from service.store import PerRelease, Release

_USING = {
    "class": "?thing a {term} .",
    "property": "?thing {term} ?value .",
    "concept": "?thing ?property {term} .",
}
_QUERY = """SELECT DISTINCT ?thing
WHERE {{
  {pattern}
  FILTER (!STRSTARTS(STR(?thing), "{ours}"))  # what defines terms does not use them
}}
LIMIT 100
"""


def _count_uses(release: Release) -> Mapping[str, int]:
    solutions = load("pages/term-uses").run(release.store)
    return {row["term"].value: int(row["uses"].value) for row in solutions}


def _count_instances(release: Release) -> Mapping[str, int]:
    return {
        row["class"].value: int(row["things"].value)
        for row in load("pages/class-counts").run(release.store)
    }


uses = PerRelease(_count_uses)
instances = PerRelease(_count_instances)


def uses_address(iri: str, sort: str) -> str:
    """Where the query is asked that finds the things using a term.

    Args:
        iri: the term.
        sort: `class`, `property` or `concept`.
    """
    query = _QUERY.format(pattern=_USING[sort].format(term=NamedNode(iri)), ours=DEF)
    return f"/sparql?{urlencode({'query': query})}{ANSWER}"
