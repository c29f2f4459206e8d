"""Debts: who costs the service one worker after the other has to wait."""

import time

import pytest

from service.workers.debts import PAID_BACK, PRICE, Debts


class Clock:
    """A clock that is set by hand."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(time, "monotonic", made.monotonic)
    return made


def test_each_worker_is_a_debt_that_shrinks_with_time(clock: Clock) -> None:
    debts = Debts()
    for _ in range(4):
        debts.owe("a")
    assert debts.of("a") == pytest.approx(4 * PRICE)
    assert debts.of("b") == 0
    clock.now += PRICE / PAID_BACK
    assert debts.of("a") == pytest.approx(3 * PRICE)
    debts.owe("a")
    assert debts.of("a") == pytest.approx(4 * PRICE)
    clock.now += 1000
    assert debts.of("a") == 0


def test_a_client_that_nobody_knows_owes_nothing(clock: Clock) -> None:
    debts = Debts()
    debts.owe(None)
    assert debts.of(None) == 0
    assert len(debts) == 0


def test_what_is_paid_is_forgotten(clock: Clock) -> None:
    debts = Debts()
    for client in "abc":
        debts.owe(client)
    assert len(debts) == 3
    clock.now += 1.01 * PRICE / PAID_BACK
    debts.owe("d")
    assert len(debts) == 1
