"""Objects with masks and relations, of real or generated pages, on which features are measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stroke:
    """Straight line through an elongated mask, in pixels of the page."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float

    @property
    def length(self) -> float:
        """Length in pixels."""
        return float(np.hypot(self.x1 - self.x0, self.y1 - self.y0))

    def y_at(self, x: float) -> float:
        """Height of a horizontal stroke at an x, extrapolated."""
        return self.y0 + (self.y1 - self.y0) * (x - self.x0) / max(self.x1 - self.x0, 1e-6)

    def x_at(self, y: float) -> float:
        """Position of a vertical stroke at a y, extrapolated."""
        return self.x0 + (self.x1 - self.x0) * (y - self.y0) / max(self.y1 - self.y0, 1e-6)


class Thing:
    """Object with its class in MUSCIMA++ 2.0, its mask and its relations."""

    def __init__(self, name: str, left: int, top: int, mask: NDArray[np.uint8]) -> None:
        self.name = name
        self.left, self.top = float(left), float(top)
        self.height, self.width = float(mask.shape[0]), float(mask.shape[1])
        self.mask = mask
        self.related: list[Thing] = []
        self.inverse: list[Thing] = []
        self.staff: Staff | None = None
        self.step: int | None = None
        """Intended position of noteheads and key accidentals, in steps above the middle line."""

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def x(self) -> float:
        """Middle of the box."""
        return self.left + self.width / 2

    @property
    def y(self) -> float:
        """Middle of the box."""
        return self.top + self.height / 2

    def relate(self, other: Thing) -> None:
        """Adds a relation in both directions."""
        self.related.append(other)
        other.inverse.append(self)

    def of(self, *names: str) -> list[Thing]:
        """Objects of some classes to which this one is related."""
        return [thing for thing in self.related if thing.name in names]

    def owners(self, *names: str) -> list[Thing]:
        """Objects of some classes that are related to this one."""
        return [thing for thing in self.inverse if thing.name in names]

    def hide_behind(self, others: list[Thing]) -> None:
        """Removes pixels covered by other objects, as in annotations that assign each pixel to one object.

        Objects that would be hidden completely are not changed.
        """
        mask = self.mask.copy()
        for other in others:
            left, top = int(max(self.left, other.left)), int(max(self.top, other.top))
            right, bottom = int(min(self.right, other.right)), int(min(self.bottom, other.bottom))
            if left < right and top < bottom:
                x, y, u, v = int(self.left), int(self.top), int(other.left), int(other.top)
                own = mask[top - y : bottom - y, left - x : right - x]
                own[other.mask[top - v : bottom - v, left - u : right - u] > 0] = 0
        rows, columns = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
        if len(rows) > 4:
            self.mask = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
            self.left, self.top = self.left + float(columns[0]), self.top + float(rows[0])
            self.height, self.width = float(self.mask.shape[0]), float(self.mask.shape[1])

    @cached_property
    def lying(self) -> Stroke:
        """Stroke fitted from left to right, for beams and ledger lines."""
        columns = self.mask.sum(axis=0)
        xs = np.nonzero(columns)[0]
        ys = (np.arange(self.mask.shape[0])[:, None] * (self.mask > 0)).sum(axis=0)[xs] / columns[xs]
        slope, start = _line(xs, ys)
        x0, x1 = float(xs[0]), float(xs[-1]) + 1
        thickness = float(np.median(columns[xs])) / np.hypot(1, slope)
        return Stroke(
            self.left + x0,
            self.top + start + slope * x0 + 0.5,
            self.left + x1,
            self.top + start + slope * (x1 - 1) + 0.5,
            thickness,
        )

    @cached_property
    def upright(self) -> Stroke:
        """Stroke fitted from top to bottom, for stems and barlines."""
        rows = self.mask.sum(axis=1)
        ys = np.nonzero(rows)[0]
        xs = (np.arange(self.mask.shape[1])[None, :] * (self.mask > 0)).sum(axis=1)[ys] / rows[ys]
        slope, start = _line(ys, xs)
        y0, y1 = float(ys[0]), float(ys[-1]) + 1
        return Stroke(
            self.left + start + slope * y0 + 0.5,
            self.top + y0,
            self.left + start + slope * (y1 - 1) + 0.5,
            self.top + y1,
            float(np.median(rows[ys])) / np.hypot(1, slope),
        )

    def end_height(self, side: str) -> float:
        """Height of the ink at the left or right end, such as the end of a slur."""
        columns = self.mask[:, :3] if side == "left" else self.mask[:, -3:]
        ys = np.nonzero(columns)[0]
        return self.top + float(ys.mean()) + 0.5 if len(ys) else self.y


def _line(at: NDArray[np.int64], values: FloatArray) -> tuple[float, float]:
    if len(at) < 3:
        return 0.0, float(values.mean())
    slope, start = np.polyfit(at, values, 1)
    return float(slope), float(start)


@dataclass
class Staff:
    """Staff with five lines, which may be curved."""

    xs: FloatArray
    """x positions of the known heights, from left to right."""
    line_ys: FloatArray
    """(len(xs), 5): heights of the lines, from top to bottom."""
    left: float
    right: float
    things: list[Thing] = field(default_factory=list)
    system: int = 0

    @cached_property
    def space(self) -> float:
        """Staff space in pixels."""
        return float(np.median(self.line_ys[:, -1] - self.line_ys[:, 0])) / 4

    def middle(self, x: float) -> float:
        """Height of the middle line."""
        return float(np.interp(x, self.xs, self.line_ys[:, 2]))

    def line(self, index: int, x: float) -> float:
        """Height of a line; 0 is the top one."""
        return float(np.interp(x, self.xs, self.line_ys[:, index]))

    def ss(self, y: float, x: float) -> float:
        """Distance below the middle line in staff spaces."""
        return (y - self.middle(x)) / self.space


@dataclass
class GraphPage:
    """Page of objects."""

    writer: str
    name: str
    staves: list[Staff]
    things: list[Thing]

    def all(self, *names: str) -> list[Thing]:
        """Objects of some classes."""
        return [thing for thing in self.things if thing.name in names]

    def sort(self) -> None:
        """Sorts the objects in reading order: by staff, from left to right."""
        middles = np.array([staff.line_ys[:, 2].mean() for staff in self.staves])

        def place(thing: Thing) -> tuple[int, float, float]:
            if not len(middles):
                return 0, thing.left, thing.top
            height = thing.y if thing.staff is None else float(thing.staff.line_ys[:, 2].mean())
            return int(np.abs(middles - height).argmin()), thing.left, thing.top

        self.things.sort(key=place)
