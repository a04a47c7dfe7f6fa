"""Cubic Bézier curves as polylines."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import GeometryError


def segments_for_tolerance(control: NDArray[np.float64], tolerance: float) -> int:
    """Number of equal parameter steps that keep a cubic within `tolerance` of its polyline.

    Uses Wang's bound: `n² ≥ 6 / 8 · max |second difference| / tolerance`.
    """
    second = control[..., 2:, :] - 2 * control[..., 1:-1, :] + control[..., :-2, :]
    bend = float(np.sqrt((second**2).sum(axis=-1)).max(initial=0.0))
    return max(1, math.ceil(math.sqrt(0.75 * bend / tolerance)))


def flatten_cubic(control: NDArray[np.float64], tolerance: float) -> NDArray[np.float64]:
    """Points along one cubic with control points of shape (4, 2), both ends included; shape (n + 1, 2)."""
    return flatten_cubics(control[np.newaxis], tolerance)


def flatten_cubics(control: NDArray[np.float64], tolerance: float) -> NDArray[np.float64]:
    """Points along a chain of cubics (k, 4, 2), each starting at the end of the previous one; shape (n + 1, 2).

    All cubics get the number of steps that the most curved one needs.
    """
    if tolerance <= 0:
        raise GeometryError(f"The flattening tolerance must be positive, not {tolerance}.")
    steps = segments_for_tolerance(control, tolerance)
    t = np.linspace(0.0, 1.0, steps + 1)[1:]
    s = 1 - t
    basis = np.stack([s**3, 3 * s * s * t, 3 * s * t * t, t**3], axis=1)  # (steps, 4)
    points = np.einsum("tc,kcd->ktd", basis, control).reshape(-1, 2)
    return np.concatenate([control[0, :1], points])
