"""What clients owe for the workers that their queries have cost.

To start a worker takes as long as hundreds of small queries. Whoever makes the service start one
after the other, by queries that end their process, take all their time or are given up soon after
they are begun, would leave nothing to others. So each such worker is a debt, which shrinks with
time; who owes too much waits.
"""

import time

PRICE = 0.15  # of a worker, in seconds: about twice what it takes to start one
CREDIT = 0.75
PAID_BACK = 0.15  # in each second


class Debts:
    """The debts of clients, in seconds. Where nobody knows the client (None), nothing is owed."""

    def __init__(self) -> None:
        self._owed: dict[str, tuple[float, float]] = {}

    def __len__(self) -> int:
        """How many clients owe something, or did not long ago."""
        return len(self._owed)

    def owe(self, client: str | None) -> None:
        """A query of the client has cost a worker."""
        if client is not None:
            for other in [each for each in self._owed if not self.of(each)]:
                del self._owed[other]
            self._owed[client] = self.of(client) + PRICE, time.monotonic()

    def of(self, client: str | None) -> float:
        """What the client owes now."""
        if client is None or client not in self._owed:
            return 0.0
        owed, since = self._owed[client]
        return max(0.0, owed - PAID_BACK * (time.monotonic() - since))
