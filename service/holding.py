"""Where the parts of a release directory lie, and how a reader keeps it from being removed.

A release directory never changes once it is published, so readers need no lock against its
writer. What they need is that nobody removes it under them: each holds a shared lock on its
manifest for as long as it reads. A worker process imports this module at each start, so it
imports little.
"""

import fcntl
import os
from pathlib import Path

MANIFEST = "manifest.json"


def hold(release: Path) -> int:
    """A descriptor of the manifest, with the shared lock that ends when it is closed; or OSError.

    A directory that is about to be removed is locked already: BlockingIOError.
    """
    descriptor = os.open(release / MANIFEST, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def store_path(release: Path, audience: str) -> Path:
    """Where the store of an audience lies."""
    return release / audience / "store"
