"""Areas and lines in whole pixels, as required by PAGE."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours, Rectangle
from smashcima.geometry.polygon import signed_area
from smashcima.imaging import ImageLayer, Outlines
from smashcima.imaging.regions.clipping import clipped

_STEP_MM = 5.0
"""Distance of points along the sides of areas on pages with curved lines, in mm."""

_STILL = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Areas:
    """Converts areas of the page to pixels of the image."""

    def __init__(self, image: ImageLayer) -> None:
        self._image = image
        self._bends = not image.from_scene.keeps_lines_straight

    def of_box(self, box: Rectangle) -> str | None:
        """Returns a box of the page, in mm, as points in the image; `None` if it is outside."""
        xs, ys = self._steps(box.left, box.right), self._steps(box.top, box.bottom)
        sides = [
            np.stack([xs, np.full(len(xs), box.top)], axis=1)[:-1],
            np.stack([np.full(len(ys), box.right), ys], axis=1)[:-1],
            np.stack([xs[::-1], np.full(len(xs), box.bottom)], axis=1)[:-1],
            np.stack([np.full(len(ys), box.left), ys[::-1]], axis=1)[:-1],
        ]
        ring = self._image.locate(np.concatenate(sides))
        cut = clipped(Outlines.of([Contours((ring,))], [_STILL]), self._image.width, self._image.height)
        return self.of_rings(cut.rings(0))

    def of_rings(self, rings: Sequence[NDArray[np.float64]]) -> str | None:
        """Returns the largest of several outlines in pixels; `None` if it is smaller than a pixel."""
        ring = max(rings, key=lambda each: abs(signed_area(each)), default=np.empty((0, 2)))
        points = _whole(ring)
        if len(points) > 1 and (points[0] == points[-1]).all():
            points = points[:-1]
        if len(points) < 3 or signed_area(points.astype(np.float64)) == 0:
            return None
        return _text(points)

    def of_line(self, points_mm: Sequence[tuple[float, float]]) -> str | None:
        """Returns a line on the page as points in the image, clipped to it."""
        parts = [
            np.stack([self._steps(x0, x1), np.interp(self._steps(x0, x1), (x0, x1), (y0, y1))], axis=1)
            for (x0, y0), (x1, y1) in pairwise(points_mm)
            if x1 > x0
        ]
        if not parts:
            return None
        points = self._image.locate(np.concatenate(parts))
        inside = ((points >= 0) & (points <= (self._image.width, self._image.height))).all(axis=1)
        found = _whole(points[inside])
        return _text(found) if len(found) > 1 else None

    def _steps(self, start: float, stop: float) -> NDArray[np.float64]:
        count = max(1, round(abs(stop - start) / _STEP_MM)) if self._bends else 1
        return np.linspace(start, stop, count + 1)


def _whole(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Rounds points to whole pixels and removes consecutive duplicates."""
    rounded: NDArray[np.int64] = np.rint(points).astype(np.int64)
    if len(rounded) == 0:
        return rounded
    changes = np.append(True, (np.diff(rounded, axis=0) != 0).any(axis=1))
    kept: NDArray[np.int64] = rounded[changes]
    return kept


def _text(points: NDArray[np.int64]) -> str:
    return " ".join(f"{x},{y}" for x, y in points.tolist())
