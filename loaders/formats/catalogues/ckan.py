"""Catalogues made with CKAN, such as data.gov.uk: what its API answers, as JSON.

`package_search` lists packages, `package_show` gives one. A package is a dataset, its resources are
distributions or documents about it. What a catalogue adds stands among the `extras`, which are a
list of keys and values, or beside the other members: data.gov.uk does both.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from loaders.formats.catalogues.dataset_values import byte_size, frequency, statistical_area, theme
from loaders.formats.catalogues.extents import (
    Period,
    box_of,
    first_day,
    geojson_box,
    geometry_box,
    in_order,
    last_day,
)
from loaders.formats.catalogues.file_formats import form_of
from loaders.formats.catalogues.licences import terms_of
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.paging import PACKAGE_PAGES
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Box, Dataset, Distribution, Party, Record, Text
from loaders.times import moment_or_day
from loaders.values import iri, slug, web_address, words

_EXTRAS = (
    "UpdateFrequency",
    "bbox-east-long",
    "bbox-north-lat",
    "bbox-south-lat",
    "bbox-west-long",
    "contact-name",
    "data_issued",
    "data_modified",
    "dataset-reference-date",
    "dcat_publisher_name",
    "frequency",
    "frequency-of-update",
    "guid",
    "la_function",
    "la_service",
    "licence",
    "license_url",
    "resource-type",
    "spatial",
    "temporal-extent-begin",
    "temporal-extent-end",
    "temporal_coverage-from",
    "temporal_coverage-to",
    "theme-primary",
    "theme-secondary",
    "update_frequency",
)
_READ = frozenset(
    {
        *("author", "extras", "id", "is_organization", "license_id", "license_title", "maintainer"),
        *("metadata_modified", "name", "notes", "organization", "private", "resources", "schema"),
        *("state", "tags", "title", "type", "unpublished", "url", "version"),
    }
)
_NOT_LOADED = frozenset(
    {
        # said of the record, of the catalogue, or said elsewhere too
        *("additional_resources", "archiver", "codelist", "creator_user_id", "groups", "harvest"),
        *("individual_resources", "isopen", "metadata_created", "num_resources", "num_tags"),
        *("owner_org", "qa", "relationships_as_object", "relationships_as_subject"),
        *("release-notes", "revision_id", "revision_timestamp", "timeseries_resources"),
        *("tracking_summary", "publish-date", "mandate", "geographic_coverage"),
        # how to reach people
        *("author_email", "contact-email", "contact-phone", "foi-email", "foi-name", "foi-phone"),
        *("foi-web", "maintainer_email"),
    }
)
_NO_DATASETS = frozenset({"group", "harvest", "organization", "resource", "showcase"})
_NOT_PRIVATE: tuple[object, ...] = (None, "", False, "false", "False")
_EMPTY: tuple[object, ...] = (None, "", [], {})
_DOCUMENTS = frozenset({"documentation", "supporting-document"})


def _package(row: Row, feed: Feed) -> tuple[Record, ...]:
    _check_scope(row)
    key = row.required("id", slug)
    title = _title(row)
    extras = _extras(row)
    publisher = _publisher(row, extras, feed)
    described = row.prose("notes")
    issued, modified = _reference_dates(extras)
    terms = terms_of(extras, "license_url", "license_title", "license_id", "licence")
    began, ended = _period(extras)
    areas, box = _ground(extras)
    if extras.cells.get("resource-type") == "service":
        extras.note(
            "unknown-category",
            "The record is about a service; it is loaded as a dataset.",
            "resource-type",
            "service",
        )
    distributions, documents = _resources(row, key)
    return (
        Dataset(
            key=key,
            titles=(title,),
            descriptions=(Text(described),) if described else (),
            publisher=publisher,
            licence=terms.licence,
            licence_stated=terms.stated,
            landing_page=row.optional("url", web_address),
            keywords=_keywords(row),
            themes=_once(
                (
                    *extras.several("theme-primary", theme, separator="\n"),
                    *extras.several("theme-secondary", theme, separator="\n"),
                )
            ),
            subjects=_once(
                (
                    *extras.several("la_service", iri, separator=" "),
                    *extras.several("la_function", iri, separator=" "),
                )
            ),
            issued=issued or extras.optional("data_issued", moment_or_day),
            modified=modified
            or extras.optional("data_modified", moment_or_day)
            or row.optional("metadata_modified", moment_or_day),
            frequency=_frequency(extras),
            areas=areas,
            box=box,
            began=began,
            ended=ended,
            contact=_contact(row, extras, publisher),
            identifiers=_identifiers(row, extras, key),
            conforms_to=_once(
                found for each in row.each("schema") if (found := each.optional("url", iri))
            ),
            version=row.optional("version", words),
            documentation=documents,
        ),
        *distributions,
    )


def _identifiers(row: Row, extras: Row, key: str) -> tuple[str, ...]:
    """The dataset's name in addresses, and its identifier where the catalogue has it from."""
    name = row.optional("name", words)
    same = extras.cells.get("guid") == key
    harvested = None if same else extras.optional("guid", words)
    return _once(each for each in (name, harvested) if each and each != key)


