"""Every route against what `/openapi.json` says of it, with requests that nobody thought of.

schemathesis makes requests from the document, right ones and wrong ones. Whatever is sent, the
service answers with a status and a media type that the document has for the route, and never says
that it failed: 503 and 504 are honest, other statuses of 5xx are not.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, CheckContext, GenerationMode, Response, SerializationContext
from schemathesis.openapi import format as string_format
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from service.app import create_app
from service.operations import OPERATIONS
from service.settings import Settings
from service.sparql import QUERY_TEXT, UPDATE_TEXT
from service.writes.graph_request import SYNTAXES
from service.writes.job import WriteJob, Written
from service.writes.writer import Writer
from tests.service.conftest import ASSETS, BASE, city
from tests.service.conftest_audiences import make_tokens, publish_for_all, views
from tests.service.in_process_runner import InProcessRunner

EXAMPLES = 25
HONEST = (503, 504)
RELEASE = "20250102T030405Z-00000001"
METHODS = [
    (path, method) for path, methods in OPERATIONS.items() for method in (*methods, "OPTIONS")
]
QUERIES = (
    "ASK {}",
    "SELECT * { ?s ?p ?o } LIMIT 3",
    "SELECT (NOW() AS ?now) {}",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "DESCRIBE <urn:a>",
    "SELECT * { SERVICE <urn:a> {} }",
    "SELECT * { GRAPH ?g { ?s ?p ?o } }",
    "CLEAR ALL",
    "ASK { <a> <b>",
)
IRIS = (f"{BASE}graph/register", f"{BASE}id/organisation/GB-LAE-MAN", "http://example.org/é", "a b")
# Paths that lead somewhere, and some that look as if they did.
KNOWN = {
    "/id/{path}": ("organisation/GB-LAE-MAN", "organisation", "a//b", "%", "é"),
    "/doc/{path}": ("organisation/GB-LAE-MAN", "organisation/GB-LAE-MAN.ttl", "organisation.csv"),
    "/def/{path}": ("gm", "gm.rdf", "gm/", "shapes", "\x00"),
    "/memento/{path}": (f"{RELEASE}/doc/organisation/GB-LAE-MAN", f"{RELEASE}/doc/x", "x/doc/x"),
    "/timemap/{path}": ("doc/organisation/GB-LAE-MAN", "doc/organisation", "x"),
    "/history/{path}": ("doc/organisation/GB-LAE-MAN", "doc/organisation", "x"),
    "/releases/{path}": (RELEASE, "..", "20200101T000000Z-00000000"),
    "/graph/{path}": ("register", "register/", "edits", "nothing", "a b"),
    "/queries/{path}": ("expired-licences", "unowned-datasets.csv", "unowned-datasets.ttl", ".."),
    "/static/dist/{name}": ("site.css", "..", "x/y"),
}
FIELDS = {
    "Accept": ("*/*", "text/html", "text/turtle", "application/json", "image/png", "a/b;q=x", "é"),
    "Authorization": (*["Bearer TOKEN"] * 6, "Bearer x", "Basic eDp5", "Bearer", ""),
    "Accept-Datetime": ("Thu, 01 Jan 2026 12:00:00 GMT", "now", ""),
    "If-None-Match": ("*", '"x"', 'W/"x", "y', ""),
    "If-Match": ("*", '"x"', "x"),
    "Content-Encoding": ("identity", "gzip", "x"),
}

string_format("sparql-query", st.sampled_from(QUERIES) | st.text(max_size=40))
string_format("sparql-update", st.sampled_from(QUERIES) | st.text(max_size=40))
string_format("iri", st.sampled_from(IRIS) | st.text(max_size=20))


def as_text(_: SerializationContext, value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


for media_type in (UPDATE_TEXT, QUERY_TEXT, *(each.media_type for each in SYNTAXES)):
    schemathesis.serializer(media_type)(as_text)


class AcceptingWriter(Writer):
    """Says of each write that it was done, and does nothing: what writes do is not looked at."""

    def run_blocking(self, job: WriteJob) -> Written:
        return Written(RELEASE, changed=True, created=job.if_exists is None, removed=False)


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, runner: InProcessRunner
) -> Iterator[tuple[Flask, str]]:
    """An application, and the token of a steward."""
    data: Path = tmp_path_factory.mktemp("fuzzed")
    publish_for_all(data, RELEASE, {audience: city() for audience in views()})
    token = make_tokens(data)["steward"]
    writer = AcceptingWriter(data, 1 << 28, 10.0)
    yield create_app(Settings(data=data), runner, ASSETS, writer), token
    writer.stop()


@pytest.fixture(scope="module")
def described(service: tuple[Flask, str]) -> BaseSchema:
    """The document as the application sends it, and the application to send requests to."""
    return schemathesis.openapi.from_wsgi("/openapi.json", service[0])


@pytest.fixture(scope="module")
def seen() -> Counter[int]:
    """How often each status was answered."""
    return Counter()


def cases_of(
    operation: APIOperation[Any, Any, Any, Any], path: str
) -> st.SearchStrategy[Case[Any]]:
    """Requests as they are described, ones that are not, and ones to what there is."""
    known = [{path.rpartition("{")[2][:-1]: quote(each)} for each in KNOWN.get(path, ())]
    right, wrong = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
    strategies = [operation.as_strategy(generation_mode=right)]
    if operation.method.upper() != "OPTIONS":
        strategies.append(operation.as_strategy(generation_mode=wrong))
    strategies += [
        operation.as_strategy(generation_mode=right, path_parameters=each) for each in known
    ]
    return st.one_of(strategies)


def fields_with(token: str) -> st.SearchStrategy[dict[str, str]]:
    values = {
        name: st.sampled_from([each.replace("TOKEN", token) for each in several])
        for name, several in FIELDS.items()
    }
    return st.fixed_dictionaries({}, optional=values)


def fails_honestly(_: CheckContext, response: Response, __: Case[Any]) -> None:
    assert response.status_code < 500 or response.status_code in HONEST, response.text


CHECKED = [fails_honestly, status_code_conformance, content_type_conformance]


@pytest.mark.parametrize(("path", "method"), METHODS)
def test_a_route_answers_as_it_is_described(
    described: BaseSchema,
    service: tuple[Flask, str],
    seen: Counter[int],
    path: str,
    method: str,
) -> None:
    @seed(20260101)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases_of(described[path][method], path), fields=fields_with(service[1]))
    def send(case: Case[Any], fields: dict[str, str]) -> None:
        response = case.call(headers=fields)
        seen[response.status_code] += 1
        case.validate_response(response, checks=CHECKED)

    send()


def test_the_requests_reach_more_than_refusals(seen: Counter[int]) -> None:
    assert sum(seen.values()) > 5 * len(METHODS)
    assert {200, 204, 304, 400, 401, 404, 412} <= seen.keys()
