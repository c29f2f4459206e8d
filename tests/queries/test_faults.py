"""Each question that looks for faults catches one that is sown for it, and lets go of one mended.

A fault is an update of the shipped data; the row that it must give is named. What is not expected
must not come: a mutant that adds rows elsewhere fails too.
"""

from dataclasses import dataclass

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from ontology.namespaces import DEF, PREFIXES
from queries.query import Query, load
from tests.queries.shipped import BASE
from tests.queries.test_audiences import TERMS

N, A, M = (f"GM-illustrative-{each}" for each in ("northmoor", "ashenvale", "millbeck"))
HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()) + "".join(
    f"PREFIX {name}: <{DEF}{scheme}/>\n"
    for name, scheme in (
        ("legal", "legal-basis"),
        ("level", "personal-data-level"),
        ("kind", "personal-data-category"),
        ("schedule", "schedule-1-condition"),
        ("state", "agreement-status"),
        ("outcome", "assessment-outcome"),
        ("action", "disposal-action"),
        ("result", "conformance-result"),
        ("status", "system-status"),
    )
)


@dataclass(frozen=True, slots=True)
class Sown:
    """A fault: the question, the update that sows it, and rows that come and go by it.

    Rows are by a thing's path and a column's value; `{x}` in updates is a thing, as `<…/id/x>`.
    """

    question: str
    update: str
    column: str
    comes: frozenset[tuple[str, str | None]] = frozenset()
    goes: frozenset[tuple[str, str | None]] = frozenset()
    thing: str = ""


def sown(
    question: str,
    update: str,
    *,
    comes: tuple[str, str] | None = None,
    goes: tuple[str, str] | None = None,
) -> Sown:
    thing, column = COLUMNS[question]
    return Sown(
        question,
        update,
        column,
        frozenset([comes] if comes else []),
        frozenset([goes] if goes else []),
        thing,
    )


COLUMNS = {
    "ownership-gaps": ("asset", "gap"),
    "flows-without-a-basis": ("flow", "problem"),
    "flows-without-an-agreement": ("flow", "problem"),
    "agreements-that-lapse": ("agreement", "state"),
    "high-risk-without-an-assessment": ("activity", "problem"),
    "past-retention": ("asset", "problem"),
    "conformance-to-standards": ("subject", "state"),
    "where-personal-data-is": ("asset", "level"),
    "systems-that-overlap": ("system", "capabilityName"),
}
ASSET, FLOW, AGREEMENT = "information-asset", "data-flow/illustrative", "agreement/illustrative"
DO, DPIA = f"processing-activity/{N}", f"assessment/{N}/DPIA-01"


def add(subject: str, statement: str) -> str:
    """An update that states something of a thing."""
    return f"INSERT DATA {{ <{BASE}id/{subject}> {statement} }}"


def drop(subject: str, path: str) -> str:
    """An update that takes a property from a thing."""
    return f"DELETE WHERE {{ <{BASE}id/{subject}> {path} ?any }}"


