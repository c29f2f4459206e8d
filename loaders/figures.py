"""Figures that may be of a person: NHS and National Insurance numbers, and telephone numbers.

All that there is to go by is their form: how figures are grouped, a check figure, an area code, or
a word beside them. Texts are given as `plain` makes them. The time that a search takes grows with
a text's length.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

_BETWEEN = r"[\s._/\\()|·•-]"
_CODED = re.compile(r"&(?:[a-zA-Z]|#)|%[0-9A-Fa-f]{2}")
# What takes no place though it is no format character: fillers, and selectors of variants.
_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u20e3\u2800\u3164\uffa0"
) | {chr(each) for each in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))}
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212"


class _Plain(dict[int, str | None]):
    """What characters become in their plainest form, by their codes; worked out when asked for."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        found: str | None = character
        if character in _HYPHENS:
            found = "-"
        elif character in _UNSEEN or unicodedata.category(character) == "Cf":
            found = None
        elif character.isdecimal():
            found = str(unicodedata.decimal(character))
        return self.setdefault(code, found)


_PLAIN = _Plain()
_FIGURES = re.compile(r"[0-9](?:[^0-9A-Za-z]{0,3}[0-9]){5}")

_NHS = re.compile(
    rf"(?<![0-9])(?<![0-9][.,])([0-9]{{3}})({_BETWEEN}{{0,3}})([0-9]{{3}})({_BETWEEN}{{0,3}})"
    r"([0-9]{4})(?![0-9]|[.,-][0-9])"
)
_TEN = rf"(?:[0-9]{_BETWEEN}{{0,3}}){{9}}[0-9]"
_BY_WORD = re.compile(
    rf"(?<![a-z])nhs[^0-9]{{0,30}}({_TEN})(?![0-9a-z])"
    rf"|(?<![0-9a-z])({_TEN})[^0-9a-z]{{1,5}}nhs(?![a-z])",
    re.IGNORECASE,
)
_ISBN = re.compile(r"isbn(?:[^a-z]|and|or){0,45}$", re.IGNORECASE)

_INSURANCE = re.compile(
    r"(?<![0-9A-Za-z])(?!BG|GB|KN|NK|NT|TN|ZZ)([A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
    rf"({_BETWEEN}{{0,2}})[0-9]{{2}}({_BETWEEN}{{0,2}})[0-9]{{2}}({_BETWEEN}{{0,2}})[0-9]{{2}}"
    rf"({_BETWEEN}{{0,2}}[A-D](?![0-9A-Za-z])|(?![0-9A-Za-z]))",
    re.IGNORECASE,
)
_INSURANCE_WORD = re.compile(r"(?:\bni\b|\bnino\b|national insurance)[^0-9]{0,25}$", re.IGNORECASE)
# Words before times of the day, as in “at 10 11 12 a.m.”.
_WORDS = frozenset({"am", "an", "as", "at", "by", "he", "la", "me", "my", "pm", "re", "we"})

_MOBILE = re.compile(
    rf"(?<![0-9])(?<![0-9]\.)(?:(?:\+|00)?44{_BETWEEN}{{0,3}}(?:0{_BETWEEN}{{0,3}})?"
    rf"|0{_BETWEEN}{{0,2}})(7(?:[,]?{_BETWEEN}{{0,3}}[0-9]){{9}})(?![0-9])"
)
_AREA = r"0(?:1[1-9]|2[03489]|3[0347]|5[56]|7[0-9]|8[0-9])"
_NATIONAL = re.compile(
    rf"(?<![0-9])(?<![0-9]\.)({_AREA}[0-9]{{0,8}})((?:{_BETWEEN}{{1,3}}[0-9]{{3,8}})*)(?![0-9])"
)
_INTERNATIONAL = re.compile(
    rf"(?<![0-9A-Za-z])(?:\+|00)[1-9][0-9]{{0,2}}(?:{_BETWEEN}{{0,3}}[0-9]){{7,12}}(?![0-9])"
)


