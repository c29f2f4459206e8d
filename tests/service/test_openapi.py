"""`/openapi.json`: it is OpenAPI 3.1, and says of the routes all that there is and nothing else."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.routing import Map, Rule

from service.openapi import UndeclaredRouteError, openapi
from service.operations import OPERATIONS
from service.route_names import template_of

Document = dict[str, Any]


@pytest.fixture
def document(client: FlaskClient) -> Document:
    """The document as it is sent."""
    response = client.get("/openapi.json")
    assert (response.status_code, response.mimetype) == (200, "application/json")
    sent: Document = json.loads(response.data)
    return sent


def described(document: Document) -> set[tuple[str, str]]:
    return {
        (path, method.upper())
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    }


def test_every_method_of_every_route_is_described_and_nothing_else(
    app: Flask, document: Document
) -> None:
    routed = {
        (template_of(rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    assert described(document) == routed
    assert {("/sparql", "POST"), ("/graph/{path}", "PATCH"), ("/metrics", "HEAD")} <= routed


def test_nothing_is_declared_that_there_is_not(document: Document) -> None:
    declared = {(path, method) for path, methods in OPERATIONS.items() for method in methods}
    assert declared <= described(document)


def test_a_route_that_nothing_is_declared_of_is_told() -> None:
    rules = Map([Rule("/sparql", methods=["GET", "DELETE"])]).iter_rules()
    with pytest.raises(UndeclaredRouteError, match="DELETE /sparql"):
        openapi(rules)


def test_it_is_openapi(document: Document) -> None:
    assert document["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_the_validator_would_tell(document: Document) -> None:
    document["paths"]["/sparql"]["get"]["responses"] = {"nonsense": {}}
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) != []


def test_no_two_operations_have_one_name(document: Document) -> None:
    names = [
        operation["operationId"]
        for item in document["paths"].values()
        for method, operation in item.items()
        if method != "parameters"
    ]
    assert len(names) == len(set(names)) > 60


def test_writes_need_a_token_and_nothing_else_does(document: Document) -> None:
    with_token = {
        (path, method)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if "security" in operation
    }
    writes = {
        (path, method)
        for path in ("/graph/{path}", "/graph-store")
        for method in ("put", "post", "delete", "patch")
    }
    assert with_token == writes | {("/update", "post")}


def test_who_has_it_is_not_sent_it_again(client: FlaskClient) -> None:
    tag = client.get("/openapi.json").headers["ETag"]
    response = client.get("/openapi.json", headers={"If-None-Match": tag})
    assert (response.status_code, response.data) == (304, b"")
