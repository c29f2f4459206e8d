"""A disk that is full: how much is free, and what is said of a command that ran out of room."""

import errno
import shutil
from contextlib import suppress
from pathlib import Path

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def free_bytes(path: Path) -> int:
    """The bytes that we may still write on the file system of a path."""
    return shutil.disk_usage(path).free


def size(count: int) -> str:
    """A number of bytes as people read it."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return (
                f"{amount:.0f} {unit}"
                if amount >= 100 or unit == "bytes"
                else (f"{amount:.1f} {unit}")
            )
        amount /= 1000
    return f"{amount:.1f} TB"


def is_full_disk(error: OSError) -> bool:
    """Whether it was room that was missing, on the disk or of what the user may take of it.

    The engine tells of it in words alone.
    """
    return error.errno in NO_ROOM or "No space left on device" in str(error)


def told_of_full_disk(error: OSError, data: Path | None) -> str:
    """What is said of a command that ran out of room, in a sentence."""
    place = f" at {error.filename}" if error.filename else ""
    free = ""
    if data is not None:
        with suppress(OSError):
            free = f" {size(free_bytes(data))} are free where {data} lies."
    return (
        f"the disk is full{place}, so this was ended and what it had begun was removed: what was "
        f"staged and what is served stay as they were.{free} Make room, and do it again."
    )
