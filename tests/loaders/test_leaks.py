"""What may be of a person is found before the public sees it, and told without the value."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from time import perf_counter

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from loaders.directory import DataDirectory, initialise
from loaders.endings import Ending, State
from loaders.errors import ValidationError
from loaders.leak_kinds import (
    ACCOUNT,
    ADDRESS_OF_A_PERSON,
    DAY_OF_BIRTH,
    DRIVING_LICENCE,
    HOME,
    NATIONAL_INSURANCE_NUMBER,
    NHS_NUMBER,
    PASSPORT,
    PROFILE,
    SMALL_COUNT,
    TELEPHONE,
    kinds_of_leak,
)
from loaders.leaks import PERSON, find_leaks
from loaders.ledger import Ledger
from loaders.publish import publish
from loaders.release import current_release
from ontology.vocab import DCT
from tests.loaders.publishing import a_source, current, load, names
from tests.loaders.staged_turtle import BASE, lines_of, stage_turtle

NHS = "943 476 5919"  # the example of the NHS data dictionary, of nobody

FOUND = [
    ('dct:title "Ask jane.bloggs@council.example"', ADDRESS_OF_A_PERSON),
    ('dct:title "Ask JBloggs＠council.example"@en', ADDRESS_OF_A_PERSON),
    ('dct:title "Ask jane.bloggs [at] service.gov.example"', ADDRESS_OF_A_PERSON),
    ('dct:title "Ask Jane.Bloggs [AT] service.gov.example"', ADDRESS_OF_A_PERSON),
    ('dct:description "Two lines\\njane.bloggs@council.example"', ADDRESS_OF_A_PERSON),
    ('dct:identifier "jane.bloggs@council.example"', ADDRESS_OF_A_PERSON),
    ("foaf:page <mailto:jane.bloggs@council.example>", ADDRESS_OF_A_PERSON),
    ("foaf:page <https://x.example/?to=jane.bloggs%40council.example>", ADDRESS_OF_A_PERSON),
    ('cv:email "jane.bloggs@council.example"', ADDRESS_OF_A_PERSON),
    ('dct:title "Ask jane.bloggs﹫council.example"', ADDRESS_OF_A_PERSON),
    ('dct:title "Ask jane.bloggs&#64;council.example"', ADDRESS_OF_A_PERSON),
    ('dct:title "Ask jane.bloggs%40council.example"', ADDRESS_OF_A_PERSON),
    ('dct:title "Ask jane.bloggs\u200b@\u2060council.example"', ADDRESS_OF_A_PERSON),
    ('dct:title "Ask jane dot bloggs at council dot gov dot uk"', ADDRESS_OF_A_PERSON),
    ('dct:title "Ask jbloggs at council dot example"', ADDRESS_OF_A_PERSON),
    ('dct:title "Ask jane.bloggs @council.example"', ADDRESS_OF_A_PERSON),
    ('dct:title "Ask jbloggs @council.gov.uk"', ADDRESS_OF_A_PERSON),
    ('dct:title "<p>jane.bloggs@council.example</p>"^^rdf:HTML', ADDRESS_OF_A_PERSON),
    ('cv:email "jane.parks@council.example"', ADDRESS_OF_A_PERSON),
    ('cv:email "jane.bloggs.housing@council.example"', ADDRESS_OF_A_PERSON),
    ('dct:title "0161 496 0000"', TELEPHONE),
    ('dct:title "+44 161 496 0000"', TELEPHONE),
    ('dct:title "Ring 07700 900123"', TELEPHONE),
    ('dct:description "Ring 07700 900123"', TELEPHONE),
    ('dct:description "Ring ０７７００ ９００１２３"', TELEPHONE),
    ('dct:description "Ring 07700/900_123"', TELEPHONE),
    ("dct:extent 447700900123", TELEPHONE),
    ("foaf:page <tel:+441614960000>", TELEPHONE),
    ("foaf:page <sms:+447700900123>", TELEPHONE),
    ("foaf:page <https://wa.me/447700900123>", TELEPHONE),
    ("foaf:page <https://api.whatsapp.com/send?phone=447700900123>", TELEPHONE),
    ("gm:conveys <id/information-asset/GM-x/07700900123>", TELEPHONE),
    ("cv:contactPoint <.well-known/genid/a/contact/07700900123>", TELEPHONE),
    ("cv:contactPoint <.well-known/genid/a/contact/9434765919>", NHS_NUMBER),
    ("dct:extent 9434765919", NHS_NUMBER),
    ('dct:extent "9434765919"^^xsd:decimal', NHS_NUMBER),
    ('dct:title "9434765919"^^xsd:token', NHS_NUMBER),
    ('dct:title "<b>9434765919</b>"^^rdf:HTML', NHS_NUMBER),
    ('dct:title "NHS9434765919"', NHS_NUMBER),
    ('dct:title "no.943\u00a0476\u20095919"', NHS_NUMBER),
    ('dct:description "Set ab-9434765919"', NHS_NUMBER),
    ('dct:description "Claimant AB\u00a012.34.56 C"', NATIONAL_INSURANCE_NUMBER),
    ('dct:description "Claimant AB 12 34 56"', NATIONAL_INSURANCE_NUMBER),
    (f'dct:description "Patient {NHS}"', NHS_NUMBER),
    ('dct:description "Patient 943-476-5919."', NHS_NUMBER),
    ('dct:title "9434765919"', NHS_NUMBER),
    ('dct:description "\\"9434765919\\""', NHS_NUMBER),
    ("gm:conveys <id/information-asset/GM-x/9434765919>", NHS_NUMBER),
    ('dct:description "Claimant AB123456C"', NATIONAL_INSURANCE_NUMBER),
    ('dct:title "ab 12 34 56 c"', NATIONAL_INSURANCE_NUMBER),
    ("gm:conveys <id/information-asset/GM-x/AB123456C>", NATIONAL_INSURANCE_NUMBER),
    ('dct:title "07700 <b>900</b>123"', TELEPHONE),
    ("dct:title \"<a href='mailto:jane.bloggs@council.example'>Ask</a>\"", ADDRESS_OF_A_PERSON),
    ('dct:title "jane.bloggs\ufe0f@\u3164council.example"', ADDRESS_OF_A_PERSON),
    ('dct:description "Ring 0\ufe0f\u20e37700 900123"', TELEPHONE),
    ('dct:description "Born 12 March 1961"', DAY_OF_BIRTH),
    ('dct:description "DOB: 1961-03-12"', DAY_OF_BIRTH),
    ('dct:description "Her date of birth is March 12th, 1961"', DAY_OF_BIRTH),
    ('dct:description "Passport number: 999123456"', PASSPORT),
    ('dct:description "Licence BLOGG953126J99AA"', DRIVING_LICENCE),
    ('dct:description "Licence BL999 953126 J99 AA"', DRIVING_LICENCE),
    ('dct:description "Account 12345678 (sort code 00 00 00)"', ACCOUNT),
    ('dct:description "4000-0000-0000-0002"', ACCOUNT),
    ('dct:description "GB00TEST00000012345678"', ACCOUNT),
    ('dct:description "Ms Bloggs, 1 High Street, M99 9ZZ"', HOME),
    ("foaf:page <https://orcid.org/0000-0000-0000-0000>", PROFILE),
    ("foaf:page <https://www.linkedin.com/in/jane-bloggs>", PROFILE),
    ('dct:description "Of whom two patients have died"', SMALL_COUNT),
    ('dct:description "Number of young victims: 4"', SMALL_COUNT),
    ('dct:description "9 homeless people (2024)"', SMALL_COUNT),
    ("a foaf:Person", PERSON),
    ('foaf:mbox_sha1sum "0123456789abcdef"', PERSON),
    ('<https://schema.org/birthDate> "1961-03-12"', PERSON),
    ("a prov:Person", PERSON),
    ("a schema:Person", PERSON),
    ("a <https://schema.org/Person>", PERSON),
    ("a <http://www.w3.org/ns/person#Person>", PERSON),
    ("a vcard:Individual", PERSON),
    ("org:heldBy <https://someone.example/>", PERSON),
    ('foaf:familyName "Bloggs"', PERSON),
]
PASSED = [
    'dct:title "Ask enquiries@council.example"',
    'cv:email "library@council.example"',
    'dct:title "At 5 (at most)"',
    'dct:title "Follow us @council"',
    'dct:title "Find us on Bluesky @council.bsky.example"',
    'dct:title "Follow @council@social.example"',
    'dct:title "Meet at the polka dot cafe"',
    'dct:title "Ask enquiries at council dot gov dot uk"',
    'cv:email "parks@council.example"',
    'dct:title "Age bands 0-4 5-9 10-14 15-19"',
    'dct:title "Key stages 0 1 2 3 4 5 6 7 8 9"',
    'dct:title "Ref 0000123456"',
    'dct:title "ISBN 9434765919"',
    'dct:title "Ring 0161 234 5000 for help"',
    'gm:internalNote "Ring +44 161 496 0000"',
    'dct:extent "9434765919.5"^^xsd:decimal',
    'dct:extent "P9434765919D"^^xsd:duration',
    "foaf:page <https://maps.example/place/Hall/@53.48,-2.24,17z>",
    "foaf:page <https://photos.example/12345678@N02/>",
    "foaf:page <https://x.example/9434765919/07700900123>",
    'cv:telephone "0161 496 0000"',
    'dct:description "Ring the office: 0161 496 0000"',
    'skos:notation "9434765919"',
    'dct:description "Number 943 476 5918"',  # another check figure
    'dct:description "Number 0000000000"',
    'dct:description "Number 19434765919"',
    'dct:title "From 2019-01-01 to 2020-12-31"',
    'dct:title "Claimant GB123456C"',  # no prefix of such numbers
    'dct:title "Claimant AB123456E"',  # nor such an ending
    'gm:sha256 "9434765919"',
    "dcat:byteSize 9434765919",
    'dct:modified "2024-04-02T10:30:00Z"^^xsd:dateTime',
    'geo:asWKT "POINT(-2.2446123456 53.4790123456)"^^geo:wktLiteral',
    "a foaf:Agent",
    'dct:description "All babies born between 1 April 2018 and 31 March 2019"',
    'dct:description "Those with a birth date on or before 01/03/2002"',
    'dct:description "The council was born in 1974"',
    'dct:description "Date of birth and passport number are kept"',
    'dct:description "Licence ABCDE953126"',
    'dct:description "Account 12345678"',  # no sort code
    'dct:description "On 01-02-20 there were 12345678 rows"',  # no word for either
    'dct:description "4000-0000-0000-0003"',  # another check figure
    'dct:description "Mr Bloggs\'s Leisure, 1 High Street, M99 9ZZ"',
    'dct:description "Mrs Bloggs Limited, 1 High Street, M99 9ZZ"',
    'dct:description "Dr Bloggs and partners, 1 High Street, M99 9ZZ"',
    "foaf:page <https://www.linkedin.com/company/council/>",
    "foaf:page <https://orcid.org/about>",
    'dct:description "Fewer than 5 people were told"',
    'dct:description "It reached two people who had to wait"',
    'dct:description "Key stage 2 pupils in schools"',
    'dct:description "Thirty six patients with it"',
    'dct:description "1,003 patients had it"',
    'dct:description "2.5 people in a home"',
    'dct:description "Number of pupils: 0"',
    'dct:description "Number of pupils: 5 or fewer"',
    'dct:description "One list of patients with asthma"',
    'dct:description "Number of pupils is 45"',
    'dct:description "Rooms for 4 people in each"',
]


def kinds(turtle: str, thing: str = "id/data-flow/a/1") -> list[str]:
    return [each.kind for each in find_leaks(lines_of("a", f"<{thing}> {turtle} ."), BASE)]


@pytest.mark.parametrize(("statement", "kind"), FOUND)
def test_what_may_be_of_a_person_is_found(statement: str, kind: str) -> None:
    assert kinds(statement) == [kind]


@pytest.mark.parametrize("statement", PASSED)
def test_what_is_of_nobody_passes(statement: str) -> None:
    assert kinds(statement) == []


@pytest.mark.parametrize(
    "part",
    [
        *("a dot ", "at b dot ", "9 4 ", "07 7 ", "943-476-", "AB 12 ", "nhs ", "x@", "&amp;"),
        *("born on ", "Mrs A ", "sort code 00-00-00 ", "number of of ", "4000-", "ABC9", "<b>"),
    ],
)
def test_the_time_that_a_look_takes_grows_with_the_text_alone(part: str) -> None:
    began = perf_counter()
    kinds_of_leak(part * 20_000 + " at b dot c")
    assert perf_counter() - began < 10


@pytest.mark.parametrize("part", ["2 people ", "number of of ", "one ", "people ", "9 a-b "])
def test_the_time_that_counts_of_persons_take_grows_with_the_text_alone(part: str) -> None:
    began = perf_counter()
    kinds(f'dct:title "{part * 20_000} people"')
    assert perf_counter() - began < 10


def test_how_many_persons_there_is_room_for_may_be_said_of_a_service() -> None:
    statement = 'dct:description "8 people who walk"'
    assert kinds(statement, "id/service/a/walk") == []
    assert kinds(statement, "id/information-asset/GM-a/walk") == [SMALL_COUNT]


def test_a_part_of_a_place_may_have_the_code_of_the_place_and_no_other_number() -> None:
    part = ".well-known/genid/a/place/1-9434765919"
    assert kinds(f"locn:address <{part}/address>", "id/place/a/1-9434765919") == []
    assert kinds(f"locn:address <{part}/contact/07700900123>", "id/place/a/1") == [TELEPHONE]
    assert kinds("cv:contactPoint <.well-known/genid/a/data-flow/9434765919/x>") == [NHS_NUMBER]


def test_codes_of_registers_are_no_numbers_of_persons() -> None:
    for kind in ("organisation", "place", "dataset"):
        assert kinds('dct:identifier "9434765919"', f"id/{kind}/9434765919") == []
    assert kinds('dct:identifier "9434765919"') == [NHS_NUMBER]


def test_a_mobile_number_of_a_contact_is_left_to_those_who_load_it() -> None:
    assert kinds('cv:telephone "07700 900123"') == []


def test_a_telephone_number_without_its_first_figure_is_no_nhs_number() -> None:
    assert kinds('cv:telephone "1614960003"') == []  # its check figure would be right
    assert kinds('dct:title "1614960003"') == [NHS_NUMBER]
    assert kinds('cv:telephone "9434765919"') == [NHS_NUMBER]


def test_an_iri_of_a_thing_is_looked_at_once_and_told_masked() -> None:
    turtle = '<id/data-flow/a/9434765919> dct:title "A" ; dct:description "B" .'
    found = list(find_leaks(lines_of("a", turtle), BASE))
    assert [each.kind for each in found] == [NHS_NUMBER]
    assert "9434765919" not in str(found[0])
    assert str(found[0]) == f"{BASE}id/data-flow/a/… (iri): {NHS_NUMBER}"


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataDirectory:
    monkeypatch.setattr("loaders.check.validate", lambda *_: [])
    return initialise(tmp_path / "var")


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ('dct:description "Ask jane.bloggs@council.example"', ADDRESS_OF_A_PERSON),
        ('dct:title "Ring 07700 900123"', TELEPHONE),
        (f'dct:description "Patient {NHS}"', NHS_NUMBER),
        ('dct:description "Claimant AB123456C"', NATIONAL_INSURANCE_NUMBER),
        ("a foaf:Person", PERSON),
    ],
)
def test_a_release_with_a_finding_is_not_made(
    directory: DataDirectory, statement: str, kind: str
) -> None:
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    before = publish(directory).release
    stage_turtle(directory, "faulty", f"<id/dataset/a> a dcat:Dataset ; {statement} .")
    with pytest.raises(ValidationError) as refused:
        publish(directory)
    told = str(refused.value)
    assert f"faulty: {BASE}id/dataset/a (" in told
    assert kind in told
    for value in ("jane", "900123", "943", "AB123456C"):
        assert value not in told
    assert current(directory).id == before.id
    assert [path.name for path in directory.releases.iterdir()] == [before.id]


def test_what_the_public_does_not_see_refuses_nothing(directory: DataDirectory) -> None:
    stage_turtle(
        directory,
        "assets",
        f"""<id/information-asset/a> a gm:InformationAsset ;
                dct:title "A" ; gm:internalNote "Patient {NHS}" .""",
    )
    assert publish(directory).is_new


def test_of_a_release_that_was_looked_through_only_what_is_new_is(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []

    def spy(lines: Iterable[bytes], _: str) -> list[object]:
        seen.extend(lines)
        return []

    load(directory, a_source(), "GB-LAE-AAA,Aston")
    publish(directory)
    monkeypatch.setattr("loaders.leaks.find_leaks", spy)
    load(directory, a_source("second"), "GB-LAE-BBB,Barton")
    publish(directory)
    assert any(b"Barton" in line for line in seen)
    assert not any(b"Aston" in line for line in seen)
    seen.clear()
    monkeypatch.setattr("loaders.leaks.SCAN", "of other rules")
    load(directory, a_source("third"), "GB-LAE-CCC,Carton")
    publish(directory)
    assert any(b"Aston" in line for line in seen)


def test_the_last_name_of_what_is_withdrawn_is_kept_only_where_it_would_pass(
    tmp_path: Path,
) -> None:

    store = Store()
    for key, title in (("a", "A set"), ("b", "Of jane.bloggs@council.example")):
        thing = NamedNode(f"{BASE}id/dataset/{key}")
        store.add(Quad(thing, NamedNode(DCT.title), Literal(title), DefaultGraph()))
    ledger = Ledger(BASE, f"{BASE}graph/provenance")
    at, ending = datetime(2026, 1, 1, tzinfo=UTC), Ending(State.GONE, "Gone.")
    lines = [ledger.end(f"{BASE}id/dataset/{key}", at, store, ending) for key in "ab"]
    stated = b"".join(chain.from_iterable(lines))
    assert b"A set" in stated
    assert b"jane" not in stated
    assert stated.count(b"Gone.") == 2


def test_the_names_of_sources_are_no_findings(directory: DataDirectory) -> None:
    load(directory, replace(a_source(), title="The 10 councils of 1974"), "GB-LAE-AAA,Aston")
    publish(directory)
    assert names(current(directory)) == {"Aston"}
    assert current_release(directory) is not None
