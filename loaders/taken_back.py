"""What only releases knew that were rolled back, when another is made in their place.

A ledger grows from the parent's. Those that were served in between told of IRIs too, which have to
be known for ever. The newest release of a directory knows all of them: it took over, when it was
made, what the newest before it knew. So this one is asked, and it is never collected.

Why it was taken back nobody says here, and it may have been for a name that should not have been
told. So no name is taken over, but the types are: no key is to be used for another kind of thing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pyoxigraph import Store

from loaders.audience import Audience
from loaders.described import stated_types
from loaders.directory import DataDirectory
from loaders.endings import Ending, State
from loaders.identity import Minter
from loaders.ledger import Ledger, read_ledger
from loaders.release import Release, all_releases

TAKEN_BACK = Ending(State.GONE, "The release that it was published in was taken back.")


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The newest release, where an earlier one is served."""

    release: Release

    def ledger(self, audience: Audience) -> Ledger:
        """What it knows of the IRIs that an audience was given."""
        base = self.release.manifest.base
        provenance = Minter(base).graph("provenance")
        return read_ledger(self.release.ledger_path(audience), base, provenance)

    def recall(
        self,
        ledger: Ledger,
        audience: Audience,
        is_hidden: Callable[[str], bool],
        at: datetime,
        endings: Mapping[str, Ending],
    ) -> list[bytes]:
        """Have the ledger of an audience know what it was given; the statements to publish.

        `ledger` has all that is described now. Of the others, those that are hidden leave no trace.
        """
        own = self.ledger(audience)
        strays = []
        for iri, issued in own.issued.items():
            if iri in ledger.issued:
                ledger.issued[iri] = min(issued, ledger.issued[iri])  # by time: the rest is equal
            elif not is_hidden(iri):
                ledger.issued[iri] = issued
                strays.append(iri)
        lines: list[bytes] = []
        store = Store.read_only(str(self.release.store_path(audience))) if strays else None
        for iri in strays:
            assert store is not None
            types = own.entry(iri).types or tuple(stated_types(store, iri))
            lines += ledger.end_nameless(iri, at, types, endings.get(iri, TAKEN_BACK))
        return lines


def taken_back(directory: DataDirectory, parent: Release | None) -> TakenBack | None:
    """The newest release, where one before it is served, which is the parent of the next."""
    if parent is None:
        return None
    newest = all_releases(directory)[0]
    return TakenBack(newest) if newest.id > parent.id and not newest.manifest.open else None
