"""What OpenDataCommunities says of local government: results of its queries, as CSV.

Columns as in the collection of the planning data platform of November 2023. An organisation comes
once for each class that it has; a district comes once for each name that others have for it. The
lookups of the collection, which tell of councils by the register that lists them and the code in
it, are read beside.
"""

import re
from collections.abc import Mapping

from loaders.formats.reading.delimited import Columns, Delimited
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.records import (
    Administration,
    Area,
    Identifier,
    Link,
    Membership,
    Organisation,
    Record,
)
from loaders.values import code, date_in_force, gss, notation, register_code, web_address, words

_REGISTERS: Mapping[str, str] = {
    "local-authority-eng": "GB-LAE",
    "local-authority-nir": "GB-LANI",
    "local-authority-sct": "GB-LAS",
    "principal-local-authority": "GB-PLA",
}
_ENTRY = re.compile(r"([a-z]+(?:-[a-z]+)*):([A-Z0-9]{2,6})")
_OF_ORGANISATION = re.compile(
    r"https?://opendatacommunities\.org/(?:id|doc)/([a-z]+(?:-[a-z]+)*/[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"(?:\.html)?/?"
)
_KINDS: Mapping[str, str | None] = {
    "fire-authority": "fire-authority",
    "police-authority": "police-authority",
    "waste-authority": "waste-authority",
    "transport-authority": "transport-body",
    "national-park-authority": "national-park-authority",
    "regional-park-authority": "regional-park-authority",
    "dev-corp": "development-corporation",
    "greater-london-authority": "SRA",
    "greater-manchester-combined-authority": "COMB",
}
_AREA_TYPES: Mapping[str, str | None] = {
    "County": "county",
    "LondonBorough": "london-borough",
    "MetropolitanDistrict": "metropolitan-district",
    "NonMetropolitanDistrict": "non-metropolitan-district",
    "UnitaryAuthority": "unitary-authority-district",
    "nationalPark": None,
}


def register_entry(cell: str) -> str:
    """The key of a council by its register and code, such as `local-authority-eng:MAN`."""
    found = _ENTRY.fullmatch(cell)
    if not found:
        raise Fault("bad-code", f"“{cell}” is not a register's name and a code in it.")
    if found[1] == "government-organisation":
        return f"GB-GOR-{found[2]}"
    if found[1] not in _REGISTERS:
        raise Fault("bad-code", f"“{found[1]}” is no register of organisations that is known here.")
    return f"{_REGISTERS[found[1]]}-{register_code(found[2])}"


def organisation_path(cell: str) -> str:
    """The end of an organisation's address, `district-council/adur`, or of that of its page."""
    if not (found := _OF_ORGANISATION.fullmatch(cell)):
        raise Fault("bad-web-address", f"“{cell}” is not an organisation of OpenDataCommunities.")
    return found[1]


def own_address(cell: str) -> str:
    """An organisation's own address: one for what is written with http or https, `id` or `doc`."""
    return f"http://opendatacommunities.org/id/{organisation_path(cell)}"


def key_of(path: str, feed: Feed) -> str:
    """The key of an organisation by its path: one that the source declares, else one of the path.

    The path is OpenDataCommunities', so that the key is the same for every source of it.
    """
    return feed.organisations.get(path) or f"GM-opendatacommunities-{path.replace('/', '-')}"


def kind_of(path: str) -> str | None:
    """The type (a notation of `organisation-type`) that the first step of a path tells."""
    return _KINDS.get(path.partition("/")[0])


def _local_government(row: Row, feed: Feed) -> tuple[Record, ...]:
    path = row.required("opendatacommunities", organisation_path)
    register = row.optional("local-authority-eng", register_code)
    key = f"GB-LAE-{register}" if register else key_of(path, feed)
    short = row.required("name", words)
    name = row.optional("official-name", words) or short
    area = row.optional("statistical-geography", gss)
    organisation = Organisation(
        key=key,
        name=name,
        organisation_type=row.optional("local-authority-type", notation("organisation-type"))
        or kind_of(path),
        other_names=(short,) if short != name else (),
        founded=row.optional("start-date", date_in_force),
        dissolved=row.optional("end-date", date_in_force),
        administers=(area,) if area else (),
    )
    records: list[Record] = [
        organisation,
        Link("organisation", key, row.required("opendatacommunities", own_address)),
    ]
    if register:
        records.append(Identifier("organisation", key, "local-authority-eng", register))
    for column, scheme in (("billing-authority", "e-code"), ("census-area", "snac")):
        if found := row.optional(column, code):
            records.append(Identifier("organisation", key, scheme, found))
    if area:
        records.append(Area(area))
    return tuple(records)


