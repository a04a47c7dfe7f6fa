"""Quadrilaterals, the images of rectangles under affine transforms."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima._moved import FormerAttributes
from smashcima.geometry.point import Point
from smashcima.geometry.rectangle import Rectangle
from smashcima.short_repr import ShortRepr


@dataclass(frozen=True, slots=True)
class Quad(FormerAttributes, ShortRepr):
    """Four corners, in the order left top, right top, right bottom, left bottom of the source rectangle."""

    left_top: Point
    right_top: Point
    right_bottom: Point
    left_bottom: Point

    @staticmethod
    def from_rectangle(rectangle: Rectangle) -> Quad:
        """The corners of a rectangle."""
        r = rectangle
        return Quad(
            Point(r.left, r.top), Point(r.right, r.top), Point(r.right, r.bottom), Point(r.left, r.bottom)
        )

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """The four corners in order."""
        return (self.left_top, self.right_top, self.right_bottom, self.left_bottom)

    @property
    def points(self) -> tuple[Point, Point, Point, Point]:
        """Same as `corners`."""
        return self.corners

    def bbox(self) -> Rectangle:
        """Bounding box of the corners."""
        xs, ys = [p.x for p in self.corners], [p.y for p in self.corners]
        return Rectangle.from_sides(min(xs), min(ys), max(xs), max(ys))
