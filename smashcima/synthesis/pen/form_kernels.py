"""Compiled kernels of the forms of symbols; the same results as `form` and `outline` with NumPy.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Complexes = NDArray[np.complex128]
Indices = NDArray[np.int64]


@njit("int64(int64, int64, int64, int64[::1], int64)", cache=True, nogil=True)
def _count_up(first: int, count: int, step: int, out: Indices, at: int) -> int:
    """Writes numbers from `first`, and returns the place after them."""
    for number in range(count):
        out[at + number] = first + number * step
    return at + count


@njit(
    "void(int64[:, ::1], int64[::1], int64, int64, int64[::1], int64[::1], int64[::1], float64[::1], int64[::1], int64[::1],"
    "int64[::1])",
    cache=True,
    nogil=True,
)
def ribbons(
    pieces: Indices,
    cuts: Indices,
    first_piece: int,
    last_piece: int,
    before: Indices,
    after: Indices,
    cap_at: Indices,
    cap_sign: Floats,
    order: Indices,
    ring_starts: Indices,
    found: Indices,
) -> None:
    """Writes the connectivity of the samples of one symbol; see `RibbonPlan`.

    Each piece has its first and last sample, whether it is filled, whether it has a round end at its start, and the bounds of
    its cuts. `cap_sign` is 1 for ends and -1 for starts. `found` gets the number of ends, of points and of rings.
    """
    total = len(before)
    for at in range(total):
        before[at], after[at] = at - 1, at + 1
    caps = points = rings = 0
    for piece in range(first_piece, last_piece):
        first, last, is_filled, has_start, cut, last_cut = pieces[piece]
        if is_filled:
            before[first], after[last] = last, first
            points = _count_up(first, last + 1 - first, 1, order, points)
            rings += 1
            ring_starts[rings] = points
            continue
        before[first], after[last] = first, last
        start = first
        while start < last:
            while cut < last_cut and not first < cuts[cut] < last:
                cut += 1
            end = last
            if cut < last_cut:
                end = cuts[cut]
                cut += 1
            points = _count_up(start, end + 1 - start, 1, order, points)
            if end == last:
                points = _count_up(2 * total + 3 * caps, 3, 1, order, points)
                cap_at[caps], cap_sign[caps] = last, 1.0
                caps += 1
            points = _count_up(total + end, end + 1 - start, -1, order, points)
            if start == first and has_start:
                points = _count_up(2 * total + 3 * caps, 3, 1, order, points)
                cap_at[caps], cap_sign[caps] = first, -1.0
                caps += 1
            rings += 1
            ring_starts[rings] = points
            start = end
    found[0], found[1], found[2] = caps, points, rings


@njit(
    "void(int64[::1], int64, int64, float64[:, ::1], float64[:, ::1], float64[:, ::1], complex128[:, ::1], float64[:, ::1])",
    cache=True,
    nogil=True,
)
def fill_form(
    stroke_of: Indices,
    start: int,
    first_stroke: int,
    all_bends: Floats,
    all_swells: Floats,
    masks: Floats,
    bends: Complexes,
    swells: Floats,
) -> None:
    """Writes the patterns of one symbol, whose samples start at `start` of those of all."""
    strokes, samples = masks.shape
    waves = len(all_bends)
    for stroke in range(strokes):
        for at in range(samples):
            masks[stroke, at] = 1.0 if stroke_of[start + at] == first_stroke + stroke else 0.0
    for wave in range(waves):
        for stroke in range(strokes):
            row = wave * strokes + stroke
            for at in range(samples):
                mask = masks[stroke, at]
                bend = all_bends[wave, start + at] * mask
                bends[row, at] = complex(bend * 1.0 - 0.0 * 0.0, bend * 0.0 + 0.0 * 1.0)
                bends[waves * strokes + row, at] = complex(bend * 0.0 - 0.0 * 1.0, bend * 1.0 + 0.0 * 0.0)
                swells[row, at] = all_swells[wave, start + at] * mask
