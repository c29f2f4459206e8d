"""Datasets about health as Health Data Research UK catalogues them: a CSV export, and JSON.

The CSV has a column for each version that any dataset has had, which holds the identifier of that
version; a dataset is known by its persistent identifier. The JSON is one dataset in the versions 2
to 4 of the schema. Many cells hold words for nothing, such as “In Progress”. Who made or controls
the data, and whom to write to, are persons as often as bodies, and are not loaded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from loaders.formats.catalogues.dataset_values import frequency
from loaders.formats.catalogues.licences import Terms, terms_of
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.headings import folded
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.identity import name_slug
from loaders.issues import Fault
from loaders.records import Dataset, Party, Record, Text
from loaders.times import day_of, moment_or_day
from loaders.values import Reader, T, slug, web_address, words

_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
_NOTHING = frozenset(
    (
        *("in progress", "not available", "not applicable", "not specified", "not known", "n a"),
        *("unknown", "na", "not available yet", "none", "tbc", "other"),
    )
)
_MOST_WORDS = 200  # what is longer is no name of a licence, and no keyword
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}/\S+)")


@dataclass(frozen=True, slots=True)
class _Export(Columns):
    """The columns of the export, and one for each version that any of its datasets has had."""

    def remarks(self, header: Sequence[str]) -> Iterator[Fault]:
        """What is odd about a header: not columns that are named by a version."""
        unversioned = [each for each in header if not _VERSION.fullmatch(each)]
        yield from Columns.remarks(self, unversioned)


_COLUMNS = _Export(
    required=("pid", "title"),
    optional=(
        *("abstract", "accessRights", "conformsTo", "datasetEndDate", "datasetStartDate"),
        *("description", "doi", "identifier", "issued", "keywords", "license", "modified"),
        *("periodicity", "publisher", "version"),
    ),
    ignored=(
        *("accessRequestCost", "accessRequestDuration", "ageBand", "aliases", "author"),
        *("citations", "contactPoint", "controlledVocabulary", "creator", "dataClassesCount"),
        *("dataController", "dataElementsCount", "dataProcessor", "dataType", "derivedDatasets"),
        *("domainType", "editable", "fileSize", "finalised", "format", "geographicCoverage"),
        *("group", "id", "jurisdiction", "label", "language", "lastUpdated", "latest"),
        *("linkedDataset", "maxMultiplicity", "minMultiplicity", "name", "organisation"),
        *("physicalSampleAvailability", "populationType", "releaseDate", "statisticalPopulation"),
        *("type", "url"),
    ),
)


def _of_export(row: Row, feed: Feed) -> tuple[Record, ...]:
    terms = _terms(row)
    began, ended = _period(row, "datasetStartDate", row, "datasetEndDate")
    return (
        Dataset(
            key=row.required("pid", slug),
            titles=_texts(row, "title"),
            descriptions=tuple(
                dict.fromkeys((*_texts(row, "description"), *_texts(row, "abstract")))
            ),
            publisher=_publisher(row, "publisher", feed),
            licence=terms.licence,
            licence_stated=terms.stated,
            keywords=tuple(Text(each) for each in _keywords(row, "keywords")),
            issued=_value(row, "issued", moment_or_day),
            modified=_value(row, "modified", moment_or_day),
            frequency=_value(row, "periodicity", frequency),
            began=began,
            ended=ended,
            identifiers=_identifiers(row, "identifier", row, "doi"),
            version=_value(row, "version", words),
            documentation=_addresses(row, "accessRights"),
        ),
    )


def _of_schema(row: Row, feed: Feed) -> tuple[Record, ...]:
    summary = row.within("summary")
    if summary is None:
        raise Fault("missing-value", "The dataset has no summary.", "summary")
    title = summary.prose("title")
    if title is None:
        raise Fault("missing-value", "The dataset has no title.", "summary.title")
    documentation = row.within("documentation")
    description = documentation.prose("description") if documentation else None
    custodian = summary.within("dataCustodian") or summary.within("publisher")
    temporal = _within(row, "provenance", "temporal")
    access = _within(row, "accessibility", "access")
    began, ended = _period(temporal, "startDate", temporal, "endDate") if temporal else (None, None)
    told = filter(None, (description, summary.prose("abstract")))
    return (
        Dataset(
            key=_key(row, title),
            titles=(Text(title),),
            descriptions=tuple(dict.fromkeys(map(Text, told))),
            publisher=_publisher(custodian, "name", feed) if custodian else None,
            keywords=tuple(Text(each) for each in _keywords(summary, "keywords")),
            issued=_value(row, "issued", moment_or_day),
            modified=_value(row, "modified", moment_or_day),
            frequency=_frequency(temporal),
            began=began,
            ended=ended,
            identifiers=_identifiers(row, "identifier", summary, "doiName"),
            version=_value(row, "version", words),
            documentation=_addresses(access, "accessRights") if access else (),
        ),
    )


def _terms(row: Row) -> Terms:
    """The licence: what is too long for the name of one is kept as it is."""
    said = _text(row, "license")
    if said is None:
        return Terms()
    return (
        terms_of(row, "license") if len(said) <= _MOST_WORDS else Terms(None, row.prose("license"))
    )


def _key(row: Row, title: str) -> str:
    """The last step of the dataset's identifier; its title, noted, where it has none."""
    identifier = _value(row, "identifier", words)
    if identifier is None:
        row.note("missing-value", "There is no identifier; the title stands for it.", "identifier")
        return name_slug(title)
    try:
        return slug(identifier.rstrip("/").rpartition("/")[2])
    except Fault as fault:
        raise Fault(fault.rule, fault.message, "identifier", identifier) from None


