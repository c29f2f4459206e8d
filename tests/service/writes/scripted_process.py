"""A stand-in for the process that does a write: the text of the job says how it ends."""

import os
import signal
import sys
import time
from pathlib import Path

from service.writes.job import BEGUN, FAILED, JOB, TRUSTED, WRITTEN, decode_job, message

NEXT = "releases/20250102T000000Z-00000002"
DONE = b'{"release": "20250102T000000Z-00000002", "changed": true}'


def switch(data: Path) -> None:
    link = data / "next"
    link.symlink_to(NEXT)
    link.replace(data / "current")


def note(data: Path, request: str) -> None:
    line = f'{{"request": "{request}", "release": "{Path(NEXT).name}", "changed": true}}\n'
    with (data / "audit.jsonl").open("a") as file:
        file.write(line)


def main(arguments: list[str]) -> None:
    descriptor, data = int(arguments[0]), Path(arguments[2])
    received = b""
    while len(received) < JOB.size or len(received) < JOB.size + JOB.unpack_from(received)[0]:
        part = os.read(descriptor, 1 << 20)
        if not part:
            os._exit(0)
        received += part
    job = decode_job(received[JOB.size :], JOB.unpack_from(received)[1])
    (data / "begun").touch()
    for word in job.text.split():
        name, _, value = word.partition(":")
        if name == "say":
            kinds = {"begun": BEGUN, "trusted": TRUSTED}
            os.write(descriptor, message(kinds[value]))
        elif name == "done":
            os.write(descriptor, message(WRITTEN, DONE))
        elif name == "failed":
            os.write(descriptor, message(FAILED, b"on purpose"))
        elif name == "nonsense":
            os.write(descriptor, b"xxxx")
        elif name == "sleep":
            time.sleep(float(value))
        elif name == "until":
            while not (data / value).exists():
                time.sleep(0.01)
        elif name == "switch":
            switch(data)
        elif name == "note":
            note(data, job.request)
        elif name == "exit":
            os._exit(int(value))
        elif name == "die":
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.kill(os.getpid(), int(value))
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
