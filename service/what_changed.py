"""`/releases`, `/releases.atom`, `/releases/{id}` and `/history/doc/…`: what changed, and when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from flask import Blueprint, Response, request
from pyoxigraph import Quad

from service.errors import Problem
from service.feed import FEED, as_feed
from service.finding import described
from service.kept_releases import kept_release, refuse_without_history
from service.mementos import JSON
from service.pages.release_notes import (
    LISTED,
    RELEASES,
    ReleaseNote,
    ReleaseNotes,
    notes_of,
    view_notes,
)
from service.pages.rendering import Alternate, alternates
from service.pages.thing_history import HistoryEntry, HistoryView, view_history
from service.representations import HTML, Representation
from service.responses import Link, answer, negotiate, pages, path_of_request
from service.serving import current_release, serving
from service.store import Release
from service.timeline import may_be_told

ATOM = Representation("atom", "application/atom+xml", "Atom feed")
OFFERED = (JSON, HTML)
MOST_THINGS = 1_000

what_changed = Blueprint("what_changed", __name__)


@dataclass(frozen=True, slots=True)
class ReleasesView:
    """The page of the releases; `since` is the time after which they were published, if asked."""

    title: str
    notes: tuple[ReleaseNote, ...]
    since: str
    alternates: tuple[Alternate, ...]


@what_changed.get(RELEASES)
def list_releases() -> Response:
    """The releases that are kept, the newest first; `since=` those that came after a time."""
    release = current_release()
    representation = negotiate(OFFERED)
    since = request.args.get("since", "").strip()
    notes = _notes_since(release, since)
    asked = f"since={_quoted(since)}&" if since else ""
    forms = [(each, f"{RELEASES}?{asked}format={each.name}") for each in OFFERED]

    def body() -> bytes:
        if representation is JSON:
            table = {"since": since or None, "releases": [_note_table(each) for each in notes]}
            return _encoded(table)
        offered = (
            *alternates(forms[:1]),
            Alternate(_feed_address(since), ATOM.media_type, ATOM.title),
        )
        view = ReleasesView("What changed", notes, since, offered)
        return pages().render("releases.html", view, title=view.title, alternates=offered[:1])

    return answer(
        release,
        representation,
        body,
        asked=(*_place(), *(each.id for each in notes)),
        links=[
            *(
                Link(at, "alternate", each.media_type)
                for each, at in forms
                if each is not representation
            ),
            Link(_feed_address(since), "alternate", ATOM.media_type),
        ],
        location=dict(forms)[representation],
    )


@what_changed.get(FEED)
def feed() -> Response:
    """The same as an Atom feed (RFC 4287), an entry for each release with its notes."""
    release = current_release()
    since = request.args.get("since", "").strip()
    notes = _notes_since(release, since)
    origin = serving().settings.origin
    return answer(
        release,
        ATOM,
        partial(as_feed, release, origin, notes, _feed_address(since)),
        asked=(*_place(), origin, *(each.id for each in notes)),
        negotiated=False,
    )


@what_changed.get("/releases/<path:_>")
def show_release(_: str) -> Response:
    """The notes of one release: how much changed by source and class, and which things did."""
    release = current_release()
    kept = kept_release(release, path_of_request().removeprefix(f"{RELEASES}/"))
    representation = negotiate(OFFERED)
    place = f"{RELEASES}/{kept.id}"
    forms = [(each, f"{place}?format={each.name}") for each in OFFERED]
    view = view_notes(release, kept, MOST_THINGS if representation is JSON else LISTED)

    def body() -> bytes:
        if representation is JSON:
            return _encoded(_notes_table(view))
        found = alternates(forms[:1])
        return pages().render("release.html", view, title=view.title, alternates=found)

    links = [
        Link(at, rel)
        for rel, at in (("prev", view.previous), ("next", view.next))
        if at is not None
    ]
    links += [
        Link(at, "alternate", each.media_type) for each, at in forms if each is not representation
    ]
    neighbours = view.previous or "", view.next or ""
    return answer(
        release,
        representation,
        body,
        asked=(*_place(), *neighbours),
        links=links,
        location=dict(forms)[representation],
    )


@what_changed.get("/history/<path:_>")
def show_history(_: str) -> Response:
    """The history of one thing: what was stated of it and what no longer, release by release."""
    release = current_release()
    refuse_without_history(release)
    path = path_of_request().removeprefix("/history/")
    candidates = described(release, f"{release.base}id/", path.removeprefix("doc/"))
    iri = next(candidates, None) if path.startswith("doc/") else None
    if iri is None or not may_be_told(release, iri):
        raise Problem(
            404,
            "Nothing is known of this.",
            "No release that is shown describes it, so it has no history.",
        )
    representation = negotiate(OFFERED)
    view = view_history(release, iri)
    place = f"/history{view.document}"
    forms = [(each, f"{place}?format={each.name}") for each in OFFERED]

    def body() -> bytes:
        if representation is JSON:
            return _encoded(_history_table(view))
        found = alternates(forms[:1])
        return pages().render("history.html", view, title=view.title, alternates=found)

    return answer(
        release,
        representation,
        body,
        asked=(*_place(), *(each.release for each in view.entries)),
        links=[
            Link(view.document, "related"),
            Link(view.timemap, "timemap", "application/link-format"),
            *(
                Link(at, "alternate", each.media_type)
                for each, at in forms
                if each is not representation
            ),
        ],
        location=dict(forms)[representation],
    )


def read_since(text: str) -> datetime | None:
    """The time that `since` names, None for nothing; a Problem, 400, for what is no time.

    A day means its beginning in UTC; a time without a zone is one in UTC.
    """
    if not text:
        return None
    # In a query string that nobody encoded, the “+” of a zone has become a space.
    text = text.replace(" ", "+", 1) if "T" in text else text
    try:
        if "T" not in text:
            return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Problem(
            400,
            "This is not a time.",
            "“since” is a day or a time in UTC, such as 2026-01-31 or 2026-01-31T12:00:00Z.",
        ) from None


def _notes_since(release: Release, text: str) -> tuple[ReleaseNote, ...]:
    refuse_without_history(release)
    since = read_since(text)
    notes = notes_of(release)
    if since is None:
        return notes
    return tuple(each for each in notes if datetime.fromisoformat(each.published) > since)


def _place() -> tuple[str, str]:
    return path_of_request(), request.query_string.decode("latin-1")


def _feed_address(since: str) -> str:
    return f"{FEED}?since={_quoted(since)}" if since else FEED


def _quoted(since: str) -> str:
    return since.replace("+", "%2B").replace(" ", "%2B")


def _encoded(table: object) -> bytes:
    return json.dumps(table, ensure_ascii=False, indent=1).encode() + b"\n"


def _note_table(note: ReleaseNote) -> dict[str, object]:
    """A release as JSON; what it changed is null where nobody can tell."""
    summary = note.summary
    changed: Mapping[str, object] | None = None
    if summary is not None:
        changed = {
            "things": summary.things,
            "statements": summary.statements,
            "bySource": summary.graphs,
            "byClass": summary.classes,
        }
    return {
        "id": note.id,
        "published": note.published,
        "href": note.href,
        "headline": note.headline,
        "loaded": [each.name for each in note.loaded],
        "changes": changed,
    }


def _notes_table(view: ReleaseNotes) -> dict[str, object]:
    lists = {
        each.state: {
            "things": [
                {"iri": one.link.iri, "label": one.link.label, "history": one.history}
                for one in each.things
            ],
            "more": each.more,
        }
        for each in view.lists
    }
    neighbours = {"previous": view.previous, "next": view.next}
    return {**_note_table(view.note), "current": view.is_current, **neighbours, "things": lists}


def _history_table(view: HistoryView) -> dict[str, object]:
    return {
        "iri": view.iri,
        "label": view.label,
        "document": view.document,
        "timemap": view.timemap,
        "releases": [_entry_table(each) for each in view.entries],
    }


def _entry_table(entry: HistoryEntry) -> dict[str, object]:
    """One release of a history: the statements as lines of N-Quads."""
    return {
        "release": entry.release,
        "published": entry.published,
        "state": entry.state,
        "memento": entry.memento,
        "loads": {source.name: at.machine for source, at in entry.loads},
        "added": [_line(each) for each in entry.quads_added],
        "removed": [_line(each) for each in entry.quads_removed],
        "complete": entry.complete,
    }


def _line(quad: Quad) -> str:
    return f"{quad} ."
