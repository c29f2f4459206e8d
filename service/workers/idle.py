"""The workers that have nothing to do, and which of them is next."""

from service.workers.process import WorkerProcess


class IdleWorkers:
    """Idle workers; the one that was busy last is first, for its memory is warm."""

    def __init__(self) -> None:
        self._workers: list[WorkerProcess] = []

    def __len__(self) -> int:
        return len(self._workers)

    def add(self, worker: WorkerProcess) -> None:
        """The worker has nothing to do."""
        self._workers.append(worker)

    def remove(self, worker: WorkerProcess) -> None:
        """The worker is idle no longer, if it was."""
        if worker in self._workers:
            self._workers.remove(worker)

    def take(self, store: tuple[str, str]) -> WorkerProcess:
        """A worker, idle no longer: one that has the release open, if there is one."""
        if self._workers[-1].store != store:
            for place, worker in enumerate(self._workers):
                if worker.store == store:
                    return self._workers.pop(place)
        return self._workers.pop()

    def take_behind(self, release: str) -> list[WorkerProcess]:
        """Those that have not been asked to open this release, idle no longer."""
        behind = [each for each in self._workers if each.store is None or each.store[0] != release]
        if behind:
            self._workers = [each for each in self._workers if each not in behind]
        return behind
