"""A row of each format of strategies with every cell filled, and the record that it becomes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import ontology
from loaders.records import (
    Consultation,
    Decision,
    DeliveryPlan,
    Document,
    Record,
    Statement,
    Strategy,
    Workshop,
)

SOURCE = "https://register.example/document"
OTHER_SOURCE = "https://register.example/other"

STRATEGY_ROWS: dict[str, dict[str, str]] = {
    "document-csv": {
        "key": "plan.1",
        "title": "The  plan",
        "page": "https://council.example/plan",
        "format": "pdf",
        "format-as-stated": "PDF",
        "stated-size": "843KB",
        "held": "no",
        "part-of": "papers",
        "version-of": "draft",
        "format-of": "words",
        "about": "strategy/plan.1; mission-2022/5;principle-2022",
        "generated-by": "consultation/plan.1;workshop/plan.1",
        "not-known": "It could not be had.",
        "source": SOURCE,
    },
    "statement-csv": {
        "key": "plan-01",
        "document": "plan.1",
        "position": "12",
        "wording": "Count the  bins.",
        "states": "strategy/plan.1;mission-2022/5",
        "plain-english": "Say how many bins there are.",
        "text-status": "truncated",
        "source": SOURCE,
        "rights": "Quoted from a plan.",
    },
    "strategy-csv": {
        "key": "plan.1",
        "title": "A plan for bins",
        "description": "How bins are counted.",
        "vision": "Vision of the plan for bins",
        "defines": "mission-2022;principle-2022",
        "replaced-by": "plan.2",
        "under": "all-plans",
        "not-known": "Who wrote it.",
        "source": f"{SOURCE};{OTHER_SOURCE}",
    },
    "decision-csv": {
        "key": "of-january",
        "title": "Approval of the plan",
        "on": "2022-01-28",
        "weekday": "Friday",
        "by": "GB-LAE-GMCA;GB-LAE-MAN",
        "decided": "strategy/plan.1",
        "not-known": "Who was there.",
        "source": SOURCE,
    },
    "consultation-csv": {
        "key": "of-autumn",
        "title": "Consultation on bins",
        "opened": "2022-10-07",
        "planned-end": "2022-12-02",
        "closed": "2023-01-13",
        "groups": "people;businesses",
        "by": "GB-LAE-GMCA",
        "informs": "delivery-plan/plan.1",
        "not-known": "What was answered.",
        "source": f"{SOURCE};{OTHER_SOURCE}",
    },
    "workshop-csv": {
        "key": "of-february",
        "title": "Workshop on bins",
        "on": "2023-02-13",
        "weekday": "monday",
        "description": "All afternoon.",
        "mode": "online",
        "missions": "mission-2022/2;mission-2026/3",
        "facilitated-by": "GM-open-data-manchester",
        "informs": "delivery-plan/plan.1",
        "not-known": "Who came.",
        "source": SOURCE,
    },
    "delivery-plan-csv": {
        "key": "plan.1",
        "title": "Delivery plan for bins",
        "strategy": "plan.1",
        "derived-from": "document/plan.1;document/summary",
        "years": "3",
        "from": "2023-04-01",
        "until": "2026-03-31",
        "not-known": "Its actions.",
        "source": SOURCE,
    },
}

STRATEGY_RECORDS: dict[str, Record] = {
    "document-csv": Document(
        key="plan.1",
        title="The plan",
        page="https://council.example/plan",
        file_type="PDF",
        format_stated="PDF",
        stated_size="843KB",
        is_held=False,
        part_of="papers",
        version_of="draft",
        format_of="words",
        about=("strategy/plan.1", "mission-2022/5", "principle-2022"),
        generated_by=("consultation/plan.1", "workshop/plan.1"),
        not_known="It could not be had.",
        source=SOURCE,
    ),
    "statement-csv": Statement(
        key="plan-01",
        document="plan.1",
        position=12,
        wording="Count the bins.",
        states=("strategy/plan.1", "mission-2022/5"),
        plain_english="Say how many bins there are.",
        text_status="truncated",
        source=SOURCE,
        rights="Quoted from a plan.",
    ),
    "strategy-csv": Strategy(
        key="plan.1",
        title="A plan for bins",
        description="How bins are counted.",
        vision="Vision of the plan for bins",
        defines=("mission-2022", "principle-2022"),
        replaced_by="plan.2",
        under="all-plans",
        not_known="Who wrote it.",
        sources=(SOURCE, OTHER_SOURCE),
    ),
    "decision-csv": Decision(
        key="of-january",
        title="Approval of the plan",
        on=date(2022, 1, 28),
        weekday="Friday",
        by=("GB-LAE-GMCA", "GB-LAE-MAN"),
        decided=("strategy/plan.1",),
        not_known="Who was there.",
        source=SOURCE,
    ),
    "consultation-csv": Consultation(
        key="of-autumn",
        title="Consultation on bins",
        opened=date(2022, 10, 7),
        planned_end=date(2022, 12, 2),
        closed=date(2023, 1, 13),
        groups=("people", "businesses"),
        by=("GB-LAE-GMCA",),
        informs=("delivery-plan/plan.1",),
        not_known="What was answered.",
        sources=(SOURCE, OTHER_SOURCE),
    ),
    "workshop-csv": Workshop(
        key="of-february",
        title="Workshop on bins",
        on=date(2023, 2, 13),
        weekday="monday",
        description="All afternoon.",
        mode="online",
        missions=("mission-2022/2", "mission-2026/3"),
        facilitated_by=("GM-open-data-manchester",),
        informs=("delivery-plan/plan.1",),
        not_known="Who came.",
        source=SOURCE,
    ),
    "delivery-plan-csv": DeliveryPlan(
        key="plan.1",
        title="Delivery plan for bins",
        strategy="plan.1",
        derived_from=("document/plan.1", "document/summary"),
        years=3,
        began=date(2023, 4, 1),
        ends=date(2026, 3, 31),
        not_known="Its actions.",
        source=SOURCE,
    ),
}


def every_strategy_record() -> Iterator[Record]:
    """A record of each class with every value, and one for each notation of its schemes."""
    yield from STRATEGY_RECORDS.values()
    for record in STRATEGY_RECORDS.values():
        match record:
            case Statement():
                for status in ontology.notations("text-status"):
                    yield replace(record, text_status=status)
            case Consultation():
                yield replace(record, groups=tuple(sorted(ontology.notations("stakeholder-group"))))
            case Workshop():
                for mode in ontology.notations("event-mode"):
                    yield replace(record, mode=mode)
