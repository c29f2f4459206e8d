"""Each identifier scheme has a form for its codes, which tells what a spreadsheet damaged."""

import pytest

import ontology
from loaders.codes import code_in
from loaders.issues import Fault

GOOD = {
    "addressbase-custodian": "4205",
    "bs-6879": "MAN",
    "charity-number": "504542",
    "company-number": "01223344",
    "e-code": "E4203",
    "gov-uk-content-id": "b0bdfcf3-2763-4002-961e-a0b2d7825038",
    "gov-uk-slug": "isle-of-wight",
    "gss": "E08000003",
    "hesa": "0049",
    "ico-registration": "Z5119967",
    "local-authority-eng": "MAN",
    "local-planning-authority": "E60000011",
    "mapit": "2562",
    "ods": "R0A",
    "ons-legacy": "00-BN",
    "open-council-data": "262",
    "ordnance-survey": "7000000000018821",
    "parliament-thesaurus": "57823",
    "planning-data-entity": "283",
    "snac": "00BN",
    "transport-authority": "Q7834921",
    "ukprn": "10006841",
    "uprn": "10092008082",
    "whatdotheyknow": "253",
    "wikidata": "Q2302252",
}
BAD = {
    "addressbase-custodian": "420",
    "bs-6879": "Man",
    "charity-number": "12",
    "company-number": "1223344",  # the zero in front is lost
    "e-code": "4203",
    "gov-uk-content-id": "b0bdfcf3-2763-4002-961e",
    "gov-uk-slug": "Isle of Wight",
    "gss": "E0800003",
    "hesa": "49",  # two zeros are lost
    "ico-registration": "5119967",
    "local-authority-eng": "man",
    "local-planning-authority": "60000011",
    "mapit": "MTD",
    "ods": "!!bad",
    "ons-legacy": "00 BN",
    "open-council-data": "Q262",
    "ordnance-survey": "700000000001882",
    "parliament-thesaurus": "none",
    "planning-data-entity": "-283",
    "snac": "00-BN",
    "transport-authority": "7834921",
    "ukprn": "12",
    "uprn": "100920080820000",
    "whatdotheyknow": "twenty",
    "wikidata": "2302252",
}


def test_every_scheme_of_the_ontology_has_a_form() -> None:
    assert GOOD.keys() == BAD.keys() == ontology.notations("identifier-scheme")


@pytest.mark.parametrize(("scheme", "code"), GOOD.items())
def test_a_code_of_its_form_is_kept_as_it_is(scheme: str, code: str) -> None:
    assert code_in(scheme)(code) == code


@pytest.mark.parametrize(("scheme", "code"), BAD.items())
def test_a_code_of_another_form_is_refused(scheme: str, code: str) -> None:
    with pytest.raises(Fault) as caught:
        code_in(scheme)(code)
    assert caught.value.rule == "bad-code"
    assert f"“{code}”" in caught.value.message


@pytest.mark.parametrize("damaged", ["7000000000018820.0", "289.0"])
def test_a_code_that_went_through_a_number_is_told_as_such(damaged: str) -> None:
    for scheme in ("ordnance-survey", "mapit", "charity-number"):
        with pytest.raises(Fault) as caught:
            code_in(scheme)(damaged)
        assert caught.value.rule == "number-as-decimal"
