"""Placement of slurs and ties: their ends follow the notes, with random offsets."""

from __future__ import annotations

from functools import partial

import numpy as np

from smashcima.engraving import Curve, PrimitiveKind
from smashcima.placement.curves_over_music import keep_over_music
from smashcima.placement.notes import Notes
from smashcima.placement.page_arrays import FloatArray, IntArray, PageArrays
from smashcima.placement.random_quantities import QuantityDraws
from smashcima.placement.stems import Stems
from smashcima.placement.time_warp import TimeWarp

_K = PrimitiveKind

_BEZIER_HEIGHT = 0.75
"""Height of a symmetric cubic curve relative to the height of its middle control points."""

_USUAL_TIE_SS = 4.0
"""Length of the ties that `tie_height` belongs to. The height of ties grows with the square root of their length: in
MUSCIMA++ 0.4, 0.6, 0.9 and 1.2 staff spaces at a length of 1.6, 3.5, 10 and 15 (549 ties)."""

_BESIDE_HEADS_SS = 0.3
"""White space between the noteheads of a chord and the ends of ties beside them."""

_OFF_HEADS_SS = 0.22
"""White space between a notehead and the end of a curve above or below it."""


_TALLEST, _TALLEST_SS = 0.4, 0.4
"""Maximum height of a slur: this part of the distance between its ends, and this white space."""


def place_curves(
    arrays: PageArrays, notes: Notes, stems: Stems, warp: TimeWarp, draws: QuantityDraws
) -> None:
    """Places all slurs and ties."""
    tip = stems.tip_shifts()
    left, right = notes.edge_shifts()
    for kind, name in ((_K.SLUR, "slur"), (_K.TIE, "tie"), (_K.LAISSEZ_VIBRER, "tie")):
        curves = arrays.of_type(arrays.of(kind), Curve)
        curves = curves[arrays.count[curves] >= 4]
        count = len(curves)
        start_x, end_x = draws.offsets(f"{name}_start_x", count), draws.offsets(f"{name}_end_x", count)
        if name == "slur":
            start_y, end_y = draws.offsets("slur_start_y", count), draws.offsets("slur_end_y", count)
        else:
            start_y = end_y = draws.offsets("tie_y", count)
        if not count:
            _height_ratios(arrays, curves, name, draws)
            continue
        cell = arrays.facts.kept("ends", curves, partial(_ends, arrays, notes, curves))
        space = arrays.space[curves]
        start, end = arrays.engraved_point(curves), _far_ends(arrays, curves)
        shifts = []
        for number, (at, x, y) in enumerate(((start, start_x, start_y), (end, end_x, end_y))):
            own = cell[:, number]
            dx = (left + right)[own] / 2 if name == "slur" else (right, left)[number][own]
            dx = np.where(own >= 0, dx, warp.shifts(arrays.system[curves], at[:, 0]))
            dy = np.where(own >= 0, _nearest_shift(notes, tip, own, at[:, 1], with_stems=name == "slur"), 0.0)
            shifts.append((dx, dy, x * space, y * space))
        is_tie = name == "tie"
        heads = [_HeadsAtEnds(arrays, notes, cell[:, k], at, is_tie) for k, at in enumerate((start, end))]
        _bend(arrays, curves, (start, end), shifts, heads, _height_ratios(arrays, curves, name, draws))
        if kind is _K.SLUR:
            keep_over_music(arrays, curves)


def _ends(arrays: PageArrays, notes: Notes, curves: IntArray) -> IntArray:
    """The cells at which curves start and end, (n, 2); see `Cells.ends_of`."""
    systems = arrays.system[curves].tolist()
    found = [notes.cells.ends_of(i, system) for i, system in zip(curves.tolist(), systems, strict=True)]
    return np.array(found, dtype=np.intp)


