"""Who provides a service, in Open Referral UK: the organisation that a service holds."""

import re
from collections.abc import Iterator, Mapping

from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import Identifier, Organisation, Party, Record
from loaders.values import (
    Reader,
    organisation_key,
    register_code,
    slug,
    undamaged,
    web_address,
    words,
)

# The registers of org-id.guide that give organisations of the United Kingdom their codes, those of
# public bodies first: the first that a provider is in makes its key. To each the notation of its
# codes in the scheme `identifier-scheme`, where there is one.
_REGISTERS: Mapping[str, str | None] = {
    "GB-LAE": "local-authority-eng",
    "GB-LAS": None,
    "GB-PLA": None,
    "GB-GOR": None,
    "GB-NHS": "ods",
    "GB-EDU": None,
    "GB-UKPRN": "ukprn",
    "GB-CHC": "charity-number",
    "GB-SC": None,
    "GB-NIC": None,
    "GB-COH": "company-number",
    "GB-MPR": None,
    "GB-SHPE": None,
    "GB-REV": None,
}
_COMPANY = re.compile(r"[A-Z0-9]{2}[0-9]{5}[A-Z0-9]")


def provider_of(row: Row, feed: Feed) -> tuple[Party | None, tuple[Record, ...]]:
    """Who provides a service, and the records of a body that the source does not declare.

    Its key is what the source declares; else it is made of its code in a register; else it is of
    the feed's own making.
    """
    body = row.within("organization")
    if body is None:
        return _provider_by_number(row, feed), ()
    name = body.prose("name")
    codes = list(_codes(body))
    homepage = body.optional("website", web_address)
    party = feed.party(name, body.optional("id", str), row.optional("organization_id", str))
    is_declared = party is not None and party.key is not None
    known_as: str | None = None
    if codes and not is_declared:
        known_as = body.optional("id", str)
        first = min(codes, key=lambda each: list(_REGISTERS).index(each[0]))
        key = "-".join(first)
        if feed.is_contested(Organisation.code_claim(key, known_as or "")):
            body.withhold(
                "shared-identifier",
                f"{key} is one code for two bodies: the feed knows both by identifiers of its own.",
                "organization_identifiers",
                key,
            )
            codes, known_as = [each for each in codes if each != first], None
            party = Party(body.optional("id", _own_key(feed)), name) if name else party
        else:
            party = Party(key, name)
    elif name and not is_declared:
        party = Party(body.optional("id", _own_key(feed)), name)
    if party is None or party.key is None:
        body.note(
            "unknown-organisation",
            "It cannot be told which organisation this is: it has no sound identifier.",
            "name",
            name,
        )
        return party, ()
    if name is None or party.key in feed.organisations.values():
        return party, ()
    told = Organisation(party.key, name, homepage=homepage, is_mention=True, known_as=known_as)
    stated = (
        Identifier("organisation", party.key, scheme, found)
        for register, found in codes
        if (scheme := _REGISTERS[register])
    )
    return party, (told, *stated)


def _provider_by_number(row: Row, feed: Feed) -> Party | None:
    number = row.optional("organization_id", str)
    party = feed.party(None, number)
    if number and party is None:
        row.note(
            "unknown-organisation",
            f"The organisation “{number}” is only named by its number, and the source declares "
            "none for it.",
            "organization_id",
            number,
        )
    return party


def _own_key(feed: Feed) -> Reader[str]:
    return lambda cell: organisation_key(feed.own_key(undamaged(slug)(cell)))


def _codes(body: Row) -> Iterator[tuple[str, str]]:
    """The registers that a body is in, and its code in each."""
    for each in body.each("organization_identifiers"):
        register = (each.optional("identifier_scheme", words) or "").upper()
        if register in _REGISTERS:
            if found := each.optional("identifier", undamaged(_code_in(register))):
                yield register, found
        elif each.has("identifier"):
            each.withhold(
                "unknown-category",
                f"“{register}” is no register of org-id.guide that we know, such as GB-COH.",
                "identifier_scheme",
                register,
            )


def _code_in(register: str) -> Reader[str]:
    def read(cell: str) -> str:
        found = cell.removeprefix(f"{register}-")
        if register == "GB-LAE":
            register_code(found)
        if register == "GB-COH" and not _COMPANY.fullmatch(found):
            raise Fault(
                "bad-code",
                f"“{found}” is not a company's number: it has eight characters, zeros in front "
                "of it among them.",
            )
        organisation_key(f"{register}-{found}")
        return found

    return read
