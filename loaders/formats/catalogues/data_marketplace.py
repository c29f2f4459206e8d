"""Records of the government's Data Marketplace, JSON: datasets, data services and groups.

The records follow the JSON schemas of the data catalogue; the catalogue's first records write the
same in names with underscores. A data share is a request for data and no data: it is left out, as
is what is not published. Contacts are civil servants by name, and are not loaded.
"""

from loaders.formats.assets.security_classification import security_classification
from loaders.formats.catalogues.dataset_values import access_right, theme
from loaders.formats.catalogues.dataset_words import (
    key_of,
    keywords_of,
    moment_of,
    once,
    text_of,
    texts_of,
    title_of,
)
from loaders.formats.catalogues.file_formats import form_of
from loaders.formats.catalogues.licences import Terms, terms_of
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import DataService, Dataset, Distribution, Party, Record
from loaders.values import iri, one_of, web_address, words

_EARLIER = {
    "access_rights": "accessRights",
    "endpoint_description": "endpointDescription",
    "endpoint_url": "endpointURL",
    "keywords": "keyword",
    "security_classification": "securityClassification",
    "serves_data": "servesDataset",
    "service_status": "serviceStatus",
    "themes": "theme",
}


def _record(row: Row, feed: Feed) -> tuple[Record, ...]:
    inner = row.within("data_service")
    is_earlier = inner is not None or "service_type" in row.cells
    if inner is not None:
        row = inner
    cells = {_EARLIER.get(name, name): value for name, value in row.cells.items()}
    row = Row(row.number, cells, row.withheld, row.read, row.noted, row.way)
    kind = "data service" if is_earlier else _kind(row)
    _check_scope(row, kind)
    return _data_service(row, feed) if kind == "data service" else _dataset(row, feed)


def _kind(row: Row) -> str:
    kinds = [each.casefold() for each in row.several("type", words)]
    if not kinds:
        raise Fault("missing-value", "The record does not say what kind it is.", "type")
    return kinds[0]


def _check_scope(row: Row, kind: str) -> None:
    """Leave out what is no data, not published, or classified above OFFICIAL.

    Raises:
        Fault: the record is one of these, or its classification is none that is known.
    """
    if kind not in ("data set", "data service", "data group"):
        raise Fault("out-of-scope", "The record is about no data that can be had.", "type", kind)
    status = row.optional("status", words)
    if status is not None and status.casefold() != "published":
        raise Fault("out-of-scope", "The record is not published.", "status", status)
    security_classification(row, "securityClassification")


def _dataset(row: Row, feed: Feed) -> tuple[Record, ...]:
    identifier = row.required("identifier", words)
    key, title, terms = key_of(identifier), title_of(row, "title"), _terms(row)
    distributions = _distributions(row, key)
    supplier = row.optional("supplierIdentifier", words)
    return (
        Dataset(
            key=key,
            titles=(title,),
            descriptions=texts_of(row, "description"),
            publisher=_publisher(row, feed),
            licence=terms.licence,
            licence_stated=terms.stated,
            keywords=keywords_of(row, "keyword"),
            themes=once(row.several("theme", theme)),
            issued=moment_of(row, "issued"),
            modified=moment_of(row, "modified"),
            access=row.optional("accessRights", access_right),
            identifiers=once(each for each in (supplier, identifier) if each != key),
            version=row.optional("version", words),
        ),
        *distributions,
    )


def _data_service(row: Row, feed: Feed) -> tuple[Record, ...]:
    identifier = row.required("identifier", words)
    key, title, terms = key_of(identifier), title_of(row, "title"), _terms(row)
    supplier = row.optional("supplierIdentifier", words)
    return (
        DataService(
            key=key,
            titles=(title,),
            descriptions=texts_of(row, "description"),
            publisher=_publisher(row, feed),
            licence=terms.licence,
            licence_stated=terms.stated,
            endpoint=row.optional("endpointURL", web_address),
            documentation=once((row.optional("endpointDescription", web_address),)),
            serves=_serves(row),
            status=row.optional("serviceStatus", _status),
            keywords=keywords_of(row, "keyword"),
            themes=once(row.several("theme", theme)),
            issued=moment_of(row, "issued"),
            modified=moment_of(row, "modified"),
            access=row.optional("accessRights", access_right),
            identifiers=once(each for each in (supplier, identifier) if each != key),
            version=row.optional("version", words),
        ),
    )


def _status(cell: str) -> str:
    return one_of("data-service-status")(cell.replace("_", "-").casefold())


def _publisher(row: Row, feed: Feed) -> Party | None:
    return noted_publisher(row, feed.party(row.optional("publisher", words)), "publisher")


def _terms(row: Row) -> Terms:
    found = row.within("license") if isinstance(row.cells.get("license"), dict) else None
    if found is not None:
        return terms_of(found, "licenseURL", "title")
    return terms_of(row, "license", "licence")


def _serves(row: Row) -> tuple[str, ...]:
    """The IRIs of datasets; identifiers of the catalogue alone lead nowhere, and are noted."""
    listed = row.cells.get("servesDataset")
    found: list[str] = []
    for each in listed if isinstance(listed, list) else []:
        try:
            found.append(iri(str(each)))
        except Fault:
            row.note(
                "bad-web-address",
                "The dataset is named by an identifier that leads nowhere; it is not linked.",
                "servesDataset",
                str(each)[:200],
            )
    return once(found)


def _distributions(row: Row, key: str) -> list[Distribution]:
    found: list[Distribution] = []
    for place, each in enumerate(row.each("distribution"), 1):
        download = each.optional("downloadURL", web_address)
        access = each.optional("accessURL", web_address)
        if not (download or access):
            each.withhold(
                "missing-value",
                "The distribution has no web address; it is not loaded.",
                "downloadURL",
            )
            continue
        media = each.several("mediaType", words)
        cells = {"format": each.cells.get("format"), "mediaType": next(iter(media), None)}
        inner = Row(each.number, cells, each.withheld, each.read, each.noted, each.way)
        form = form_of(inner, "format", "mediaType")
        found.append(
            Distribution(
                key=f"{key}-{place}",
                dataset=key,
                title=text_of(each, "title"),
                description=text_of(each, "description"),
                access_url=access,
                download_url=download,
                file_type=form.file_type,
                format_stated=form.stated,
                media_type=form.media_type,
            )
        )
    return found


DATA_MARKETPLACE = (
    Format(
        "data-marketplace",
        "Datasets and data services of the government's Data Marketplace, JSON",
        JsonItems("data_services"),
        _record,
    ),
)
