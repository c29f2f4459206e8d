"""The tables of Open Referral (HSDS 3.0, and HSDS-UK 3.0) and how they belong to one another."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table of the standard.

    `columns` are those that the standard or its profile knows. `owners` are the columns that name
    what a row belongs to, each with the table of that, the closest first: a row belongs to the
    first that it names alone, so that the telephone of a contact is not taken for the service's.
    """

    columns: tuple[str, ...]
    owners: Mapping[str, str]
    is_loaded: bool = True


def _table(columns: str, *owners: tuple[str, str], is_loaded: bool = True) -> TableOf:
    return TableOf(("id", *columns.split()), dict(owners), is_loaded)


SERVICES = "services"
_SERVICE = ("service_id", SERVICES)
_LOCATION = ("location_id", "locations")
_VISIT = ("service_at_location_id", "service_at_location")
_BODY = ("organization_id", "organizations")

TABLES: Mapping[str, TableOf] = {
    SERVICES: _table(
        "organization_id program_id name alternate_name description url additional_urls email "
        "status interpretation_services application_process fees_description wait_time fees "
        "accreditations eligibility_description minimum_age maximum_age assured_date "
        "assurer_email licenses alert last_modified",
    ),
    "organizations": _table(
        "name alternate_name description email website additional_websites tax_status tax_id "
        "year_incorporated legal_status logo uri parent_organization_id",
    ),
    "locations": _table(
        "location_type url organization_id name alternate_name description transportation "
        "latitude longitude external_identifier external_identifier_type",
    ),
    "taxonomy_terms": _table(
        "code name description parent_id taxonomy language taxonomy_id term_uri term",
    ),
    "taxonomies": _table("name description uri version"),
    "service_at_location": _table("service_id location_id description", _SERVICE),
    "organization_identifiers": _table(
        "organization_id identifier_scheme identifier_type identifier", _BODY
    ),
    "addresses": _table(
        "location_id attention address_1 address_2 city region state_province postal_code country "
        "address_type",
        _LOCATION,
    ),
    "attributes": _table(
        "link_id taxonomy_term_id link_type link_entity value label", ("link_id", SERVICES)
    ),
    "contacts": _table(
        "organization_id service_id service_at_location_id location_id name title department email",
        _VISIT,
        _SERVICE,
        _LOCATION,
        _BODY,
    ),
    "phones": _table(
        "location_id service_id organization_id contact_id service_at_location_id number extension "
        "type description",
        ("contact_id", "contacts"),
        _VISIT,
        _SERVICE,
        _LOCATION,
        _BODY,
    ),
    "schedules": _table(
        "service_id location_id service_at_location_id valid_from valid_to dtstart timezone until "
        "count wkst freq interval byday byweekno bymonthday byyearday description opens_at "
        "closes_at schedule_link attending_type notes",
        _VISIT,
        _SERVICE,
        _LOCATION,
    ),
    "cost_options": _table(
        "service_id valid_from valid_to option currency amount amount_description", _SERVICE
    ),
    "service_areas": _table(
        "service_id service_at_location_id name description extent extent_type uri service_area",
        _SERVICE,
    ),
    "accessibility": _table("", is_loaded=False),
    "funding": _table("", is_loaded=False),
    "languages": _table("", is_loaded=False),
    "meta_table_descriptions": _table("", is_loaded=False),
    "metadata": _table("", is_loaded=False),
    "programs": _table("", is_loaded=False),
    "required_documents": _table("", is_loaded=False),
    "urls": _table("", is_loaded=False),
}
"""The tables by the names of their files, without `.csv`. Those not loaded are only known."""

_ALSO = {"accessibility": "accessibilities", "meta_table_descriptions": "meta_table_description"}
_IRREGULAR = {
    "addresses": "address",
    "taxonomies": "taxonomy",
    "service_at_location": "service_at_locations",
}
# What people call a table: its plural, or the singular that the standard's objects have.
NAMES: Mapping[str, str] = {
    spelt: name
    for name in TABLES
    for spelt in (
        name,
        _IRREGULAR.get(name, _ALSO.get(name, name.removesuffix("s"))),
        name.replace("organization", "organisation"),
        name.removesuffix("s").replace("organization", "organisation"),
    )
}
"""The table that a name means, whether it is in the plural or the singular."""