def _height_ratios(arrays: PageArrays, curves: IntArray, name: str, draws: QuantityDraws) -> FloatArray:
    """Height added to each arch, as a fraction of its length."""
    if name == "slur":
        return draws.ratios("slur_height", len(curves))
    # A tie avoids no other objects, so its shape depends only on the writer, not on the engraver.
    start, end = arrays.engraved_point(curves), _far_ends(arrays, curves)
    rise, own = _rises(arrays, curves, start, end)[2:]
    highest = np.zeros(len(curves))
    np.maximum.at(highest, own, np.abs(rise))  # height of the outer edge, as in the measurements
    length = np.maximum(end[:, 0] - start[:, 0], 1e-3)
    flatter = np.sqrt(_USUAL_TIE_SS * arrays.space[curves] / np.maximum(length, arrays.space[curves]))
    engraved = np.maximum(highest / length * _BEZIER_HEIGHT / flatter, 1e-3)
    return draws.sizes("tie_height", engraved) / engraved


def _rises(
    arrays: PageArrays, curves: IntArray, start: FloatArray, end: FloatArray
) -> tuple[IntArray, FloatArray, FloatArray, IntArray]:
    """All points of curves: indices, positions along the curve (0 to 1), heights over its chord, indices of curves."""
    numbers = arrays.count[curves]
    points = np.repeat(arrays.first[curves] - np.cumsum(numbers) + numbers, numbers) + np.arange(
        numbers.sum()
    )
    own = np.repeat(np.arange(len(curves)), numbers)
    xy = arrays.engraved.take(points, axis=0)
    length = np.maximum(end[:, 0] - start[:, 0], 1e-3)
    along = np.clip((xy[:, 0] - start[own, 0]) / length[own], 0.0, 1.0)
    chord = start[own, 1] + along * (end - start)[own, 1]
    return points, along, xy[:, 1] - chord, own


def _far_ends(arrays: PageArrays, curves: IntArray) -> FloatArray:
    """The last points of the outer sides of curves."""
    points = arrays.facts.table(
        "outer points", curves, lambda c: 4 * len(c.outer) if isinstance(c, Curve) else 0
    )
    return arrays.engraved.take(arrays.first[curves] + points.astype(np.intp) - 1, axis=0)


class _HeadsAtEnds:
    """The noteheads at which curves start or end."""

    def __init__(
        self, arrays: PageArrays, notes: Notes, cell: IntArray, at: FloatArray, is_tie: bool
    ) -> None:
        self._at = at
        self._has = np.zeros(len(cell), dtype=bool)
        if not len(notes.heads):
            return
        row = notes.nearest(cell, at[:, 1])
        head = notes.heads[row]
        self._has = (cell >= 0) & notes.has_heads[cell]
        self._left, self._right, self._y = notes.left[row], notes.right[row], notes.y[row]
        self._space = notes.space[row]
        self._is_chord = self._has & (notes.last[cell] > notes.first[cell]) & is_tie
        self._engraved_y = notes.engraved_y[row]
        self._half = (arrays.bottom - arrays.top)[head] * arrays.scale[head, 1] / 2

    def beside_chords(self, dx: FloatArray, side: float) -> FloatArray:
        """Distance by which ends of ties move right (`side` 1) or left (-1) to lie beside the noteheads of a chord.

        There is no room above or below those noteheads.
        """
        if not self._has.any():
            return np.zeros(len(dx))
        edge = (self._right if side > 0 else self._left) + side * _BESIDE_HEADS_SS * self._space
        missing = side * np.maximum(side * (edge - self._at[:, 0] - dx), 0.0)
        return np.where(self._is_chord, missing, 0.0)

    def kept_off(self, dx: FloatArray, dy: FloatArray, above: FloatArray) -> FloatArray:
        """Vertical displacement that keeps ends out of noteheads; ends beside a notehead are not restricted."""
        if not self._has.any():
            return dy
        x, y = self._at[:, 0] + dx, self._at[:, 1] + dy
        beside = (x > self._left) & (x < self._right) & self._has
        needed = self._half + _OFF_HEADS_SS * self._space
        # Ends that the engraver placed closer stay there, unless the writer moved them.
        away, engraved = np.abs(y - self._y), np.abs(self._at[:, 1] - self._engraved_y)
        inside = beside & ~self._is_chord & (away < needed) & (np.abs(away - engraved) > 1e-6)
        return np.where(inside, self._y + above * needed - self._at[:, 1], dy)


