"""The pool: who runs, who waits, who shares, and what it costs when somebody leaves or dies."""

import asyncio
import fcntl
import gc
import json
import os
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from service.errors import Problem
from service.holding import MANIFEST
from service.query_runner import ClientGoneError, QueryJob
from service.representations import JSON, NT
from service.spool import Answer
from service.store import Release, Releases
from service.workers.bounds import Bounds
from service.workers.runner import WorkerRunner
from tests.benchmarks.made_release import organisation, organisations, publish, switch
from tests.service.workers.conftest import (
    ENDLESS,
    FIRST,
    LONG,
    NAMES,
    SECOND,
    SILENT,
    TINY,
    alive,
    ask,
    eventually,
    refusal,
    rows_of,
    working,
)

Told = Answer | BaseException


def job(release: Release, query: str, **others: Any) -> QueryJob:
    return QueryJob(release, query, JSON, **others)


async def until(holds: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        await asyncio.sleep(0.005)


def begun(
    runner: WorkerRunner, asked: QueryJob, client: str | None = None
) -> "asyncio.Task[Answer]":
    return asyncio.create_task(runner.run(asked, client=client))


async def told(tasks: "list[asyncio.Task[Answer]]") -> list[Told]:
    return await asyncio.gather(*tasks, return_exceptions=True)


def statuses(told: list[Told]) -> list[int]:
    return [each.status if isinstance(each, Problem) else 200 for each in told]


def counts(runner: WorkerRunner, *names: str) -> tuple[object, ...]:
    state = runner.state()
    return tuple(state[name] for name in names)


def test_beyond_the_queue_a_query_is_refused_with_429_and_not_begun(release: Release) -> None:
    async def crowd(runner: WorkerRunner) -> None:
        first = begun(runner, job(release, f"{SILENT} # 0"))
        await asyncio.sleep(0)
        waiting = [begun(runner, job(release, f"ASK {{}} # {n}"), "a") for n in range(3)]
        await asyncio.sleep(0)
        assert counts(runner, "running", "waiting") == (1, 2)
        refused = (await told(waiting[2:]))[0]
        assert isinstance(refused, Problem)
        assert (refused.status, refused.headers) == (429, {"Retry-After": "1"})
        # The newcomer of a shorter line takes the place of the longest line's last.
        other = begun(runner, job(release, "ASK {} # other"), "b")
        assert statuses(await told(waiting[1:2])) == [429]
        first.cancel()
        assert statuses(await told([waiting[0], other])) == [200, 200]

    with working(workers=1, queue=2) as runner:
        asyncio.run(crowd(runner))


def test_slow_queries_leave_workers_to_quick_ones_and_wait_their_turn(release: Release) -> None:
    async def mix(runner: WorkerRunner) -> None:
        slow = [begun(runner, job(release, f"{SILENT} # {n}")) for n in range(5)]
        await until(lambda: counts(runner, "slow") == (2,) != counts(runner, "postponed") != (0,))
        for n in range(10):
            answer = await runner.run(job(release, TINY.format(n)))
            assert len(rows_of(answer.body)) == (5 if n == 7 else 4)
            assert counts(runner, "slow") == (2,)
        ended = await told(slow)
        assert set(statuses(ended)) == {503, 504}
        assert statuses(ended).count(504) >= 2, "those that ran all the time"
        busy = [each for each in ended if isinstance(each, Problem) and each.status == 503]
        assert {each.title for each in busy} <= {"The service is busy."}
        assert all(each.headers["Retry-After"] for each in busy)

    # Long enough for the quick ones to be done on a busy machine while the slow ones run.
    with working(workers=3, timeout=4.0) as runner:
        begun_at = time.monotonic()
        asyncio.run(mix(runner))
        assert time.monotonic() - begun_at < 4.0 + 1


@pytest.mark.parametrize("is_privileged", [False, True])
def test_a_slow_query_steps_back_and_its_worker_retires_unless_it_can_come_forward(
    release: Release, monkeypatch: pytest.MonkeyPatch, is_privileged: bool
) -> None:
    set_priority = os.setpriority

    def raise_no_priority(which: int, who: int, priority: int) -> None:
        if priority < os.getpriority(which, who) and not is_privileged:
            raise PermissionError
        if priority >= os.getpriority(which, who):
            set_priority(which, who, priority)

    monkeypatch.setattr(os, "setpriority", raise_no_priority)

    async def one(runner: WorkerRunner) -> None:
        before = set(runner.pids)
        slow = begun(runner, job(release, LONG))
        await until(lambda: counts(runner, "slow") == (1,))
        nice = [os.getpriority(os.PRIO_PROCESS, pid) for pid in before]
        usual = os.getpriority(os.PRIO_PROCESS, 0)
        assert sorted(nice) == [usual, min(19, usual + 10)]
        assert rows_of((await slow).body) == [{"n": str(1201**2)}]
        replaced = 0 if is_privileged else 1
        await until(lambda: counts(runner, "workers", "replaced") == (2, replaced))
        assert len(before & set(runner.pids)) == 2 - replaced

    with working(timeout=20.0) as runner:
        asyncio.run(one(runner))


def test_a_slow_query_that_had_to_wait_is_answered_in_the_end(release: Release) -> None:
    async def both(runner: WorkerRunner) -> None:
        longer = LONG.replace("?a ?b", "VALUES ?x { 1 2 3 } ?a ?b")
        queries = [begun(runner, job(release, f"{longer} # {n}")) for n in range(2)]
        await until(lambda: counts(runner, "slow", "postponed") == (1, 1))
        for answer in await told(queries):
            assert isinstance(answer, Answer)
            assert rows_of(answer.body) == [{"n": str(3 * 1201**2)}]

    with working(timeout=20.0) as runner:
        asyncio.run(both(runner))


def test_the_heavy_queries_of_one_client_do_not_keep_another_waiting(release: Release) -> None:
    async def flood(runner: WorkerRunner) -> list[float]:
        heavy = [begun(runner, job(release, f"{SILENT} # {n}"), "greedy") for n in range(12)]
        await until(lambda: counts(runner, "slow") == (1,))
        times = []
        for n in range(30):
            began = time.monotonic()
            await runner.run(job(release, TINY.format(n)), client="modest")
            times.append(time.monotonic() - began)
            slow, running = counts(runner, "slow", "running")
            assert slow == 1, "its share of the three slow places"
            assert isinstance(running, int)
            assert running <= 2, "its share, and one that is tried"
            await asyncio.sleep(0.02)
        others = begun(runner, job(release, f"{SILENT} # other"), "another")
        await until(lambda: counts(runner, "slow") == (2,))
        for task in [*heavy, others]:
            task.cancel()
        return times

    with working(workers=4, timeout=20.0) as runner:
        times = sorted(asyncio.run(flood(runner)))
    assert times[len(times) // 2] < 0.1
    assert times[-1] < 1.0


def test_who_kills_worker_after_worker_has_to_wait(release: Release) -> None:
    async def kill(runner: WorkerRunner) -> int:
        deep = "SELECT * { FILTER(" + "(" * 5_000 + "1" + ")" * 5_000 + ") }"
        tried = [runner.run(job(release, f"{deep} # {n}"), client="a") for n in range(20)]
        problems = await told([asyncio.create_task(each) for each in tried])
        titles = [each.title for each in problems if isinstance(each, Problem)]
        assert set(titles) == {"The query is too complex.", "The service is busy."}
        assert (await runner.run(job(release, "ASK {}"), client="b")).body
        return titles.count("The query is too complex.")

    with working(workers=2, timeout=2.0) as runner:
        assert 5 <= asyncio.run(kill(runner)) <= 9


def test_equal_queries_in_flight_share_one_run(release: Release) -> None:
    async def share(runner: WorkerRunner) -> None:
        tasks = [begun(runner, job(release, LONG), client) for client in ("a", "b", "c")]
        await asyncio.sleep(0.05)
        assert counts(runner, "running", "waiting") == (1, 0)
        answers = [answer for answer in await told(tasks) if isinstance(answer, Answer)]
        assert len(answers) == 3
        assert [rows_of(answer.body) for answer in answers] == [[{"n": str(1201**2)}]] * 3
        unlike = [job(release, "SELECT (STRUUID() AS ?x) {}") for _ in range(3)]
        ids = await told([begun(runner, each) for each in unlike])
        assert len({each.body for each in ids if isinstance(each, Answer)}) == 3

    with working(timeout=20.0) as runner:
        asyncio.run(share(runner))


def test_those_who_share_a_large_answer_have_a_file_each(release: Release) -> None:
    async def share(runner: WorkerRunner) -> None:
        tasks = [begun(runner, job(release, f"{ENDLESS} LIMIT 2500")) for _ in range(3)]
        await asyncio.sleep(0)
        assert counts(runner, "running") == (1,)
        answers = [answer for answer in await told(tasks) if isinstance(answer, Answer)]
        paths = [answer.path for answer in answers if answer.path is not None]
        assert len(set(paths)) == 3
        for path in paths:
            assert len(json.loads(path.read_bytes())["results"]["bindings"]) == 2500
            path.unlink()
        assert list(paths[0].parent.iterdir()) == []

    with working(timeout=20.0) as runner:
        asyncio.run(share(runner))


def test_large_answers_that_nobody_reads_leave_room_to_others_and_small_ones_go_on(
    release: Release,
) -> None:
    large = f"{ENDLESS} LIMIT 2500"  # 2.2 MB

    async def fill(runner: WorkerRunner) -> None:
        held = []
        for number in range(3):
            query = job(release, f"{large} # {number}")
            asked = runner.run(query, client="slow reader")
            held += await told([asyncio.ensure_future(asked)])
        paths = [each.path for each in held if isinstance(each, Answer) and each.path]
        assert len(paths) == 2, "half of the room"
        refused = held[2]
        assert isinstance(refused, Problem)
        assert (refused.status, refused.headers) == (503, {"Retry-After": "5"})
        assert (await runner.run(job(release, "ASK {}"), client="slow reader")).body
        other = await runner.run(job(release, large), client="other")
        assert other.path is not None
        assert sorted(paths[0].parent.iterdir()) == sorted([*paths, other.path])
        paths[0].unlink()
        again = await runner.run(job(release, f"{large} # 4"), client="slow reader")
        assert again.path is not None

    with working(timeout=20.0, max_result_bytes=5 << 19) as runner:
        asyncio.run(fill(runner))


def test_each_who_shares_has_a_time_of_their_own_and_may_leave(release: Release) -> None:
    async def share(runner: WorkerRunner) -> None:
        first = begun(runner, job(release, SILENT))
        hasty = begun(runner, job(release, SILENT, timeout=0.3))
        patient = begun(runner, job(release, SILENT))
        await asyncio.sleep(0.1)
        assert counts(runner, "running") == (1,)
        first.cancel()
        problem = (await told([hasty]))[0]
        assert isinstance(problem, Problem)
        assert (problem.status, counts(runner, "running")) == (504, (1,))
        assert "0.3 seconds" in problem.detail
        patient.cancel()
        await told([patient])
        assert counts(runner, "running") == (0,), "nobody waits any more"

    with working(timeout=20.0) as runner:
        asyncio.run(share(runner))


def leaving_after(seconds: float) -> Callable[[], Awaitable[object]]:
    return lambda: asyncio.sleep(seconds)


@pytest.mark.parametrize("query", [ENDLESS, SILENT], ids=["writing", "counting"])
def test_when_the_client_leaves_its_worker_is_killed_within_a_second(
    release: Release, query: str
) -> None:
    async def leave(runner: WorkerRunner) -> float:
        before = set(runner.pids)
        left = time.monotonic() + 0.2
        with pytest.raises(ClientGoneError):
            await runner.run(job(release, query), leaving_after(0.2))
        await until(lambda: len(before & set(runner.pids)) == 1)
        (killed,) = before - set(runner.pids)
        await until(lambda: not alive(killed))
        gone = time.monotonic() - left
        await until(lambda: counts(runner, "workers", "idle") == (2, 2))
        return gone

    with working(timeout=20.0) as runner:
        assert asyncio.run(leave(runner)) < 1.0


def test_who_leaves_while_waiting_leaves_the_queue(release: Release) -> None:
    async def leave(runner: WorkerRunner) -> None:
        first = begun(runner, job(release, SILENT))
        await asyncio.sleep(0)
        with pytest.raises(ClientGoneError):
            await runner.run(job(release, "ASK {}"), leaving_after(0.1))
        assert counts(runner, "waiting", "replaced") == (0, 0)
        first.cancel()

    with working(workers=1, timeout=20.0) as runner:
        asyncio.run(leave(runner))


def test_a_query_that_is_about_to_end_is_not_worth_a_worker(release: Release) -> None:
    async def leave(runner: WorkerRunner) -> None:
        for n in range(5):
            task = begun(runner, job(release, f"{NAMES} # {n}"))
            await asyncio.sleep(0)
            assert counts(runner, "running") == (1,)
            task.cancel()
            await told([task])
            await until(lambda: counts(runner, "running") == (0,))
        hasty = job(release, f"{NAMES} # hasty", timeout=0.000001)
        assert statuses(await told([begun(runner, hasty)])) in ([200], [504])
        assert counts(runner, "replaced") == (0,)

    with working(timeout=20.0) as runner:
        asyncio.run(leave(runner))


def test_a_quick_query_is_answered_before_anybody_asks_whether_its_client_is_there(
    release: Release,
) -> None:
    def never() -> Awaitable[object]:
        raise AssertionError("nobody was to be asked")

    with working(timeout=20.0) as runner:
        answer = asyncio.run(runner.run(job(release, "ASK {}"), never))
        assert answer.body == b'{"head":{},"boolean":true}'


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (signal.SIGKILL, "The query needs too much memory."),
        (signal.SIGTERM, "The query was interrupted."),
    ],
)
def test_the_death_of_a_worker_costs_its_query_an_honest_answer_and_nothing_else(
    release: Release, number: signal.Signals, title: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def die(runner: WorkerRunner) -> None:
        idle = set(runner.pids)
        tasks = [begun(runner, job(release, f"{SILENT} # {n}")) for n in range(1)]
        await until(lambda: counts(runner, "slow") == (1,))
        own = os.getpriority(os.PRIO_PROCESS, 0)
        (busy,) = (pid for pid in idle if os.getpriority(os.PRIO_PROCESS, pid) > own)
        os.kill(busy, number)
        (problem,) = await told(tasks)
        assert isinstance(problem, Problem)
        assert (problem.status, problem.title) == (503, title)
        for n in range(10):
            assert (await runner.run(job(release, f"ASK {{}} # {n}"))).body
        await until(lambda: counts(runner, "workers", "replaced") == (2, 1))

    with working(timeout=20.0) as runner:
        asyncio.run(die(runner))
    assert len(caplog.records) == 1
    assert "COUNT" not in caplog.text, "queries are not for the log"


def test_an_idle_worker_that_has_died_costs_nobody_anything(release: Release) -> None:
    async def die(runner: WorkerRunner) -> None:
        for n in range(10):
            killed = runner.pids[n % 2]
            os.kill(killed, signal.SIGKILL)
            for m in range(3):
                assert (await runner.run(job(release, f"ASK {{}} # {n} {m}"))).body
            while alive(killed) or counts(runner, "idle") != (2,):
                await asyncio.sleep(0.01)

    with working(timeout=20.0) as runner:
        asyncio.run(die(runner))


def test_queries_of_any_length_reach_a_worker(runner: WorkerRunner, release: Release) -> None:
    query = f"ASK {{}} # {'é' * 3_000_000}"
    assert ask(runner, release, query) == b'{"head":{},"boolean":true}'


@pytest.mark.parametrize("query", ["ASK {} # \ud800", "ASK { ?s ?p '\udfff' }"])
def test_what_is_no_text_is_a_400(runner: WorkerRunner, release: Release, query: str) -> None:
    problem = refusal(runner, job(release, query))
    assert (problem.status, problem.title) == (400, "The query is not text.")


def test_a_switch_of_releases_loses_no_answer(tmp_path: Path) -> None:
    """Two writers' worth of switches under four readers, each release giving its own answer."""
    sizes = {FIRST: 10, SECOND: 20}
    for name, size in sizes.items():
        publish(tmp_path, name, organisations(size))
    releases = Releases(tmp_path)
    count = "SELECT (COUNT(*) AS ?n) WHERE {{ ?s a ?t }} # {}"

    async def read(runner: WorkerRunner, reader: int, stop: asyncio.Event) -> set[str]:
        seen = set()
        number = 0
        while not stop.is_set():
            number += 1
            current = releases.current()
            answer = await runner.run(job(current, count.format(number * 4 + reader)))
            assert rows_of(answer.body) == [{"n": str(sizes[current.id])}]
            seen.add(current.id)
        return seen

    async def change(runner: WorkerRunner) -> None:
        stop = asyncio.Event()
        readers = [asyncio.create_task(read(runner, each, stop)) for each in range(4)]
        for turn in range(10):
            switch(tmp_path, (FIRST, SECOND)[turn % 2])
            await asyncio.sleep(0.05)
        stop.set()
        for seen in await asyncio.gather(*readers):
            assert seen == {FIRST, SECOND}
        assert counts(runner, "replaced") == (0,), "a worker opens the other release"

    with working(tmp_path, timeout=20.0) as runner:
        asyncio.run(change(runner))


def test_idle_workers_let_go_of_an_earlier_release(tmp_path: Path) -> None:
    paths = {name: publish(tmp_path, name, organisations(5)) for name in (FIRST, SECOND)}
    releases = Releases(tmp_path)

    def held(name: str) -> bool:
        with (paths[name] / MANIFEST).open("rb") as manifest:
            try:
                fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    async def change(runner: WorkerRunner) -> None:
        switch(tmp_path, FIRST)
        await runner.run(job(releases.current(), "ASK {}"))
        await until(lambda: held(FIRST) and not held(SECOND))
        switch(tmp_path, SECOND)
        await runner.run(job(releases.current(), "ASK {}"))
        gc.collect()
        await until(lambda: held(SECOND) and not held(FIRST))

    with working(tmp_path, timeout=20.0) as runner:
        asyncio.run(change(runner))


def test_audiences_are_asked_apart(tmp_path: Path) -> None:
    publish(tmp_path, FIRST, organisations(5))
    partner = Releases(tmp_path).current("partner")
    (partner.path / "public" / "store").rename(partner.path / "public" / "elsewhere")
    with working(timeout=20.0) as runner:
        assert rows_of(ask(runner, partner, NAMES))
        public = Release(**{**_fields(partner), "audience": "public"})
        assert refusal(runner, job(public, NAMES)).status == 503
        assert rows_of(ask(runner, partner, f"{NAMES} LIMIT 1"))


def _fields(release: Release) -> dict[str, Any]:
    names = ("id", "path", "audience", "base", "manifest", "store")
    return {name: getattr(release, name) for name in names}


def test_a_loop_that_ends_leaves_the_workers_to_the_next(release: Release) -> None:
    async def abandon(runner: WorkerRunner) -> None:
        begun(runner, job(release, SILENT))
        assert (await runner.run(job(release, "ASK {}"))).body
        assert counts(runner, "running") == (1,)

    with working(timeout=20.0) as runner:
        for _ in range(3):
            asyncio.run(abandon(runner))
        assert ask(runner, release, "ASK {}")
        assert counts(runner, "running") == (0,)


def test_a_loop_that_ends_under_another_s_query_does_not_fail_it(release: Release) -> None:
    answers: list[bytes] = []

    async def host(runner: WorkerRunner) -> None:
        assert (await runner.run(job(release, "ASK {}"))).body
        guest = Thread(target=lambda: answers.append(ask(runner, release, LONG)))
        guest.start()
        await until(lambda: counts(runner, "running") == (1,))
        guests.append(guest)

    guests: list[Thread] = []
    with working(timeout=20.0) as runner:
        asyncio.run(host(runner))
        guests[0].join(20)
    assert [rows_of(answer) for answer in answers] == [[{"n": str(1201**2)}]]


def test_a_forgotten_runner_ends_its_workers(release: Release) -> None:
    runner = WorkerRunner(Bounds(1))
    assert ask(runner, release, f"DESCRIBE <{organisation(1).value}>", NT)
    pids = runner.pids
    del runner
    gc.collect()
    assert len(pids) == 1
    eventually(lambda: not any(alive(pid) for pid in pids))


def test_workers_start_side_by_side_and_before_the_first_query(data: Path) -> None:
    runner = WorkerRunner(Bounds(3), data)
    try:
        assert runner.state() == {}
        runner.start()
        assert counts(runner, "starting", "workers", "sandboxed") == (3, 0, None)
        assert all(alive(pid) for pid in runner.pids)
    finally:
        runner.stop()
    assert runner.pids == []


def test_what_is_no_tiny_query_keeps_those_that_are_waiting_for_a_moment_only(
    release: Release,
) -> None:
    async def race(runner: WorkerRunner) -> float:
        slow = [
            asyncio.create_task(runner.run(job(release, f"{SILENT} # {n}"), None, f"slow {n}"))
            for n in range(2)
        ]
        await asyncio.sleep(0)
        began = time.monotonic()
        await runner.run(job(release, NAMES), None, "quick")
        taken = time.monotonic() - began
        await asyncio.gather(*slow, return_exceptions=True)
        return taken

    with working(workers=4, timeout=1.0) as runner:
        ask(runner, release, NAMES)
        assert asyncio.run(race(runner)) < 0.5
