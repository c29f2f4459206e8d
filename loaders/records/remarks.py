"""What may be said of any entry of a register, whatever it is about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remarks:
    """Who may see an entry, what the public and the staff are told of it, and where it comes from.

    `visible_to` is a notation of the scheme `audience`, None being whatever the source allows.
    """

    visible_to: str | None = None
    public_summary: str | None = None
    note: str | None = None
    source: str | None = None


NO_REMARKS = Remarks()
