"""Affine transforms of the plane."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import GeometryError, WrongTypeError, described
from smashcima.geometry.contours import Contours
from smashcima.geometry.point import Point, Vector2
from smashcima.geometry.polygon import Polygon
from smashcima.geometry.quad import Quad
from smashcima.geometry.rectangle import Rectangle
from smashcima.quick_init import quick_init
from smashcima.short_repr import ShortRepr

_Shape = TypeVar("_Shape", Point, Vector2, Quad, Polygon, Contours)


@quick_init
@dataclass(frozen=True, slots=True)
class Transform(ShortRepr):
    """An affine transform: `x' = a x + c y + e`, `y' = b x + d y + f` (the six numbers of SVG's `matrix()`).

    The transform of a space maps its coordinates to those of its parent. `a.then(b)` applies `a` first.
    """

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    @staticmethod
    def identity() -> Transform:
        """The identity transform."""
        return _IDENTITY

    @staticmethod
    def translate(vector: Vector2) -> Transform:
        """Translation by a vector."""
        return Transform(e=vector.x, f=vector.y)

    @staticmethod
    def scale(x: float, y: float | None = None) -> Transform:
        """Scaling about the origin, by `x` along both axes unless `y` is given."""
        return Transform(a=x, d=x if y is None else y)

    @staticmethod
    def rotateDegCC(degrees: float) -> Transform:  # noqa: N802 - name promised to users
        """Rotation about the origin, counter-clockwise as seen on the page (where y points down)."""
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        return Transform(a=cos, b=-sin, c=sin, d=cos)

    @staticmethod
    def from_matrix(matrix: NDArray[np.float64]) -> Transform:
        """Transform of a homogeneous matrix of shape (2, 3) or (3, 3); a third row is ignored."""
        if matrix.shape not in ((2, 3), (3, 3)):
            raise GeometryError(f"An affine matrix must have the shape (2, 3) or (3, 3), not {matrix.shape}.")
        (a, c, e), (b, d, f) = matrix[:2].tolist()
        return Transform(a, b, c, d, e, f)

    @property
    def matrix(self) -> NDArray[np.float64]:
        """The homogeneous matrix, shape (3, 3), for column vectors `(x, y, 1)`."""
        return np.array([[self.a, self.c, self.e], [self.b, self.d, self.f], [0.0, 0.0, 1.0]])

    @property
    def matrix2(self) -> NDArray[np.float64]:
        """The linear part, (2, 2)."""
        return self.matrix[:2, :2]

    @property
    def matrix3(self) -> NDArray[np.float64]:
        """Same as `matrix`."""
        return self.matrix

    @property
    def determinant(self) -> float:
        """Signed factor by which areas scale."""
        return self.a * self.d - self.b * self.c

    @property
    def mean_scale(self) -> float:
        """Mean factor by which lengths scale: the square root of the area factor."""
        return math.sqrt(abs(self.determinant))

    def then(self, other: Transform) -> Transform:
        """Composition: this transform first, then `other`."""
        return Transform(
            other.a * self.a + other.c * self.b,
            other.b * self.a + other.d * self.b,
            other.a * self.c + other.c * self.d,
            other.b * self.c + other.d * self.d,
            other.a * self.e + other.c * self.f + other.e,
            other.b * self.e + other.d * self.f + other.f,
        )

    def inverse(self) -> Transform:
        """Inverse transform; raises `GeometryError` if the transform is singular."""
        det = self.determinant
        if det == 0 or not math.isfinite(det):
            raise GeometryError(f"{self} has no inverse: it is singular.")
        a, b, c, d = self.d / det, -self.b / det, -self.c / det, self.a / det
        return Transform(a, b, c, d, -(a * self.e + c * self.f), -(b * self.e + d * self.f))

    @overload
    def apply_to(self, shape: _Shape) -> _Shape: ...
    @overload
    def apply_to(self, shape: Rectangle) -> Quad: ...
    @overload
    def apply_to(self, shape: NDArray[np.float64]) -> NDArray[np.float64]: ...

    def apply_to(
        self, shape: Point | Vector2 | Quad | Polygon | Contours | Rectangle | NDArray[np.float64]
    ) -> Point | Vector2 | Quad | Polygon | Contours | NDArray[np.float64]:
        """The image of a shape. A rectangle becomes a `Quad`; an array of shape (..., 2) keeps its shape."""
        if isinstance(shape, Point):
            return Point(
                self.a * shape.x + self.c * shape.y + self.e, self.b * shape.x + self.d * shape.y + self.f
            )
        if isinstance(shape, Vector2):
            return Vector2(self.a * shape.x + self.c * shape.y, self.b * shape.x + self.d * shape.y)
        if isinstance(shape, np.ndarray):
            linear = np.array([[self.a, self.b], [self.c, self.d]])
            mapped: NDArray[np.float64] = shape @ linear + np.array([self.e, self.f])
            return mapped
        if isinstance(shape, Contours):
            moved = Contours(tuple(self.apply_to(ring) for ring in shape.rings))
            # Mirroring reverses the direction of rings; reversing them again restores it.
            return moved.reversed() if self.determinant < 0 else moved
        if isinstance(shape, Polygon):
            return Polygon(self.apply_to(shape.points))
        if isinstance(shape, Rectangle):
            return self.apply_to(Quad.from_rectangle(shape))
        if isinstance(shape, Quad):
            return Quad(*(self.apply_to(corner) for corner in shape.corners))
        raise WrongTypeError(
            f"A transform applies to shapes and arrays of points, not to {described(shape)}."
        )

    def __matmul__(self, other: Any) -> Any:
        """`self @ shape` is `self.apply_to(shape)`, and `self @ transform` is `transform.then(self)`."""
        return other.then(self) if isinstance(other, Transform) else self.apply_to(other)


_IDENTITY = Transform()
