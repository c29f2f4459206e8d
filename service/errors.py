"""What can go wrong in the service, told so that a reader can act on it.

    ServiceError
    ├── Problem          an answer that is an error: it has a status and a sentence for the client
    ├── SettingsError    the settings are wrong          (service.settings)
    ├── ReleaseError     the release cannot be opened    (service.store)
    ├── AssetsMissingError   styles and scripts were never built   (service.assets)
    ├── TokenFileError       the tokens cannot be read             (service.token_file)
    ├── TokenUseError        there is no such token, or no data directory  (service.token_file)
    ├── CannotServeError     the port is taken, or the like        (service.serve)
    ├── ClientGoneError      nobody is left to answer              (service.query_runner)
    └── AbandonedError       a query's output is wanted no more    (service.spool)

This module knows no Flask: `service.responses` sends a problem as JSON or as a page, and the
edge sends the same bytes for a query that failed while it was awaited.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus

PROBLEM_JSON = "application/problem+json"


class ServiceError(Exception):
    """The root of what this package raises on purpose."""


class Problem(ServiceError):  # noqa: N818 - RFC 9457's own name for it
    """An error answer (RFC 9457): title and detail are sentences that the client may read.

    `line` and `column` count from one and place a fault in a query. `extensions` are further
    members of the problem document (§3.2), such as the successor of a withdrawn resource.
    `ways_on` are labels and URLs of where a reader of the problem's page may go from there.
    """

    def __init__(
        self,
        status: int,
        title: str,
        detail: str = "",
        *,
        line: int | None = None,
        column: int | None = None,
        headers: Mapping[str, str] | None = None,
        extensions: Mapping[str, object] | None = None,
        ways_on: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(f"{status} {title}")
        self.status = int(status)
        self.title = title
        self.detail = detail
        self.line = line
        self.column = column
        self.headers: dict[str, str] = dict(headers or {})
        self.extensions: dict[str, object] = dict(extensions or {})
        self.ways_on = ways_on

    @property
    def phrase(self) -> str:
        """The reason phrase that HTTP gives to the status."""
        return HTTPStatus(self.status).phrase

    def document(self, instance: str, request_id: str) -> dict[str, object]:
        """The members of the problem document (RFC 9457 §3.1 and §3.2)."""
        members: dict[str, object] = {"title": self.title, "status": self.status}
        if self.detail:
            members["detail"] = self.detail
        members["instance"] = instance
        if self.line is not None:
            members["line"] = self.line
        if self.column is not None:
            members["column"] = self.column
        return {**members, **self.extensions, "requestId": request_id}

    def json_bytes(self, instance: str, request_id: str) -> bytes:
        """The problem document as `application/problem+json`."""
        document = self.document(instance, request_id)
        return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"
