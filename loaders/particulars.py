"""What else tells of one person in a text: a day of birth, papers, accounts, a home, a small count.

All that there is to go by is form and the words that stand by. Texts are given as `plain` of
`loaders.figures` makes them. The time that a search takes grows with a text's length.
"""

import re
from itertools import pairwise

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DAY = (
    r"(?:[0-9]{1,2}[ ./-]{1,3}[0-9]{1,2}[ ./-]{1,3}[0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]{{1,2}}{_MONTH}[ ,-]{{1,2}}[0-9]{{4}}"
    rf"|{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?,? [0-9]{{4}})"
)
_BIRTH = re.compile(
    r"(?:\bborn\b|\bdate of birth\b|\bbirth ?(?:day|date)\b|\b(?:dob|d\.o\.b|d\. o\. b)\b)"
    rf"(?:[\s.,:;=()-]|on|is|was|the){{0,12}}{_DAY}",
    re.IGNORECASE,
)
_PASSPORT = re.compile(r"\bpassports?\b[^0-9]{0,20}\b[A-Z]{0,2}[0-9]{7,9}\b", re.IGNORECASE)
# The first five letters of a surname, a day of birth in six figures, initials, a check.
_LICENCE = re.compile(
    r"(?<![0-9A-Za-z])(?=[A-Z9]{5})[A-Z]{1,5}9{0,4}[ -]?[0-9](?:0[1-9]|1[0-2]|5[1-9]|6[0-2])"
    r"(?:0[1-9]|[12][0-9]|3[01])[0-9][ -]?[A-Z][A-Z9][2-9A-Z] ?[A-Z]{2}(?![0-9A-Za-z])"
)
_SORT_CODE = re.compile(r"(?<![0-9-])[0-9]{2}([ -]?)[0-9]{2}\1[0-9]{2}(?![0-9-])")
_ACCOUNT = re.compile(r"(?<![0-9])[0-9]{8}(?![0-9])")
_OF_BANKS = re.compile(r"\bsort ?code\b|\ba/?c\b|\baccount\b", re.IGNORECASE)
_CARD = re.compile(r"(?<![0-9])[3-6][0-9]{3}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?![0-9])")
_IBAN = re.compile(r"\bGB[0-9]{2} ?[A-Z]{4} ?[0-9]{4} ?[0-9]{4} ?[0-9]{4} ?[0-9]{2}\b")
_ADDRESSED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|MR|MRS|MISS)\b\.? {1,2}[A-Z]")
_OF_FIRMS = re.compile(r"['’]s\b|\b(?:limited|ltd|llp|plc|foundation|trust)\b", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][ABD-HJLNP-UW-Z]{2}\b")
_APART = 120  # how many characters may lie between a name and its postcode, or a code and account
# One of these stands in each text that tells of a birth or a home; looking takes little time.
_OF_BIRTHS = ("born", "birth", "dob", "d.o.b", "d. o. b")
_TITLES = re.compile(r"M(?:rs?|s|iss|x|R|RS|ISS)\b")

_PROFILE = re.compile(
    r"https?://(?:[a-z]{2,3}\.)?(?:orcid\.org/[0-9]{4}-|linkedin\.com/(?:in|pub)/[^/]"
    r"|(?:www\.)?facebook\.com/profile\.php)",
    re.IGNORECASE,
)

