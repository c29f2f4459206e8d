"""Contacts of persons are taken out of texts and issues."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.privacy import (
    WITHHELD,
    as_told,
    has_address,
    has_telephone,
    is_team_address,
    without_any_contact,
    without_contacts,
)
from tests.loaders.conftest import one_file, read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ask Jo on 07700 900123 or jo.example@a.example.", f"Ask Jo on {WITHHELD} or {WITHHELD}."),
        ("+44 (0)7700 900 123", WITHHELD),
        ("00447700900123", WITHHELD),
        ("07700-900-123", WITHHELD),
        ("jo.example [at] a.example", WITHHELD),
        ("jo.example＠a.example", WITHHELD),
        ("Ask info@a.example, 0161 496 0000", "Ask info@a.example, 0161 496 0000"),
        ("https://a.example/@53.48,-2.24", "https://a.example/@53.48,-2.24"),
        ("Meet @ the library at 10", "Meet @ the library at 10"),
    ],
)
def test_contacts_of_persons_are_taken_out_of_a_text(text: str, told: str) -> None:
    assert without_contacts(text) == told
    row = Row(2, {"description": text})
    assert row.prose("description") == told
    noted = [(each.rule, each.field, each.value) for each in row.noted]
    assert noted == ([] if told == text else [("contact-of-a-person", "description", None)])


@pytest.mark.parametrize(
    "address",
    ["info@a.example", "library.enquiries@a.example", "exampletonlibrary@gmail.com", "post@a.b"],
)
def test_a_team_is_known_by_a_word(address: str) -> None:
    assert is_team_address(address)


@pytest.mark.parametrize(
    "local",
    [
        *("parks", "sales", "school", "home", "clerk", "general", "parks.sales", "social.care"),
        *("home.care", "exampleton.housing", "adult.social.care", "information.of.the.council"),
    ],
)
def test_words_that_are_names_too_tell_of_a_team_where_no_other_stands_by(local: str) -> None:
    assert is_team_address(f"{local}@a.example") is (local != "parks.sales")


@pytest.mark.parametrize(
    "local",
    [
        *("jane.parks", "jane.sales", "anna.school", "alex.home", "sam.clerk", "joy.general"),
        *("jane.bloggs.housing", "j.bloggs.planning", "jane_bloggs_library", "jane.parks.housing"),
    ],
)
def test_a_name_beside_a_word_for_a_role_is_a_persons(local: str) -> None:
    assert not is_team_address(f"{local}@a.example")


@pytest.mark.parametrize(
    "text",
    [
        *("2024-04-01T00:00:00+01:00", "01-02-2024 09:00", "-2.2345678901", "010012345678"),
        *("0b1c2d3e-0000-4000-8000-000000000001", "0123456789abcdef0123456789abcdef", "E08000003"),
    ],
)
def test_other_figures_are_no_telephone(text: str) -> None:
    assert not has_telephone(text)
    assert without_contacts(text) == text


@pytest.mark.parametrize(
    ("fault", "value", "message"),
    [
        (Fault("bad-code", "“jo@a.example” is bad.", "x", "jo@a.example"), None, "“…” is bad."),
        (Fault("bad-code", "“0161 496 0000” is bad.", "x", "0161 496 0000"), None, "“…” is bad."),
        (Fault("bad-code", "“Jo Example” is bad.", "owner", "Jo Example"), None, "“…” is bad."),
        (Fault("bad-code", "“Jo” is bad.", "contacts[2].title", "Jo"), None, "“…” is bad."),
        (Fault("contact-of-a-person", "“Jo” is one.", "x", "Jo"), None, "“…” is one."),
        (Fault("bad-code", "The key jo@a.example is bad.", "x"), None, "The key … is bad."),
        (Fault("bad-date", "“943 476 5919” is bad.", "x", "943 476 5919"), None, "“…” is bad."),
        (Fault("bad-date", "“AB 12 34 56 C” is bad.", "x", "AB 12 34 56 C"), None, "“…” is bad."),
        (Fault("bad-date", "“０１６１ ４９６ ００００” is bad.", "x"), None, "“…” is bad."),
        (
            Fault("bad-code", f"“{'a' * 999}” is bad.", "x", "a" * 999),
            "a" * 200 + "…",
            f"“{'a' * 200}…” is bad.",
        ),
        (Fault("bad-code", "“a b” is bad.", "key", "a b"), "a b", "“a b” is bad."),
        (Fault("bad-code", "“a b” is bad.", "ownership", "a b"), "a b", "“a b” is bad."),
    ],
)
def test_an_issue_tells_nobody_and_nothing_at_length(
    fault: Fault, value: str | None, message: str
) -> None:
    assert as_told(fault) == (fault.field, value, message)


@settings(max_examples=50)
@given(st.text(alphabet="ab@.07 +-()[]at", max_size=60))
def test_what_was_taken_out_is_gone(text: str) -> None:
    assert without_contacts(without_contacts(text)) == without_contacts(text)
    assert not has_address(without_any_contact(text))


def test_a_load_tells_no_contact_in_its_issues() -> None:
    header = "reference,name,reviewed\n"
    reading = read(
        replace(one_file("information-asset-register-csv"), holder="GM-a"),
        f'{header}1,Minutes,"12 May by Jo Example, 0161 496 0000"\n'.encode(),
    )
    [issue] = reading.issues
    assert (issue.rule, issue.field, issue.value) == ("bad-date", "reviewed", None)
    assert issue.message == "“…” is not a day of the calendar written like 1974-04-01."
