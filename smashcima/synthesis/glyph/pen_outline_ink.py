"""Handwritten renderings of symbols that cannot be traced to strokes: randomly bent printed outlines."""

from __future__ import annotations

import math

import numpy as np

from smashcima.geometry import Contours
from smashcima.synthesis.pen import PenWriter, Renderings
from smashcima.synthesis.pen.outline import spans_of

_LONGEST_STEP = 0.25
"""Largest distance between points of an outline, in mm, so that it can bend."""

_WAVE_LENGTHS = (0.7, 1.6)
"""Amplitude of the bends, relative to the size of the symbol."""


def written_outlines(
    outline: Contours, mm_per_unit: float, writer: PenWriter, rng: np.random.Generator, count: int
) -> Renderings:
    """`count` random renderings of an outline, in mm around its origin, with the slant and size of the writer.

    All rings are moved by the same smooth shifts of the plane, so that holes stay inside.
    """
    if outline.is_empty:
        return Renderings(np.zeros((count, 0, 2)), [])
    rings = [_dense(ring * mm_per_unit) for ring in outline.rings]
    ends = np.cumsum([len(ring) for ring in rings])
    points = np.concatenate(rings)
    low, high = points.min(axis=0), points.max(axis=0)
    center, size = (low + high) / 2, float(np.hypot(*(high - low)))
    stretch = math.sqrt(writer.aspect)
    x = writer.size * (stretch * (points[:, 0] - math.tan(math.radians(writer.slant)) * points[:, 1]))
    y = writer.size * points[:, 1] / stretch
    draws = np.clip(rng.standard_normal((count, 4 + 4 * len(_WAVE_LENGTHS))), -2.5, 2.5)
    larger, wider, leaning, turned = draws[:, :4].T[:, :, np.newaxis]
    dx, dy = (x - center[0])[np.newaxis], (y - center[1])[np.newaxis]
    larger, wider = larger * writer.size_jitter, wider * writer.aspect_jitter / 2
    leaning, turned = (
        leaning * math.radians(writer.slant_jitter),
        turned * math.radians(writer.rotation_jitter),
    )
    moved_x = x + dx * (larger + wider) - dy * (leaning + turned)
    moved_y = y + dy * (larger - wider) + dx * turned
    amplitude = writer.wobble * size
    for index, length in enumerate(_WAVE_LENGTHS):
        a, b, c, d = draws[:, 4 + 4 * index : 8 + 4 * index].T[:, :, np.newaxis] * (amplitude / 2)
        across, down = (2 * np.pi / (length * max(size, 1e-6))) * np.stack([dx, dy])
        moved_x = moved_x + a * np.sin(down) + b * np.cos(down)
        moved_y = moved_y + c * np.sin(across) + d * np.cos(across)
    both = np.stack([moved_x, moved_y], axis=2)
    return Renderings(both, spans_of([0, *ends.tolist()]))


def _dense(ring: np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float64]:
    """A ring with points added on its long sides."""
    following = np.roll(ring, -1, axis=0)
    parts = np.maximum(np.ceil(np.hypot(*(following - ring).T) / _LONGEST_STEP).astype(int), 1)
    if parts.max(initial=1) == 1:
        return ring
    side = np.repeat(np.arange(len(ring)), parts)
    step = np.arange(len(side)) - np.repeat(np.cumsum(parts) - parts, parts)
    t = (step / parts[side])[:, np.newaxis]
    return np.asarray(ring[side] * (1 - t) + following[side] * t)
