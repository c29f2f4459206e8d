"""What shows that information is in good hands: processing, assessments, disposal, conformance.

With them stands what serves the strategy: contributions to its missions and principles.
"""

from tests.illustrative.sharing import GATEWAY, NOTICE
from tests.illustrative.world import Body, World, day, pairs, service


def account(world: World, district: dict[str, Body], number: int) -> None:
    """The governance records of one district."""
    mark = f"-{number}" if number > 1 else ""
    _process(world, district)
    _assess(world, district)
    _conform(world, district, mark)
    _contribute(world, district, mark)
    n, a = district["n"], district["a"]
    world.add(
        "disposals",
        organisation=a.key,
        ref="D-01",
        asset=pairs(a, "A-08"),
        on=day(-500),
        action="destroy",
        evidence="Certificate in the records store",
    )
    world.add(
        "algorithmic-tools",
        organisation=n.key,
        ref="AT-01",
        title=f"List of people at risk of a fall in {n.short}",
        description="It puts people in the order in which they might be visited.",
        assets=pairs(n, "A-01"),
        services=service(n, "direct-payments"),
    )


def _process(world: World, district: dict[str, Body]) -> None:
    n, a, m, h, t, q = (district[letter] for letter in "namhtq")
    care = ("A6-1-e;A9-2-h", "health-or-social-care", "adults-receiving-care", "identity;health")
    tax = ("A6-1-e", "", "council-tax-payers", "identity;contact;financial")
    school = ("A6-1-c", "", "children;pupils", "identity;education")
    home = ("A6-1-b", "", "tenants", "identity;contact;housing")
    safety = (
        "A6-1-e;A9-2-g",
        "safeguarding-children-and-individuals-at-risk",
        "residents",
        "identity;health",
    )
    activities = (
        (n, "P-01", "Assessing adults who may need care", "A-01", care, "yes", "RR-1"),
        (n, "P-02", "Collecting council tax", "A-02", tax, "no", "RR-2"),
        (n, "P-03", "Letting homes", "A-03", home, "no", "RR-3"),
        (n, "P-04", "Finding people at risk of a fall", "A-01", care, "yes", "RR-1"),
        (n, "P-05", "Answering calls", "A-05", ("A6-1-e", "", "residents", "contact"), "", "RR-6"),
        (a, "P-01", "Assessing adults who may need care", "A-01", care, "yes", "RR-1"),
        (a, "P-02", "Collecting council tax", "A-02", tax, "no", "RR-2"),
        (a, "P-03", "Giving out school places", "A-04", school, "yes", "RR-5"),
        (m, "P-01", "Nursing people at home", "H-01", care, "yes", "RR-1"),
        (m, "P-02", "Making appointments", "H-02", care, "no", "RR-1"),
        (h, "P-01", "Managing tenancies", "T-01", home, "no", "RR-1"),
        (t, "P-01", "Visiting homes to make them safer", "S-02", safety, "yes", "RR-1"),
    )
    for body, ref, title, asset, nature, is_risky, rule in activities:
        bases, schedule, subjects, categories = nature
        world.add(
            "processing-activities",
            controller=body.key,
            ref=ref,
            name=f"{title} in {body.short}",
            joint_controllers=m.key if (body, ref) == (n, "P-01") else "",
            processors=q.key if asset == "A-02" else "",
            purpose=f"{title}.",
            assets=pairs(body, asset),
            legal_bases=bases,
            schedule_one=schedule,
            legal_powers=GATEWAY if "A9-2-h" in bases else "",
            data_subjects=subjects,
            data_categories=categories,
            recipients="Staff who arrange it",
            retention_rule=pairs(body, rule),
            leaves_uk="yes" if (body, ref) == (a, "P-02") else "no",
            safeguard="Adequacy regulations" if (body, ref) == (a, "P-02") else "",
            security="Access by role; encrypted at rest",
            high_risk=is_risky,
            automated="yes" if ref == "P-04" else "no",
            services=service(body, "direct-payments") if asset == "A-01" else "",
            privacy_notice=NOTICE,
            public_summary=f"{title}, and what is kept for it.",
        )


