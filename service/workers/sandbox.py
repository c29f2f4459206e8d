"""What a worker process may do: set in the process itself, before it meets a stranger's query.

Each function says whether the limit holds, for the parent to tell at start: not every system has
every one. Files are guarded by what there is to call: a query has no means to write one (LOAD is
an update, and an update is no query), and what the worker itself writes ends at the bound of a
result.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys

IS_LINUX = sys.platform == "linux"
PAGE = resource.getpagesize()
STATM = "/proc/self/statm"

# linux/prctl.h, linux/seccomp.h, linux/filter.h
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_SET_MODE_FILTER = 1
SECCOMP_FILTER_FLAG_TSYNC = 1
KILL_PROCESS = 0x80000000
ALLOW = 0x7FFF0000
REFUSE = 0x00050000 | 13  # EACCES, as a firewall would say it
LOAD_WORD, JUMP_IF_EQUAL, JUMP_IF_GREATER_EQUAL, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER_OF_CALL, ARCHITECTURE = 0, 4  # offsets in struct seccomp_data
X32 = 0x40000000  # the other numbering of x86-64, which would walk round the list

# By machine: the audit architecture, the number of seccomp(2), and the calls that are refused.
# Sockets: socket, socketpair, connect, bind, listen, accept, accept4, sendto, sendmsg, sendmmsg,
# and io_uring_setup, which leads to all of them. Other processes: execve, execveat, ptrace,
# process_vm_readv, process_vm_writev, pidfd_getfd, kill.
MACHINES: dict[str, tuple[int, int, tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E,
        317,
        (41, 53, 42, 49, 50, 43, 288, 44, 46, 307, 425, 59, 322, 101, 310, 311, 438, 62),
    ),
    "aarch64": (
        0xC00000B7,
        277,
        (198, 199, 203, 200, 201, 202, 242, 206, 211, 269, 425, 221, 281, 117, 270, 271, 438, 129),
    ),
}

KILLED_FIRST = 500  # by the kernel, when the machine runs out of memory: not the web process


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def die_with_parent(parent: int) -> bool:
    """Be killed when the thread that started this process ends; end now if it has already."""
    if not IS_LINUX:
        return False  # the end of the channel ends the worker, after its query
    held: bool = ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0
    if os.getppid() != parent:
        os._exit(0)
    return held


def limit_files(size: int) -> None:
    """No core file, and no file of more bytes than this: a longer one is an OSError."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def offer_itself() -> None:
    """Be the first to be killed when the machine runs out of memory, where that can be said."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:  # noqa: PTH123 - pathlib is slow to load
            file.write(str(KILLED_FIRST))
    except OSError:
        pass


def address_space() -> int:
    """The bytes of address space that the process has taken; 0 where the system does not tell."""
    try:
        with open(STATM, "rb") as file:  # noqa: PTH123
            return int(file.read().split()[0]) * PAGE
    except OSError:
        return 0


def limit_memory(more: int | None) -> None:
    """Let the address space grow by so many bytes beyond what it is now, or by any number."""
    now = address_space()
    if now:
        limit = resource.RLIM_INFINITY if more is None else now + more
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))


def forbid_network() -> bool:
    """Refuse the calls of the list from here on, in every thread, by a seccomp filter."""
    known = MACHINES.get(platform.machine()) if IS_LINUX else None
    if known is None or sys.maxsize < 1 << 32:  # a 32-bit interpreter calls by other numbers
        return False
    architecture, seccomp, refused = known
    steps = network_filter(architecture, refused)
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    done: int = libc.syscall(
        seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, ctypes.byref(program)
    )
    return done == 0


def network_filter(architecture: int, refused: tuple[int, ...]) -> list[tuple[int, int, int, int]]:
    """The filter as steps of classic BPF: operation, jump if true, jump if false, operand.

    Calls of another architecture end the process, the calls of the list are refused, and all
    others are allowed.
    """
    steps = [
        (LOAD_WORD, 0, 0, ARCHITECTURE),
        (JUMP_IF_EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, KILL_PROCESS),
        (LOAD_WORD, 0, 0, NUMBER_OF_CALL),
        (JUMP_IF_GREATER_EQUAL, len(refused) + 1, 0, X32),
    ]
    steps += [
        (JUMP_IF_EQUAL, len(refused) - place, 0, number) for place, number in enumerate(refused)
    ]
    return [*steps, (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)]
