"""What is asked of a publisher's SPARQL endpoint, as a source declares it beside its files.

    [[files]]
    name = "datasets.nt"
    format = "dcat"
    endpoint = "https://exampleton.example/sparql"
    query = "datasets.rq"        # CONSTRUCT, in a file beside the declaration
    count = "how-many.rq"        # optional: SELECT, how many things the answer has to describe
    page-size = 1000             # optional: ask with LIMIT and OFFSET; the query has an ORDER BY

Queries are read when the declaration is, so that a fault is told before anybody is asked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from loaders.errors import DeclarationError

KEYS = frozenset({"endpoint", "query", "count"})
_ENDING = ".nt"
_LARGEST_QUERY = 1 << 20


@dataclass(frozen=True, slots=True)
class Construct:
    """A CONSTRUCT query, a SELECT query of one number or None, and how many solutions a page has.

    `kind` is the IRI of the class whose things `count` counts: that which the format reads.
    """

    query: str
    kind: str
    count: str | None = None
    page_size: int | None = None


def read_construct(
    folder: Traversable, table: Mapping[str, Any], kind: str | None, page_size: int | None
) -> Construct | None:
    """What a `[[files]]` table has to say of an endpoint; None where it says nothing.

    `kind` is the class of things that the file's format reads of RDF, None where it reads none.

    Raises:
        DeclarationError: keys are missing or do not go together, or a query is not as it must be.
    """
    if "endpoint" not in table:
        for key in ("query", "count", "page-size"):
            if key in table:
                raise DeclarationError(f"“{key}” goes with an “endpoint”.")
        return None
    for key in ("url", "encoding", "full-records"):
        if key in table:
            raise DeclarationError(f"“{key}” does not go with an “endpoint”.")
    if set("?#") & set(table["endpoint"]):
        raise DeclarationError("“endpoint” is an address without a query or a fragment.")
    if "query" not in table:
        raise DeclarationError("an “endpoint” needs a “query”: the name of a file with CONSTRUCT.")
    if kind is None:
        raise DeclarationError(
            f"what an endpoint gives is RDF, which the format {table['format']} does not read."
        )
    if not table["name"].endswith(_ENDING):
        raise DeclarationError(
            f"what an endpoint gives is kept as N-Triples: end “name” in {_ENDING}."
        )
    if page_size == 0:
        raise DeclarationError("“page-size” is at least 1.")
    query = _read(folder, table["query"])
    _check_construct(table["query"], query, paged=page_size is not None)
    count = _read(folder, table["count"]) if "count" in table else None
    if count is not None:
        _check_count(table["count"], count)
    return Construct(query, kind, count, page_size)


def page_of(construct: Construct, number: int) -> str:
    """The query of a page, counted from 0; the whole query where there are no pages."""
    if construct.page_size is None:
        return construct.query
    offset = number * construct.page_size
    return f"{construct.query}\nLIMIT {construct.page_size} OFFSET {offset}\n"


def _read(folder: Traversable, name: str) -> str:
    if name in {".", ".."} or set("/\\") & set(name):
        raise DeclarationError(f"a query is the name of a file beside this one, not {name}.")
    try:
        content = (folder / name).read_bytes()
    except OSError:
        raise DeclarationError(f"there is no file “{name}” beside the declaration.") from None
    if len(content) > _LARGEST_QUERY:
        raise DeclarationError(f"the query “{name}” has more than {_LARGEST_QUERY >> 20} MiB.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DeclarationError(f"the query “{name}” is not text in UTF-8.") from None


def _check_construct(name: str, query: str, *, paged: bool) -> None:
    parsed = _parsed(name, query)
    if parsed.name != "ConstructQuery":
        raise DeclarationError(f"the query “{name}” is not CONSTRUCT, and no other makes RDF.")
    if "limitoffset" in parsed and paged:
        raise DeclarationError(
            f"the query “{name}” has LIMIT or OFFSET, which “page-size” adds to it."
        )
    if "limitoffset" in parsed:
        raise DeclarationError(
            f"the query “{name}” has LIMIT or OFFSET, so that a part would be taken for the whole."
        )
    if paged and "orderby" not in parsed:
        raise DeclarationError(
            f"the query “{name}” needs ORDER BY: without it pages may overlap and leave out."
        )
    if paged and "valuesClause" in parsed:
        raise DeclarationError(
            f"the query “{name}” ends in VALUES, after which no LIMIT can stand: put it into WHERE."
        )


def _check_count(name: str, query: str) -> None:
    parsed = _parsed(name, query)
    if parsed.name != "SelectQuery" or len(parsed.get("projection") or ()) != 1:
        raise DeclarationError(f"the query “{name}” is not SELECT with one variable, the count.")


def _parsed(name: str, query: str) -> Any:
    """A query by its parts; that it is one is for the engine's own parser to say."""
    # Both take a while to import, and few sources have an endpoint.
    from pyoxigraph import Store
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        Store().query(query)  # over nothing, and not evaluated before it is read from
        return parseQuery(query)[1]
    except Exception as error:  # parsers raise what they like
        reason = re.sub(r"\s+", " ", str(error))[:160]
        raise DeclarationError(f"the query “{name}” is not SPARQL 1.1 ({reason}).") from None
