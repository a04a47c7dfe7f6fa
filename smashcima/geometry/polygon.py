"""A single closed ring of points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import GeometryError
from smashcima.geometry.point import Point
from smashcima.geometry.quad import Quad
from smashcima.geometry.rectangle import Rectangle


def _as_ring(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """A read-only float64 copy of shape (N, 2)."""
    ring = np.array(points, dtype=np.float64)
    if ring.ndim != 2 or ring.shape[1] != 2:
        raise GeometryError(f"A ring of points has the shape (N, 2), not {ring.shape}.")
    ring.flags.writeable = False
    return ring


def signed_area(ring: NDArray[np.float64]) -> float:
    """Shoelace area of a closed ring of shape (N, 2); positive when clockwise as seen with y down."""
    if len(ring) < 3:
        return 0.0
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    next_x, next_y = np.concatenate((x[1:], x[:1])), np.concatenate((y[1:], y[:1]))
    return float(np.dot(x, next_y) - np.dot(y, next_x)) / 2


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Polygon:
    """A closed ring; the last point joins the first, which is not repeated."""

    points: NDArray[np.float64]
    """(N, 2), read-only."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", _as_ring(self.points))

    @staticmethod
    def from_points(points: Iterable[Point]) -> Polygon:
        """Polygon of the given points."""
        return Polygon(np.array([(p.x, p.y) for p in points], dtype=np.float64).reshape(-1, 2))

    @staticmethod
    def from_rectangle(rectangle: Rectangle) -> Polygon:
        """The corners of a rectangle."""
        return Polygon.from_quad(Quad.from_rectangle(rectangle))

    @staticmethod
    def from_quad(quad: Quad) -> Polygon:
        """The corners of a quad."""
        return Polygon.from_points(quad.corners)

    @staticmethod
    def from_cv2_contour(contour: NDArray[np.int32]) -> Polygon:
        """The points of a contour of OpenCV, of shape (n, 1, 2)."""
        return Polygon(np.asarray(contour, np.float64).reshape(-1, 2))

    @property
    def area(self) -> float:
        """Enclosed area, never negative."""
        return abs(signed_area(self.points))

    def bbox(self) -> Rectangle:
        """Bounding box; raises `GeometryError` if there are no points."""
        if len(self.points) == 0:
            raise GeometryError("A polygon without points has no bounding box.")
        left, top = self.points.min(axis=0).tolist()
        right, bottom = self.points.max(axis=0).tolist()
        return Rectangle.from_sides(left, top, right, bottom)

    def __repr__(self) -> str:
        return f"Polygon({len(self.points)} points)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Polygon) and np.array_equal(self.points, other.points)

    def __hash__(self) -> int:
        return hash(self.points.tobytes())
