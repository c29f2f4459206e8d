"""What a record claims for itself alone, so that two records with the same claim are noticed."""

from typing import NamedTuple


class Claim(NamedTuple):
    """A claim: `rule` is what two records break that make the same one."""

    rule: str
    subject: str
    value: str