def _nearest_shift(
    notes: Notes,
    tip: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    cell: IntArray,
    y: FloatArray,
    with_stems: bool,
) -> FloatArray:
    """Vertical displacement of the part of each note (notehead or stem) at which a curve ends."""
    if not len(notes.heads):
        return np.zeros(len(cell))
    row = notes.nearest(cell, y)
    shift = np.where(notes.has_heads[cell], notes.dy[row], 0.0)
    if with_stems:
        at_stem = np.abs(tip[3][cell] - y) < np.abs(notes.engraved_y[row] - y)
        shift = np.where(at_stem, tip[1][cell], shift)
    return shift


def _bend(
    arrays: PageArrays,
    curves: IntArray,
    ends: tuple[FloatArray, FloatArray],
    shifts: list[tuple[FloatArray, FloatArray, FloatArray, FloatArray]],
    heads: list[_HeadsAtEnds],
    ratio: FloatArray,
) -> None:
    """Moves the ends of curves, interpolates the points between them, and changes the heights of arches."""
    start, end = ends
    points, along, rise, own = _rises(arrays, curves, start, end)
    xy = arrays.engraved.take(points, axis=0)
    chord, length = xy[:, 1] - rise, np.maximum(end[:, 0] - start[:, 0], 1e-3)
    above = np.sign(np.bincount(own, weights=rise, minlength=len(curves)))
    (dx0, dy0, x0, away0), (dx1, dy1, x1, away1) = shifts
    # Ends are limited so that the curve keeps its direction.
    limit = 0.35 * np.maximum(length + dx1 - dx0, 0.0)
    dx0, dx1 = dx0 + np.clip(x0, -limit, limit), dx1 + np.clip(x1, -limit, limit)
    dx0 = dx0 + np.where(x0 != 0, heads[0].beside_chords(dx0, 1.0), 0.0)
    dx1 = dx1 + np.where(x1 != 0, heads[1].beside_chords(dx1, -1.0), 0.0)
    # Height scales with length, because writers keep the shape of an arch.
    ratio = ratio * np.clip(1 + (dx1 - dx0) / length, 0.6, 1.6)
    dx = dx0[own] + along * (dx1 - dx0)[own]
    dy0 = heads[0].kept_off(dx0, dy0 + above * away0, above)
    dy1 = heads[1].kept_off(dx1, dy1 + above * away1, above)
    dy = dy0[own] + along * (dy1 - dy0)[own]
    rise = rise * _less_steep(rise, own, length, (end - start)[:, 1], arrays.space[curves])[own]
    arrays.xy[points, 0] = xy[:, 0] + dx
    # The centre line is bent; the thickness is unchanged. The inner side is stored in reverse order of the outer side.
    first = np.cumsum(arrays.count[curves]) - arrays.count[curves]
    opposite = (2 * first + arrays.count[curves] - 1)[own] - np.arange(len(own))
    bend = (ratio[own] - 1) * (rise + rise[opposite]) / 2
    arrays.xy[points, 1] = chord + rise + bend + dy


def _less_steep(
    rise: FloatArray, own: IntArray, length: FloatArray, fall: FloatArray, space: FloatArray
) -> FloatArray:
    """Factors that lower the tallest arches, which engravers draw between notes of two staves close to each other."""
    highest = np.zeros(len(length))
    np.maximum.at(highest, own, np.abs(rise))
    most = _TALLEST * np.hypot(length, fall) + _TALLEST_SS * space
    result: FloatArray = np.minimum(most / np.maximum(highest * _BEZIER_HEIGHT, 1e-6), 1.0)
    return result
