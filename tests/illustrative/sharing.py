"""What moves between the bodies of a district: agreements, flows, projects and barriers."""

from tests.illustrative.world import Body, World, day, pairs, service

# The Care Act 2014, under which councils arrange care. For the rest no power is recorded.
GATEWAY = "https://www.legislation.gov.uk/ukpga/2014/23"
NOTICE = "https://www.example.org/illustrative/privacy"
YEARLY = 12
"""How many agreements follow one another, so that some lapse soon whenever one looks."""


def share(world: World, district: dict[str, Body], number: int) -> None:
    """The agreements, flows, projects and barriers of one district."""
    n, a, m, h, t, q = (district[letter] for letter in "namhtq")
    mark = f"-{number}" if number > 1 else ""
    agreements = (
        (
            "AG-01",
            f"Care after hospital in {n.short}",
            (n, m),
            (n, m),
            pairs(n, "A-01") + ";" + pairs(m, "H-03"),
            400,
            service(n, "direct-payments"),
            "in-force",
            "yes",
        ),
        (
            "AG-02",
            f"Care after hospital in {a.short}",
            (a,),
            (m,),
            pairs(a, "A-01"),
            60,
            service(a, "direct-payments"),
            "in-force",
            "yes",
        ),
        (
            "AG-03",
            "Homes for people on the housing registers",
            (n, a, h),
            (n, a, h),
            ";".join((pairs(n, "A-03"), pairs(a, "A-03"), pairs(h, "T-01"))),
            700,
            service(n, "sheltered-housing"),
            "in-force",
            "yes",
        ),
        (
            "AG-04",
            "Home safety for people at risk",
            (n, m),
            (t,),
            pairs(n, "A-01"),
            -20,
            "",
            "in-force",
            "yes",
        ),
        (
            "AG-05",
            "School places across the boundary",
            (n, a),
            (n, a),
            pairs(n, "A-04") + ";" + pairs(a, "A-04"),
            40,
            service(n, "school-transport"),
            "under-review",
            "no",
        ),
        (
            "AG-06",
            f"Council tax accounts kept by {q.short}",
            (n,),
            (q,),
            pairs(n, "A-02"),
            250,
            "",
            "in-force",
            "yes",
        ),
        (
            "AG-07",
            "Addresses for community nurses",
            (n,),
            (m,),
            pairs(n, "A-06"),
            None,
            service(m, "community-nursing"),
            "in-force",
            "",
        ),
        (
            "AG-08",
            "The first pilot of home safety visits",
            (n,),
            (t,),
            pairs(n, "A-01"),
            -300,
            "",
            "ended",
            "yes",
        ),
        *(
            (
                f"AG-{10 + year}",
                f"Gritting routes, exchange {year + 1}",
                (n,),
                (a,),
                pairs(n, "A-07"),
                120 + 121 * year,
                service(n, "road-maintenance"),
                "in-force",
                "yes",
            )
            for year in range(YEARLY)
        ),
    )
    for ref, title, providers, recipients, assets, until, supported, status, signed in agreements:
        world.add(
            "agreements",
            ref=ref + mark,
            title=title,
            providers=";".join(body.key for body in providers),
            recipients=";".join(body.key for body in recipients),
            purpose=f"So that {title[0].lower()}{title[1:]} can be arranged.",
            assets=assets,
            legal_powers=GATEWAY if "care" in title.lower() else "",
            from_=day(min((until or 0) - 1000, -30)),
            until="" if until is None else day(until),
            review="" if until is None else day(until - 30),
            status=status,
            signed=signed,
            services=supported,
            public_summary=f"{title}: who tells whom, and why.",
            privacy_notice=NOTICE,
        )
    _move(world, district, mark)
    world.add(
        "sharing-projects",
        ref=f"SP-01{mark}",
        title=f"One list of people at risk in {n.short}",
        stage="who",
        partners=f"{n.key};{m.key};{t.key}",
        purpose="So that nobody at risk is visited by three services or by none.",
    )
    world.add(
        "barriers",
        ref=f"B-01{mark}",
        title="The safety service has no condition of Schedule 1 for health data",
        type="legal",
        blocks=f"sharing-project/illustrative/SP-01{mark}",
        status="open",
    )


