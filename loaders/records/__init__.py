"""One module per class of thing: a typed record, checked before anything is made of it."""

from loaders.records.area import Area
from loaders.records.change_event import ChangeEvent
from loaders.records.claim import Claim
from loaders.records.concept import Concept, ConceptScheme
from loaders.records.dataset import Box, Dataset, Distribution
from loaders.records.identifier import Identifier, Kind
from loaders.records.information_asset import InformationAsset
from loaders.records.link import Link
from loaders.records.membership import Membership
from loaders.records.organisation import Organisation
from loaders.records.party import Party
from loaders.records.place import Place
from loaders.records.service import Channel, Contact, Cost, Hours, LocalLink, Service
from loaders.records.text import Text

Record = (
    Area
    | ChangeEvent
    | Concept
    | ConceptScheme
    | Dataset
    | Distribution
    | Identifier
    | InformationAsset
    | Link
    | LocalLink
    | Membership
    | Organisation
    | Place
    | Service
)

__all__ = [
    "Area",
    "Box",
    "ChangeEvent",
    "Channel",
    "Claim",
    "Concept",
    "ConceptScheme",
    "Contact",
    "Cost",
    "Dataset",
    "Distribution",
    "Hours",
    "Identifier",
    "InformationAsset",
    "Kind",
    "Link",
    "LocalLink",
    "Membership",
    "Organisation",
    "Party",
    "Place",
    "Record",
    "Service",
    "Text",
]
