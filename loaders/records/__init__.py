"""One module per class of thing: a typed record, checked before anything is made of it."""

from loaders.records.addition import Addition
from loaders.records.administration import Administration
from loaders.records.agreement import Agreement
from loaders.records.algorithmic_tool import AlgorithmicTool
from loaders.records.area import Area, Boundary
from loaders.records.assessment import Assessment
from loaders.records.barrier import Barrier
from loaders.records.change_event import ChangeEvent
from loaders.records.claim import Claim
from loaders.records.concept import Concept, ConceptScheme
from loaders.records.conformance import Conformance
from loaders.records.consultation import Consultation
from loaders.records.contribution import Contribution
from loaders.records.data_flow import DataFlow
from loaders.records.data_service import DataService
from loaders.records.dataset import Box, Dataset, Distribution
from loaders.records.decision import Decision
from loaders.records.delivery_plan import DeliveryPlan
from loaders.records.disposal import Disposal
from loaders.records.document import Document
from loaders.records.entry import Entry
from loaders.records.identifier import Identifier, Kind
from loaders.records.information_asset import InformationAsset
from loaders.records.information_system import InformationSystem
from loaders.records.lawfulness import Lawfulness
from loaders.records.link import Link
from loaders.records.membership import Membership
from loaders.records.organisation import Organisation
from loaders.records.party import Party
from loaders.records.place import Place
from loaders.records.post import Post
from loaders.records.processing_activity import ProcessingActivity
from loaders.records.remarks import Remarks
from loaders.records.retention_rule import RetentionRule
from loaders.records.service import Channel, Contact, Cost, Hours, LocalLink, Service
from loaders.records.sharing_project import SharingProject
from loaders.records.standard import Standard
from loaders.records.statement import Statement
from loaders.records.strategy import Strategy
from loaders.records.text import Text
from loaders.records.unit import Unit
from loaders.records.workshop import Workshop

Record = (
    Addition
    | Administration
    | Agreement
    | AlgorithmicTool
    | Area
    | Assessment
    | Barrier
    | ChangeEvent
    | Concept
    | ConceptScheme
    | Conformance
    | Consultation
    | Contribution
    | DataFlow
    | DataService
    | Dataset
    | Decision
    | DeliveryPlan
    | Disposal
    | Distribution
    | Document
    | Identifier
    | InformationAsset
    | InformationSystem
    | Link
    | LocalLink
    | Membership
    | Organisation
    | Place
    | Post
    | ProcessingActivity
    | RetentionRule
    | Service
    | SharingProject
    | Standard
    | Statement
    | Strategy
    | Unit
    | Workshop
)

__all__ = [
    "Addition",
    "Administration",
    "Agreement",
    "AlgorithmicTool",
    "Area",
    "Assessment",
    "Barrier",
    "Boundary",
    "Box",
    "ChangeEvent",
    "Channel",
    "Claim",
    "Concept",
    "ConceptScheme",
    "Conformance",
    "Consultation",
    "Contact",
    "Contribution",
    "Cost",
    "DataFlow",
    "DataService",
    "Dataset",
    "Decision",
    "DeliveryPlan",
    "Disposal",
    "Distribution",
    "Document",
    "Entry",
    "Hours",
    "Identifier",
    "InformationAsset",
    "InformationSystem",
    "Kind",
    "Lawfulness",
    "Link",
    "LocalLink",
    "Membership",
    "Organisation",
    "Party",
    "Place",
    "Post",
    "ProcessingActivity",
    "Record",
    "Remarks",
    "RetentionRule",
    "Service",
    "SharingProject",
    "Standard",
    "Statement",
    "Strategy",
    "Text",
    "Unit",
    "Workshop",
]
