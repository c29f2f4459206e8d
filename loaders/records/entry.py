"""An entry of an organisation's register, by which another record means it."""

from typing import NamedTuple


class Entry(NamedTuple):
    """The entry `ref` in a register of the organisation `organisation` (its key)."""

    organisation: str
    ref: str