def plain(text: str) -> str:
    """A text as a reader sees it: its figures, spaces, hyphens and signs in their plainest form.

    Characters that are not seen are left out; references of HTML and %-codes are what they mean.
    """
    for _ in range(3):  # as often as a text may have been coded over again
        if ("&" not in text and "%" not in text) or not _CODED.search(text):
            break
        text = unquote(unescape(text))
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).translate(_PLAIN)


def has_figures(text: str) -> bool:
    """Whether there are figures enough in a text for any of these numbers."""
    return _FIGURES.search(text) is not None


def has_nhs_number(text: str, *, in_key: bool = False) -> bool:
    """Whether ten figures of a text may be an NHS number: by check figure, grouping and words.

    They stand as 3-3-4 or together, or are called an NHS number and stand as they like. In a key,
    which may be a digest, letters on either side make them something else.
    """
    for found in _NHS.finditer(text):
        first, one, second, other, third = found.groups()
        if bool(one) != bool(other) or not _stands_alone(text, found, in_key=in_key):
            continue
        if not one and _ISBN.search(text, max(0, found.start() - 60), found.start()):
            continue
        if _is_checked(first + second + third):
            return True
    return any(
        _is_checked(re.sub("[^0-9]", "", found[1] or found[2])) for found in _BY_WORD.finditer(text)
    )


def has_insurance_number(text: str) -> bool:
    """Whether a National Insurance number may stand in a text.

    Without its last letter it has the form of many codes: it counts in pairs, or by its name.
    """
    for found in _INSURANCE.finditer(text):
        if found[1] in _WORDS:
            continue
        in_pairs = found[1].isupper() and all(found.group(2, 3, 4))
        before = max(0, found.start() - 60)
        if found[5] or in_pairs or _INSURANCE_WORD.search(text, before, found.start()):
            return True
    return False


def has_mobile_number(text: str, *, in_key: bool = False) -> bool:
    """Whether a British mobile telephone's number stands in a text, however it is grouped."""
    for found in _MOBILE.finditer(text):
        first, *groups = re.findall("[0-9]+", found[1])
        shortest = 2 if len(first) > 2 else 3
        if all(len(each) >= shortest for each in groups) and _stands_alone(
            text, found, in_key=in_key
        ):
            return True
    return False


def is_telephone_number(text: str) -> bool:
    """Whether a text is a telephone's number and says hardly anything else.

    National ones have an area code that there is, and groups of three figures or more.
    """
    return any(
        sum(map(str.isalpha, text[: found[0]] + text[found[1] :])) < len("tel")
        for found in _telephone_numbers(text)
    )


def _telephone_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where telephone numbers begin and end in a text."""
    for found in _NATIONAL.finditer(text):
        groups = [found[1], *re.findall("[0-9]+", found[2])]
        count = sum(map(len, groups))
        if count == 11 or (count == 10 and len(groups) > 1):
            yield found.span()
    for found in _INTERNATIONAL.finditer(text):
        yield found.span()


def _stands_alone(text: str, found: re.Match[str], *, in_key: bool) -> bool:
    """Whether figures are no part of a longer code; letters alone may adjoin, but in a key."""
    before = re.search("[0-9A-Za-z]*$", text[max(0, found.start() - 64) : found.start()])
    after = re.match("[0-9A-Za-z]*", text[found.end() : found.end() + 64])
    assert before is not None
    assert after is not None
    if in_key:
        return not after[0] and before[0].casefold() in ("", "nhs", "no", "tel")
    return not any(map(str.isdigit, before[0] + after[0]))


def _is_checked(digits: str) -> bool:
    """Whether ten figures end in the check figure of an NHS number (modulus 11)."""
    figures = [int(each) for each in digits]
    weighted = sum(
        weight * figure for weight, figure in zip(range(10, 1, -1), figures, strict=False)
    )
    return len(set(figures)) > 1 and (11 - weighted % 11) % 11 == figures[-1]
