"""`gmkg serve`: the service in the foreground, until Ctrl-C or SIGTERM.

granian runs embedded: on an event loop of this process, with its network threads beside it.
Its ordinary server forks or spawns a worker that imports the application by name, so that the
store and the query runner would live in a second process whose end somebody has to watch. What
the embedded server leaves to its caller is done here: it minds no signals, and told to stop it
takes no more connections but waits for its slowest client. On Linux it also binds a port that
another granian already has, so the port is tried first.

A stop begins with a drain: nobody new is let in, and what is being answered may end, for as long
as the settings allow. A second signal cuts that short.
"""

import asyncio
import errno
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from service.app import create_app
from service.edge import Edge
from service.errors import Problem, ServiceError
from service.request_log import log_to_stderr
from service.settings import Settings
from service.store import open_current
from service.workers.runner import WorkerRunner
from service.writes.writer import Writer

CONNECTIONS = 512
HEADER_SECONDS = 20
START_SECONDS = 10.0
STOP_SECONDS = 1.5  # what clients have to take what was answered last
DRAIN_PAUSE = 0.05

STDERR = {"class": "logging.StreamHandler", "formatter": "generic", "stream": "ext://sys.stderr"}

log = logging.getLogger(__name__)


class CannotServeError(ServiceError):
    """The service cannot be started; the message says what would mend that."""


def serve(settings: Settings) -> int:
    """Serve until Ctrl-C or SIGTERM, and give the exit status 0; CannotServeError if it cannot be.

    A page that is being made cannot be stopped, and the interpreter would wait for its thread:
    where one still runs at the end, the process ends here and now.
    """
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.INFO)
    log_to_stderr()
    address, port = free_address(settings.host, settings.port)
    settings = replace(settings, port=port)
    try:
        release = open_current(settings.data).id  # the id alone: nothing may hold it open
    except Problem as problem:
        raise CannotServeError(
            f"There is no release in {settings.data} yet. Make one: run `gmkg load --all`, "
            "then `gmkg publish`."
        ) from problem
    runner = WorkerRunner.from_settings(settings)
    writer = Writer.from_settings(settings)
    runner.start()
    try:
        edge = Edge(create_app(settings, runner, writer=writer))
        _run(_serve_until_signal(edge, runner, address, settings, release))
    finally:
        writer.stop()
        runner.stop()
    if _threads_linger():
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(0)
    return 0


def free_address(host: str, port: int) -> tuple[str, int]:
    """The IP address and port to listen at, if they are free; any free port for 0."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return probe.getsockname()[:2]  # type: ignore[no-any-return]
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            raise CannotServeError(
                f"Port {port} of {host} is in use. Stop what listens there, or serve at another "
                "port: `gmkg serve --port N` (0 takes any that is free)."
            ) from fault
        raise CannotServeError(
            f"Nothing can listen at {host}, port {port}: {fault.strerror or fault}. Choose "
            "another --host or --port."
        ) from fault


async def serve_until(
    stop: asyncio.Event,
    edge: Edge,
    address: str,
    port: int,
    ready: Callable[[], None],
    *,
    drain: float = 0.0,
    at_once: asyncio.Event | None = None,
) -> None:
    """Serve the edge at an IP address until the event is set; `ready` is called once it answers.

    From the stop on nobody can connect. Requests in progress have `drain` seconds to be answered,
    or until `at_once` is set; those that are not are answered with 503. A client that does not
    take its answer in time is left behind.
    """
    server = Server(
        edge,
        address,
        port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        backlog=2 * CONNECTIONS,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        log_level=LogLevels.error,  # at `warning` it says each time that it is experimental
        log_dictconfig={"handlers": {"console": STDERR, "access": STDERR}},
    )
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    try:
        if await _listens(serving, address, port):
            ready()
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        server.stop()  # type: ignore[no-untyped-call]
        await _drained(serving, edge, drain, at_once)
        edge.stop()
        await asyncio.wait({serving}, timeout=STOP_SECONDS)
    finally:
        stopping.cancel()
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
    if not stop.is_set():
        raise CannotServeError("The server ended by itself; its last words are above.")


async def _serve_until_signal(
    edge: Edge, runner: WorkerRunner, address: str, settings: Settings, release: str
) -> None:
    here = replace(settings, public_url=None).origin
    stop, at_once = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    runner.attach(loop)

    def told_to_stop() -> None:
        (at_once if stop.is_set() else stop).set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told_to_stop)
    await serve_until(
        stop,
        edge,
        address,
        settings.port,
        lambda: log.info("Release %s is served at %s (Ctrl-C ends it)", release, here),
        drain=settings.stop_timeout,
        at_once=at_once,
    )


async def _drained(
    serving: asyncio.Task[None], edge: Edge, seconds: float, at_once: asyncio.Event | None
) -> None:
    """Wait until nothing is being answered any more, for so many seconds at most.

    Nothing is when that holds twice in a row: what was sent in the last moment may still be on its
    way to the edge.
    """
    if edge.answering and seconds:
        log.info(
            "Told to stop: %s being answered, which may take %g s (Ctrl-C ends it at once)",
            "1 request is" if edge.answering == 1 else f"{edge.answering} requests are",
            seconds,
        )
    end, idle = time.monotonic() + seconds, 0
    while idle < 2 and time.monotonic() < end and not (at_once and at_once.is_set()):
        await asyncio.wait({serving}, timeout=DRAIN_PAUSE)
        if serving.done():
            return
        idle = 0 if edge.answering else idle + 1


async def _listens(serving: asyncio.Task[None], address: str, port: int) -> bool:
    """Whether the server has begun to listen; false where it ended or takes too long."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)
    end = time.monotonic() + START_SECONDS
    while not serving.done() and time.monotonic() < end:
        with suppress(OSError):
            _, writer = await asyncio.open_connection(reachable, port)
            writer.close()
            return True
        await asyncio.sleep(0.01)
    return False


def _run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run on uvloop where it is installed, which takes a quarter less over a small request."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(coroutine)
    else:
        uvloop.run(coroutine)


def _threads_linger() -> bool:
    """Whether a thread that the interpreter would wait for does not end by itself in a moment."""
    ours = [each for each in threading.enumerate() if not each.daemon]
    for thread in ours:
        if thread is not threading.current_thread():
            thread.join(0.2)
    return any(each.is_alive() for each in ours if each is not threading.current_thread())
