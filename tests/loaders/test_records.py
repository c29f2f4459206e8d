"""A record is checked as a whole when it is made, and says what it claims for itself alone."""

from collections.abc import Callable
from datetime import date

import pytest

from loaders.issues import RULES, Fault
from loaders.mappings import map_record
from loaders.records import (
    Administration,
    Area,
    ChangeEvent,
    Channel,
    Claim,
    Concept,
    ConceptScheme,
    Dataset,
    Distribution,
    Identifier,
    InformationAsset,
    Link,
    LocalLink,
    Membership,
    Organisation,
    Party,
    Place,
    Record,
    Service,
    Text,
)
from tests.loaders.conftest import MINT

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
        (
            lambda: Service("a", "A", minimum_age=18, maximum_age=17),
            "dates-out-of-order",
            "The service is for people up to 17, who are younger than 18.",
        ),
        (
            lambda: Dataset("a", ()),
            "missing-value",
            "The dataset has no title, and every dataset needs one.",
        ),
        (
            lambda: Distribution("a", "b", media_type="text/csv"),
            "missing-value",
            "The distribution has no web address at all.",
        ),
        (
            lambda: Concept("urn:x:1", "urn:x", "1", "One", broader=("urn:x:0", "urn:x:1")),
            "self-reference",
            "The concept is said to be wider than itself.",
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
        lambda: Organisation("GM-a", "A"),
        lambda: Service("a", "A", minimum_age=18, maximum_age=18),
        lambda: Service("a", "A", minimum_age=18),
        lambda: Service("a", "A", maximum_age=0),
        lambda: Place("a"),
        lambda: Dataset("a", (Text("A"),)),
        lambda: Distribution("a", "b", access_url="https://a.example/"),
        lambda: Distribution("a", "b", download_url="https://a.example/"),
        lambda: InformationAsset("GM-a", "1", "A"),
        lambda: Concept("urn:x:1", "urn:x", "1", "One"),
        lambda: ConceptScheme("urn:x", "X"),
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
                Claim("shared-area", "area", "E08000001", "GM-a"),
                Claim("shared-area", "area", "E08000002", "GM-a"),
            ],
        ),
        (
            Administration("GM-a", "E08000001"),
            [Claim("shared-area", "area", "E08000001", "GM-a")],
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
        (
            Organisation("GM-a", "A", administers=("E08000001",), is_mention=True),
            [Claim("told-otherwise", "organisation", "GM-a", "A")],
        ),
        (
            Organisation("GB-COH-01234567", "A", is_mention=True, known_as="7"),
            [
                Claim("told-otherwise", "organisation", "GB-COH-01234567", "A"),
                Claim("shared-identifier", "provider", "GB-COH-01234567", "7"),
            ],
        ),
        (Place("a", is_mention=True), [Claim("told-otherwise", "place", "a")]),
        (Service("a", "A"), [Claim("duplicate-key", "service", "a")]),
        (
            LocalLink(
                Service("a", "A", channels=(Channel("https://a.example/"), Channel("urn:x", "8")))
            ),
            [
                Claim("duplicate-key", "link", "a, https://a.example/"),
                Claim("duplicate-key", "link", "a, interaction 8"),
            ],
        ),
        (Place("a", "A"), [Claim("shared-identifier", "place", "a")]),
        (Dataset("a", (Text("A"),)), [Claim("duplicate-key", "dataset", "a")]),
        (
            Distribution("a-1", "a", access_url="https://a.example/"),
            [Claim("duplicate-key", "distribution", "a-1")],
        ),
        (
            InformationAsset("GM-a", "IA 1", "A"),
            [Claim("duplicate-key", "information asset", "GM-a/ia-1")],
        ),
        (
            Concept("urn:x:1", "urn:x", "1", "One"),
            [
                Claim("shared-identifier", "concept", "urn:x:1"),
                Claim("shared-identifier", "notation in urn:x", "1"),
            ],
        ),
        (ConceptScheme("urn:x", "X"), [Claim("shared-identifier", "concept scheme", "urn:x")]),
    ],
)
def test_a_record_claims_what_belongs_to_it_alone(record: Record, claims: list[Claim]) -> None:
    assert list(record.claims()) == claims
    assert {claim.rule for claim in claims} <= RULES.keys()


def test_one_code_in_two_schemes_is_two_claims() -> None:
    one = Identifier("organisation", "GM-a", "e-code", "0049")
    other = Identifier("organisation", "GM-b", "ukprn", "0049")
    assert not set(one.claims()) & set(other.claims())


@pytest.mark.parametrize("other", ["IA/1", "IA  1", "ia-1", "IA 1."])
def test_two_references_that_make_one_iri_are_noticed(other: str) -> None:
    one, two = (InformationAsset("GM-a", ref, "A") for ref in ("IA 1", other))
    subjects = [next(map_record(each, MINT, "given")).subject for each in (one, two)]
    assert (subjects[0] == subjects[1]) is (set(one.claims()) == set(two.claims()))


def test_a_party_is_somebody() -> None:
    assert Party("GM-a").stated is None
    assert Party(None, "The council").key is None
    for nobody in (None, ""):
        with pytest.raises(ValueError, match="a party needs a key or words"):
            Party(nobody, nobody)


def test_a_text_is_in_english_unless_it_is_said() -> None:
    assert Text("Bins") == Text("Bins", "en") != Text("Bins", "cy")


def test_two_places_of_one_concept_in_a_list_have_one_hash() -> None:
    one = Concept("urn:x:2", "urn:x", "2", "Two", broader=("urn:x:0",))
    other = Concept("urn:x:2", "urn:x", "2", "Two", broader=("urn:x:1",))
    assert one != other
    assert hash(one) == hash(other)
    assert hash(one) != hash(Concept("urn:x:2", "urn:x", "2", "Zwei", broader=("urn:x:0",)))
