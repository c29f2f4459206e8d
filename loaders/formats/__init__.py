"""Publishers' formats: bytes in, typed records out.

`reading` holds the readers that formats share; `registers`, `open_referral`, `catalogues` and
`assets` the formats of organisations, services, datasets and information assets, `governance` those
of processing, agreements, retention and tools. What stands beside them is a format of one module.
"""

from loaders.errors import DeclarationError
from loaders.formats.areas import AREAS
from loaders.formats.assets.asset_register import ASSET_REGISTER
from loaders.formats.catalogues.api_catalogue import API_CATALOGUE
from loaders.formats.catalogues.arcgis_dcat import ARCGIS_DCAT
from loaders.formats.catalogues.arcgis_search import ARCGIS_SEARCH
from loaders.formats.catalogues.ckan import CKAN
from loaders.formats.catalogues.csvw import CSVW
from loaders.formats.catalogues.data_marketplace import DATA_MARKETPLACE
from loaders.formats.catalogues.data_package import DATA_PACKAGE
from loaders.formats.catalogues.dcat import DCAT
from loaders.formats.catalogues.esd_inventory import ESD_INVENTORY
from loaders.formats.catalogues.exchange_model import EXCHANGE_MODEL
from loaders.formats.catalogues.hdruk import HDRUK
from loaders.formats.catalogues.national_infrastructure import NATIONAL_INFRASTRUCTURE
from loaders.formats.catalogues.project_open_data import PROJECT_OPEN_DATA
from loaders.formats.catalogues.schema_org import SCHEMA_ORG
from loaders.formats.catalogues.source_lists import SOURCE_LISTS
from loaders.formats.catalogues.standards_catalogue import STANDARDS_CATALOGUE
from loaders.formats.cpsv import CPSV_AP
from loaders.formats.esd import ESD
from loaders.formats.esd_themes import ESD_THEMES
from loaders.formats.gap_workbook import GAP_WORKBOOK
from loaders.formats.governance.agreement_register import AGREEMENT_REGISTER
from loaders.formats.governance.dpcat import DPCAT
from loaders.formats.governance.nhs_releases import NHS_RELEASES
from loaders.formats.governance.retention_schedule import RETENTION_SCHEDULE
from loaders.formats.governance.ropa import ROPA
from loaders.formats.governance.system_register import SYSTEM_REGISTER
from loaders.formats.governance.transparency_records import TRANSPARENCY_RECORDS
from loaders.formats.govuk_content import GOVUK_CONTENT
from loaders.formats.local_links import LOCAL_LINKS
from loaders.formats.open_referral import OPEN_REFERRAL, OPEN_REFERRAL_TABLES
from loaders.formats.reading.format import Format
from loaders.formats.record_csv import RECORD_CSV
from loaders.formats.registers.api_catalogue import API_CATALOGUE_ORGANISATIONS
from loaders.formats.registers.area_lists import AREA_LISTS
from loaders.formats.registers.councils_by_code import COUNCILS_BY_CODE
from loaders.formats.registers.digital_land import DIGITAL_LAND
from loaders.formats.registers.govuk_organisations import GOVUK_ORGANISATIONS
from loaders.formats.registers.govuk_registers import GOVUK_REGISTERS
from loaders.formats.registers.grants import GRANTS
from loaders.formats.registers.mysociety import MYSOCIETY
from loaders.formats.registers.nhs_ods import NHS_ODS
from loaders.formats.registers.open_data_communities import OPEN_DATA_COMMUNITIES
from loaders.formats.registers.org_id import ORG_ID
from loaders.formats.registers.organisation_chart import ORGANISATION_CHART
from loaders.formats.registers.organisation_rdf import ORGANISATION_RDF
from loaders.formats.venues import VENUES

FORMATS = {
    known.name: known
    for known in (
        *RECORD_CSV,
        *ORGANISATION_RDF,
        *ORGANISATION_CHART,
        *ORG_ID,
        *OPEN_DATA_COMMUNITIES,
        *GRANTS,
        *GOVUK_ORGANISATIONS,
        *COUNCILS_BY_CODE,
        *API_CATALOGUE_ORGANISATIONS,
        *AREA_LISTS,
        *AREAS,
        *AGREEMENT_REGISTER,
        *ARCGIS_DCAT,
        *API_CATALOGUE,
        *ARCGIS_SEARCH,
        *CSVW,
        *DATA_MARKETPLACE,
        *DATA_PACKAGE,
        *ESD_INVENTORY,
        *EXCHANGE_MODEL,
        *PROJECT_OPEN_DATA,
        *SCHEMA_ORG,
        *SOURCE_LISTS,
        *STANDARDS_CATALOGUE,
        *ASSET_REGISTER,
        *CKAN,
        *DCAT,
        *DIGITAL_LAND,
        *DPCAT,
        *CPSV_AP,
        *ESD,
        *ESD_THEMES,
        *GAP_WORKBOOK,
        *GOVUK_CONTENT,
        *GOVUK_REGISTERS,
        *HDRUK,
        *LOCAL_LINKS,
        *MYSOCIETY,
        *NATIONAL_INFRASTRUCTURE,
        *NHS_ODS,
        *NHS_RELEASES,
        *OPEN_REFERRAL,
        *OPEN_REFERRAL_TABLES,
        *VENUES,
        *RETENTION_SCHEDULE,
        *ROPA,
        *SYSTEM_REGISTER,
        *TRANSPARENCY_RECORDS,
    )
}


def find_format(name: str) -> Format:
    """The format of that name.

    Raises:
        DeclarationError: there is none; the message lists those that there are.
    """
    try:
        return FORMATS[name]
    except KeyError:
        raise DeclarationError(
            f"there is no format “{name}”; there are {', '.join(sorted(FORMATS))}."
        ) from None
