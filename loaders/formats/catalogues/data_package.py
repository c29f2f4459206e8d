"""Data packages after Frictionless Data (`datapackage.json`, and the same as YAML).

A package is a dataset, its resources are distributions. Paths that lie beside the document lead
nowhere by themselves, and are noted. Contributors are persons as often as bodies: of them only a
publisher, or what the source declares as one of ours, is loaded.
"""

import re

from loaders.formats.catalogues.dataset_values import byte_size
from loaders.formats.catalogues.dataset_words import (
    key_of,
    keywords_of,
    moment_of,
    once,
    text_of,
    texts_of,
)
from loaders.formats.catalogues.file_formats import form_of
from loaders.formats.catalogues.licences import Terms, terms_of
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.formats.reading.yaml_items import YamlItems
from loaders.issues import Fault
from loaders.records import Dataset, Distribution, Party, Record, Text
from loaders.values import iri, web_address, words

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def _dataset(row: Row, feed: Feed) -> tuple[Record, ...]:
    name = row.optional("name", words)
    identifier = row.optional("id", words)
    known = name or identifier
    if known is None:
        raise Fault("missing-value", "The package has neither a name nor an id.", "name")
    title = text_of(row, "title")
    if title is None:
        row.note("missing-value", "There is no title; the package's name stands for it.", "title")
    key, terms = key_of(known), _terms(row)
    distributions = _distributions(row, key)
    dataset = Dataset(
        key=key,
        titles=(title or Text(known),),
        descriptions=texts_of(row, "description"),
        publisher=_publisher(row, feed),
        licence=terms.licence,
        licence_stated=terms.stated,
        landing_page=row.optional("homepage", web_address),
        keywords=keywords_of(row, "keywords"),
        issued=moment_of(row, "created"),
        identifiers=once(each for each in (identifier,) if each != key),
        conforms_to=once(_profile(row)),
        version=row.optional("version", words),
    )
    return (dataset, *distributions)


def _terms(row: Row) -> Terms:
    """The licence of the first of the licences: its address goes before its name."""
    licences = row.each("licenses")
    if not licences:
        return terms_of(row, "license") if isinstance(row.cells.get("license"), str) else Terms()
    if len(licences) > 1:
        row.note(
            "unexpected-structure", "There are several licences; the first is loaded.", "licenses"
        )
    return terms_of(licences[0], "path", "title", "name")


def _profile(row: Row) -> list[str]:
    """The profile, where it is the address of one and no name that the standard has."""
    value = row.cells.get("profile") or row.cells.get("$schema")
    if not isinstance(value, str) or not _ADDRESS.match(value):
        return []
    found = row.optional("profile" if row.has("profile") else "$schema", iri)
    return [found] if found else []


def _publisher(row: Row, feed: Feed) -> Party | None:
    contributors = row.each("contributors")
    for each in contributors:
        role = each.cells.get("role")
        roles = each.cells.get("roles")
        stated, page = each.optional("title", words), each.optional("path", words)
        found = feed.party(stated, page)
        is_publisher = role == "publisher" or (isinstance(roles, list) and "publisher" in roles)
        if found and (found.key or is_publisher):
            return noted_publisher(each, found, "title")
    if contributors:
        row.withhold(
            "contact-of-a-person",
            "Whether the contributors are bodies or persons cannot be told; none is loaded.",
            "contributors",
        )
    return None


def _distributions(row: Row, key: str) -> list[Distribution]:
    found: list[Distribution] = []
    for place, each in enumerate(row.each("resources"), 1):
        column = next(filter(each.has, ("path", "url")), "path")
        if isinstance(each.cells.get(column), list):
            each.withhold(
                "unexpected-structure",
                "The resource lies in several files; it is not loaded.",
                column,
            )
            continue
        stated = each.optional(column, words)
        if stated is None or not _ADDRESS.match(stated):
            each.withhold(
                "bad-web-address",
                "The resource lies beside the package, and its address is not told.",
                column,
                stated[:200] if stated else None,
            )
            continue
        address = each.optional(column, web_address)
        if address is None:
            continue
        form, terms = form_of(each, "format", "mediatype"), _terms(each)
        schema = each.cells.get("schema")
        followed = each.optional("schema", iri) if _is_address(schema) else None
        found.append(
            Distribution(
                key=f"{key}-{place}",
                dataset=key,
                title=text_of(each, "title") or text_of(each, "name"),
                description=text_of(each, "description"),
                download_url=address,
                file_type=form.file_type,
                format_stated=form.stated,
                media_type=form.media_type,
                byte_size=each.optional("bytes", byte_size),
                licence=terms.licence,
                licence_stated=terms.stated,
                conforms_to=once((followed,)),
            )
        )
    return found


def _is_address(value: object) -> bool:
    return isinstance(value, str) and _ADDRESS.match(value) is not None


DATA_PACKAGE = (
    Format(
        "data-package-json",
        "A data package after Frictionless Data, JSON",
        JsonItems("packages"),
        _dataset,
    ),
    Format(
        "data-package-yaml",
        "A data package after Frictionless Data, YAML",
        YamlItems(),
        _dataset,
    ),
)