_PERSONS = (
    *("patients", "victims", "claimants", "offenders", "defendants", "prisoners", "service users"),
    *("data subjects", "pupils", "children", "adults", "residents", "tenants", "people", "persons"),
    *("individuals", "women", "men", "girls", "boys", "carers", "deaths", "suicides", "homicides"),
    *("pregnancies", "asylum seekers", "refugees"),
)
# Of these, texts tell in words without counting anybody: “two people who had to wait”.
_ANYBODY = frozenset({"adults", "individuals", "men", "people", "persons", "women"})
_PERSON = re.compile(rf"\b(?:{'|'.join(_PERSONS)})\b")
_BEFORE, _AFTER = 60, 45  # how many characters of a count may stand before and after such a word
_FEW = r"(?:[1-9]|one|two|three|four|five|six|seven|eight|nine)"
_WERE = re.compile(
    r"\s(?:was|were|had|have|has|died|lived?|are|is|who|with|in|on|at|of|from|received|known)\b|\s*\("
)
# “Of” counts right after the number alone: “two of the pupils”, and not “one list of pupils”.
_SO_MANY = re.compile(
    rf"(?<![0-9a-z.,/£%-])({_FEW})\s(?:of\s)?(?:(?!of\s)[a-z-]{{2,15}}\s){{0,2}}$"
)
_NUMBER_OF = re.compile(r"\b(?:number|count|total)\s(?:of\s)?(?:[a-z-]{2,15}\s){0,3}$")
_IS = re.compile(
    rf"[^0-9.;<]{{0,30}}?(?:[:=]|\b(?:is|was|were|are)\b)\s{{0,2}}({_FEW})"
    r"(?![0-9a-z.,%-]*[0-9a-z%])(?!\s?(?:or|to)\b)"
)
# Words before a number that make it no count: “stage 2 pupils”, “fewer than 5 people”.
_NO_COUNT = re.compile(
    r"(?:stage|ks|year|level|type|tier|category|grade|phase|band|class|group|part|step|zone|aged?"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million"
    r"|under|over|than|least|most|to|or|per|every|for|of|between|and|about|around|version|table"
    r"|figure|section|article|principle|priority|objective|aim|theme|chapter|schedule)\s$"
)


def has_day_of_birth(text: str) -> bool:
    """Whether a day stands in a text as somebody's day of birth. A year alone is none."""
    said = text.lower()
    return any(each in said for each in _OF_BIRTHS) and _BIRTH.search(text) is not None


def has_passport_number(text: str) -> bool:
    """Whether seven to nine figures in a text are called a passport's number."""
    return _PASSPORT.search(text) is not None


def has_driving_licence(text: str) -> bool:
    """Whether the number of a British driving licence stands in a text, by its form."""
    return _LICENCE.search(text) is not None


def has_bank_account(text: str) -> bool:
    """Whether the number of a bank account stands in a text, by its words or as an IBAN.

    A sort code and an account's number stand near each other, and one of them is called so.
    """
    if _IBAN.search(text):
        return True
    if not _OF_BANKS.search(text):
        return False
    places = sorted(
        [(found.start(), "code") for found in _SORT_CODE.finditer(text)]
        + [(found.start(), "number") for found in _ACCOUNT.finditer(text)]
    )
    return any(
        one[1] != other[1] and other[0] - one[0] <= _APART for one, other in pairwise(places)
    )


def has_card_number(text: str) -> bool:
    """Whether a payment card's number stands in a text in four groups (ISO/IEC 7812, annex B)."""
    return any(_is_luhn(re.sub("[^0-9]", "", found[0])) for found in _CARD.finditer(text))


def has_home(text: str) -> bool:
    """Whether somebody is named in a text, as in “Mrs A Example”, and a postcode follows."""
    if _TITLES.search(text) is None:
        return False
    for name in _ADDRESSED.finditer(text):
        code = _POSTCODE.search(text, name.end(), name.end() + _APART)
        if code and not _OF_FIRMS.search(text, name.end(), code.start()):
            return True
    return False


def is_profile(iri: str) -> bool:
    """Whether an address on the Web is that of one person's profile."""
    return _PROFILE.match(iri) is not None


def has_small_count(text: str) -> bool:
    """Whether a text says of how many persons, fewer than ten, something is so.

    So few may be known one by one. Nought is a count of nobody, and “fewer than 10” is a band.
    """
    said = text.lower()
    if not any(each in said for each in _PERSONS):
        return False
    for persons in _PERSON.finditer(said):
        before = said[max(0, persons.start() - _BEFORE) : persons.start()]
        after = said[persons.end() : persons.end() + _AFTER]
        if (many := _SO_MANY.search(before)) and _WERE.match(after):
            is_count = many[1].isdigit() or persons[0] not in _ANYBODY
            if is_count and not _NO_COUNT.search(before, 0, many.start(1)):
                return True
        elif _NUMBER_OF.search(before) and _IS.match(after):
            return True
    return False


def _is_luhn(digits: str) -> bool:
    figures = [int(each) for each in reversed(digits)]
    doubled = [sum(divmod(2 * each, 10)) for each in figures[1::2]]
    return (sum(figures[::2]) + sum(doubled)) % 10 == 0
