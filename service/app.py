"""The application: start reading here.

A request finds its release, and a representation that its client takes; a view makes that
representation, or hands over a query that will. Nothing here writes.

    settings ─▶ create_app ─▶ resources    /id/ /doc/ /def/ /resource   what is said of a thing
                              graphs       /graph/                       what a source says
                              endpoint     /sparql                       what a query asks
                              update       /update                       what an update changes
                              graph_store  /graph-store /graph/          graphs, read and written
                              questions    /queries                      what it was made to answer
                              gaps         /gaps/                        what is not recorded
                              problems     /problems/                    what would raise quality
                              search       /search                       what has a word or a code
                              overview     / /status /prefixes.ttl       what there is
                              void         /.well-known/void             how much there is
                              api          /openapi.json                 all routes, for programs
                              metrics      /metrics                      how the service is
                              mementos     /memento/ /timemap/           what was said of a thing
                              what_changed /releases /history/           what changed, and when
                              signing      /sign-in /sign-out            who a browser's person is

It is a plain WSGI application. `service.edge` serves it better than any WSGI server can.
"""

from flask import Flask

from service.assets import Assets, add_assets
from service.caching import build_digest
from service.endpoint import endpoint
from service.errors import Problem
from service.gaps import gaps
from service.graph_store import graph_store
from service.graphs import graphs
from service.mementos import mementos
from service.metrics import metrics
from service.openapi import api
from service.overview import overview
from service.problems import problems
from service.query_runner import QueryRunner
from service.questions import questions
from service.resources import resources
from service.responses import register
from service.search import search
from service.serving import Serving
from service.settings import Settings, SettingsError
from service.signing import signing
from service.store import Releases
from service.token_file import KnownTokens
from service.update import update
from service.void import void
from service.what_changed import what_changed
from service.workers.runner import WorkerRunner
from service.writes.writer import Writer


def create_app(
    settings: Settings,
    runner: QueryRunner | None = None,
    assets: Assets | None = None,
    writer: Writer | None = None,
) -> Flask:
    """The application that serves the data directory of the settings.

    It can start before there is a release: until the first is published, it answers 503.
    """
    releases, tokens = Releases(settings.data), KnownTokens(settings.data)
    _check_base(settings, releases)
    app = Flask(__name__, static_folder=None)
    app.url_map.merge_slashes = False  # two slashes in an IRI are two slashes
    runner = WorkerRunner.from_settings(settings) if runner is None else runner
    writer = Writer.from_settings(settings) if writer is None else writer
    Serving(settings, releases, runner, build_digest(), tokens, writer).attach(app)
    add_assets(app, Assets.read() if assets is None else assets)
    register(app)
    for blueprint in (
        resources,
        graphs,
        endpoint,
        update,
        graph_store,
        questions,
        gaps,
        problems,
        search,
        overview,
        void,
        mementos,
        what_changed,
        api,
        metrics,
        signing,
    ):
        app.register_blueprint(blueprint)
    return app


def _check_base(settings: Settings, releases: Releases) -> None:
    """Refuse a data directory whose IRIs stand under another base than the one that is meant."""
    if settings.base is None:
        return
    try:
        found = releases.current().base
    except Problem:
        return
    if found != settings.base:
        raise SettingsError("GMKG_BASE", f"is {settings.base}, but the data was made for {found}.")
