"""The representations that the service gives, in one table.

The word of a representation is its `format=` value and its suffix under `/doc/`.
The order within each offer is the service's own preference (RFC 9110 §12.5.1 leaves ties
to the server).
"""

from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, RdfFormat


@dataclass(frozen=True, slots=True, eq=False)
class Representation:
    """One form of an answer: a media type, and the serialisation that makes it.

    `aliases` are further media types and `words` further `format=` values that ask for it:
    clients in use send them. `charset` says that the media type's registration wants the
    parameter named, because its default is not UTF-8 everywhere.
    """

    name: str
    media_type: str
    title: str
    rdf: RdfFormat | None = None
    results: QueryResultsFormat | None = None
    charset: bool = False
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of the Content-Type field."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type

    @property
    def names_graphs(self) -> bool:
        """Whether it can say in which named graph a statement stands (RDF 1.1 datasets)."""
        return self in (NQ, TRIG)

    @property
    def is_xml(self) -> bool:
        """Whether it is written in XML, where some characters have no spelling (XML 1.0 §2.2)."""
        return self in (XML, RDF)


JSON = Representation(
    "json",
    "application/sparql-results+json",
    "JSON",
    results=QueryResultsFormat.JSON,
    aliases=("application/json",),
)
XML = Representation(
    "xml",
    "application/sparql-results+xml",
    "XML",
    results=QueryResultsFormat.XML,
    aliases=("application/xml", "text/xml"),
)
CSV = Representation("csv", "text/csv", "CSV", results=QueryResultsFormat.CSV, charset=True)
TSV = Representation(
    "tsv", "text/tab-separated-values", "TSV", results=QueryResultsFormat.TSV, charset=True
)

TTL = Representation(
    "ttl",
    "text/turtle",
    "Turtle",
    rdf=RdfFormat.TURTLE,
    charset=True,
    aliases=("application/x-turtle", "text/n3", "text/rdf+n3"),
    words=("turtle", "n3"),
)
NT = Representation(
    "nt", "application/n-triples", "N-Triples", rdf=RdfFormat.N_TRIPLES, aliases=("text/plain",)
)
JSONLD = Representation(
    "jsonld",
    "application/ld+json",
    "JSON-LD",
    rdf=RdfFormat.JSON_LD,
    aliases=("application/json",),
    words=("json-ld", "json"),
)
RDF = Representation(
    "rdf",
    "application/rdf+xml",
    "RDF/XML",
    rdf=RdfFormat.RDF_XML,
    aliases=("application/xml", "text/xml"),
    words=("rdf+xml", "rdfxml", "xml"),
)
TRIG = Representation("trig", "application/trig", "TriG", rdf=RdfFormat.TRIG)
NQ = Representation("nq", "application/n-quads", "N-Quads", rdf=RdfFormat.N_QUADS)

HTML = Representation(
    "html",
    "text/html",
    "Web page",
    charset=True,
    aliases=("application/xhtml+xml",),
)

GRAPHS = (TTL, NT, JSONLD, RDF, TRIG, NQ)
DESCRIPTIONS = (*GRAPHS, HTML)
RESULTS = (JSON, XML, CSV, TSV)
SOLUTIONS = (*RESULTS, HTML)

# What the query form offers: a word that suits the other kind of result means its nearest there.
FORM_CHOICES = (HTML, JSON, CSV, TSV, XML, TTL, NT)

BY_NAME = {each.name: each for each in (*RESULTS, *DESCRIPTIONS)}


def form_choices() -> tuple[tuple[str, str], ...]:
    """The choices of the query form: the value of `format`, and what it is called."""
    return tuple((each.name, each.title) for each in FORM_CHOICES)
