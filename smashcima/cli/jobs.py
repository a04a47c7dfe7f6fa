"""Worker processes of `smashcima render --jobs`."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from pathlib import Path

from smashcima.cli.rendering import Outcome, Renderer
from smashcima.cli.samples import Sample

Task = tuple[Sample, Path]
"""A sample, and the folder for its files."""

_Waiting = tuple[Task, Future[Outcome] | None]
"""A task, with its future unless the pool was broken."""

_AHEAD = 2
"""Tasks that wait for each worker, so that none is idle."""


class WorkerPool:
    """Renders samples in several processes, and gives the outcomes in the order of the samples.

    If a process dies, the samples in work are rendered again, one at a time; the one that kills its process again gets
    an error.
    """

    def __init__(self, renderer: Renderer, jobs: int) -> None:
        self._renderer = pickle.dumps(renderer)
        self._jobs = jobs
        # All workers end when this end of the pipe closes: with this process, or by `close`.
        self._lifeline, self._held = multiprocessing.Pipe(duplex=False)
        self._pool = self._new_pool(jobs)

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Carries out all tasks, and returns each with its outcome."""
        waiting: deque[_Waiting] = deque()
        for task in tasks:
            waiting.append((task, self._submitted(task)))
            if len(waiting) > _AHEAD * self._jobs:
                yield from self._next(waiting)
        while waiting:
            yield from self._next(waiting)

    def close(self) -> None:
        """Ends all workers at once."""
        self._held.close()
        self._pool.shutdown(cancel_futures=True)

    def _submitted(self, task: Task) -> Future[Outcome] | None:
        try:
            return self._pool.submit(_render, *task)
        except BrokenProcessPool:
            return None

    def _next(self, waiting: deque[_Waiting]) -> Iterator[tuple[Task, Outcome]]:
        """The next outcome; after the death of a process, those of all tasks that wait."""
        task, future = waiting.popleft()
        outcome = _outcome_of(future)
        if outcome is not None:
            yield task, outcome
            return
        lost = [(task, future), *waiting]
        waiting.clear()
        for each, its_future in lost:
            yield each, _outcome_of(its_future) or self._render_alone(each)
        self._pool.shutdown()
        self._pool = self._new_pool(self._jobs)

    def _render_alone(self, task: Task) -> Outcome:
        with self._new_pool(1) as pool:
            try:
                return pool.submit(_render, *task).result()
            except BrokenProcessPool:
                sample = task[0]
                error = "the process that rendered it ended unexpectedly; it may have run out of memory"
                return Outcome(sample.source, sample.find_index(), error=error)

    def _new_pool(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(jobs, context, _start, (self._renderer, self._lifeline))


def _outcome_of(future: Future[Outcome] | None) -> Outcome | None:
    """The outcome of a task; `None` if its process died."""
    try:
        return None if future is None else future.result()
    except BrokenProcessPool:
        return None


_renderers: list[Renderer] = []
"""The renderer of this worker process."""


def _start(renderer: bytes, lifeline: Connection) -> None:
    """Prepares a worker process."""
    # Ctrl-C reaches all processes of a terminal; the parent decides what to do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    # The process that made the model has shown its warnings.
    warnings.simplefilter("ignore", UserWarning)
    _renderers[:] = [pickle.loads(renderer)]  # noqa: S301 - from the parent process


def _end_with(lifeline: Connection) -> None:
    """Ends this process when the other end of the pipe is closed."""
    try:
        lifeline.recv()
    except (EOFError, OSError):
        os._exit(1)


def _render(sample: Sample, folder: Path) -> Outcome:
    (renderer,) = _renderers
    return renderer.render(sample, folder)
