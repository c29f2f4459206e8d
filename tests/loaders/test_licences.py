"""The licences that catalogues name, in words and by address, are told apart."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.formats.catalogues.licences import (
    CC0,
    ODBL,
    ODC_BY,
    OGL,
    PDDL,
    Terms,
    licence,
    terms_of,
)
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from tests.loaders.catalogues import rule_broken

OGL3, OGL2, OGL1 = (f"{OGL}version/{number}/" for number in (3, 2, 1))
CC = "https://creativecommons.org/licenses/"


@pytest.mark.parametrize(
    ("cell", "iri"),
    [
        ("Open Government Licence v3.0", OGL3),
        ("Open Government Licence (OGL) (v3)", OGL3),
        ("UK Open Government Licence v3", OGL3),
        ("open government license 3.0", OGL3),
        ("Open Government Licence for public sector information, version 3.0", OGL3),
        ("Open Government Licence v3.0 (uk-ogl)", OGL3),
        ("Open Government Licence 3.0 (United Kingdom)", OGL3),
        ("OGL v3", OGL3),
        ("OGL3", OGL3),
        ("OGL-UK-3.0", OGL3),
        ("uk-ogl", OGL),
        ("UK OGL", OGL),
        ("UK Open Government Licence (OGL)", OGL),
        ("Open Government Licence v.2.0.", OGL2),
        ("OGL version 1.0", OGL1),
        ("OGL", OGL),
        ("Open Government Licence", OGL),
        ("The Open Government License.", OGL),
        ("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", OGL3),
        ("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3", OGL3),
        ("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/.", OGL3),
        ("HTTP://WWW.NATIONALARCHIVES.GOV.UK/doc/open-government-licence/version/2/", OGL2),
        ("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/1/", OGL1),
        ("http://www.nationalarchives.gov.uk/doc/open-government-licence/", OGL),
        ("http://reference.data.gov.uk/id/open-government-licence", OGL),
        ("CC BY 4.0", f"{CC}by/4.0/"),
        ("cc-by-4.0", f"{CC}by/4.0/"),
        ("Creative Commons Attribution 4.0 International", f"{CC}by/4.0/"),
        ("Creative Commons Attribution 4.0 International (CC BY 4.0)", f"{CC}by/4.0/"),
        ("CC-BY-SA-4.0", f"{CC}by-sa/4.0/"),
        ("Creative Commons Attribution-ShareAlike 3.0 Unported", f"{CC}by-sa/3.0/"),
        ("CC BY-NC 4.0", f"{CC}by-nc/4.0/"),
        ("Creative Commons Attribution-NonCommercial 4.0 (CC BY-NC 4.0)", f"{CC}by-nc/4.0/"),
        ("CC BY (NC) 4.0", f"{CC}by-nc/4.0/"),
        ("CC BY-NC-ND 4.0", f"{CC}by-nc-nd/4.0/"),
        ("Creative Commons Attribution-NonCommercial-NoDerivatives 4.0", f"{CC}by-nc-nd/4.0/"),
        ("Attribution NonCommercial Share Alike 2.5", f"{CC}by-nc-sa/2.5/"),
        ("http://creativecommons.org/licenses/by/4.0/legalcode", f"{CC}by/4.0/"),
        ("https://creativecommons.org/licenses/by/4.0/deed.en", f"{CC}by/4.0/"),
        ("https://creativecommons.org/licenses/by/4.0", f"{CC}by/4.0/"),
        ("https://creativecommons.org/licenses/by/2.5/dk/", f"{CC}by/2.5/dk/"),
        ("https://creativecommons.org/licenses/by-sa/3.0/", f"{CC}by-sa/3.0/"),
        ("CC0", CC0),
        ("cc-zero", CC0),
        ("Creative Commons CCZero", CC0),
        ("https://creativecommons.org/publicdomain/zero/1.0//", CC0),
        ("http://www.opendefinition.org/licenses/cc-zero", CC0),
        ("odc-odbl", ODBL),
        ("Open Data Commons Open Database License (ODbL)", ODBL),
        ("http://opendatacommons.org/licenses/odbl/1-0/", ODBL),
        ("http://www.opendatacommons.org/licenses/odbl/1.0/", ODBL),
        ("http://www.opendefinition.org/licenses/odc-odbl", ODBL),
        ("ODC-BY", ODC_BY),
        ("https://opendatacommons.org/licenses/by/1-0/", ODC_BY),
        ("ODC PDDL", PDDL),
        ("http://www.opendatacommons.org/licenses/pddl/1.0/", PDDL),
    ],
)
def test_a_licence_has_one_iri_however_it_is_written(cell: str, iri: str) -> None:
    assert licence(cell) == iri


@pytest.mark.parametrize(
    "cell",
    [
        "https://opensource.org/license/isc-license-txt/",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/30/",
        "https://www.nationalarchives.gov.uk/doc/non-commercial-government-licence/",
        "https://creativecommons.org/licenses/by/4.0/extra",
        "https://example.org/creativecommons.org/licenses/by/4.0/",
    ],
)
def test_the_address_of_a_licence_that_we_do_not_know_stays_as_it_is(cell: str) -> None:
    assert licence(cell) == cell


@pytest.mark.parametrize(
    "cell",
    [
        "CC BY",
        "Open",
        "Other (Open)",
        "other-open",
        "custom",
        "Open Government Licence with exceptions",
        "not the OGL v3",
        "OGL v4",
        "OGL v33",
        "CC BY 4.2",
        "CC BY-ND-SA 4.0",
        "Creative Commons Attribution 4.0 (CC BY-NC 4.0)",
        "Creative Commons Attribution 4.0 (CC BY-SA)",
        "Attribution 4.0 International (CC BY ND 4.0)",
        "Attribution 4.0 CC BY noncommercial",
        "Attribution 4.0 (CC BY-NCSA)",
        "Attribution 3.0 (CC BY 4.0)",
        "CC BY 4.0 NC",
        "CC BYNC 4.0",
        "Non-Commercial Government Licence",
        "",
    ],
)
def test_words_that_mean_no_licence_that_we_know_are_refused(cell: str) -> None:
    with pytest.raises(Fault) as caught:
        licence(cell)
    assert caught.value.rule == "unknown-licence"


def test_a_faulty_address_is_no_licence() -> None:
    with pytest.raises(Fault) as caught:
        licence("https://exa mple.org/terms")
    assert caught.value.rule == "bad-web-address"


@pytest.mark.parametrize(
    ("cells", "terms"),
    [
        ({}, Terms(None, None)),
        ({"url": "", "title": None, "id": "notspecified"}, Terms(None, None)),
        ({"title": "License not specified"}, Terms(None, None)),
        ({"title": "No license provided"}, Terms(None, None)),
        ({"url": "http://www.opendatacommons.org/licenses/odbl/1.0/"}, Terms(ODBL, None)),
        ({"title": "OGL v3"}, Terms(OGL3, "OGL v3")),
        ({"id": "cc-zero", "title": "Our own"}, Terms(CC0, "Our own")),
        (
            {"url": "https://exampleton.example/terms", "title": "Our own"},
            Terms("https://exampleton.example/terms", "Our own"),
        ),
        (
            {"url": "https://exampleton.example/terms", "id": "cc-by-4.0"},
            Terms(f"{CC}by/4.0/", "cc-by-4.0"),
        ),
    ],
)
def test_the_licence_is_the_first_that_is_known_and_the_words_are_kept(
    cells: Mapping[str, object], terms: Terms
) -> None:
    row = Row(1, cells)
    assert terms_of(row, "url", "title", "id") == terms
    assert (row.noted, row.withheld) == ([], [])


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"url": OGL3, "title": "CC BY 4.0"}, "title"),
        ({"url": OGL2, "title": "OGL v3"}, "title"),
        ({"title": "CC BY 4.0", "id": "cc-by-nc"}, "id"),
        ({"url": f"{CC}by/4.0/", "title": "CC BY-NC 4.0"}, "url"),
        ({"url": f"{CC}by/4.0/", "title": "Creative Commons Non-Commercial (Any)"}, "title"),
    ],
)
def test_columns_that_contradict_each_other_assert_no_licence(
    cells: Mapping[str, str], column: str
) -> None:
    row = Row(1, cells)
    words = cells.get("title") or cells.get("id")
    assert terms_of(row, "url", "title", "id") == Terms(None, words)
    assert [(each.rule, each.field) for each in row.noted] == [("contradictory-values", column)]
    assert row.withheld == []


@pytest.mark.parametrize(
    ("cells", "iri"),
    [
        ({"url": OGL3, "title": "UK Open Government Licence (OGL)"}, OGL3),
        ({"url": OGL, "title": "OGL v3"}, OGL3),
        ({"url": f"{CC}by/2.5/dk/", "title": "CC BY 2.5"}, f"{CC}by/2.5/dk/"),
        ({"title": "UK OGL", "license_id": "uk-ogl"}, OGL3),
        ({"title": "uk-ogl"}, OGL),
        ({"license_id": "uk-ogl"}, OGL3),
    ],
)
def test_one_licence_in_two_spellings_is_the_one_that_says_more(
    cells: Mapping[str, str], iri: str
) -> None:
    row = Row(1, cells)
    assert terms_of(row, "url", "title", "license_id").licence == iri
    assert (row.noted, row.withheld) == ([], [])


def test_words_that_are_not_known_are_kept_and_noted_once() -> None:
    row = Row(1, {"title": "Our own", "id": "ours"})
    assert terms_of(row, "url", "title", "id") == Terms(None, "Our own")
    [note] = row.noted
    assert (note.rule, note.field, note.value) == ("unknown-licence", "title", "Our own")
    assert row.withheld == []


def test_a_faulty_address_is_withheld_and_the_words_beside_it_are_kept() -> None:
    row = Row(1, {"url": "https://exa mple.org/", "title": "OGL v3"})
    assert terms_of(row, "url", "title") == Terms(OGL3, "OGL v3")
    [fault] = row.withheld
    assert (fault.rule, fault.field) == ("bad-web-address", "url")


@given(st.text(max_size=80))
def test_any_text_is_a_licence_or_a_fault(cell: str) -> None:
    assert rule_broken(licence, cell) in (None, "unknown-licence", "bad-web-address")


def test_who_is_to_be_asked_about_a_licence_is_no_part_of_its_words() -> None:
    row = Row(1, {"licence": "Ask jo.bloggs@council.example on 07700 900123"})
    assert terms_of(row, "licence").stated == "Ask [withheld] on [withheld]"
