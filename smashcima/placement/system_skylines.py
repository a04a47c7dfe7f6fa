"""How far the music of each staff reaches above and below it, along the width of a page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smashcima.engraving import Curve, EngravedPage, EngravedSystem, FilledPolygon, Primitive
from smashcima.placement.own_staves import OwnStaves
from smashcima.placement.page_arrays import FloatArray
from smashcima.placement.vertical_shifts import ACROSS_STAVES

_BIN = 1.0
"""Width in mm of the columns in which heights are compared."""

_GAP_SS = 0.3
"""Minimum white space between the music of adjacent staves, in staff spaces."""

_T = np.linspace(0.0, 1.0, 7)[:, np.newaxis]
_BEZIER = np.concatenate([(1 - _T) ** 3, 3 * (1 - _T) ** 2 * _T, 3 * (1 - _T) * _T**2, _T**3], axis=1)


@dataclass(frozen=True, slots=True)
class SystemSkyline:
    """The reach of the music of one system; heights in mm, relative to the top line of each staff, y down."""

    highest: FloatArray
    """(staves, columns): the highest ink of each staff."""

    lowest: FloatArray
    """(staves, columns): the lowest ink of each staff."""

    space: float
    """Staff space in mm."""

    top: float
    """y of the top line of the first staff on the page."""

    @property
    def staff_count(self) -> int:
        return len(self.highest)

    @property
    def above(self) -> float:
        """Height of the music above the top line of the first staff."""
        return float(-self.highest[0].min())

    @property
    def below(self) -> float:
        """Depth of the music below the top line of the last staff."""
        return float(self.lowest[-1].max())

    def inner_needs(self) -> list[float]:
        """Least distances of the top lines of adjacent staves of the system."""
        return [
            _need(upper, lower) + _GAP_SS * self.space
            for upper, lower in zip(self.lowest[:-1], self.highest[1:], strict=True)
        ]

    def need_above(self, following: SystemSkyline) -> float:
        """Least distance of the top lines of the last staff and of the first staff of the system below."""
        return _need(self.lowest[-1], following.highest[0]) + _GAP_SS * self.space


def _need(lowest: FloatArray, highest: FloatArray) -> float:
    count = min(len(lowest), len(highest))
    return float((lowest[:count] - highest[:count]).max())


def skylines_of(page: EngravedPage, own_staves: OwnStaves | None = None) -> list[SystemSkyline]:
    """The skylines of all systems of a page, of which all staves have lines; without what lies between two staves of its own."""
    columns = int(page.width / _BIN) + 2
    made: dict[int | None, SystemSkyline] = {system.index: _empty(system, columns) for system in page.systems}
    rows: dict[tuple[int | None, int | None], tuple[int, float]] = {
        (system.index, staff.number): (row, staff.line_ys[0])
        for system in page.systems
        for row, staff in enumerate(system.staves)
    }
    for index, primitive in enumerate(page.primitives):
        place = primitive.place
        staff = place.staff if own_staves is None else own_staves.staff(index)
        found = rows.get((place.system, staff))
        if found is None or primitive.kind in ACROSS_STAVES:
            continue
        row, top = found
        skyline = made[place.system]
        for left, upper, right, lower in _boxes(primitive):
            part = slice(max(int(left / _BIN), 0), max(int(right / _BIN) + 1, 1))
            np.minimum(skyline.highest[row, part], upper - top, out=skyline.highest[row, part])
            np.maximum(skyline.lowest[row, part], lower - top, out=skyline.lowest[row, part])
    return [made[system.index] for system in page.systems]


def _empty(system: EngravedSystem, columns: int) -> SystemSkyline:
    """The skyline of staves without music."""
    heights = np.array([staff.line_ys[-1] - staff.line_ys[0] for staff in system.staves])
    return SystemSkyline(
        np.zeros((len(heights), columns)),
        np.repeat(heights[:, np.newaxis], columns, axis=1),
        system.staves[0].staff_space,
        system.staves[0].line_ys[0],
    )


def _boxes(primitive: Primitive) -> list[tuple[float, float, float, float]]:
    """Boxes around the ink of a primitive; those of curves and beams follow their course."""
    if isinstance(primitive, Curve) and len(primitive.outer):
        course = np.concatenate([_BEZIER @ cubic for cubic in primitive.outer])[np.newaxis]
    elif isinstance(primitive, FilledPolygon) and len(primitive.corners) == 4:
        a, b, c, d = primitive.corners
        course = np.stack([a + _T * (b - a), d + _T * (c - d)])
    else:
        return [primitive.sides()]
    low, high = course.min(axis=0), course.max(axis=0)
    boxes = np.concatenate([np.minimum(low[:-1], low[1:]), np.maximum(high[:-1], high[1:])], axis=1)
    return [(left, top, right, bottom) for left, top, right, bottom in boxes.tolist()]
