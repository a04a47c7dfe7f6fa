"""Distances between two collections of measured pages, and differences between writers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from features import Values
from numpy.typing import NDArray


class MeasuredPage(NamedTuple):
    """Measurements of a page."""

    writer: str
    values: Values
    piece: str
    """Identifier of the piece."""


Pages = list[MeasuredPage]

LEAST_VALUES = 25
"""Minimum number of values of a feature; features with fewer are omitted."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean of a feature, and its spread within and between writers."""

    mean: float
    within: float
    between: float
    within_between: float
    """Standard deviation of the logarithm of the spreads of writers."""
    count: int


def pooled(pages: Pages) -> dict[str, NDArray[np.float64]]:
    """All values by feature, without the outermost 0.5 % on either side, which are mostly annotation errors."""
    found: dict[str, list[float]] = defaultdict(list)
    for _, values, _ in pages:
        for name, numbers in values.items():
            found[name] += numbers
    return {
        name: trimmed(np.array(numbers)) for name, numbers in found.items() if len(numbers) >= LEAST_VALUES
    }


def trimmed(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Removes the outermost 0.5 % on either side."""
    values = np.sort(values[np.isfinite(values)])
    cut = int(0.005 * len(values))
    return values[cut : len(values) - cut] if cut else values


def wasserstein(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """The earth mover's distance of two samples."""
    levels = (np.arange(400) + 0.5) / 400
    return float(np.abs(np.quantile(a, levels) - np.quantile(b, levels)).mean())


def spreads(pages: Pages) -> dict[str, Spread]:
    """Spread by feature, over writers with at least eight values."""
    by_writer: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for writer, values, _ in pages:
        for name, numbers in values.items():
            by_writer[name][writer] += numbers
    result = {}
    for name, writers in by_writer.items():
        everything = trimmed(np.concatenate([np.array(v) for v in writers.values()]))
        low, high = (everything[0], everything[-1]) if len(everything) else (0.0, 0.0)
        samples = [np.clip(np.array(v), low, high) for v in writers.values() if len(v) >= 8]
        if len(samples) < 4:
            continue
        means = np.array([sample.mean() for sample in samples])
        within = np.array([max(sample.std(ddof=1), 1e-6) for sample in samples])
        sizes = np.array([len(sample) for sample in samples])
        # Means of few values vary even if writers do not differ; that variance is subtracted.
        noise = float(np.mean(within**2 / sizes))
        between = float(np.sqrt(max(means.var(ddof=1) - noise, 0.0)))
        result[name] = Spread(
            float(means.mean()),
            float(np.sqrt(np.mean(within**2))),
            between,
            float(np.log(within).std()),
            int(sizes.sum()),
        )
    return result
