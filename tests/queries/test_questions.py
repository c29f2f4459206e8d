"""The questions that the graph must answer, over the samples and the illustrative bodies.

What is expected was written from `docs/illustrative-data.md` and the samples' records, and not from
what the questions gave. A question that looks for faults must find those that are there, and
nothing else.
"""

from collections.abc import Callable

import pytest
from pyoxigraph import Literal, NamedNode, Store

from ontology.namespaces import DEF
from ontology.vocab import XSD
from queries.query import Query, all_queries, load
from tests.queries.shipped import BASE

TODAY = Literal("2026-11-22", datatype=NamedNode(XSD.date))
DAYS = Literal("90", datatype=NamedNode(XSD.integer))
N, A, M, H, T, Q = (
    f"GM-illustrative-{each}"
    for each in ("northmoor", "ashenvale", "millbeck", "harrowdale", "tarnley", "quillmark")
)
FLOW, AGREEMENT = "data-flow/illustrative", "agreement/illustrative"
ASSET, SYSTEM, PROCESSING = "information-asset", "system", "processing-activity"

Row = tuple[str | None, ...]
Ask = Callable[..., list[Row]]


def thing(path: str) -> NamedNode:
    """The thing of a path, such as `organisation/GB-LAE-MAN`."""
    return NamedNode(f"{BASE}id/{path}")


def short(value: str) -> str:
    """A value without what our IRIs begin with."""
    return value.removeprefix(f"{BASE}id/").removeprefix(DEF)


@pytest.fixture(scope="module")
def ask(internal: Store) -> Ask:
    """The rows of a question over everything that is staged: the columns that are named."""

    def rows(name: str, columns: str, /, **terms: NamedNode | Literal) -> list[Row]:
        found = load(name).run(internal, **terms)
        return [
            tuple(
                None if row[column] is None else short(row[column].value)
                for column in columns.split()
            )
            for row in found
        ]

    return rows


def checked(ask: Ask, question: str, **terms: NamedNode | Literal) -> int:
    """How many things a question says that it looked at."""
    check = load(f"competency/{question}").checked
    assert check is not None
    taken = {name: term for name, term in terms.items() if name in _names(load(check))}
    return sum(int(count or 0) for (count,) in ask(check, "checked", **taken))


def _names(query: Query) -> set[str]:
    return {parameter.name for parameter in query.parameters}


def test_every_question_of_the_list_is_answered_by_a_file() -> None:
    wanted = {
        *(f"D{n}" for n in range(1, 6)),
        *(f"L{n}" for n in range(3, 6)),
        *(f"A{n}" for n in range(1, 11)),
        *("D6", "D7"),
        *(f"G{n}" for n in range(1, 5)),
        "O1",
        "O9",
    }
    assert len(wanted) == 26
    assert wanted <= {number for query in all_queries() for number in query.numbers}


def test_d1_organisations_have_types_identifiers_and_home_pages(ask: Ask) -> None:
    rows = ask(
        "competency/organisations-and-identifiers", "organisation name type homepage identifiers"
    )
    assert len(rows) == len({row[0] for row in rows}) == 98
    (bury,) = (row for row in rows if row[0] == "organisation/GB-LAE-BUR")
    assert bury[1:4] == (
        "Bury Metropolitan Borough Council",
        "Metropolitan district",
        "https://www.bury.gov.uk",
    )
    assert {"Wikidata item Q16954633", "E-code E4202"} <= set((bury[4] or "").split("; "))


@pytest.mark.parametrize(
    ("code", "organisation"),
    [
        ("E08000003", "GB-LAE-MAN"),
        ("MAN", "GB-LAE-MAN"),
        ("R0A", "GB-NHS-R0A"),
        ("E4209", "GB-LAE-TRF"),
        ("nobody-has-this", None),
    ],
)
def test_d2_a_code_leads_to_one_organisation(ask: Ask, code: str, organisation: str | None) -> None:
    rows = ask("competency/organisation-with-a-code", "organisation", code=Literal(code))
    assert rows == ([(f"organisation/{organisation}",)] if organisation else [])


