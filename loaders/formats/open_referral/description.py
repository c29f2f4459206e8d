"""Which file of a package holds which table: as its `datapackage.json` says, else by its name.

A tabular data package (Frictionless Data, version 1) describes its resources by name and path.
"""

import codecs
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from loaders.errors import StructureError
from loaders.formats.open_referral.archive import Archive
from loaders.formats.open_referral.tables import NAMES, SERVICES, TABLES
from loaders.issues import Fault

DESCRIPTION = "datapackage.json"
_SUFFIX = ".csv"
_DIVIDERS = frozenset(",;\t|")


@dataclass(frozen=True, slots=True)
class TableFile:
    """The member of an archive that holds a table, and how its text is written."""

    member: str
    divider: str = ","
    encoding: str | None = None

    @property
    def name(self) -> str:
        """The name of the file, for people."""
        return PurePosixPath(self.member).name


def files_of(archive: Archive, file: str, remarks: list[Fault]) -> dict[str, TableFile]:
    """The tables of a package by their names, each with its file; what is odd is remarked upon.

    Raises:
        StructureError: there is no table of services, or a resource lies outside the package.
    """
    described = _described(archive, file, remarks)
    found = described or _by_name(archive, remarks)
    if SERVICES not in found:
        tables = ", ".join(sorted(each.name for each in found.values())) or "none"
        raise StructureError(
            file, f"the package has no table of services, services.csv; its tables are {tables}."
        )
    if described:
        named = {each.member for each in found.values()}
        for member in sorted(archive.members.keys() - named):
            if member.casefold().endswith(_SUFFIX):
                remarks.append(
                    Fault(
                        "out-of-scope",
                        f"{DESCRIPTION} does not name {member}; it is not read.",
                        value=member,
                    )
                )
    return found


def _by_name(archive: Archive, remarks: list[Fault]) -> dict[str, TableFile]:
    found: dict[str, TableFile] = {}
    # Where a table is there twice, the file with the standard's own name is the table.
    for member in sorted(archive.members, key=lambda each: (_stem(each) not in TABLES, each)):
        if not member.casefold().endswith(_SUFFIX):
            continue
        table = NAMES.get(_stem(member))
        if table is None:
            remarks.append(
                Fault("out-of-scope", f"{member} is no table of the standard.", value=member)
            )
        elif table in found:
            remarks.append(
                Fault(
                    "out-of-scope",
                    f"{member} is not read: {found[table].member} already is the table {table}.",
                    value=member,
                )
            )
        else:
            found[table] = TableFile(member)
    return found


def _described(archive: Archive, file: str, remarks: list[Fault]) -> dict[str, TableFile]:
    """What the description says, if there is a sound one; the nearest to the top counts."""
    places = [each for each in archive.members if PurePosixPath(each).name == DESCRIPTION]
    if not places:
        return {}
    place = min(places, key=lambda each: (each.count("/"), each))
    try:
        package = json.loads(archive.text(place).removeprefix(codecs.BOM_UTF8))
        resources = package["resources"]
        if not isinstance(resources, list):
            raise TypeError
    except (ValueError, TypeError, KeyError, RecursionError):
        remarks.append(
            Fault(
                "unexpected-structure",
                f"{place} is no description of a data package; the tables are told by the names "
                "of their files.",
                value=place,
            )
        )
        return {}
    found: dict[str, TableFile] = {}
    folder = str(PurePosixPath(place).parent)
    for resource in filter(lambda each: isinstance(each, dict), resources):
        table, path = _table(resource), _path(resource, file)
        if table is None or path is None:
            continue
        member = _member(archive, folder, path)
        if member is None:
            remarks.append(
                Fault("missing-value", f"{place} names {path}, which is not there.", value=path)
            )
        elif table in found:
            remarks.append(
                Fault(
                    "out-of-scope",
                    f"{member} is not read: {found[table].member} already is the table {table}.",
                    value=member,
                )
            )
        else:
            found[table] = TableFile(member, _divider(resource), _encoding(resource))
    return found


def _table(resource: Mapping[str, object]) -> str | None:
    for told in (resource.get("name"), resource.get("path")):
        if isinstance(told, str) and (table := NAMES.get(_stem(told))):
            return table
    return None


def _path(resource: Mapping[str, object], file: str) -> str | None:
    path = resource.get("path")
    if isinstance(path, list) and len(path) == 1:
        path = path[0]
    if not isinstance(path, str) or not path:
        return None
    if "://" in path or path.startswith("/") or ".." in PurePosixPath(path).parts:
        raise StructureError(
            file,
            f"{DESCRIPTION} names “{path}”, which lies outside the package; nothing but what is "
            "in it is read.",
        )
    return path


def _member(archive: Archive, folder: str, path: str) -> str | None:
    """The member that a path means, else the only one of that name wherever it lies."""
    exact = path if folder == "." else f"{folder}/{path}"
    if exact in archive.members:
        return exact
    name = PurePosixPath(path).name
    named = [each for each in archive.members if PurePosixPath(each).name == name]
    return named[0] if len(named) == 1 else None


def _divider(resource: Mapping[str, object]) -> str:
    dialect = resource.get("dialect")
    told = dialect.get("delimiter") if isinstance(dialect, dict) else None
    return told if isinstance(told, str) and told in _DIVIDERS else ","


def _encoding(resource: Mapping[str, object]) -> str | None:
    told = resource.get("encoding")
    try:
        return codecs.lookup(told).name if isinstance(told, str) else None
    except LookupError:
        return None


def _stem(member: str) -> str:
    return PurePosixPath(member).stem.casefold().replace("-", "_")


def tables_of(found: Mapping[str, TableFile]) -> Iterator[tuple[str, TableFile]]:
    """Those tables that are loaded, in the order of the standard."""
    for name, table in TABLES.items():
        if table.is_loaded and name in found:
            yield name, found[name]
