"""What gives a person away in words: e-mail addresses that no team reads, and telephone numbers.

No program can tell a name from other words. An address is taken for a person's unless a word in it
says that a team reads it. Whatever the text, the time that a search takes grows with its length.
"""

import re

from loaders.figures import has_figures, has_insurance_number, has_nhs_number, plain
from loaders.issues import Fault

WITHHELD = "[withheld]"
"""What stands in a text in place of an address or a number that was taken out."""

ADDRESS = re.compile(
    r"(?<![\w.%+'’-])[\w.%+'’-]++\s?(?:[@＠]|[\[({]\s?at\s?[\])}])\s?"
    r"[\w-]+(?:(?:\.|\s?[\[({]\s?dot\s?[\])}]\s?)[\w-]+)+",
    re.IGNORECASE,
)
"""An e-mail address, however its “@” and its points are spelled."""
_OF_MAIL = re.compile(r"\.(?:com|edu|eu|gov|info|net|org|uk)$", re.IGNORECASE)
_SPELLED_OUT = re.compile(
    r"(?<![\w.+-])((?:[\w.+-]{1,64}+\s{1,3}dot\s{1,3}){0,4}[\w.+-]{1,64}+)\s{1,3}at\s{1,3}"
    r"[\w.-]{1,64}+(?:\s{1,3}dot\s{1,3}[\w-]{1,64}+){0,4}?"
    r"\s{1,3}dot\s{1,3}(?:ac|co|com|example|gov|info|net|nhs|org|uk)\b",
    re.IGNORECASE,
)
_LIKE_ADDRESS = re.compile(r"[^\s/][@＠][^\s]|\w\s?[\[({]\s?at\s?[\])}]\s?\w", re.IGNORECASE)
_AT = re.compile(r"[@＠]|[\[({]\s?at\s?[\])}]", re.IGNORECASE)
# The word “at”; beginning with its letters, it is looked for several times as fast.
_WORD_AT = re.compile(r"[aA][tT](?!\w)(?<!\w..)")
_BETWEEN = r"[\s().\u2010-\u2015-]{0,3}"
_BEFORE = r"(?<![0-9])(?<![0-9]\.)"
_MOBILE = re.compile(
    rf"{_BEFORE}(?:(?:\+|00)?44{_BETWEEN}(?:0{_BETWEEN})?|0[\s)-]?)7(?:{_BETWEEN}[0-9]){{9}}(?![0-9])"
)
_DATE = r"(?![0-9]{1,2}[-. ][0-9]{1,2}[-. ][0-9]{2,4}\b)"
# Identifiers of hexadecimal figures are no numbers that anybody rings.
_TELEPHONE = re.compile(
    rf"{_BEFORE}(?<!\w)(?<![0-9a-f]-){_DATE}(?:0(?:[\s()\u2010-\u2015-]{{0,3}}[0-9]){{9,10}}"
    rf"|(?:\+|00)[0-9]{{1,3}}(?:{_BETWEEN}[0-9]){{7,12}})(?!\w)"
)

_SHOWN = 200
_LONGEST_MESSAGE = 2000
_PRIVATE = "contact-of-a-person"
# Fields that bear persons, by a step of their way: `contacts[2].name`, `owner-post`, `email`.
_OF_PERSONS = re.compile(
    r"(?:^|[^a-z])(?:contacts?(?:point)?|owner|steward|custodian|maintainer"
    r"|author|e-?mail|phones?|telephone|mobile)(?![a-z])(?!_org)"
)

# Words of which one alone, or beside others, says that a team reads an address.
_ROLES = frozenset(
    (
        *("accounts", "admin", "administration", "admissions", "adult", "adults", "advice"),
        *("advisers", "allotments", "archives", "arts", "bookings", "booking", "business", "care"),
        *("cemeteries", "centre", "children", "childrens", "clinic", "club", "committee"),
        *("commissioning", "communications", "community", "complaints", "contact", "contacts"),
        *("contactus", "council", "councillors", "customer", "customers", "customerservice"),
        *("data", "dataprotection", "democratic", "democracy", "department", "dept", "desk"),
        *("director", "dpo", "education", "elections", "electoral", "email", "employment"),
        *("enquiries", "enquiry", "environment", "environmental", "events", "families", "family"),
        *("feedback", "finance", "foi", "gis", "governance", "health", "hello", "help"),
        *("helpdesk", "helpline", "highways", "hospital", "housing", "hr", "hub", "ict"),
        *("info", "information", "inquiries", "library", "libraries", "licensing", "mailbox"),
        *("maps", "mapping", "marketing", "media", "membership", "museum", "museums", "noreply"),
        *("office", "offices", "opendata", "parking", "permits", "planning", "policy"),
        *("practice", "procurement", "property", "public", "publications", "reception"),
        *("records", "recycling", "recruitment", "referral", "referrals", "registrar"),
        *("registrars", "research", "reservations", "safeguarding"),
        *("secretary", "service", "services", "social", "standards"),
        *("statistics", "studio", "support", "surgery", "team", "teams", "theatre", "tickets"),
        *("tourism", "trading", "training", "transparency", "transport", "treasurer"),
        *("volunteer", "volunteering", "volunteers", "waste", "webmaster", "website", "webteam"),
        *("wellbeing", "workshop"),
    )
)
# Those that are names of persons too, or are within such: they have to stand alone.
_ROLES_ALONE = frozenset(
    (
        *("church", "clerk", "general", "hall", "home", "iar", "law", "mail", "park", "parks"),
        *("post", "press", "sales", "school", "schools", "sport", "sports", "web", "youth"),
    )
)
_NAMES = 2  # how many words make a given name and a surname
_LINKS = frozenset({"and", "for", "in", "of", "the"})
# Long enough to be no part of a name: recognised within a longer word, as in “libraryenquiries”.
_ROLES_WITHIN = re.compile(
    r"enquir|inquir|librar|admin|service|council|booking|reception|feedback|referral|support"
    r"|customer|contact|housing|advice|licensing|planning|information|volunteer|wellbeing"
    r"|safeguard|communit|helpline|helpdesk|complaint|environment|transport|museum|theatre"
)


