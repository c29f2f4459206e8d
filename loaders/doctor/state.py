"""The state of the directory: what was left there, who may do what in it, and what room it has."""

import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from loaders.audience import Audience
from loaders.doctor.examined import Examined
from loaders.doctor.findings import Finding, fault, fine, warning
from loaders.publish import EDITS
from loaders.release import UNFINISHED, is_unserved, load_of
from loaders.rollback import outdated
from loaders.space import room_for

_LOADING = ".loading-"


def check_leftovers(examined: Examined) -> Iterator[Finding]:
    """What commands that were killed left: unfinished releases, folders of loads, partial files."""
    directory = examined.directory
    if examined.is_being_written:
        yield fine("", "Somebody writes at this moment, so what is unfinished was not looked at.")
        return
    for path in sorted(directory.releases.glob(f"{UNFINISHED}*")):
        yield warning(
            examined.place(path),
            "A publish that was killed left this. Run “gmkg publish”, which removes it.",
        )
    for release in examined.releases:
        is_served = examined.current is not None and release.id == examined.current.id
        if is_unserved(release.path) and not is_served:
            yield warning(
                examined.place(release.path),
                "A publish that was killed made this release and never served it. Run “gmkg "
                "publish”, which removes it, or “gmkg rollback” and its name, which serves it.",
            )
    for path in sorted(directory.staged.glob(f"{_LOADING}*")):
        if not _is_worked_in(path):
            yield warning(
                examined.place(path),
                "A load that was killed left this. The next “gmkg load” removes it.",
            )
    for folder in (directory.path, directory.staged, directory.snapshots, directory.releases):
        for path in sorted(folder.glob(".*.partial")):
            yield warning(
                examined.place(path),
                "A command that was killed left this file. Remove it.",
            )
    named = {name for load in examined.staged for name in (load.quads_name, load.issues_name)}
    for pattern in ("*.nq", "*.issues.jsonl"):
        for path in sorted(directory.staged.glob(pattern)):
            source = path.name.partition(".")[0]
            if path.name not in named and not (directory.staged / f"{source}.json").exists():
                yield warning(
                    examined.place(path),
                    f"No staged load names it. Remove it, or load the source {source} again.",
                )


def _is_worked_in(folder: Path) -> bool:
    try:
        with (folder / "lock").open() as handle:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def check_permissions(examined: Examined) -> Iterator[Finding]:
    """Whether we may write where commands write, and whether others may read what is not theirs."""
    directory = examined.directory
    for folder in (
        directory.path,
        directory.releases,
        directory.staged,
        directory.snapshots,
        directory.sources,
    ):
        if not folder.is_dir():
            yield fault(
                examined.place(folder),
                f"The folder is missing. Run “gmkg init --data {directory.path}” or make it.",
            )
        elif not os.access(folder, os.W_OK | os.X_OK):
            yield fault(
                str(folder) if folder == directory.path else examined.place(folder),
                "You may not write here, so no command can. Run commands as its owner.",
            )
    lock = directory.path / "lock"
    if lock.exists() and not os.access(lock, os.W_OK):
        yield fault("lock", "You may not write it, so no command can. Run commands as its owner.")
    if _mode(directory.path) & 0o007:
        yield warning(
            "",
            f"Others on this machine may enter the directory. Run “chmod -R o-rwx "
            f"{directory.path}”.",
        )
    for release in examined.releases:
        for audience in Audience:
            folder = release.path / audience
            if audience is not Audience.PUBLIC and _is_open_to_others(directory.path, folder):
                yield fault(
                    examined.place(folder),
                    f"Others on this machine may read what is for {audience} readers alone. Run "
                    f"“chmod -R o-rwx {directory.path}”.",
                )


def _is_open_to_others(top: Path, folder: Path) -> bool:
    """Whether everybody may list a folder, each one on the way from the data directory included."""
    if not folder.is_dir() or not _mode(folder) & 0o004:
        return False
    between = [folder, *(each for each in folder.parents if each.is_relative_to(top))]
    return all(_mode(each) & 0o001 for each in between)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def check_room(examined: Examined) -> Iterator[Finding]:
    """Whether the next publish has room on the disk."""
    current = examined.current
    files = [
        (load, path)
        for load in examined.staged
        if (path := examined.directory.staged / load.quads_name).is_file()
    ]
    if current is not None and EDITS in current.manifest.sources:
        path = current.staged_path(EDITS)
        if path.is_file():
            files.append((load_of(current, EDITS), path))
    anew = current is not None and bool(outdated(current))
    room = room_for(examined.directory, current, files, anew=anew)
    if room.is_enough:
        yield fine("", f"The next publish has room: it needs {room.told()}.")
    else:
        yield warning(
            "",
            f"The next publish would likely fill the disk: it needs {room.told()}. Make room: "
            "remove what nobody needs from snapshots/, or use a larger disk.",
        )
