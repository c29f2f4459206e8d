"""One module per class of thing: a record in, its quads out. Pure functions."""

from collections.abc import Iterator
from typing import assert_never

from loaders.identity import Minter
from loaders.mappings.addition import map_addition
from loaders.mappings.administration import map_administration
from loaders.mappings.agreement import map_agreement
from loaders.mappings.algorithmic_tool import map_algorithmic_tool
from loaders.mappings.area import map_area
from loaders.mappings.assessment import map_assessment
from loaders.mappings.barrier import map_barrier
from loaders.mappings.change_event import map_change_event
from loaders.mappings.concept import map_concept, map_concept_scheme
from loaders.mappings.conformance import map_conformance
from loaders.mappings.consultation import map_consultation
from loaders.mappings.contribution import map_contribution
from loaders.mappings.data_flow import map_data_flow
from loaders.mappings.data_service import map_data_service
from loaders.mappings.dataset import map_dataset, map_distribution
from loaders.mappings.decision import map_decision
from loaders.mappings.delivery_plan import map_delivery_plan
from loaders.mappings.disposal import map_disposal
from loaders.mappings.document import map_document
from loaders.mappings.identifier import map_identifier, map_link
from loaders.mappings.information_asset import map_information_asset
from loaders.mappings.information_system import map_information_system
from loaders.mappings.membership import map_membership
from loaders.mappings.organisation import map_organisation
from loaders.mappings.place import map_place
from loaders.mappings.post import map_post
from loaders.mappings.processing_activity import map_processing_activity
from loaders.mappings.retention_rule import map_retention_rule
from loaders.mappings.service import map_service
from loaders.mappings.sharing_project import map_sharing_project
from loaders.mappings.standard import map_standard
from loaders.mappings.statement import map_statement
from loaders.mappings.strategy import map_strategy
from loaders.mappings.unit import map_unit
from loaders.mappings.workshop import map_workshop
from loaders.quads import Quad
from loaders.records import (
    Addition,
    Administration,
    Agreement,
    AlgorithmicTool,
    Area,
    Assessment,
    Barrier,
    ChangeEvent,
    Concept,
    ConceptScheme,
    Conformance,
    Consultation,
    Contribution,
    DataFlow,
    DataService,
    Dataset,
    Decision,
    DeliveryPlan,
    Disposal,
    Distribution,
    Document,
    Identifier,
    InformationAsset,
    InformationSystem,
    Link,
    LocalLink,
    Membership,
    Organisation,
    Place,
    Post,
    ProcessingActivity,
    Record,
    RetentionRule,
    Service,
    SharingProject,
    Standard,
    Statement,
    Strategy,
    Unit,
    Workshop,
)


def map_record(record: Record, mint: Minter, source: str) -> Iterator[Quad]:
    """The quads that a record of the source `source` becomes."""
    match record:
        case Addition():
            return map_addition(record, mint, source, map_record)
        case Identifier():
            return map_identifier(record, mint, source)
        case Organisation():
            return map_organisation(record, mint, mint.graph(source))
        case Administration():
            return map_administration(record, mint, mint.graph(source))
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
        case DataService():
            return map_data_service(record, mint, source)
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
        case Consultation():
            return map_consultation(record, mint, mint.graph(source))
        case Decision():
            return map_decision(record, mint, mint.graph(source))
        case DeliveryPlan():
            return map_delivery_plan(record, mint, mint.graph(source))
        case Document():
            return map_document(record, mint, mint.graph(source))
        case Statement():
            return map_statement(record, mint, source)
        case Strategy():
            return map_strategy(record, mint, mint.graph(source))
        case Workshop():
            return map_workshop(record, mint, mint.graph(source))
        case AlgorithmicTool():
            return map_algorithmic_tool(record, mint, mint.graph(source))
        case Agreement():
            return map_agreement(record, mint, source)
        case Assessment():
            return map_assessment(record, mint, mint.graph(source))
        case Barrier():
            return map_barrier(record, mint, source)
        case Conformance():
            return map_conformance(record, mint, source)
        case Contribution():
            return map_contribution(record, mint, source)
        case DataFlow():
            return map_data_flow(record, mint, source)
        case Disposal():
            return map_disposal(record, mint, mint.graph(source))
        case InformationSystem():
            return map_information_system(record, mint, mint.graph(source))
        case Post():
            return map_post(record, mint, source)
        case ProcessingActivity():
            return map_processing_activity(record, mint, mint.graph(source))
        case RetentionRule():
            return map_retention_rule(record, mint, mint.graph(source))
        case SharingProject():
            return map_sharing_project(record, mint, source)
        case Standard():
            return map_standard(record, mint, mint.graph(source))
        case Unit():
            return map_unit(record, mint, mint.graph(source))
        case _:
            assert_never(record)
