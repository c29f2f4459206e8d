"""The log of requests: one line of JSON for each that is worth one.

It says no more than an operator needs: never a query, a query string or a token, and the path
within a route only of what everybody may read.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.tokens import PUBLIC

if TYPE_CHECKING:
    from service.audience import Caller

OFF, SLOW, ALL = "off", "slow", "all"
MODES = (OFF, SLOW, ALL)
SLOW_SECONDS = 1.0

log = logging.getLogger("gmkg.requests")


def log_to_stderr() -> None:
    """Have the lines written to stderr as they are, for whoever collects them."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.handlers = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False


def is_logged(mode: str, status: int, seconds: float) -> bool:
    """Whether a request is worth a line: SLOW means a fault of the service, or over a second."""
    return mode != OFF and (status >= 500 or seconds > SLOW_SECONDS or mode == ALL)


def write(
    *,
    request_id: str,
    method: str,
    route: str,
    path: str,
    status: int | None,
    seconds: float,
    size: int | None,
    caller: "Caller | None",
    client: str,
) -> None:
    """Write the line of one request; without a status, its client left before the answer."""
    line: dict[str, object] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "id": request_id,
        "method": method,
        "route": route,
        "status": status,
        "ms": round(1000 * seconds, 1),
        "bytes": size,
        "audience": caller.audience if caller is not None else None,
        "token": caller.token if caller is not None else None,
        "client": client,
    }
    if caller is not None and caller.audience == PUBLIC and path != route:
        line["path"] = path
    log.info("%s", json.dumps(line, ensure_ascii=True))
