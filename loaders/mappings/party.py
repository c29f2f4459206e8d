"""A party's quads: the organisation where it is known, and the words of the source always."""

from collections.abc import Iterator

from loaders.identity import Minter
from loaders.quads import Quad, text
from loaders.records import Party


def map_party(
    subject: str, term: str, stated: str, party: Party | None, mint: Minter, graph: str
) -> Iterator[Quad]:
    """That a thing has a party: `term` relates it to the organisation, `stated` to the words."""
    if party is None:
        return
    if party.key:
        yield Quad(subject, term, mint.organisation(party.key), graph)
    if party.stated:
        yield Quad(subject, stated, text(party.stated), graph)