def test_d3_the_datasets_of_an_organisation(ask: Ask) -> None:
    rows = ask(
        "competency/datasets-of-an-organisation",
        "dataset title licence formats",
        organisation=thing("organisation/GB-LAE-TRF"),
    )
    assert len(rows) == len({row[0] for row in rows}) == 28
    assert [row[1] for row in rows] == sorted(row[1] or "" for row in rows)
    assert all((row[0] or "").startswith("dataset/gm-datasets/") for row in rows)


def test_d4_classes_and_properties_with_counts_and_an_example(ask: Ask) -> None:
    rows = ask("competency/classes-and-properties", "kind term uses example")
    by_term = {row[1]: row for row in rows}
    assert by_term["gm#DataFlow"][2] == "13"
    assert (by_term["gm#DataFlow"][3] or "").startswith(f"{FLOW}/F-")
    assert by_term["gm#flowSource"][:3] == ("property", "gm#flowSource", "13")


def test_d5_datasets_about_an_area_or_one_inside_it(ask: Ask) -> None:
    about = "competency/datasets-about-an-area"
    trafford = ask(about, "dataset place", area=thing("area/E08000009"))
    greater = ask(about, "dataset place", area=thing("area/E47000001"))
    assert len(trafford) >= 20
    assert {place for _, place in trafford} == {"area/E08000009"}
    assert set(trafford) < set(greater)


def test_l3_what_others_call_the_same_thing(ask: Ask) -> None:
    rows = ask(
        "competency/same-things-elsewhere",
        "elsewhere strength",
        thing=thing("organisation/GB-LAE-MAN"),
    )
    assert ("http://www.wikidata.org/entity/Q2302252", "the same thing") in rows
    concept = NamedNode(f"{DEF}mission-2022/2")
    weaker = ask("competency/same-things-elsewhere", "elsewhere strength", thing=concept)
    assert ("mission-2026/2", "the same concept") in weaker


def test_l4_licence_and_attribution_of_what_is_said_of_a_thing(ask: Ask) -> None:
    rows = ask(
        "competency/licence-of-a-thing",
        "title licence attribution",
        thing=thing("organisation/GB-LAE-MAN"),
    )
    assert (
        "Public bodies of Greater Manchester, their partners and their areas",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "The GM Knowledge Graph project: "
        "Public bodies of Greater Manchester, their partners and their areas",
    ) in rows


def test_l5_what_replaced_a_body_that_ended(ask: Ask) -> None:
    rows = ask(
        "competency/what-replaced-an-organisation",
        "name successor date",
        organisation=thing("organisation/GM-greater-manchester-passenger-transport-executive"),
    )
    assert rows == [
        (
            "Greater Manchester Passenger Transport Executive",
            "organisation/GM-transport-for-greater-manchester",
            "2011-04-01",
        )
    ]


def test_a1_the_register_of_all_and_of_one(ask: Ask) -> None:
    columns = "asset holder owners personalData classification systems retention"
    everything = ask("competency/information-assets", columns)
    assert len(everything) == len({row[0] for row in everything}) == 23
    ours = ask("competency/information-assets", columns, organisation=thing(f"organisation/{M}"))
    assert {row[0] for row in ours} == {f"{ASSET}/{M}/H-0{n}" for n in (1, 2, 3)}
    assert (
        f"{ASSET}/{M}/H-01",
        "Millbeck Community Health Trust (illustrative)",
        "Director of Operations",
        "Special category data",
        "OFFICIAL-SENSITIVE",
        "Patient records of Millbeck (illustrative)",
        "Community health records (illustrative)",
    ) in ours


