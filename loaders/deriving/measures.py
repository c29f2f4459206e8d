"""What is measured of a record: fifteen FAIR indicators, and metrics of five dimensions.

They tell of the record and not of the data, into which nobody looks. What cannot be told from what
is recorded is not measured, which is neither nought nor no; `docs/quality.md` says of each how it
is found out. A measure that says that nothing is there is taken only of records that the audience
sees whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from loaders.deriving.measured_records import Record
from ontology.namespaces import concept
from ontology.vocab import DCAT, DCT, GM, PROV

ASKED = {
    "dataset": (
        *(DCT.title, DCT.description, DCT.publisher, DCT.license, DCT.modified),
        *(DCT.accrualPeriodicity, DCT.spatial, DCAT.contactPoint, DCAT.theme, DCAT.distribution),
    ),
    "information-asset": (
        *(DCT.title, DCT.description, GM.heldBy, GM.assetOwner, GM.assetSteward, GM.heldIn),
        *(GM.securityClassification, GM.personalDataLevel, GM.retentionRule, GM.lastReviewed),
    ),
}
"""The properties that the completeness of a record asks for, by its kind."""

_RICH = {
    "dataset": (DCT.title, DCT.description, DCT.publisher, DCAT.theme),
    "information-asset": (DCT.title, DCT.description, GM.heldBy, DCAT.theme),
}
_CONTEXT = (DCT.spatial, DCT.temporal, DCT.accrualPeriodicity, DCAT.contactPoint)
_REFERENCES = (DCT.isPartOf, DCT.source, PROV.wasDerivedFrom, GM.realisedBy)
_ORIGINS = (DCT.source, PROV.wasDerivedFrom, PROV.wasGeneratedBy)
_WORDS = {
    "dataset": {GM.publisherAsStated: DCT.publisher, GM.licenceAsStated: DCT.license},
    "information-asset": {
        GM.publisherAsStated: DCT.publisher,
        GM.licenceAsStated: DCT.license,
        GM.formatAsStated: GM.assetFormat,
    },
}
_WORDS_OF_FILES = {
    GM.licenceAsStated: (DCT.license,),
    GM.formatAsStated: (DCT.format, DCAT.mediaType),
}
_OF_EVERY_VALUE = frozenset({"A1.1"})
_FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
_READ_BY_PROGRAMS = frozenset(
    _FILE_TYPES + each
    for each in ("CSV", "GEOJSON", "JSON", "JSON_LD", "RDF_TURTLE", "RDF_XML", "TSV", "XML")
)
_DAYS = {
    "continuous": 1,
    "daily": 1,
    "threeTimesAWeek": 3,
    "semiweekly": 4,
    "weekly": 7,
    "threeTimesAMonth": 11,
    "biweekly": 14,
    "semimonthly": 16,
    "monthly": 31,
    "bimonthly": 62,
    "quarterly": 92,
    "threeTimesAYear": 122,
    "semiannual": 184,
    "annual": 366,
    "biennial": 731,
    "triennial": 1097,
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A measurement: of an indicator or a metric, by notation, with the properties looked at.

    The value of an indicator is a truth, that of a metric a number from nought to one.
    """

    name: str
    value: bool | Decimal
    looked_at: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def measures_of(record: Record) -> Iterator[Measure]:
    """What can be measured of a record by itself."""
    for each in (*_indicators(record), *_metrics(record)):
        if record.is_whole or _only_tells_what_is_there(each):
            yield each


def _only_tells_what_is_there(measure: Measure) -> bool:
    """Whether it stays true whatever else is recorded: one more address may not be of HTTP."""
    return measure.value is True and measure.name not in _OF_EVERY_VALUE


