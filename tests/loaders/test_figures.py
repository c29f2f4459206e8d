"""Figures that may be of a person are known by their form, and others by theirs."""

import pytest

from loaders.figures import (
    has_insurance_number,
    has_mobile_number,
    has_nhs_number,
    is_telephone_number,
    plain,
)

NBSP, THIN, ZERO_WIDTH = "\u00a0", "\u2009", "\u200b"
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
NHS = [
    f"943{NBSP}476{NBSP}5919",
    f"943{THIN}476{THIN}5919",
    "943.476.5919",
    "943/476/5919",
    "943-476-5919",
    *(f"943{each}476{each}5919" for each in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"),
    "943  476  5919",
    "943-476 5919",
    "943 - 476 - 5919",
    "943_476_5919",
    "(943) 476 5919",
    f"94{ZERO_WIDTH}3476{ZERO_WIDTH}5919",
    "NHS9434765919",
    "no.9434765919",
    "NHS_9434765919",
    "NHS_943_476_5919",
    "Set ab-9434765919",
    "9434765919".translate(FULL),
    "943 476 5919".translate(FULL),
    "9434765919".translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    "NHS number: 94 34 76 59 19",
    "NHS no 9 4 3 4 7 6 5 9 1 9",
    "94 3476 5919 (NHS number)",
    "943&nbsp;476&nbsp;5919",
    "943%20476%205919",
    "Seen 2024-04-02: 9434765919.",
]
NO_NHS = [
    "943 476 5918",
    "NHS 943 476 5918",
    "19434765919",
    "9434765919 0".replace(" ", ""),
    "9.434765919",
    "-0.9434765919",
    "0b1c2d9434765919",
    "94 34 76 59 19",
    "0000000000",
    "Ref 0000123456",
    "ISBN 9434765919",
    "ISBN-10: 9434765919",
    "ISBN 0141439513 and 9434765919",
    "From 2019-01-01 to 2020-12-31",
    "Age bands 0-4 5-9 10-14 15-19",
]
INSURANCE = [
    "AB123456C",
    "ab123456c",
    "ab 12 34 56 c",
    f"AB{NBSP}12{NBSP}34{NBSP}56{NBSP}C",
    "AB.12.34.56.C",
    "AB-12-34-56-C",
    "AB/12/34/56/C",
    "AB 12 34 56",
    "NI AB123456",
    "NI number: AB123456",
    "National Insurance no. AB123456",
    "NINO_AB123456C",
    "ＡＢ１２３４５６Ｃ",
]
NO_INSURANCE = [
    "GB123456C",
    "AB123456E",
    "SC123456",
    "OC301234",
    "at 10 11 12 a.m.",
    "M1 1AA",
    "AB1234567",
]
MOBILES = [
    "07700 900123",
    "07700 900 123",
    "07700 90 01 23",
    "0770 090 0123",
    "07700/900123",
    "07_700_900_123",
    "07700.900.123",
    "07700, 900123",
    "(07700) 900123",
    "+44 (0)7700 900123",
    "00447700900123",
    "tel07700900123",
    f"07700{THIN}900{NBSP}123",
    "07700 900123".translate(FULL),
    "wa.me/447700900123",
    "sms:07700900123",
    "sms:+447700900123",
    "0 7700 900123",
]
NO_MOBILES = [
    "Age bands 0-7 8-10 11-14 15-19",
    "Key stages 0 7 1 2 3 4 5 6 8 9 1 2",
    "07/08/2019, 123",
    "07.08.2019 1000",
    "1077009001234",
    "0.07700900123",
    "ab1207700900123",
]
TELEPHONES = ["0161 496 0000", "01614960000", "(0161) 496-0000", "020 7946 0000", "0800 123456"]
NO_TELEPHONES = [
    "Ring 0161 234 5000 for help",
    "Age bands 0-4 5-9 10-14 15-19",
    "Key stages 0 1 2 3 4 5 6 7 8 9",
    "Ref 0000123456",
    "0000123456",
    "0000 123 4567",
    "0661 123 4567",
    "0123456789",
    "010012345678",
]


@pytest.mark.parametrize("text", NHS)
def test_an_nhs_number_is_known_by_its_check_figure_and_its_grouping(text: str) -> None:
    assert has_nhs_number(plain(f"Patient {text}"))
    assert has_nhs_number(plain(text))


@pytest.mark.parametrize("text", NO_NHS)
def test_other_ten_figures_are_none(text: str) -> None:
    assert not has_nhs_number(plain(text))


@pytest.mark.parametrize("text", INSURANCE)
def test_a_national_insurance_number_is_known_by_its_form(text: str) -> None:
    assert has_insurance_number(plain(f"Claimant {text}, of nobody"))


@pytest.mark.parametrize("text", NO_INSURANCE)
def test_other_letters_and_figures_are_none(text: str) -> None:
    assert not has_insurance_number(plain(text))


@pytest.mark.parametrize("text", MOBILES)
def test_a_mobile_number_is_known_however_it_is_grouped(text: str) -> None:
    assert has_mobile_number(plain(f"Ring {text}."))


@pytest.mark.parametrize("text", NO_MOBILES)
def test_dates_and_bands_are_no_mobile_number(text: str) -> None:
    assert not has_mobile_number(plain(text))


@pytest.mark.parametrize("text", TELEPHONES)
def test_a_text_may_be_nothing_but_a_telephone_number(text: str) -> None:
    assert is_telephone_number(plain(text))


@pytest.mark.parametrize("text", NO_TELEPHONES)
def test_a_number_among_words_is_an_offices_and_other_figures_are_none(text: str) -> None:
    assert not is_telephone_number(plain(text))


def test_in_a_key_letters_on_either_side_make_it_another_code() -> None:
    assert has_nhs_number("id/asset/x/9434765919", in_key=True)
    assert has_nhs_number("id/asset/x/nhs9434765919", in_key=True)
    assert not has_nhs_number("id/asset/x/ab9434765919", in_key=True)
    assert not has_mobile_number("id/asset/x/a07700900123", in_key=True)
    assert has_mobile_number("id/asset/x/07700900123", in_key=True)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a&#64;b", "a@b"),
        ("a&amp;#64;b", "a@b"),
        ("a%40b", "a@b"),
        ("a%2540b", "a@b"),
        ("a﹫b＠c", "a@b@c"),
        (f"a{ZERO_WIDTH}\u2060b", "ab"),
        ("50% of 100 & more", "50% of 100 & more"),
    ],
)
def test_a_text_is_looked_at_as_it_is_read(text: str, seen: str) -> None:
    assert plain(text) == seen
