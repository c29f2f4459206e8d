"""What is asked, as raw requests, and how to tell a right answer from a wrong one."""

import json
import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import quote

from ontology.namespaces import PREFIXES
from tests.benchmarks.endpoint.answers import Answer
from tests.benchmarks.endpoint.data import DIGITS, TYPES, iri, key_of, kind, triples

JSON = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
ROWS = 1000
JOINED = 7  # records of this type are joined with their wholes: a tenth of all

_PARTS = re.compile(r'[<"]([^>"]*)[>"](?:@en|\^\^<[^>]*>)?')
_KEY, _NUMBER = "{key}", "{n}"
_FROM = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i"

TINY = f"SELECT ?p ?o WHERE {{ <{iri(_KEY)}> ?p ?o }} LIMIT 5"
MANY_ROWS = f"SELECT ?s ?label WHERE {{ ?s <{PREFIXES['skos']}prefLabel> ?label }} LIMIT {ROWS}"
JOIN = (
    "SELECT ?type (COUNT(*) AS ?n) WHERE { "
    f"?s <{PREFIXES['org']}classification> <{kind(JOINED)}> ; "
    f"<{PREFIXES['org']}subOrganizationOf> ?whole . "
    f"?whole <{PREFIXES['org']}classification> ?type }} GROUP BY ?type ORDER BY ?type"
)
EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
KILLERS = (
    f"{_FROM} }} ORDER BY ?a ?e ?i LIMIT 10",
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (COUNT(*) AS ?n) WHERE { ?a (<http://a.example/p>|!<http://a.example/p>)* ?b }",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?t) WHERE { ?a ?b ?c . ?d ?e ?f }",
    f"{_FROM} FILTER(?a = ?e && ?d = ?h) }}",
)


def get(path: str, accept: str, **fields: str) -> bytes:
    """A GET request."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", f"Accept: {accept}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def query(path: str, text: str, accept: str = JSON, **fields: str) -> bytes:
    """A query in the query string; `{key}` and `{n}` stay as they are."""
    return get(f"{path}?query={quote(text, safe='{}')}", accept, **fields)


def asked_anew(text: str) -> str:
    """The query with a number in it that never comes again."""
    return f"{text} # {_NUMBER}"


def page(suffix: str, accept: str) -> bytes:
    """A document of a record in the format of this suffix: each of another record."""
    return get(f"/doc/organisation/GM-{_KEY}.{suffix}", accept)


Right = Callable[[int, bytes], bool]


def fault_of(answer: Answer, status: int, number: int, right: Right) -> str | None:
    """What is wrong with the answer to a question about the record with this number."""
    if answer.status != status:
        return f"status {answer.status}"
    return None if right(number, answer.body) else f"a wrong answer of {answer.length} bytes"


def rows(body: bytes) -> list[dict[str, str]]:
    """The rows of SPARQL results in JSON, with the values alone."""
    bindings = json.loads(body)["results"]["bindings"]
    return [{name: each["value"] for name, each in row.items()} for row in bindings]


def five_triples(number: int, body: bytes) -> bool:
    """Whether these are five triples of the record."""
    stated = {tuple(_PARTS.findall(each)[1:]) for each in triples(number)}
    found = {(row["p"], row["o"]) for row in rows(body)}
    return len(found) == 5 and found <= stated


def labels(count: int) -> Right:
    """Whether these are so many records, each with its own label."""

    def right(_: int, body: bytes) -> bool:
        found = {row["s"]: row["label"] for row in rows(body)}
        return len(found) == count and all(
            label == f"Organisation {subject[-DIGITS:]}" for subject, label in found.items()
        )

    return right


def its_page(number: int, body: bytes) -> bool:
    """Whether the document tells what only this record is called."""
    return f"Organisation {key_of(number)}".encode() in body


def nothing(_: int, body: bytes) -> bool:
    """Whether nothing was sent, as with 304."""
    return not body


def join_of(records: int) -> Counter[str]:
    """The right answer to the aggregate join over so many records."""
    return Counter(kind(number // TYPES) for number in range(JOINED, records, TYPES))


def joined(records: int) -> Right:
    """Whether the rows are those of the aggregate join over so many records."""
    expected = {each: str(count) for each, count in join_of(records).items()}
    return lambda _, body: {row["type"]: row["n"] for row in rows(body)} == expected
