"""Licences as catalogues name them: in words, by a code of their own, or by a web address."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.privacy import without_contacts
from loaders.values import web_address, words

OGL: Final = "https://www.nationalarchives.gov.uk/doc/open-government-licence/"
"""The Open Government Licence, where nothing says which version of it."""
CC0: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
ODBL: Final = "https://opendatacommons.org/licenses/odbl/1-0/"
ODC_BY: Final = "https://opendatacommons.org/licenses/by/1-0/"
PDDL: Final = "https://opendatacommons.org/licenses/pddl/1-0/"

_ADDRESS = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_PAGE = r"(?:/(?:legalcode|deed)(?:\.[a-z-]+)?)?"
_OGL_ADDRESS = re.compile(
    r"nationalarchives\.gov\.uk/doc/open-government-licence(?:/version/([1-3]))?"
    r"|reference\.data\.gov\.uk/id/open-government-licence"
)
_CC_ADDRESS = re.compile(
    r"creativecommons\.org/licenses/(by(?:-nc)?(?:-sa|-nd)?)/([1-4]\.[05])"
    rf"(/(?!deed|legalcode)[a-z]{{2,3}})?{_PAGE}"
)
_CC0_ADDRESS = re.compile(
    rf"creativecommons\.org/publicdomain/zero/1\.0{_PAGE}|opendefinition\.org/licenses/cc-zero"
)
_ODC_ADDRESS = re.compile(
    r"(?:opendatacommons\.org/licenses/|opendefinition\.org/licenses/odc-)"
    r"(odbl|by|pddl)(?:/1[.-]0)?"
)
_ODC = {"odbl": ODBL, "by": ODC_BY, "pddl": PDDL}

_OGL_WORDS = re.compile(
    r"(?:the )?(?:uk )?(?:open government licence|ogl)(?: ogl)?(?: uk)?"
    r"(?: for public sector information)?(?: ?(?:version|v)? ?([1-3])(?: 0)?)?"
    r"(?: uk ogl| united kingdom)?"
)
_CC_WORDS = re.compile(
    r"(?:(?:cc|creative commons)(?: licence)? )?(?:by|attribution)"
    r"(?P<nc> nc| non ?commercial)?(?P<share> sa| share ?alike| nd| no ?deriv(?:ative)?s)?"
    r"(?: licence)? (?:version |v)?(?P<version>[1-4]) (?P<part>[05])"
    r"(?: international| unported)?(?: licence)?(?: cc by[a-z0-9 ]*)?"
)
_VERSION = re.compile(r"\b[1-9] [0-9]\b")
# What a licence of Creative Commons asks for beyond attribution, as words say it: the licence that
# words mean has to ask for all of it.
_CONDITIONS = {
    "nc": re.compile(r"\b(?:(?:by)?nc(?:sa|nd)?|non ?commercial)\b"),
    "sa": re.compile(r"\b(?:(?:by)?(?:nc)?sa|share ?alike)\b"),
    "nd": re.compile(r"\b(?:(?:by)?(?:nc)?nd|no ?deriv(?:ative)?s?)\b"),
}
_SHARE = {"": "", "s": "-sa", "n": "-nd"}
_WORDS = {
    "cc0": CC0,
    "cc0 1 0": CC0,
    "cc0 1 0 universal": CC0,
    "cc zero": CC0,
    "cc zero 1 0": CC0,
    "creative commons zero": CC0,
    "creative commons cczero": CC0,
    "creative commons zero v1 0 universal": CC0,
    "odbl": ODBL,
    "odbl 1 0": ODBL,
    "odc odbl": ODBL,
    "odc odbl 1 0": ODBL,
    "open database licence": ODBL,
    "open database licence odbl": ODBL,
    "open data commons open database licence": ODBL,
    "open data commons open database licence odbl": ODBL,
    "open data commons open database licence v1 0": ODBL,
    "odc by": ODC_BY,
    "odc by 1 0": ODC_BY,
    "open data commons attribution licence": ODC_BY,
    "pddl": PDDL,
    "odc pddl": PDDL,
    "odc pddl 1 0": PDDL,
    "open data commons public domain dedication and licence pddl": PDDL,
}
# CKAN's own codes, by the member that holds them: data.gov.uk gives the address of version 3 beside
# this one. Said elsewhere, the same words name no version.
_CODES = {("license_id", "uk-ogl"): f"{OGL}version/3/"}
_NONE = frozenset(
    {
        "licence not specified",
        "no licence",
        "no licence provided",
        "none",
        "not specified",
        "notspecified",
        "null",
        "unpublished",
    }
)


def licence(cell: str) -> str:
    """The IRI of the licence that words, a catalogue's code or a web address mean.

    A licence that we know has one IRI, however its address is written; any other address is given
    as it is. Words that name no version of the Open Government Licence mean no version of it.

    Raises:
        Fault: words that mean no licence that we know.
    """
    if found := _known(cell):
        return found
    if _ADDRESS.match(cell):
        return web_address(cell)
    raise Fault("unknown-licence", f"“{cell[:200]}” is no licence that we know by these words.")


def known_licence(cell: str) -> str | None:
    """The IRI of the licence of ours that words or an address mean; None where they mean none."""
    return _known(cell)


def _known(cell: str) -> str | None:
    return _known_address(cell) if _ADDRESS.match(cell) else _known_words(_bare(cell))


def _known_address(cell: str) -> str | None:
    place = _ADDRESS.sub("", cell, count=1).casefold().rstrip("./")
    if found := _OGL_ADDRESS.fullmatch(place):
        return f"{OGL}version/{found[1]}/" if found[1] else OGL
    if found := _CC_ADDRESS.fullmatch(place):
        jurisdiction = found[3].removeprefix("/") + "/" if found[3] else ""
        return f"https://creativecommons.org/licenses/{found[1]}/{found[2]}/{jurisdiction}"
    if _CC0_ADDRESS.fullmatch(place):
        return CC0
    if found := _ODC_ADDRESS.fullmatch(place):
        return _ODC[found[1]]
    return None


def _known_words(said: str) -> str | None:
    if said in _WORDS:
        return _WORDS[said]
    if found := _OGL_WORDS.fullmatch(said):
        return f"{OGL}version/{found[1]}/" if found[1] else OGL
    if found := _CC_WORDS.fullmatch(said):
        kind = "by-nc" if found["nc"] else "by"
        kind += _SHARE[(found["share"] or "").strip()[:1]]
        version = f"{found['version']} {found['part']}"
        if not _conditions(said) <= set(kind.split("-")) or {*_VERSION.findall(said)} != {version}:
            return None
        return f"https://creativecommons.org/licenses/{kind}/{found['version']}.{found['part']}/"
    return None


def _conditions(said: str) -> set[str]:
    return {name for name, words_for in _CONDITIONS.items() if words_for.search(said)}


def _bare(cell: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", cell.casefold().replace("license", "licence")))


class Terms(NamedTuple):
    """Under which terms something may be used: the licence's IRI, and the words of the source."""

    licence: str | None = None
    stated: str | None = None


