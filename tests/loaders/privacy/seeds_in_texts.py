"""Leaks in a text for people, spelled in many ways, and those that no rule of form can tell.

Nobody is named: NHS numbers are of the range kept for tests (999), telephones of that kept for
drama, the National Insurance number that which forms print for an example.
"""

import csv
import io
from collections.abc import Iterator

from tests.loaders.privacy.line import Fate, Seed

MAIL = "jane.bloggs@exampleton.example"
MOBILE = "07700 900123"
HOME_LINE = "0161 496 0987"
NHS = "999 123 4004"
INSURANCE = "AB 12 34 56 C"


def table(**cells: str) -> bytes:
    """A file of one row, by column; `_` in the name of a column stands for `-`."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([each.replace("_", "-") for each in cells])
    writer.writerow(cells.values())
    return stream.getvalue().encode()


def dataset(description: str, **cells: str) -> bytes:
    """A dataset with a description."""
    return table(
        **({"key": "ponds", "title": "Ponds", "description": description, "access": "OPEN"} | cells)
    )


def _in_a_dataset(
    where: str, text: str, hidden: str, fate: Fate = Fate.RELEASE_REFUSED, why: str = ""
) -> Seed:
    return Seed(where, "dataset-csv", dataset(text), (hidden,), fate, why)


# How an address is written, in the description of a dataset.
_ADDRESSES = {
    "as it is": f"Ask {MAIL}.",
    "written backwards": "Ask elpmaxe.notelpmaxe@sggolb.enaj",
    "in capitals": f"Ask {MAIL.upper()}.",
    "with “(at)”": "Ask jane.bloggs (at) exampleton.example.",
    "with “[at]” and “[dot]”": "Ask jane.bloggs [at] exampleton [dot] example.",
    "in words": "Ask jane dot bloggs at exampleton dot example.",
    "with spaces round its “@”": "Ask jane.bloggs @ exampleton.example.",
    "with a full-width “＠”": "Ask jane.bloggs＠exampleton.example.",
    "percent-encoded": "Ask jane.bloggs%40exampleton.example.",
    "percent-encoded twice": "Ask jane.bloggs%2540exampleton.example.",
    "as a reference of HTML": "Ask jane.bloggs&#64;exampleton.example.",
    "with a joiner that does not show": "Ask jane.blo\u200dggs@exam\u2060pleton.example.",
    "with fillers that do not show": "Ask jane.bloggs\u3164@\ufe0fexampleton.example.",
    "with tags within it": "Ask jane.bloggs<b>@</b>exampleton.example.",
    "within a tag": f'Ask <a href="mailto:{MAIL}">us</a>.',
    "beside a word for a role": "Ask jane.bloggs.housing@exampleton.example.",
    "with a plus": "Ask jane.bloggs+enquiries@exampleton.example.",
}
# How a number is written, and of what it is.
_NUMBERS = {
    "a mobile telephone": (f"Ring {MOBILE}.", MOBILE),
    "a mobile telephone, from abroad": ("Ring +44 (0)7700 900 123.", "7700 900123"),
    "a mobile telephone in full-width figures": ("Ring ０７７００ ９００１２３.", MOBILE),
    "a mobile telephone in keycaps": (
        "Ring " + "".join(f"{each}\ufe0f\u20e3" for each in "07700900123"),
        MOBILE,
    ),
    "a mobile telephone in Arabic figures": (
        "Ring " + "".join(chr(0x660 + int(each)) for each in "07700900123"),
        MOBILE,
    ),
    "a mobile telephone with signs between": ("Ring 07700/900_123.", MOBILE),
    "a telephone alone": (HOME_LINE, HOME_LINE),
    "an NHS number": (f"Patient {NHS}.", NHS),
    "an NHS number without spaces": ("Patient 9991234004.", NHS),
    "an NHS number with hyphens": ("Patient 999-123-4004.", NHS),
    "an NHS number grouped oddly, by its name": ("NHS no. 99 91 23 40 04", NHS),
    "an NHS number with joiners": ("Patient 999\u200d123\u200d4004.", NHS),
    "a National Insurance number": (f"Claimant {INSURANCE}.", INSURANCE),
    "a National Insurance number without spaces": ("Claimant AB123456C.", INSURANCE),
    "a National Insurance number without its last letter": ("NI number AB123456", "AB123456"),
    "a day of birth": ("Born on 12/03/1961.", "12/03/1961"),
    "a day of birth, abbreviated": ("J B, D.O.B. 12.3.61.", "12.3.61"),
    "a day of birth in words": ("Date of birth: 3rd March 1961.", "3rd March 1961"),
    "a passport's number": ("Passport no. 999123456.", "999123456"),
    "a driving licence's number": ("Licence BLOGG953126J99AA.", "BLOGG953126J99AA"),
    "a bank account": ("Sort code 00-00-00, account 12345678.", "12345678"),
    "an IBAN": ("Pay GB00 TEST 0000 0012 3456 78.", "0012 3456 78"),
    "a payment card": ("Paid by 4000 0000 0000 0002.", "4000 0000 0000 0002"),
    "a name and a postcode": ("Mrs J Bloggs, 1 High Street, Exampleton M99 9ZZ", "Bloggs"),
    "a count of persons": ("In this ward 3 patients had the illness.", "3 patients"),
    "a count of persons, in words": ("Four children were taken into care.", "Four children"),
    "a count of persons, as a total": ("Number of victims: 2", "victims: 2"),
}
# What no rule of form can tell.
_MISSED = {
    "a name in a sentence": (
        "It was compiled by Jane Bloggs of the ponds team.",
        "Jane Bloggs",
        "A name cannot be told from other words.",
    ),
    "a name with a title in a sentence": (
        "Ask for Mrs Bloggs.",
        "Mrs Bloggs",
        "So are councillors and ministers named, whose names are public.",
    ),
    "a handle of a social medium": (
        "Follow @janebloggs61.",
        "@janebloggs61",
        "Teams have handles of the same form.",
    ),
    "an address of one given name and a role": (
        "Ask jane.housing@exampleton.example.",
        "jane.housing@",
        "One word beside a role may be a place, as in “exampleton.housing”.",
    ),
    "an address coded in base 64": (
        "Ask amFuZS5ibG9nZ3NAZXhhbXBsZXRvbi5leGFtcGxl.",
        "amFuZS5ibG9nZ3NAZXhhbXBsZXRvbi5leGFtcGxl",
        "Only codes of HTML and of addresses on the Web are undone.",
    ),
    "a telephone in words": (
        "Ring oh seven seven double oh nine hundred one two three.",
        "oh seven seven double oh",
        "Figures in words are not put together.",
    ),
    "a home's telephone among words": (
        f"At home she answers {HOME_LINE} in the evening.",
        HOME_LINE,
        "An office's number may stand among words, and its form is the same.",
    ),
    "an NHS number in groups of its own": (
        "Patient 9991 2340 04.",
        "9991 2340 04",
        "Without “NHS” beside it, only 3-3-4 and ten together are looked at.",
    ),
    "the plate of a car": (
        "The car AB12 CDE was seen there.",
        "AB12 CDE",
        "Codes of many kinds have its form.",
    ),
    "the address of a machine": (
        "Complaint sent from 192.0.2.61.",
        "192.0.2.61",
        "It cannot be told from the number of a version.",
    ),
    "a home's place on the ground": (
        "The refuge is at 53.48095, -2.23743.",
        "53.48095, -2.23743",
        "Any place has such figures.",
    ),
    "a count of persons told another way": (
        "Of the patients, a mere three recovered.",
        "a mere three",
        "Only the usual ways of telling a count are known.",
    ),
}


def seeds() -> Iterator[Seed]:
    """Each leak, with what becomes of it."""
    for how, text in _ADDRESSES.items():
        hidden = "sggolb.enaj" if "sggolb" in text else "jane.bloggs"
        yield _in_a_dataset(f"description: an e-mail address {how}", text, hidden)
    for what, (text, hidden) in _NUMBERS.items():
        yield _in_a_dataset(f"description: {what}", text, hidden)
    for what, (text, hidden, why) in _MISSED.items():
        yield _in_a_dataset(f"description: {what}", text, hidden, Fate.MISSED, why)