def _within(row: Row, *way: str) -> Row | None:
    found: Row | None = row
    for step in way:
        found = found.within(step) if found else None
    return found


def _frequency(row: Row | None) -> str | None:
    """How often a dataset appears, which later versions of the schema call publishing frequency."""
    if row is None:
        return None
    named = "publishingFrequency" if row.has("publishingFrequency") else "accrualPeriodicity"
    return _value(row, named, frequency)


def _publisher(row: Row, column: str, feed: Feed) -> Party | None:
    """The body after the last “>”, which stands behind those that it is a member of."""
    stated = _value(row, column, words)
    member = stated.rpartition(">")[2].strip() if stated else None
    found = feed.party(stated, member or None)
    return noted_publisher(row, found, column)


def _text(row: Row, column: str) -> str | None:
    value = row.cells.get(column)
    said = words(value) if isinstance(value, str) else None
    return None if said is None or folded(said) in _NOTHING | {""} else said


def _value(row: Row, column: str, read: Reader[T]) -> T | None:
    """The value of a cell, unless it holds words for nothing."""
    return row.optional(column, read) if _text(row, column) is not None else None


def _texts(row: Row, column: str) -> tuple[Text, ...]:
    said = row.prose(column) if _text(row, column) is not None else None
    return (Text(said),) if said else ()


def _keywords(row: Row, column: str) -> tuple[str, ...]:
    """Keywords, in a list of their own or with commas or semicolons between them, each once."""
    value = row.cells.get(column)
    if not isinstance(value, list) and _text(row, column) is None:
        return ()
    found = (
        row.several(column, words)
        if isinstance(value, list)
        else [words(each) for each in re.split(r",|;", row.optional(column, str) or "")]
    )
    said = (each for each in found if each and folded(each) not in _NOTHING | {""})
    return tuple(dict.fromkeys(each for each in said if len(each) <= _MOST_WORDS))


def _period(first: Row, began: str, last: Row, ended: str) -> tuple[date | None, date | None]:
    """The period that the data are about; a dataset that goes on has no end."""
    start = _value(first, began, day_of)
    said = _text(last, ended)
    if said and folded(said) in ("ongoing", "continuous", "present", "current"):
        return start, None
    end = _value(last, ended, day_of)
    if start and end and end < start:
        last.withhold(
            "dates-out-of-order",
            f"The data end on {end}, before they begin on {start}.",
            ended,
            str(end),
        )
        return start, None
    return start, end


def _identifiers(row: Row, column: str, other: Row, doi: str) -> tuple[str, ...]:
    said = [_value(row, column, words)]
    if found := _DOI.fullmatch(_text(other, doi) or ""):
        said.append(f"https://doi.org/{found[1]}")
    return tuple(dict.fromkeys(each for each in said if each))


def _addresses(row: Row, column: str) -> tuple[str, ...]:
    """The address of a page on how to get at the data; words that are none are no fault."""
    value = row.cells.get(column)
    said = value if isinstance(value, list) else [value]
    found: list[str] = []
    for each in said:
        if isinstance(each, str) and re.match(r"https?://\S+\Z", each.strip()):
            try:
                found.append(web_address(each.strip()))
            except Fault as fault:
                row.withhold(fault.rule, fault.message, column, each)
    return tuple(dict.fromkeys(found))


HDRUK = (
    Format(
        "hdruk-datasets-csv",
        "The export of Health Data Research UK's catalogue, CSV",
        Delimited(_COLUMNS),
        _of_export,
    ),
    Format(
        "hdruk-dataset-json",
        "A dataset in Health Data Research UK's metadata schema, versions 2 to 4, JSON",
        JsonItems(
            "datasets",
            known=frozenset(
                (
                    *("identifier", "version", "revisions", "issued", "modified", "summary"),
                    *("documentation", "coverage", "provenance", "accessibility", "omics"),
                    *("enrichmentAndLinkage", "observations", "structuralMetadata"),
                    *("tissuesSampleCollection", "demographicFrequency"),
                )
            ),
        ),
        _of_schema,
    ),
)
