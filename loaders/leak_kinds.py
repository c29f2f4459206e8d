"""What of a person a text may hold, whatever says it: the kinds of leak, by name."""

from collections.abc import Iterator

from loaders.figures import (
    has_figures,
    has_insurance_number,
    has_mobile_number,
    has_nhs_number,
    is_telephone_number,
    plain,
)
from loaders.particulars import (
    has_bank_account,
    has_card_number,
    has_day_of_birth,
    has_driving_licence,
    has_home,
    has_passport_number,
)
from loaders.privacy import has_address_of_a_person
from loaders.prose import words_of

ADDRESS_OF_A_PERSON = "an e-mail address that no team is known to read"
TELEPHONE = "a telephone number"
NHS_NUMBER = "what may be an NHS number"
NATIONAL_INSURANCE_NUMBER = "what may be a National Insurance number"
DAY_OF_BIRTH = "a day of birth"
PASSPORT = "what may be a passport's number"
DRIVING_LICENCE = "what may be a driving licence's number"
ACCOUNT = "the number of a bank account or a payment card"
HOME = "somebody's name and a postcode"
PROFILE = "the profile of a person"
SMALL_COUNT = "a count of fewer than ten persons"


def kinds_of_leak(text: str) -> list[str]:
    """What a text may hold of a person, wherever it stands.

    Among other words, the telephone of an office may stand, but no mobile one.
    """
    said = plain(text)
    kinds = list(_kinds_in_plain(said))
    if "<" in said:  # tags may stand within an address or a number, and addresses within tags
        kinds += (each for each in _kinds_in_plain(words_of(said)) if each not in kinds)
    return kinds


def _kinds_in_plain(said: str) -> Iterator[str]:
    if has_address_of_a_person(said):
        yield ADDRESS_OF_A_PERSON
    if has_figures(said):
        if has_mobile_number(said) or is_telephone_number(said):
            yield TELEPHONE
        if has_nhs_number(said):
            yield NHS_NUMBER
        if has_insurance_number(said):
            yield NATIONAL_INSURANCE_NUMBER
        if has_driving_licence(said):
            yield DRIVING_LICENCE
        if has_passport_number(said):
            yield PASSPORT
        if has_bank_account(said) or has_card_number(said):
            yield ACCOUNT
    if has_day_of_birth(said):
        yield DAY_OF_BIRTH
    if has_home(said):
        yield HOME
