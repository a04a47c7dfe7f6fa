"""Axis-aligned rectangles."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from smashcima.errors import GeometryError
from smashcima.geometry.point import Point, Vector2
from smashcima.quick_init import quick_init


@quick_init
@dataclass(frozen=True, slots=True)
class Rectangle:
    """An axis-aligned rectangle with a left top corner and a non-negative size."""

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        if self.width < 0 or self.height < 0:
            raise GeometryError(
                f"A rectangle's sides must not be negative, but are {self.width} x {self.height}."
            )

    @property
    def left(self) -> float:
        """Smallest x."""
        return self.x

    @property
    def top(self) -> float:
        """Smallest y."""
        return self.y

    @property
    def right(self) -> float:
        """Largest x."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Largest y."""
        return self.y + self.height

    @property
    def center(self) -> Point:
        """Centre of the rectangle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    @property
    def top_left_corner(self) -> Point:
        """The corner at the origin of the rectangle."""
        return Point(self.x, self.y)

    @property
    def top_right_corner(self) -> Point:
        """The corner with the least y and the greatest x."""
        return Point(self.right, self.top)

    @property
    def bottom_left_corner(self) -> Point:
        """The corner with the greatest y and the least x."""
        return Point(self.left, self.bottom)

    @property
    def bottom_right_corner(self) -> Point:
        """The corner opposite to the origin."""
        return Point(self.right, self.bottom)

    @property
    def has_no_area(self) -> bool:
        """Whether width or height is 0."""
        return self.width == 0 or self.height == 0

    @property
    def size(self) -> Vector2:
        """Width and height."""
        return Vector2(self.width, self.height)

    @property
    def area(self) -> float:
        """Width times height."""
        return self.width * self.height

    @staticmethod
    def from_sides(left: float, top: float, right: float, bottom: float) -> Rectangle:
        """The rectangle between four sides."""
        return Rectangle(left, top, right - left, bottom - top)

    @staticmethod
    def hull(rectangles: Iterable[Rectangle]) -> Rectangle:
        """The smallest rectangle that contains all given rectangles; raises `GeometryError` if there are none."""
        items = list(rectangles)
        if not items:
            raise GeometryError("The hull of no rectangles is not defined.")
        return Rectangle.from_sides(
            min(r.left for r in items),
            min(r.top for r in items),
            max(r.right for r in items),
            max(r.bottom for r in items),
        )

    def dilate(self, margin: float) -> Rectangle:
        """The rectangle enlarged by `margin` on every side; a negative margin shrinks it, at most to its centre."""
        dx, dy = max(margin, -self.width / 2), max(margin, -self.height / 2)
        return Rectangle(self.x - dx, self.y - dy, self.width + 2 * dx, self.height + 2 * dy)

    def contains(self, other: Rectangle, tolerance: float = 0.0) -> bool:
        """Whether `other` lies inside, within `tolerance`."""
        return (
            other.left >= self.left - tolerance
            and other.top >= self.top - tolerance
            and other.right <= self.right + tolerance
            and other.bottom <= self.bottom + tolerance
        )

    def contains_point(self, point: Point) -> bool:
        """Whether the point lies inside or on a side."""
        return self.left <= point.x <= self.right and self.top <= point.y <= self.bottom

    def intersection(self, other: Rectangle) -> Rectangle | None:
        """The intersection, or `None` if disjoint; rectangles with touching sides intersect in an empty rectangle."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return None if right < left or bottom < top else Rectangle.from_sides(left, top, right, bottom)

    def intersect_with(self, other: Rectangle) -> Rectangle:
        """The common part; an empty rectangle if there is none. See `intersection`."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        width, height = min(self.right, other.right) - left, min(self.bottom, other.bottom) - top
        return Rectangle(left, top, max(0.0, width), max(0.0, height))

    def snap_grow(self) -> Rectangle:
        """The smallest rectangle with whole numbers as sides that contains this one."""
        left, top = math.floor(self.left), math.floor(self.top)
        return Rectangle(left, top, math.ceil(self.right) - left, math.ceil(self.bottom) - top)

    def snap_shrink(self) -> Rectangle:
        """The largest rectangle with whole numbers as sides inside this one; empty if there is none."""
        left, top = math.ceil(self.left), math.ceil(self.top)
        width, height = math.floor(self.right) - left, math.floor(self.bottom) - top
        return Rectangle(left, top, max(0, width), max(0, height))

    def relativize_to(self, viewport: Rectangle) -> Rectangle:
        """The rectangle in coordinates from 0 to 1 of a viewport."""
        return Rectangle(
            (self.x - viewport.x) / viewport.width,
            (self.y - viewport.y) / viewport.height,
            self.width / viewport.width,
            self.height / viewport.height,
        )

    def absolutize_to(self, viewport: Rectangle) -> Rectangle:
        """The inverse of `relativize_to`."""
        return Rectangle(
            viewport.x + self.x * viewport.width,
            viewport.y + self.y * viewport.height,
            self.width * viewport.width,
            self.height * viewport.height,
        )

    def translate(self, vector: Vector2) -> Rectangle:
        """The rectangle moved by a vector."""
        return Rectangle(self.x + vector.x, self.y + vector.y, self.width, self.height)
