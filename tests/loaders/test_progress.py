"""A person who waits is told how far a load has come, and nobody else is."""

import sys

import pytest

from loaders import progress
from loaders.progress import told


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands still."""
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    return clock


def watch(monkeypatch: pytest.MonkeyPatch, *, watched: bool = True) -> None:
    """Put a person before stderr, or nobody; pytest makes another stderr for each test's body."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: watched, raising=False)


def test_nothing_is_told_of_a_load_that_is_over_in_a_second(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(monkeypatch)
    with told("given") as tell:
        assert tell is not None
        for _ in range(9):
            clock.now += 0.1
            tell("a.csv", 1000)
    assert capsys.readouterr() == ("", "")


def test_a_line_is_written_over_now_and_then_and_goes_at_the_end(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(monkeypatch)
    with told("given") as tell:
        assert tell is not None
        clock.now += 2
        tell("a.csv", 5000)
        clock.now += 0.125
        tell("a.csv", 5500)  # too soon
        clock.now += 1.875
        tell("b.csv", 12_000)
    assert capsys.readouterr() == (
        "",
        "\r\x1b[Kgiven: a.csv, 5,000 records, 2,500 a second"
        "\r\x1b[Kgiven: b.csv, 12,000 records, 3,000 a second"
        "\r\x1b[K",
    )


def test_the_line_goes_when_a_load_fails_too(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        with told("given") as tell:
            assert tell is not None
            clock.now += 2
            tell("a.csv", 1)
            raise KeyError

    watch(monkeypatch)
    with pytest.raises(KeyError):
        fail()
    assert capsys.readouterr().err.endswith("\r\x1b[K")


def test_nobody_is_told_where_nobody_is_to_be_told(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(monkeypatch)
    with told("given", enabled=False) as tell:
        assert tell is None
    watch(monkeypatch, watched=False)
    with told("given") as tell:
        assert tell is None
    assert capsys.readouterr() == ("", "")