def test_a2_assets_that_nobody_looks_after(ask: Ask) -> None:
    rows = ask("competency/ownership-gaps", "asset gap since", on=TODAY)
    vacant, trained = (
        "the owner's post is vacant",
        "the owner was last trained more than a year ago",
    )
    unknown = "whether the owner's post is filled is not recorded"
    assert set(rows) == {
        (f"{ASSET}/{N}/A-02", vacant, "2026-07-25"),
        (f"{ASSET}/{N}/A-06", vacant, "2026-07-25"),
        (f"{ASSET}/{N}/A-05", "no owner is recorded", None),
        (f"{ASSET}/{N}/A-02", "the review is overdue", "2026-10-23"),
        (f"{ASSET}/{A}/A-01", unknown, None),
        (f"{ASSET}/{A}/A-08", unknown, None),
        (f"{ASSET}/{A}/A-03", trained, "2025-07-10"),
        (f"{ASSET}/{A}/A-07", trained, "2025-07-10"),
        (f"{ASSET}/{A}/A-07", "no custodian is recorded", None),
    }
    assert len(rows) == 9
    assert checked(ask, "ownership-gaps") == 23


def test_a2_looks_at_one_organisation_and_at_another_day(ask: Ask) -> None:
    later = Literal("2030-01-01", datatype=NamedNode(XSD.date))
    ours = thing(f"organisation/{M}")
    assert ask("competency/ownership-gaps", "asset", on=TODAY, organisation=ours) == []
    assert checked(ask, "ownership-gaps", organisation=ours) == 3
    rows = ask("competency/ownership-gaps", "gap", on=later, organisation=ours)
    assert sorted(gap or "" for (gap,) in rows) == sorted(
        3 * ["the owner was last trained more than a year ago", "the review is overdue"]
    )


def test_a3_systems_of_different_bodies_that_do_the_same(ask: Ask) -> None:
    columns = "capability system organisations sharedData sharedServices product"
    rows = ask("competency/systems-that-overlap", columns)
    of = {(row[0], row[1]): row[2:] for row in rows}
    assert len(rows) == len(of) == 17
    payments, homes = "capability/payments", "capability/housing-management"
    assert {key[1] for key in of if key[0] == payments} == {
        f"{SYSTEM}/{A}/REV",
        f"{SYSTEM}/{N}/REV",
    }
    assert {values[3] for key, values in of.items() if key[0] == payments} == {"TaxLedger"}
    assert {key[1]: values[0] for key, values in of.items() if key[0] == homes} == {
        f"{SYSTEM}/{A}/HOU": "3",
        f"{SYSTEM}/{H}/TEN": "3",
        f"{SYSTEM}/{N}/HOU": "3",
    }
    shared = of[homes, f"{SYSTEM}/{N}/HOU"]
    assert set((shared[1] or "").split("; ")) == {"Name of a person", "Address", "Tenancy"}
    assert shared[2:] == ("Sheltered housing", "Tenura")
    assert of[homes, f"{SYSTEM}/{H}/TEN"][2] is None, "it supports no service of that kind"
    alone = of["capability/case-management", f"{SYSTEM}/{T}/INC"][1]
    assert alone == "Address", "nobody else keeps the place of an incident"
    assert not {key for key in of if key[0] == "capability/scheduling"}, "one body alone has it"


def test_a3_looks_at_one_capability(ask: Ask) -> None:
    columns = "system"
    one = ask("competency/systems-that-overlap", columns, capability=_capability("payments"))
    assert one == [(f"{SYSTEM}/{A}/REV",), (f"{SYSTEM}/{N}/REV",)]
    none = _capability("scheduling")
    assert ask("competency/systems-that-overlap", columns, capability=none) == []
    assert checked(ask, "systems-that-overlap") == 19


def _capability(notation: str) -> NamedNode:
    return NamedNode(f"{DEF}capability/{notation}")


def test_a4_flows_with_agreement_and_legal_basis(ask: Ask) -> None:
    columns = "flow source target assets legalBases agreement"
    rows = ask("competency/flows", columns)
    assert len(rows) == 13
    assert (
        f"{FLOW}/F-11",
        f"organisation/{N}",
        f"organisation/{Q}",
        "Council tax accounts of Northmoor (illustrative)",
        "Public task, Article 6(1)(e)",
        f"{AGREEMENT}/AG-06",
    ) in rows
    assert [row[5] for row in rows if row[0] == f"{FLOW}/F-08"] == [None]
    out = ask("competency/flows", "flow", source=thing(f"organisation/{N}"))
    assert {row[0] for row in out} == {f"{FLOW}/F-{n:02}" for n in (1, 4, 7, 9, 11, 12, 13)}
    back = ask("competency/flows", "flow", target=thing(f"organisation/{N}"))
    assert {row[0] for row in back} == {f"{FLOW}/F-{n:02}" for n in (2, 6, 8, 10)}
    both = ask(
        "competency/flows",
        "flow",
        source=thing(f"organisation/{N}"),
        target=thing(f"organisation/{A}"),
    )
    assert {row[0] for row in both} == {f"{FLOW}/F-09", f"{FLOW}/F-13"}


