"""Moving of the staves of a system up and down, each with its music."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smashcima.engraving import Curve, EngravedPage, EngravedSystem, Primitive, PrimitiveKind, Symbol
from smashcima.placement.own_staves import OwnStaves
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

    def __init__(
        self,
        page: EngravedPage,
        system: EngravedSystem,
        tops: Sequence[float],
        own_staves: OwnStaves | None = None,
    ) -> None:
        """`tops` are the new y of the top lines of its staves, in mm; `own_staves` are those of notes across staves, if any."""
        self._page = page
        self._own_staves = own_staves
        shifts = [top - staff.line_ys[0] for staff, top in zip(system.staves, tops, strict=True)]
        self._of_staff = {staff.number: dy for staff, dy in zip(system.staves, shifts, strict=True)}
        self._ys = np.array([y for staff in system.staves for y in (staff.line_ys[0], staff.line_ys[-1])])
        self._dys = np.repeat(shifts, 2)

    def of(self, index: int, primitive: Primitive) -> Primitive:
        """The moved primitive; `index` is its place on the page."""
        own = primitive.place.staff if self._own_staves is None else self._own_staves.staff(index)
        dy = None if primitive.kind in ACROSS_STAVES else self._of_staff.get(own or 0)
        points = primitive.points
        if not len(points):
            return primitive
        if own is None and self._own_staves is not None and primitive.place.staff is not None:
            return self._between(index, primitive, self._own_staves)
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

    def _between(self, index: int, primitive: Primitive, own_staves: OwnStaves) -> Primitive:
        """A stem or beam across staves: stems go from their heads to the beam, which keeps its thickness."""
        points = primitive.points
        if primitive.kind is not _K.STEM or len(points) != 2:
            return primitive.with_points(points + (0.0, self._of_beam(index, own_staves)))
        heads = own_staves.heads(index)
        ys = np.array([self._page.primitives[head].points[0, 1] for head in heads])
        shifts = [self._of_staff.get(self._page.primitives[head].place.staff or 0, 0.0) for head in heads]
        away = np.abs(points[:, 1:] - ys)
        dys = np.array(shifts)[away.argmin(axis=1)]
        beam = own_staves.beam_of(index)
        if beam is not None:
            dys[away.min(axis=1).argmax()] = self._of_beam(beam, own_staves)
        return primitive.with_points(points + np.stack([np.zeros(2), dys], axis=1))

    def _of_beam(self, index: int, own_staves: OwnStaves) -> float:
        """Displacement of a beam across staves, with all its pieces, or of what is beside one."""
        piece = self._page.belonging.beams.get(index) if self._page.belonging is not None else None
        first = own_staves.beam_of(piece.stems[0]) if piece is not None else None
        points = self._page.primitives[index if first is None else first].points
        return float(self._at(points[:, 1].mean(keepdims=True))[0, 1])

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
