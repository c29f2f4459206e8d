"""The parameters of questions: how they are declared, and which terms their values are."""

from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode

from ontology.namespaces import DEF
from ontology.vocab import XSD
from queries.parameters import DeclarationError, Parameter, ValueRefusedError

BASE = "https://data.greatermanchester.example/"


@pytest.mark.parametrize(
    ("text", "parameter"),
    [
        ("council = organisation", Parameter("council", "organisation")),
        ("council=organisation,optional", Parameter("council", "organisation", optional=True)),
        ("on = day, today", Parameter("on", "day", default="today")),
        ("days = integer, 90", Parameter("days", "integer", default="90")),
        ("legalBasis = legal-basis", Parameter("legalBasis", "legal-basis")),
        ("thing = iri: Thing", Parameter("thing", "iri", label="Thing")),
        (
            "target = organisation, optional: To: whom",
            Parameter("target", "organisation", optional=True, label="To: whom"),
        ),
        ("on=day,today:As of", Parameter("on", "day", default="today", label="As of")),
        (
            "days = integer, 90 : Within how many days",
            Parameter("days", "integer", default="90", label="Within how many days"),
        ),
    ],
)
def test_a_declaration_is_read(text: str, parameter: Parameter) -> None:
    assert Parameter.parse(text) == parameter
    assert parameter.required == ("," not in text)


@pytest.mark.parametrize(
    "text",
    [
        "council",
        "council =",
        "Council = organisation",
        "my-council = organisation",
        "council = Organisation",
        "council = organisation, optional, today",
        "council = organisation, GB-LAE-MAN",
        "council = iri, http://example.org/",
        "name = text, anything",
        "on = day, tomorrow",
        "days = integer, today",
        "format = text",
        "thing = iri:",
        "thing: Thing",
    ],
)
def test_what_declares_no_parameter_is_refused(text: str) -> None:
    with pytest.raises(DeclarationError):
        Parameter.parse(text)


def test_a_default_is_todays_date_or_a_number() -> None:
    today = date(2025, 3, 31)
    assert Parameter.parse("on = day, today").default_value(today) == "2025-03-31"
    assert Parameter.parse("days = integer, 90").default_value(today) == "90"
    assert Parameter.parse("on = day, optional").default_value(today) is None


@pytest.mark.parametrize(
    ("type_", "value", "term"),
    [
        ("text", ' a "b" } # ', Literal('a "b" } #')),
        ("day", "2024-02-29", Literal("2024-02-29", datatype=NamedNode(XSD.date))),
        ("integer", "007", Literal("7", datatype=NamedNode(XSD.integer))),
        ("integer", " 0 ", Literal("0", datatype=NamedNode(XSD.integer))),
        ("iri", " urn:a:b ", NamedNode("urn:a:b")),
        ("iri", "system/GM-x/CASE", NamedNode(f"{BASE}id/system/GM-x/CASE")),
        ("iri", "mission-2022/5", NamedNode(f"{DEF}mission-2022/5")),
        ("mission-2022", "mission-2022/5", NamedNode(f"{DEF}mission-2022/5")),
        ("legal-basis", " A6-1-e ", NamedNode(f"{DEF}legal-basis/A6-1-e")),
        ("integer", "999999999", Literal("999999999", datatype=NamedNode(XSD.integer))),
        ("organisation", "GB-LAE-MAN", NamedNode(f"{BASE}id/organisation/GB-LAE-MAN")),
        ("post", "GM-x/head", NamedNode(f"{BASE}id/post/GM-x/head")),
        ("area", f"{BASE}id/area/E1", NamedNode(f"{BASE}id/area/E1")),
        ("legal-basis", "A6-1-e", NamedNode(f"{DEF}legal-basis/A6-1-e")),
        ("legal-basis", f"{DEF}legal-basis/A6-1-e", NamedNode(f"{DEF}legal-basis/A6-1-e")),
    ],
)
def test_a_value_means_a_term(type_: str, value: str, term: NamedNode | Literal) -> None:
    assert Parameter("x", type_).term(value, BASE) == term


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("text", "x" * 2_001),
        ("day", "2025-02-30"),
        ("day", "20250201"),
        ("day", "2025-02-01T00:00:00"),
        ("day", "31/01/2025"),
        ("day", "today"),
        ("day", "٢٠٢٥-٠١-٠١"),
        ("integer", "1.5"),
        ("integer", "1e9"),
        ("integer", "٣"),
        ("integer", "9" * 19),
        ("iri", "GB-LAE-MAN"),
        ("iri", "urn:a> } #"),
        ("iri", "system/"),
        ("iri", "/system/a"),
        ("iri", "system/../area/b"),
        ("iri", "system/a b"),
        ("iri", "Kind/a"),
        ("integer", "-1"),
        ("integer", ""),
        ("mission-2022", "7"),
        ("mission-2022", "mission-2022/7"),
        ("mission-2022", "mission-2026/1"),
        ("mission-2022", f"{DEF}mission-2026/1"),
        ("mission-2022", f"{DEF}mission-2022/7"),
        ("legal-basis", "a6-1-e"),
        ("iri", "http://example.org/a b"),
        ("organisation", "GB LAE"),
        ("organisation", "a> . ?s ?p ?o } #"),
        ("organisation", ""),
        ("organisation", "/"),
        ("organisation", "../area/E08000003"),
        ("organisation", "a/../../b"),
        ("organisation", "a//b"),
        ("organisation", "a?b"),
        ("organisation", "a#b"),
        ("organisation", f"{BASE}id/area/E08000003"),
        ("organisation", f"{BASE}id/organisation/"),
        ("organisation", "http://example.org/"),
    ],
)
def test_what_means_no_term_of_the_type_is_refused(type_: str, value: str) -> None:
    with pytest.raises(ValueRefusedError, match=r"\.$"):
        Parameter("x", type_).term(value, BASE)


@pytest.mark.parametrize(
    ("type_", "value", "message"),
    [
        ("text", "x" * 2_001, "It may have up to 2,000 characters."),
        ("integer", "1234567890", "“1234567890” is too large: it may have up to 9 digits."),
        ("day", "2025-02-30", "Enter a day that exists, such as 2025-03-31."),
    ],
)
def test_a_refusal_says_what_is_wanted(type_: str, value: str, message: str) -> None:
    with pytest.raises(ValueRefusedError) as refused:
        Parameter("x", type_).term(value, BASE)
    assert str(refused.value) == message
