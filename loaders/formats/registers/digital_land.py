"""The local authority register of the planning data platform (digital-land), as CSV.

Columns as in its `local-authority.csv` of February 2025. One row tells of a council, of the area
that it governs, of its codes in other registers and of the combined authority that it belongs to.
"""

from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.records import Area, Identifier, Link, Membership, Organisation, Record
from loaders.values import (
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
    ]
    region = row.optional("region", gss)
    if area:
        # The Greater London Authority governs a whole region: its area is the region itself.
        records.append(Area(area, within=region if region != area else None))
    if region:
        records.append(Area(region, area_type="region"))
    for column, scheme in _CODES.items():
        if found := row.optional(column, code):
            records.append(Identifier("organisation", key, scheme, found))
    if item := row.optional("wikidata", wikidata_item):
        records.append(Identifier("organisation", key, "wikidata", item))
        records.append(Link("organisation", key, _WIKIDATA + item))
    if same := row.optional("opendatacommunities-uri", web_address):
        records.append(Link("organisation", key, same))
    if combined := row.optional("combined-authority", register_code):
        records.append(Membership(key, f"GB-LAE-{combined}", "constituent-council"))
    return tuple(records)


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
)
