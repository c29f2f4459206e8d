"""What one application serves with: found by the views through the application itself."""

from dataclasses import dataclass, field
from typing import cast

from flask import Flask, current_app, g

from service.audience import ANYBODY, Caller
from service.caching import entity_tag
from service.query_runner import QueryRunner
from service.request_counts import RequestCounts
from service.settings import Settings
from service.store import Release, Releases
from service.token_file import KnownTokens
from service.writes.writer import Writer

EXTENSION = "gmkg"


@dataclass(frozen=True, slots=True)
class Serving:
    """What one application serves with; `build` names the program that it is."""

    settings: Settings
    releases: Releases
    runner: QueryRunner
    build: str
    tokens: KnownTokens
    writer: Writer
    counts: RequestCounts = field(default_factory=RequestCounts)

    def tag(self, release: Release, media_type: str, *asked: str) -> str:
        """The strong entity tag of what `asked` names, in a release and a media type, uncoded."""
        return entity_tag(self.build, release.id, release.audience, media_type, "identity", *asked)

    def attach(self, app: Flask) -> None:
        """Make this what the application serves with."""
        app.extensions[EXTENSION] = self


def serving() -> Serving:
    """What the application of this request serves with."""
    return cast(Serving, current_app.extensions[EXTENSION])


def caller() -> Caller:
    """Who sends this request."""
    found: Caller = g.get("caller", ANYBODY)
    return found


def current_release() -> Release:
    """The release that this request is answered from, as its caller's audience may see it.

    Ask once per request.
    """
    return serving().releases.current(caller().audience)
