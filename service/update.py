"""`/update`: SPARQL 1.1 Update by its protocol (SPARQL 1.1 Protocol §2.2)."""

import json
from dataclasses import asdict

from flask import Blueprint, Response, request

from service.caching import NEVER_STORED
from service.pending import PendingWrite
from service.responses import RELEASE, body_of_write, request_id, telling
from service.serving import caller, serving
from service.writes.authority import check_may_write
from service.writes.conditions import refuse_conditions
from service.writes.job import Action, WriteJob, Written
from service.writes.update_request import ACCEPTED, read_update_request

PATH = "/update"
MAX_BODY = 10 << 20

update = Blueprint("update", __name__)


@update.post(PATH)
def send_update() -> Response:
    """Do an update, and tell which release is served now."""
    by = check_may_write(caller())
    request.max_content_length = MAX_BODY
    refuse_conditions(request.headers.get("If-Match"))
    asked = read_update_request(
        request.environ.get("QUERY_STRING", ""),
        request.headers.get("Content-Type"),
        body_of_write(),
    )
    job = WriteJob(
        Action.UPDATE,
        by,
        caller().role or "",
        request_id(),
        text=asked.text,
        using=asked.using,
        using_named=asked.using_named,
        base=f"{serving().settings.origin}{PATH}",
    )
    return PendingWrite(job, serving().writer, _tell, telling())


@update.after_request
def _say_what_is_taken(response: Response) -> Response:
    if request.method == "OPTIONS":
        response.headers["Accept-Post"] = ACCEPTED
    response.headers["Cache-Control"] = NEVER_STORED
    return response


def _tell(response: Response, written: Written) -> None:
    told = {name: asdict(written)[name] for name in ("release", "changed")}
    response.data = json.dumps(told).encode() + b"\n"
    response.headers["Content-Type"] = "application/json"
    response.headers[RELEASE] = written.release