def _check_scope(row: Row) -> None:
    """Leave out what is not to be seen, and what is no dataset. What is unclear is not to be seen.

    Raises:
        Fault: the package is one of these.
    """
    if (private := row.cells.get("private")) not in _NOT_PRIVATE:
        raise Fault(
            "out-of-scope",
            "The dataset is private to its publisher.",
            "private",
            str(private)[:200],
        )
    if (unpublished := _unpublished(row)) not in _NOT_PRIVATE:
        raise Fault(
            "out-of-scope",
            "The dataset is announced and not published yet.",
            "unpublished",
            str(unpublished)[:200],
        )
    if not _is_active(row):
        raise Fault(
            "out-of-scope", "The record is not active in its catalogue.", "state", _state(row)
        )
    kind = row.optional("type", words)
    if kind in _NO_DATASETS or row.cells.get("is_organization") is True:
        raise Fault("out-of-scope", "The record is not about a dataset.", "type", kind)


def _unpublished(row: Row) -> object:
    """What the record says of itself here, or among its extras: the first thing that is no denial.

    Data.gov.uk has records of datasets that a body holds and has not published.
    """
    listed = row.cells.get("extras")
    if isinstance(listed, Mapping):
        listed = [{"key": key, "value": value} for key, value in listed.items()]
    said = [
        each.get("value")
        for each in (listed if isinstance(listed, list) else [])
        if isinstance(each, Mapping) and each.get("key") == "unpublished"
    ]
    every = (row.cells.get("unpublished"), *said)
    return next((each for each in every if each not in _NOT_PRIVATE), None)


def _title(row: Row) -> Text:
    """The words of a title, which may hold HTML.

    Raises:
        Fault: there is none, or there are no words in it.
    """
    stated = row.required("title", words)
    if found := row.prose("title"):
        return Text(found)
    raise Fault("no-words", "The title has no words in it.", "title", stated)


def _is_active(row: Row) -> bool:
    return not row.has("state") or _state(row).casefold() == "active"


def _state(row: Row) -> str:
    return str(row.cells.get("state")).strip()[:200]


def _extras(row: Row) -> Row:
    """The members that may stand among the extras, and those that a licence is told by."""
    listed = row.cells.get("extras")
    if isinstance(listed, Mapping) and "key" not in listed:
        pairs = list(listed.items())
    else:
        pairs = [(each.cells.get("key"), each.cells.get("value")) for each in row.each("extras")]
    cells = {
        name: _plain(name, row.cells.get(name))
        for name in ("license_id", "license_title", *_EXTRAS)
    }
    for name, said in pairs:
        value = _plain(str(name), said)
        if name not in _EXTRAS or value in _EMPTY:
            continue
        if cells[name] in _EMPTY:
            cells[name] = value
        elif cells[name] != value:
            row.withhold(
                "unexpected-structure",
                "The dataset says two things here; the first is loaded.",
                name,
                str(value)[:200],
            )
    return _beside(row, cells)


def _beside(row: Row, cells: Mapping[str, object]) -> Row:
    """A row of other cells, whose faults are those of `row`."""
    return Row(row.number, cells, row.withheld, row.read, row.noted, row.way)


