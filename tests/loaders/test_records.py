"""A record is checked as a whole when it is made, and says what it claims for itself alone."""

from collections.abc import Callable
from datetime import date

import pytest

from loaders.issues import RULES, Fault
from loaders.records import (
    Area,
    ChangeEvent,
    Claim,
    Identifier,
    Link,
    Membership,
    Organisation,
    Record,
)

APRIL, MAY = date(2011, 4, 1), date(2011, 5, 1)


@pytest.mark.parametrize(
    ("make", "rule", "message"),
    [
        (
            lambda: Organisation("GM-a", "A", "MD", founded=MAY, dissolved=APRIL),
            "dates-out-of-order",
            "The body ends on 2011-04-01, before it begins on 2011-05-01.",
        ),
        (
            lambda: Organisation("GM-a", "A", "MD", replaced_by=("GM-b", "GM-a")),
            "self-reference",
            "The body is said to be replaced by itself.",
        ),
        (
            lambda: Area("E08000001", within="E08000001"),
            "self-reference",
            "The area is said to lie within itself.",
        ),
        (
            lambda: Membership("GM-a", "GM-a", "constituent-council"),
            "self-reference",
            "The body is said to be a member of itself.",
        ),
        (
            lambda: Membership("GM-a", "GM-b", "constituent-council", MAY, APRIL),
            "dates-out-of-order",
            "The membership ends on 2011-04-01, before it begins on 2011-05-01.",
        ),
        (
            lambda: ChangeEvent("e", "Something", APRIL, (), ()),
            "missing-value",
            "The event names no organisation, before or after.",
        ),
        (
            lambda: ChangeEvent("e", "A merger", APRIL, ("GM-c", "GM-b", "GM-a"), ("GM-a", "GM-b")),
            "self-reference",
            "GM-a, GM-b stands both before and after the event.",
        ),
    ],
)
def test_a_record_that_contradicts_itself_is_not_made(
    make: Callable[[], Record], rule: str, message: str
) -> None:
    with pytest.raises(Fault) as caught:
        make()
    assert (caught.value.rule, caught.value.message) == (rule, message)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Organisation("GM-a", "A", "MD", founded=APRIL, dissolved=APRIL),
        lambda: Organisation("GM-a", "A", "MD", dissolved=APRIL),
        lambda: Organisation("GM-a", "A", "MD", founded=APRIL),
        lambda: Membership("GM-a", "GM-b", "constituent-council", APRIL, APRIL),
        lambda: Membership("GM-a", "GM-b", "constituent-council", None, APRIL),
        lambda: ChangeEvent("e", "An end", None, ("GM-a",), ()),
        lambda: ChangeEvent("e", "A beginning", None, (), ("GM-a",)),
        lambda: ChangeEvent("e", "A split", APRIL, ("GM-a",), ("GM-b", "GM-c")),
    ],
)
def test_a_record_that_is_only_short_or_incomplete_is_made(make: Callable[[], Record]) -> None:
    assert make() == make()


@pytest.mark.parametrize(
    ("record", "claims"),
    [
        (
            Organisation("GM-a", "A", "MD", administers=("E08000001", "E08000002")),
            [
                Claim("duplicate-key", "organisation", "GM-a"),
                Claim("shared-area", "area", "E08000001"),
                Claim("shared-area", "area", "E08000002"),
            ],
        ),
        (Area("E08000001", "Bolton"), [Claim("duplicate-key", "area", "E08000001")]),
        (Area("E08000001", within="E47000001"), []),  # mentioned in passing
        (
            Identifier("area", "E08000003", "gss", "E08000003"),
            [Claim("shared-identifier", "gss", "E08000003")],
        ),
        (
            Link("area", "E08000003", "http://a.example/"),
            [Claim("shared-identifier", "link", "http://a.example/")],
        ),
        (
            Membership("GM-a", "GM-b", "constituent-council"),
            [Claim("duplicate-key", "membership", "constituent-council of GM-b: GM-a")],
        ),
        (
            ChangeEvent("e", "An end", None, ("GM-a",), ()),
            [Claim("duplicate-key", "change-event", "e")],
        ),
    ],
)
def test_a_record_claims_what_belongs_to_it_alone(record: Record, claims: list[Claim]) -> None:
    assert list(record.claims()) == claims
    assert {claim.rule for claim in claims} <= RULES.keys()


def test_one_code_in_two_schemes_is_two_claims() -> None:
    one = Identifier("organisation", "GM-a", "e-code", "0049")
    other = Identifier("organisation", "GM-b", "ukprn", "0049")
    assert not set(one.claims()) & set(other.claims())
