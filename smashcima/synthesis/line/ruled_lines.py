"""Lines ruled with a rastrum: five points that are dipped together and drawn along at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours
from smashcima.synthesis.pen import Scribe

Floats = NDArray[np.float64]

_STEP = 1.6
"""Distance of samples in mm."""

_ROUGH = 0.1
"""Standard deviation of the thickness between samples, relative to it."""

_FLOW_SPREAD = 0.16
"""Standard deviation of the thickness between the five lines: the points do not hold the same amount of ink."""

_FAILING = 0.3
"""Mean loss of thickness from the left to the right end, as the rastrum runs dry."""

_START_POOL = 0.5
"""Additional thickness where the rastrum is set down, and the length along which it fades, in mm."""
_START_POOL_LENGTH = 0.7

_GAP_LENGTH = (0.6, 9.0)
"""Shortest and longest gap in mm."""

_THINNEST, _THICKEST = 0.35, 1.8
"""Least and largest thickness, relative to the usual one."""

_ROOM_OF_CUSTOS = 1.5
"""Length of lines beyond the last barline on which a custos stands, in distances of two lines."""

_FURTHEST = 1.4
"""Largest unevenness of ends, in distances of two lines: lines of one staff begin and end together."""

_LONE = 1.8
"""Distance of lines in mm that stands for that of a single line."""

_ONCE = 0.6
"""Share of the unevenness of the ends that all lines of a staff have in common: the rastrum is set down askew."""


def ruled_lines(
    length: float,
    centres: Sequence[Floats],
    part: Floats,
    scribe: Scribe,
    rng: np.random.Generator,
) -> list[Contours]:
    """The outlines of the lines of a staff from x = 0 to `length`.

    `centres` are the heights y of each line at the positions `part` (from 0 to 1).
    """
    count = len(centres)
    samples = max(4, int(length / _STEP) + 1)
    along = np.linspace(0.0, 1.0, samples)
    rough = rng.normal(0.0, _ROUGH, (count, samples))
    smooth = (rough[:, :-2] + rough[:, 1:-1] + rough[:, 2:]) / np.sqrt(3)
    flow = rng.normal(1.0, _FLOW_SPREAD, (count, 1)) - _FAILING * along * np.abs(
        rng.standard_normal((count, 1))
    )
    pool = _START_POOL * np.exp(-along * length / _START_POOL_LENGTH) * rng.uniform(0.3, 1.6, (count, 1))
    widths = np.clip(flow + pool + np.pad(smooth, ((0, 0), (1, 1)), mode="edge"), _THINNEST, _THICKEST)
    halves = widths * scribe.ruling_width / 2
    distance = float(abs(centres[1][0] - centres[0][0])) if count > 1 else _LONE
    room = _ROOM_OF_CUSTOS * distance if scribe.custodes > 0 else 0.0
    most = _FURTHEST * distance
    shared = rng.normal(0.0, 1.0, (2, 2)) * scribe.ruling_ends * _ONCE
    lean = np.linspace(-1.0, 1.0, count) if count > 1 else np.zeros(1)
    lines = []
    for index in range(count):
        own = rng.normal(0.0, scribe.ruling_ends * (1 - _ONCE), 2)
        # Lines are rather too long than too short: they reach all music.
        start, end = (
            min(abs(shared[side, 0] + lean[index] * shared[side, 1] + own[side]), most) for side in (0, 1)
        )
        end += room
        x = -start + along * (length + start + end)
        y = np.interp(along, part, centres[index])
        lines.append(_pieces(x, y, halves[index], scribe.ruling_dryness, rng))
    return lines


def _pieces(x: Floats, y: Floats, halves: Floats, dryness: float, rng: np.random.Generator) -> Contours:
    """The outline of a line, with gaps where its point lost its ink."""
    gaps = int(rng.poisson(dryness)) if dryness > 0 else 0
    inked = np.ones(len(x), dtype=bool)
    for _ in range(gaps):
        length = rng.uniform(*_GAP_LENGTH) * rng.random()
        # Points run dry towards the end.
        middle = x[0] + (x[-1] - x[0]) * float(rng.random() ** 0.6)
        inked &= np.abs(x - middle) > length / 2
    inked[:2] = inked[-2:] = True
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inked, [False]]).astype(np.int8)))
    rings = []
    for first, last in edges.reshape(-1, 2).tolist():
        if last - first < 2:
            continue
        run = slice(first, last)
        there = np.stack([x[run], y[run] - halves[run]], axis=1)
        back = np.stack([x[run], y[run] + halves[run]], axis=1)[::-1]
        rings.append(np.concatenate([there, back]))
    return Contours(tuple(rings))