def _governed_area(row: Row, feed: Feed) -> tuple[Record, ...]:
    """Another name of an area, and who governs it, where the source declares that organisation."""
    area = row.required("statistical-geography", gss)
    records: list[Record] = [
        Area(area),
        Link("area", area, row.required("area-uri", web_address)),
    ]
    path = row.optional("opendatacommunities", organisation_path)
    if path and (key := feed.organisations.get(path)):
        records.append(Administration(key, area))
    return tuple(records)


def _area(row: Row, feed: Feed) -> tuple[Record, ...]:
    area = row.required("statistical-geography", gss)
    label = row.required("name", words)
    records: list[Record] = [
        Area(
            area,
            name=label.removesuffix(area).strip() or label,
            area_type=row.optional("type", _area_type),
        ),
        Link("area", area, row.required("opendatacommunities-area", web_address)),
    ]
    path = row.optional("opendatacommunities", organisation_path)
    if path and (key := feed.organisations.get(path)):
        records.append(Administration(key, area))
    return tuple(records)


def _area_type(cell: str) -> str | None:
    name = cell.rpartition("/")[2]
    if name not in _AREA_TYPES:
        raise Fault("unknown-category", f"“{name}” is no kind of area that is known here.")
    return _AREA_TYPES[name]


def _combined_authority(row: Row, _: Feed) -> tuple[Record, ...]:
    council = row.required("organisation", register_entry)
    combined = row.required("combined-authority", register_entry)
    return (Membership(council, combined, "constituent-council"),)


def _resilience_forum(row: Row, feed: Feed) -> tuple[Record, ...]:
    """A council's part in a forum, which the file knows by a word that stands for its area."""
    council = row.required("organisation", register_entry)
    forum = row.required("local-resilience-forum", words)
    known = feed.organisations.get(forum)
    if known is None:
        raise Fault(
            "unknown-organisation",
            f"“{forum}” is no forum that the source declares as an organisation of ours.",
            "local-resilience-forum",
            forum,
        )
    return (Membership(council, known, "member"),)


def _custodian(row: Row, _: Feed) -> tuple[Record, ...]:
    number = row.required("addressbase-custodian", code)
    key = row.required("organisation", register_entry)
    return (Identifier("organisation", key, "addressbase-custodian", number),)


OPEN_DATA_COMMUNITIES = (
    Format(
        "opendatacommunities-localgov",
        "OpenDataCommunities' organisations of local government, CSV",
        Delimited(
            Columns(
                ("opendatacommunities", "name"),
                (
                    "official-name",
                    "statistical-geography",
                    "billing-authority",
                    "census-area",
                    "local-authority-eng",
                    "local-authority-type",
                    "start-date",
                    "end-date",
                ),
                ("opendatacommunities-type",),  # each of its classes stands in a row of its own
            )
        ),
        _local_government,
    ),
    Format(
        "opendatacommunities-governed-by",
        "OpenDataCommunities' areas, what others call them and who governs them, CSV",
        Delimited(Columns(("area-uri", "statistical-geography"), ("opendatacommunities",))),
        _governed_area,
    ),
    Format(
        "opendatacommunities-admingeo",
        "OpenDataCommunities' areas of administration, CSV",
        Delimited(
            Columns(
                ("opendatacommunities-area", "name", "statistical-geography"),
                ("type", "opendatacommunities"),
                ("p",),
            )
        ),
        _area,
    ),
    Format(
        "local-authority-to-combined-authority",
        "Which combined authority councils belong to, by their registers, CSV",
        Delimited(Columns(("combined-authority", "organisation"))),
        _combined_authority,
    ),
    Format(
        "local-resilience-forum-to-local-authority",
        "Which local resilience forum councils take part in, by their registers, CSV",
        Delimited(Columns(("organisation", "local-resilience-forum"))),
        _resilience_forum,
    ),
    Format(
        "addressbase-custodian",
        "Which organisations look after the addresses of AddressBase, CSV",
        Delimited(
            Columns(
                ("addressbase-custodian", "organisation"),
                (),
                ("name", "region-name", "country-name"),  # in capitals, and without codes
            )
        ),
        _custodian,
    ),
)
