"""The quads of answers about a thing that another source describes."""

from collections.abc import Callable, Iterator

from loaders.identity import Minter
from loaders.quads import Quad
from loaders.records import Addition, Record


def map_addition(
    record: Addition,
    mint: Minter,
    source: str,
    map_record: Callable[[Record, Minter, str], Iterator[Quad]],
) -> Iterator[Quad]:
    """What the answers state, and nothing besides: no type, no title, no organisation.

    Without a type from here, the thing is described for as long as its own source describes it,
    and shown to whom that source shows it. What the answers name, such as posts, is described as
    the record's own mapping does it.
    """
    bare = list(map_record(record.bare, mint, source))
    known, minted = set(bare), bare[0].subject  # a mapping begins with the type of its thing
    thing = mint.thing(*record.thing.split("/"))
    for quad in map_record(record.whole, mint, source):
        if quad not in known:
            yield quad._replace(
                subject=thing if quad.subject == minted else quad.subject,
                object=thing if quad.object == minted else quad.object,
            )
