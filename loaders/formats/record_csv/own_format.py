"""How every format of ours lies in a file: CSV under a header of columns."""

from difflib import get_close_matches
from functools import partial

from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.format import Format, Interpretation

NARROWING = "visible-to"
"""The column that says who may see a record."""

_LIKE_IT = ("visibleto", "visible", "visibility", "audience")
_LIKENESS = 0.8


def own_format(
    name: str,
    summary: str,
    required: tuple[str, ...],
    optional: tuple[str, ...],
    interpret: Interpretation,
) -> Format:
    """The format `{name}-csv`, with its columns; `summary` says what its rows are.

    A heading that is not the format's and seems to mean `visible-to` is refused: to pass it over
    would show its records to everybody who may see the source.
    """
    refusal = partial(_refusal, NARROWING in optional)
    return Format(
        f"{name}-csv",
        f"{summary}, in our own CSV",
        Delimited(Columns(required, optional, refusal=refusal)),
        interpret,
    )


def _refusal(narrows: bool, heading: str) -> str | None:
    """Why a heading that the format does not know cannot be passed over."""
    letters = "".join(filter(str.isalpha, heading.casefold()))
    if not get_close_matches(letters, _LIKE_IT, cutoff=_LIKENESS):
        return None
    if narrows:
        return f"who may see a record is said in a column “{NARROWING}”, spelt so"
    return (
        "this format cannot say of single records who may see them; put those that fewer people "
        "may see into a source of their own"
    )
