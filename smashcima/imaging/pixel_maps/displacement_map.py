"""Pixel maps given by smooth displacement fields, as for bent, curled, folded or shrunk paper."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from smashcima.errors import GeometryError
from smashcima.imaging.pixel_maps.complex_affine import Affine, affinely, by_row, inverse, linearly
from smashcima.imaging.pixel_maps.folding import check_unfolded, folded_cells
from smashcima.imaging.pixel_maps.pixel_map import PixelMap, Points
from smashcima.imaging.pixel_maps.splines import refined, spline_matrix
from smashcima.imaging.pixel_maps.vector_table import FlagTable, Vectors, VectorTable
from smashcima.kernels import kernels_are_used

_TABLE_ERROR_PX, _INVERSE_ERROR_PX = 0.02, 0.01
"""Largest error of the linearly interpolated table relative to the spline, and of the table of the inverse."""

_FINEST_PX = 2.0
_MOST_ENTRIES = 2**21
"""Largest size of a table; rougher fields do not reach `_TABLE_ERROR_PX`."""

_EXACT_PX = 0.015
"""Error up to which values of the inverse table are used without refinement."""

_CLOSE_PX = 0.02
"""Distance from which one step of Newton's method is accurate to far less than a hundredth of a pixel."""

_BLOCKS = 1500
"""Approximate number of blocks in which the accuracy of the inverse table is checked."""

_MOST_STEPS = 30

_MARGINS_PX = (256.0, 32.0, 0.0)
"""Margins around the image over which the slopes of the field fade out, so that slopes have no step along the edge of a
page that is warped again. Narrower margins are used for fields that would fold there."""


