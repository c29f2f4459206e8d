"""What a worker may not do, tried in a process that has forbidden it to itself."""

import errno
import json
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from service.workers.sandbox import (
    ALLOW,
    JUMP_IF_EQUAL,
    JUMP_IF_GREATER_EQUAL,
    KILL_PROCESS,
    LOAD_WORD,
    MACHINES,
    NUMBER_OF_CALL,
    REFUSE,
    RETURN,
    X32,
    network_filter,
)

ROOT = Path(__file__).parents[3]
SANDBOXED = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in MACHINES,
    reason="this system has no seccomp filter that is known here",
)

REFUSED = [
    *("socket", "socketpair", "connect", "bind", "listen", "accept", "accept4"),
    *("sendto", "sendmsg", "sendmmsg", "io_uring_setup"),
    *("execve", "execveat", "ptrace", "process_vm_readv", "process_vm_writev"),
    *("pidfd_getfd", "kill"),
]

TRIES = """
import ctypes, json, os, socket, sys, threading
here, there = socket.socketpair()
from service.workers.sandbox import forbid_network
done = forbid_network()
calls = json.loads(sys.argv[1])
def fault(attempt):
    try:
        attempt()
    except OSError as error:
        return error.errno
    return 0
libc = ctypes.CDLL(None, use_errno=True)
def raw(number):
    return ctypes.get_errno() if libc.syscall(number, -1, 0, 0, 0, 0, 0) < 0 else 0
told = {
    "done": done,
    "socket": fault(socket.socket),
    "unix": fault(lambda: socket.socket(socket.AF_UNIX)),
    "pair": fault(socket.socketpair),
    "exec": fault(lambda: os.execv("/bin/true", ["true"])),
    "raw": [raw(number) for number in calls],
    "pipe": fault(lambda: os.write(here.fileno(), b"x")),
    "read": there.fileno() and os.read(there.fileno(), 1).decode(),
    "file": fault(lambda: open("/dev/null", "rb").close()),
}
in_thread = []
thread = threading.Thread(target=lambda: in_thread.append(fault(socket.socket)))
thread.start()
thread.join()
told["thread"] = in_thread
print(json.dumps(told), flush=True)
os._exit(0)
"""


@SANDBOXED
def test_a_process_that_forbade_itself_the_network_has_none_but_its_open_channel() -> None:
    calls = MACHINES[platform.machine()][2]
    done = subprocess.run(
        [sys.executable, "-c", TRIES, json.dumps(calls)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told.pop("done") is True
    assert told.pop("raw") == [errno.EACCES] * len(calls)
    refused = {"socket", "unix", "pair", "exec"}
    assert {name: told.pop(name) for name in refused} == dict.fromkeys(refused, errno.EACCES)
    assert told == {"pipe": 0, "read": "x", "file": 0, "thread": [errno.EACCES]}


def decided(steps: list[tuple[int, int, int, int]], architecture: int, number: int) -> int:
    """What the filter returns for a call: classic BPF as the kernel runs it."""
    word = place = 0
    while True:
        operation, if_true, if_false, operand = steps[place]
        place += 1
        if operation == LOAD_WORD:
            word = number if operand == NUMBER_OF_CALL else architecture
        elif operation == JUMP_IF_EQUAL:
            place += if_true if word == operand else if_false
        elif operation == JUMP_IF_GREATER_EQUAL:
            place += if_true if word >= operand else if_false
        else:
            assert operation == RETURN
            return operand


@pytest.mark.parametrize("machine", MACHINES)
def test_the_filter_refuses_its_list_in_any_numbering_and_nothing_else(machine: str) -> None:
    architecture, _, refused = MACHINES[machine]
    steps = network_filter(architecture, refused)
    for number in range(600):
        expected = REFUSE if number in refused else ALLOW
        assert decided(steps, architecture, number) == expected
        assert decided(steps, architecture, X32 | number) == REFUSE
        assert decided(steps, architecture ^ 1, number) == KILL_PROCESS


@pytest.mark.parametrize(
    ("machine", "header"),
    [
        ("x86_64", "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
        ("aarch64", "/usr/include/asm-generic/unistd.h"),
    ],
)
def test_the_numbers_are_those_of_the_kernel_s_headers(machine: str, header: str) -> None:
    if not Path(header).exists():
        pytest.skip("the kernel's headers are not installed")
    text = Path(header).read_text()
    numbers = [int(text.split(f"__NR_{name} ")[1].split()[0]) for name in REFUSED]
    assert tuple(numbers) == MACHINES[machine][2]
