"""Metadata of tables on the web (CSVW, Metadata Vocabulary for Tabular Data), as JSON.

A document describes one table or a group of tables that lie beside it: a dataset, of which each
table is a distribution. Which columns a table has stays in the document; the distribution leads
there by `dct:conformsTo`. A schema alone describes no data, and is left out.
"""

import re
from posixpath import basename
from urllib.parse import urlsplit

from loaders.formats.catalogues.dataset_words import key_of, keywords_of, moment_of, once
from loaders.formats.catalogues.file_formats import file_format
from loaders.formats.catalogues.licences import terms_of
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Dataset, Distribution, Party, Record, Text
from loaders.records.text import language_of
from loaders.values import web_address, words

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PREFIXES = ("dc", "dct", "dcterms", "schema")
_SUFFIX = "-metadata.json"


def _dataset(row: Row, feed: Feed) -> tuple[Record, ...]:
    tables = row.each("tables") or ([row] if row.has("url") else [])
    if not tables:
        raise Fault("out-of-scope", "The document is a schema; it describes no table.", "url")
    first = tables[0].required("url", words)
    name = basename(urlsplit(first).path) or first
    identifier = row.optional("@id", words)
    title = _text(row, "title", "name")
    if title is None:
        row.note("missing-value", "There is no title; the file's name stands for it.", "dc:title")
    publisher = _publisher(row, feed)
    license_column = _column(row, "license", "licence")
    terms = terms_of(row, license_column) if license_column else None
    key = key_of(identifier or name)
    description = _text(row, "description")
    keywords = _column(row, "keywords", "subject") or "dcat:keyword"
    dataset = Dataset(
        key=key,
        titles=(title or Text(name),),
        descriptions=(description,) if description else (),
        publisher=publisher,
        licence=terms.licence if terms else None,
        licence_stated=terms.stated if terms else None,
        keywords=keywords_of(row, keywords),
        issued=moment_of(row, *_columns("issued", "datePublished")),
        modified=moment_of(row, *_columns("modified", "dateModified")),
        identifiers=once((identifier,)) if identifier != key else (),
    )
    found = (_distribution(each, key, place) for place, each in enumerate(tables, 1))
    return (dataset, *filter(None, found))


def _distribution(row: Row, key: str, place: int) -> Distribution | None:
    """A table as a distribution; None where its address depends on where the document lies."""
    stated = row.optional("url", words)
    if stated is None:
        return None
    if not _ABSOLUTE.match(stated):
        row.withhold(
            "bad-web-address",
            "The table's address depends on where the document lies, which it does not say.",
            "url",
            stated[:200],
        )
        return None
    address = row.optional("url", web_address)
    if address is None:
        return None
    try:
        form = file_format(basename(urlsplit(address).path).rpartition(".")[2])
    except Fault:
        form = None
    return Distribution(
        key=f"{key}-{place}",
        dataset=key,
        download_url=address,
        file_type=form.file_type if form else None,
        media_type=form.media_type if form else None,
        conforms_to=once((_schema(row, address),)),
    )


def _schema(row: Row, address: str) -> str | None:
    """The address of a table's schema: its own, else the document that goes with the table.

    A document with the columns in it lies beside the table, at its address with `-metadata.json`
    behind it (Model for Tabular Data, section 5.3).
    """
    schema = row.cells.get("tableSchema")
    if isinstance(schema, str):
        return row.optional("tableSchema", web_address)
    if isinstance(schema, dict) and isinstance(schema.get("@id"), str):
        found = row.within("tableSchema")
        return found.optional("@id", web_address) if found else None
    return address + _SUFFIX if schema else None


def _columns(*names: str) -> list[str]:
    return [f"{prefix}:{name}" for name in names for prefix in _PREFIXES]


def _column(row: Row, *names: str) -> str | None:
    return next(filter(row.has, _columns(*names)), None)


def _text(row: Row, *names: str) -> Text | None:
    """The words that a common property states: a text, or an object with a value and a language."""
    column = next(filter(row.has, _columns(*names)), None)
    if column is None:
        return None
    value = row.cells[column]
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        inner = Row(row.number, value, row.withheld, row.read, row.noted, f"{row.way}{column}.")
        said, language = inner.prose("@value"), value.get("@language")
        return Text(said, language_of(language)) if said else None
    said = row.prose(column)
    return Text(said) if said else None


def _publisher(row: Row, feed: Feed) -> Party | None:
    for column in filter(row.has, _columns("publisher", "creator")):
        if isinstance(row.cells[column], str):
            return noted_publisher(row, feed.party(row.optional(column, words)), column)
        body = row.within(column)
        if body is None:
            continue
        named = next(filter(body.has, ("schema:name", "foaf:name", "rdfs:label")), "schema:name")
        found = feed.party(body.optional(named, words), body.optional("@id", words))
        return noted_publisher(row, found, column)
    return None


CSVW = (
    Format(
        "csvw-metadata",
        "Metadata of tables in the CSV on the Web vocabulary, JSON",
        JsonItems("documents"),
        _dataset,
    ),
)