FAULTS = (
    sown(
        "ownership-gaps",
        drop(f"{ASSET}/{M}/H-01", "gm:assetOwner"),
        comes=(f"{ASSET}/{M}/H-01", "no owner is recorded"),
    ),
    sown(
        "ownership-gaps",
        add(f"{ASSET}/{N}/A-05", f"gm:assetOwner <{BASE}id/organisation/{N}>"),
        comes=(f"{ASSET}/{N}/A-05", "the owner is an organisation and no post"),
        goes=(f"{ASSET}/{N}/A-05", "no owner is recorded"),
    ),
    sown(
        "ownership-gaps",
        drop(f"{ASSET}/{M}/H-01", "gm:nextReview"),
        comes=(f"{ASSET}/{M}/H-01", "no day of review is recorded"),
    ),
    sown(
        "ownership-gaps",
        add(f"{ASSET}/{M}/H-01", f"gm:assetOwner <{BASE}id/post/{N}/head-of-revenues>"),
        comes=(f"{ASSET}/{M}/H-01", "the owner's post is vacant"),
    ),
    sown(
        "flows-without-a-basis",
        add(f"{FLOW}/F-09", "gm:personalDataCategory kind:health"),
        comes=(f"{FLOW}/F-09", "no condition of Article 9 is recorded"),
    ),
    sown(
        "flows-without-a-basis",
        add(f"{FLOW}/F-13", "gm:personalDataCategory kind:identity"),
        comes=(
            f"{FLOW}/F-13",
            "it is said to carry no personal data, and other entries say that it does",
        ),
    ),
    sown(
        "flows-without-a-basis",
        add(f"{FLOW}/F-12", f"gm:conveys <{BASE}id/{ASSET}/{N}/A-01>"),
        comes=(
            f"{FLOW}/F-12",
            "it is said to carry no personal data, and other entries say that it does",
        ),
    ),
    sown(
        "flows-without-a-basis",
        add(f"{FLOW}/F-09", "gm:personalDataCategory kind:criminal-offence"),
        comes=(f"{FLOW}/F-09", "criminal offence data, and no condition of Schedule 1 is recorded"),
    ),
    sown(
        "flows-without-a-basis",
        add(f"{FLOW}/F-07", "gm:scheduleOneCondition schedule:health-or-social-care"),
    ),
    sown(
        "flows-without-a-basis",
        add(
            f"{FLOW}/F-07",
            "gm:scheduleOneCondition schedule:safeguarding-children-and-individuals-at-risk",
        ),
        goes=(
            f"{FLOW}/F-07",
            "no condition of Schedule 1 that fits is recorded beside Article 9(2)(g)",
        ),
    ),
    sown(
        "flows-without-a-basis",
        add(f"{FLOW}/F-05", "dpv:hasLegalBasis legal:A6-1-c"),
        goes=(f"{FLOW}/F-05", "no basis of Article 6 is recorded"),
    ),
    sown(
        "flows-without-an-agreement",
        drop(f"{FLOW}/F-01", "gm:underAgreement"),
        comes=(f"{FLOW}/F-01", "no agreement is recorded"),
    ),
    sown(
        "flows-without-an-agreement",
        f"DELETE WHERE {{ <{BASE}id/{AGREEMENT}/AG-02> gm:agreementStatus ?any }} ; "
        + add(f"{AGREEMENT}/AG-02", "gm:agreementStatus state:draft"),
        comes=(f"{FLOW}/F-03", "its agreement is not in force"),
    ),
    sown(
        "agreements-that-lapse",
        f"DELETE WHERE {{ <{BASE}id/{AGREEMENT}/AG-02> gm:agreementStatus ?any }} ; "
        + add(f"{AGREEMENT}/AG-02", "gm:agreementStatus state:ended"),
        comes=(f"{AGREEMENT}/AG-02", "is not in force, and still has flows"),
        goes=(f"{AGREEMENT}/AG-02", "will lapse"),
    ),
    sown(
        "agreements-that-lapse",
        drop(f"{AGREEMENT}/AG-03", "gm:validUntil"),
        comes=(f"{AGREEMENT}/AG-03", "when it ends is not recorded"),
    ),
    sown(
        "high-risk-without-an-assessment",
        drop(DPIA, "gm:nextReview"),
        comes=(f"{DO}/P-01", "when the assessment is to be reviewed is not recorded"),
    ),
    sown(
        "high-risk-without-an-assessment",
        drop(DPIA, "gm:assessmentOutcome"),
        comes=(f"{DO}/P-01", "the outcome of the assessment is not recorded"),
    ),
    sown(
        "high-risk-without-an-assessment",
        f"INSERT DATA {{ <urn:x:newer> a gm:ImpactAssessment ; "
        f"gm:assesses <{BASE}id/processing-activity/{A}/P-01> ; "
        "gm:assessmentOutcome outcome:approved ; "
        'gm:assessedOn "2026-11-01"^^xsd:date ; gm:nextReview "2027-11-01"^^xsd:date }',
        goes=(f"processing-activity/{A}/P-01", "the review of the assessment is overdue"),
    ),
    sown(
        "high-risk-without-an-assessment",
        f"DELETE WHERE {{ <{BASE}id/{DO}/P-02> gm:hasAutomatedDecision ?any }} ; "
        + add(f"{DO}/P-02", "gm:hasAutomatedDecision true"),
        comes=(f"{DO}/P-02", "it decides by itself, and is not taken to be of high risk"),
    ),
    sown(
        "past-retention",
        f"INSERT DATA {{ <urn:x:d> gm:disposes <{BASE}id/{ASSET}/{N}/A-08> ; "
        'gm:disposedOn "2015-01-01"^^xsd:date }',
    ),
    sown(
        "past-retention",
        f"INSERT DATA {{ <urn:x:d> gm:disposes <{BASE}id/{ASSET}/{N}/A-08> ; "
        'gm:disposedOn "2025-01-01"^^xsd:date }',
        goes=(f"{ASSET}/{N}/A-08", "past its period, and no disposal is recorded"),
    ),
    sown(
        "past-retention",
        add(f"{ASSET}/{N}/A-06", f"gm:retentionRule <{BASE}id/retention-rule/{N}/RR-1>"),
        comes=(f"{ASSET}/{N}/A-06", "its rules contradict each other"),
    ),
    sown(
        "conformance-to-standards",
        f"DELETE {{ ?it gm:validUntil ?day }} WHERE {{ ?it gm:assertedOf "
        f"<{BASE}id/{ASSET}/{N}/A-07> ; gm:validUntil ?day }}",
        comes=(f"{ASSET}/{N}/A-07", "until when the test counts is not recorded"),
        goes=(f"{ASSET}/{N}/A-07", "in date"),
    ),
    sown(
        "where-personal-data-is",
        add(f"{ASSET}/{N}/A-06", "gm:personalDataCategory kind:contact"),
        comes=(f"{ASSET}/{N}/A-06", "none, though other entries say that there are some"),
    ),
    sown(
        "systems-that-overlap",
        f"DELETE WHERE {{ <{BASE}id/system/{A}/CRM> gm:systemStatus ?any }} ; "
        + add(f"system/{A}/CRM", "gm:systemStatus status:retired"),
        goes=(f"system/{A}/CRM", "Customer contact"),
    ),
)
TWO_GO = {"systems-that-overlap"}  # one alone overlaps with nothing