def _plain(name: str, value: object) -> object:
    """A value without the list round it, which the catalogue may have written as a text in JSON."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            listed = json.loads(value)
            json.dumps(listed, ensure_ascii=False).encode()  # not half a character
        except (ValueError, RecursionError):
            return value
        value = listed
    if not isinstance(value, list):
        return value
    if not value:
        return None
    if name == "licence":
        return "; ".join(map(str, value))
    return value[0] if len(value) == 1 and isinstance(value[0], str) else value


def _publisher(row: Row, extras: Row, feed: Feed) -> Party | None:
    if isinstance(row.cells.get("organization"), str):
        found = feed.party(row.optional("organization", words))
    elif body := row.within("organization"):
        code = body.optional("name", words)
        stated = body.optional("title", words) or code
        found = feed.party(stated, code, body.optional("id", words))
    else:
        found = feed.party(extras.optional("dcat_publisher_name", words))
    return noted_publisher(row, found, "organization")


def _contact(row: Row, extras: Row, publisher: Party | None) -> str | None:
    """The publisher, where it is its own contact; whether others are people cannot be told."""
    publishing = (publisher.stated or "").casefold() if publisher else ""
    others: list[str] = []
    for place, column in ((extras, "contact-name"), (row, "maintainer"), (row, "author")):
        cell = place.optional(column, words)
        if cell and "@" not in cell and cell.casefold() == publishing:
            return cell
        if cell:
            others.append(column)
    if others:
        row.withhold(
            "contact-of-a-person",
            "Whether the contact is a team or a person cannot be told; it is not loaded.",
            others[0],
        )
    return None


def _keywords(row: Row) -> tuple[Text, ...]:
    tags = row.cells.get("tags")
    names = [
        each.get("name") or each.get("display_name") if isinstance(each, Mapping) else each
        for each in (tags if isinstance(tags, list) else [])
    ]
    return tuple(map(Text, _once(_beside(row, {"tags": names}).several("tags", words))))


def _frequency(extras: Row) -> str | None:
    columns = ("frequency-of-update", "update_frequency", "UpdateFrequency", "frequency")
    stated = next(filter(extras.has, columns), None)
    return extras.optional(stated, frequency) if stated else None


def _reference_dates(extras: Row) -> Period:
    """When the dataset was published and last revised, as records after INSPIRE have it."""
    if isinstance(extras.cells.get("dataset-reference-date"), str):
        extras.optional("dataset-reference-date", _no_list)
        return None, None
    found: dict[str, date] = {}
    for each in extras.each("dataset-reference-date"):
        kind, day = each.optional("type", words), each.optional("value", first_day)
        if kind and day:
            found[kind] = max(day, found.get(kind, day))
    return found.get("publication"), found.get("revision")


def _no_list(cell: str) -> str:
    raise Fault("unexpected-structure", f"“{cell[:200]}” is not a list of days in JSON.")


def _period(extras: Row) -> Period:
    began = extras.optional("temporal_coverage-from", first_day)
    ended = extras.optional("temporal_coverage-to", last_day)
    return in_order(
        extras,
        "temporal_coverage-to",
        began or extras.optional("temporal-extent-begin", first_day),
        ended or extras.optional("temporal-extent-end", last_day),
    )


def _ground(extras: Row) -> tuple[tuple[str, ...], Box | None]:
    """The areas that a dataset is about, and the box; four sides go before a geometry."""
    box = box_of(extras, "bbox-west-long", "bbox-south-lat", "bbox-east-long", "bbox-north-lat")
    spatial = extras.cells.get("spatial")
    if isinstance(spatial, Mapping):
        return (), box or _geometry(extras, spatial)
    if isinstance(spatial, str) and spatial.lstrip().startswith("{"):
        return (), box or extras.optional("spatial", geojson_box)
    return extras.several("spatial", statistical_area, separator=" "), box


def _geometry(extras: Row, spatial: object) -> Box | None:
    try:
        return geometry_box(spatial)
    except Fault as fault:
        extras.withhold(fault.rule, fault.message, "spatial")
        return None


def _resources(row: Row, key: str) -> tuple[list[Distribution], tuple[str, ...]]:
    """The distributions of a dataset, and the addresses of documents about it."""
    resources = row.each("resources")
    codes = Counter(str(each.cells.get("id")) for each in resources)
    distributions: list[Distribution] = []
    documents: list[str] = []
    for place, each in enumerate(resources, 1):
        if not _is_active(each):
            each.withhold("out-of-scope", "The resource is not active.", "state", _state(each))
            continue
        try:
            address = each.required("url", web_address)
        except Fault as fault:
            row.withheld.append(fault)
            continue
        kinds = (each.optional(name, words) for name in ("resource-type", "resource_type"))
        if not _DOCUMENTS.isdisjoint(kinds):
            documents.append(address)
            continue
        code = each.optional("id", slug)
        if code and codes[code] > 1:
            each.withhold(
                "duplicate-key", "Two resources have this key, which is neither's now.", "id", code
            )
            code = None
        distributions.append(_distribution(each, code or f"{key}-{place}", key, address))
    return distributions, _once(documents)


def _distribution(row: Row, key: str, dataset: str, address: str) -> Distribution:
    form = form_of(row, "format", "mimetype")
    title, described = row.prose("name"), row.prose("description")
    return Distribution(
        key=key,
        dataset=dataset,
        title=Text(title) if title else None,
        description=Text(described) if described else None,
        access_url=None if form.is_file else address,
        download_url=address if form.is_file else None,
        file_type=form.file_type,
        format_stated=form.stated,
        media_type=form.media_type,
        byte_size=row.optional("size", byte_size),
        issued=row.optional("created", moment_or_day),
        modified=row.optional("last_modified", moment_or_day),
    )


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


CKAN = (
    Format(
        "ckan",
        "Datasets of a catalogue made with CKAN, as its API answers, JSON",
        JsonItems(
            items="result.results",
            single="result",
            total="result.count",
            known=_READ | _NOT_LOADED | frozenset(_EXTRAS),
        ),
        _package,
        PACKAGE_PAGES,
    ),
)