def _assess(world: World, district: dict[str, Body]) -> None:
    n, a, m, t = (district[letter] for letter in "namt")
    assessments = (
        (n, "DPIA-01", "dpia", "P-01", "approved", "medium", -160, 205),
        (n, "ETH-01", "ethics", "P-04", "approved-with-actions", "medium", -90, 275),
        (a, "DPIA-01", "dpia", "P-01", "approved", "medium", -455, -90),
        (a, "DPIA-02", "dpia", "P-03", "in-progress", "", None, 120),
        (m, "DPIA-01", "dpia", "P-01", "approved", "low", -200, 530),
        (t, "DPIA-01", "dpia", "P-01", "not-approved", "high", -30, 60),
    )
    for body, ref, kind, activity, outcome, risk, on, review in assessments:
        is_council = body in (n, a)
        world.add(
            "assessments",
            organisation=body.key,
            ref=ref,
            title=f"{'Ethics' if kind == 'ethics' else 'Impact'} of {activity} of {body.short}",
            kind=kind,
            assesses=f"processing-activity/{body.key}/{activity}",
            outcome=outcome,
            residual_risk=risk,
            on="" if on is None else day(on),
            review=day(review),
            approved_by=""
            if on is None
            else ("Chief Information Officer" if is_council else "Director of Operations"),
            advice="Go on once the actions are done." if outcome.startswith("approved") else "",
            public_summary="It was assessed what could go wrong for people.",
        )


def _conform(world: World, district: dict[str, Body], mark: str) -> None:
    n, a, m, h = (district[letter] for letter in "namh")
    assertions = (
        ("information-asset", pairs(n, "A-06"), "uprn", "conforms", "automated", -40, 325),
        ("information-asset", pairs(a, "A-06"), "uprn", "conforms", "automated", -400, -35),
        ("information-asset", pairs(n, "A-07"), "csv", "conforms", "automated", -40, 325),
        ("information-asset", pairs(a, "A-07"), "csv", "does-not-conform", "automated", -40, 325),
        ("system", pairs(n, "DOC"), "wcag", "partly-conforms", "manual", -120, 245),
        ("system", pairs(m, "EPR"), "wcag", "conforms", "supplier-claim", -200, 165),
        ("system", pairs(h, "TEN"), "uprn", "not-tested", "", None, None),
        ("system", pairs(n, "MAP"), "usrn", "conforms", "manual", None, None),
    )
    for place, (kind, pair, standard, result, method, on, until) in enumerate(assertions, 1):
        world.add(
            "conformances",
            key=f"C-{place:02}{mark}",
            subject=f"{kind}/{pair}",
            standard=standard,
            result=result,
            method=method,
            on="" if on is None else day(on),
            until="" if until is None else day(until),
        )


def _contribute(world: World, district: dict[str, Body], mark: str) -> None:
    """Contributions to every mission but the fourth, so that one has nothing."""
    n, a, m = (district[letter] for letter in "nam")
    said = (
        ("information-asset", pairs(n, "A-06"), "5", "", "One list of addresses for all", n),
        ("information-asset", pairs(a, "A-06"), "5", "", "One list of addresses for all", a),
        ("system", pairs(n, "MAP"), "5", "", "It serves addresses to every system", n),
        ("data-flow", f"illustrative/F-12{mark}", "5", "connecting-our-work", "By an interface", n),
        ("agreement", f"illustrative/AG-01{mark}", "6", "forging-strong-relationships", "", n),
        ("agreement", f"illustrative/AG-03{mark}", "6", "", "Three bodies, one agreement", a),
        ("assessment", pairs(m, "DPIA-01"), "2", "", "In date, and published in summary", m),
        ("assessment", pairs(n, "ETH-01"), "2", "doing-the-right-things-with-information", "", n),
        ("information-asset", pairs(n, "A-07"), "1", "", "Anybody can see it", n),
        ("sharing-project", f"illustrative/SP-01{mark}", "3", "", "All have a seat", m),
    )
    for place, (kind, key, mission, principle, why, by) in enumerate(said, 1):
        world.add(
            "contributions",
            key=f"K-{place:02}{mark}",
            contributor=f"{kind}/{key}",
            mission=mission,
            principle=principle,
            basis="asserted",
            rationale=why,
            by=by.key,
            on=day(-60),
        )
