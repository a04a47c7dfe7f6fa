"""Heights on a staff, read from its staff lines and ledger lines as they are drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from smashcima.scene.visual import LedgerLine, StaffLine, SystemStaff
from smashcima.verifying.drawn_page import DrawnPage, FloatArray

_STRAIGHT_SS = 0.25
"""Height of the box of a straight staff line, at most, in staff spaces."""

_FIRST_SPACE = 1.6
"""Distance from the staff, in steps, up to which a notehead without ledger lines of its own is in the space beside it."""

_MISSING_LINE = 2.4
"""Distance between two lines, in steps, from which another one is missing between them."""

_ON_LINE = 0.15
"""Distance of a head from a line that its middle touches, in steps."""

_ON_LINE_ACROSS = 0.21
_ACROSS_SS = 0.3
"""The same for a line that reaches beyond the middle of the head on both sides, by this many staff spaces at least, as one
does that several notes share."""

_KNOTS = 65
"""Number of places at which the height of a bent line is measured."""


@dataclass(slots=True)
class _Lines:
    """Lines of a staff that run side by side."""

    left: float
    right: float
    count: int
    heights: FloatArray
    """(K, lines): y of each line, from top to bottom, at the knots `xs`; K is 1 for straight lines."""
    xs: FloatArray

    @property
    def ends(self) -> tuple[float, float]:
        """Y of the first and the last of straight lines."""
        return float(self.heights[0, 0]), float(self.heights[0, -1])


@dataclass(slots=True)
class StaffHeights:
    """The staff lines and ledger lines of one staff in one system."""

    staff: SystemStaff
    space: float
    """Distance of two lines in mm."""
    lines: list[_Lines] = field(default_factory=list)
    ledgers: list[tuple[float, float, float]] = field(default_factory=list)
    """Left end, right end and y of all ledger lines."""
    ledger_ys: dict[int, list[float]] = field(default_factory=dict)
    """Y of the ledger lines of each notehead, by the row of the head."""

    @property
    def line_count(self) -> int | None:
        """The number of lines, if it is the same everywhere; 0 without lines."""
        counts = {stretch.count for stretch in self.lines}
        return (counts.pop() if counts else 0) if len(counts) <= 1 else None

    def steps(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Staff positions (not rounded) of points by their distance from the staff lines; NaN without lines."""
        if len(self.lines) == 1:
            return self._steps_in(self.lines[0], x, y)
        result = np.full(len(x), np.nan)
        if self.lines:
            away = np.stack(
                [np.maximum(np.maximum(line.left - x, x - line.right), 0.0) for line in self.lines]
            )
            nearest = away.argmin(axis=0)
            for index, stretch in enumerate(self.lines):
                here = nearest == index
                result[here] = self._steps_in(stretch, x[here], y[here])
        return result

    def _steps_in(self, stretch: _Lines, x: FloatArray, y: FloatArray) -> FloatArray:
        if len(stretch.xs) == 1:
            top, bottom = stretch.heights[0, 0], stretch.heights[0, -1]
        else:
            top = np.interp(x, stretch.xs, stretch.heights[:, 0])
            bottom = np.interp(x, stretch.xs, stretch.heights[:, -1])
        space = (bottom - top) / (stretch.count - 1) if stretch.count > 1 else self.space
        result: FloatArray = ((top + bottom) / 2 - y) / space * 2
        return result

    def step_at(self, x: float, y: float) -> float:
        """The staff position (not rounded) of one point, as `steps`."""
        if len(self.lines) == 1 and len(self.lines[0].xs) == 1 and self.lines[0].count > 1:
            stretch = self.lines[0]
            top, bottom = stretch.ends
            return ((top + bottom) / 2 - y) / (bottom - top) * (stretch.count - 1) * 2
        return float(self.steps(np.array([x]), np.array([y]))[0])

    def read(self, rows: Sequence[int], x: FloatArray, y: FloatArray) -> FloatArray:
        """Staff positions (not rounded) of noteheads with their centres at (x, y), as a reader finds them.

        Within the staff and beside it, by the distance from the lines; further away, by counting ledger lines, which
        a writer does not draw at equal distances.
        """
        raw = self.steps(x, y)
        edge = (self.line_count or 5) - 1
        for index in np.flatnonzero(np.abs(raw) > edge + 0.3).tolist():
            at, distance = float(x[index]), float(raw[index])
            depths = self._depths_of(rows[index], at, distance, edge)
            if depths:
                raw[index] = _by_ledger_lines(depths, distance, edge)
        return raw

    def _depths_of(self, row: int, x: float, raw: float, edge: int) -> list[float]:
        """Distances of the ledger lines between the staff and a notehead from the middle of the staff, in steps, from the
        nearest to the furthest.

        Those that belong to it, and if some are missing, those of other notes of the column, which can be shared. A head
        without lines of its own is in the space beside the staff, unless it lies on a line or further away.
        """
        side = 1.0 if raw > 0 else -1.0
        own = _sorted_out([side * self.step_at(x, y) for y in self.ledger_ys.get(row, ())], edge)
        if own:
            marks = [float(edge), *own, max(side * raw, edge)]
            if max(after - before for before, after in pairwise(marks)) < _MISSING_LINE:
                return own
        beside = [side * self.step_at(x, y) for left, right, y in self.ledgers if left <= x <= right]
        reach = _ACROSS_SS * self.space
        is_on_line = any(
            abs(self.step_at(x, y) - raw)
            < (_ON_LINE_ACROSS if min(x - left, right - x) >= reach else _ON_LINE)
            for left, right, y in self.ledgers
            if left <= x <= right
        )
        if not own and abs(raw) < edge + _FIRST_SPACE and not is_on_line:
            return []
        return _sorted_out([*own, *beside], edge)


