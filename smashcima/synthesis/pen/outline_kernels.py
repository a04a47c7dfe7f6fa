"""Compiled kernels of outlines; the same results as `outline` with NumPy.

Results are written to arrays of the caller: Numba takes a microsecond to return one. Imported only if `kernels_are_used()`. Products of two complex numbers stay with NumPy, which rounds them once or twice
depending on the machine.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Complexes = NDArray[np.complex128]
Indices = NDArray[np.intp]


@njit("complex128(float64, float64, float64)", cache=True, nogil=True, error_model="numpy")
def _divided(real: float, imag: float, by: float) -> complex:
    """A complex number divided by a real one that is not negative, in the steps of NumPy."""
    if by == 0:
        return complex(real / by, imag / by)
    ratio = 0.0 / by
    scale = 1.0 / (by + 0.0 * ratio)
    return complex((real + imag * ratio) * scale, (imag - real * ratio) * scale)


@njit(
    "int64(complex128[:, ::1], int64[::1], int64[::1], float64, complex128[:, ::1], float64[:, ::1], int64[::1],"
    "complex128[::1])",
    cache=True,
    nogil=True,
    error_model="numpy",
)
def directions(
    centres: Complexes,
    before: Indices,
    after: Indices,
    fold: float,
    tangents: Complexes,
    room: Floats,
    lone: Indices,
    steps: Complexes,
) -> int:
    """Writes the directions at the samples of centre lines (count, n), and the room beside them.

    Where a neighbour is missing or coincides, the direction is NaN. The flat indices of these samples, and the sums of the
    steps to their neighbours, are written, too; their number is returned.
    """
    count, samples = centres.shape
    found = 0
    for line in range(count):
        for at in range(samples):
            here, last, following = centres[line, at], centres[line, before[at]], centres[line, after[at]]
            back_x, back_y = here.real - last.real, here.imag - last.imag
            ahead_x, ahead_y = following.real - here.real, following.imag - here.imag
            back_length = math.sqrt(back_x * back_x + back_y * back_y)
            ahead_length = math.sqrt(ahead_x * ahead_x + ahead_y * ahead_y)
            product = back_length * ahead_length
            cross = back_x * ahead_y - back_y * ahead_x
            dot = back_x * ahead_x + back_y * ahead_y
            room[line, at] = min(back_length, ahead_length) * (product + dot) * fold / cross
            one = _divided(back_x, back_y, back_length)
            other = _divided(ahead_x, ahead_y, ahead_length)
            sum_x, sum_y = one.real + other.real, one.imag + other.imag
            tangent = _divided(sum_x, sum_y, math.sqrt(sum_x * sum_x + sum_y * sum_y))
            tangents[line, at] = tangent
            if math.isnan(tangent.real):
                lone[found] = line * samples + at
                steps[found] = complex(back_x + ahead_x, back_y + ahead_y)
                found += 1
    return found


@njit(
    "void(complex128[:, ::1], int64[::1], complex128[::1], float64[::1])",
    cache=True,
    nogil=True,
    error_model="numpy",
)
def fill_lone(tangents: Complexes, lone: Indices, steps: Complexes, lengths: Floats) -> None:
    """Sets the directions at the samples whose steps to their neighbours have these sums and lengths."""
    samples = tangents.shape[1]
    for number in range(len(lone)):
        length = lengths[number]
        filled = complex(1.0, 0.0)
        if length > 0:
            filled = _divided(steps[number].real, steps[number].imag, length)
        tangents[lone[number] // samples, lone[number] % samples] = filled


@njit("complex128(complex128, float64)", cache=True, nogil=True)
def _masked(number: complex, mask: float) -> complex:
    return complex(number.real * mask - number.imag * 0.0, number.real * 0.0 + number.imag * mask)


@njit("UniTuple(float64, 2)(float64, float64)", cache=True, nogil=True)
def _half_widths(half: float, room: float) -> tuple[float, float]:
    """Ink to the left and to the right of a centre line; `room` limits the right side, or, if negative, the left one."""
    if room > 0:
        return half, min(half, room)
    if room < 0:
        return min(half, -room), half
    return half, half


@njit(
    "void(complex128[:, ::1], float64[:, ::1], float64[:, ::1], complex128[:, ::1], complex128[:, ::1])",
    cache=True,
    nogil=True,
)
def sides(centres: Complexes, halves: Floats, room: Floats, across: Complexes, out: Complexes) -> None:
    """Writes the left sides of centre lines, then the right ones, to the first columns of `out`."""
    count, samples = centres.shape
    for line in range(count):
        for at in range(samples):
            left, right = _half_widths(halves[line, at], room[line, at])
            centre, to_side = centres[line, at], across[line, at]
            out[line, at] = complex(centre.real - left * to_side.real, centre.imag - left * to_side.imag)
            out[line, samples + at] = complex(
                centre.real + right * to_side.real, centre.imag + right * to_side.imag
            )


@njit("float64(float64, float64, float64)", cache=True, nogil=True)
def _limited(number: float, least: float, most: float) -> float:
    return min(max(number, least), most)


@njit(
    "void(float64[::1], float64[::1], complex128[::1], float64[:, ::1], float64[:, ::1], float64[:, ::1],"
    "float64[:, ::1], int64, float64, float64, float64, float64, float64, float64, float64, complex128[::1])",
    cache=True,
    nogil=True,
)
def stroke_ring(
    part: Floats,
    end_sizes: Floats,
    cap: Complexes,
    draws: Floats,
    bends: Floats,
    shakes: Floats,
    pressed: Floats,
    number: int,
    run: float,
    run_jitter: float,
    reach: float,
    length: float,
    bend: float,
    width: float,
    inset: float,
    ring: Complexes,
) -> None:
    """Writes the ring of a stroke along the x axis: the left side, the end, the right side backwards, and the start.

    Terms that are zero are left out, since adding them changes nothing.
    """
    samples = len(part)
    last = samples - 1
    beyond = len(cap) + samples
    for at in range(samples):
        half = _limited(pressed[number, at] + 1, 0.5, 1.6) * 0.5
        shift = 0.0
        if at == 0:
            half *= _limited(end_sizes[0] + end_sizes[2] * draws[number, 14], 0.35, 1.5)
            shift = -(_limited(run + draws[number, 16] * run_jitter, -0.3, 0.5) * reach)
        elif at == last:
            half *= _limited(end_sizes[1] + end_sizes[3] * draws[number, 15], 0.35, 1.5)
            shift = _limited(run + draws[number, 17] * run_jitter, -0.3, 0.5) * reach
        bent, shake = bends[number, at] * bend, shakes[number, at]
        x = part[at] * length + (shift + inset)
        ring[at] = complex(x, (bent - half * width) + shake)
        ring[beyond + last - at] = complex(x, (bent + half * width) + shake)
        if at == last:
            for point in range(len(cap)):
                x_out, y_out = half * cap[point].real * width, half * cap[point].imag * width
                ring[samples + point] = complex((length + x_out) + (shift + inset), (bent + y_out) + shake)
        if at == 0:
            for point in range(len(cap)):
                x_out, y_out = -half * cap[point].real * width, -half * cap[point].imag * width
                ring[beyond + samples + point] = complex(x_out + (shift + inset), (bent + y_out) + shake)


@njit(
    "void(complex128[:, ::1], float64[:, ::1], float64[:, ::1], complex128[:, ::1], int64[::1], complex128[:, ::1],"
    "complex128[:, :, ::1])",
    cache=True,
    nogil=True,
)
def round_sides(
    centres: Complexes,
    halves: Floats,
    room: Floats,
    tangents: Complexes,
    cap_at: Indices,
    out: Complexes,
    along: Complexes,
) -> None:
    """Writes the left and right sides of the ink of a round pen (count, 2n), and half the ink along the stroke at its
    ends (count, c, 1).
    """
    count, samples = centres.shape
    for line in range(count):
        for at in range(samples):
            left, right = _half_widths(halves[line, at], room[line, at])
            centre, tangent = centres[line, at], tangents[line, at]
            side_x = tangent.real * 0.0 - tangent.imag
            side_y = tangent.real + tangent.imag * 0.0
            out[line, at] = complex(centre.real - left * side_x, centre.imag - left * side_y)
            out[line, samples + at] = complex(centre.real + right * side_x, centre.imag + right * side_y)
        for number in range(len(cap_at)):
            half, tangent = halves[line, cap_at[number]], tangents[line, cap_at[number]]
            along[line, number, 0] = complex(
                half * tangent.real - 0.0 * tangent.imag, half * tangent.imag + 0.0 * tangent.real
            )


@njit(
    "void(complex128[:, ::1], complex128[:, ::1], complex128[:, :, ::1], int64[::1], int64[::1], complex128[:, ::1])",
    cache=True,
    nogil=True,
)
def in_order(
    centres: Complexes,
    both_sides: Complexes,
    ends: Complexes,
    cap_at: Indices,
    order: Indices,
    points: Complexes,
) -> None:
    """Writes the points of all rings (count, m): those of the sides, and those of the ends (count, c, 3), which are
    relative to the samples.
    """
    count, sides = both_sides.shape
    for line in range(count):
        for at in range(len(order)):
            number = order[at]
            if number < sides:
                points[line, at] = both_sides[line, number]
            else:
                cap, part = divmod(number - sides, 3)
                points[line, at] = centres[line, cap_at[cap]] + ends[line, cap, part]


@njit("void(int64[::1], int64[::1], int64[::1], int64[::1], int64[::1])", cache=True, nogil=True)
def join_order(order: Indices, points: Indices, samples: Indices, ends: Indices, out: Indices) -> None:
    """Writes the order of the points of several plans, which have these numbers of points, samples and ends."""
    total = samples.sum()
    at = first_sample = first_end = 0
    for plan in range(len(points)):
        own = samples[plan]
        for _ in range(points[plan]):
            number = order[at]
            if number < own:
                out[at] = number + first_sample
            elif number < 2 * own:
                out[at] = number - own + total + first_sample
            else:
                out[at] = number - 2 * own + 2 * total + 3 * first_end
            at += 1
        first_sample += own
        first_end += ends[plan]


@njit(
    "void(complex128[:, ::1], float64[:, ::1], float64[:, ::1], complex128[:, ::1], float64[:, ::1], int64, float64,"
    "float64, float64, complex128[:, ::1], float64[:, ::1])",
    cache=True,
    nogil=True,
)
def fill_plan(
    bends: Complexes,
    masks: Floats,
    form_swells: Floats,
    of_points: Complexes,
    of_widths: Floats,
    start: int,
    bending: float,
    joining: float,
    pressure: float,
    moves: Complexes,
    swells: Floats,
) -> None:
    """Writes the deviations of a symbol, except those of dots; each product has one factor without imaginary part."""
    count, samples = masks.shape
    strokes_at, shakes_at = 4 + len(bends), len(moves) - 4
    ends_at, starts_at = shakes_at - 2 * count, 1 + len(form_swells)
    for at in range(samples):
        for row in range(4):
            moves[row, at] = of_points[row, start + at]
            moves[shakes_at + row, at] = of_points[4 + row, start + at]
        swells[0, at] = 0.5 * pressure
    for row in range(len(bends)):
        for at in range(samples):
            own = bends[row, at]
            moves[4 + row, at] = complex(
                own.real * bending - own.imag * 0.0, own.real * 0.0 + own.imag * bending
            )
    for row in range(len(form_swells)):
        for at in range(samples):
            swells[1 + row, at] = form_swells[row, at] * pressure
    for stroke in range(count):
        for at in range(samples):
            mask = masks[stroke, at]
            if count > 1:
                shift = joining * mask
                moves[strokes_at + stroke, at] = complex(shift, 0.0)
                moves[strokes_at + count + stroke, at] = complex(0.0 * shift - 1.0 * 0.0, 0.0 + shift)
                moves[strokes_at + 2 * count + stroke, at] = _masked(of_points[8, start + at], mask)
            moves[ends_at + stroke, at] = _masked(of_points[9, start + at], mask)
            moves[ends_at + count + stroke, at] = _masked(of_points[10, start + at], mask)
            swells[starts_at + stroke, at] = of_widths[0, start + at] * mask
            swells[starts_at + count + stroke, at] = of_widths[1, start + at] * mask
