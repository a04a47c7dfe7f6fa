"""Projective pixel maps: translation, scaling, rotation, shear and perspective."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from smashcima.errors import GeometryError
from smashcima.geometry import Transform
from smashcima.imaging.pixel_maps.pixel_map import PixelMap, Points
from smashcima.kernels import kernels_are_used

_NEAREST = 1e-6
"""Least third coordinate; points on the horizon or behind the viewer are clamped to it, so that they are far away."""


class ProjectiveMap(PixelMap):
    """Multiplies `(x, y, 1)` by a matrix and divides by the third coordinate; keeps straight lines straight."""

    __slots__ = ("_inverse", "_matrix")

    def __init__(self, matrix: ArrayLike) -> None:
        """Makes the map of a matrix (3, 3) for column vectors; raises `GeometryError` if it is not invertible."""
        given: NDArray[np.float64] = np.array(matrix, dtype=np.float64)
        if given.shape != (3, 3) or not np.isfinite(given).all():
            raise GeometryError(
                f"A projective map requires a finite matrix of shape (3, 3), not {given.tolist()}."
            )
        # Scaling the matrix does not affect the map; this keeps the third coordinate near 1 on the image.
        if given[2, 2] != 0:
            given /= float(given[2, 2])
        (a, c, e), (b, d, f), (g, h, i) = given.tolist()
        determinant = a * (d * i - f * h) - c * (b * i - f * g) + e * (b * h - d * g)
        if not abs(determinant) > 1e-12 * max(abs(a), abs(b), abs(c), abs(d)) ** 2:
            raise GeometryError(f"The matrix {given.tolist()} of a map is not invertible.")
        self._matrix = given
        self._matrix.setflags(write=False)
        self._inverse: NDArray[np.float64] | None = None

    @staticmethod
    def identity() -> ProjectiveMap:
        """The identity."""
        return ProjectiveMap(np.eye(3))

    @staticmethod
    def translation(x: float, y: float) -> ProjectiveMap:
        """Translation by `x` and `y` pixels."""
        return ProjectiveMap([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])

    @staticmethod
    def scaling(x: float, y: float | None = None) -> ProjectiveMap:
        """Scaling about the top left corner, by `x` along both axes unless `y` is given."""
        return ProjectiveMap(np.diag([x, x if y is None else y, 1.0]))

    @staticmethod
    def rotation(degrees: float, center: tuple[float, float] = (0.0, 0.0)) -> ProjectiveMap:
        """Rotation about a point, counterclockwise as displayed."""
        x, y = center
        turn = ProjectiveMap.affine(Transform.rotateDegCC(degrees).matrix)
        there = ProjectiveMap.translation(-x, -y)
        return ProjectiveMap(np.linalg.inv(there.matrix) @ turn.matrix @ there.matrix)

    @staticmethod
    def affine(transform: Transform | ArrayLike) -> ProjectiveMap:
        """The map of an affine transform, or of its matrix (2, 3) or (3, 3)."""
        if isinstance(transform, Transform):
            return ProjectiveMap(transform.matrix)
        matrix = np.array(transform, dtype=np.float64)
        if matrix.shape not in ((2, 3), (3, 3)):
            raise GeometryError(f"An affine matrix must be 2 x 3 or 3 x 3, not {matrix.shape}.")
        return ProjectiveMap(np.vstack([matrix[:2], (0.0, 0.0, 1.0)]))

    @staticmethod
    def between_quads(
        before: Sequence[Sequence[float]] | NDArray[np.float64],
        after: Sequence[Sequence[float]] | NDArray[np.float64],
    ) -> ProjectiveMap:
        """The map that takes four corners to four corners, each (4, 2), in the same order.

        Raises:
            GeometryError: three corners are collinear, or a quadrilateral is not convex.
        """
        source, target = np.array(before, np.float64), np.array(after, np.float64)
        for corners in (source, target):
            if corners.shape != (4, 2) or not np.isfinite(corners).all():
                raise GeometryError(f"A quadrilateral must have four finite corners, not {corners.tolist()}.")
            sides = np.roll(corners, -1, axis=0) - corners
            after_sides = np.roll(sides, -1, axis=0)
            turns = sides[:, 0] * after_sides[:, 1] - sides[:, 1] * after_sides[:, 0]
            if not ((turns > 0).all() or (turns < 0).all()):
                raise GeometryError(f"The quadrilateral {corners.tolist()} is not convex.")
        rows = []
        for (x, y), (u, v) in zip(source.tolist(), target.tolist(), strict=True):
            rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
            rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        numbers = np.linalg.solve(np.array(rows), target.ravel())
        return ProjectiveMap(np.append(numbers, 1.0).reshape(3, 3))

    def __repr__(self) -> str:
        return f"ProjectiveMap({np.round(self._matrix, 6).tolist()})"

    @property
    def matrix(self) -> NDArray[np.float64]:
        """(3, 3), for column vectors; read-only."""
        return self._matrix

    @property
    def is_affine(self) -> bool:
        """Whether parallel lines stay parallel."""
        return bool((self._matrix[2, :2] == 0).all())

    @property
    def keeps_lines_straight(self) -> bool:
        """It does."""
        return True

    @property
    def _back(self) -> NDArray[np.float64]:
        """(3, 3): the inverse matrix, computed when it is needed: many maps, as those of crops, are only applied forwards."""
        if self._inverse is None:
            back = np.asarray(np.linalg.inv(self._matrix), dtype=np.float64)
            back = back / back[2, 2] if back[2, 2] != 0 else back
            back.setflags(write=False)
            # Set when complete, since threads may read concurrently.
            self._inverse = back
            return back
        return self._inverse

    def merged_with(self, following: PixelMap) -> PixelMap | None:
        """Multiplies the matrices of projective maps."""
        return None if following.matrix is None else ProjectiveMap(following.matrix @ self._matrix)

    def inverse(self) -> ProjectiveMap:
        """The map of the inverse matrix."""
        return ProjectiveMap(self._back)

    def forward(self, points: Points) -> Points:
        """Maps points (N, 2) by the matrix."""
        return _apply(self._matrix, points)

    def backward(self, points: Points) -> Points:
        """Maps points (N, 2) by the inverse matrix."""
        return _apply(self._back, points)


def _apply(matrix: NDArray[np.float64], points: Points) -> Points:
    if kernels_are_used():
        from smashcima.imaging.pixel_maps.table_kernels import apply_matrix

        points = np.ascontiguousarray(points, np.float64)
        images = np.empty((len(points), 2))
        apply_matrix(np.ascontiguousarray(matrix), points, _NEAREST, images)
        return images
    points = np.asarray(points, dtype=np.float64)
    (a, c, e), (b, d, f), (g, h, i) = matrix.tolist()
    x, y = points[:, 0], points[:, 1]
    result = np.empty((len(points), 2))
    result[:, 0] = a * x + c * y + e
    result[:, 1] = b * x + d * y + f
    if g != 0 or h != 0 or i != 1:
        result /= np.maximum(g * x + h * y + i, _NEAREST)[:, np.newaxis]
    return result
