"""Compiled kernel of texts; the same results as `letter_placing` without it. Imported only if `kernels_are_used()`."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@njit(
    "void(float64[:, ::1], float64[::1], float64[::1], float64[::1], int64, float64[:, ::1], int64[::1])",
    cache=True,
    nogil=True,
    error_model="numpy",
)
def place_letters(
    measures: Floats,
    draws: Floats,
    manner: Floats,
    frame: Floats,
    variations: int,
    matrices: Floats,
    renderings: NDArray[np.int64],
) -> None:
    """Writes the matrix (6) and the number of the rendering of each letter; see `letter_placing.placed_letters`.

    Args:
        measures: what is known of each letter, (n, 9); see `Setting.measures`.
        draws: five random numbers for each letter, and four more, (5n + 4).
        manner: how the writer varies letters, (12); see `Manner`.
        frame: x, y, em, and the scales of letters, of spaces and of all, (6).
        variations: the number of renderings of a letter.
        matrices: written, (n, 6).
        renderings: written, (n).
    """
    count = len(measures)
    (
        most, resizing, widening, heightening, leaning, parting, drift, wave, climb, climbing,
        lean, joint_height,
    ) = manner  # fmt: skip
    x, y, em, across, of_spaces, scale = frame
    for number in range(len(draws)):
        draws[number] = min(max(draws[number], -most), most)
    phase, length, slope_draw, resize = draws[5 * count :]
    wider_spaces = of_spaces - across
    if scale == 1.0:
        scale += resizing * resize
    amplitude = drift * em
    frequency = 2 * math.pi / (wave * (1.0 + 0.25 * length) * em)
    phase = 3.0 * phase
    rise = climb + climbing * slope_draw
    shift, wide_before, rendering = 0.0, 1.0, 0
    for index in range(count):
        at, up, size, own_lean, spaces, own_em, end, entry, kind = measures[index]
        angle = frequency * at + phase
        drop, slope = amplitude * math.sin(angle) - rise * at, amplitude * frequency * math.cos(angle) - rise
        down = y + up * scale + drop
        left = x + (at * across + spaces * wider_spaces) * scale
        own = matrices[index]
        if kind == 0:
            own[0], own[1], own[2], own[3], own[4], own[5] = scale, 0.0, 0.0, scale, left + shift, down
            continue
        wide = 1.0 + widening * draws[5 * index]
        high = 1.0 + heightening * draws[5 * index + 1]
        size *= scale
        if kind == 1:
            shift = 0.5 * shift + parting * draws[5 * index + 3] * size
        else:
            shift += size * across * ((wide_before - 1.0) * end - (wide - 1.0) * entry)
        wide_before = wide
        unit = size / own_em
        along_x, along_y = unit * wide * across, unit * high
        shear = -along_x * (own_lean + leaning * draws[5 * index + 2]) - lean * unit * (1 - across)
        own[0], own[1], own[2], own[3] = along_x, slope * along_x, shear, along_y
        own[4], own[5] = left + shift + shear * joint_height * own_em, down
        rendering = (rendering + 1 + int(abs(draws[5 * index + 4]) * 97.0) % (variations - 1)) % variations
        renderings[index] = rendering
