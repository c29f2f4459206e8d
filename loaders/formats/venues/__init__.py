"""Lists of places where people are served: libraries, surgeries, dentists, pharmacies, schools."""

from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.format import Format
from loaders.formats.venues.features import PointFeatures
from loaders.formats.venues.nhs_choices import LAYOUT, nhs_choices
from loaders.formats.venues.venue import ALIASES, IGNORED, LOADED, NEEDED, premises, venue

_COLUMNS = Columns((NEEDED,), LOADED, IGNORED, ALIASES)

VENUES = (
    Format(
        "venues-csv",
        "A list of venues where services are to be had, CSV",
        Delimited(_COLUMNS),
        venue,
    ),
    Format(
        "venues-geojson",
        "A list of venues where services are to be had, as points of GeoJSON",
        PointFeatures(_COLUMNS),
        venue,
    ),
    Format(
        "premises-csv",
        "A list of premises that serve nobody for a public body, such as licensed ones, CSV",
        Delimited(_COLUMNS),
        premises,
    ),
    Format(
        "nhs-choices-organisations",
        "Pharmacies and other venues as the interfaces of NHS Choices gave them, JSON",
        LAYOUT,
        nhs_choices,
    ),
)
