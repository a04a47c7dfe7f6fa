"""Outlines of strokes of constant width."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import GeometryError
from smashcima.geometry.contours import Contours
from smashcima.geometry.point import Point

Cap = Literal["butt", "round", "square"]


def stroke_line(start: Point, end: Point, width: float, cap: Cap = "butt") -> Contours:
    """The area of a straight stroke; a stroke of length zero has an area only with round or square caps."""
    if width < 0:
        raise GeometryError(f"A stroke cannot be {width} mm wide.")
    if cap == "round":
        return stroke_polyline(np.array([(start.x, start.y), (end.x, end.y)]), width, cap)
    direction = (end - start).normalize()
    if direction.magnitude == 0:
        if cap == "butt":
            return Contours.empty()
        direction = Point(1.0, 0.0).vector
    along = direction * (width / 2 if cap == "square" else 0.0)
    dx, dy = -direction.y * width / 2, direction.x * width / 2
    first, last = start + -along, end + along
    ring = [
        (first.x - dx, first.y - dy),
        (last.x - dx, last.y - dy),
        (last.x + dx, last.y + dy),
        (first.x + dx, first.y + dy),
    ]
    return Contours((np.array(ring),))


def stroke_polyline(
    points: NDArray[np.float64],
    width: float,
    cap: Cap = "butt",
    join: Literal["round", "mitre", "bevel"] = "round",
    closed: bool = False,
) -> Contours:
    """The area of a stroke along points of shape (N, 2), N ≥ 2; repeated points are allowed."""
    if width < 0:
        raise GeometryError(f"A stroke cannot be {width} mm wide.")
    if len(points) < 2 or width == 0:
        return Contours.empty()
    from shapely import LinearRing, LineString

    line = LinearRing(points) if closed and len(points) > 2 else LineString(points)
    cap_style: Literal["flat", "round", "square"] = "flat" if cap == "butt" else cap
    return Contours.from_shapely(line.buffer(width / 2, quad_segs=6, cap_style=cap_style, join_style=join))
