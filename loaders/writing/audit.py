"""The audit trail: a line of JSON for each write, in `audit.jsonl` of the data directory.

A line is on the disk before the write is answered, and before its release gets its name. So each
acknowledged write has its line; one whose release does not exist was cut off before it was served.
What was written is not told: that is in the release.
"""

import json
import os
from datetime import UTC, datetime

from loaders.directory import DataDirectory, sync_folder
from loaders.writing.write import Write

FILE = "audit.jsonl"
_OWNER_ALONE = 0o600


def note_write(directory: DataDirectory, wanted: Write, release: str, changed: bool) -> None:
    """Add the line of a write. The caller holds the writers' lock."""
    line = {
        "time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
        "token": wanted.by,
        "role": wanted.role,
        "action": wanted.action,
        "graph": wanted.graph,
        "release": release,
        "request": wanted.request,
        "changed": changed,
    }
    path = directory.path / FILE
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, _OWNER_ALONE)
    try:
        size = os.fstat(descriptor).st_size
        # A line that a crash of the machine cut off stays apart from those after it.
        cut_off = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        encoded = json.dumps(line, ensure_ascii=False).encode() + b"\n"
        left = memoryview(b"\n" + encoded if cut_off else encoded)
        while left:  # a disk that is nearly full takes a part, and says so with the rest
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        sync_folder(directory.path)
