"""Random fields with a given size of detail."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.paper.cubic import interpolated

Field = NDArray[np.float32]


def band_noise(rng: np.random.Generator, side: int, fine_px: float, coarse_px: float) -> Field:
    """Band-limited noise with mean 0 and standard deviation 1 on a square that tiles the plane.

    The sizes of detail are standard deviations of Gaussian filters in pixels.
    """
    import cv2

    # Uniform numbers filtered over a few pixels are nearly normal and take a tenth of the time.
    white = np.frombuffer(rng.bytes(side * side), np.uint8).reshape(side, side)
    margin = min(side, math.ceil(3 * coarse_px) + 1)
    padded = cv2.copyMakeBorder(white, margin, margin, margin, margin, cv2.BORDER_WRAP).astype(np.float32)
    inside = slice(margin, margin + side)
    fine = cv2.GaussianBlur(padded, (0, 0), fine_px) if fine_px > 0.3 else padded
    coarse = cv2.GaussianBlur(padded, (0, 0), coarse_px)
    band = cv2.subtract(fine[inside, inside], coarse[inside, inside])
    return normalized(np.asarray(band, dtype=np.float32))


def tiling_clouds(rng: np.random.Generator, side: int, size_px: float) -> Field:
    """Smooth noise with detail of about `size_px`, mean 0 and standard deviation 1, on a square that tiles the plane.

    `side` must be a multiple of 8.
    """
    import cv2

    knots = max(4, min(side // 2, round(side / size_px)))
    lattice = rng.standard_normal((knots, knots), dtype=np.float32)
    # Enlarged in two steps; the second one has enough pixels for linear interpolation.
    factor = next((factor for factor in (8, 4, 2) if size_px >= 3 * factor), 1)
    small = side // factor
    places = np.asarray((np.arange(small) + 0.5) * (knots / small) + 2.5, dtype=np.float64)
    smooth = interpolated(np.pad(lattice, 3, mode="wrap"), places, places)
    if factor > 1:
        around = cv2.copyMakeBorder(smooth, 1, 1, 1, 1, cv2.BORDER_WRAP)
        large = cv2.resize(around, None, fx=factor, fy=factor, interpolation=cv2.INTER_LINEAR)
        smooth = np.asarray(large[factor:-factor, factor:-factor], dtype=np.float32)
    return normalized(np.asarray(smooth, dtype=np.float32))


def clouds(rng: np.random.Generator, rows: int, columns: int, size: float) -> Field:
    """Smooth noise with mean 0, standard deviation of about 1, and detail of about `size` cells of the lattice."""
    high, wide = max(2, math.ceil(rows / size)) + 3, max(2, math.ceil(columns / size)) + 3
    lattice = rng.standard_normal((high, wide), dtype=np.float32)
    # A random shift, so that knots are not at the same positions on every page.
    left, top = rng.uniform(0.5, 1.5, 2)
    field = interpolated(lattice, np.arange(rows) / size + top, np.arange(columns) / size + left)
    noise: Field = field * np.float32(1.3)  # compensates the variance lost by interpolation
    return noise


def wavering(rng: np.random.Generator, count: int, knots: int) -> NDArray[np.float64]:
    """A smooth random curve of `count` values through `knots` knots, with a standard deviation of about 1."""
    where = np.linspace(0, max(knots, 2) - 1, count)
    heights = rng.standard_normal(max(knots, 2) + 1)
    left = np.floor(where).astype(int)
    part = where - left
    part = part * part * (3 - 2 * part)
    course: NDArray[np.float64] = heights[left] * (1 - part) + heights[left + 1] * part
    return course


def normalized(field: NDArray[np.float32]) -> Field:
    """The field shifted and scaled to mean 0 and standard deviation 1; a constant field becomes 0."""
    import cv2

    mean, deviation = (float(value[0, 0]) for value in cv2.meanStdDev(field))
    if deviation == 0:
        return np.zeros_like(field)
    result: Field = (field - np.float32(mean)) * np.float32(1 / deviation)
    return result