def test_a5_where_personal_data_are_kept(ask: Ask) -> None:
    rows = ask("competency/where-personal-data-is", "asset level about system country")
    assert len(rows) == 19
    assert (
        f"{ASSET}/{A}/A-05",
        "Personal data",
        "Residents",
        f"{SYSTEM}/{A}/CRM",
        "Ireland",
    ) in rows
    unrecorded = [row[0] for row in rows if row[1] is None]
    assert unrecorded == [f"{ASSET}/{T}/S-01"]
    on_paper = {row[0] for row in rows if row[3] is None}
    assert on_paper == {f"{ASSET}/{N}/A-08", f"{ASSET}/{A}/A-08"}
    assert not {row[0] for row in rows} & {f"{ASSET}/{N}/A-06", f"{ASSET}/{N}/A-07"}
    assert checked(ask, "where-personal-data-is") == 23


def test_a6_what_depends_on_a_system(ask: Ask) -> None:
    rows = ask(
        "competency/what-depends-on-a-thing",
        "affected class step",
        thing=thing(f"{SYSTEM}/{N}/CASE"),
    )
    far = "through something else"
    assert set(rows) == {
        (f"{ASSET}/{N}/A-01", "information asset", "directly"),
        ("service/illustrative/northmoor-direct-payments", "service", "directly"),
        (f"{FLOW}/F-01", "data flow", far),
        (f"{FLOW}/F-07", "data flow", far),
        (f"{PROCESSING}/{N}/P-01", "processing activity", far),
        (f"{PROCESSING}/{N}/P-04", "processing activity", far),
        (f"algorithmic-tool/{N}/AT-01", "algorithmic tool", far),
        (f"organisation/{M}", "organisation", far),
        (f"organisation/{T}", "organisation", far),
        (f"{AGREEMENT}/AG-01", "sharing agreement", far),
        (f"{AGREEMENT}/AG-04", "sharing agreement", far),
        (f"{AGREEMENT}/AG-08", "sharing agreement", far),
    }
    assert checked(ask, "what-depends-on-a-thing") == 19 + 23 + 13 + 20 + 12 + 209


def test_a6_goes_any_number_of_steps(ask: Ask) -> None:
    rows = ask("competency/what-depends-on-a-thing", "affected", thing=thing(f"{SYSTEM}/{N}/DOC"))
    affected = {row[0] for row in rows}
    assert {f"{SYSTEM}/{N}/CASE", f"{ASSET}/{N}/A-01", f"{FLOW}/F-07"} <= affected
    assert ask("competency/what-depends-on-a-thing", "affected", thing=thing("system/x/y")) == []


def test_a7_what_supports_a_mission(ask: Ask) -> None:
    rows = ask(
        "competency/what-supports-a-mission",
        "contributor class by on",
        mission=NamedNode(f"{DEF}mission-2022/5"),
    )
    assert set(rows) == {
        (f"{ASSET}/{N}/A-06", "information asset", f"organisation/{N}", "2026-09-23"),
        (f"{ASSET}/{A}/A-06", "information asset", f"organisation/{A}", "2026-09-23"),
        (f"{SYSTEM}/{N}/MAP", "information system", f"organisation/{N}", "2026-09-23"),
        (f"{FLOW}/F-12", "data flow", f"organisation/{N}", "2026-09-23"),
    }


