"""Strokes of the signs and traces of scribes, in staff spaces. Drawn for this project."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.pen import Allograph, SkeletonStroke

CUSTODES = (
    Allograph(
        "two waves",
        (
            SkeletonStroke(
                (
                    (0.0, 0.16),
                    (0.22, -0.34),
                    (0.44, 0.22),
                    (0.68, -0.34),
                    (0.88, 0.16),
                    (1.40, -0.50),
                    (2.10, -1.50),
                ),
                (0.8, 1.3, 0.8, 1.3, 0.9, 0.8, 0.6),
                frozenset({1, 2, 3, 4}),
            ),
        ),
        5.0,
    ),
    Allograph(
        "wave",
        (
            SkeletonStroke(
                ((0.0, 0.06), (0.26, -0.28), (0.50, 0.24), (0.86, -0.10), (1.7, -1.2)),
                (0.8, 1.3, 1.2, 0.8, 0.6),
                frozenset({1, 2}),
            ),
        ),
        3.0,
    ),
    Allograph(
        "tick",
        (
            SkeletonStroke(
                ((0.0, -0.20), (0.30, 0.20), (0.56, -0.16), (0.82, 0.20), (1.10, -0.14), (1.20, 0.70)),
                (1.0, 1.2, 0.8, 1.2, 0.8, 0.7),
                frozenset({1, 2, 3, 4}),
            ),
        ),
        2.0,
    ),
)
"""Custodes; the announced note is at y = 0. The ends lead upwards or down."""

_HEAD = tuple(
    (
        0.5 + 0.44 * math.cos(angle) * 0.94 + 0.34 * math.sin(angle) * 0.34,
        0.34 * math.sin(angle) - 0.15 * math.cos(angle),
    )
    for angle in (math.pi * step / 4 for step in range(8))
)


def wrong_note(x: float, y: float, length: float) -> tuple[SkeletonStroke, ...]:
    """A notehead at a place, with a stem of a length: upwards if negative."""
    head = SkeletonStroke(tuple((x + px, y + py) for px, py in _HEAD), closed=True, filled=True)
    side = x + (0.92 if length < 0 else 0.08)
    return head, SkeletonStroke(((side, y), (side, y + length)), (0.5,))


def crossing_out(
    left: float, right: float, top: float, bottom: float, rng: np.random.Generator
) -> tuple[SkeletonStroke, ...]:
    """Strokes that cross out an area: hatching, a scribble or a cross."""
    kind = rng.random()
    width = right - left
    if kind < 0.5:
        return _hatching(left, right, top, bottom, rng)
    if kind < 0.85:
        turns = max(4, int(width / 0.55))
        xs = np.linspace(left, right, 2 * turns) + rng.normal(0.0, 0.08, 2 * turns)
        ys = np.where(np.arange(2 * turns) % 2, top, bottom) + rng.normal(0.0, 0.18, 2 * turns)
        return (_smooth(xs, ys),)
    shake = rng.normal(0.0, 0.15, 8)
    return (
        _smooth(np.array([left + shake[0], right + shake[1]]), np.array([top + shake[2], bottom + shake[3]])),
        _smooth(np.array([right + shake[4], left + shake[5]]), np.array([top + shake[6], bottom + shake[7]])),
    )


def _hatching(
    left: float, right: float, top: float, bottom: float, rng: np.random.Generator
) -> tuple[SkeletonStroke, ...]:
    count = max(4, int((right - left) / 0.5))
    lean = 0.5 * (bottom - top) * float(rng.uniform(0.5, 1.1))
    strokes = []
    for x in np.linspace(left, right, count):
        shake = rng.normal(0.0, 0.12, 4)
        xs = np.array([x - lean / 2 + shake[0], x + lean / 2 + shake[1]])
        strokes.append(_smooth(xs, np.array([bottom + shake[2], top + shake[3]])))
    return tuple(strokes)


def _smooth(xs: NDArray[np.float64], ys: NDArray[np.float64]) -> SkeletonStroke:
    return SkeletonStroke(tuple(zip(xs.tolist(), ys.tolist(), strict=True)), (0.8,))


def blot(radius: float, rng: np.random.Generator) -> list[NDArray[np.float64]]:
    """The rings of a blot around the origin, with a few splashes beside it, in the unit of `radius`."""
    angle = np.linspace(0.0, 2 * np.pi, 40, endpoint=False)
    edge = np.ones_like(angle)
    for harmonic in range(2, 7):
        phase, size = rng.uniform(0.0, 2 * np.pi), rng.normal(0.0, 0.16 / harmonic)
        edge += size * np.cos(harmonic * angle + phase)
    stretch, turn = rng.uniform(0.75, 1.0), rng.uniform(0.0, np.pi)
    flat = radius * edge * (np.cos(angle) + 1j * stretch * np.sin(angle)) * np.exp(1j * turn)
    rings = [np.stack([flat.real, flat.imag], axis=1)]
    for _ in range(int(rng.integers(0, 4))):
        away = radius * rng.uniform(1.4, 3.2) * np.exp(1j * rng.uniform(0.0, 2 * np.pi))
        drop = away + radius * rng.uniform(0.08, 0.25) * np.exp(1j * angle[::4])
        rings.append(np.stack([drop.real, drop.imag], axis=1))
    return rings
