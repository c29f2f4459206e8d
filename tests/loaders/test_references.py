"""Cells that mean things of ours, countries, lengths of time, and words without persons."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal as StoredLiteral
from pyoxigraph import NamedNode, Quad, Store

from loaders.countries import country
from loaders.durations import years_and_months
from loaders.impersonal import impersonal, post_title
from loaders.issues import Fault
from loaders.numbers import plainly_yes_or_no
from loaders.quads import Literal, duration
from loaders.records import Entry
from loaders.references import entry, listed, path_of, source_name, thing_path
from loaders.values import organisation_key
from ontology.vocab import XSD


def refusal(read: Callable[[str], object], cell: str) -> Fault:
    with pytest.raises(Fault) as caught:
        read(cell)
    return caught.value


@pytest.mark.parametrize(
    "path",
    [
        "organisation/GB-LAE-MAN",
        "area/E08000003",
        "unit/GB-LAE-MAN/waste-team",
        "post/GM-a/head-of-waste",
        "system/GM-a/SYS-1",
        "retention-rule/GM-a/R.1",
        "information-asset/GM-a/A-01",
        "processing-activity/GM-a/p-1",
        "assessment/GM-a/d-1",
        "algorithmic-tool/GM-a/t-1",
        "disposal/GM-a/d-1",
        "service/gm-services/bin-day",
        "place/gm-services/tip",
        "dataset/gm-datasets/bins.2024",
        "distribution/gm-datasets/bins.2024-csv",
        "agreement/given/isa-1",
        "data-flow/given/f-1",
        "conformance/given/c",
        "sharing-project/given/sp",
        "barrier/given/b",
        "contribution/given/c",
        "statement/given/s-01",
        "standard/bin-standard",
        "document/d",
        "strategy/s",
        "vision/v",
        "decision/d",
        "consultation/c",
        "workshop/w",
        "delivery-plan/p",
        "deliverable-area/p/a",
        "delivery-action/p/a",
        "benefit/p/b",
        "measure/p/m",
    ],
)
def test_the_path_of_a_thing_is_read_as_it_is_written(path: str) -> None:
    assert thing_path(path) == path


@pytest.mark.parametrize(
    ("path", "rule", "message"),
    [
        ("bin/x", "unknown-category", "“bin/x” begins with no kind of thing: say one of "),
        ("", "unknown-category", "“” begins with no kind of thing: say one of "),
        (
            "standard/a/b",
            "bad-code",
            "“standard/a/b” is no path of a thing: “standard/” is followed by one part.",
        ),
        (
            "information-asset/GM-a",
            "bad-code",
            "“information-asset/GM-a” is no path of a thing: “information-asset/” is followed by "
            "2 parts with a “/” between them.",
        ),
        ("system/SYS/1", "bad-code", "“SYS” is not an organisation's key"),
        ("area/Bolton", "bad-code", "“Bolton” is not a GSS code"),
        ("service/GM-a/x", "bad-code", "“GM-a” is not the name of a source"),
        ("standard/..", "bad-code", "“..” is no key"),
        ("standard/a b", "bad-code", "“a b” is no key"),
        ("standard/a#b", "bad-code", "“a#b” is no key"),
        ("standard/", "bad-code", "“” is no key"),
        ("/standard/a", "unknown-category", "“/standard/a” begins with no kind"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(path: str, rule: str, message: str) -> None:
    fault = refusal(thing_path, path)
    assert fault.rule == rule
    assert fault.message.startswith(message)


def test_a_path_may_have_to_be_of_one_kind() -> None:
    assert path_of("service")("service/given/x") == "service/given/x"
    for cell in ("dataset/given/x", "services/given/x", "service/x"):
        assert refusal(path_of("service"), cell).rule == "bad-code"
    assert refusal(path_of("service"), "dataset/given/x").message == (
        "“dataset/given/x” is no path that begins with “service/”."
    )


@pytest.mark.parametrize("cell", ["GM Services", "gm--services", "../x", "GM-services", ""])
def test_the_name_of_a_source_is_one(cell: str) -> None:
    assert refusal(source_name, cell).rule == "bad-code"


@pytest.mark.parametrize(
    ("cell", "organisation", "ref"),
    [
        ("GB-LAE-MAN/A-01", "GB-LAE-MAN", "A-01"),
        ("GM-a/IA  1", "GM-a", "IA 1"),
        ("GM-a/2024/17", "GM-a", "2024/17"),
        ("GM-a / A", "GM-a", "A"),
    ],
)
def test_an_entry_is_a_key_and_a_reference(cell: str, organisation: str, ref: str) -> None:
    assert entry(cell) == Entry(organisation, ref)


@pytest.mark.parametrize("cell", ["A-01", "GM-a", "GM-a/", "GM-a/ ", "/A-01", "MAN/A-01", ""])
def test_what_means_no_entry_is_refused(cell: str) -> None:
    assert refusal(entry, cell).rule == "bad-code"


def test_a_list_that_is_needed_is_read_whole_or_not_at_all() -> None:
    read = listed(organisation_key)
    assert read("GM-a; GM-b;;GM-a") == ("GM-a", "GM-b")
    assert refusal(read, "GM-a;the other one").rule == "bad-code"
    assert refusal(read, " ; ").rule == "missing-value"


@pytest.mark.parametrize("cell", ["GBR", "IRL", "USA", "DEU"])
def test_a_country_is_read(cell: str) -> None:
    assert country(cell) == cell


@pytest.mark.parametrize("cell", ["GB", "UK", "ENG", "gbr", "United Kingdom", "EUR", ""])
def test_what_is_no_country_is_refused(cell: str) -> None:
    assert refusal(country, cell).rule == "unknown-category"


@pytest.mark.parametrize(
    ("cell", "months", "written"),
    [
        ("P6Y", 72, "P6Y"),
        ("P18M", 18, "P1Y6M"),
        ("P1Y6M", 18, "P1Y6M"),
        ("P0Y6M", 6, "P6M"),
        ("P12M", 12, "P1Y"),
        ("P1M", 1, "P1M"),
        ("P100Y", 1200, "P100Y"),
    ],
)
def test_a_length_of_time_is_written_in_one_way(cell: str, months: int, written: str) -> None:
    assert years_and_months(cell) == months
    assert duration(months) == Literal(written, XSD.yearMonthDuration)


@pytest.mark.parametrize(
    "cell", ["P", "P0Y", "P0M", "P0Y0M", "-P1Y", "P1D", "P1Y2D", "P1W", "PT1M", "6 years", "P1.5Y"]
)
def test_what_is_no_length_of_time_in_months_is_refused(cell: str) -> None:
    fault = refusal(years_and_months, cell)
    assert fault.rule == "bad-period"
    assert f"“{cell}”" in fault.message


@given(st.integers(1, 11_999))
def test_a_store_writes_lengths_of_time_as_we_do(months: int) -> None:
    written = duration(months)
    term = StoredLiteral(written.lexical, datatype=NamedNode(XSD.yearMonthDuration))
    store, node = Store(), NamedNode("http://a.example/")
    store.add(Quad(node, node, term))
    assert [each.object for each in store] == [term]
    assert years_and_months(written.lexical) == months


def test_no_months_are_no_length_of_time() -> None:
    for months in (0, -1):
        with pytest.raises(ValueError, match="are no length of time"):
            duration(months)


def test_our_own_formats_say_yes_and_no_in_these_words_alone() -> None:
    assert plainly_yes_or_no("yes") is True
    assert plainly_yes_or_no("no") is False
    for cell in ("Yes", "Y", "true", "1", "0", "n/a", ""):
        assert refusal(plainly_yes_or_no, cell).rule == "unknown-category"


@pytest.mark.parametrize(
    "cell",
    [
        "Ask jane.doe@council.example first.",
        "Ask jane.doe [at] council.example first.",
        "Ring 07700 900123.",
        "<b>jane.doe@</b>council.example",
        "Write to jane.doe@<b>council.example</b>",
    ],
)
def test_words_with_a_person_in_them_are_refused_and_not_told(cell: str) -> None:
    for read in (impersonal, post_title):
        fault = refusal(read, cell)
        assert fault.rule == "contact-of-a-person"
        assert "jane" not in fault.message
        assert "900123" not in fault.message


def test_words_that_a_team_can_be_reached_by_are_let_pass() -> None:
    assert impersonal("Ask  enquiries@council.example or 0161 496 0000.") == (
        "Ask enquiries@council.example or 0161 496 0000."
    )


def test_a_text_has_words() -> None:
    for cell in ("-", "…", "<br>"):
        assert refusal(impersonal, cell).rule == "no-words"


@pytest.mark.parametrize(
    "cell",
    ["waste@council.example", "Head of Waste, 0161 496 0000", "Mrs A Example", "Cllr Example"],
)
def test_the_title_of_a_post_is_no_person(cell: str) -> None:
    assert refusal(post_title, cell).rule == "contact-of-a-person"


def test_the_title_of_a_post_is_read() -> None:
    assert post_title("Head of  Waste (East)") == "Head of Waste (East)"
