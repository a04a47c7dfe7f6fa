"""The load of ink on a page, from the outlines of strokes: more where the pen rests, less where it runs dry."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.regions.outline_arrays import Outlines
from smashcima.kernels import kernels_are_used
from smashcima.randomness import Stream
from smashcima.scene.visual import InkLoad, InkMedium

Floats = NDArray[Any]

_STEP = 0.25
"""Largest distance of points of an outline, in mm; longer sides are divided."""

_CELL = 0.25
"""Smallest size of a cell of the lattice, in mm."""

_MOST_CELLS = 4_000_000

_REST = 0.32
"""Length in mm over which ink collects where a stroke starts or ends."""

_START_SHARE, _TURN_SHARE = 0.8, 0.6
"""Ink that collects at the start of a stroke and at a sharp turn, relative to its end."""

_FADING_LENGTH = 5.0
"""Length in mm over which a stroke loses most of what it loses."""

_WAVE, _SKIP_WAVE = 0.9, 0.35
"""Distance in mm of independent values of the unevenness of the ink, and of what the pen skips."""

_SKIPPED = 0.12
"""Load where the pen skips, relative to the rest."""

_MOST_LOAD = 1.6

_NEAR, _FAR = 3, 9
"""Sides in cells of the squares over which loads are averaged: beside outlines, and inside of areas."""

_LOAD_STEPS, _LENGTH_STEPS = 64, 16
"""Steps per unit of load, and per side of `_STEP`: sums of whole numbers do not depend on their order."""

_FAR_WEIGHT = np.float32(2**-12)
"""Weight of far points beside near ones."""


@dataclass(frozen=True, slots=True, eq=False)
class LoadLattice:
    """Loads at the points of a square lattice over a page."""

    values: NDArray[np.float32]
    """(rows, columns): loads; -1 far from the strokes of the medium."""

    origin: tuple[float, float]
    """The first point, in mm of the page."""

    cell: float
    """Distance of two points, in mm."""

    def at(self, x: Floats, y: Floats) -> NDArray[np.float32]:
        """The loads at places (n,) in mm, interpolated; -1 far from strokes."""
        rows, columns = self.values.shape
        across = np.clip((x - self.origin[0]) / self.cell, 0, columns - 1.001).astype(np.float32)
        down = np.clip((y - self.origin[1]) / self.cell, 0, rows - 1.001).astype(np.float32)
        column, row = across.astype(np.intp), down.astype(np.intp)
        across -= column
        down -= row
        first = row * columns + column
        flat = self.values.ravel()
        corners = [flat[first], flat[first + 1], flat[first + columns], flat[first + columns + 1]]
        known = [np.maximum(corner, 0) for corner in corners]
        upper = known[0] + across * (known[1] - known[0])
        lower = known[2] + across * (known[3] - known[2])
        loads = upper + down * (lower - upper)
        lost = np.minimum(np.minimum(corners[0], corners[1]), np.minimum(corners[2], corners[3])) < 0
        return np.asarray(np.where(lost, np.maximum.reduce(corners), loads), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Sides:
    """The sides of outlines, each with its first point; lengths in mm."""

    points: NDArray[np.complex128]
    step: NDArray[np.complex128]
    """From the first point to the next one."""

    length: Floats
    load: Floats
    """Load at the first point."""

    following: NDArray[np.intp]
    """Index of the next side of the ring."""


def load_lattice(
    outlines: Outlines, loads: Sequence[InkLoad], medium: InkMedium, bounds: tuple[float, float, float, float]
) -> LoadLattice:
    """The loads of strokes of one medium, whose outlines are in mm; `bounds` are left, top, right and bottom of the page."""
    left, top, right, bottom = bounds
    cell = max(_CELL, math.sqrt((right - left) * (bottom - top) / _MOST_CELLS))
    columns, rows = (max(2, math.ceil(side / cell) + 1) for side in (right - left, bottom - top))
    sides = _sides_of(outlines, loads, medium)
    values = np.full((rows, columns), -1, np.float32)
    by = _means_by_kernel if kernels_are_used() else _means_by_arrays
    by(sides, (left, top), cell, values)
    return LoadLattice(values, (left, top), cell)


def _means_by_kernel(
    sides: _Sides, origin: tuple[float, float], cell: float, values: NDArray[np.float32]
) -> None:
    """Writes the mean load around each cell that has samples, with compiled kernels."""
    from smashcima.imaging.compositing.shade_kernels import mean_loads, spread_samples

    lengths, inks = np.zeros(values.shape, np.float32), np.zeros(values.shape, np.float32)
    numbers = np.array([*origin, cell, _STEP, _LENGTH_STEPS / _STEP, _LOAD_STEPS], np.float64)
    following = sides.following.astype(np.int64, copy=False)
    spread_samples(sides.points, sides.step, sides.length, sides.load, following, numbers, lengths, inks)
    mean_loads(lengths, inks, _FAR_WEIGHT, np.float32(_LOAD_STEPS), values)


def _means_by_arrays(
    sides: _Sides, origin: tuple[float, float], cell: float, values: NDArray[np.float32]
) -> None:
    """Writes the mean load around each cell that has samples, with NumPy."""
    rows, columns = values.shape
    x, y, weight, load = _divided(sides)
    column, row = (
        np.rint((x - origin[0]) / cell).astype(np.intp),
        np.rint((y - origin[1]) / cell).astype(np.intp),
    )
    inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
    place = (row * columns + column)[inside]
    weight = np.maximum(np.rint(_LENGTH_STEPS / _STEP * weight[inside]), 1.0)
    load = np.rint(_LOAD_STEPS * load[inside])
    # Sums of weights, and of weights multiplied by loads: exact for whole numbers below 2**24.
    near_length, near_ink = (
        _summed(np.bincount(place, share, rows * columns).astype(np.float32).reshape(rows, columns), _NEAR)
        for share in (weight, weight * load)
    )
    far_length, far_ink = _summed(near_length, _FAR), _summed(near_ink, _FAR)
    # Inside of areas, only far points are known.
    near_length += far_length * _FAR_WEIGHT
    near_ink += far_ink * _FAR_WEIGHT
    np.divide(near_ink, near_length * np.float32(_LOAD_STEPS), out=values, where=near_length > 0)


def _sides_of(outlines: Outlines, loads: Sequence[InkLoad], medium: InkMedium) -> _Sides:
    """The sides of all outlines, with the load at the start of each."""
    points = np.ascontiguousarray(outlines.points).view(np.complex128)[:, 0]
    following = outlines.following
    step = points[following] - points
    length = np.abs(step)
    starts = outlines.ring_starts
    before = np.cumsum(length) - length  # of each point, along all rings
    ring = outlines.ring_of_point
    ring_start = before[starts[:-1]]
    total = np.append(ring_start[1:], before[-1] + length[-1]) - ring_start
    # A ring leads to the end of its stroke and back.
    along = before - ring_start[ring]
    half = total[ring] / 2
    from_start = np.minimum(along, 2 * half - along)
    load = _flow(outlines, loads, total, from_start, ring) * medium.load
    load *= 1 - medium.fading * from_start / (from_start + _FADING_LENGTH)
    if medium.pooling > 0:
        rest = _START_SHARE * np.exp(-from_start / _REST) + np.exp((from_start - half) / _REST)
        load += medium.pooling * np.minimum(rest + _TURN_SHARE * _sharpness(step, length, following), 1.2)
    first = points[starts[:-1]]
    own = (7.31 * first.real + 3.77 * first.imag)[ring]  # other noise for each stroke
    if medium.unevenness > 0:
        load += medium.unevenness * _noise(own + from_start / _WAVE)
    if medium.skips > 0:
        from_level = _share_level(medium.skips)
        skipped = _noise(0.37 * own + from_start / _SKIP_WAVE) > from_level
        load *= np.where(skipped, _SKIPPED, 1.0)
    np.clip(load, 0.0, _MOST_LOAD, out=load)
    return _Sides(points, step, length, load, following)


def _flow(
    outlines: Outlines, loads: Sequence[InkLoad], total: Floats, from_start: Floats, ring: NDArray[np.intp]
) -> Floats:
    """The flow of ink at each point: from that at the start of its path to that at the end."""
    rings = outlines.shape_rings
    count = np.diff(rings)
    shape = np.repeat(np.arange(len(count)), count)
    written = np.append(0.0, np.cumsum(total / 2))
    path_length = np.maximum(written[rings[1:]] - written[rings[:-1]], 1e-9)
    start, end = np.array([(load.start, load.end) for load in loads], np.float64).reshape(-1, 2).T
    part = (written[:-1] - written[rings[:-1]][shape])[ring] + from_start
    part /= path_length[shape][ring]
    return np.asarray(start[shape][ring] + (end - start)[shape][ring] * part)


def _sharpness(step: NDArray[np.complex128], length: Floats, following: NDArray[np.intp]) -> Floats:
    """How sharply the outline turns at each point: 0 where it is straight, 1 where it goes back."""
    before = np.empty_like(step)
    before[following] = step
    product = length * np.abs(before)
    cosine = (step.real * before.real + step.imag * before.imag) / np.maximum(product, 1e-12)
    return np.where(product > 1e-12, (1 - cosine) / 2, 0.0)


def _divided(sides: _Sides) -> tuple[Floats, Floats, Floats, Floats]:
    """Samples along all sides, of which long ones are divided: x and y in mm, the length that each stands for, and the load."""
    points, step, length, load, following = (
        sides.points,
        sides.step,
        sides.length,
        sides.load,
        sides.following,
    )
    count = np.maximum(np.ceil(length / _STEP), 1).astype(np.intp)
    side = np.repeat(np.arange(len(points)), count)
    first = np.cumsum(count) - count
    part = (np.arange(len(side)) - first[side]) / count[side]
    places = points[side] + part * step[side]
    rise = (load[following] - load)[side]
    return places.real, places.imag, (length / count)[side], load[side] + part * rise


def _summed(values: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    """Sums over squares of cells; exact for whole numbers below 2**24."""
    import cv2

    summed = cv2.boxFilter(values, -1, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(summed, np.float32)


@cache
def _noise_table() -> Floats:
    return Stream(0).child("ink", "unevenness").generator().standard_normal(4096).clip(-2.2, 2.2)


def _noise(position: Floats) -> Floats:
    """Smooth noise along a line: independent standard normal values at whole numbers, interpolated."""
    table = _noise_table()
    whole = np.floor(position)
    part = position - whole
    index = whole.astype(np.intp) % len(table)
    first, second = table[index], table[(index + 1) % len(table)]
    return np.asarray(first + (second - first) * part * part * (3 - 2 * part))


@lru_cache(maxsize=64)
def _share_level(share: float) -> float:
    """The level above which this share of the noise lies."""
    values = _noise(np.arange(0.0, 4096.0, 0.1))
    return float(np.sort(values)[min(int((1 - share) * len(values)), len(values) - 1)])
