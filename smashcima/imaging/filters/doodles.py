"""Strokes that are not music: circles, ticks, hatching, wavy lines, illegible words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.filters.grain import TILE_PX, gray_tile

Stroke = NDArray[np.float64]
"""(N, 2): points in mm."""


def _circle(rng: np.random.Generator, size: float) -> list[Stroke]:
    """A quickly drawn ring with overlapping ends."""
    t = np.linspace(0, 2 * np.pi * rng.uniform(1.02, 1.25), 60) + rng.uniform(0, 6)
    drift = 1 + 0.08 * np.linspace(-1, 1, 60) * rng.choice([-1, 1])
    aspect = rng.uniform(0.45, 0.9)
    wobble = 1 + 0.04 * np.sin(3 * t + rng.uniform(0, 6))
    return [size * 0.5 * np.stack([np.cos(t) * drift * wobble, aspect * np.sin(t) * wobble], axis=1)]


def _hatching(rng: np.random.Generator, size: float) -> list[Stroke]:
    """Crossing-out by one line back and forth."""
    count = int(rng.integers(7, 16))
    x = np.linspace(-0.5, 0.5, count) + rng.normal(0, 0.02, count)
    y = np.where(np.arange(count) % 2, 0.5, -0.5) * rng.uniform(0.7, 1.1, count) * rng.uniform(0.3, 0.8)
    return [size * _smooth(np.stack([x + 0.2 * y, y], axis=1))]


def _wave(rng: np.random.Generator, size: float) -> list[Stroke]:
    """A wavy line, as used to highlight a passage."""
    t = np.linspace(0, 1, 80)
    waves = rng.integers(4, 10)
    y = (
        0.05 * np.sin(2 * np.pi * waves * t + rng.uniform(0, 6)) * rng.uniform(0.4, 1.2)
        + 0.04 * t * rng.normal()
    )
    return [size * 1.6 * np.stack([t - 0.5, y], axis=1)]


def _tick(rng: np.random.Generator, size: float) -> list[Stroke]:
    """A tick mark."""
    corner = rng.normal(0, 0.05, (3, 2)) + [(-0.25, -0.05), (0, 0.3), (0.6, -0.55)]
    return [size * 0.7 * _smooth(corner, 0.25)]


def _cross(rng: np.random.Generator, size: float) -> list[Stroke]:
    """Two strokes that cross."""
    ends = rng.normal(0, 0.06, (2, 2, 2)) + [[(-0.4, -0.4), (0.4, 0.45)], [(0.4, -0.42), (-0.42, 0.4)]]
    return [size * 0.7 * _bowed(rng, pair) for pair in ends]


def _arrow(rng: np.random.Generator, size: float) -> list[Stroke]:
    """A line with a head of two strokes."""
    shaft = _bowed(rng, np.array([(-0.8, 0.0), (0.5, 0.0)]) + rng.normal(0, 0.06, (2, 2)))
    tip = shaft[-1]
    head = np.array([tip + (-0.22, -0.15), tip, tip + (-0.2, 0.17)]) + rng.normal(0, 0.02, (3, 2))
    return [size * shaft, size * head]


def _word(rng: np.random.Generator, size: float) -> list[Stroke]:
    """An illegible word: loops of uneven height along a line."""
    letters = int(rng.integers(4, 11))
    t = np.linspace(0, letters, 22 * letters)
    heights = np.interp(t, np.arange(letters + 1), rng.choice([0.28, 0.3, 0.34, 0.62, 0.7], letters + 1))
    widths = np.interp(t, np.arange(letters + 1), rng.uniform(0.14, 0.3, letters + 1))
    phase = 2 * np.pi * t + 0.8 * np.sin(2 * np.pi * t * 0.37 + rng.uniform(0, 6))
    x = np.cumsum(widths) / 22 + 0.16 * np.sin(phase)
    y = -heights * 0.5 * (1 - np.cos(phase)) + 0.05 * np.sin(t)
    points = np.stack([x - 0.35 * y - x.mean(), y], axis=1)
    return [size * 0.9 * points]


_KINDS: dict[str, Callable[[np.random.Generator, float], list[Stroke]]] = {
    "circle": _circle,
    "hatching": _hatching,
    "wave": _wave,
    "tick": _tick,
    "cross": _cross,
    "arrow": _arrow,
    "word": _word,
}
KINDS = tuple(_KINDS)
"""Names of the kinds of doodles."""


def doodle(rng: np.random.Generator, kind: str, size_mm: float) -> list[Stroke]:
    """Strokes of one of `KINDS` around (0, 0), with a size of about `size_mm`."""
    turn = rng.normal(0, 0.12)
    matrix = np.array([(np.cos(turn), -np.sin(turn)), (np.sin(turn), np.cos(turn))])
    return [stroke @ matrix.T for stroke in _KINDS[kind](rng, size_mm)]


def _smooth(corners: Stroke, roundness: float = 0.5) -> Stroke:
    """Rounds the corners of a line, as a moving hand does."""
    points = corners
    for _ in range(3):
        before, after = points[:-1], points[1:]
        inner = np.empty((2 * len(before), 2))
        inner[0::2] = before + roundness / 2 * (after - before)
        inner[1::2] = after - roundness / 2 * (after - before)
        points = np.concatenate([points[:1], inner, points[-1:]])
    return points


def _bowed(rng: np.random.Generator, ends: Stroke) -> Stroke:
    """A slightly bowed stroke between two points."""
    t = np.linspace(0, 1, 24)[:, np.newaxis]
    way = ends[1] - ends[0]
    return np.asarray(
        ends[0] + t * way + 0.06 * rng.normal() * np.sin(np.pi * t) * np.array([-way[1], way[0]])
    )


def draw_strokes(
    rng: np.random.Generator, strokes: list[Stroke], px_per_mm: float, width_mm: float, roughness: float
) -> tuple[int, int, NDArray[np.uint8]]:
    """Draws strokes to a mask; returns the left and top of the mask relative to (0, 0), in pixels, and the mask.

    `roughness` is 0 for a smooth pen and 1 for a pencil on rough paper, which covers only the grain.
    """
    import cv2

    width = max(width_mm * px_per_mm, 1.0)
    points = [stroke * px_per_mm for stroke in strokes]
    every = np.concatenate(points)
    edge = int(np.ceil(width)) + 2
    left, top = (np.floor(every.min(axis=0)).astype(int) - edge).tolist()
    right, bottom = (np.ceil(every.max(axis=0)).astype(int) + edge).tolist()
    mask = np.zeros((bottom - top, right - left), np.uint8)
    for stroke in points:
        count = len(stroke) - 1
        # Pressure rises and falls along the stroke.
        pressure = (
            0.8 + 0.35 * np.sin(np.pi * (np.arange(count) + 0.5) / count) + 0.08 * rng.standard_normal(count)
        )
        places = np.rint((stroke - (left, top) - 0.5) * 16).astype(np.int32).tolist()
        thick = np.maximum(1, np.rint(width * pressure)).astype(int).tolist()
        for first, last, thickness in zip(places[:-1], places[1:], thick, strict=True):
            cv2.line(mask, first, last, 255, thickness, cv2.LINE_AA, shift=4)
    if roughness > 0:
        y, x = rng.integers(0, TILE_PX, 2)
        grain = np.take(
            np.take(gray_tile(0.9), np.arange(y, y + mask.shape[0]), axis=0, mode="wrap"),
            np.arange(x, x + mask.shape[1]),
            axis=1,
            mode="wrap",
        )
        kept = np.clip(255 * (1 - roughness) + grain.astype(np.float32) * 1.6 * roughness, 0, 255)
        mask = np.rint(mask * (kept / 255)).astype(np.uint8)
    return left, top, mask