def test_a7_missions_without_any_support_are_counted_too(ask: Ask) -> None:
    rows = ask("competency/support-for-each-mission", "concept supporting")
    counts = {concept: int(count or 0) for concept, count in rows}
    assert [counts[f"mission-2022/{n}"] for n in range(1, 7)] == [1, 2, 1, 0, 4, 2]
    assert [counts[f"mission-2026/{n}"] for n in range(1, 7)] == 6 * [0]
    principles = {key: count for key, count in counts.items() if "principle-2022" in (key or "")}
    assert len(principles) == 10
    assert sum(principles.values()) == 3
    asserted = ask("competency/support-for-each-mission", "concept asserted")
    assert asserted == rows  # nothing is concluded from what is only staged
    told = ask("competency/support-for-each-mission", "supporting illustrative")
    assert all(supporting == illustrative for supporting, illustrative in told)
    assert checked(ask, "what-supports-a-mission") == 13


def test_a8_agreements_that_lapse_or_have_lapsed(ask: Ask) -> None:
    rows = ask(
        "competency/agreements-that-lapse",
        "agreement until state service flows",
        on=TODAY,
        days=DAYS,
    )
    home = "service/illustrative"
    assert rows == [
        (f"{AGREEMENT}/AG-07", None, "when it ends is not recorded", _nurses(home), "1"),
        (f"{AGREEMENT}/AG-04", "2026-11-02", "has lapsed", None, "1"),
        (
            f"{AGREEMENT}/AG-05",
            "2027-01-01",
            "will lapse",
            f"{home}/northmoor-school-transport",
            "2",
        ),
        (
            f"{AGREEMENT}/AG-02",
            "2027-01-21",
            "will lapse",
            f"{home}/ashenvale-direct-payments",
            "1",
        ),
    ]
    assert checked(ask, "agreements-that-lapse") == 20
    fewer = Literal("50", datatype=NamedNode(XSD.integer))
    soon = ask("competency/agreements-that-lapse", "agreement", on=TODAY, days=fewer)
    assert [row[0] for row in soon] == [f"{AGREEMENT}/AG-0{n}" for n in (7, 4, 5)]


@pytest.mark.parametrize("days", ["0", "90", "999999999"])
@pytest.mark.parametrize(
    ("on", "state"), [("0001-01-01", "will lapse"), ("9999-12-31", "has lapsed")]
)
def test_a8_the_ends_of_the_calendar_lose_no_agreement(
    ask: Ask, on: str, state: str, days: str
) -> None:
    rows = ask(
        "competency/agreements-that-lapse",
        "agreement state",
        on=Literal(on, datatype=NamedNode(XSD.date)),
        days=Literal(days, datatype=NamedNode(XSD.integer)),
    )
    ending = {row for row in rows if row[1] == state}
    everything = on.startswith("9") or len(days) > 2
    assert len(ending) == (18 if everything else 0)
    assert set(rows) - ending == {(f"{AGREEMENT}/AG-07", "when it ends is not recorded")}


def _nurses(home: str) -> str:
    return f"{home}/millbeck-community-nursing"


def test_a9_what_conforms_and_when_it_was_tested(ask: Ask) -> None:
    rows = ask("competency/conformance-to-standards", "subject standard outcome state", on=TODAY)
    uprn, csv, wcag, usrn = (f"standard/{each}" for each in ("uprn", "csv", "wcag", "usrn"))
    assert set(rows) == {
        (f"{ASSET}/{N}/A-06", uprn, "Conforms", "in date"),
        (f"{ASSET}/{A}/A-06", uprn, "Conforms", "the test is out of date"),
        (f"{ASSET}/{N}/A-07", csv, "Conforms", "in date"),
        (f"{ASSET}/{A}/A-07", csv, "Does not conform", "in date"),
        (f"{SYSTEM}/{N}/DOC", wcag, "Partly conforms", "in date"),
        (f"{SYSTEM}/{M}/EPR", wcag, "Conforms", "in date"),
        (f"{SYSTEM}/{H}/TEN", uprn, "Not tested", "not tested"),
        (f"{SYSTEM}/{N}/MAP", usrn, "Conforms", "when it was tested is not recorded"),
    }
    assert checked(ask, "conformance-to-standards") == 8
    assert checked(ask, "conformance-to-standards", standard=thing("standard/uprn")) == 3


