"""What the edge notes of each request that it has answered: a count, and a line if it is worth one.

This is on the way of every request, cached ones too: it takes a microsecond or two, and more only
for a request that is logged.
"""

from time import perf_counter

from service.client_address import client_of
from service.edge_reply import Reply
from service.edge_request import Request
from service.request_counts import GONE, RequestCounts
from service.request_log import is_logged, write
from service.route_names import RouteNames
from service.settings import Settings

UNKNOWN = "unknown"  # the caller of a request that was refused before anybody asked


class Observer:
    """Notes requests in the counts and in the log that the settings ask for."""

    def __init__(self, counts: RequestCounts, routes: RouteNames, settings: Settings) -> None:
        self._counts = counts
        self._routes = routes
        self._mode = settings.request_log
        self._trusted = settings.trusted_proxies

    def note(self, request: Request, reply: Reply | None, began: float) -> None:
        """Note a request that began then (`perf_counter`); no reply: its client has left."""
        seconds = perf_counter() - began
        route, caller = self._routes.of(request.path), request.caller
        status, cached = (GONE, False) if reply is None else (reply.status, reply.cached)
        audience = caller.audience if caller is not None else UNKNOWN
        self._counts.note(route, request.method, status, audience, seconds, cached)
        if is_logged(self._mode, status, seconds):
            self._log(request, reply, route, seconds)

    def _log(self, request: Request, reply: Reply | None, route: str, seconds: float) -> None:
        size, request_id = None, request.id
        if reply is not None:
            size = len(reply.body) if reply.size is None else reply.size
            told = (value for name, value in reply.headers if name == "x-request-id")
            request_id = next(told, request_id)
        forwarded = request.fields.get("x-forwarded-for")
        write(
            request_id=request_id,
            method=request.method,
            route=route,
            path=request.path,
            status=reply.status if reply is not None else None,
            seconds=seconds,
            size=size,
            caller=request.caller,
            client=client_of(request.peer, forwarded, self._trusted),
        )
