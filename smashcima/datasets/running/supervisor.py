"""Worker processes under supervision: tasks go out, manifests come back, and what hangs or dies is replaced."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from smashcima.datasets.generation import SampleFailure
from smashcima.datasets.running.limits import Limits
from smashcima.datasets.running.output_folder import ShardManifest
from smashcima.datasets.running.parcel import PlanParcel
from smashcima.datasets.running.worker import Began, Finished, Ready, Stopped, Task, work
from smashcima.errors import GenerationError

_LOOK_S = 0.25
"""Time between two looks at the limits."""

_WARM_UP_S = 10.0
"""Time that the first sample of a worker gets in addition: it loads fonts, and starts the importer."""

WORKER_NAME = "smashcima worker"
"""Name of worker processes."""

_MOST_DEATHS = 2
"""How often a process may die over one sample, or between the samples of one shard."""


class Supervisor:
    """Carries out shards in worker processes.

    A worker that exceeds a limit is killed, and its sample is given up. A worker that dies is replaced; if the next one
    dies over the same sample, the sample is given up. In both cases the shard is begun again without the sample.
    """

    def __init__(
        self,
        parcel: PlanParcel,
        root: Path,
        limits: Limits,
        workers: int,
        start_method: str,
        source_of: Callable[[int], str],
    ) -> None:
        """`source_of` returns the name of the score of a sample."""
        self._parcel = parcel
        self._root = root
        self._limits = limits
        self._most_workers = workers
        self._context = multiprocessing.get_context(start_method)
        self._source_of = source_of
        self._workers: list[_Worker] = []
        self._again: deque[Task] = deque()
        self._deaths: Counter[tuple[int, int | None]] = Counter()
        self.retries = 0
        """How often a shard was begun again."""

    @property
    def done(self) -> int:
        """Number of samples that are done in the shards that are being made."""
        return sum(max(worker.begun - 1, 0) for worker in self._workers)

    def run(self, shards: Iterable[int]) -> Iterator[ShardManifest | None]:
        """Yields the manifest of each shard when it is complete, and `None` when a sample has begun.

        Processes are ended when the iterator is closed.

        Raises:
            GenerationError: a worker cannot start or continue, or shards cannot be written.
        """
        tasks = (Task(shard) for shard in shards)
        try:
            while self._assign(tasks):
                for worker in self._with_news():
                    yield from self._hear(worker)
                self._enforce_limits()
        finally:
            for worker in self._workers:
                worker.kill()
            self._workers.clear()

    def _assign(self, tasks: Iterator[Task]) -> bool:
        """Gives a task to each idle worker, and starts workers; returns whether there is work left."""
        idle = [worker for worker in self._workers if worker.is_idle]
        while idle or len(self._workers) < self._most_workers:
            task = self._again.popleft() if self._again else next(tasks, None)
            if task is None:
                break
            if not idle:
                idle.append(_Worker(self._context, self._parcel, self._root))
                self._workers.append(idle[-1])
            idle.pop().assign(task)
        for worker in idle:
            worker.dismiss()
            self._workers.remove(worker)
        return bool(self._workers)

    def _with_news(self) -> list[_Worker]:
        ready = set(wait([worker.connection for worker in self._workers], timeout=_LOOK_S))
        return [worker for worker in self._workers if worker.connection in ready]

    def _hear(self, worker: _Worker) -> Iterator[ShardManifest | None]:
        """Handles one message of a worker, or its death."""
        try:
            message = worker.connection.recv()
        except (EOFError, ConnectionError):
            self._bury(worker)
            return
        if isinstance(message, Ready):
            worker.is_ready = True
        elif isinstance(message, Began):
            worker.begin(message.sample)
            yield None
        elif isinstance(message, Finished):
            worker.finish()
            yield message.manifest
        elif isinstance(message, Stopped):
            if message.is_output:
                raise output_error(self._root, message.reason)
            raise GenerationError(message.reason)

    def _enforce_limits(self) -> None:
        for worker in list(self._workers):
            if worker.sample is None:
                continue
            reason = self._limits.exceeded(worker.seconds, worker.pid)
            if reason is not None:
                worker.kill()
                self._replace(worker, f"LimitExceeded: {reason}")

    def _bury(self, worker: _Worker) -> None:
        """Decides what happens after the death of a worker."""
        worker.kill()
        end = _said_of(worker.exit_code)
        if not worker.is_ready:
            raise GenerationError(f"A worker process could not start ({end}); its message is above.")
        key = (worker.task.shard, worker.sample)
        self._deaths[key] += 1
        if self._deaths[key] < _MOST_DEATHS:
            self._replace(worker, None)
        elif worker.sample is None:
            raise GenerationError(
                f"Worker processes died {_MOST_DEATHS} times over shard {worker.task.shard} ({end})."
            )
        else:
            self._replace(worker, f"WorkerDied: the process died {_MOST_DEATHS} times ({end})")

    def _replace(self, worker: _Worker, given_up: str | None) -> None:
        """Removes a dead worker and begins its shard again, without its sample if that is given up."""
        self._workers.remove(worker)
        task = worker.task
        if given_up is not None and worker.sample is not None:
            failure = SampleFailure(worker.sample, self._source_of(worker.sample), given_up)
            task = replace(task, given_up=(*task.given_up, failure))
        self.retries += 1
        self._again.append(replace(task, retries=task.retries + 1))


class _Worker:
    """A worker process, as the supervisor sees it."""

    def __init__(self, context: multiprocessing.context.BaseContext, parcel: PlanParcel, root: Path) -> None:
        self.connection, theirs = context.Pipe()
        # Not a daemon process: those may not have children, and scores are imported in one.
        self._process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=work, args=(theirs, parcel, root), name=WORKER_NAME
        )
        try:
            self._process.start()
        except (AttributeError, pickle.PicklingError) as error:
            raise GenerationError(
                f"A worker process could not be started: {error}. Classes of the user must be in modules that can be "
                "imported; otherwise use the start method fork."
            ) from error
        theirs.close()
        self.is_ready = False
        self._task: Task | None = None
        self.sample: int | None = None
        self.begun = 0
        self._since = 0.0
        self._is_warm = False

    @property
    def task(self) -> Task:
        """The task that it has."""
        assert self._task is not None
        return self._task

    @property
    def is_idle(self) -> bool:
        return self._task is None

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    @property
    def exit_code(self) -> int | None:
        return self._process.exitcode

    @property
    def seconds(self) -> float:
        """Time that counts for its sample."""
        return time.monotonic() - self._since - (0.0 if self._is_warm else _WARM_UP_S)

    def assign(self, task: Task) -> None:
        self._task = task
        _send(self.connection, task)

    def begin(self, sample: int) -> None:
        self._is_warm = self.sample is not None or self._is_warm
        self.sample = sample
        self._since = time.monotonic()
        self.begun += 1

    def finish(self) -> None:
        self._task = None
        self._is_warm = True
        self.sample = None
        self.begun = 0

    def dismiss(self) -> None:
        """Ends the process in an orderly way."""
        _send(self.connection, None)
        self._process.join()
        self.connection.close()

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self.connection.close()


def output_error(root: Path, reason: str) -> GenerationError:
    """The error for a folder that cannot be written while a run is under way."""
    return GenerationError(
        f"{root} cannot be written: {reason}. Complete shards are kept; run the same command again to continue."
    )


def _send(connection: Connection, task: Task | None) -> None:
    try:
        connection.send(task)
    except ConnectionError:  # the process has died; its end of the connection tells so, too
        pass


def _said_of(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        try:
            return f"killed by {signal.Signals(-exit_code).name}"
        except ValueError:
            return f"killed by signal {-exit_code}"
    return f"exit code {exit_code}"
