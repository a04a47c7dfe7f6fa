"""Statistics of real pages: mean, spread and correlation of each feature per page, and effects of writers and pieces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from distances import Pages, pooled
from links import REACH
from mixed_model import Crossed, crossed
from numpy.typing import NDArray
from scipy.special import digamma, polygamma

FloatArray = NDArray[np.float64]

LEAST_FOR_SPREAD = 2
LEAST_FOR_RUN = 6
LEAST_PAGES = 4
QUANTILE = 0.1
"""Outer quantiles from which skew is estimated, so that outliers, mostly annotation errors, have no influence."""


@dataclass(frozen=True)
class FeatureStatistics:
    """Statistics of a feature, with an entry for each page that has it."""

    page: NDArray[np.intp]
    count: FloatArray
    mean: FloatArray
    log_spread: FloatArray
    """NaN if there are too few values."""
    chain: FloatArray
    """(pages, 3): sums of products of neighbours, of values three places apart, and of squares, after subtraction of the
    page mean; each scaled to as many pairs as values."""
    rest: FloatArray
    """All values minus the mean of their page, divided by its spread."""
    tails: float
    """Excess kurtosis of `rest`."""

    @property
    def spread(self) -> float:
        """Typical spread within a page."""
        known = np.isfinite(self.log_spread)
        weight = (self.count[known] - 1) / (self.count[known] + 4)
        return float(np.exp(np.average(self.log_spread[known], weights=weight)))

    @property
    def middle(self) -> float:
        """Mean of the page means, weighted by the number of values."""
        return float(np.average(self.mean, weights=self.count / (self.count + 5)))

    @property
    def run(self) -> float:
        """Correlation of neighbours."""
        return float(self.chain[:, 0].sum() / max(self.chain[:, 2].sum(), 1e-12))

    @property
    def decay(self) -> float:
        """Decay of the correlation per place; 0 if there is none."""
        near, far = (float(self.chain[:, k].sum() / max(self.chain[:, 2].sum(), 1e-12)) for k in (0, 1))
        return float(np.sqrt(far / near)) if near > 0.04 and far > 0.01 else 0.0

    @property
    def skew(self) -> float:
        """Skew of a `Quantity` whose outer quantiles have the same distances from the median."""
        if len(self.rest) < 100:
            return 0.0
        low, middle, high = np.quantile(self.rest, [QUANTILE, 0.5, 1 - QUANTILE])
        lean = (high + low - 2 * middle) / max(high - low, 1e-9)
        return float(2 * np.arctanh(np.clip(lean, -0.5, 0.5)) / 1.2816)


def statistics(pages: Pages, names: Iterable[str]) -> dict[str, FeatureStatistics]:
    """Statistics by feature, without features that too few pages have."""
    limits = {name: _limits(name, values) for name, values in pooled(pages).items()}
    result = {}
    for name in names:
        if name not in limits:
            continue
        rows, chains, rests = [], [], []
        for number, page in enumerate(pages):
            values = np.clip(np.array(page.values.get(name, ())), *limits[name])
            if not len(values):
                continue
            left = values - values.mean()
            spread = np.nan
            if len(values) >= LEAST_FOR_SPREAD:
                spread = max(float(values.std(ddof=1)), 0.02 * float(np.ptp(limits[name])) + 1e-9)
            if len(values) >= LEAST_FOR_RUN:
                rests.append(left / spread)
            freedom = (len(values) - 1) / 2
            # Bias of the logarithm of the spread of few values.
            bias = (digamma(freedom) - np.log(freedom)) / 2 if freedom else 0.0
            rows.append((number, len(values), values.mean(), np.log(spread) - bias))
            chains.append(_chain(left) if len(values) >= LEAST_FOR_RUN else (0.0, 0.0, 0.0))
        table = np.array(rows, dtype=np.float64).reshape(-1, 4)
        if len(table) < LEAST_PAGES or np.isfinite(table[:, 3]).sum() < LEAST_PAGES:
            continue
        rest = np.concatenate([np.zeros(0), *rests])
        tails = 0.0
        if len(rest) >= 100:
            tails = float(np.clip(np.mean(rest**4) / np.mean(rest**2) ** 2 - 3, 0.0, 6.0))
        result[name] = FeatureStatistics(
            table[:, 0].astype(np.intp), table[:, 1], table[:, 2], table[:, 3], np.array(chains), rest, tails
        )
    return result


def _limits(name: str, values: FloatArray) -> tuple[float, float]:
    """The smallest and the largest value that count."""
    least, most = REACH.get(name, (-np.inf, np.inf))
    return max(float(values[0]), least), min(float(values[-1]), most)


def _chain(left: FloatArray) -> tuple[float, float, float]:
    count, square = len(left), float(left @ left)
    # Subtracting the page's own mean biases the correlation of all pairs by -1/n.
    near, far = (
        count * (float(left[lag:] @ left[:-lag]) / (count - lag) + square / (count - 1) / count)
        for lag in (1, 3)
    )
    return near, far, square * count / (count - 1)


class Effects:
    """Separate effects of writers and pieces on a feature; all writers copied some of the same twenty pieces."""

    def __init__(self, found: FeatureStatistics, pages: Pages, writers: list[str], pieces: list[str]) -> None:
        self.statistics = found
        self._writer = np.array([writers.index(pages[p].writer) for p in found.page], dtype=np.intp)
        self._piece = np.array([pieces.index(pages[p].piece) for p in found.page], dtype=np.intp)
        self._sizes = len(writers), len(pieces)

    @cached_property
    def mean(self) -> Crossed:
        """Effects on the page means; noise is the sampling error of pages with few values."""
        found = self.statistics
        noise = found.spread**2 * (1 + found.run) / (1 - min(found.run, 0.9)) / found.count
        return crossed(found.mean, noise, self._writer, self._piece, self._sizes)

    @cached_property
    def log_spread(self) -> Crossed:
        """Effects on the logarithms of the page spreads."""
        found = self.statistics
        known = np.isfinite(found.log_spread)
        noise = polygamma(1, (found.count[known] - 1) / 2) / 4 * (1 + found.tails / 2)
        return crossed(found.log_spread[known], noise, self._writer[known], self._piece[known], self._sizes)
