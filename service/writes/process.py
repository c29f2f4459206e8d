"""The process that does one write: `python -m service.writes.process`, started by its parent alone.

It reads one job, has `loaders.writing` carry it out, and ends. What a stranger sent is parsed and
evaluated with a limit of memory and without network; when that is over, the limit is lifted, for
publishing takes what it takes. Files have no limit of size: a store's may be large.
"""

import json
import os
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from service.workers.sandbox import (
    die_with_parent,
    forbid_network,
    limit_files,
    limit_memory,
    offer_itself,
)
from service.writes.job import (
    BEGUN,
    EXHAUSTED,
    FAILED,
    JOB,
    REFUSED,
    TRUSTED,
    WRITTEN,
    WriteJob,
    decode_job,
    message,
)

AT_ONCE = 1 << 20
# Address space of the parent's store and of the one that is made: 330 MiB each, however small.
STORES = 1 << 30


def main(arguments: list[str]) -> None:
    """Do one write, or end where the parent has gone.

    The arguments: the descriptor of the channel, the parent's process, the data directory, and the
    bytes of memory that may be taken over what a stranger sent.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    descriptor, parent, memory = (int(arguments[place]) for place in (0, 1, 3))
    die_with_parent(parent)
    offer_itself()
    limit_files(resource.RLIM_INFINITY)
    forbid_network()
    _prepare(Path(arguments[2]))
    try:
        job = _received(descriptor)
        if job is not None:
            _send(descriptor, message(BEGUN))
            _send(descriptor, _done(descriptor, Path(arguments[2]), job, memory))
    except (BrokenPipeError, ConnectionResetError):
        pass  # the parent has gone
    os._exit(0)  # nothing is worth the time that an orderly end takes


def _prepare(data: Path) -> None:
    """Import what the write will need, while it waits for its job."""
    import loaders.writing.writing
    from loaders.directory import open_directory
    from loaders.errors import LoaderError

    with suppress(LoaderError):  # told of when there is somebody to tell
        if not open_directory(data).is_open:
            import loaders.publish  # noqa: F401 - for the checks and indexes of a publish


def _done(descriptor: int, data: Path, job: WriteJob, memory: int) -> bytes:
    """The message that tells what came of the job."""
    from loaders.directory import open_directory
    from loaders.errors import LoaderError
    from loaders.writing.write import Action, Part, Write, WriteRefusedError
    from loaders.writing.writing import write

    def trusted() -> None:
        limit_memory(None)
        _send(descriptor, message(TRUSTED))

    wanted = Write(
        action=Action[job.action.name],
        by=job.by,
        role=job.role,
        request=job.request,
        text=job.text,
        using=job.using,
        using_named=job.using_named,
        base=job.base,
        graph=job.graph,
        parts=tuple(Part(part.media_type, part.content, part.base) for part in job.parts),
        if_release=job.if_release,
        if_exists=job.if_exists,
    )
    try:
        limit_memory(STORES + memory)
        written = write(open_directory(data), wanted, trusted=trusted)
    except MemoryError:
        os._exit(EXHAUSTED)  # the bookkeeping of an interpreter without memory is not relied on
    except WriteRefusedError as refused:
        told = {
            "status": refused.status,
            "title": refused.title,
            "detail": refused.detail,
            "line": refused.line,
            "column": refused.column,
        }
        return message(REFUSED, json.dumps(told).encode())
    except LoaderError as fault:
        return message(FAILED, f"{type(fault).__name__}: {fault}".encode(errors="replace"))
    except Exception as fault:
        return message(FAILED, repr(fault).encode(errors="replace"))
    return message(WRITTEN, json.dumps(asdict(written)).encode())


def _received(descriptor: int) -> WriteJob | None:
    """The job, waited for; None when the parent has closed its end."""
    received = bytearray()
    wanted = JOB.size
    while part := os.read(descriptor, AT_ONCE):
        received += part
        if len(received) >= JOB.size:
            size, head_size = JOB.unpack_from(received)
            wanted = JOB.size + size
            if len(received) >= wanted:
                return decode_job(bytes(received[JOB.size : wanted]), head_size)
    return None


def _send(descriptor: int, frame: bytes) -> None:
    left = memoryview(frame)
    while left:
        left = left[os.write(descriptor, left) :]


if __name__ == "__main__":
    main(sys.argv[1:])
