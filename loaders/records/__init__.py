"""One module per class of thing: a typed record, checked before anything is made of it."""

from loaders.records.area import Area
from loaders.records.change_event import ChangeEvent
from loaders.records.claim import Claim
from loaders.records.identifier import Identifier
from loaders.records.link import Link
from loaders.records.membership import Membership
from loaders.records.organisation import Organisation

Record = Area | ChangeEvent | Identifier | Link | Membership | Organisation

__all__ = [
    "Area",
    "ChangeEvent",
    "Claim",
    "Identifier",
    "Link",
    "Membership",
    "Organisation",
    "Record",
]
