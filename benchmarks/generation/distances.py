"""Distances between two sets of images, each given by the features of its patches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Features = NDArray[np.float64]
"""(patches, dimensions): the patches of one image."""

_DEGREE, _OFFSET = 3, 1.0
_LEAST_DEVIATION = 0.1
_INTERVAL = 1.96
"""Standard errors on both sides of a 95 % interval."""


@dataclass(frozen=True)
class Distance:
    """The kernel distance of two sets of images."""

    value: float
    low: float
    high: float
    """Bounds of the 95 % confidence interval; the distance is unbiased, so it may be below 0."""

    images: tuple[int, int]


@dataclass(frozen=True)
class Standard:
    """The scale of features: the mean and deviation of each dimension over the patches of the reference images."""

    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]

    @staticmethod
    def of(images: Sequence[Features]) -> Standard:
        """Dimensions that hardly vary have a tenth of the usual deviation, so that none of them decides alone."""
        patches = np.concatenate(images)
        deviation = patches.std(axis=0)
        usual = float(np.median(deviation[deviation > 0])) if deviation.any() else 1.0
        return Standard(patches.mean(axis=0), np.maximum(deviation, _LEAST_DEVIATION * usual))

    def applied(self, images: Sequence[Features]) -> list[Features]:
        """Features relative to the reference images."""
        return [(patches - self.mean) / self.deviation for patches in images]


def kernel(first: Sequence[Features], second: Sequence[Features]) -> NDArray[np.float64]:
    """(images, images): the polynomial kernel `(x · y / d + 1)³` of Bińkowski et al. (2018), averaged over the patches of
    both images. Patches of one image are not independent, so the image is the unit.
    """
    table = np.empty((len(first), len(second)))
    for row, a in enumerate(first):
        for column, b in enumerate(second):
            table[row, column] = ((a @ b.T / a.shape[1] + _OFFSET) ** _DEGREE).mean()
    return table


def discrepancy(inner: NDArray[np.float64], outer: NDArray[np.float64], across: NDArray[np.float64]) -> float:
    """The unbiased squared maximum mean discrepancy, from the kernels within both sets and across."""
    return _mean_of_pairs(inner) + _mean_of_pairs(outer) - 2 * float(across.mean())


def kernel_distance(first: Sequence[Features], second: Sequence[Features]) -> Distance:
    """KID, the unbiased squared maximum mean discrepancy, with a confidence interval.

    The interval is by the jackknife: each image is left out in turn. At the sizes of these sets a bootstrap would draw
    images twice, and their kernel with themselves would add to the distance. Raises a `ValueError` for fewer than three images.
    """
    if min(len(first), len(second)) < 3:
        raise ValueError(f"three images or more are needed in both sets, not {len(first)} and {len(second)}")
    inner, outer, across = kernel(first, first), kernel(second, second), kernel(first, second)
    value = discrepancy(inner, outer, across)
    n, m = across.shape
    without_first = [
        discrepancy(_without(_without(inner, i, 0), i, 1), outer, _without(across, i, 0)) for i in range(n)
    ]
    without_second = [
        discrepancy(inner, _without(_without(outer, j, 0), j, 1), _without(across, j, 1)) for j in range(m)
    ]
    variance = (n - 1) / n * _spread(without_first) + (m - 1) / m * _spread(without_second)
    reach = _INTERVAL * float(np.sqrt(variance))
    return Distance(value, value - reach, value + reach, (n, m))


def split_distances(images: Sequence[Features], splits: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """KID of the halves of a set, for random halves: what chance does at this number of images."""
    table = kernel(images, images)
    found = []
    for _ in range(splits):
        order = rng.permutation(len(images))
        a, b = order[: len(order) // 2], order[len(order) // 2 :]
        found.append(discrepancy(table[np.ix_(a, a)], table[np.ix_(b, b)], table[np.ix_(a, b)]))
    return np.array(found)


def frechet_distance(first: Sequence[Features], second: Sequence[Features]) -> float:
    """FID of the patches (Heusel et al. 2017): the distance of two normal distributions.

    It is biased upwards, the more so the fewer patches there are; compare only values of the same numbers.
    """
    a, b = np.concatenate(first), np.concatenate(second)
    covariance_a, covariance_b = (np.atleast_2d(np.cov(each, rowvar=False)) for each in (a, b))
    root = _root(covariance_a)
    both = np.linalg.eigvalsh(root @ covariance_b @ root)
    trace = np.trace(covariance_a) + np.trace(covariance_b) - 2 * np.sqrt(np.maximum(both, 0)).sum()
    return float(((a.mean(axis=0) - b.mean(axis=0)) ** 2).sum() + trace)


def _mean_of_pairs(table: NDArray[np.float64]) -> float:
    """The mean over pairs of different images."""
    n = len(table)
    return float((table.sum() - np.trace(table)) / (n * (n - 1)))


def _without(table: NDArray[np.float64], index: int, axis: int) -> NDArray[np.float64]:
    return np.delete(table, index, axis)


def _spread(values: Sequence[float]) -> float:
    return float(np.square(np.array(values) - np.mean(values)).sum())


def _root(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T)