def needed(query: Query) -> dict[str, NamedNode | Literal]:
    """A term for each parameter that must have one."""
    return {each.name: TERMS[each.name] for each in query.parameters if not each.optional}


def rows(store: Store, question: str, thing: str, column: str) -> set[tuple[str, str | None]]:
    """What a question says of which thing."""
    query = load(f"competency/{question}")
    return {
        (
            row[thing].value.removeprefix(f"{BASE}id/"),
            None if row[column] is None else row[column].value,
        )
        for row in query.run(store, **needed(query))
    }


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.question)
def test_a_sown_fault_is_caught(internal: Store, fault: Sown) -> None:
    store = Store()
    store.bulk_extend(internal.quads_for_pattern(None, None, None, DefaultGraph()))
    before = rows(store, fault.question, fault.thing, fault.column)
    store.update(HEAD + fault.update)
    after = rows(store, fault.question, fault.thing, fault.column)
    assert after - before == fault.comes
    gone = before - after
    if fault.question in TWO_GO:
        assert fault.goes < gone
    else:
        assert gone == fault.goes


def test_two_names_of_an_organisation_make_no_row_twice(internal: Store) -> None:
    store = Store()
    store.bulk_extend(internal.quads_for_pattern(None, None, None, DefaultGraph()))
    for name in ("information-assets", "ownership-gaps", "flows", "past-retention"):
        query = load(f"competency/{name}")
        once = len(list(query.run(store, **needed(query))))
        body = NamedNode(f"{BASE}id/organisation/{N}")
        store.update(f'{HEAD} INSERT DATA {{ {body} skos:prefLabel "Another name"@en }}')
        assert len(list(query.run(store, **needed(query)))) == once, name
