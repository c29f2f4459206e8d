"""Organisations in grants that are published to the 360Giving standard, JSON.

Of a grant only the bodies are loaded that gave or received it and that a register has a code for:
their keys are what the standard calls organisation identifiers. A recipient without such a code may
be a person, or a few of them under a name, and is left out; what a grant was for is not looked at.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from loaders.codes import code_in
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.impersonal import impersonal
from loaders.issues import Fault
from loaders.records import Identifier, Organisation, Record
from loaders.values import organisation_key, register_code, web_address, words


class _Register(NamedTuple):
    """A list of organisations: what its bodies are, the scheme of its codes, and their form."""

    kind: str | None = None
    scheme: str | None = None
    form: str = "[A-Za-z0-9]+"


_REGISTERS: Mapping[str, _Register] = {
    "GB-CHC": _Register("charity", "charity-number"),
    "GB-COH": _Register("company", "company-number"),
    "GB-EDU": _Register(form="[0-9]{6}"),
    "GB-GOR": _Register("government-organisation", form="[A-Z]{1,3}[0-9]{1,5}"),
    "GB-LAE": _Register(scheme="local-authority-eng"),
    "GB-LANI": _Register("NID"),
    "GB-LAS": _Register("SCO"),
    "GB-MPR": _Register(form="[A-Z0-9]+"),
    "GB-NHS": _Register(scheme="ods"),
    "GB-NIC": _Register("charity", form="[0-9]{6}"),
    "GB-PLA": _Register("WPA"),
    "GB-REV": _Register("charity", form="[A-Z]{1,2}[0-9]{1,6}"),
    "GB-SC": _Register("charity", form="SC[0-9]{6}"),
    "GB-UKPRN": _Register(scheme="ukprn"),
}
_ID = re.compile(r"([A-Z]{2}-[A-Z]+)-(.+)")
_NUMBERS = (("charityNumber", "charity-number"), ("companyNumber", "company-number"))


def _known(cell: str) -> tuple[str, _Register]:
    """A key, and the register that its code is of; what may name a person is not told again."""
    found = _ID.fullmatch(cell)
    register = _REGISTERS.get(found[1]) if found else None
    if found is None or register is None:
        raise Fault(
            "contact-of-a-person",
            "The body has no code of a register that is known here, and may be a person: it is "
            "left out.",
        )
    if register.scheme == "local-authority-eng":
        register_code(found[2])
    elif register.scheme:
        code_in(register.scheme)(found[2])
    elif not re.fullmatch(register.form, found[2]):
        raise Fault("bad-code", f"“{cell}” is no code of the register {found[1]}.")
    return organisation_key(cell), register


def _bodies(row: Row, column: str) -> Iterator[Record]:
    for each in row.each(column):
        if not (found := each.optional("id", _known)):
            continue
        key, register = found
        name = each.optional("name", impersonal)
        if name is None:
            each.withhold("missing-value", "The body has no name.", "name")
            continue
        yield Organisation(
            key,
            name,
            register.kind,
            homepage=each.optional("url", web_address),
            is_mention=True,
        )
        codes = {(register.scheme, key.removeprefix("-".join(key.split("-")[:2]) + "-")): None}
        for member, scheme in _NUMBERS:
            if number := each.optional(member, code_in(scheme)):
                codes[scheme, number] = None
        for scheme_, code in codes:
            if scheme_:
                yield Identifier("organisation", key, scheme_, code)


def _grant(row: Row, _: Feed) -> tuple[Record, ...]:
    row.required("id", words)
    if row.has("recipientIndividual") or row.has("toIndividualsDetails"):
        raise Fault("contact-of-a-person", "The grant went to a person.", "recipientIndividual")
    found = (*_bodies(row, "recipientOrganization"), *_bodies(row, "fundingOrganization"))
    if not found:
        raise Fault(
            "out-of-scope",
            "The grant names no organisation that a register has a code for.",
            "recipientOrganization",
        )
    return tuple(dict.fromkeys(found))


GRANTS = (
    Format(
        "360giving-organisations",
        "Organisations that gave or received grants, as 360Giving has them, JSON",
        JsonItems("grants"),
        _grant,
    ),
)
