"""Outlines of many shapes in flat arrays, which allow moving and measuring thousands at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.geometry import Contours
from smashcima.kernels import kernels_are_used
from smashcima.short_repr import ShortRepr

Affine = tuple[float, float, float, float, float, float]
"""The numbers a, b, c, d, e, f of a `Transform`, as a tuple for speed."""


class Window(NamedTuple):
    """The mask of one shape, or of a band of rows of a large one."""

    shape: int
    """Index of the shape."""
    left: int
    top: int
    clear: NDArray[np.uint8]
    """(height_px, width_px): uncovered part of each pixel; 0 = fully covered, 255 = not covered."""


class DrawnWindows:
    """Masks of shapes in an image, found when they are needed: filters that move or change outlines need none."""

    def __init__(self, width: int, height: int, windows: Callable[[], Mapping[int, Window]]) -> None:
        self.size = (width, height)
        self._windows = windows

    @cached_property
    def windows(self) -> Mapping[int, Window]:
        """The mask of each drawn shape, by its index in the outlines."""
        return self._windows()


@dataclass(frozen=True, slots=True, eq=False)
class Outlines(ShortRepr):
    """The closed rings of a sequence of shapes, concatenated.

    Shapes that were drawn already can carry their masks: see `with_windows`.
    """

    points: NDArray[np.float64]
    """(N, 2): the points of all rings, in pixels or other target units of the transforms."""

    following: NDArray[np.intp]
    """(N,): index of the next point on the same ring."""

    ring_starts: NDArray[np.intp]
    """(R + 1,): index of the first point of each ring, followed by N."""

    shape_rings: NDArray[np.intp]
    """(S + 1,): index of the first ring of each shape, followed by R. A shape can be without rings."""

    # Not an argument, so that outlines made from these by `replace` have none.
    _drawn: DrawnWindows | None = field(default=None, init=False, repr=False)

    @staticmethod
    def of(contours: Sequence[Contours], transforms: Iterable[Affine]) -> Outlines:
        """The outlines of `contours[i]` under the i-th transform, without rings of fewer than three points.

        Reads outlines that are shared by several shapes once. Raises `ExportError` for numbers that are not finite.
        """
        slots: dict[int, int] = {}
        unique: list[Contours] = []
        slot_of_shape = np.empty(len(contours), np.intp)
        for index, outline in enumerate(contours):
            slot = slots.setdefault(
                id(outline), len(unique)
            )  # shared values, identified by `id()` while they are alive
            if slot == len(unique):
                unique.append(outline)
            slot_of_shape[index] = slot
        rings_of = [outline.rings for outline in unique]
        flat = list(chain.from_iterable(rings_of))
        if min(map(len, flat), default=3) < 3:
            rings_of = [tuple(ring for ring in rings if len(ring) >= 3) for rings in rings_of]
            flat = list(chain.from_iterable(rings_of))
        if not flat:
            return Outlines(
                np.empty((0, 2)),
                np.empty(0, np.intp),
                np.zeros(1, np.intp),
                np.zeros(len(contours) + 1, np.intp),
            )
        # Users may give whole numbers, and arrays in any order of memory.
        source = np.ascontiguousarray(np.concatenate(flat, dtype=np.float64))
        starts, slot_rings = (
            offsets(np.array(list(map(len, flat)))),
            offsets(np.array(list(map(len, rings_of)))),
        )
        ways = np.array(list(transforms), np.float64).reshape(-1, 6)
        by = _placed_by_kernel if kernels_are_used() else _placed
        result = by(Outlines.of_rings(source, starts, slot_rings), slot_of_shape, ways)
        if not np.isfinite(result.points).all():
            raise ExportError("The scene has outlines or transforms with values that are not finite.")
        return result

    @staticmethod
    def of_rings(
        points: NDArray[np.float64], ring_starts: NDArray[np.intp], shape_rings: NDArray[np.intp]
    ) -> Outlines:
        """Makes outlines from points in order; see the fields."""
        return Outlines(points, _following(ring_starts), ring_starts, shape_rings)

    def __reduce__(self) -> tuple[Any, ...]:
        # Masks are large, and can be drawn again.
        return (Outlines, (self.points, self.following, self.ring_starts, self.shape_rings))

    def __len__(self) -> int:
        return len(self.shape_rings) - 1

    def with_windows(self, width: int, height: int, windows: Callable[[], Mapping[int, Window]]) -> Outlines:
        """The same outlines with masks of some shapes, by index, in an image of `width` × `height` px.

        `windows` is called when they are needed. Rasterizing them in an image of that size again then costs nothing. Only unchanged shapes keep their masks.
        """
        result = replace(self)
        object.__setattr__(result, "_drawn", DrawnWindows(width, height, windows))
        return result

    def windows(self, width: int, height: int) -> Mapping[int, Window]:
        """The masks of shapes that were drawn already in an image of `width` × `height` px, by index."""
        drawn = self._drawn
        return drawn.windows if drawn is not None and drawn.size == (width, height) else {}

    @property
    def shape_starts(self) -> NDArray[np.intp]:
        """(S + 1,): index of the first point of each shape, followed by N."""
        return self.ring_starts[self.shape_rings]

    @property
    def ring_of_point(self) -> NDArray[np.intp]:
        """(N,): index of the ring of each point."""
        return np.repeat(np.arange(len(self.ring_starts) - 1), np.diff(self.ring_starts))

    def with_points(self, points: NDArray[np.float64]) -> Outlines:
        """The same rings with new points (N, 2)."""
        return replace(self, points=points)

    def chosen(self, shapes: NDArray[np.intp]) -> Outlines:
        """The shapes with the given indices, in that order."""
        if len(shapes) and not (shapes.min() >= 0 and shapes.max() < len(self)):
            raise IndexError(f"There are {len(self)} shapes, and none with index {shapes.max()} or below 0.")
        by = _chosen_by_kernel if kernels_are_used() else _chosen
        return self._with_windows_of(by(self, shapes), shapes)

    def part(self, first: int, last: int) -> Outlines:
        """The shapes from `first` to `last`, the latter exclusive; as `chosen`, but without masks, and faster."""
        rings = self.shape_rings[first : last + 1]
        starts = self.ring_starts[rings[0] : rings[-1] + 1]
        begin, end = starts[0], starts[-1]
        return Outlines(
            self.points[begin:end].copy(), self.following[begin:end] - begin, starts - begin, rings - rings[0]
        )

    def joined(self, others: Outlines) -> Outlines:
        """These shapes, followed by others."""
        result = Outlines.of_rings(
            np.concatenate([self.points, others.points]),
            np.concatenate([self.ring_starts[:-1], others.ring_starts + len(self.points)]),
            np.concatenate([self.shape_rings[:-1], others.shape_rings + len(self.ring_starts) - 1]),
        )
        return self._with_windows_of(result, np.arange(len(self)))

    @staticmethod
    def joined_all(several: Sequence[Outlines]) -> Outlines:
        """The shapes of several outlines, one after the other; without masks."""
        points = offsets(np.array([len(each.points) for each in several], np.intp)).tolist()
        rings = offsets(np.array([len(each.ring_starts) - 1 for each in several], np.intp)).tolist()
        return Outlines.of_rings(
            np.concatenate([each.points for each in several]),
            np.concatenate(
                [
                    *(each.ring_starts[:-1] + at for each, at in zip(several, points, strict=False)),
                    points[-1:],
                ]
            ),
            np.concatenate(
                [*(each.shape_rings[:-1] + at for each, at in zip(several, rings, strict=False)), rings[-1:]]
            ),
        )

    def united(self, groups: Sequence[Sequence[int]]) -> Outlines:
        """Shapes made of the rings of one or several of these; the rings of each group."""
        flat = np.array([shape for group in groups for shape in group], np.intp)
        parts = self.chosen(flat)
        ends = offsets(np.array([len(group) for group in groups], np.intp))
        result = replace(parts, shape_rings=parts.shape_rings[ends])
        same = np.array([group[0] if len(group) == 1 else -1 for group in groups], np.intp)
        return self._with_windows_of(result, same)

    def _with_windows_of(self, result: Outlines, shapes: NDArray[np.intp]) -> Outlines:
        """`result` with the masks of these shapes; its i-th shape is the same as `shapes[i]`, or a new one if -1."""
        if self._drawn is None:
            return result
        drawn = self._drawn

        def kept() -> Mapping[int, Window]:
            windows = drawn.windows
            return {place: windows[shape] for place, shape in enumerate(shapes.tolist()) if shape in windows}

        return result.with_windows(*drawn.size, kept)

    def replaced(self, shapes: NDArray[np.intp], others: Outlines) -> Outlines:
        """A copy in which shape `shapes[i]` is replaced by the i-th of `others`."""
        order = np.arange(len(self))
        order[shapes] = len(self) + np.arange(len(others))
        return self.joined(others).chosen(order)

    def rings(self, shape: int) -> tuple[NDArray[np.float64], ...]:
        """The rings of a shape, each (N, 2)."""
        first, last = self.shape_rings[shape : shape + 2].tolist()
        bounds = self.ring_starts[first : last + 1].tolist()
        return tuple(self.points[bounds[i] : bounds[i + 1]] for i in range(last - first))

    def contours(self, shape: int) -> Contours:
        """A shape as `Contours`."""
        return Contours(self.rings(shape))

    def ring_areas(self) -> NDArray[np.float64]:
        """(R,): the signed area of each ring; positive if it runs clockwise as displayed."""
        if kernels_are_used():
            from smashcima.imaging.regions.ring_kernels import measure_rings

            areas = np.empty(len(self.ring_starts) - 1)
            measure_rings(np.ascontiguousarray(self.points), self.ring_starts, areas)
            return areas
        # Computed relative to the first point of the ring, to avoid cancellation.
        rings = self.ring_of_point
        x, y = (self.points - self.points[self.ring_starts[rings]]).T
        crosses = x * y[self.following] - x[self.following] * y
        # `bincount` adds in the order of the points.
        return np.asarray(0.5 * np.bincount(rings, crosses, len(self.ring_starts) - 1), np.float64)

    def areas(self) -> NDArray[np.float64]:
        """(S,): the area of each shape without its holes; overlapping rings count twice."""
        totals = np.zeros(len(self.ring_starts))
        np.cumsum(self.ring_areas(), out=totals[1:])
        areas: NDArray[np.float64] = np.abs(np.diff(totals[self.shape_rings]))
        return areas

    def bboxes(self) -> NDArray[np.float64]:
        """(S, 4): left, top, right and bottom of each shape; NaN for a shape without rings."""
        if kernels_are_used():
            from smashcima.imaging.regions.ring_kernels import measure_boxes

            boxes = np.empty((len(self), 4))
            measure_boxes(np.ascontiguousarray(self.points), self.ring_starts, self.shape_rings, boxes)
            return boxes
        boxes = np.full((len(self), 4), np.nan)
        starts = self.shape_starts
        filled = np.flatnonzero(starts[1:] > starts[:-1])
        if len(filled):
            boxes[filled, :2] = np.minimum.reduceat(self.points, starts[filled])
            boxes[filled, 2:] = np.maximum.reduceat(self.points, starts[filled])
        return boxes


def _placed(rings: Outlines, slots: NDArray[np.intp], ways: NDArray[np.float64]) -> Outlines:
    """Shapes with the rings of the given slots, each under a transform; with NumPy."""
    # Outlines without shared values are already in order.
    result = rings if np.array_equal(slots, np.arange(len(rings))) else _chosen(rings, slots)
    counts = np.diff(result.shape_starts)
    a, b, c, d, e, f = (np.repeat(column, counts) for column in ways.T)
    x, y = result.points.T.copy()
    return result.with_points(np.stack([x * a + y * c + e, x * b + y * d + f], axis=1))


def _placed_by_kernel(rings: Outlines, slots: NDArray[np.intp], ways: NDArray[np.float64]) -> Outlines:
    """The same by a compiled kernel."""
    from smashcima.imaging.regions.ring_kernels import place

    return Outlines(*place(rings.points, rings.ring_starts, rings.shape_rings, slots, ways))


def _chosen(outlines: Outlines, shapes: NDArray[np.intp]) -> Outlines:
    """The shapes with the given indices, without masks; with NumPy."""
    rings = ranges(outlines.shape_rings[shapes], outlines.shape_rings[shapes + 1])
    points = ranges(outlines.ring_starts[rings], outlines.ring_starts[rings + 1])
    return Outlines.of_rings(
        outlines.points.take(points, axis=0),
        offsets(np.diff(outlines.ring_starts)[rings]),
        offsets(np.diff(outlines.shape_rings)[shapes]),
    )


def _chosen_by_kernel(outlines: Outlines, shapes: NDArray[np.intp]) -> Outlines:
    """The same by a compiled kernel."""
    from smashcima.imaging.regions.ring_kernels import choose

    points, shapes = np.ascontiguousarray(outlines.points), np.ascontiguousarray(shapes, np.intp)
    return Outlines(*choose(points, outlines.ring_starts, outlines.shape_rings, shapes))


def _following(ring_starts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Index of the next point on the same ring, for points in order."""
    following = np.arange(1, int(ring_starts[-1]) + 1)
    if len(following):
        following[ring_starts[1:] - 1] = ring_starts[:-1]
    return following


def offsets(counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Cumulative sums of counts, starting with 0."""
    totals = np.zeros(len(counts) + 1, np.intp)
    np.cumsum(counts, out=totals[1:])
    return totals


def ranges(starts: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.intp]:
    """Concatenates `range(starts[i], ends[i])` for all i."""
    counts = ends - starts
    totals = offsets(counts)
    return np.arange(totals[-1]) + np.repeat(starts - totals[:-1], counts)
