"""Graph of the objects of an annotated page, with its staves."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs.end_points import column_centres
from smashcima.assets.glyphs.mung.class_names import modern_name
from smashcima.assets.glyphs.mung.mung_reader import MungObject

FloatArray = NDArray[np.float64]

_KNOTS = 40
"""Number of positions along a staff line at which its y is stored."""

_LINES = 5


@dataclass(slots=True, eq=False)
class Thing:
    """An annotated object with its neighbours in the graph. Coordinates are in pixels of the page."""

    source: MungObject
    name: str
    """Class name in modern spelling."""

    targets: list[Thing] = field(default_factory=list, repr=False)
    """Objects it has relations to."""

    owners: list[Thing] = field(default_factory=list, repr=False)
    """Objects that have relations to it."""

    @property
    def x(self) -> float:
        """X of the centre of the bounding box."""
        return self.source.left + self.source.width / 2

    @property
    def y(self) -> float:
        """Y of the centre of the bounding box."""
        return self.source.top + self.source.height / 2

    @property
    def mask(self) -> NDArray[np.uint8]:
        """Mask, (height, width), 1 = ink; all ink for an object without a mask."""
        mask = self.source.mask
        return np.ones((self.source.height, self.source.width), np.uint8) if mask is None else mask

    def to(self, *names: str) -> list[Thing]:
        """The targets of some classes."""
        return [thing for thing in self.targets if thing.name in names]

    def owned_by(self, *names: str) -> list[Thing]:
        """The owners of some classes."""
        return [thing for thing in self.owners if thing.name in names]

    @property
    def heads(self) -> list[Thing]:
        """The noteheads related to this object."""
        return [thing for thing in self.owners if thing.name.startswith("notehead")]


@dataclass(frozen=True, slots=True)
class StaffShape:
    """Five staff lines, which may be curved, in pixels of the page."""

    xs: FloatArray
    """x positions of the stored y values, from left to right."""

    line_ys: FloatArray
    """y of the centre of each line, from top to bottom, (5, len(xs))."""

    space: float
    """Distance between adjacent lines."""

    def line_y(self, index: int, x: float) -> float:
        """Y of a line at `x`; index 0 is the top line."""
        return float(np.interp(x, self.xs, self.line_ys[index]))

    def position_y(self, step: float, x: float) -> float:
        """Y of a staff position at `x`: 0 is the middle line, +1 one step up."""
        middle = self.line_y(2, x)
        return middle - step * (self.line_y(4, x) - self.line_y(0, x)) / 8


class PageGraph:
    """The objects and staves of one page."""

    def __init__(self, objects: list[MungObject], staff_space_px: float | None = None) -> None:
        """`staff_space_px` is used if the page has no annotated staff lines."""
        self.things = [Thing(thing, modern_name(thing.class_name)) for thing in objects]
        by_id = {thing.source.object_id: thing for thing in self.things}
        for thing in self.things:
            for number in thing.source.outlinks:
                other = by_id.get(number)
                if other is not None:
                    thing.targets.append(other)
                    other.owners.append(thing)
        self.staves: dict[int, StaffShape] = {}
        """Staves by id."""
        for thing in self.things:
            if thing.name == "staff":
                shape = _staff_shape(thing)
                if shape is not None:
                    self.staves[thing.source.object_id] = shape
        self._given_space = staff_space_px

    @cached_property
    def staff_space(self) -> float | None:
        """Typical distance between adjacent staff lines in pixels, or `None` if unknown."""
        if self.staves:
            return float(np.median([staff.space for staff in self.staves.values()]))
        if self._given_space is not None:
            return self._given_space
        heads = [
            thing.source.height for thing in self.things if thing.name in ("noteheadBlack", "noteheadHalf")
        ]
        # The height of a notehead is one staff space.
        return float(np.median(heads)) if heads else None

    @cached_property
    def has_dynamic_letters(self) -> bool:
        """Whether letters of dynamics are annotated as such; MUSCIMA++ 2.0 has them as characters as well."""
        return any(thing.name.startswith("dynamicLetter") for thing in self.things)

    def staff_of(self, thing: Thing) -> StaffShape | None:
        """The staff related to an object or to its owners, or else the nearest staff."""
        for candidate in (thing, *thing.owners):
            for other in candidate.targets:
                if other.name == "staff":
                    shape = self.staves.get(other.source.object_id)
                    if shape is not None:
                        return shape
        if not self.staves:
            return None
        return min(self.staves.values(), key=lambda staff: abs(staff.line_y(2, thing.x) - thing.y))


def _staff_shape(staff: Thing) -> StaffShape | None:
    lines = sorted(staff.to("staffLine"), key=lambda line: line.y)
    if len(lines) != _LINES:
        return None
    left = max(line.source.left for line in lines)
    right = min(line.source.left + line.source.width for line in lines)
    if right - left < _KNOTS:
        return None
    xs = np.linspace(left, right, _KNOTS)
    line_ys = np.stack([_line_heights(line, xs) for line in lines])
    return StaffShape(xs, line_ys, float(np.median(line_ys[-1] - line_ys[0])) / (_LINES - 1))


def _line_heights(line: Thing, xs: FloatArray) -> FloatArray:
    """A smooth curve through the ink of a staff line."""
    columns, heights = column_centres(line.mask)
    if len(columns) < _KNOTS:
        return np.full(len(xs), line.y)
    # Columns from -1 to 1 keep the normal equations of a cubic well conditioned.
    first, reach = float(columns[0]), float(columns[-1] - columns[0]) / 2
    powers = _powers((columns.astype(np.float64) - first) / reach - 1)
    factors = np.linalg.solve(powers @ powers.T, powers @ heights)
    curve: FloatArray = factors @ _powers((xs - line.source.left - 0.5 - first) / reach - 1)
    return curve + (line.source.top + 0.5)


def _powers(values: FloatArray) -> FloatArray:
    """The powers 0 to 3 of values, (4, n)."""
    squares = values * values
    return np.stack((np.ones_like(values), values, squares, squares * values))
