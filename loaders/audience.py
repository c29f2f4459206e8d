"""Who may read what: three audiences, each of which reads all that those before it read."""

from enum import StrEnum


class Audience(StrEnum):
    """An audience, from the widest public to our own staff."""

    PUBLIC = "public"
    PARTNER = "partner"
    INTERNAL = "internal"

    def reads(self, other: "Audience") -> bool:
        """Whether this audience may read what is meant for `other`."""
        order = list(Audience)
        return order.index(other) <= order.index(self)
