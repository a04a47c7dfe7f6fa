"""Outlines of sampled symbols prepared for variation: points in staff spaces around the origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs import GlyphStore
from smashcima.geometry import Contours

Complexes = NDArray[np.complex128]
Floats = NDArray[np.float64]

_SMALLEST_RING = 3

_FEWEST_POINTS = 8
_SMALLEST_PIECE = 0.012
"""Pieces smaller than this area, in square staff spaces, and than a tenth of the largest piece, are specks."""

_SMALLEST_HOLE = 0.006
"""Smallest area of a hole; smaller ones are gaps in the ink."""

_STRAIGHTENING = 0.006
"""Simplification tolerance in staff spaces: an eighth of a pixel at 300 pixels per inch."""

_LONGEST_SIDE = 0.4
"""Longest side; points are added to longer sides, so that they can bend."""


@dataclass(frozen=True, slots=True, eq=False)
class SampleOutline:
    """Outline of one sample. Complex numbers are points x + iy, in staff spaces, y down."""

    points: Complexes
    """Concatenated points of all rings, shape (n,); outer rings have a positive signed area."""

    ends: tuple[int, ...]
    """End index of each ring in `points`."""

    low: complex
    """Top left corner of the bounding box."""

    high: complex
    """Bottom right corner of the bounding box."""

    @property
    def middle(self) -> complex:
        """Centre of the bounding box."""
        return (self.low + self.high) / 2

    @property
    def width(self) -> float:
        """Width of the bounding box."""
        return self.high.real - self.low.real

    @property
    def height(self) -> float:
        """Height of the bounding box."""
        return self.high.imag - self.low.imag

    @property
    def rings(self) -> list[Complexes]:
        """The rings of the outline, each as points (n,)."""
        if len(self.ends) == 1:
            return [self.points]
        return np.split(self.points, self.ends[:-1])

    def mirrored(self) -> SampleOutline:
        """The outline flipped vertically at its origin."""
        return _outline([np.conj(ring)[::-1] for ring in self.rings])

    def moved(self, by: complex) -> SampleOutline:
        """The outline translated by `by`."""
        return replace(self, points=self.points + by, low=self.low + by, high=self.high + by)

    def resized(self, factor: float, lower: float) -> SampleOutline:
        """The outline scaled by `factor`, then moved down by `lower`."""
        return _outline([ring * factor + 1j * lower for ring in self.rings])


def side_by_side(outlines: Sequence[SampleOutline], overlap: float) -> SampleOutline:
    """Concatenates outlines from left to right; neighbouring bounding boxes overlap by `overlap`."""
    rings = list(outlines[0].rings)
    right = outlines[0].high.real
    for outline in outlines[1:]:
        shift = right - overlap - outline.low.real
        rings += [ring + shift for ring in outline.rings]
        right = outline.high.real + shift
    return _outline(rings)


def outline_of(contours: Contours) -> SampleOutline | None:
    """The outline of contours; `None` if their area is empty."""
    rings = [
        np.ascontiguousarray(ring, dtype=np.float64).view(np.complex128).ravel()
        for ring in contours.rings
        if len(ring) >= _SMALLEST_RING
    ]
    if not rings:
        return None
    areas = [_signed_area(ring) for ring in rings]
    largest = max(areas, key=abs)
    if largest == 0:
        return None
    speck = min(_SMALLEST_PIECE, abs(largest) / 10)
    rings = [
        ring
        for ring, area in zip(rings, areas, strict=True)
        if abs(area) >= (speck if area * largest > 0 else _SMALLEST_HOLE)
    ]
    if largest < 0:
        rings = [ring[::-1] for ring in rings]
    return _outline([_dense(straightened(ring, _STRAIGHTENING)) for ring in rings])


class OutlineBank:
    """The outlines of a store by glyph index, read at first use. Copies and pickles are empty."""

    def __init__(self, store: GlyphStore, most: int = 48_000) -> None:
        """Caches up to `most` outlines (about 1.2 kB each): by default, all symbols of MUSCIMA++ except lines."""
        self._store = store
        self._most = most
        self._outlines: dict[int, SampleOutline | None] = {}

    def __getitem__(self, index: int) -> SampleOutline | None:
        """The outline of a glyph; `None` if it has no ink."""
        try:
            return self._outlines[index]
        except KeyError:
            if len(self._outlines) >= self._most:
                self._outlines.clear()
            outline = self._outlines[index] = self.read(index)
            return outline

    def __reduce__(self) -> tuple[Any, ...]:
        return (OutlineBank, (self._store, self._most))

    def read(self, index: int) -> SampleOutline | None:
        """Like `bank[index]`, but not cached: for callers that cache what they make of it."""
        return outline_of(self._store.contours(index))


def _outline(rings: list[Complexes]) -> SampleOutline:
    points = rings[0] if len(rings) == 1 else np.concatenate(rings)
    real, imag = points.real, points.imag
    low = complex(real.min(), imag.min())
    high = complex(real.max(), imag.max())
    return SampleOutline(points, tuple(accumulate(map(len, rings))), low, high)


def straightened(ring: Complexes, tolerance: float) -> Complexes:
    """Removes the points of a ring that are within a tolerance of a straight line."""
    import cv2

    if len(ring) <= _FEWEST_POINTS:
        return ring
    single = np.ascontiguousarray(ring).view(np.float64).reshape(-1, 1, 2).astype(np.float32)
    kept = cv2.approxPolyDP(single, tolerance, True).reshape(-1, 2).astype(np.float64)
    if len(kept) < _FEWEST_POINTS:
        return ring
    return np.ascontiguousarray(kept).view(np.complex128).ravel()


def _dense(ring: Complexes) -> Complexes:
    """A ring with points added on its long sides."""
    side = np.empty_like(ring)
    np.subtract(ring[1:], ring[:-1], out=side[:-1])
    side[-1] = ring[0] - ring[-1]
    length = np.abs(side)
    if length.max() <= _LONGEST_SIDE:
        return ring
    parts = np.ceil(length * (1 / _LONGEST_SIDE)).astype(np.intp)
    np.maximum(parts, 1, out=parts)
    first = np.cumsum(parts) - parts
    step = np.arange(first[-1] + parts[-1]) - np.repeat(first, parts)
    return np.asarray(np.repeat(ring, parts) + np.repeat(side / parts, parts) * step)


def _signed_area(ring: Complexes) -> float:
    inner = np.vdot(ring[:-1], ring[1:]).imag
    return float(inner + (ring[-1].conjugate() * ring[0]).imag) / 2
