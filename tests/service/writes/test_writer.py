"""The writer, whatever its process does: each end is told honestly, and the next write is done."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from service.errors import Problem
from service.writes import writer as module
from service.writes.job import EXHAUSTED, Action, WriteJob, Written
from service.writes.writer import Writer
from tests.service.conftest_edge import eventually

BEFORE, AFTER = "20250101T000000Z-00000001", "20250102T000000Z-00000002"
DONE = Written(AFTER, True)
Make = Callable[..., Writer]


def job(script: str, action: Action = Action.UPDATE, request: str = "r1") -> WriteJob:
    return WriteJob(action, "somebody", "steward", request, text=script)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "current").symlink_to(f"releases/{BEFORE}")
    return tmp_path


@pytest.fixture
def make(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    scripted = "tests.service.writes.scripted_process"
    monkeypatch.setattr("service.writes.write_process.MODULE", scripted)
    made: list[Writer] = []

    def new(seconds: float = 10.0, waiting: int = 64) -> Writer:
        made.append(Writer(data, 1 << 30, seconds, waiting))
        return made[-1]

    yield new
    for each in made:
        each.stop()


def end_of(writer: Writer, asked: WriteJob) -> Written | int:
    try:
        return writer.run_blocking(asked)
    except Problem as problem:
        return problem.status


WHOLE = "say:begun say:trusted switch:x note:x done:x"
ENDS: dict[str, tuple[str, Written | int]] = {
    "done": (WHOLE, DONE),
    "unchanged": ("say:begun say:trusted done:x", DONE),
    "before it has begun": (f"die:{signal.SIGKILL}", 503),
    "killed": (f"say:begun die:{signal.SIGKILL}", 503),
    "gone without a word": ("say:begun exit:0", 503),
    "an exception that nobody caught": ("say:begun exit:1", 503),
    "the memory of the interpreter": (f"say:begun exit:{EXHAUSTED}", 503),
    "the memory of the engine": (f"say:begun die:{signal.SIGABRT}", 503),
    "the stack": (f"say:begun die:{signal.SIGSEGV}", 422),
    "another's release": (f"say:begun switch:x die:{signal.SIGKILL}", 503),
    "failed": ("say:begun failed:x", 500),
    "killed before the switch": (f"say:begun say:trusted note:x die:{signal.SIGKILL}", 503),
    "failed before the switch": ("say:begun say:trusted note:x failed:x", 500),
    "killed after the switch": (
        f"say:begun say:trusted note:x switch:x die:{signal.SIGKILL}",
        DONE,
    ),
    "failed after the switch": ("say:begun say:trusted note:x switch:x failed:x", DONE),
    "nobody can tell": (f"say:begun say:trusted switch:x die:{signal.SIGKILL}", 500),
    "nonsense": ("say:begun nonsense:x exit:0", 503),
}


@pytest.mark.parametrize(("script", "expected"), ENDS.values(), ids=ENDS)
def test_each_end_is_told_and_the_next_write_is_done(
    make: Make, script: str, expected: Written | int
) -> None:
    writer = make()
    assert end_of(writer, job(script)) == expected
    assert end_of(writer, job("say:begun done:x")) == DONE
    assert writer.state() == {"waiting": 0, "writing": False}


@pytest.mark.parametrize("action", [Action.PUT, Action.POST])
@pytest.mark.parametrize("end", [f"exit:{EXHAUSTED}", f"die:{signal.SIGABRT}"])
def test_rdf_that_needs_too_much_memory_is_413(make: Make, action: Action, end: str) -> None:
    assert end_of(make(), job(f"say:begun {end}", action)) == 413


def test_a_line_of_another_request_is_no_proof(make: Make, data: Path) -> None:
    writer = make()
    assert end_of(writer, job("say:begun note:x done:x", request="another")) == DONE
    lost = f"say:begun say:trusted switch:x die:{signal.SIGKILL}"
    with pytest.raises(Problem) as caught:
        writer.run_blocking(job(lost))
    assert (caught.value.status, caught.value.extensions) == (500, {"release": AFTER})


def test_what_takes_too_long_is_ended_and_504(make: Make, data: Path) -> None:
    writer = make(seconds=0.3)
    began = time.monotonic()
    assert end_of(writer, job("say:begun sleep:60 switch:x")) == 504
    assert time.monotonic() - began < 10
    assert (data / "current").readlink().name == BEFORE


def test_the_time_of_a_stranger_is_not_that_of_publishing(make: Make) -> None:
    assert end_of(make(seconds=0.3), job("say:begun say:trusted sleep:1 switch:x done:x")) == DONE


def test_publishing_has_a_time_too(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PUBLISH_SECONDS", 0.3)
    writer = make()
    assert end_of(writer, job("say:begun say:trusted sleep:60")) == 500
    assert end_of(writer, job("say:begun say:trusted note:x switch:x sleep:60")) == DONE


def test_writes_are_done_one_after_the_other_in_their_order(make: Make, data: Path) -> None:
    writer = make()
    futures = [
        writer.submit(job("say:begun sleep:0.05 note:x done:x", request=f"r{n}")) for n in range(5)
    ]
    assert [future.result() for future in futures] == [DONE] * 5
    lines = (data / "audit.jsonl").read_text().splitlines()
    assert [line.split('"')[3] for line in lines] == [f"r{n}" for n in range(5)]


def test_when_too_many_wait_the_next_is_503_and_told_when_to_come_again(
    make: Make, data: Path
) -> None:
    writer = make(waiting=2)
    first = writer.submit(job("say:begun until:go done:x"))
    eventually(lambda: (data / "begun").exists())
    waiting = [writer.submit(job("say:begun done:x")) for _ in range(2)]
    with pytest.raises(Problem) as caught:
        writer.submit(job("say:begun done:x"))
    assert (caught.value.status, caught.value.headers["Retry-After"]) == (503, "5")
    assert writer.state() == {"waiting": 2, "writing": True}
    (data / "go").touch()
    assert [each.result() for each in (first, *waiting)] == [DONE] * 3


def test_a_spare_process_that_was_killed_is_replaced(make: Make) -> None:
    writer = make()
    assert end_of(writer, job("say:begun done:x")) == DONE
    assert writer._spare is not None
    os.kill(writer._spare.pid, signal.SIGKILL)
    writer._spare.wait()
    assert end_of(writer, job("say:begun done:x")) == DONE


def test_a_stop_ends_the_first_part_of_a_write_and_refuses_the_rest(make: Make, data: Path) -> None:
    writer = make()
    first = writer.submit(job("say:begun sleep:60 switch:x"))
    second = writer.submit(job("say:begun done:x"))
    eventually(lambda: (data / "begun").exists())
    writer.stop()
    for future in (first, second):
        fault = future.exception(0)
        assert isinstance(fault, Problem)
        assert (fault.status, fault.title) == (503, "The service is stopping.")
    with pytest.raises(Problem):
        writer.submit(job("say:begun done:x"))
    assert (data / "current").readlink().name == BEFORE


def test_a_stop_lets_the_second_part_of_a_write_end(make: Make, data: Path) -> None:
    writer = make()
    first = writer.submit(job("say:begun say:trusted until:go note:x switch:x done:x"))
    eventually(lambda: writer._run is not None and writer._run.is_trusted)
    threading.Timer(0.2, (data / "go").touch).start()
    writer.stop()
    assert first.result(0) == DONE


def test_a_stop_does_not_wait_for_ever(
    make: Make, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STOP_SECONDS", 0.2)
    writer = make()
    first = writer.submit(job("say:begun say:trusted sleep:60"))
    eventually(lambda: writer._run is not None and writer._run.is_trusted)
    writer.stop()
    assert isinstance(first.exception(0), Problem)


def test_a_writer_that_never_wrote_has_nothing_to_stop(make: Make) -> None:
    make().stop()


def test_on_a_loop_a_write_is_awaited(make: Make) -> None:
    writer = make()

    async def both() -> list[Written]:
        asked = (writer.run(job("say:begun sleep:0.1 done:x")) for _ in range(2))
        return await asyncio.gather(*asked)

    assert asyncio.run(both()) == [DONE, DONE]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("say:begun sleep:60 switch:x", 503),
        ("say:begun say:trusted until:go note:x switch:x done:x", DONE),
        ("say:begun say:trusted sleep:60", 503),
    ],
)
def test_a_cancelled_caller_is_told_what_became_of_the_write(
    make: Make,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    expected: Written | int,
) -> None:
    monkeypatch.setattr(module, "STOP_SECONDS", 0.2)
    writer = make()

    async def cancel() -> Written | int:
        asked = asyncio.create_task(writer.run(job(script)))
        while writer._run is None or ("trusted" in script and not writer._run.is_trusted):
            await asyncio.sleep(0.01)
        asked.cancel()
        await asyncio.sleep(0.1)
        (data / "go").touch()
        try:
            return await asked
        except Problem as problem:
            return problem.status

    assert asyncio.run(cancel()) == expected