def test_g1_the_record_of_processing_of_a_controller(ask: Ask) -> None:
    controller = thing(f"organisation/{N}")
    rows = ask(
        "competency/record-of-processing",
        "activity role jointControllers processors officers legalBases conditions retention "
        "leavesUK assessments security",
        controller=controller,
    )
    assert len(rows) == 5
    by_activity = {row[0]: row[1:] for row in rows}
    assert by_activity[f"{PROCESSING}/{N}/P-01"] == (
        "controller",
        "Millbeck Community Health Trust (illustrative)",
        None,
        "Data Protection Officer",
        by_activity[f"{PROCESSING}/{N}/P-01"][4],  # two bases, in no order
        "Health or social care purposes",
        "Eight years after the last action, then destroy",
        "false",
        "Impact of P-01 of Northmoor (illustrative)",
        "Access by role; encrypted at rest",
    )
    second = by_activity[f"{PROCESSING}/{N}/P-02"]
    assert second[2] == "Quillmark Data Services (illustrative)"
    assert second[4] == "Public task, Article 6(1)(e)"
    assert second[8] is None, "no assessment"
    assert checked(ask, "record-of-processing", controller=controller) == 5


@pytest.mark.parametrize(
    ("body", "role", "activities"),
    [
        (M, "joint controller", {f"{PROCESSING}/{N}/P-01"}),
        (Q, "processor", {f"{PROCESSING}/{N}/P-02", f"{PROCESSING}/{A}/P-02"}),
    ],
)
def test_g1_joint_controllers_and_processors_have_their_record_too(
    ask: Ask, body: str, role: str, activities: set[str]
) -> None:
    rows = ask(
        "competency/record-of-processing",
        "activity role",
        controller=thing(f"organisation/{body}"),
    )
    assert {activity for activity, as_what in rows if as_what == role} == activities


def test_g2_flows_without_a_basis(ask: Ask) -> None:
    rows = ask("competency/flows-without-a-basis", "flow problem")
    assert set(rows) == {
        (f"{FLOW}/F-03", "no condition of Article 9 is recorded"),
        (f"{FLOW}/F-05", "no basis of Article 6 is recorded"),
        (f"{FLOW}/F-07", "no condition of Schedule 1 that fits is recorded beside Article 9(2)(g)"),
        (f"{FLOW}/F-08", "whether it carries personal data is not recorded"),
    }
    assert len(rows) == 4
    assert checked(ask, "flows-without-a-basis") == 13


def test_g3_high_risk_without_an_assessment_in_date(ask: Ask) -> None:
    rows = ask("competency/high-risk-without-an-assessment", "activity problem", on=TODAY)
    assert set(rows) == {
        (f"{PROCESSING}/{N}/P-04", "no impact assessment is recorded"),
        (f"{PROCESSING}/{A}/P-01", "the review of the assessment is overdue"),
        (f"{PROCESSING}/{A}/P-03", "the assessment is not finished"),
        (f"{PROCESSING}/{T}/P-01", "the assessment was not approved"),
        (f"{PROCESSING}/{N}/P-05", "whether it is likely to be of high risk is not recorded"),
    }
    assert len(rows) == 5
    assert checked(ask, "high-risk-without-an-assessment") == 12


def test_g4_assets_past_their_retention_or_without_a_rule(ask: Ask) -> None:
    rows = ask("competency/past-retention", "asset problem due", on=TODAY)
    unknown = "when its period ends is not recorded"
    assert set(rows) == {
        (f"{ASSET}/{N}/A-08", "past its period, and no disposal is recorded", "2024-03-31"),
        (f"{ASSET}/{A}/A-05", "no retention rule is recorded", None),
        (f"{ASSET}/{N}/A-01", unknown, None),
        (f"{ASSET}/{A}/A-01", unknown, None),
    }
    assert len(rows) == 4
    assert checked(ask, "past-retention") == 23
    earlier = Literal("2024-03-31", datatype=NamedNode(XSD.date))
    before = ask("competency/past-retention", "asset due", on=earlier)
    assert (f"{ASSET}/{N}/A-08", "2024-03-31") not in before


