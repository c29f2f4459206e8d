"""The solutions of a query as an RDF graph, in the result-set vocabulary of the DAWG.

That is the vocabulary in which the W3C's SPARQL test cases state what a query gives. They name
a result set and its parts by blank nodes; here they have fragments of the document's own IRI,
so that a row can be cited and two copies of the graph are the same graph.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    Triple,
    parse_query_results,
    serialize,
)

from ontology.vocab import RDF, XSD
from service.query_runner import Answer
from service.representations import Representation

RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
TYPE: Final = NamedNode(RDF.type)
BOOLEAN: Final = NamedNode(XSD.boolean)
INTEGER: Final = NamedNode(XSD.integer)


def _rs(name: str) -> NamedNode:
    return NamedNode(RS + name)


RESULT_SET, RESULT_VARIABLE = _rs("ResultSet"), _rs("resultVariable")
SOLUTION, INDEX, BINDING = _rs("solution"), _rs("index"), _rs("binding")
VARIABLE, VALUE, TRUTH = _rs("variable"), _rs("value"), _rs("boolean")

Term = NamedNode | BlankNode | Literal | Triple


def as_result_set(document: str, form: Representation, answer: Answer) -> Answer:
    """The answer, which is in JSON, as the graph that is served as `document`.

    A large one goes into a file beside the answer's own, which is left where it is.
    """
    triples = result_set(document, answer)
    prefixes = {"rs": RS} if form.name in ("ttl", "trig", "rdf") else None
    if answer.path is None:
        body = serialize(triples, format=form.rdf, prefixes=prefixes) or b""
        return Answer(body, None, len(body))
    path = answer.path.with_name(f"{answer.path.name}.{form.name}")
    with path.open("wb") as file:
        serialize(triples, file, format=form.rdf, prefixes=prefixes)
    return Answer(None, path, path.stat().st_size)


def result_set(document: str, answer: Answer) -> Iterator[Triple]:
    """The statements of the graph: variables, and solutions numbered from 1 in their order."""
    results = parse_query_results(answer.body, QueryResultsFormat.JSON, path=answer.path)
    whole = NamedNode(f"{document}#results")
    yield Triple(whole, TYPE, RESULT_SET)
    if isinstance(results, QueryBoolean):
        yield Triple(whole, TRUTH, Literal(str(bool(results)).lower(), datatype=BOOLEAN))
        return
    names = [variable.value for variable in results.variables]
    for name in names:
        yield Triple(whole, RESULT_VARIABLE, Literal(name))
    for index, solution in enumerate(results, start=1):
        row = NamedNode(f"{document}#row-{index}")
        yield Triple(whole, SOLUTION, row)
        yield Triple(row, INDEX, Literal(str(index), datatype=INTEGER))
        for name, value in zip(names, solution, strict=True):
            if value is None:
                continue
            binding = NamedNode(f"{document}#row-{index}-{name}")
            yield Triple(row, BINDING, binding)
            yield Triple(binding, VARIABLE, Literal(name))
            yield Triple(binding, VALUE, _named(document, value))


def _named(document: str, value: Term) -> Term:
    """The value; in the place of a blank node, which means nothing elsewhere, an IRI."""
    if isinstance(value, BlankNode):
        return NamedNode(f"{document}#node-{value.value}")
    return value
