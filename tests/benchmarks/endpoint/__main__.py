"""How fast the SPARQL endpoint is, and how fast under attack, beside two other servers.

    python -m tests.benchmarks.endpoint [--quick] [--keep FOLDER]

Ours, the engine's own server and rdflib-endpoint serve the same million triples and are asked by
the same client in turn. It needs wrk. Everything stays on the loopback, and ends by itself.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.endpoint import cases, table, wrk
from tests.benchmarks.endpoint.cases import ATTACKERS, BESIEGED, UNDER_ATTACK, Plan
from tests.benchmarks.endpoint.data import GRAPHS, QUADS, RECORDS, TRIPLES, publish
from tests.benchmarks.endpoint.measuring import Siege, told
from tests.benchmarks.endpoint.services import (
    GIB,
    RDFLIB_ENDPOINT,
    Service,
    install_peer,
    native,
    ours,
    rdflib_endpoint,
)
from tests.benchmarks.endpoint.table import Memory

FULL = Plan(RECORDS, 3, 3.0, RECORDS, (1, 2))
QUICK = Plan(RECORDS, 2, 0.6, RECORDS // 10, (1,))
PATIENCE = ("--query-timeout", "60")  # the usual 30 s are few for long answers beside others
NATIVE_MEMORY = 8 * GIB
SETTLING = 1.0
WITHOUT_WRK = 2

Held = dict[str, Sequence[Memory]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 where wrk is missing."""
    plan, folder = _read(arguments)
    if wrk.program() is None:
        print(
            "The client wrk is missing. It is the package `wrk` of Debian, Ubuntu and Homebrew: "
            "`apt-get install wrk`.",
            file=sys.stderr,
        )
        return WITHOUT_WRK
    with ExitStack() as stack:
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        data = publish(folder, plan.records)
        print(circumstances(plan))
        held: Held = {}
        speed(data, plan, held)
        sieges(data, plan, held)
        if plan.peer_records:
            try:
                install_peer()
            except RuntimeError as error:
                print(f"Without rdflib-endpoint: {error}", file=sys.stderr)
            else:
                peer(folder, plan, held)
        _print("Memory", table.memory(held))
    return 0


def speed(data: Path, plan: Plan, held: Held) -> None:
    """Ours beside the native server."""
    gun = plan.gun()
    with ours(data, *PATIENCE) as our_own, native(data) as its_own:
        idle = _memory(our_own, its_own)
        rows = [
            *cases.light(our_own, its_own, plan, gun),
            *cases.heavy(our_own, its_own, plan, gun),
        ]
        after = _memory(our_own, its_own)
    for name, before, then in zip(("ours", "native"), idle, after, strict=True):
        held[name] = before, then
    _print("Beside the native server", table.speed(rows, "native"))


def sieges(data: Path, plan: Plan, held: Held) -> None:
    """Ours under attack, then the native server, each fresh.

    The native server is attacked in one round only: what attackers ask it goes on after they left.
    """
    made: list[Siege] = []
    with ours(data, *PATIENCE) as service:
        idle = service.memory()
        made.append(cases.siege(service, plan, plan.gun(), plan.rounds))
        held["ours, attacked"] = idle, service.memory()
    with native(data, NATIVE_MEMORY) as service:
        idle = service.memory()
        made.append(cases.siege(service, plan, plan.gun(), 1))
        held["native, attacked"] = idle, service.memory()
    shown = table.sieges(made[0], made[1], BESIEGED, ATTACKERS, UNDER_ATTACK)
    _print("Under attack", shown)
    print(
        f"\nAttackers were answered: ours {told(made[0].told)}; native {told(made[1].told)}. Ours "
        f"gave a query {PATIENCE[1]} s; the native server had no time limit, and "
        f"{NATIVE_MEMORY // GIB} GiB of memory at most."
    )


def peer(folder: Path, plan: Plan, held: Held) -> None:
    """Ours beside rdflib-endpoint, which is installed, both over as many records as it can bear."""
    data = publish(folder, plan.peer_records)
    smaller = replace(plan, records=plan.peer_records)
    with rdflib_endpoint(data / QUADS) as its_own, ours(data, *PATIENCE) as our_own:
        idle = its_own.memory()
        rows = list(cases.peer(our_own, its_own, smaller))
        held[its_own.name] = idle, its_own.memory()
    _print("Beside rdflib-endpoint", table.speed(rows, its_own.name))
    print(f"\nBoth over {plan.peer_records * TRIPLES:,} triples.")


def circumstances(plan: Plan) -> str:
    """What was measured with what, when and on which machine."""
    versions = ("pyoxigraph", "oxigraph", "granian", "rdflib")
    named = [f"{name} {version(name)}" for name in versions]
    named.append(f"wrk {wrk.version()}")
    if plan.peer_records:
        named.append(f"rdflib-endpoint {RDFLIB_ENDPOINT}")
    return (
        f"{datetime.now(UTC):%-d %B %Y}. {plan.records * TRIPLES:,} triples on {plan.records:,} "
        f"records in {min(GRAPHS, plan.records)} named graphs, the default graph being their "
        f"union; medians of {plan.rounds} rounds of {plan.seconds:g} s, in which servers take "
        "turns; ratios are those within the rounds, and above 1 ours is faster. Answers whose "
        "status, length or content was wrong would void a cell. "
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors shared by "
        f"servers and client, Python {platform.python_version()}, {', '.join(named)}."
    )


def _memory(*services: Service) -> list[Memory]:
    time.sleep(SETTLING)
    return [service.memory() for service in services]


def _print(title: str, text: str) -> None:
    print(f"\n### {title}\n\n{text}", flush=True)


def _read(arguments: Sequence[str] | None) -> tuple[Plan, Path | None]:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.endpoint")
    parser.add_argument("--quick", action="store_true", help="about two minutes, and rougher")
    parser.add_argument("--keep", type=Path, help="a folder that keeps the data for another time")
    parser.add_argument("--records", type=int, help="how many records of ten triples to make up")
    parser.add_argument("--rounds", type=int, help="how many rounds")
    parser.add_argument("--seconds", type=float, help="how long each cell of a round takes")
    parser.add_argument(
        "--peer-records", type=int, help="how many of them rdflib-endpoint has; 0 leaves it out"
    )
    given = vars(parser.parse_args(arguments))
    plan = QUICK if given.pop("quick") else FULL
    folder = given.pop("keep")
    plan = replace(plan, **{name: value for name, value in given.items() if value is not None})
    if not 100 <= plan.records < 1_000_000:
        parser.error("--records must be from 100 to 999999.")
    return replace(plan, peer_records=min(plan.peer_records, plan.records)), folder


if __name__ == "__main__":
    sys.exit(main())
