"""Memento (RFC 7089): documents as they were, found by time.

The document about a thing is its own TimeGate, and redirects whoever sends `Accept-Datetime` (§4.1,
pattern 1.1) to a memento, `/memento/{release}/doc/…`: the document as a kept release has it.
`/timemap/doc/…` lists the mementos of one document (§5). Lists of things, definitions and graphs
take no part in it (§4.5.8).
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from urllib.parse import quote

from flask import Blueprint, Response, request

from service.caching import REVALIDATED
from service.description import Description, Standing, standing
from service.documents import LINK_FORMAT as LINK_TYPE
from service.documents import TIMEMAP, Link, document_at, gate_links
from service.errors import Problem
from service.finding import Found, described, find
from service.kept_releases import (
    KeptRelease,
    keeps_history,
    kept_release,
    opened,
    refuse_without_history,
)
from service.pages.dates import Moment, moment
from service.pages.rendering import alternates
from service.pages.thing import DescriptionView, view_description
from service.pages.trails import trail
from service.representations import DESCRIPTIONS, HTML, Representation
from service.responses import answer, negotiate, pages, path_of_request
from service.serving import current_release, serving
from service.store import Release
from service.timeline import (
    describe_as_it_was,
    is_told_since,
    may_be_told,
    memento_at,
    mementos_of,
)

MEMENTO, HISTORY = "/memento/", "/history"
ACCEPT_DATETIME = "Accept-Datetime"
LINK_FORMAT = Representation("link", LINK_TYPE, "Link format", words=("link-format",))
JSON = Representation("json", "application/json", "JSON")
DAYS, MONTHS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun", "JanFebMarAprMayJunJulAugSepOctNovDec"
# RFC 7089 §2.1.1: the fixed form of a date of HTTP (RFC 9110 §5.6.7), in GMT.
DATETIME = re.compile(
    rf"(?:{DAYS}), (\d\d) ([A-Z][a-z]{{2}}) (\d{{4}}) (\d\d):(\d\d):(\d\d) GMT", re.ASCII
)

mementos = Blueprint("mementos", __name__)


@dataclass(frozen=True, slots=True)
class MementoView:
    """A thing's page as it was, when that was, and where it is to be had as it is now.

    `now` is nothing where the thing is described no longer.
    """

    description: DescriptionView
    at: Moment | None
    now: str | None
    history: str


@mementos.get("/memento/<path:_>")
def show_memento(_: str) -> Response:
    """The document about a thing as a kept release has it (RFC 7089 §2.2.4)."""
    release = current_release()
    name, _, path = path_of_request().removeprefix(MEMENTO).partition("/")
    kept = kept_release(release, name)
    then = opened.open(kept)
    found = _find(then, path)
    if found is None or not may_be_told(release, found.iri):
        raise _unknown()
    if not is_told_since(release, kept, found.iri):
        raise _unknown()
    if standing(then, found.iri) is not Standing.DESCRIBED:
        raise Problem(
            404,
            "This release does not describe it.",
            "It had been withdrawn by then. The list of its mementos has the times when it was "
            "described.",
            ways_on=(("its history", _history(release, found.iri)),),
        )
    representation = negotiate(DESCRIPTIONS, found.suffix)
    description = describe_as_it_was(release, kept, then, found.iri)
    document = document_at(then, description, f"{MEMENTO}{kept.id}{_place(then, found.iri)}")

    def body() -> bytes:
        if representation is not HTML:
            return document.body(representation)
        return _page(release, kept, then, description, document.forms[:-1])

    gate = gate_links(_place(release, found.iri))
    response = answer(
        release,
        representation,
        body,
        links=[
            *(each for each in document.links(representation) if each not in gate),
            *links_of(release, found.iri, mementos_of(release, found.iri), kept),
        ],
        location=document.location(representation),
    )
    response.headers["Memento-Datetime"] = http_date(kept.published)
    return response


@mementos.get("/timemap/<path:_>")
def show_timemap(_: str) -> Response:
    """The mementos of a document, the oldest first (RFC 7089 §5), also as JSON.

    A kept release that left the description as it was is no memento of its own.
    """
    release = current_release()
    refuse_without_history(release)
    found = _find(release, path_of_request().removeprefix(f"{TIMEMAP}/"), with_suffix=False)
    if found is None or not may_be_told(release, found.iri):
        raise _unknown()
    representation = negotiate((LINK_FORMAT, JSON))
    known = mementos_of(release, found.iri)
    make = _as_links if representation is LINK_FORMAT else _as_json
    place = f"{TIMEMAP}{_place(release, found.iri)}"
    return answer(
        release,
        representation,
        partial(make, release, found.iri, known),
        asked=(path_of_request(), serving().settings.origin, *(each.id for each in known)),
        links=[
            Link(f"{place}?format={each.name}", "alternate", each.media_type)
            for each in (LINK_FORMAT, JSON)
            if each is not representation
        ],
    )


def see_as_it_was(release: Release, found: Found) -> Response | None:
    """302 to the memento of the time that this request asks for; None where it asks for none.

    RFC 7089 §4.5.3: before the first memento, the first is had; a field that is no date is 400.
    """
    asked = request.headers.get(ACCEPT_DATETIME)
    if asked is None or not keeps_history(release):
        return None
    at = read_datetime(asked)
    known = mementos_of(release, found.iri) if may_be_told(release, found.iri) else ()
    if not known:
        return None
    chosen = memento_at(known, at)
    place = f"{MEMENTO}{chosen.id}{_place(release, found.iri)}"
    if found.suffix:
        place += f".{found.suffix}"
    if "format" in request.args:
        place += f"?format={quote(request.args['format'], safe='')}"
    response = Response(status=302)
    del response.headers["Content-Type"]
    response.headers["Location"] = place
    response.headers["Cache-Control"] = REVALIDATED
    response.vary.add(ACCEPT_DATETIME)
    for link in links_of(release, found.iri, known, chosen):
        response.headers.add("Link", str(link))
    return response


def read_datetime(field: str) -> datetime:
    """The time that `Accept-Datetime` names (RFC 7089 §2.1.1); a Problem, 400, where it is none."""
    told = DATETIME.fullmatch(field.strip())
    try:
        if told is None:
            raise ValueError(field)
        day, month, year, *clock = told.groups()
        at = MONTHS.index(month)
        if at % 3:
            raise ValueError(field)
        hour, minute, second = map(int, clock)
        return datetime(int(year), at // 3 + 1, int(day), hour, minute, second, tzinfo=UTC)
    except ValueError:
        raise Problem(
            400,
            "The field Accept-Datetime cannot be read.",
            "It is a date of HTTP, such as “Thu, 01 Jan 2026 12:00:00 GMT”.",
            headers={"Vary": ACCEPT_DATETIME},
        ) from None


def http_date(at: datetime) -> str:
    """A time as a header field writes it (RFC 9110 §5.6.7), to the second."""
    return format_datetime(at.astimezone(UTC).replace(microsecond=0), usegmt=True)


def links_of(
    release: Release, iri: str, known: Sequence[KeptRelease], at: KeptRelease
) -> list[Link]:
    """The original, its TimeMap, and the mementos round one of them (RFC 7089 §2.2)."""
    place = _place(release, iri)
    before = [each for each in known if each.id < at.id]
    after = [each for each in known if each.id > at.id]
    roles: dict[str, tuple[KeptRelease, list[str]]] = {}
    for role, each in (
        ("first", known[0] if known else None),
        ("prev", before[-1] if before else None),
        ("", at),
        ("next", after[0] if after else None),
        ("last", known[-1] if known else None),
    ):
        if each is not None:
            roles.setdefault(each.id, (each, []))[1].append(role)
    return [
        *gate_links(place),
        *(
            Link(
                f"{MEMENTO}{each.id}{place}",
                " ".join([*filter(None, words), "memento"]),
                datetime=http_date(each.published),
            )
            for each, words in roles.values()
        ),
    ]


def _find(release: Release, path: str, *, with_suffix: bool = True) -> Found | None:
    """The thing that the rest of a path names, which is `doc/…`."""
    if not path.startswith("doc/"):
        return None
    candidates = partial(described, release, f"{release.base}id/")
    path = path.removeprefix("doc/")
    if with_suffix:
        return find(path, candidates)
    return next((Found(each) for each in candidates(path)), None)


def _place(release: Release, iri: str) -> str:
    return release.locations.document_path(iri)


def _history(release: Release, iri: str) -> str:
    return HISTORY + _place(release, iri)


def _page(
    release: Release,
    kept: KeptRelease,
    then: Release,
    description: Description,
    forms: Sequence[tuple[Representation, str]],
) -> bytes:
    """The page of a thing as it was.

    Who pointed to it, and what it may be asked, are left to its present page: others may be known
    no more.
    """
    iri = description.iri
    view = view_description(then, description)
    view = replace(view, trail=trail(release, iri), incoming=(), questions=())
    at = moment(f"{kept.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    is_there = standing(release, iri) is Standing.DESCRIBED
    page = MementoView(view, at, _place(release, iri) if is_there else None, _history(release, iri))
    title = f"{view.title}, as it was on {at.words}" if at else view.title
    return pages().render("memento.html", page, title=title, alternates=alternates(forms))


def _as_links(release: Release, iri: str, known: Sequence[KeptRelease]) -> bytes:
    """The TimeMap in the link format (RFC 6690 §2, RFC 7089 §5), with absolute addresses."""
    origin, place = serving().settings.origin, _place(release, iri)
    span = {}
    if known:
        span = {"from": http_date(known[0].published), "until": http_date(known[-1].published)}
    own = "".join(f'; {name}="{value}"' for name, value in span.items())
    lines = [
        f'<{origin}{place}>; rel="original timegate"',
        f'<{origin}{TIMEMAP}{place}>; rel="self"; type="{LINK_FORMAT.media_type}"{own}',
    ]
    for each in known:
        words = [
            *(("first",) if each is known[0] else ()),
            *(("last",) if each is known[-1] else ()),
        ]
        lines.append(
            f'<{origin}{MEMENTO}{each.id}{place}>; rel="{" ".join([*words, "memento"])}"; '
            f'datetime="{http_date(each.published)}"'
        )
    return (",\n".join(lines) + "\n").encode()


def _as_json(release: Release, iri: str, known: Sequence[KeptRelease]) -> bytes:
    """The same as JSON, with the names that Memento's aggregators use."""
    origin, place = serving().settings.origin, _place(release, iri)
    listed = [
        {
            "datetime": f"{each.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "uri": f"{origin}{MEMENTO}{each.id}{place}",
            "release": each.id,
        }
        for each in known
    ]
    table: dict[str, object] = {
        "original_uri": origin + place,
        "timegate_uri": origin + place,
        "timemap_uri": {
            "link_format": f"{origin}{TIMEMAP}{place}",
            "json_format": f"{origin}{TIMEMAP}{place}?format=json",
        },
    }
    if listed:
        table["mementos"] = {"first": listed[0], "last": listed[-1], "list": listed}
    return json.dumps(table, ensure_ascii=False, indent=1).encode() + b"\n"


def _unknown() -> Problem:
    return Problem(
        404,
        "Nothing is known of this.",
        "No release that is shown describes it. Documents about things have a past, "
        "“/doc/” and the rest of their address; lists, definitions and graphs have none.",
    )
