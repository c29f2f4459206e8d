"""Publishers' formats, bytes in and typed records out, and the readers that they share."""

from loaders.errors import DeclarationError
from loaders.formats.arcgis_dcat import ARCGIS_DCAT
from loaders.formats.asset_register import ASSET_REGISTER
from loaders.formats.ckan import CKAN
from loaders.formats.dcat import DCAT
from loaders.formats.digital_land import DIGITAL_LAND
from loaders.formats.esd import ESD
from loaders.formats.format import Format
from loaders.formats.govuk_registers import GOVUK_REGISTERS
from loaders.formats.local_links import LOCAL_LINKS
from loaders.formats.mysociety import MYSOCIETY
from loaders.formats.nhs_ods import NHS_ODS
from loaders.formats.open_referral import OPEN_REFERRAL
from loaders.formats.record_csv import RECORD_CSV

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
