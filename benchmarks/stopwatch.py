"""CPU times of nested steps."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Stopwatch:
    """CPU time of nested steps; the time of a step excludes that of steps inside it."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._inside: list[float] = []

    @contextmanager
    def measuring(self, step: str) -> Iterator[None]:
        """Adds the time of the block to a step."""
        self._inside.append(0.0)
        start = time.process_time()
        try:
            yield
        finally:
            whole = time.process_time() - start
            self.seconds[step] += whole - self._inside.pop()
            if self._inside:
                self._inside[-1] += whole

    def measured(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time added to a step."""

        def timed(*arguments: Any, **options: Any) -> Any:
            with self.measuring(step):
                return function(*arguments, **options)

        return timed

    def watch(self, owner: Any, step: str, attribute: str) -> None:
        """Measures a method of an object, or a function of a module, from now on."""
        vars(owner)[attribute] = self.measured(step, getattr(owner, attribute))
