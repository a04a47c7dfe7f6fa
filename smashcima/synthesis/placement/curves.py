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
        ratio = draws.ratios(f"{name}_height", count)
        if not count:
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
        _bend(arrays, curves, start, end, shifts, ratio)


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
    numbers = arrays.count[curves]
    points = np.repeat(arrays.first[curves] - np.cumsum(numbers) + numbers, numbers) + np.arange(
        numbers.sum()
    )
    own = np.repeat(np.arange(len(curves)), numbers)
    xy = arrays.engraved[points]
    length = np.maximum(end[:, 0] - start[:, 0], 1e-3)
    along = np.clip((xy[:, 0] - start[own, 0]) / length[own], 0.0, 1.0)
    chord = start[own, 1] + along * (end - start)[own, 1]
    rise = xy[:, 1] - chord
    above = np.sign(np.bincount(own, weights=rise, minlength=len(curves)))
    (dx0, dy0, x0, away0), (dx1, dy1, x1, away1) = shifts
    # Neither end goes so far that the curve would turn round.
    limit = 0.35 * np.maximum(length + dx1 - dx0, 0.0)
    dx0, dx1 = dx0 + np.clip(x0, -limit, limit), dx1 + np.clip(x1, -limit, limit)
    dx = dx0[own] + along * (dx1 - dx0)[own]
    dy0, dy1 = dy0 + above * away0, dy1 + above * away1
    dy = dy0[own] + along * (dy1 - dy0)[own]
    arrays.xy[points, 0] = xy[:, 0] + dx
    arrays.xy[points, 1] = chord + rise * ratio[own] + dy
