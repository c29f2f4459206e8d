"""Files that tell little of a council, by one code of it: what it governs, or where its pages are.

mySociety's lookup of councils by the code of their area; the GOV.UK register of metropolitan
districts; and the contact details of councils that Directgov kept. Of those, addresses, telephone
numbers and mailboxes are not loaded: an organisation of ours has none, and they are of 2017.
"""

import re
from collections.abc import Mapping

from loaders.codes import code_in
from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.impersonal import impersonal
from loaders.issues import Fault
from loaders.records import Administration, Area, Identifier, Organisation, Record
from loaders.values import gss, register_code, web_address

_REGISTERS: Mapping[str, str] = {"E": "GB-LAE", "N": "GB-LANI", "S": "GB-LAS", "W": "GB-PLA"}
_PLACEHOLDER = re.compile(r"NIR-[A-Z]")


def _by_area(row: Row, feed: Feed) -> tuple[Record, ...]:
    """Who governs an area. The first letter of its code tells the nation, and so the register."""
    area = row.required("gss-code", gss)

    def key(cell: str) -> str:
        if declared := feed.organisations.get(cell):
            return declared
        if _PLACEHOLDER.fullmatch(cell):
            raise Fault("bad-code", f"“{cell}” stands in for a register's code that is not known.")
        if area[0] not in _REGISTERS:
            raise Fault("bad-code", f"“{area}” is the code of no area of one nation.")
        return f"{_REGISTERS[area[0]]}-{register_code(cell)}"

    return Administration(row.required("local-authority-code", key), area), Area(area)


def _metropolitan_district(row: Row, _: Feed) -> tuple[Record, ...]:
    area = row.required("statistical-geography-metropolitan-district-eng", gss)
    council = row.required("local-authority-eng", register_code)
    return (
        Administration(f"GB-LAE-{council}", area),
        Area(area, area_type="metropolitan-district"),
    )


def _contact_details(row: Row, feed: Feed) -> tuple[Record, ...]:
    snac = row.required("SNAC Code", code_in("snac"))
    key = feed.organisations.get(snac) or feed.own_key(snac)
    organisation = Organisation(
        key=key,
        name=row.required("Name", impersonal),
        homepage=row.optional("Home page URL", web_address),
    )
    return organisation, Identifier("organisation", key, "snac", snac)


COUNCILS_BY_CODE = (
    Format(
        "mysociety-gss-lookup",
        "mySociety's lookup of local authorities by the code of their area, CSV",
        Delimited(Columns(("gss-code", "local-authority-code"))),
        _by_area,
    ),
    Format(
        "register-metropolitan-district",
        "GOV.UK's register of metropolitan districts and the councils that govern them, TSV",
        Delimited(
            Columns(
                ("statistical-geography-metropolitan-district-eng", "local-authority-eng"),
                (),
                ("start-date", "end-date"),  # of the code, and not of the council
            ),
            divider="\t",
        ),
        _metropolitan_district,
    ),
    Format(
        "directgov-council-contacts",
        "Directgov's list of councils with their home pages, CSV",
        Delimited(
            Columns(
                ("Name", "SNAC Code"),
                ("Home page URL",),
                (
                    "Contact page URL",  # an organisation of ours has one page, its home page
                    "Address Line 1",
                    "Address Line 2",
                    "Town",
                    "City",
                    "County",
                    "Postcode",
                    *(
                        f"Telephone Number {number}{what}"
                        for number in (1, 2, 3)
                        for what in (" Description", "")
                    ),
                    "Fax",
                    "Main Contact Email",
                    "Opening Hours",
                ),
            )
        ),
        _contact_details,
    ),
)
