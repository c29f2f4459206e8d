"""The whole examination of a data directory: every check, one after the other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from loaders.directory import open_directory
from loaders.doctor.beside_stores import check_history, check_indexes
from loaders.doctor.contents import check_files, check_stores
from loaders.doctor.examined import Examined
from loaders.doctor.findings import Finding, Severity, fault
from loaders.doctor.releases import check_link, check_manifests, check_rules
from loaders.doctor.staged import (
    check_declarations,
    check_snapshots,
    check_staged,
    check_waiting,
)
from loaders.doctor.state import check_leftovers, check_permissions, check_room
from loaders.doctor.written import check_audit, check_endings
from loaders.errors import DirectoryError, LoaderError

Check = Callable[[Examined], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    check_link,
    check_manifests,
    check_stores,
    check_files,
    check_indexes,
    check_history,
    check_rules,
    check_staged,
    check_snapshots,
    check_waiting,
    check_declarations,
    check_endings,
    check_audit,
    check_leftovers,
    check_permissions,
    check_room,
)


def examine(path: Path, *, deep: bool = False, further: Sequence[Check] = ()) -> list[Finding]:
    """Everything that the checks find in the data directory at `path`, of which nothing changes.

    A check that is itself kept from looking is a fault, and the others look all the same.
    """
    try:
        directory = open_directory(path)
    except (DirectoryError, OSError) as error:
        return [fault("directory.json", f"{_told(error)}")]
    examined = Examined(directory, deep=deep)
    return [finding for check in (*CHECKS, *further) for finding in _found(check, examined)]


def status(findings: Iterable[Finding]) -> int:
    """The exit status: 0 for nothing to do, 1 for warnings alone, 2 where there are faults."""
    found = {finding.severity for finding in findings}
    if Severity.FAULT in found:
        return 2
    return 1 if Severity.WARNING in found else 0


def _found(check: Check, examined: Examined) -> Iterator[Finding]:
    try:
        yield from check(examined)
    except Exception as error:  # however something is damaged, the other checks are to look
        place = getattr(error, "filename", None)
        yield fault(
            examined.place(Path(place)) if isinstance(place, str) else "",
            f"This could not be looked at: {_told(error).rstrip('.')}. Run this as the owner of "
            "the directory; what is damaged, restore from a backup.",
        )


def _told(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) if isinstance(error, LoaderError) else repr(error)
