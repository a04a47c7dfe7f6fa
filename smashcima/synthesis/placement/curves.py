"""Slurs and ties: their ends go with the notes, and miss them in their own way."""

from __future__ import annotations

import numpy as np

from smashcima.engraving import Curve, PrimitiveKind
from smashcima.synthesis.placement.drawing import Draws
from smashcima.synthesis.placement.notes import Notes
from smashcima.synthesis.placement.page_arrays import FloatArray, IntArray, PageArrays
from smashcima.synthesis.placement.stems import Stems
from smashcima.synthesis.placement.time_warp import TimeWarp

_K = PrimitiveKind

_BEZIER_HEIGHT = 0.75
"""How far a cubic curve reaches towards its middle control points."""


def place_curves(arrays: PageArrays, notes: Notes, stems: Stems, warp: TimeWarp, draws: Draws) -> None:
    """Moves all slurs and ties."""
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
        cells = [
            notes.cells.ends_of(arrays.primitives[i].element, system)
            for i, system in zip(curves.tolist(), arrays.system[curves].tolist(), strict=True)
        ]
        cell = np.array(cells, dtype=np.intp)
        space = arrays.space[curves]
        start, end = arrays.engraved[arrays.first[curves]], _far_ends(arrays, curves)
        shifts = []
        for number, (at, x, y) in enumerate(((start, start_x, start_y), (end, end_x, end_y))):
            own = cell[:, number]
            dx = (left + right)[own] / 2 if name == "slur" else (right, left)[number][own]
            dx = np.where(own >= 0, dx, warp.shifts(arrays.system[curves], at[:, 0]))
            dy = np.where(own >= 0, _nearest_shift(notes, tip, own, at[:, 1], with_stems=name == "slur"), 0.0)
            shifts.append((dx, dy, x * space, y * space))
        _bend(arrays, curves, start, end, shifts, _height_ratios(arrays, curves, name, draws))


def _height_ratios(arrays: PageArrays, curves: IntArray, name: str, draws: Draws) -> FloatArray:
    """By how much arches become higher, as parts of their lengths."""
    if name == "slur":
        return draws.ratios("slur_height", len(curves))
    # A tie has nothing to get out of the way of: its form is the writer's, whatever the engraver's was.
    start, end = arrays.engraved[arrays.first[curves]], _far_ends(arrays, curves)
    rise, own = _rises(arrays, curves, start, end)[2:]
    highest = np.zeros(len(curves))
    np.maximum.at(highest, own, np.abs(rise))  # of the outer edge, as it is measured
    engraved = np.maximum(highest / np.maximum(end[:, 0] - start[:, 0], 1e-3) * _BEZIER_HEIGHT, 1e-3)
    return draws.sizes("tie_height", engraved) / engraved


def _rises(
    arrays: PageArrays, curves: IntArray, start: FloatArray, end: FloatArray
) -> tuple[IntArray, FloatArray, FloatArray, IntArray]:
    """All points of curves: their indices, how far along they are (0 to 1), their height over the chord, their curve."""
    numbers = arrays.count[curves]
    points = np.repeat(arrays.first[curves] - np.cumsum(numbers) + numbers, numbers) + np.arange(
        numbers.sum()
    )
    own = np.repeat(np.arange(len(curves)), numbers)
    xy = arrays.engraved[points]
    length = np.maximum(end[:, 0] - start[:, 0], 1e-3)
    along = np.clip((xy[:, 0] - start[own, 0]) / length[own], 0.0, 1.0)
    chord = start[own, 1] + along * (end - start)[own, 1]
    return points, along, xy[:, 1] - chord, own


def _far_ends(arrays: PageArrays, curves: IntArray) -> FloatArray:
    """The last point of the outer side."""
    last = [
        arrays.first[i] + 4 * len(p.outer) - 1
        for i in curves.tolist()
        if isinstance(p := arrays.primitives[i], Curve)
    ]
    return arrays.engraved[np.array(last, dtype=np.intp)]


def _nearest_shift(
    notes: Notes,
    tip: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    cell: IntArray,
    y: FloatArray,
    with_stems: bool,
) -> FloatArray:
    """How far that part of each note moves up or down that a curve ends at."""
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
    start: FloatArray,
    end: FloatArray,
    shifts: list[tuple[FloatArray, FloatArray, FloatArray, FloatArray]],
    ratio: FloatArray,
) -> None:
    """Moves the ends of curves with all that is between, and makes their arches higher or flatter."""
    points, along, rise, own = _rises(arrays, curves, start, end)
    xy = arrays.engraved[points]
    chord, length = xy[:, 1] - rise, np.maximum(end[:, 0] - start[:, 0], 1e-3)
    above = np.sign(np.bincount(own, weights=rise, minlength=len(curves)))
    (dx0, dy0, x0, away0), (dx1, dy1, x1, away1) = shifts
    # Neither end goes so far that the curve would turn round.
    limit = 0.35 * np.maximum(length + dx1 - dx0, 0.0)
    dx0, dx1 = dx0 + np.clip(x0, -limit, limit), dx1 + np.clip(x1, -limit, limit)
    # What becomes longer becomes higher: people keep the form of an arch.
    ratio = ratio * np.clip(1 + (dx1 - dx0) / length, 0.6, 1.6)
    dx = dx0[own] + along * (dx1 - dx0)[own]
    dy0, dy1 = dy0 + above * away0, dy1 + above * away1
    dy = dy0[own] + along * (dy1 - dy0)[own]
    arrays.xy[points, 0] = xy[:, 0] + dx
    # The middle line bends; the ink stays as thick as it was. The inner side comes in the order opposite to the outer.
    first = np.cumsum(arrays.count[curves]) - arrays.count[curves]
    opposite = (2 * first + arrays.count[curves] - 1)[own] - np.arange(len(own))
    bend = (ratio[own] - 1) * (rise + rise[opposite]) / 2
    arrays.xy[points, 1] = chord + rise + bend + dy