def _by_ledger_lines(depths: list[float], raw: float, edge: int) -> float:
    """The staff position (not rounded) of a head at `raw`, between or beyond ledger lines at `depths`."""
    side = 1.0 if raw > 0 else -1.0
    beyond = side * raw
    before = float(edge)
    for number, depth in enumerate(depths):
        if beyond <= depth:
            # Between two lines there is one place.
            return side * (edge + 2 * (number + (beyond - before) / (depth - before)))
        before, gap = depth, depth - before
    # Beyond the last one, steps are between those of the staff and those of the last space.
    step = (1.0 + gap / 2) / 2
    return side * (edge + 2 * len(depths) + (beyond - before) / step)


def _sorted_out(depths: list[float], edge: int) -> list[float]:
    """The depths of ledger lines in order, without lines of the other side, and those that continue or repeat another."""
    kept: list[float] = []
    for depth in sorted(depths):
        if depth > edge + 0.3 and (not kept or depth - kept[-1] > 0.7):
            kept.append(depth)
    return kept


def staff_heights(drawn: DrawnPage) -> dict[SystemStaff, StaffHeights]:
    """The staff lines of each staff of a page."""
    groups: dict[SystemStaff, list[int]] = defaultdict(list)
    for row in drawn.of(StaffLine):
        staff = drawn.staves[row]
        if staff is not None:
            groups[staff].append(row)
    result: dict[SystemStaff, StaffHeights] = {}
    for system in drawn.page.systems:
        for staff in system.staves:
            result[staff] = StaffHeights(
                staff, staff.staff_space, _stretches(drawn, groups.get(staff, ()), staff.staff_space)
            )
    _add_ledger_lines(drawn, result)
    return result


def _stretches(drawn: DrawnPage, rows: list[int] | tuple[()], space: float) -> list[_Lines]:
    """Divides the lines of a staff into stretches with the same lines."""
    if not rows:
        return []
    boxes = drawn.boxes[rows]
    rows = [row for row, box in zip(rows, boxes, strict=True) if not np.isnan(box[0])]
    groups: list[list[int]] = []
    reach: list[tuple[float, float]] = []
    for row in sorted(rows, key=lambda row: float(drawn.boxes[row, 0])):
        left, _, right, _ = drawn.boxes[row].tolist()
        for group, (start, end) in zip(groups, reach, strict=True):
            # Lines of one stretch start and end together, up to the writer's hand.
            if abs(start - left) < 2 * space and abs(end - right) < 2 * space:
                group.append(row)
                break
        else:
            groups.append([row])
            reach.append((left, right))
    return [_lines_of(drawn, group, space) for group in groups]


def _lines_of(drawn: DrawnPage, rows: list[int], space: float) -> _Lines:
    boxes = drawn.boxes[rows]
    left, right = float(boxes[:, 0].min()), float(boxes[:, 2].max())
    if (boxes[:, 3] - boxes[:, 1]).max() < _STRAIGHT_SS * space:
        heights = np.sort((boxes[:, 1] + boxes[:, 3]) / 2)[np.newaxis]
        return _Lines(left, right, len(rows), heights, np.array([(left + right) / 2]))
    xs = np.linspace(left, right, _KNOTS)
    columns = np.stack([_centre_line(drawn, row, xs) for row in rows], axis=1)
    order = np.argsort(columns.mean(axis=0))
    return _Lines(left, right, len(rows), columns[:, order], xs)


def _centre_line(drawn: DrawnPage, row: int, xs: FloatArray) -> FloatArray:
    """Y of the middle of a thin, long shape at each x: halfway between its upper and its lower border."""
    region = drawn.things[row].glyph.region
    a, b, c, d, e, f = drawn.way(region.space)
    ring = max(region.contours.rings, key=len)
    x, y = ring[:, 0] * a + ring[:, 1] * c + e, ring[:, 0] * b + ring[:, 1] * d + f
    first, last = int(x.argmin()), int(x.argmax())
    order = np.arange(len(x))
    one = order[first : last + 1] if first <= last else np.concatenate([order[first:], order[: last + 1]])
    other = order[last : first + 1] if last <= first else np.concatenate([order[last:], order[: first + 1]])
    borders = []
    for chain in (one, other):
        by_x = chain[np.argsort(x[chain], kind="stable")]
        borders.append(np.interp(xs, x[by_x], y[by_x]))
    result: FloatArray = (borders[0] + borders[1]) / 2
    return result


def _add_ledger_lines(drawn: DrawnPage, heights: dict[SystemStaff, StaffHeights]) -> None:
    for row in drawn.of(LedgerLine):
        staff = drawn.staves[row]
        if staff in heights:
            left, top, right, bottom = drawn.boxes[row].tolist()
            y = (top + bottom) / 2
            heights[staff].ledgers.append((left, right, y))
            for head in drawn.things[row].__dict__["noteheads"]:
                if head in drawn.row_of:
                    heights[staff].ledger_ys.setdefault(drawn.row_of[head], []).append(y)
