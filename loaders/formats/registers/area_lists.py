"""Lists of areas by their GSS codes: the Office for National Statistics' and esd's, CSV."""

from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.records import Area, Link, Record
from loaders.values import gss, web_address, words

# What the first three characters of a code say of an area; one code is never of two kinds.
_AREA_TYPES = {
    "E06": "unitary-authority-district",
    "E07": "non-metropolitan-district",
    "E08": "metropolitan-district",
    "E09": "london-borough",
    "E10": "county",
    "E12": "region",
    "E47": "combined-authority-area",
}


def area_type_of(code: str) -> str | None:
    """The type (a notation of `area-type`) of English areas whose code begins so."""
    return _AREA_TYPES.get(code[:3])


def _ons_area(row: Row, _: Feed) -> tuple[Record, ...]:
    code = row.required("GEOGCD", gss)
    return (Area(code, row.required("GEOGNM", words), area_type_of(code)),)


def _esd_area(row: Row, _: Feed) -> tuple[Record, ...]:
    code = row.required("AreaIdentifier", gss)
    area = Area(code, row.required("AreaLabel", words), area_type_of(code))
    if iri := row.optional("AreaUri", web_address):
        return area, Link("area", code, iri)
    return (area,)


AREA_LISTS = (
    Format(
        "ons-areas",
        "A list of areas of the Office for National Statistics, by code and name, CSV",
        Delimited(
            Columns(
                ("GEOGCD", "GEOGNM"),
                (),
                ("OPER_DATE", "TERM_DATE"),  # an area of ours has no days
            )
        ),
        _ons_area,
    ),
    Format(
        "esd-areas",
        "A list of areas of the LG Inform Plus programme (esd), CSV",
        Delimited(
            Columns(
                ("AreaIdentifier", "AreaLabel"),
                ("AreaUri",),
                (
                    "AreaTypeIdentifier",
                    "AreaTypeUri",
                    "AreaTypeLabel",
                    "AreaTypeDescription",
                    "AreaAltLabels",
                    "AreaDescription",
                    "AreaColour",
                ),
            )
        ),
        _esd_area,
    ),
)
