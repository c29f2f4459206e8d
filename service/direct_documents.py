"""Documents about things, `GET /doc/…` in an RDF syntax, given without Flask.

As with queries (`service.direct_queries`), the headers are those of Flask's earlier answer in the
same form; what differs from thing to thing is made by the functions that the view uses as well.
"""

from dataclasses import dataclass
from functools import partial
from itertools import islice

from pyoxigraph import NamedNode

from service.answer_cache import CachedAnswer
from service.description import Standing, describe, standing
from service.documents import document_at
from service.edge_request import Request
from service.errors import Problem
from service.finding import described, find
from service.locations import PLAIN
from service.negotiation import choose
from service.representations import DESCRIPTIONS, HTML, Representation
from service.serving import Serving
from service.store import Release

PLACE = "/doc/"
# A description of so many statements is made in less time than another thread would take to begin.
SMALL = 100
OF_ONE_THING = ("content-location", "link")


@dataclass(frozen=True, slots=True)
class DirectDocument:
    """One document that needs no Flask, in the form that its client prefers.

    `model` has its tag, and the headers that it shares with others in the form.
    """

    release: Release
    iri: str
    form: Representation
    model: CachedAnswer

    def answer(self) -> CachedAnswer:
        """The whole answer."""
        place = self.release.locations.document_path(self.iri)
        document = document_at(self.release, describe(self.release, self.iri), place)
        links = (("link", str(each)) for each in document.links(self.form))
        location = ("content-location", document.location(self.form))
        headers = (*self.model.headers, location, *links)
        size = sum(len(name) + len(value) for name, value in headers)
        return CachedAnswer(self.model.tag, headers, document.body(self.form), size=size)


class DirectDocuments:
    """Tells which requests need no Flask, by the answers that it has given."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._models: dict[tuple[str, str], CachedAnswer] = {}

    def learn(self, request: Request, audience: str, kept: CachedAnswer) -> None:
        """Remember how Flask sends a document in this form to this audience."""
        if not request.path.startswith(PLACE):
            return
        headers = tuple(each for each in kept.headers if each[0] not in OF_ONE_THING)
        self._models[audience, dict(headers).get("content-type", "")] = CachedAnswer(
            "", headers, None
        )

    def read(self, request: Request, release: Release) -> DirectDocument | None:
        """The document that is asked for; None where a page is, or anything out of the ordinary."""
        path, accept = request.path, request.fields.get("accept")
        if not path.startswith(PLACE) or request.query or PLAIN.fullmatch(path) is None:
            return None
        found = find(path.removeprefix(PLACE), partial(described, release, release.base + "id/"))
        if found is None or standing(release, found.iri) is not Standing.DESCRIBED:
            return None
        try:
            form = choose(DESCRIPTIONS, accept, None, found.suffix)
        except Problem:
            return None
        model = self._models.get((release.audience, form.content_type))
        if form is HTML or model is None or not _is_small(release, found.iri):
            return None
        tag = self._serving.tag(release, form.media_type, path, "")
        return DirectDocument(release, found.iri, form, model.with_tag(tag))


def _is_small(release: Release, iri: str) -> bool:
    quads = release.store.quads_for_pattern(NamedNode(iri), None, None, None)
    return next(islice(quads, SMALL, None), None) is None