def terms_of(row: Row, *columns: str) -> Terms:
    """What some columns say of a licence, the column that says it best coming first.

    The licence is the one that we know, else the first web address; the words are the first ones.
    Columns that name different licences, or conditions that the licence has not, are noted, and
    then there is none. One licence in two versions of its name, such as with its number and
    without, is not two. Words that say that there is no licence are none. Words that mean no
    licence that we know are noted, where no other column names one.
    """
    known: dict[str, str] = {}
    addresses: list[str] = []
    stated: list[tuple[str, str]] = []
    for column in columns:
        cell = row.optional(column, words)
        if not cell or _bare(cell) in _NONE:
            continue
        found = _CODES.get((column, cell)) or _known(cell)
        if found:
            known.setdefault(found, column)
        if not _ADDRESS.match(cell):
            stated.append((column, cell))
        elif not found and (address := row.optional(column, web_address)):
            addresses.append(address)
    words_kept = without_contacts(stated[0][1]) if stated else None
    if known and (doubted := _contradicted(known, stated)):
        row.note(
            "contradictory-values",
            "The licence is told in ways that differ; it is kept in words alone.",
            doubted,
        )
        return Terms(None, words_kept)
    iri = next(iter((*sorted(known, key=len, reverse=True), *addresses)), None)
    if stated and not iri:
        column, cell = stated[0]
        row.note("unknown-licence", "The words mean no licence that we know.", column, cell[:200])
    return Terms(iri, words_kept)


def _contradicted(known: Mapping[str, str], stated: Iterable[tuple[str, str]]) -> str | None:
    """The column that says of a licence what cannot be true of the others' too.

    `known` gives columns by the licence that each names first. What the address of another begins
    with is that licence without its version or jurisdiction.
    """
    fullest = max(known, key=len)
    for each, column in known.items():
        if not fullest.startswith(each):
            return column
    asked = set(re.split("[/-]", fullest))
    if fullest.startswith("https://creativecommons.org/licenses/"):
        for column, cell in stated:
            if not _conditions(_bare(cell)) <= asked:
                return column
    return None
