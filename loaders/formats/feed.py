"""What a format may know of the source that it reads, besides the bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.records.party import Party


@dataclass(frozen=True, slots=True)
class Feed:
    """A source by name, whose register it is, and which organisations of ours it speaks of.

    `holder` is an organisation's key; `organisations` gives the keys by what the source calls them.
    """

    source: str
    holder: str | None = None
    organisations: Mapping[str, str] = field(default_factory=dict)

    def party(self, stated: str | None, *codes: str | None) -> Party | None:
        """Who is meant by words and by further codes of the source; None where nothing is said.

        Nobody is guessed: the key is one that the source declares for the words or for a code.
        """
        for each in (*codes, stated):
            if each and (key := self.organisations.get(each)):
                return Party(key, stated)
        return Party(None, stated) if stated else None

    def own_key(self, code: str) -> str:
        """The key of an organisation that only this source has a code for (`values.slug`)."""
        return f"GM-{self.source}-{code.lower()}"
