"""What catalogues say in lists of their own is read as what our lists have for it."""

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

import ontology
from loaders.formats.catalogues.dataset_values import (
    access_right,
    byte_size,
    frequency,
    key_from,
    statistical_area,
    theme,
)
from loaders.issues import Fault
from ontology.namespaces import concept
from tests.loaders.catalogues import rule_broken

THEME = "http://publications.europa.eu/resource/authority/data-theme/"
EU = "http://publications.europa.eu/resource/authority/"


def labels(scheme: str) -> dict[str, str]:
    """Every label and every exact match of a scheme's concepts, with the notation it stands for."""
    graph = Graph().parse(data=ontology.turtle(f"concepts/{scheme}.ttl"), format="turtle")
    found = {}
    for each in ontology.notations(scheme):
        subject = URIRef(concept(scheme, each))
        found[str(subject)] = each
        found[each] = each
        for term in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.exactMatch):
            found |= {str(value): each for value in graph.objects(subject, term)}
    return found


@pytest.mark.parametrize(("cell", "notation"), sorted(labels("frequency").items()))
def test_every_label_and_match_of_a_frequency_is_read_as_it(cell: str, notation: str) -> None:
    assert frequency(cell) == notation
    assert frequency(cell.replace("http://", "https://")) == notation
    if not cell.startswith("http"):
        assert frequency(cell.upper()) == notation


@pytest.mark.parametrize(
    ("cell", "notation"),
    [
        ("asNeeded", "irregular"),
        ("Half yearly", "semiannual"),
        ("One-off", "never"),
        ("Continous", "continuous"),
        ("CONT", "continuous"),
        (f"{EU}frequency/UPDATE_CONT", "continuous"),
        ("http://purl.org/linked-data/sdmx/2009/code#freq-W", "weekly"),
        ("http://purl.org/linked-data/sdmx/2009/code#freq-S", "semiannual"),
        ("R/P1Y", "annual"),
        ("R/P3.5D", "semiweekly"),
        ("r/p1m", "monthly"),
    ],
)
def test_further_ways_of_writing_a_frequency(cell: str, notation: str) -> None:
    assert frequency(cell) == notation


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "Other",
        "In progress",
        "notPlanned",
        "R/P35D",
        "R/P7Y",
        f"{EU}frequency/OTHER",
        "http://purl.org/cld/freq/sometimes",
        "http://purl.org/linked-data/sdmx/2009/code#freq-H",
        "https://example.org/frequency/ANNUAL",
    ],
)
def test_what_is_no_frequency_that_we_know_is_refused(cell: str) -> None:
    with pytest.raises(Fault) as caught:
        frequency(cell)
    assert caught.value.rule == "unknown-category"


@pytest.mark.parametrize(("cell", "notation"), sorted(labels("access-right").items()))
def test_every_label_and_match_of_an_access_right_is_read_as_it(cell: str, notation: str) -> None:
    assert access_right(cell) == notation


def test_the_european_restriction_is_ours() -> None:
    assert access_right(f"{EU}access-right/RESTRICTED") == "RESTRICTED"
    assert access_right("public") == "OPEN"


@pytest.mark.parametrize("cell", ["", "anybody", f"{EU}access-right/CONFIDENTIAL", "openly"])
def test_what_is_no_access_right_that_we_know_is_refused(cell: str) -> None:
    with pytest.raises(Fault) as caught:
        access_right(cell)
    assert caught.value.rule == "unknown-category"


@pytest.mark.parametrize(
    ("cell", "iri"),
    [
        ("Environment", f"{THEME}ENVI"),
        ("Business & Economy", f"{THEME}ECON"),
        ("Business and economy", f"{THEME}ECON"),
        ("TRAN", f"{THEME}TRAN"),
        ("http://eurovoc.europa.eu/209416", "http://eurovoc.europa.eu/209416"),
        ("urn:example:theme", "urn:example:theme"),
    ],
)
def test_a_theme_is_read_from_words_codes_and_iris(cell: str, iri: str) -> None:
    assert theme(cell) == iri


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("geospatial", "unknown-category"),
        ("Mapping", "unknown-category"),
        ("COFOG/03.1.0", "unknown-category"),
        ("MADEUP", "unknown-category"),
        ("http://exa mple.org/", "bad-web-address"),
        ("ftp://example.org/theme", "bad-web-address"),
    ],
)
def test_what_is_no_theme_of_a_list_is_refused(cell: str, rule: str) -> None:
    with pytest.raises(Fault) as caught:
        theme(cell)
    assert caught.value.rule == rule


@pytest.mark.parametrize(
    "cell",
    [
        "E08000003",
        "http://statistics.data.gov.uk/id/statistical-geography/E08000003",
        "https://statistics.data.gov.uk/doc/statistical-geography/E08000003/",
    ],
)
def test_an_area_is_read_from_its_code_and_its_iri(cell: str) -> None:
    assert statistical_area(cell) == "E08000003"


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("Exampleton", "bad-code"),
        ("http://statistics.data.gov.uk/id/statistical-geography/E0800000", "bad-code"),
        ("http://sws.geonames.org/2643123/", "unknown-category"),
    ],
)
def test_what_is_no_area_of_the_statistical_geography_is_refused(cell: str, rule: str) -> None:
    with pytest.raises(Fault) as caught:
        statistical_area(cell)
    assert caught.value.rule == rule


@pytest.mark.parametrize(("cell", "size"), [("0", 0), ("5120", 5120), ("5120.0", 5120), ("7.", 7)])
def test_a_size_is_a_whole_number_of_bytes(cell: str, size: int) -> None:
    assert byte_size(cell) == size


@pytest.mark.parametrize("cell", ["", "-1", "1GB", "0.5", "1e3", "1,024", "9" * 19, "٣"])
def test_what_is_no_number_of_bytes_is_refused(cell: str) -> None:
    with pytest.raises(Fault) as caught:
        byte_size(cell)
    assert caught.value.rule == "bad-number"


def test_a_key_is_the_sha_1_of_a_name() -> None:
    name = "https://data.exampleton.example/é"
    assert key_from(name) == hashlib.sha1(name.encode()).hexdigest()
    assert len(key_from("\ud800")) == 40


@pytest.mark.parametrize("read", [frequency, access_right, theme, statistical_area, byte_size])
@given(cell=st.text(max_size=60))
def test_any_text_is_a_value_or_a_fault(read: Callable[[str], object], cell: str) -> None:
    rules = (None, "unknown-category", "bad-web-address", "bad-code", "bad-number")
    assert rule_broken(read, cell) in rules
