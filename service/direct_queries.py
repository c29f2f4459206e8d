"""Programs' queries, `GET /sparql`, answered without Flask: it would take as long as the query.

The headers of such an answer are those of Flask's earlier answer in the same form, which differ
in tag and id alone. What that answer says was decided by a view, and is only repeated here.
"""

from service.answer_cache import CachedAnswer
from service.edge_request import Request
from service.errors import Problem
from service.query_runner import QueryJob
from service.representations import HTML, Representation
from service.serving import Serving
from service.sparql import SparqlRequest, read_query_request
from service.store import Release

ENDPOINT = "/sparql"
LONGEST = 4096


class DirectQuery:
    """One query that needs no Flask: what is asked, and what is known of its answer already."""

    __slots__ = ("_query", "asked", "model", "release")

    def __init__(
        self, asked: SparqlRequest, query: str, model: CachedAnswer, release: Release
    ) -> None:
        self.asked = asked
        self._query = query
        self.model = model
        self.release = release

    @property
    def job(self) -> QueryJob:
        """The query as it is run."""
        return QueryJob(
            self.release,
            self._query,
            self.asked.representation,
            self.asked.default_graphs,
            self.asked.named_graphs,
            self.asked.timeout,
        )


class DirectQueries:
    """Tells which requests need no Flask, by the answers that it has given."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._models: dict[tuple[str, Representation], CachedAnswer] = {}

    def learn(
        self, request: Request, form: Representation, audience: str, kept: CachedAnswer
    ) -> None:
        """Remember how Flask answers a query in this form for this audience."""
        if request.path == ENDPOINT:
            self._models[audience, form] = kept.with_tag("")

    def read(self, request: Request, release: Release) -> DirectQuery | None:
        """The query of a request; None without a model, and for whatever is no plain query."""
        accept = request.fields.get("accept")
        if (
            request.path != ENDPOINT
            or len(request.query) > LONGEST
            or (accept is not None and HTML.name in accept)
        ):
            return None
        try:
            asked = read_query_request("GET", request.wsgi_query, None, b"", accept)
        except Problem:
            return None
        form = asked.representation
        model = self._models.get((release.audience, form))
        if model is None or asked.query is None or asked.volatile:
            return None
        tag = "W/" + self._serving.tag(release, form.media_type, *asked.identity)
        return DirectQuery(asked, asked.query, model.with_tag(tag), release)
