"""What kind of area a GSS code is of: its first three characters say so (ONS, RGC)."""

from collections.abc import Mapping

from loaders.values import words

_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("E92", "N92", "S92", "W92"), "country"),
    "E12": "region",
    "E11": "metropolitan-county",
    "E10": "county",
    "E06": "unitary-authority-district",
    "E07": "non-metropolitan-district",
    "E08": "metropolitan-district",
    "E09": "london-borough",
    **dict.fromkeys(("N09", "S12", "W06"), "local-authority-district"),
    **dict.fromkeys(("E05", "N08", "S13", "W05"), "ward"),
    **dict.fromkeys(("E00", "W00"), "output-area"),
    **dict.fromkeys(("E01", "W01"), "lower-layer-super-output-area"),
    **dict.fromkeys(("E02", "W02"), "middle-layer-super-output-area"),
    "E23": "police-force-area",
    "E31": "fire-and-rescue-area",
    "E47": "combined-authority-area",
    "E48": "local-resilience-forum-area",
    "E54": "integrated-care-board-area",
}
_NO_NAME = frozenset({"NA", "N/A"})


def kind_of(code: str) -> str | None:
    """The notation of the scheme `area-type` for a code; None for kinds that it has not."""
    return _KINDS.get(code[:3])


def name_of(cell: str) -> str | None:
    """The name of an area; R writes “NA” where there is none."""
    return None if cell in _NO_NAME else words(cell)
