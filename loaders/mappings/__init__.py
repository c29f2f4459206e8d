"""One module per class of thing: a record in, its quads out. Pure functions."""

from collections.abc import Iterator
from typing import assert_never

from loaders.identity import Minter
from loaders.mappings.area import map_area
from loaders.mappings.change_event import map_change_event
from loaders.mappings.concept import map_concept, map_concept_scheme
from loaders.mappings.dataset import map_dataset, map_distribution
from loaders.mappings.identifier import map_identifier, map_link
from loaders.mappings.information_asset import map_information_asset
from loaders.mappings.membership import map_membership
from loaders.mappings.organisation import map_organisation
from loaders.mappings.place import map_place
from loaders.mappings.service import map_service
from loaders.quads import Quad
from loaders.records import (
    Area,
    ChangeEvent,
    Concept,
    ConceptScheme,
    Dataset,
    Distribution,
    Identifier,
    InformationAsset,
    Link,
    LocalLink,
    Membership,
    Organisation,
    Place,
    Record,
    Service,
)


def map_record(record: Record, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads that a record of the source `source` becomes."""
    match record:
        case Identifier():
            return map_identifier(record, mint, source)
        case Organisation():
            return map_organisation(record, mint, mint.graph(source))
        case Area():
            return map_area(record, mint, mint.graph(source))
        case Service():
            return map_service(record, mint, source)
        case LocalLink():
            return map_service(record.service, mint, source)
        case Place():
            return map_place(record, mint, source)
        case Dataset():
            return map_dataset(record, mint, source)
        case Distribution():
            return map_distribution(record, mint, source)
        case InformationAsset():
            return map_information_asset(record, mint, source)
        case Link():
            return map_link(record, mint, source)
        case Membership():
            return map_membership(record, mint, mint.graph(source))
        case ChangeEvent():
            return map_change_event(record, mint, mint.graph(source))
        case Concept():
            return map_concept(record, mint.graph(source))
        case ConceptScheme():
            return map_concept_scheme(record, mint.graph(source))
        case _:
            assert_never(record)