class DisplacementMap(PixelMap):
    """A smooth map, given by the source positions of evenly spaced points of the target image.

    The points are interpolated by a bicubic spline with continuous first and second derivatives. Outside of the target
    image the field continues smoothly and becomes affine at some distance. `forward` is accurate to 0.02 px or better,
    by a table or, where that is not sufficient, by solving for each point.
    """

    __slots__ = ("_affine", "_back", "_forward", "_inverse_affine", "_right", "_size")

    def __init__(self, positions: ArrayLike, width: float, height: float) -> None:
        """Makes the map.

        Args:
            positions: source positions (rows, columns, 2), in pixels, of evenly spaced points of the target image. The
                first and last row are its upper and lower edge, the first and last column its left and right edge.
            width: width of the target image in pixels.
            height: height of the target image in pixels.

        Raises:
            GeometryError: a number is invalid, or the field folds over itself, so that it is not invertible.
        """
        samples = np.array(positions, dtype=np.float64)
        if samples.ndim != 3 or samples.shape[2] != 2 or min(samples.shape[:2]) < 2:
            raise GeometryError(
                f"Positions must have the shape (rows >= 2, columns >= 2, 2), not {samples.shape}."
            )
        if not (np.isfinite(samples).all() and width > 0 and height > 0):
            raise GeometryError("Positions must be finite, and width and height positive.")
        rows, columns = samples.shape[:2]
        xs, ys = np.linspace(0, width, columns), np.linspace(0, height, rows)
        self._affine, rest = _without_affine(samples, xs, ys)
        determinant = (
            self._affine[0].real * self._affine[1].imag - self._affine[0].imag * self._affine[1].real
        )
        if not abs(determinant) > 1e-9:
            raise GeometryError("The field is degenerate: all source positions are on one line or point.")
        self._inverse_affine = inverse(self._affine)
        field = _finely(rest, width, height, _TABLE_ERROR_PX)
        self._size = (width, height)
        for margin in _MARGINS_PX:
            self._back = VectorTable.with_margin(field, width, height, margin)
            if not folded_cells(self._back, self._affine).any():
                break
            # Not only in the margin, perhaps.
            check_unfolded(VectorTable.over(field, 0.0, 0.0, width, height), self._affine)
        self._forward = self._inverse_table(max(width / (columns - 1), height / (rows - 1)))
        self._right = self._where_right(self._forward)

    @staticmethod
    def from_function(
        backward: Callable[[Points], Points], width: float, height: float, step_px: float = 32.0
    ) -> DisplacementMap:
        """Makes the map from a function of target points (N, 2), sampled at a spacing of at most `step_px` pixels."""
        if not step_px > 0:
            raise GeometryError(f"step_px must be positive, not {step_px}.")
        columns, rows = (max(2, math.ceil(side / step_px) + 1) for side in (width, height))
        xs, ys = np.meshgrid(np.linspace(0, width, columns), np.linspace(0, height, rows))
        positions = backward(np.stack([xs.ravel(), ys.ravel()], axis=1))
        return DisplacementMap(np.asarray(positions).reshape(rows, columns, 2), width, height)

    @staticmethod
    def from_displacements(displacements: ArrayLike, width: float, height: float) -> DisplacementMap:
        """Makes the map from displacements (rows, columns, 2) of evenly spaced target points to their sources."""
        field = np.array(displacements, dtype=np.float64)
        if field.ndim != 3 or field.shape[2] != 2:
            raise GeometryError(f"Displacements must have the shape (rows, columns, 2), not {field.shape}.")
        field[:, :, 0] += np.linspace(0, width, field.shape[1])
        field[:, :, 1] += np.linspace(0, height, field.shape[0])[:, np.newaxis]
        return DisplacementMap(field, width, height)

    def __repr__(self) -> str:
        return f"DisplacementMap(over {self._size[0]:g} x {self._size[1]:g} px)"

    def backward(self, points: Points) -> Points:
        """Looks up the source positions of target points (N, 2)."""
        x, y = _columns(points)
        return _pairs(affinely(self._affine, x, y) + self._back.values(x, y))

    def forward(self, points: Points) -> Points:
        """Finds the target points (N, 2) of source points."""
        if kernels_are_used():
            return self._forward_by_kernel(np.ascontiguousarray(points, np.float64))
        x, y = _columns(points)
        start = affinely(self._inverse_affine, x, y) + self._forward.values(x, y)
        right = self._right.at(x, y)
        doubtful = np.flatnonzero(~right)
        if len(doubtful):
            target = x[doubtful] + 1j * y[doubtful]
            start[doubtful] = self._solve(target, start[doubtful])
        return _pairs(start)

    def _solve(self, target: NDArray[np.complex128], place: NDArray[np.complex128]) -> NDArray[np.complex128]:
        """Applies Newton's method to all points at once, then to those that have not converged."""
        result: NDArray[np.complex128] = place.copy()
        if kernels_are_used():
            self._solve_by_kernel(_pairs(target), _pairs(result), np.zeros(len(place), np.bool_))
            return result
        todo: NDArray[np.intp] | slice = slice(None)
        step_x, step_y = self._affine[0], self._affine[1]
        for _ in range(_MOST_STEPS):
            x, y = place.real.copy(), place.imag.copy()
            value, slope_x, slope_y = self._back.values_and_slopes(x, y)
            miss = target - affinely(self._affine, x, y) - value
            slope_x += np.complex64(step_x)
            slope_y += np.complex64(step_y)
            determinant = slope_x.real * slope_y.imag - slope_x.imag * slope_y.real
            place = place + (
                (miss.real * slope_y.imag - miss.imag * slope_y.real)
                + 1j * (slope_x.real * miss.imag - slope_x.imag * miss.real)
            ) / np.where(np.abs(determinant) < 1e-6, 1e-6, determinant)
            result[todo] = place
            far = np.flatnonzero(miss.real**2 + miss.imag**2 > _CLOSE_PX**2)
            if len(far) == 0:
                break
            todo = far if isinstance(todo, slice) else todo[far]
            target, place = target[far], place[far]
        return result

    def _forward_by_kernel(self, points: Points) -> Points:
        """The same as `forward` by compiled kernels."""
        from smashcima.imaging.pixel_maps.table_kernels import add_vectors

        places, right = np.empty_like(points), np.empty(len(points), np.bool_)
        tables = (*self._forward.for_kernels(), *self._right.for_kernels())
        add_vectors(*tables, by_row(self._inverse_affine), points, places, right)
        self._solve_by_kernel(points, places, right)
        return places

    def _solve_by_kernel(self, targets: Points, places: Points, right: NDArray[np.bool_]) -> None:
        """The same as `_solve` for all places that are not `right`, in place, by a compiled kernel."""
        from smashcima.imaging.pixel_maps.table_kernels import solve

        table = self._back.for_kernels()
        solve(*table, by_row(self._affine), targets, places, right, _CLOSE_PX**2, _MOST_STEPS)

    def _inverse_table(self, step_px: float) -> VectorTable:
        """Initial values for Newton's method: the inverse at evenly spaced points, interpolated by a spline."""
        xs, ys = self._back.grid()
        (left, right), (top, bottom) = self._reached(xs[:1], ys[:, :1])
        step = max(step_px, 8.0, math.sqrt((right - left) * (bottom - top) / 20_000))
        columns, rows = (max(2, math.ceil(side / step) + 1) for side in (right - left, bottom - top))
        grid_x, grid_y = np.meshgrid(np.linspace(left, right, columns), np.linspace(top, bottom, rows))
        x, y = grid_x.ravel(), grid_y.ravel()
        start = affinely(self._inverse_affine, x, y)
        # The displacement at the point is a better initial value than zero.
        start = start - linearly(
            self._inverse_affine, self._back.values(start.real.copy(), start.imag.copy())
        )
        solved = self._solve(x + 1j * y, start) - affinely(self._inverse_affine, x, y)
        field = _finely(solved.reshape(rows, columns), right - left, bottom - top, _INVERSE_ERROR_PX)
        return VectorTable.over(field, left, top, right, bottom)

    def _reached(
        self, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> tuple[tuple[float, float], tuple[float, float]]:
        """The least and largest x and y of sources, for the columns and rows of the table.

        A map that does not fold takes them at the border.
        """
        border = ((0, slice(None)), (-1, slice(None)), (slice(None), 0), (slice(None), -1))
        xs, ys = np.broadcast_arrays(x, y)
        reached = np.concatenate(
            [affinely(self._affine, xs[side], ys[side]) + self._back.entries[side] for side in border]
        )
        horizontal, vertical = reached.real, reached.imag
        return (float(horizontal.min()), float(horizontal.max())), (
            float(vertical.min()),
            float(vertical.max()),
        )

    def _where_right(self, inverse_table: VectorTable) -> FlagTable:
        """Blocks in which the inverse table is accurate, checked in the middle of cells, where the error is largest."""
        stride = max(2, round(math.sqrt(inverse_table.entries.size / _BLOCKS)))
        step_x, step_y = inverse_table.step_x, inverse_table.step_y
        xs, ys = (grid[:-1:stride, :-1:stride] for grid in inverse_table.grid())
        # Two cells along each side of a block.
        cells = [
            (i + 0.5, j + 0.5) for i in (stride // 4, 3 * stride // 4) for j in (stride // 4, 3 * stride // 4)
        ]
        x = np.concatenate([xs.ravel() + across * step_x for _, across in cells])
        y = np.concatenate([ys.ravel() + down * step_y for down, _ in cells])
        there = affinely(self._inverse_affine, x, y) + inverse_table.values(x, y)
        back = self.backward(np.stack([there.real, there.imag], axis=1))
        miss = np.hypot(back[:, 0] - x, back[:, 1] - y)
        found = miss <= _EXACT_PX
        right = found.reshape(len(cells), *xs.shape).all(axis=0)
        blocks = FlagTable(right, inverse_table.left, inverse_table.top, stride * step_x, stride * step_y)
        return blocks.surrounded()


def _columns(points: Points) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    points = np.asarray(points, dtype=np.float64)
    return np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])


