"""What the service is and holds: the home page, `/status`, `/prefixes.ttl` and the like."""

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, Response, jsonify

from ontology.namespaces import PREFIXES
from service.caching import NEVER_STORED
from service.completion import vocabulary
from service.pages.home import home_view
from service.representations import HTML, TTL, Representation
from service.responses import Link, answer, pages
from service.serving import current_release, serving
from service.store import Release

VOCABULARY = Representation("vocabulary", "application/json", "Vocabulary of the query editor")

# What describes the service and its data for programs (RFC 8631 §4.2).
DESCRIPTIONS = (
    Link("/openapi.json", "service-desc", "application/json"),
    Link("/.well-known/void", "describedby", TTL.media_type),
)

overview = Blueprint("overview", __name__)


@overview.get("/")
def home() -> Response:
    """What there is, and where to begin."""
    release = current_release()

    def body() -> bytes:
        view = home_view(release).at(serving().settings.origin)
        return pages().render("home.html", view, title=view.title, active="home")

    return answer(release, HTML, body, negotiated=False, links=DESCRIPTIONS)


@overview.get("/accessibility")
def accessibility() -> Response:
    """The accessibility statement."""
    return answer(
        current_release(),
        HTML,
        lambda: pages().render("accessibility.html", None, title="Accessibility statement"),
        negotiated=False,
    )


@overview.get("/vocabulary.json")
def editor_vocabulary() -> Response:
    """The names that the query editor offers."""
    release = current_release()
    return answer(release, VOCABULARY, lambda: vocabulary(release), negotiated=False)


@overview.get("/status")
def status() -> Response:
    """Which release is served, what it holds and how the workers are: 503 where there are none."""
    release = current_release()
    published = str(release.manifest.get("published", ""))
    pool = serving().runner.state()
    # A runner without processes, or one that has not begun, has neither.
    is_healthy = (pool.get("workers"), pool.get("starting")) != (0, 0)
    response = jsonify(
        {
            "healthy": is_healthy,
            "release": release.id,
            "published": published,
            "ageSeconds": _age(published),
            "base": release.base,
            "audience": release.audience,
            "counts": _counts(release),
            "pool": pool,
        }
    )
    response.headers["Cache-Control"] = NEVER_STORED
    if not is_healthy:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response.headers["Retry-After"] = "1"
    return response


@overview.get("/prefixes.ttl")
def prefixes() -> Response:
    """The prefixes of this service's documents, to begin a Turtle file or a query with."""
    lines = [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()]
    return answer(current_release(), TTL, lambda: "".join(lines).encode(), negotiated=False)


def _counts(release: Release) -> object:
    counts = release.manifest.get("counts")
    return counts.get(release.audience) if isinstance(counts, Mapping) else None


def _age(published: str) -> int | None:
    """The seconds since a time of RFC 3339, or None where it is none."""
    try:
        then = datetime.fromisoformat(published)
    except ValueError:
        return None
    return int((datetime.now(UTC) - then).total_seconds()) if then.tzinfo else None
