"""`/openapi.json`: every route of the service, for programs and their makers (OpenAPI 3.1).

The routes are those of the application, and `service.operations` says what each takes and gives.
HEAD is what GET is, without the content, and OPTIONS names the methods.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from http import HTTPStatus
from importlib.metadata import version

from flask import Blueprint, Response, current_app, request
from werkzeug.routing import Rule

from service.caching import REVALIDATED, entity_tag, matches
from service.errors import PROBLEM_JSON
from service.operations import OPERATIONS, PROBLEMS_OF_ALL, Operation, Parameter
from service.representations import HTML
from service.route_names import VARIABLE, template_of
from service.serving import caller, serving
from service.sparql import FORM
from service.writes.graph_request import MULTIPART

PATH = "/openapi.json"
OPENAPI = "3.1.0"
BEARER = "bearer"

HEADERS = {
    "X-Request-Id": "The id of the request: what it sent, if that is sane, or a new one.",
    "ETag": "A tag of the answer, for If-None-Match.",
    "Location": "Where to go.",
    "Retry-After": "Seconds after which to come again.",
    "Memento-Datetime": "When the document was like this (RFC 7089).",
    "Query-Timeout": "Seconds that a query may take at most.",
    "Query-Max-Result-Bytes": "Bytes that an answer may have at most.",
    "Server-Timing": "What the query cost: `query;dur=` and milliseconds.",
}
SEEING_ELSEWHERE = (201, 302, 303, 308)
COMING_AGAIN = (429, 503)

api = Blueprint("api", __name__)


class UndeclaredRouteError(LookupError):
    """The application has a route that `service.operations` says nothing of."""


@api.get(PATH)
def describe_api() -> Response:
    """The document."""
    tag = entity_tag(serving().build, PATH)
    if matches(request.headers.get("If-None-Match"), tag) and not caller().has_ended:
        response = Response(status=HTTPStatus.NOT_MODIFIED)
        del response.headers["Content-Type"]
    else:
        document = openapi(current_app.url_map.iter_rules())
        body = json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
        response = Response(body, content_type="application/json")
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = REVALIDATED
    return response


def openapi(rules: Iterable[Rule]) -> dict[str, object]:
    """The document for an application with these rules; UndeclaredRouteError for one too many."""
    paths: dict[str, dict[str, object]] = {}
    for rule in sorted(rules, key=lambda each: each.rule):
        path = template_of(rule.rule)
        item = paths.setdefault(path, {})
        for method in sorted(rule.methods or ()):
            item[method.lower()] = _operation(path, method)
        names = VARIABLE.findall(rule.rule)
        if names:
            item["parameters"] = [_in_path(path)]
    return {
        "openapi": OPENAPI,
        "info": {
            "title": "Greater Manchester Knowledge Graph",
            "version": version("gmkg"),
            "summary": "A SPARQL endpoint, and a document for each thing that the graph describes.",
        },
        "servers": [{"url": "/"}],
        "security": [{}, {BEARER: []}],
        "paths": paths,
        "components": _components(),
    }


def _operation(path: str, method: str) -> dict[str, object]:
    declared = OPERATIONS.get(path, {})
    if method == "OPTIONS" and declared:
        for_all = all(each.for_all for each in declared.values())
        return {
            "summary": "The methods that there are.",
            "operationId": _id(path, method),
            "responses": dict(
                _responses({204: ("Allow names them.", ())}, (404,), for_all=for_all)
            ),
        }
    operation = declared.get("GET" if method == "HEAD" else method)
    if operation is None:
        raise UndeclaredRouteError(f"{method} {path}")
    said: dict[str, object] = {
        "summary": operation.summary,
        "operationId": _id(path, method),
        "responses": dict(
            _responses(
                operation.answers,
                operation.problems,
                headers=operation.headers,
                for_all=operation.for_all,
                is_head=method == "HEAD",
            )
        ),
    }
    if operation.parameters:
        said["parameters"] = [_parameter(each) for each in operation.parameters]
    if operation.takes:
        content = {each: _body(operation, each) for each in operation.takes}
        said["requestBody"] = {"required": True, "content": content}
    if operation.token:
        said["security"] = [{BEARER: []}]
    return said


def _id(path: str, method: str) -> str:
    words = [part.strip("{}.") for part in path.replace(".", "/").split("/") if part]
    return "-".join([method.lower(), *(words or ["home"])])


def _responses(
    answers: Mapping[int, tuple[str, tuple[str, ...]]],
    problems: Iterable[int],
    *,
    headers: Iterable[str] = (),
    for_all: bool = False,
    is_head: bool = False,
) -> Iterator[tuple[str, object]]:
    """The answers by status, with the problems that every route may tell of."""
    refusals = {*problems, *(() if for_all else PROBLEMS_OF_ALL)}
    for status in sorted({*answers, *refusals}):
        said, types = answers.get(status, (f"{HTTPStatus(status).phrase}.", ()))
        names = ["X-Request-Id", *headers]
        if status == HTTPStatus.OK and HTTPStatus.NOT_MODIFIED in answers:
            names.append("ETag")
        if status in SEEING_ELSEWHERE:
            names.append("Location")
        if status in COMING_AGAIN:
            names.append("Retry-After")
        response: dict[str, object] = {
            "description": said,
            "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names},
        }
        content: dict[str, object] = {each: {} for each in types}
        if status in refusals:
            content[PROBLEM_JSON] = {"schema": {"$ref": "#/components/schemas/Problem"}}
            content[HTML.media_type] = {}
        if content and not is_head:
            response["content"] = content
        yield str(status), response


def _in_path(path: str) -> dict[str, object]:
    name = path.rpartition("{")[2].removesuffix("}")
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": "The rest of the path, in which slashes may stand as they are.",
        "schema": {"type": "string", "minLength": 1},
    }


def _parameter(declared: Parameter) -> dict[str, object]:
    said: dict[str, object] = {
        "name": declared.name,
        "in": declared.place,
        "description": declared.summary,
        "schema": dict(declared.schema),
    }
    if declared.required:
        said["required"] = True
    if declared.schema.get("type") in ("array", "object"):
        said |= {"style": "form", "explode": True}
    return said


def _body(operation: Operation, media_type: str) -> dict[str, object]:
    """What a body of this media type holds."""
    if media_type == FORM:
        fields = [each for each in operation.parameters if each.place == "query"]
        return _form([*operation.form_only, *fields])
    if media_type == MULTIPART:
        file = {"type": "string", "contentMediaType": "text/turtle"}
        return {"schema": {"type": "object", "additionalProperties": file, "minProperties": 1}}
    return {"schema": {"type": "string"}}


def _form(fields: list[Parameter]) -> dict[str, object]:
    schema: dict[str, object] = {
        "type": "object",
        "properties": {each.name: {**each.schema, "description": each.summary} for each in fields},
    }
    required = [each.name for each in fields if each.required]
    if required:
        schema["required"] = required
    return {"schema": schema}


@cache
def _components() -> dict[str, object]:
    text = {"type": "string"}
    return {
        "securitySchemes": {
            BEARER: {
                "type": "http",
                "scheme": "bearer",
                "description": "A token that `gmkg token create` made. What is public needs none.",
            }
        },
        "headers": {name: {"description": said, "schema": text} for name, said in HEADERS.items()},
        "schemas": {
            "Problem": {
                "description": "What went wrong (RFC 9457); a query's fault has its place.",
                "type": "object",
                "required": ["title", "status", "instance", "requestId"],
                "properties": {
                    "title": text,
                    "status": {"type": "integer"},
                    "detail": text,
                    "instance": text,
                    "line": {"type": "integer", "minimum": 1},
                    "column": {"type": "integer", "minimum": 1},
                    "requestId": text,
                },
            }
        },
    }
