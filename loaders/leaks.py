"""The last look before the public sees anything: what may be of a person fails the release.

Loaders withhold addresses and numbers of persons as they read (`loaders.privacy`), and allow-lists
keep back whatever is not meant for the public; this finds what slipped through both. Findings are
told by source, thing, property and kind, never by the value.

No program can tell a name from other words, so names are not looked for. Figures are taken for a
telephone or an NHS number by their form: properties that hold other numbers are left out. What is
found by mistake a steward can except (`loaders.leak_exceptions`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path

from loaders.audience import Audience
from loaders.difference import Difference, merged
from loaders.errors import ValidationError
from loaders.figures import (
    has_figures,
    has_insurance_number,
    has_mobile_number,
    has_nhs_number,
    plain,
)
from loaders.identity import Minter
from loaders.leak_exceptions import KEY, LeakException, prefixed, settle
from loaders.leak_kinds import (
    ADDRESS_OF_A_PERSON,
    NATIONAL_INSURANCE_NUMBER,
    NHS_NUMBER,
    PROFILE,
    SMALL_COUNT,
    TELEPHONE,
    kinds_of_leak,
)
from loaders.particulars import has_small_count, is_profile
from loaders.privacy import has_address_of_a_person
from loaders.release import Release
from loaders.steps import step
from loaders.vocabulary import OWN
from ontology.namespaces import PREFIXES
from ontology.vocab import CV, DCAT, DCT, GM, RDF, SKOS, VOID

SCAN = "3"
"""The version of the rules; to be raised with them, so that what is published is looked at anew."""

PERSON = "a person"

_PERSONS = frozenset(
    (
        PREFIXES["foaf"] + "Person",
        PREFIXES["prov"] + "Person",
        PREFIXES["schema"] + "Person",
        "https://schema.org/Person",
        PREFIXES["vcard"] + "Individual",
        "http://dbpedia.org/ontology/Person",
        "http://www.wikidata.org/entity/Q5",
        "http://www.w3.org/ns/person#Person",
    )
)
_OF_PERSONS = frozenset(
    (
        *(PREFIXES["org"] + each for each in ("headOf", "heldBy", "holds")),
        *(PREFIXES["foaf"] + each for each in ("familyName", "firstName", "givenName", "lastName")),
        *(PREFIXES["foaf"] + each for each in ("birthday", "family_name", "givenname", "surname")),
        *(PREFIXES["foaf"] + each for each in ("knows", "mbox_sha1sum")),
        *(
            namespace + each
            for namespace in (PREFIXES["schema"], "https://schema.org/")
            for each in ("additionalName", "birthDate", "familyName", "givenName")
        ),
        *(PREFIXES["vcard"] + each for each in ("bday", "family-name", "given-name")),
        *(f"http://www.w3.org/ns/person#{each}" for each in ("birthName", "patronymicName")),
    )
)
# Properties of numbers that identify something else, and are no telephones either.
_OF_NUMBERS = frozenset(
    (
        SKOS.notation,
        GM.gssCode,
        GM.laCode,
        GM.sha256,
        GM.statedSize,
        DCAT.byteSize,
        VOID.triples,
        *(PREFIXES["locn"] + each for each in ("postCode",)),
    )
)
# Where `dct:identifier` is a code of a register, by the kind of the thing.
_OF_REGISTERS = (
    "organisation",
    "area",
    "place",
    "service",
    "dataset",
    "distribution",
    "data-service",
)
# Whose texts may tell what is counted in records on persons. That a group has room for eight people
# is said of services, places and those who run them, and a code has no words.
_OF_COUNTS = tuple(
    f"{each}/"
    for each in (
        *("information-asset", "dataset", "distribution", "data-flow", "agreement"),
        *("processing-activity", "assessment", "disposal", "sharing-project", "algorithmic-tool"),
        *("retention-rule", "statement", "decision", "consultation", "workshop", "document"),
    )
)
# Where telephone numbers of any kind may stand.
_OF_TELEPHONES = frozenset((CV.telephone, PREFIXES["schema"] + "telephone"))
# Of values of these types nothing is of a person; a decimal number is not where it has a fraction.
_SAFE_TYPES = frozenset(
    (
        *(PREFIXES["xsd"] + each for each in ("boolean", "date", "dateTime", "dateTimeStamp")),
        *(PREFIXES["xsd"] + each for each in ("dayTimeDuration", "duration", "gDay", "gMonth")),
        *(PREFIXES["xsd"] + each for each in ("gMonthDay", "gYear", "gYearMonth", "time")),
        PREFIXES["xsd"] + "yearMonthDuration",
        PREFIXES["geo"] + "wktLiteral",
        PREFIXES["geo"] + "gmlLiteral",
    )
)
_FRACTIONS = frozenset(PREFIXES["xsd"] + each for each in ("decimal", "double", "float"))

_DIALLED = re.compile(
    r"(?:tel|sms|smsto|mms|callto|whatsapp):|https?://(?:wa\.me/|(?:api|web)\.whatsapp\.com/)[^#]*"
    r"[0-9]{7}",
    re.IGNORECASE,
)
# What is made of these alone is as plain as can be and holds no address: there is neither an “@”
# nor a space or bracket around an “at” in it. Most IRIs and codes are told by it at once.
_WITHOUT_ADDRESS = re.compile(r"[0-9A-Za-z._~:/?#=+-]*\Z")
_REPEATED = 4096  # of how many IRIs it is kept, within one look, what they hold
# An area code that lost its first figure in a spreadsheet.
_WITHOUT_ZERO = re.compile(r"[12][0-9 ()-]*$")
_ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|(.))")
_SPACES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """What may be of a person: of which thing, in which property, what kind. Values are not kept.

    The property is `KEY` where it is found in the IRI of the thing. `line` is where it was found,
    for whoever looks for its source; it is never told.
    """

    thing: str
    property: str
    kind: str
    line: bytes

    def __str__(self) -> str:
        return f"{_masked(self.thing)} ({prefixed(self.property)}): {self.kind}"


@step("looking for leaks")
def refuse_leaks(
    release: Release,
    parent: Release | None,
    difference: Difference,
    exceptions: Mapping[str, tuple[LeakException, ...]] | None = None,
) -> list[str]:
    """Look through what the public would see of a release that it did not see in the parent.

    Where the parent was looked through by other rules, or not at all, everything is. What we say
    ourselves, in the ontology, is no data: its examples show what an address looks like. Findings
    that a reviewed exception of their source names are let through: the manifest of the release
    keeps it. Exceptions that except nothing are returned, in sentences.

    Raises:
        ValidationError: there are findings.
    """
    files = release.staged_files(Audience.PUBLIC)
    if parent and parent.manifest.versions.get("leak-scan") == SCAN:
        lines: Iterable[bytes] = difference.added
    else:
        lines = merged(files.values())
    base = release.manifest.base
    own = tuple(f" <{Minter(base).graph(each)}> .\n".encode() for each in OWN)
    stated = (line for line in lines if not line.endswith(own))
    excepted = exceptions or {}
    found = list(find_leaks(stated, base))
    sources = _sources_of(found, files)
    found = [
        each
        for each in found
        if not any(one.covers(each, base) for one in excepted.get(sources[each.line], ()))
    ]
    if found:
        told = list(dict.fromkeys(f"  {sources[each.line]}: {each}" for each in found))
        more = [f"  and {len(told) - _SHOWN} more like these"] if len(told) > _SHOWN else []
        raise ValidationError(
            "nothing is published, because the public would see what may be of a person:\n"
            + "\n".join([*told[:_SHOWN], *more])
        )
    by_source = {key.partition(":")[0]: path for key, path in files.items()}
    return settle(
        excepted, by_source, release.manifest.sources, lambda lines: find_leaks(lines, base), base
    )


def find_leaks(lines: Iterable[bytes], base: str) -> Iterator[Finding]:
    """The findings in sorted lines of N-Quads. `base` is that of our IRIs."""
    kinds_in_iri = lru_cache(_REPEATED)(partial(_kinds_in_iri, base=base))
    for subject, group in groupby(lines, lambda line: line[1 : line.index(b">")]):
        thing = subject.decode()
        own = kinds_in_iri(thing)
        for line in group:
            for kind in own:
                yield Finding(thing, KEY, kind, line)
            own = ()
            _, encoded, rest = line.split(b" ", 2)
            term = encoded[1:-1].decode()
            kinds: list[str] = []
            if rest.startswith(b"<"):
                value = rest[1 : rest.index(b">")].decode()
                if term in _OF_PERSONS or (term == RDF.type and value in _PERSONS):
                    kinds.append(PERSON)
                kinds += kinds_in_iri(value)
            elif term in _OF_PERSONS:
                kinds.append(PERSON)
            elif (text := _text_of(rest)) is not None:
                kinds += _kinds_in_text(text, thing, term, base)
            for kind in dict.fromkeys(kinds):
                yield Finding(thing, term, kind, line)


def _kinds_in_text(text: str, thing: str, term: str, base: str) -> list[str]:
    if _is_code(thing, term, base):
        if _WITHOUT_ADDRESS.match(text):
            return []
        return [each for each in kinds_of_leak(text) if each == ADDRESS_OF_A_PERSON]
    kinds = kinds_of_leak(text)
    if term in _OF_TELEPHONES:
        allowed = {TELEPHONE, NHS_NUMBER} if _WITHOUT_ZERO.match(text) else {TELEPHONE}
        return [each for each in kinds if each not in allowed]
    if _may_count_persons(thing, base) and has_small_count(plain(text)):
        kinds.append(SMALL_COUNT)
    return kinds


def _may_count_persons(thing: str, base: str) -> bool:
    key = thing.removeprefix(f"{base}id/")
    return key != thing and key.startswith(_OF_COUNTS)


def _is_code(thing: str, term: str, base: str) -> bool:
    if term == DCT.identifier:
        return any(thing.startswith(f"{base}id/{kind}/") for kind in _OF_REGISTERS)
    return term in _OF_NUMBERS


def _kinds_in_iri(iri: str, base: str) -> tuple[str, ...]:
    """What an IRI may hold of a person; figures tell something in those that are made of our keys.

    Other people's addresses on the Web are full of numbers.
    """
    kinds = []
    said = iri
    if not _WITHOUT_ADDRESS.match(iri):
        said = plain(iri)
        if has_address_of_a_person(said):
            kinds.append(ADDRESS_OF_A_PERSON)
    if _DIALLED.match(said):
        kinds.append(TELEPHONE)
    if is_profile(said):
        kinds.append(PROFILE)
    key = said.removeprefix(base) if said.startswith(base) else ""
    if not key.startswith(("id/", ".well-known/genid/")) or not has_figures(key):
        return tuple(kinds)
    key = _of_ours(key)
    if not key.startswith(tuple(f"id/{each}/" for each in _OF_REGISTERS)):
        if has_mobile_number(key, in_key=True):
            kinds.append(TELEPHONE)
        if has_nhs_number(key, in_key=True):
            kinds.append(NHS_NUMBER)
        if has_insurance_number(key):
            kinds.append(NATIONAL_INSURANCE_NUMBER)
    return tuple(kinds)


def _of_ours(key: str) -> str:
    """A key without what is the code of a register in it: that of the thing whose part it is."""
    steps = key.split("/", 5)
    if steps[0] == ".well-known" and len(steps) > 5 and steps[3] in _OF_REGISTERS:
        return "/".join([*steps[:4], steps[5]])
    return key


def _text_of(rest: bytes) -> str | None:
    """The text of a literal that follows a predicate; None for a date and the like."""
    end = rest.rindex(b'"')
    text = rest[1:end].decode()
    if "\\" in text:
        text = _ESCAPE.sub(_unescaped, text)
    after = rest[end + 1 :]
    if after.startswith(b"^^"):
        datatype = after[3 : after.index(b">")].decode()
        if datatype in _SAFE_TYPES or (datatype in _FRACTIONS and not text.strip("+-").isdigit()):
            return None
    return text


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _SPACES.get(found[2], found[2])


def _masked(iri: str) -> str:
    """An IRI as it may be told: with “…” for every step of it that may be of a person."""
    if not kinds_of_leak(iri):
        return iri
    told = "/".join("…" if kinds_of_leak(each) else each for each in iri.split("/"))
    return told if "…" in told else "/".join([*iri.split("/")[:4], "…"])


def _sources_of(found: Iterable[Finding], files: dict[str, Path]) -> dict[bytes, str]:
    """The source in whose file each finding's line stands."""
    wanted = {each.line for each in found}
    sources: dict[bytes, str] = {}
    for key, path in files.items():
        with path.open("rb") as lines:
            for line in wanted.intersection(lines):
                sources.setdefault(line, key.partition(":")[0])
    return sources
