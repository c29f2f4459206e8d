"""Publishers' formats: bytes in, typed records out.

`reading` holds the readers that formats share; `registers`, `open_referral`, `catalogues` and
`assets` the formats of organisations, services, datasets and information assets. What stands beside
them is a format of one module.
"""

from loaders.errors import DeclarationError
from loaders.formats.assets.asset_register import ASSET_REGISTER
from loaders.formats.catalogues.arcgis_dcat import ARCGIS_DCAT
from loaders.formats.catalogues.ckan import CKAN
from loaders.formats.catalogues.dcat import DCAT
from loaders.formats.esd import ESD
from loaders.formats.local_links import LOCAL_LINKS
from loaders.formats.open_referral import OPEN_REFERRAL
from loaders.formats.reading.format import Format
from loaders.formats.record_csv import RECORD_CSV
from loaders.formats.registers.digital_land import DIGITAL_LAND
from loaders.formats.registers.govuk_registers import GOVUK_REGISTERS
from loaders.formats.registers.mysociety import MYSOCIETY
from loaders.formats.registers.nhs_ods import NHS_ODS

FORMATS = {
    known.name: known
    for known in (
        *RECORD_CSV,
        *ARCGIS_DCAT,
        *ASSET_REGISTER,
        *CKAN,
        *DCAT,
        *DIGITAL_LAND,
        *ESD,
        *GOVUK_REGISTERS,
        *LOCAL_LINKS,
        *MYSOCIETY,
        *NHS_ODS,
        *OPEN_REFERRAL,
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
