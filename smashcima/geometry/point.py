"""Points and vectors."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from smashcima.quick_init import quick_init


@quick_init
@dataclass(frozen=True, slots=True)
class Vector2:
    """A displacement. Transforms rotate and scale it but do not translate it."""

    x: float
    y: float

    @property
    def magnitude(self) -> float:
        """Length of the vector."""
        return math.hypot(self.x, self.y)

    def normalize(self) -> Vector2:
        """The vector of length one in this direction; the zero vector stays zero."""
        length = self.magnitude
        return self if length == 0 else Vector2(self.x / length, self.y / length)

    @property
    def magnitude_squared(self) -> float:
        """The square of the length."""
        return self.x * self.x + self.y * self.y

    @property
    def left(self) -> float:
        """Same as `x`."""
        return self.x

    @property
    def top(self) -> float:
        """Same as `y`."""
        return self.y

    def __iter__(self) -> Iterator[float]:
        return iter((self.x, self.y))

    def rotate90degCC(self) -> Vector2:  # noqa: N802 - its name in smashcima 1
        """The vector turned by 90 degrees counter-clockwise, as seen on the page."""
        return Vector2(self.y, -self.x)

    def rotate90degCW(self) -> Vector2:  # noqa: N802 - its name in smashcima 1
        """The vector turned by 90 degrees clockwise, as seen on the page."""
        return Vector2(-self.y, self.x)

    def dot(self, other: Vector2) -> float:
        """Scalar product."""
        return self.x * other.x + self.y * other.y

    def __add__(self, other: Vector2) -> Vector2:
        return Vector2(self.x + other.x, self.y + other.y)

    def __sub__(self, other: Vector2) -> Vector2:
        return Vector2(self.x - other.x, self.y - other.y)

    def __mul__(self, factor: float) -> Vector2:
        return Vector2(self.x * factor, self.y * factor)

    __rmul__ = __mul__

    def __truediv__(self, divisor: float) -> Vector2:
        return Vector2(self.x / divisor, self.y / divisor)

    def __neg__(self) -> Vector2:
        return Vector2(-self.x, -self.y)


@quick_init
@dataclass(frozen=True, slots=True)
class Point:
    """A position. `point - point` is a `Vector2`, `point + vector` is a point."""

    x: float
    y: float

    @property
    def vector(self) -> Vector2:
        """The displacement from the origin to this point."""
        return Vector2(self.x, self.y)

    @property
    def left(self) -> float:
        """Same as `x`."""
        return self.x

    @property
    def top(self) -> float:
        """Same as `y`."""
        return self.y

    @staticmethod
    def from_origin_vector(vector: Vector2) -> Point:
        """The point at the end of a vector from the origin."""
        return Point(vector.x, vector.y)

    def __iter__(self) -> Iterator[float]:
        return iter((self.x, self.y))

    def __neg__(self) -> Point:
        return Point(-self.x, -self.y)

    def distance_to(self, other: Point) -> float:
        """Euclidean distance."""
        return math.hypot(self.x - other.x, self.y - other.y)

    def __add__(self, vector: Vector2) -> Point:
        return Point(self.x + vector.x, self.y + vector.y)

    def __sub__(self, other: Point) -> Vector2:
        return Vector2(self.x - other.x, self.y - other.y)
