"""Other people's lists of concepts."""

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.formats.record_csv.own_format import own_format
from loaders.records import Concept, ConceptScheme, Record
from loaders.values import code, iri, web_address, words


def _concept(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        Concept(
            iri=row.required("iri", iri),
            scheme=row.required("scheme", iri),
            notation=row.required("notation", code),
            label=row.required("label", words),
            definition=row.optional("definition", words),
            broader=row.several("broader", iri),
            source=row.optional("source", web_address),
        ),
    )


def _concept_scheme(row: Row, _: Feed) -> tuple[Record, ...]:
    return (
        ConceptScheme(
            iri=row.required("iri", iri),
            title=row.required("title", words),
            description=row.optional("description", words),
            source=row.optional("source", web_address),
        ),
    )


CONCEPTS = (
    own_format(
        "concept",
        "Concepts of other people's lists",
        ("iri", "scheme", "notation", "label"),
        ("definition", "broader", "source"),
        _concept,
    ),
    own_format(
        "concept-scheme",
        "Other people's lists of concepts",
        ("iri", "title"),
        ("description", "source"),
        _concept_scheme,
    ),
)
