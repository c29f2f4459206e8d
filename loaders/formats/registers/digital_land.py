"""Registers of organisations of the planning data platform (digital-land), as CSV.

Columns as in its collection of February 2025. One row of `local-authority.csv` tells of a council,
of the area that it governs, of its codes in other registers and of the combined authority that it
belongs to; the other files tell of bodies of one kind each, by their item in Wikidata.
"""

from collections.abc import Iterator, Mapping

from loaders.codes import code_in
from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format, Interpretation
from loaders.formats.reading.row import Row
from loaders.formats.registers.govuk_registers import government_code
from loaders.issues import Fault
from loaders.records import Area, Identifier, Link, Membership, Organisation, Record
from loaders.values import (
    Reader,
    code,
    date_in_force,
    gss,
    notation,
    register_code,
    web_address,
    wikidata_item,
    words,
)

_CODES = {
    "billing-authority": "e-code",
    "addressbase-custodian": "addressbase-custodian",
    "parliament-thesaurus": "parliament-thesaurus",
    "entity": "planning-data-entity",
    "local-planning-authority": "local-planning-authority",
}
_WIKIDATA = "http://www.wikidata.org/entity/"


def _local_authority(row: Row, _: Feed) -> tuple[Record, ...]:
    reference = row.required("reference", register_code)
    key = f"GB-LAE-{reference}"
    area = row.optional("statistical-geography", gss)
    organisation = Organisation(
        key=key,
        name=row.required("name", words),
        organisation_type=row.required("local-authority-type", notation("organisation-type")),
        homepage=row.optional("website", web_address),
        founded=row.optional("start-date", date_in_force),
        dissolved=row.optional("end-date", date_in_force),
        administers=(area,) if area else (),
    )
    records: list[Record] = [
        organisation,
        Identifier("organisation", key, "local-authority-eng", reference),
        *_areas(row, area),
        *_codes(row, key),
    ]
    if combined := row.optional("combined-authority", register_code):
        records.append(Membership(key, f"GB-LAE-{combined}", "constituent-council"))
    return tuple(records)


def _areas(row: Row, area: str | None) -> Iterator[Record]:
    region = row.optional("region", gss)
    if area:
        # The Greater London Authority governs a whole region: its area is the region itself.
        yield Area(area, within=region if region != area else None)
    if region:
        yield Area(region, area_type="region")


def _codes(row: Row, key: str) -> Iterator[Record]:
    for column, scheme in _CODES.items():
        if found := row.optional(column, code):
            yield Identifier("organisation", key, scheme, found)
    if company := row.optional("company", code_in("company-number")):
        yield Identifier("organisation", key, "company-number", company)
    if item := row.optional("wikidata", wikidata_item):
        yield Identifier("organisation", key, "wikidata", item)
        yield Link("organisation", key, _WIKIDATA + item)
    if same := row.optional("opendatacommunities-uri", web_address):
        yield Link("organisation", key, same)


def _item_key(feed: Feed) -> Reader[str]:
    """A reader of items of Wikidata, which the platform has as codes where no register has any."""

    def read(cell: str) -> str:
        return feed.organisations.get(cell) or f"XI-WIKIDATA-{wikidata_item(cell)}"

    return read


def _government_key(feed: Feed) -> Reader[str]:
    def read(cell: str) -> str:
        return feed.organisations.get(cell) or f"GB-GOR-{government_code(cell)}"

    return read


def _entity_key(feed: Feed) -> Reader[str]:
    """A reader of the platform's own numbers, for bodies that have no code but that."""

    def read(cell: str) -> str:
        if not cell.isascii() or not cell.isdecimal():
            raise Fault("bad-code", f"“{cell}” is not the number of an entity.")
        return feed.organisations.get(cell) or feed.own_key(cell)

    return read


def _bodies(kind: str | None) -> Interpretation:
    """What a row of a register means whose bodies are all of one type."""

    def interpret(row: Row, feed: Feed) -> tuple[Record, ...]:
        if not row.has("reference"):
            key = row.required("entity", _entity_key(feed))
        elif row.cells.get("prefix") == "government-organisation":
            key = row.required("reference", _government_key(feed))
        else:
            key = row.required("reference", _item_key(feed))
        area = row.optional("statistical-geography", gss)
        organisation = Organisation(
            key=key,
            name=row.required("name", words),
            organisation_type=kind,
            homepage=row.optional("website", web_address)
            or row.optional("website-url", web_address),
            founded=row.optional("start-date", date_in_force),
            dissolved=row.optional("end-date", date_in_force),
            administers=(area,) if area else (),
        )
        return organisation, *_areas(row, area), *_codes(row, key)

    return interpret


_REGISTERS: Mapping[str, tuple[str, str | None]] = {
    "development-corporation": ("development corporations", "development-corporation"),
    "government-organisation": ("government organisations", "government-organisation"),
    "local-enterprise-partnership": (
        "local enterprise partnerships",
        "local-enterprise-partnership",
    ),
    "local-resilience-forum": ("local resilience forums", "partnership"),
    "national-park-authority": ("national park authorities", "national-park-authority"),
    "nonprofit": ("bodies that make no profit", None),
    "passenger-transport-executive": ("passenger transport executives", "PTE"),
    "public-authority": ("further public authorities", None),
    "regional-park-authority": ("regional park authorities", "regional-park-authority"),
    "waste-authority": ("waste authorities", "waste-authority"),
}
_BODY = Columns(
    required=("reference", "name", "entity", "prefix"),
    optional=(
        "statistical-geography",
        "website",
        "website-url",
        "start-date",
        "end-date",
        "region",
        "company",
        "wikidata",
        "opendatacommunities-uri",
        *(each for each in _CODES if each != "entity"),
    ),
    ignored=(
        "entry-date",
        "government-organisation",  # the same body's code in another register of the platform
        "local-enterprise-partnership-area",
        "local-resilience-forum-boundary",  # says what statistical-geography says
        "national-park",
        "notes",
        "organisation",
        "twitter",
        "whatdotheyknow-body",
        "wikipedia",
    ),
)

DIGITAL_LAND = (
    Format(
        "digital-land-local-authority",
        "The planning data platform's register of local authorities, CSV",
        Delimited(
            Columns(
                required=("reference", "name", "local-authority-type"),
                optional=(
                    "statistical-geography",
                    "website",
                    "start-date",
                    "end-date",
                    "region",
                    "wikidata",
                    "opendatacommunities-uri",
                    "combined-authority",
                    *_CODES,
                ),
                ignored=(
                    "esd-inventory",
                    "local-authority-district",  # says what statistical-geography says
                    "local-enterprise-partnership",
                    "local-resilience-forum",  # keys of another register
                    "notes",
                    "organisation",  # the reference again, as a CURIE
                    "prefix",
                    "twitter",
                    "wikipedia",
                ),
            )
        ),
        _local_authority,
    ),
    *(
        Format(
            f"digital-land-{register}",
            f"The planning data platform's register of {words_}, CSV",
            Delimited(_BODY),
            _bodies(kind),
        )
        for register, (words_, kind) in _REGISTERS.items()
    ),
)
