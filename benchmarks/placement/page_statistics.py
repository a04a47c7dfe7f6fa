"""Real pages boiled down: of each feature and page the middle, spread and run; and the effects of writers and pieces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from distances import Pages, pooled
from mixed_model import Crossed, crossed
from numpy.typing import NDArray
from scipy.special import digamma, polygamma

FloatArray = NDArray[np.float64]

LEAST_FOR_SPREAD = 2
LEAST_FOR_RUN = 6
LEAST_PAGES = 4
QUANTILE = 0.1
"""Skew is measured between these outer quantiles: outliers, mostly slips of annotation, have no say in it."""


@dataclass(frozen=True)
class FeatureStatistics:
    """One feature; an entry for each page that has it."""

    page: NDArray[np.intp]
    count: FloatArray
    mean: FloatArray
    log_spread: FloatArray
    """NaN where there are too few values."""
    chain: FloatArray
    """(pages, 3): sums of the products of neighbours, of those that are three places apart, and of squares, of what is left
    without the middle of the page; each for as many pairs as there are values."""
    rest: FloatArray
    """All values without the middle of their page, divided by its spread."""
    tails: float
    """Excess kurtosis of `rest`."""

    @property
    def spread(self) -> float:
        """In one hand, on one page: the middle of all pages."""
        known = np.isfinite(self.log_spread)
        weight = (self.count[known] - 1) / (self.count[known] + 4)
        return float(np.exp(np.average(self.log_spread[known], weights=weight)))

    @property
    def middle(self) -> float:
        """Mean of the means of pages, those of more values counting more."""
        return float(np.average(self.mean, weights=self.count / (self.count + 5)))

    @property
    def run(self) -> float:
        """Correlation of neighbours."""
        return float(self.chain[:, 0].sum() / max(self.chain[:, 2].sum(), 1e-12))

    @property
    def decay(self) -> float:
        """By what correlation falls off from one place to the next: 0 where nothing runs on."""
        near, far = (float(self.chain[:, k].sum() / max(self.chain[:, 2].sum(), 1e-12)) for k in (0, 1))
        return float(np.sqrt(far / near)) if near > 0.04 and far > 0.01 else 0.0

    @property
    def skew(self) -> float:
        """The skew, as `Quantity` has it, of which the outer quantiles are as far from the median as they are here."""
        if len(self.rest) < 100:
            return 0.0
        low, middle, high = np.quantile(self.rest, [QUANTILE, 0.5, 1 - QUANTILE])
        lean = (high + low - 2 * middle) / max(high - low, 1e-9)
        return float(2 * np.arctanh(np.clip(lean, -0.5, 0.5)) / 1.2816)


def statistics(pages: Pages, names: Iterable[str]) -> dict[str, FeatureStatistics]:
    """By feature; those that too few pages have are left out."""
    limits = {name: (values[0], values[-1]) for name, values in pooled(pages).items()}
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
            # The logarithm of the spread of few values is too small on average, by this.
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


def _chain(left: FloatArray) -> tuple[float, float, float]:
    count, square = len(left), float(left @ left)
    # The middle is that of the page itself, which makes all pairs look opposed by 1/n.
    near, far = (
        count * (float(left[lag:] @ left[:-lag]) / (count - lag) + square / (count - 1) / count)
        for lag in (1, 3)
    )
    return near, far, square * count / (count - 1)


class Effects:
    """What writers and pieces do to one feature, told apart: all wrote some of the same twenty pieces."""

    def __init__(self, found: FeatureStatistics, pages: Pages, writers: list[str], pieces: list[str]) -> None:
        self.statistics = found
        self._writer = np.array([writers.index(pages[p].writer) for p in found.page], dtype=np.intp)
        self._piece = np.array([pieces.index(pages[p].piece) for p in found.page], dtype=np.intp)
        self._sizes = len(writers), len(pieces)

    @cached_property
    def mean(self) -> Crossed:
        """Of the means of pages. Noise is what a page of few values has by chance."""
        found = self.statistics
        noise = found.spread**2 * (1 + found.run) / (1 - min(found.run, 0.9)) / found.count
        return crossed(found.mean, noise, self._writer, self._piece, self._sizes)

    @cached_property
    def log_spread(self) -> Crossed:
        """Of the logarithms of their spreads."""
        found = self.statistics
        known = np.isfinite(found.log_spread)
        noise = polygamma(1, (found.count[known] - 1) / 2) / 4 * (1 + found.tails / 2)
        return crossed(found.log_spread[known], noise, self._writer[known], self._piece[known], self._sizes)
