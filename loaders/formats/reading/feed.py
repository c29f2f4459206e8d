"""What a format may know of the source that it reads, besides the bytes."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from loaders.records.claim import Claim
from loaders.records.party import Party


@dataclass(frozen=True, slots=True)
class Feed:
    """A source by name, whose register it is, and which organisations of ours it speaks of.

    `holder` is an organisation's key; `organisations` gives the keys by what the source calls them.
    `is_contested` tells of a claim whether records of the source are known to differ in it.
    """

    source: str
    holder: str | None = None
    organisations: Mapping[str, str] = field(default_factory=dict)
    is_contested: Callable[[Claim], bool] = lambda _: False

    def party(self, stated: str | None, *codes: str | None) -> Party | None:
        """Who is meant by words and by further codes of the source; None where nothing is said.

        Nobody is guessed: the key is one that the source declares for the words or for a code.
        """
        for each in (*codes, stated):
            if each and (key := self.organisations.get(each)):
                return Party(key, stated)
        return Party(None, stated) if stated else None

    def own_key(self, code: str) -> str:
        """The key of an organisation that only this source has a code for (`values.slug`).

        Keys of this kind have small letters only. A code with a capital in it gets eight figures of
        its SHA-256 behind it, so that two codes that differ in case alone are two keys.
        """
        small = code.lower()
        if small != code:
            small += f"-{hashlib.sha256(code.encode()).hexdigest()[:8]}"
        return f"GM-{self.source}-{small}"
