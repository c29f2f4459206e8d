"""What a record claims for itself alone, so that two records with the same claim are noticed."""

from typing import NamedTuple


class Claim(NamedTuple):
    """A claim: `rule` is what two records break that make the same one.

    Records that make one claim differ where they differ at all; where `said` is given, where they
    say something else there. `column` is where it is made, if the value is not what a cell holds.
    """

    rule: str
    subject: str
    value: str
    said: str | None = None
    column: str | None = None