def _indicators(record: Record) -> Iterator[Measure]:
    yield Measure("F1", value=True)
    yield _all_of(record, "F2", _RICH[record.kind])
    yield _any_of(record, "F3", (DCT.identifier,))
    yield Measure("F4", value=True)
    yield Measure("A2", value=True)
    yield _any_of(record, "I3", _REFERENCES)
    yield _all_of(record, "R1", _CONTEXT)
    yield _any_of(record, "R1.2", _ORIGINS)
    yield _any_of(record, "R1.3", (DCT.conformsTo,))
    if record.kind == "dataset":
        yield from _of_offers(record)
    if record.kind == "dataset" or record.has(DCT.license):
        yield _any_of(record, "R1.1", (DCT.license,))
    access = record.values.get(DCT.accessRights, ())
    if access and f"<{concept('access-right', 'OPEN')}>" not in access:
        yield _any_of(record, "A1.2", (GM.accessReason, DCAT.contactPoint), (DCT.accessRights,))


def _of_offers(record: Record) -> Iterator[Measure]:
    addresses = [address for offer in record.offers for address in offer.addresses]
    addresses += [each[1:-1] for each in record.values.get(DCAT.landingPage, ())]
    looked = (DCAT.distribution, DCAT.landingPage)
    yield Measure("A1", bool(addresses), looked, () if addresses else (DCAT.distribution,))
    if addresses:
        is_open = all(each.startswith(("http://", "https://")) for each in addresses)
        yield Measure("A1.1", is_open, looked)
    formats = {each for offer in record.offers for each in offer.formats}
    if formats:
        yield Measure("I1", not formats.isdisjoint(_READ_BY_PROGRAMS), (DCAT.distribution,))


def _metrics(record: Record) -> Iterator[Measure]:
    asked = ASKED[record.kind]
    lacks = tuple(each for each in asked if not record.has(each))
    yield Measure("record-completeness", _share(len(asked) - len(lacks), len(asked)), asked, lacks)
    words = list(_words(record))
    if words:
        unknown = [known for _, known, is_understood in words if not is_understood]
        value = _share(len(words) - len(unknown), len(words))
        looked = tuple(dict.fromkeys(stated for stated, *_ in words))
        yield Measure("words-understood", value, looked, tuple(dict.fromkeys(unknown)))
    first, last = _days(record, DCT.issued), _days(record, DCT.modified)
    if first and last:
        yield Measure(
            "dates-in-order", Decimal(min(first) <= max(last)), (DCT.issued, DCT.modified)
        )
    every = [
        days
        for notation, days in _DAYS.items()
        if f"<{concept('frequency', notation)}>" in record.values.get(DCT.accrualPeriodicity, ())
    ]
    if last and every and record.loaded:
        kept = (record.loaded - max(last)).days <= 2 * max(every)
        yield Measure("kept-up", Decimal(kept), (DCT.modified, DCT.accrualPeriodicity))


def _words(record: Record) -> Iterator[tuple[str, str, bool]]:
    """What a record and its files state in words, with what the words mean and whether that is."""
    for stated, known in _WORDS[record.kind].items():
        if record.has(stated):
            yield stated, known, record.has(known)
    for offer in record.offers:
        for stated, means in _WORDS_OF_FILES.items():
            if stated in offer.told:
                yield stated, means[0], not offer.told.isdisjoint(means)


def _all_of(record: Record, name: str, properties: tuple[str, ...]) -> Measure:
    lacks = tuple(each for each in properties if not record.has(each))
    return Measure(name, not lacks, properties, lacks)


def _any_of(
    record: Record, name: str, properties: tuple[str, ...], besides: tuple[str, ...] = ()
) -> Measure:
    is_there = record.has(*properties)
    return Measure(name, is_there, (*besides, *properties), () if is_there else properties[:1])


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _days(record: Record, term: str) -> list[date]:
    found = []
    for each in record.texts(term):
        try:
            found.append(date.fromisoformat(each[:10]))
        except ValueError:  # a year or a month alone
            continue
    return found


def same_title(record: Record) -> tuple[str, ...]:
    """What two records of one publisher have in common where one is a double of the other."""
    titles = tuple(sorted(each.casefold().strip() for each in record.texts(DCT.title)))
    holders = record.values.get(DCT.publisher, ()) or record.values.get(GM.heldBy, ())
    return (record.kind, *sorted(holders), *titles) if titles and holders else ()
