"""What a council of the illustrative world has: services, systems, retention rules and assets."""

from collections.abc import Iterator

from tests.illustrative.world import SUFFIX, Body, Row, World, day, pairs, service, slug

# Title of a post, its unit, its roles.
COUNCIL_POSTS = (
    ("Director of Adult Services", "Adult Services", "iao"),
    ("Director of Education", "Education", "iao"),
    ("Head of Housing", "Housing", "iao"),
    ("Head of Revenues", "Revenues", "iao"),
    ("Chief Information Officer", "Information Governance", "siro"),
    ("Data Protection Officer", "Information Governance", "dpo"),
    ("Records Officer", "Information Governance", "iaa"),
    ("Performance Manager", "Information Governance", "data-steward"),
)
# Reference, name, capability, elements held, name of the service that it supports, what it needs.
COUNCIL_SYSTEMS = (
    (
        "CASE",
        "Social care case management",
        "case-management",
        "name;address;date-of-birth;nhs-number;care-need",
        "direct-payments",
        "DOC",
    ),
    (
        "REV",
        "Revenues and benefits",
        "payments",
        "name;address;council-tax-account;benefit-entitlement",
        "",
        "DOC",
    ),
    (
        "HOU",
        "Housing management",
        "housing-management",
        "name;address;tenancy",
        "sheltered-housing",
        "",
    ),
    (
        "SCH",
        "School places",
        "case-management",
        "name;address;unique-pupil-number",
        "school-transport",
        "",
    ),
    ("CRM", "Customer contact", "customer-contact", "name;telephone;email", "", ""),
    ("DOC", "Document store", "document-management", "", "", ""),
    ("MAP", "Maps", "mapping", "address;uprn;usrn", "road-maintenance", ""),
)
PRODUCTS = {
    "n": {"CASE": "Caseline", "REV": "TaxLedger", "HOU": "Tenura", "DOC": "Boxroom"},
    "a": {"CASE": "Carepath", "REV": "TaxLedger", "HOU": "Homewise", "DOC": "Boxroom"},
}
# Key, name, number in the Local Government Services List.
COUNCIL_SERVICES = (
    ("direct-payments", "Direct payments for care", "287"),
    ("sheltered-housing", "Sheltered housing", "107"),
    ("school-transport", "Transport for special educational needs", "40"),
    ("road-maintenance", "Road maintenance", "557"),
    ("libraries", "Libraries", "437"),
)
COUNCIL_RULES = (
    (
        "RR-1",
        "Adult social care records",
        "Eight years after the last action, then destroy",
        "P8Y",
        "last-action",
        "destroy",
    ),
    (
        "RR-2",
        "Council tax accounts",
        "Six years after the end of the financial year, then destroy",
        "P6Y",
        "end-of-financial-year",
        "destroy",
    ),
    (
        "RR-3",
        "Housing applications",
        "Three years after closure, then destroy",
        "P3Y",
        "closure",
        "destroy",
    ),
    (
        "RR-6",
        "Customer contacts",
        "Two years after the last action, then destroy",
        "P2Y",
        "last-action",
        "destroy",
    ),
    ("RR-4", "Maps and gazetteers", "Kept for good", "", "permanent", "keep"),
    (
        "RR-5",
        "Pupil records",
        "Until the pupil is 25, then review",
        "P25Y",
        "date-of-birth",
        "review",
    ),
)


def describe_council(world: World, letter: str, body: Body) -> None:
    """A council's services, systems, retention rules and assets."""
    for key, name, kind in COUNCIL_SERVICES:
        world.add(
            "services",
            key=f"{slug(body)}-{key}",
            name=f"{name} in {body.short} {SUFFIX}",
            provider=body.key,
            responsible=body.key,
            types=kind,
            status="active",
        )
    for ref, name, capability, holds, supported, needed in COUNCIL_SYSTEMS:
        world.add(
            "systems",
            organisation=body.key,
            ref=ref,
            name=f"{name} of {body.short}",
            product=PRODUCTS[letter].get(ref, ""),
            supplier="Quillmark Data Services",
            hosted_in="IRL" if (letter, ref) == ("a", "CRM") else "GBR",
            hosting_note=f"Second room, rack {world.draw.randint(1, 40)}",
            capabilities=capability,
            holds=holds,
            services=service(body, supported),
            requires=f"{body.key}/{needed}" if needed else "",
            status="being-replaced" if (letter, ref) == ("n", "HOU") else "live",
            criticality="critical" if ref in ("CASE", "DOC") else "important",
            contract_end=world.within(30, 1400),
            cost_band=world.draw.choice(("10k-to-100k", "100k-to-1m")),
        )
    for ref, name, words, period, trigger, disposal in COUNCIL_RULES:
        world.add(
            "retention-rules",
            organisation=body.key,
            ref=ref,
            name=name,
            text=words,
            period=period,
            trigger=trigger,
            disposal=disposal,
            authority="",
        )
    for asset in council_assets(body):
        asset.setdefault("reviewed", world.within(-330, -30))
        asset.setdefault("next-review", world.within(100, 700))
        world.tables.setdefault("information-assets", []).append(asset)
    world.add(
        "datasets",
        key=f"{slug(body)}-gazetteer",
        title=f"Property gazetteer of {body.short} {SUFFIX}",
        description="A list of addresses that do not exist.",
        publisher=body.key,
        licence="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        keywords="addresses;illustrative",
        frequency="monthly",
        modified=world.within(-60, -1),
        access="OPEN",
    )