def _move(world: World, district: dict[str, Body], mark: str) -> None:
    n, a, m, h, t, q = (district[letter] for letter in "namhtq")
    care, special = "A6-1-e;A9-2-h", "special-category"
    health = ("adults-receiving-care", "identity;contact;health")
    flows = (
        (1, n, m, pairs(n, "A-01"), special, care, "health-or-social-care", "AG-01", "api", health),
        (2, m, n, pairs(m, "H-03"), special, care, "health-or-social-care", "AG-01", "api", health),
        (3, a, m, pairs(a, "A-01"), special, "A6-1-e", "", "AG-02", "secure-file-transfer", health),
        (
            4,
            n,
            h,
            pairs(n, "A-03"),
            "personal",
            "A6-1-c",
            "",
            "AG-03",
            "secure-file-transfer",
            ("tenants", "identity;contact;housing"),
        ),
        (
            5,
            a,
            h,
            pairs(a, "A-03"),
            "personal",
            "",
            "",
            "AG-03",
            "email",
            ("tenants", "identity;contact;housing"),
        ),
        (
            6,
            h,
            n,
            pairs(h, "T-01"),
            "personal",
            "A6-1-b",
            "",
            "AG-03",
            "secure-file-transfer",
            ("tenants", "identity;housing"),
        ),
        (7, n, t, pairs(n, "A-01"), special, "A6-1-e;A9-2-g", "", "AG-04", "file-drop", health),
        (
            8,
            t,
            n,
            pairs(t, "S-01"),
            "",
            "",
            "",
            "",
            "manual-re-keying",
            ("", ""),
        ),
        (
            9,
            n,
            a,
            pairs(n, "A-04"),
            "personal",
            "A6-1-c",
            "",
            "AG-05",
            "shared-system",
            ("children;pupils", "identity;education"),
        ),
        (
            10,
            a,
            n,
            pairs(a, "A-04"),
            "personal",
            "A6-1-c",
            "",
            "AG-05",
            "shared-system",
            ("children;pupils", "identity;education"),
        ),
        (
            11,
            n,
            q,
            pairs(n, "A-02"),
            "personal",
            "A6-1-e",
            "",
            "AG-06",
            "api",
            ("council-tax-payers", "identity;contact;financial"),
        ),
        (12, n, m, pairs(n, "A-06"), "none", "", "", "AG-07", "api", ("", "")),
        (13, n, a, pairs(n, "A-07"), "none", "", "", "AG-10", "file-drop", ("", "")),
    )
    for number, source, target, assets, level, bases, schedule, agreement, method, about in flows:
        subjects, categories = about
        supported = {
            1: service(n, "direct-payments"),
            2: service(n, "direct-payments"),
            3: service(a, "direct-payments"),
            4: service(n, "sheltered-housing"),
            6: service(n, "sheltered-housing"),
            12: service(m, "community-nursing"),
        }.get(number, "")
        world.add(
            "data-flows",
            ref=f"F-{number:02}{mark}",
            title=f"From {source.short} to {target.short}: {_ASSETS[assets.split('/')[-1]]}",
            from_=source.key,
            to=target.key,
            assets=assets,
            purpose=_PURPOSES[agreement],
            from_role="controller",
            to_role="processor" if target is q else "controller",
            personal_data=level,
            data_subjects=subjects,
            data_categories=categories,
            legal_bases=bases,
            schedule_one=schedule,
            legal_powers=GATEWAY if "A9-2-h" in bases else "",
            agreement=f"{agreement}{mark}" if agreement else "",
            method=method,
            frequency="daily" if method == "api" else "monthly",
            encrypted="" if method == "email" else "yes",
            leaves_uk="no",
            services=supported,
            since=world.within(-900, -100),
            public_summary=_PURPOSES[agreement],
            privacy_notice=NOTICE if level in ("personal", special) else "",
        )


_ASSETS = {
    "A-01": "adults who need care",
    "A-02": "council tax accounts",
    "A-03": "people who wait for a home",
    "A-04": "school places",
    "A-06": "addresses",
    "A-07": "gritting routes",
    "H-03": "people who leave hospital",
    "S-01": "incidents at addresses",
    "T-01": "changes of tenancy",
}
_PURPOSES = {
    "": "So that the council knows of incidents at its own buildings.",
    "AG-01": "So that care at home is ready when somebody leaves hospital.",
    "AG-02": "So that care at home is ready when somebody leaves hospital.",
    "AG-03": "So that homes are let to those who have waited longest.",
    "AG-04": "So that people at risk are offered a smoke alarm.",
    "AG-05": "So that no child is given two places or none.",
    "AG-06": "So that the accounts are kept on the company's machines.",
    "AG-07": "So that nurses find the right door.",
    "AG-10": "So that roads on both sides of the boundary are gritted together.",
}
