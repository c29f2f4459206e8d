"""What the councils' partners have: a health trust, a landlord and a safety service."""

from collections.abc import Iterator

from tests.illustrative.world import SUFFIX, Body, Row, World, day, pairs, service, slug

Posts = tuple[tuple[str, str, str], ...]

PARTNER_POSTS: Posts = (
    ("Director of Operations", "Operations", "iao;siro"),
    ("Information Governance Lead", "Information Governance", "dpo"),
    ("Records Officer", "Information Governance", "iaa"),
)
# Reference, name, capability, elements held, product.
SYSTEMS = {
    "m": (
        (
            "EPR",
            "Patient records",
            "case-management",
            "name;address;date-of-birth;nhs-number;diagnosis;care-need",
            "Carepath",
        ),
        ("APP", "Appointments", "appointment-booking", "name;telephone;nhs-number", "Slotwise"),
    ),
    "h": (
        ("TEN", "Tenancies", "housing-management", "name;address;tenancy", "Tenura"),
        ("REP", "Repairs", "scheduling", "address;telephone", ""),
    ),
    "t": (("INC", "Incidents", "case-management", "incident-location;address", ""),),
}
RULES = {
    "m": ("RR-1", "Community health records", "P8Y", "last-action", "destroy"),
    "h": ("RR-1", "Tenancy files", "P6Y", "closure", "destroy"),
    "t": ("RR-1", "Incident records", "P7Y", "last-action", "review"),
}
SERVICES = {"m": ("community-nursing", "Community nursing"), "h": ("repairs", "Repairs to homes")}


def describe_body(world: World, body: Body, posts: Posts) -> None:
    """A body with its units and posts."""
    world.add(
        "organisations",
        key=body.key,
        name=body.name,
        type="invented-body",
        description="It does not exist: it shows how the records of such a body are kept.",
    )
    for unit in dict.fromkeys(unit for _, unit, _ in posts):
        world.add("units", organisation=body.key, name=unit)
    for title, unit, roles in posts:
        world.add(
            "posts",
            organisation=body.key,
            title=title,
            unit=unit,
            roles=roles,
            filled="yes",
            vacant_since="",
            training=world.within(-300, -20),
        )


def describe_partner(world: World, letter: str, body: Body) -> None:
    """A partner's service, systems, retention rule and assets."""
    if letter in SERVICES:
        key, name = SERVICES[letter]
        world.add(
            "services",
            key=f"{slug(body)}-{key}",
            name=f"{name} of {body.short} {SUFFIX}",
            provider=body.key,
            responsible=body.key,
            types="",
            status="active",
        )
    for ref, name, capability, holds, product in SYSTEMS[letter]:
        world.add(
            "systems",
            organisation=body.key,
            ref=ref,
            name=f"{name} of {body.short}",
            product=product,
            hosted_in="GBR",
            capabilities=capability,
            holds=holds,
            status="live",
            criticality="critical",
            contract_end=world.within(30, 1400),
            cost_band="100k-to-1m",
        )
    ref, name, period, trigger, disposal = RULES[letter]
    world.add(
        "retention-rules",
        organisation=body.key,
        ref=ref,
        name=name,
        period=period,
        trigger=trigger,
        disposal=disposal,
    )
    for asset in _assets(letter, body):
        asset.setdefault("reviewed", world.within(-330, -30))
        asset.setdefault("next-review", world.within(100, 700))
        world.tables["information-assets"].append(asset)


def _assets(letter: str, body: Body) -> Iterator[Row]:
    def asset(ref: str, name: str, **cells: str) -> Row:
        row = {
            "organisation": body.key,
            "ref": ref,
            "name": f"{name} of {body.short}",
            "owner": "Director of Operations",
            "custodian": "Records Officer",
            "unit": "Operations",
            "retention-rule": pairs(body, "RR-1"),
            "retention-start": day(-700),
            "access": "INTERNAL",
            "classification": "OFFICIAL",
            "format": "database",
            "criticality": "important",
        }
        return row | {key.replace("_", "-"): cell for key, cell in cells.items()}

    if letter == "m":
        health = {
            "personal_data": "special-category",
            "legal_bases": "A6-1-e;A9-2-h",
            "schedule_one": "health-or-social-care",
            "classification": "OFFICIAL-SENSITIVE",
            "identifiability": "identifiable",
            "data_subjects": "patients",
            "access_reason": "It tells of the health of people.",
        }
        yield asset(
            "H-01",
            "Community nursing records",
            systems=pairs(body, "EPR"),
            data_categories="identity;contact;health",
            holds="name;date-of-birth;nhs-number;diagnosis;care-need",
            value="Nurses know from it whom to visit and why.",
            services=service(body, "community-nursing"),
            **health,
        )
        yield asset(
            "H-02",
            "Appointment lists",
            systems=pairs(body, "APP"),
            data_categories="identity;contact;health",
            holds="name;telephone;nhs-number",
            value="Nobody comes in vain.",
            services=service(body, "community-nursing"),
            derived_from=pairs(body, "H-01"),
            **health,
        )
        yield asset(
            "H-03",
            "Discharge notices",
            systems=pairs(body, "EPR"),
            data_categories="identity;health",
            holds="name;nhs-number;care-need",
            value="Care at home is ready when somebody leaves hospital.",
            derived_from=pairs(body, "H-01"),
            **health,
        )
    elif letter == "h":
        yield asset(
            "T-01",
            "Tenancy files",
            systems=pairs(body, "TEN"),
            personal_data="personal",
            legal_bases="A6-1-b",
            identifiability="identifiable",
            data_subjects="tenants",
            data_categories="identity;contact;financial;housing",
            holds="name;address;tenancy",
            value="Rents are due and repairs are owed by it.",
            access_reason="It tells where people live.",
        )
        yield asset(
            "T-02",
            "Repairs log",
            systems=pairs(body, "REP"),
            personal_data="personal",
            legal_bases="A6-1-b",
            identifiability="identifiable",
            data_subjects="tenants",
            data_categories="contact;housing",
            holds="address;telephone",
            services=service(body, "repairs"),
            access_reason="It tells where people live.",
        )
    else:
        yield asset(
            "S-01",
            "Incident log",
            systems=pairs(body, "INC"),
            identifiability="identifiable",
            data_categories="location",
            holds="incident-location;address",
            value="Crews know what happened before at an address.",
            access_reason="It tells of incidents at addresses.",
        )
        yield asset(
            "S-02",
            "Home safety visits",
            systems=pairs(body, "INC"),
            personal_data="special-category",
            legal_bases="A6-1-e;A9-2-g",
            schedule_one="safeguarding-children-and-individuals-at-risk",
            identifiability="identifiable",
            data_subjects="residents;adults-receiving-care",
            data_categories="identity;contact;health",
            holds="name;address;care-need",
            access_reason="It tells who is at risk.",
        )
