"""Queries that are known to kill, asked of workers directly, while others ask small things."""

import asyncio
import time
from dataclasses import dataclass

import pytest

from service.errors import Problem
from service.query_runner import QueryJob
from service.representations import JSON, NT, Representation
from service.spool import Answer
from service.store import Release
from service.workers.runner import WorkerRunner
from tests.service.workers.conftest import ENDLESS, MIB, SILENT, TINY, working

DEADLINE = 1.0
DOUBLING = " ".join(f'BIND (REPLACE(?x{step}, "x", "xx") AS ?x{step + 1})' for step in range(40))
MANY = " 1" * 100_000
OPTIONALS = "".join(f"OPTIONAL {{ ?s{n} ?p{n} ?o{n} " for n in range(8)) + "}" * 8


@dataclass(frozen=True)
class Killer:
    """A query, and the statuses that it may honestly have."""

    query: str
    statuses: tuple[int, ...]
    form: Representation = JSON


KILLERS = {
    "deep parentheses": Killer(
        "SELECT * { FILTER(" + "(" * 5_000 + "1" + ")" * 5_000 + ") }", (503,)
    ),
    "deep groups": Killer("SELECT * " + "{" * 5_000 + "}" * 5_000, (503,)),
    "nested OPTIONALs": Killer(
        "SELECT * { ?s ?p ?o " + "OPTIONAL { ?s ?p ?o " * 5_000 + "}" * 5_001, (503, 504)
    ),
    "nested OPTIONALs that multiply": Killer(
        f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o {OPTIONALS} }}", (503, 504)
    ),
    "cartesian product, counted": Killer(SILENT, (504,)),
    "cartesian product, grouped": Killer(
        "SELECT ?a (COUNT(DISTINCT ?d) AS ?n) (GROUP_CONCAT(?f) AS ?all) "
        "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a",
        (503, 504),
    ),
    "cartesian product, sorted": Killer(
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i LIMIT 10", (503, 504)
    ),
    "doubling REPLACE": Killer(
        f'SELECT (STRLEN(?x40) AS ?n) {{ BIND ("x" AS ?x0) {DOUBLING} }}', (503, 504)
    ),
    "endless SELECT": Killer(ENDLESS, (413, 504)),
    "endless CONSTRUCT": Killer(
        "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", (413, 504), NT
    ),
    "long path": Killer("SELECT * { ?s " + "/".join(["<urn:p>"] * 500) + " ?o }", (503, 504)),
    "path of anything": Killer(
        "SELECT * { ?s (<urn:a>|!<urn:a>)* ?o . ?x ?y ?z }", (413, 503, 504)
    ),
    "regular expression": Killer(
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
        'FILTER REGEX(CONCAT(STR(?c), STR(?f)), "(a+)+$") }',
        (503, 504),
    ),
    "many VALUES": Killer(
        f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{{MANY}}} VALUES ?y {{{MANY}}} }}",
        (503, 504),
    ),
}


async def attack(runner: WorkerRunner, release: Release, killer: Killer) -> list[float]:
    """The times of tiny queries while two clients send the killer; each of those ends in time."""
    over = asyncio.Event()

    async def send(client: str, number: int) -> None:
        job = QueryJob(release, f"{killer.query} # {number}", killer.form)
        begun = time.monotonic()
        try:
            told: Answer | Problem = await runner.run(job, client=client)
        except Problem as problem:
            told = problem
        assert time.monotonic() - begun < DEADLINE + 1
        assert isinstance(told, Problem), "it was answered"
        assert told.status in killer.statuses
        assert told.detail.endswith(".")

    async def look_up() -> list[float]:
        times = []
        number = 0
        while not over.is_set():
            number += 1
            begun = time.monotonic()
            job = QueryJob(release, TINY.format(number % 300) + f"# {number}", JSON)
            assert (await runner.run(job, client="modest")).body
            times.append(time.monotonic() - begun)
            await asyncio.sleep(0.01)
        return times

    modest = asyncio.create_task(look_up())
    try:
        await asyncio.gather(send("one", 1), send("two", 2))
    finally:
        over.set()
    return await modest


@pytest.mark.parametrize("name", KILLERS)
def test_a_killer_ends_in_time_with_an_honest_status_while_others_go_on(
    release: Release, name: str
) -> None:
    with working(workers=4, timeout=DEADLINE, memory=192 * MIB, max_result_bytes=8 * MIB) as runner:
        times = asyncio.run(attack(runner, release, KILLERS[name]))
    assert times
    assert sorted(times)[len(times) // 2] < 0.3
