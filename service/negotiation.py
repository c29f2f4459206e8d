"""Choosing the representation that a client gets. Pure: no Flask, no store.

An explicit `format=` beats the suffix of the path, and a suffix beats the Accept field: what
a person wrote into a link is meant more than what a program sends with each request.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.errors import Problem
from service.representations import BY_NAME, Representation

TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
MEDIA_RANGE = re.compile(rf"\s*({TOKEN})/({TOKEN})\s*((?:;.*)?)", re.DOTALL)
PARAMETER = re.compile(rf"\s*;\s*(?:({TOKEN})\s*=\s*({TOKEN}|\"(?:[^\"\\]|\\.)*\"))?\s*")
WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
MAX_ACCEPT = 2_000  # browsers send under 200 characters
LIST = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One member of an Accept field and its weight (RFC 9110 §12.5.1)."""

    type: str
    subtype: str
    parameters: int
    weight: float

    @property
    def precision(self) -> tuple[int, int]:
        """How specific the range is: the most specific one that matches counts."""
        return (self.type != "*") + (self.subtype != "*"), self.parameters

    def matches(self, media_type: str) -> bool:
        """Whether the range covers the media type; `*/subtype` is no range and covers nothing."""
        own_type, _, own_subtype = media_type.partition("/")
        if self.type == "*":
            return self.subtype == "*"
        return self.type == own_type and self.subtype in ("*", own_subtype)


def read_accept(field: str) -> list[MediaRange]:
    """The media ranges of an Accept field; a member that is none is passed over."""
    found = (_read_range(member) for member in LIST.findall(field))
    return [each for each in found if each is not None]


def _read_range(member: str) -> MediaRange | None:
    matched = MEDIA_RANGE.fullmatch(member)
    if matched is None:
        return None
    parameters, weight, at = 0, 1.0, 0
    while at < len(matched[3]):
        parameter = PARAMETER.match(matched[3], at)
        if parameter is None:
            return None
        at = parameter.end()
        if parameter[1] is None:
            continue
        if parameter[1].lower() != "q":
            parameters += 1
        elif WEIGHT.fullmatch(parameter[2]):
            weight = float(parameter[2])
        else:
            return None
    return MediaRange(matched[1].lower(), matched[2].lower(), parameters, weight)


def quality(ranges: Sequence[MediaRange], media_type: str) -> float:
    """The weight that the ranges give to a media type; 0 where none covers it."""
    covering = [each for each in ranges if each.matches(media_type)]
    if not covering:
        return 0.0
    return max(covering, key=lambda each: (each.precision, each.weight)).weight


def acceptable(accept: str | None, offered: Sequence[Representation]) -> Representation | None:
    """The offered representation that the Accept field likes best, or None.

    Without the field, or with none of its members readable, anything will do, and the
    service's own first choice is taken; a field that is too long to be read is no different.
    Among equals the service's order decides. An alias counts where the client names it and
    says nothing of the representation's own type.
    """
    if not accept or len(accept) > MAX_ACCEPT:
        return offered[0]
    return _best(accept, tuple(offered))


@lru_cache(maxsize=512)
def _best(accept: str, offered: tuple[Representation, ...]) -> Representation | None:
    ranges = read_accept(accept)
    if not ranges:
        return offered[0]
    exact = {f"{each.type}/{each.subtype}": each.weight for each in ranges}
    best, best_weight = None, 0.0
    for representation in offered:
        weight = quality(ranges, representation.media_type)
        if representation.media_type not in exact:
            weight = max([weight, *(exact.get(alias, 0.0) for alias in representation.aliases)])
        if weight > best_weight:
            best, best_weight = representation, weight
    return best


def named(word: str, offered: Sequence[Representation]) -> Representation | None:
    """The offered representation that a `format=` value means: its word or its media type."""
    lowered = word.strip().lower()
    for representation in offered:
        if lowered in (representation.name, representation.media_type):
            return representation
    for representation in offered:
        if lowered in representation.words or lowered in representation.aliases:
            return representation
    return None


def _named_first(words: str, offered: Sequence[Representation]) -> Representation | None:
    """The representation that the first of these words means which means one at all."""
    found = (named(word, offered) for word in words.split(","))
    return next((each for each in found if each is not None), None)


def choose(
    offered: Sequence[Representation],
    accept: str | None,
    format_word: str | None = None,
    suffix: str | None = None,
) -> Representation:
    """The representation to send; Problem 406 names what there is, 400 an unknown word.

    A `format=` value may be a list: some clients send several spellings of the one that they
    want, and the first that is offered counts. An Accept field that is too long to be read is
    431 (RFC 6585 §5), where it would have decided.
    """
    if format_word is not None:
        chosen = _named_first(format_word, offered)
        if chosen is None and _named_first(format_word, tuple(BY_NAME.values())) is None:
            raise Problem(
                400,
                "The format is not known.",
                f"format={format_word} means nothing here; the words are {', '.join(BY_NAME)}.",
            )
    elif suffix is not None:
        chosen = named(suffix, offered)
    elif accept is not None and len(accept) > MAX_ACCEPT:
        raise Problem(
            431,
            "The Accept field is too long.",
            f"It has {len(accept):,} characters, and {MAX_ACCEPT:,} are read.",
        )
    else:
        chosen = acceptable(accept, offered)
    if chosen is None:
        raise Problem(
            406,
            "There is no such representation.",
            "This resource is available as "
            + ", ".join(f"{each.media_type} (format={each.name})" for each in offered)
            + ".",
            extensions={
                "available": [
                    {"format": each.name, "mediaType": each.media_type} for each in offered
                ]
            },
        )
    return chosen
