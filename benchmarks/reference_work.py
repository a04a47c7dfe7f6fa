"""Reference work, timed in the same run as a benchmark, so that ratios can be compared between machines."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Timing:
    """Measured step: its name, and the minimum and median of its times in ms."""

    name: str
    best_ms: float
    median_ms: float


def measure(
    name: str,
    work: Callable[[], object],
    repeats: int = 7,
    clock: Callable[[], float] = time.perf_counter,
) -> Timing:
    """Times `work` after one warm-up call, collecting garbage between repeats but not within."""
    work()
    times = []
    for _ in range(repeats):
        gc.collect()
        start = clock()
        work()
        times.append((clock() - start) * 1000)
    return Timing(name, min(times), sorted(times)[len(times) // 2])


def python_reference(repeats: int = 7, clock: Callable[[], float] = time.perf_counter) -> Timing:
    """Pure Python work: 10,000 small objects in a dictionary of lists."""

    class Thing:
        def __init__(self, number: int, other: object) -> None:
            self.number, self.other = number, other

    def work() -> int:
        table: dict[int, list[Thing]] = {}
        last = None
        for number in range(10_000):
            last = Thing(number, last)
            table.setdefault(number % 20, []).append(last)
        return len(table)

    return measure("reference: 10,000 plain Python objects", work, repeats, clock)


def page_copy_reference() -> Timing:
    """Memory work: a copy of a BGRA page of 2582 x 3652 px."""
    page = np.full((3652, 2582, 4), 200, np.uint8)
    return measure("reference: copy of a full BGRA page", page.copy)


def print_table(timings: list[Timing], reference: Timing, budgets: dict[str, float] | None = None) -> None:
    """Prints each timing with its ratio to the reference and its budget, if any."""
    print(f"{'step':<52} {'best ms':>9} {'median ms':>10} {'ratio':>8} {'budget ms':>10}")
    for timing in (reference, *timings):
        budget = (budgets or {}).get(timing.name)
        print(
            f"{timing.name:<52} {timing.best_ms:>9.2f} {timing.median_ms:>10.2f} "
            f"{timing.median_ms / reference.median_ms:>8.2f} {'' if budget is None else f'{budget:.0f}':>10}"
        )