def _pairs(numbers: NDArray[np.complex128]) -> Points:
    """(N,) x + i y as (N, 2)."""
    return np.ascontiguousarray(numbers, dtype=np.complex128).view(np.float64).reshape(-1, 2)


def _without_affine(
    samples: NDArray[np.float64], xs: NDArray[np.float64], ys: NDArray[np.float64]
) -> tuple[Affine, NDArray[np.complex128]]:
    """The affine least-squares fit of the samples, and the residuals."""
    field = samples[:, :, 0] + 1j * samples[:, :, 1]
    # On a full grid the three parts of the fit are independent.
    dx, dy = xs - xs.mean(), ys - ys.mean()
    right = complex((field.mean(axis=0) * dx).sum() / (dx * dx).sum())
    down = complex((field.mean(axis=1) * dy).sum() / (dy * dy).sum())
    origin = complex(field.mean()) - right * float(xs.mean()) - down * float(ys.mean())
    return (right, down, origin), field - right * xs - down * ys[:, np.newaxis] - origin


def _finely(field: NDArray[np.complex128], width: float, height: float, error_px: float) -> Vectors:
    """Samples the spline through a field over a rectangle finely enough for linear interpolation."""
    rows, columns = field.shape
    across, down = (
        _parts(field, 1, width / (columns - 1), error_px),
        _parts(field, 0, height / (rows - 1), error_px),
    )
    while ((columns - 1) * across + 1) * ((rows - 1) * down + 1) > _MOST_ENTRIES and max(across, down) > 1:
        across, down = (across // 2, down) if across >= down else (across, down // 2)
    return refined(field, down, across)


def _parts(field: NDArray[np.complex128], axis: int, step_px: float, error_px: float) -> int:
    """Number of parts per step along an axis, a power of two, for which linear interpolation is accurate."""
    count = field.shape[axis]
    along = field if axis == 0 else field.T
    matrix = spline_matrix(count, 1, 2)
    bend = matrix @ along.real + 1j * (matrix @ along.imag)
    # The error of a chord is an eighth of the second derivative; half of the allowed error per axis.
    off = float(np.abs(bend).max()) / 8
    parts = 1
    while off / parts**2 > error_px / 2 and step_px / (2 * parts) >= _FINEST_PX:
        parts *= 2
    return parts
