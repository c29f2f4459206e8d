"""An identifier: a code that a scheme gives to one thing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from loaders.records.claim import Claim

Kind = Literal["organisation", "area", "service", "place", "dataset"]


@dataclass(frozen=True, slots=True)
class Identifier:
    """The code `code` of the thing `key`, in a scheme (a notation of `identifier-scheme`).

    A code stays a string: read as a number it loses zeros in front and digits behind.
    """

    kind: Kind
    key: str
    scheme: str
    code: str

    def claims(self) -> Iterator[Claim]:
        """The code in its scheme, which belongs to one thing only."""
        yield Claim("shared-identifier", self.scheme, self.code)