def council_assets(body: Body) -> Iterator[Row]:
    """The information assets of a council, without faults but for what `spoil` adds."""

    def asset(ref: str, name: str, **cells: str) -> Row:
        row = {
            "organisation": body.key,
            "ref": ref,
            "name": f"{name} of {body.short}",
            "custodian": "Records Officer",
            "steward": "Performance Manager",
            "access": "INTERNAL",
            "classification": "OFFICIAL",
        }
        return row | {key.replace("_", "-"): cell for key, cell in cells.items()}

    yield asset(
        "A-01",
        "Adult social care case files",
        description="What is known of the needs of adults who are assessed or receive care.",
        owner="Director of Adult Services",
        unit="Adult Services",
        systems=pairs(body, "CASE"),
        format="database",
        personal_data="special-category",
        legal_bases="A6-1-e;A9-2-h",
        schedule_one="health-or-social-care",
        classification="OFFICIAL-SENSITIVE",
        retention_rule=pairs(body, "RR-1"),
        value="Care is arranged from it; without it nobody could be visited in time.",
        criticality="critical",
        identifiability="identifiable",
        data_subjects="adults-receiving-care",
        data_categories="identity;contact;health",
        holds="name;address;date-of-birth;nhs-number;care-need",
        services=service(body, "direct-payments"),
        access_reason="It tells of the health of people.",
    )
    yield asset(
        "A-02",
        "Council tax accounts",
        owner="Head of Revenues",
        unit="Revenues",
        systems=pairs(body, "REV"),
        format="database",
        personal_data="personal",
        legal_bases="A6-1-e",
        retention_rule=pairs(body, "RR-2"),
        retention_start=day(-400),
        value="The council's own income is collected from it.",
        criticality="critical",
        identifiability="identifiable",
        data_subjects="council-tax-payers",
        data_categories="identity;contact;financial",
        holds="name;address;council-tax-account",
        access_reason="It tells what people owe.",
    )
    yield asset(
        "A-03",
        "Housing register",
        owner="Head of Housing",
        unit="Housing",
        systems=pairs(body, "HOU"),
        format="database",
        personal_data="personal",
        legal_bases="A6-1-c",
        retention_rule=pairs(body, "RR-3"),
        retention_start=day(-200),
        value="Homes are let from it.",
        criticality="important",
        identifiability="identifiable",
        data_subjects="residents;tenants",
        data_categories="identity;contact;household;housing",
        holds="name;address;tenancy",
        services=service(body, "sheltered-housing"),
        access_reason="It tells where people live.",
    )
    yield asset(
        "A-04",
        "School places",
        owner="Director of Education",
        unit="Education",
        systems=pairs(body, "SCH"),
        format="database",
        personal_data="personal",
        legal_bases="A6-1-c",
        retention_rule=pairs(body, "RR-5"),
        retention_start=day(-2000),
        value="Children are given a school from it.",
        criticality="important",
        identifiability="identifiable",
        data_subjects="children;pupils",
        data_categories="identity;contact;education",
        holds="name;address;unique-pupil-number",
        services=service(body, "school-transport"),
        access_reason="It tells of children.",
    )
    yield asset(
        "A-05",
        "Customer contact log",
        owner="Head of Revenues",
        unit="Revenues",
        systems=pairs(body, "CRM"),
        format="database",
        personal_data="personal",
        legal_bases="A6-1-e",
        retention_rule=pairs(body, "RR-6"),
        retention_start=day(-100),
        criticality="routine",
        identifiability="identifiable",
        data_subjects="residents",
        data_categories="identity;contact",
        holds="name;telephone;email",
        access_reason="It tells who called.",
    )
    yield asset(
        "A-06",
        "Property gazetteer",
        owner="Head of Revenues",
        unit="Revenues",
        systems=pairs(body, "MAP"),
        format="database",
        personal_data="none",
        access="OPEN",
        retention_rule=pairs(body, "RR-4"),
        value="Every service that goes to an address needs it.",
        criticality="important",
        identifiability="aggregate",
        holds="address;uprn;usrn",
        authoritative_for="uprn;usrn",
        datasets=f"dataset/illustrative/{slug(body)}-gazetteer",
        services=f"{service(body, 'road-maintenance')};{service(body, 'libraries')}",
        open="yes",
    )
    yield asset(
        "A-07",
        "Gritting routes",
        owner="Head of Housing",
        unit="Housing",
        systems=pairs(body, "MAP"),
        format="electronic",
        personal_data="none",
        access="OPEN",
        retention_rule=pairs(body, "RR-4"),
        value="Roads are kept open in winter with it.",
        criticality="routine",
        holds="usrn",
        derived_from=pairs(body, "A-06"),
        services=service(body, "road-maintenance"),
        open="no",
    )
    yield asset(
        "A-08",
        "Closed case files, 2012 to 2016",
        owner="Director of Adult Services",
        unit="Adult Services",
        format="paper",
        personal_data="special-category",
        legal_bases="A6-1-e;A9-2-h",
        schedule_one="health-or-social-care",
        classification="OFFICIAL-SENSITIVE",
        retention_rule=pairs(body, "RR-1"),
        retention_start="2016-03-31",
        criticality="routine",
        identifiability="identifiable",
        data_subjects="adults-receiving-care",
        data_categories="identity;health",
        holds="name;care-need",
        access_reason="It tells of the health of people.",
    )
