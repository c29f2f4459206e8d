"""One module per class of thing: a record in, its quads out. Pure functions."""

from collections.abc import Iterator
from typing import assert_never

from loaders.identity import Minter
from loaders.mappings.area import map_area
from loaders.mappings.change_event import map_change_event
from loaders.mappings.identifier import map_identifier, map_link
from loaders.mappings.membership import map_membership
from loaders.mappings.organisation import map_organisation
from loaders.quads import Quad
from loaders.records import (
    Area,
    ChangeEvent,
    Identifier,
    Link,
    Membership,
    Organisation,
    Record,
)


def map_record(record: Record, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads that a record of the source `source` becomes."""
    graph = mint.graph(source)
    match record:
        case Organisation():
            return map_organisation(record, mint, graph)
        case Area():
            return map_area(record, mint, graph)
        case Identifier():
            return map_identifier(record, mint, source)
        case Link():
            return map_link(record, mint)
        case Membership():
            return map_membership(record, mint, graph)
        case ChangeEvent():
            return map_change_event(record, mint, graph)
        case _:
            assert_never(record)