def test_o1_what_is_on_a_posts_list(ask: Ask) -> None:
    post = thing(f"post/{N}/director-of-education")
    rows = ask("competency/my-list", "asset task due concerns", post=post, on=TODAY, days=DAYS)
    assert rows == [
        (
            f"{ASSET}/{N}/A-04",
            "an agreement that shares it will lapse",
            "2027-01-01",
            f"{AGREEMENT}/AG-05",
        ),
        (f"{ASSET}/{N}/A-04", "the review is due", "2027-01-06", f"{ASSET}/{N}/A-04"),
    ]
    assert checked(ask, "my-list", post=post) == 1
    keeper = thing(f"post/{N}/records-officer")
    missing = ask("competency/my-list", "asset task", post=keeper, on=TODAY, days=DAYS)
    assert (f"{ASSET}/{N}/A-05", "say what it is worth") in missing
    assert checked(ask, "my-list", post=keeper) == 8
    idle = thing(f"post/{N}/head-of-housing")
    done = ask("competency/my-list", "asset task", post=idle, on=TODAY, days=DAYS)
    assert done == [(f"{ASSET}/{N}/A-07", "nothing to do"), (f"{ASSET}/{N}/A-03", "nothing to do")]


def test_o9_who_shares_information_for_a_service(ask: Ask) -> None:
    columns = "sharing source target purpose privacyNotice"
    care = thing("service/illustrative/northmoor-direct-payments")
    rows = ask("competency/who-shares-for-a-service", columns, service=care, on=TODAY)
    notice = "https://www.example.org/illustrative/privacy"
    ready = "So that care at home is ready when somebody leaves hospital."
    ours, theirs = (f"organisation/{each}" for each in (N, M))
    assert set(rows) == {
        (f"{FLOW}/F-01", ours, theirs, ready, notice),
        (f"{FLOW}/F-02", theirs, ours, ready, notice),
    }, "F-07 moves the same asset for another purpose"
    assert checked(ask, "who-shares-for-a-service") == 13


def test_o9_tells_of_an_agreement_under_which_no_flow_is_recorded(ask: Ask) -> None:
    roads = thing("service/illustrative/northmoor-road-maintenance")
    rows = ask("competency/who-shares-for-a-service", "sharing source", service=roads, on=TODAY)
    assert (f"{AGREEMENT}/AG-12", f"organisation/{N}") in rows
    assert (f"{FLOW}/F-13", f"organisation/{N}") in rows
    far = Literal("2040-01-01", datatype=NamedNode(XSD.date))
    assert ask("competency/who-shares-for-a-service", "sharing", service=roads, on=far) == [
        (f"{FLOW}/F-13",)
    ], "agreements have ended by then; of the flow no end is recorded"


def test_a4_flows_that_no_agreement_covers(ask: Ask) -> None:
    rows = ask("competency/flows-without-an-agreement", "flow agreement problem", on=TODAY)
    assert set(rows) == {
        (f"{FLOW}/F-07", f"{AGREEMENT}/AG-04", "its agreement has lapsed"),
        (f"{FLOW}/F-08", None, "no agreement is recorded"),
    }
    assert len(rows) == 2
    assert checked(ask, "flows-without-an-agreement") == 13


COMPETENCY = [query for query in all_queries() if query.name.startswith("competency/")]


@pytest.mark.parametrize("query", all_queries(), ids=lambda query: query.name)
def test_no_question_adds_a_duration_to_a_date(query: Query) -> None:
    """The engine may turn the operands round, and then has no sum: it can only subtract."""
    assert " + " not in query.question


@pytest.mark.parametrize("query", COMPETENCY, ids=lambda query: query.name)
def test_problem_questions_say_how_many_they_looked_at(query: Query) -> None:
    looks_for_faults = {"A2", "A8", "G2", "G3", "G4"}
    if looks_for_faults & set(query.numbers):
        assert query.checked is not None
    if query.checked is not None:
        assert _names(load(query.checked)) <= _names(query)
