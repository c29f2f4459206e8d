"""Records of the United Kingdom's cross-government metadata exchange model, as YAML.

A document is one Dataset, DataService, Distribution or ContactPoint. The model says which members
each must have and what they may hold; a record that breaks it is left out, and everything that is
wrong with it is reported at once. A contact alone is no record of ours: it belongs to nothing.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from loaders.formats.catalogues.dataset_words import (
    contact_of,
    key_of,
    keywords_of,
    once,
    text_of,
    texts_of,
    title_of,
)
from loaders.formats.catalogues.file_formats import form_of
from loaders.formats.catalogues.licences import Terms, terms_of
from loaders.formats.catalogues.publisher import noted_publisher
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.formats.reading.yaml_items import YamlItems
from loaders.issues import Fault
from loaders.records import DataService, Dataset, Distribution, Link, Party, Record
from loaders.times import moment_or_day
from loaders.values import calendar_date, iri, web_address, words

DATA_SHARE_AGREEMENT: Final = "DATA_SHARE_AGREEMENT"
"""What stands for a licence where data are had by an agreement alone."""
_CURIES = {
    "dcat:Dataset": "Dataset",
    "dcat:DataService": "DataService",
    "dcat:Distribution": "Distribution",
    "http://www.w3.org/ns/dcat#Dataset": "Dataset",
    "http://www.w3.org/ns/dcat#DataService": "DataService",
    "http://www.w3.org/ns/dcat#Distribution": "Distribution",
}
_CONTACT = ("contactName", "email")
_FREQUENCIES = frozenset(
    (
        *("triennial", "biennial", "annual", "semiannual", "threeTimesAYear", "quarterly"),
        *("bimonthly", "monthly", "semimonthly", "biweekly", "threeTimesAMonth", "weekly"),
        *("semiweekly", "threeTimesAWeek", "daily", "continuous", "irregular"),
    )
)
_FREQUENCY = re.compile(r"(?:freq:|http://purl\.org/cld/freq/)([A-Za-z]+)")
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_MEDIA_TYPE = re.compile(r"(?:application|audio|font|image|message|model|multipart|text|video)/\S+")
_CHOICES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "accessRights": frozenset(("INTERNAL", "OPEN", "COMMERCIAL")),
        "securityClassification": frozenset(("OFFICIAL", "NOT_APPLICABLE")),
        "serviceStatus": frozenset(
            (
                *("DISCOVERY", "ALPHA", "BETA", "PRIVATE_BETA", "PUBLIC_BETA", "LIVE"),
                *("DEPRECATED", "WITHDRAWN"),
            )
        ),
        "serviceType": frozenset(("EVENT", "REST", "SOAP")),
    }
)
_ABOVE = frozenset(("SECRET", "TOP_SECRET"))
_RESOURCE = frozenset(
    (
        *("accessRights", "alternativeTitle", "contactPoint", "created", "creator"),
        *("description", "identifier", "issued", "keyword", "licence", "modified", "publisher"),
        *("relatedResource", "securityClassification", "summary", "title", "type", "theme"),
        "version",
    )
)
_NEEDED = (
    *("identifier", "title", "description", "creator", "publisher", "contactPoint", "licence"),
    *("accessRights", "securityClassification", "modified", "version"),
)
_MEMBERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "Dataset": _RESOURCE | {"distribution", "updateFrequency"},
        "DataService": _RESOURCE
        | {"endpointDescription", "endpointURL", "servesData", "serviceStatus", "serviceType"},
        "Distribution": frozenset(
            (
                *("accessRights", "accessService", "byteSize", "description", "downloadURL"),
                *("identifier", "issued", "licence", "mediaType", "modified", "title", "type"),
            )
        ),
        "ContactPoint": frozenset((*_CONTACT, "telephone", "address")),
    }
)
_REQUIRED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Dataset": (*_NEEDED, "updateFrequency"),
        "DataService": (*_NEEDED, "endpointDescription", "serviceStatus", "serviceType"),
        "Distribution": ("identifier", "title", "licence", "mediaType"),
        "ContactPoint": _CONTACT,
    }
)
_LISTS = frozenset(
    (
        *("alternativeTitle", "creator", "keyword", "relatedResource", "theme", "distribution"),
        *("servesData", "accessService"),
    )
)
_MISSPELT = {"license": "licence", "servesDataset": "servesData", "accessURL": "downloadURL"}


def _record(row: Row, feed: Feed) -> tuple[Record, ...]:
    kind = _kind(row)
    _check(row, kind)
    if kind == "ContactPoint":
        raise Fault("out-of-scope", "A contact alone belongs to nothing that could be loaded.")
    if kind == "Distribution":
        return (_distribution(row),)
    return _data_service(row, feed) if kind == "DataService" else _dataset(row, feed)


def _kind(row: Row) -> str:
    """The class of a record; what says it wrongly is reported, and the rest is checked as well.

    Raises:
        Fault: nothing tells the class.
    """
    if not row.has("type"):
        if any(map(row.has, _CONTACT)):
            return "ContactPoint"
        raise Fault("missing-value", "The member is missing, and every record needs it.", "type")
    stated = row.required("type", words)
    if found := _CURIES.get(stated):
        return found
    fault = Fault(
        "unknown-category",
        f"“{stated[:200]}” is no class of the model: it has dcat:Dataset, dcat:DataService and "
        "dcat:Distribution.",
        "type",
        stated[:200],
    )
    if stated in _MEMBERS:
        row.withheld.append(fault)
        return stated
    raise fault


def _check(row: Row, kind: str) -> None:
    """Report all that breaks the model.

    Raises:
        Fault: something does: the first thing that was found.
    """
    found = row.withheld
    for name in row.cells:
        if name in _MEMBERS[kind]:
            continue
        right = _MISSPELT.get(name)
        message = f"A {kind} has no such member in the model" + (
            f", which spells it “{right}”." if right else "."
        )
        found.append(Fault("misspelt-member" if right else "unexpected-structure", message, name))
    for name in _REQUIRED[kind]:
        if not row.has(name):
            message = f"The member is missing, and every {kind} needs it."
            found.append(Fault("missing-value", message, name))
    for name in row.cells:
        if not row.has(name) or name not in _MEMBERS[kind] or name == "type":
            continue
        try:
            _check_member(row, name)
        except Fault as fault:
            found.append(Fault(fault.rule, fault.message, fault.field or name, fault.value))
    if found:
        raise found.pop(0)


def _check_member(row: Row, name: str) -> None:
    value = row.cells[name]
    if name == "contactPoint":
        _check_contact(value)
        return
    if name not in _LISTS and isinstance(value, list):
        raise Fault("unexpected-structure", "One value is expected here, and these are several.")
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, str):
            raise Fault(
                "unexpected-structure", "A single value is expected here, and this has members."
            )
        if check := _CHECKS.get(name):
            check(each.strip())
        if name in _CHOICES:
            _check_choice(name, each.strip())


def _check_choice(name: str, cell: str) -> None:
    if name == "securityClassification" and cell in _ABOVE:
        raise Fault("above-official", "The record is classified above OFFICIAL.", value=cell)
    if cell not in _CHOICES[name]:
        told = ", ".join(sorted(_CHOICES[name]))
        raise Fault(
            "unknown-category",
            f"“{cell[:200]}” is not in the list: it has {told}.",
            None,
            cell[:200],
        )


def _check_contact(value: object) -> None:
    if not isinstance(value, dict):
        if isinstance(value, str) and not _EMAIL.fullmatch(value):
            raise Fault("bad-code", "The contact is not an e-mail address, nor a contact point.")
        raise Fault(
            "unexpected-structure",
            "A contact point with a contactName and an email is expected, and this is one value.",
        )
    for name in _CONTACT:
        if not isinstance(value.get(name), str):
            raise Fault(
                "missing-value", "Every contact point needs this member.", f"contactPoint.{name}"
            )
    _check_email(value["email"], "contactPoint.email")


def _check_email(cell: str, field: str = "email") -> None:
    if not _EMAIL.fullmatch(cell):
        raise Fault("bad-code", "This is not an e-mail address.", field)


def _frequency(cell: str) -> str:
    found = _FREQUENCY.fullmatch(cell)
    if not found or found[1] not in _FREQUENCIES:
        raise Fault(
            "unknown-category",
            f"“{cell[:200]}” is no frequency of the model, such as freq:monthly.",
            value=cell[:200],
        )
    return found[1]


def _media_type(cell: str) -> str:
    if not _MEDIA_TYPE.fullmatch(cell):
        raise Fault(
            "unknown-format",
            f"“{cell[:200]}” is no media type, such as text/csv.",
            value=cell[:200],
        )
    return cell


def _licence(cell: str) -> str:
    return cell if cell == DATA_SHARE_AGREEMENT else iri(cell)


def _size(cell: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,17}", cell):
        raise Fault("bad-number", f"“{cell[:200]}” is not a number of bytes.", value=cell[:200])
    return int(cell)


_CHECKS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "email": _check_email,
        "updateFrequency": _frequency,
        "mediaType": _media_type,
        "licence": _licence,
        "byteSize": _size,
        "created": calendar_date,
        "issued": calendar_date,
        "modified": calendar_date,
        "downloadURL": web_address,
        "endpointURL": web_address,
        "endpointDescription": iri,
    }
)


def _dataset(row: Row, feed: Feed) -> tuple[Record, ...]:
    identifier = row.required("identifier", words)
    key, title, publisher, terms = key_of(identifier), title_of(row, "title"), *_who(row, feed)
    dataset = Dataset(
        key=key,
        titles=(title,),
        descriptions=texts_of(row, "description"),
        publisher=publisher,
        licence=terms.licence,
        licence_stated=terms.stated,
        keywords=keywords_of(row, "keyword", "\n"),
        themes=once(row.several("theme", iri)),
        issued=row.optional("issued", moment_or_day),
        modified=row.optional("modified", moment_or_day),
        frequency=row.optional("updateFrequency", _frequency),
        access=row.optional("accessRights", words),
        contact=_contact(row, publisher),
        identifiers=once(each for each in (identifier,) if each != key),
        version=row.optional("version", words),
    )
    link = (Link("dataset", key, identifier),) if _is_address(identifier) else ()
    mentions = (
        Distribution(key_of(each), key, access_url=each, is_mention=True)
        for each in once(row.several("distribution", web_address, "\n"))
    )
    return (dataset, *link, *mentions)


def _data_service(row: Row, feed: Feed) -> tuple[Record, ...]:
    identifier = row.required("identifier", words)
    key, title, publisher, terms = key_of(identifier), title_of(row, "title"), *_who(row, feed)
    status = row.optional("serviceStatus", words)
    return (
        DataService(
            key=key,
            titles=(title,),
            descriptions=texts_of(row, "description"),
            publisher=publisher,
            licence=terms.licence,
            licence_stated=terms.stated,
            endpoint=row.optional("endpointURL", web_address),
            documentation=once((row.optional("endpointDescription", iri),)),
            serves=once(row.several("servesData", iri, "\n")),
            status=status.casefold().replace("_", "-") if status else None,
            keywords=keywords_of(row, "keyword", "\n"),
            themes=once(row.several("theme", iri)),
            issued=row.optional("issued", moment_or_day),
            modified=row.optional("modified", moment_or_day),
            access=row.optional("accessRights", words),
            contact=_contact(row, publisher),
            identifiers=once(each for each in (identifier,) if each != key),
            version=row.optional("version", words),
        ),
    )


def _distribution(row: Row) -> Distribution:
    """A distribution, which says nowhere of which dataset: the dataset lists it by its identifier.

    Where it has no address to download it from, it can be had at the one that identifies it.
    """
    identifier = row.required("identifier", words)
    title, terms, form = title_of(row, "title"), _terms(row), form_of(row, "format", "mediaType")
    download = row.optional("downloadURL", web_address)
    return Distribution(
        key=key_of(identifier),
        dataset=None,
        title=title,
        description=text_of(row, "description"),
        access_url=identifier if _is_address(identifier) else None,
        download_url=download,
        file_type=form.file_type,
        media_type=form.media_type,
        byte_size=row.optional("byteSize", _size),
        licence=terms.licence,
        licence_stated=terms.stated,
        issued=_day(row, "issued"),
        modified=_day(row, "modified"),
    )


def _day(row: Row, column: str) -> date | None:
    return row.optional(column, calendar_date)


def _who(row: Row, feed: Feed) -> tuple[Party | None, Terms]:
    found = feed.party(row.optional("publisher", words))
    return noted_publisher(row, found, "publisher"), _terms(row)


def _terms(row: Row) -> Terms:
    if row.cells.get("licence") == DATA_SHARE_AGREEMENT:
        return Terms(None, "Data share agreement")
    return terms_of(row, "licence")


def _contact(row: Row, publisher: Party | None) -> str | None:
    contact = row.within("contactPoint")
    return contact_of(contact, "contactName", publisher) if contact else None


def _is_address(identifier: str) -> bool:
    try:
        return bool(web_address(identifier))
    except Fault:
        return False


EXCHANGE_MODEL = (
    Format(
        "uk-metadata-exchange-model",
        "A dataset, data service or distribution in the UK cross-government metadata exchange "
        "model, YAML",
        YamlItems(),
        _record,
    ),
)
