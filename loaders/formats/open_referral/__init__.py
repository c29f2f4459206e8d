"""Services as Open Referral UK publishes them (HSDS-UK 3.0, a profile of HSDS 3.0), as JSON.

A feed holds pages of the list of services, or full records of single services, one document after
the other; or it is a package of tables, which `package` reads. What the UK's profile leaves out of
HSDS is read where it is there.
"""

from loaders.formats.open_referral.package import TABLES_FORMAT
from loaders.formats.open_referral.service import service
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.paging import SERVICE_PAGES

_LOADED = frozenset(
    (
        *("id", "name", "description", "url", "email", "status", "fees", "fees_description"),
        *("minimum_age", "maximum_age", "last_modified", "organization", "organization_id"),
        *("attributes", "service_areas", "service_at_locations", "schedules", "phones"),
        *("contacts", "cost_options"),
    )
)
_NOT_LOADED = frozenset(
    (
        *("accessibility", "accreditations", "alert", "alternate_name", "application_process"),
        *("assured_date", "assurer_email", "eligibility_description", "funding"),
        *("interpretation_services", "languages", "licenses", "metadata", "program"),
        *("program_id", "required_documents", "wait_time"),
    )
)

OPEN_REFERRAL = (
    Format(
        "open-referral-uk",
        "Services of Open Referral UK (HSDS-UK 3.0), JSON",
        JsonItems(items="contents", total="total_items", known=_LOADED | _NOT_LOADED),
        service,
        SERVICE_PAGES,
    ),
)

OPEN_REFERRAL_TABLES = (TABLES_FORMAT,)