def is_team_address(address: str) -> bool:
    """Whether an e-mail address says that a team reads it.

    `jsmith` or `mayfield` could be a person; only words such as “enquiries” or “library” tell. They
    have to stand before the “@”: what follows it says where a person works. Beside two other words
    they say what a person does, as in `jane.smith.housing`.
    """
    local = _AT.split(address.casefold())[0].partition("+")[0]
    parts = [each for each in re.split(r"[\W\d_]+", local) if each and each not in _LINKS]
    if len(parts) == 1 and parts[0] in _ROLES_ALONE:
        return True
    others = [each for each in parts if each not in _ROLES and not _ROLES_WITHIN.search(each)]
    if len(others) == len(parts):
        return False
    return len(others) < _NAMES or all(each in _ROLES_ALONE for each in others)


def has_address_of_a_person(text: str) -> bool:
    """Whether there is an e-mail address in a text that no team is known to read.

    “@name” is what somebody is called in a social medium, unless a domain for mail follows it.
    """
    if not _may_have_address(text):
        return False
    for found in ADDRESS.finditer(text):
        local, domain = _AT.split(found[0], maxsplit=1)
        is_handle = text[: found.start()].endswith("@") or (
            local.endswith(" ")
            and domain[:1] != " "
            and not re.search(r"\w[._-]\w", local)
            and not _OF_MAIL.search(domain)
        )
        if not is_handle and not is_team_address(local):
            return True
    return any(
        not is_team_address(re.sub(r"\s+dot\s+", ".", found[1]))
        for found in _SPELLED_OUT.finditer(text)
    )


def without_contacts(text: str) -> str:
    """A text without addresses of persons and mobile telephones: `WITHHELD` stands in their place.

    The telephones of offices stay, and so do addresses that teams read.
    """
    if _may_have_address(text):
        text = ADDRESS.sub(lambda each: each[0] if is_team_address(each[0]) else WITHHELD, text)
    return _MOBILE.sub(WITHHELD, text)


def has_mobile(text: str) -> bool:
    """Whether there is a mobile telephone's number in a text, as far as its form tells."""
    return _MOBILE.search(text) is not None


def has_address(text: str) -> bool:
    """Whether there is something like an e-mail address in a text, whoever reads it."""
    return _may_have_address(text) and _LIKE_ADDRESS.search(text) is not None


def has_telephone(text: str) -> bool:
    """Whether there is something like a telephone number in a text, whoever answers it."""
    return _TELEPHONE.search(text) is not None or has_mobile(text)


def without_any_contact(text: str) -> str:
    """A text with “…” in place of whatever is like an e-mail address or a telephone number."""
    if has_address(text):
        text = " ".join("…" if has_address(each) else each for each in text.split(" "))
        text = _LIKE_ADDRESS.sub("…", text)
    return _MOBILE.sub("…", _TELEPHONE.sub("…", text))


def _may_have_address(text: str) -> bool:
    return "@" in text or "＠" in text or _WORD_AT.search(text) is not None


def as_told(fault: Fault) -> tuple[str | None, str | None, str]:
    """The field, value and message of a fault as they may be told: issues are kept and printed.

    What holds an e-mail address or a telephone number, or stands in a field for persons, is not
    shown; nor is more than the beginning of what is long.
    """
    value, message = fault.value, fault.message
    field = fault.field and _shortened(without_contacts(fault.field))
    if _is_private(fault):
        if value and value in message:
            message = message.replace(value, "…")
        else:
            message = re.sub("“[^”]*”", "“…”", message)
        return field, None, _bounded(without_any_contact(message))
    if value and len(value) > _SHOWN:
        message = message.replace(value, _shortened(value))
        value = _shortened(value)
    message = re.sub(r"“[^“”]{201,}”", lambda found: f"“{_shortened(found[0][1:-1])}”", message)
    return field, value, _bounded(message)


def _is_private(fault: Fault) -> bool:
    if fault.rule == _PRIVATE or _OF_PERSONS.search((fault.field or "").casefold()):
        return True
    told = plain(f"{fault.value or ''}\n{fault.message}")
    if has_address(told) or has_telephone(told):
        return True
    return has_figures(told) and (has_nhs_number(told) or has_insurance_number(told))


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _bounded(message: str) -> str:
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}…"
