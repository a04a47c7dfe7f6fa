"""Are images different from each other, and from those that a model was trained on?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from distances import Features
from numpy.typing import NDArray

_NEAR = 5
"""An image is a near copy if it is nearer to a training image than this per cent of the training images are to another."""


@dataclass(frozen=True)
class Diversity:
    """Distances of nearest neighbours, in standard deviations of a feature."""

    within: float
    """Median distance of an image to the nearest other one of its set."""

    least: float
    """The least of these distances; 0 for two equal images."""

    to_training: float | None = None
    """Median distance of an image to the nearest training image."""

    within_training: float | None = None
    """Median distance of a training image to the nearest other one: what is usual."""

    near_copies: float | None = None
    """Share of images that are nearer to a training image than 95 % of the training images are to each other."""


def diversity(images: Sequence[Features], training: Sequence[Features] | None = None) -> Diversity:
    """Nearest neighbours by the mean features of images, relative to a `Standard`."""
    own = _means(images)
    inner = nearest(own, own, same=True)
    within, least = float(np.median(inner)), float(inner.min())
    if training is None:
        return Diversity(within, least)
    others = _means(training)
    usual, across = nearest(others, others, same=True), nearest(own, others)
    near = float((across < np.percentile(usual, _NEAR)).mean())
    return Diversity(within, least, float(np.median(across)), float(np.median(usual)), near)


def nearest(
    first: NDArray[np.float64], second: NDArray[np.float64], same: bool = False
) -> NDArray[np.float64]:
    """The distance of each row to the nearest row of another table, for one dimension; with `same`, not to itself."""
    square = (
        (first**2).sum(axis=1)[:, np.newaxis] + (second**2).sum(axis=1) - 2 * first @ second.T
    ) / first.shape[1]
    distances = np.sqrt(np.maximum(square, 0))
    if same:
        np.fill_diagonal(distances, np.inf)
    return np.asarray(distances.min(axis=1))


def _means(images: Sequence[Features]) -> NDArray[np.float64]:
    return np.array([patches.mean(axis=0) for patches in images])
