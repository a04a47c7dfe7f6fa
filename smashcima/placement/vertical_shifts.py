"""Moving of the staves of a system up and down, each with its music."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smashcima.engraving import Curve, EngravedPage, EngravedSystem, Primitive, PrimitiveKind, Symbol
from smashcima.placement.page_arrays import FloatArray

_K = PrimitiveKind

ACROSS_STAVES = frozenset(
    {_K.BARLINE, _K.SYSTEM_START, _K.BRACE, _K.BRACKET, _K.SYSTEM_DIVIDER, _K.ARPEGGIO, _K.REPEAT_DOT}
)
"""Kinds that connect staves: each of their points moves with what is at its height."""


class VerticalShifts:
    """Moves the primitives of one system to new heights of its staves.

    Primitives of a staff move with it. Between staves, strokes that connect them are stretched.
    """

    def __init__(self, page: EngravedPage, system: EngravedSystem, tops: Sequence[float]) -> None:
        """`tops` are the new y of the top lines of its staves, in mm."""
        self._page = page
        shifts = [top - staff.line_ys[0] for staff, top in zip(system.staves, tops, strict=True)]
        self._of_staff = {staff.number: dy for staff, dy in zip(system.staves, shifts, strict=True)}
        self._ys = np.array([y for staff in system.staves for y in (staff.line_ys[0], staff.line_ys[-1])])
        self._dys = np.repeat(shifts, 2)

    def of(self, index: int, primitive: Primitive) -> Primitive:
        """The moved primitive; `index` is its place on the page."""
        dy = None if primitive.kind in ACROSS_STAVES else self._of_staff.get(primitive.place.staff or 0)
        points = primitive.points
        if not len(points):
            return primitive
        if dy is None:
            moved = primitive.with_points(points + self._at(points[:, 1]))
            if primitive.kind is _K.ARPEGGIO and isinstance(primitive, Symbol):
                return self._stretched(primitive, moved)
            return moved
        start, end = self._ends(index, dy) if isinstance(primitive, Curve) else (dy, dy)
        if start == end:
            return primitive.with_points(points + (0.0, start))
        along = (points[:, 0] - points[:, 0].min()) / max(float(np.ptp(points[:, 0])), 1e-9)
        return primitive.with_points(
            points + np.stack([np.zeros(len(points)), start + along * (end - start)], axis=1)
        )

    def _at(self, ys: FloatArray) -> FloatArray:
        """Displacements of points at some heights, (n, 2)."""
        return np.stack([np.zeros(len(ys)), np.interp(ys, self._ys, self._dys)], axis=1)

    def _ends(self, index: int, dy: float) -> tuple[float, float]:
        """Displacements of the left and right end of a curve, each with its noteheads."""
        belonging = self._page.belonging
        if belonging is None:
            return dy, dy
        found = []
        for heads in (belonging.start_noteheads.get(index, ()), belonging.end_noteheads.get(index, ())):
            staff = self._page.primitives[heads[0]].place.staff if heads else None
            found.append(self._of_staff.get(staff or 0, dy) if heads else None)
        start, end = found
        if start is None:
            start = dy if end is None else end
        return start, start if end is None else end

    def _stretched(self, primitive: Symbol, moved: Primitive) -> Primitive:
        """A piece of an arpeggio, as long as the distance to the next one has become."""
        _, top, _, bottom = primitive.sides()
        shifts = np.interp((top, bottom), self._ys, self._dys)
        factor = 1.0 + float(shifts[1] - shifts[0]) / max(bottom - top, 1e-9)
        turned = abs(primitive.rotation_deg) > 45.0
        return moved.stretched(factor, 1.0) if turned else moved.stretched(1.0, factor)
