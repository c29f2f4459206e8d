"""One module per publisher's format: bytes in, typed records out."""

from loaders.errors import DeclarationError
from loaders.formats.digital_land import DIGITAL_LAND
from loaders.formats.format import Format
from loaders.formats.record_csv import RECORD_CSV

FORMATS = {known.name: known for known in (*RECORD_CSV, *DIGITAL_LAND)}


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
