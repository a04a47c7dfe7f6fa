"""Compiled kernels of centre lines; the same results as `centre_line` with NumPy.

They do what follows the samples of a section one by one. Lengths, angles, products of complex numbers and of matrices
stay with NumPy, and are computed for all sections at once. Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Complexes = NDArray[np.complex128]
Indices = NDArray[np.int64]


@njit(
    "void(complex128[:, ::1], complex128[::1], float64[::1], int64[::1], int64[::1], float64[::1], complex128[::1],"
    "float64[::1])",
    cache=True,
    nogil=True,
)
def dense_samples(
    rows: Complexes,
    chain: Complexes,
    knot_widths: Floats,
    starts: Indices,
    spans: Indices,
    times: Floats,
    points: Complexes,
    widths: Floats,
) -> None:
    """Writes the dense samples of sections that start at places of the chain, with these numbers of spans.

    `rows` has the samples of the spline from each knot to the next one; `times` are their positions, after 0.
    """
    out = 0
    steps = rows.shape[1]
    for section in range(len(starts)):
        start, count = starts[section], spans[section]
        first = start + 1
        of_widths = start - 2 * section
        points[out] = chain[first]
        widths[out] = knot_widths[of_widths]
        if count == 1:
            here = chain[first]
            step_x, step_y = chain[first + 1].real - here.real, chain[first + 1].imag - here.imag
            points[out] = complex(
                here.real + (step_x * 0.0 - step_y * 0.0), here.imag + (step_x * 0.0 + step_y * 0.0)
            )
            for at in range(steps):
                time = times[at]
                points[out + 1 + at] = complex(
                    here.real + (step_x * time - step_y * 0.0), here.imag + (step_x * 0.0 + step_y * time)
                )
        else:
            for span in range(count):
                for at in range(steps):
                    points[out + 1 + span * steps + at] = rows[start + span, at]
        for span in range(count):
            own = knot_widths[of_widths + span]
            step = knot_widths[of_widths + span + 1] - own
            for at in range(steps):
                widths[out + 1 + span * steps + at] = own + step * times[at]
        out += 1 + count * steps


@njit("float64(float64, float64[::1], float64[::1], int64, int64)", cache=True, nogil=True)
def _between(x: float, places: Floats, values: Floats, at: int, last: int) -> float:
    """The value at `x`, which is not before `places[at]`, nor after the next place; see `numpy.interp`."""
    if at == last or places[at] == x:
        return values[at]
    slope = (values[at + 1] - values[at]) / (places[at + 1] - places[at])
    return slope * (x - places[at]) + values[at]


@njit("void(float64[::1], int64, int64, float64[::1])", cache=True, nogil=True)
def _add_up(steps: Floats, start: int, end: int, sums: Floats) -> None:
    """Writes the sum of the steps before each sample from `start` to `end`, which is not included."""
    sums[start] = 0.0
    if start + 1 < end:
        sums[start + 1] = steps[start]
    for at in range(start + 2, end):
        sums[at] = sums[at - 1] + steps[at - 1]


@njit(
    "void(float64[::1], float64[::1], float64[::1], int64, int64, int64, float64[::1], float64[::1], float64[::1])",
    cache=True,
    nogil=True,
)
def _copy(
    x: Floats,
    y: Floats,
    widths: Floats,
    start: int,
    end: int,
    out: int,
    new_x: Floats,
    new_y: Floats,
    new_widths: Floats,
) -> None:
    for at in range(start, end):
        here = out + at - start
        new_x[here], new_y[here], new_widths[here] = x[at], y[at], widths[at]


@njit("void(float64, float64[:, ::1], int64, float64[::1])", cache=True, nogil=True)
def _write_arc(corner: float, arc: Floats, first: int, values: Floats) -> None:
    """Writes one coordinate of the arc that starts at an index, between the values before and after it."""
    count = arc.shape[1]
    before, after = values[first - 1], values[first + count]
    for at in range(count):
        values[first + at] = (arc[0, at] * before + arc[1, at] * corner) + arc[2, at] * after


@njit(
    "int64(float64[::1], float64[::1], float64[::1], float64[::1], int64[::1], float64[::1], int64[::1], float64[::1],"
    "float64[:, ::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], int64[::1])",
    cache=True,
    nogil=True,
)
def rounded(
    x: Floats,
    y: Floats,
    widths: Floats,
    moves: Floats,
    starts: Indices,
    lengths: Floats,
    firsts: Indices,
    cuts: Floats,
    arc: Floats,
    arc_times: Floats,
    along: Floats,
    new_x: Floats,
    new_y: Floats,
    new_widths: Floats,
    new_starts: Indices,
) -> int:
    """Writes the sections of strokes with their corners replaced by arcs, where `cuts` is positive; returns their number.

    `starts` are those of sections among the samples, and `firsts` those of strokes among the sections; `moves` are the
    distances from each sample to the next one.
    """
    out = found = 0
    for stroke in range(len(firsts) - 1):
        first, last = firsts[stroke], firsts[stroke + 1] - 1
        cut = cuts[stroke]
        for section in range(first, last + 1):
            start, end = starts[section], starts[section + 1]
            if cut <= 0 or first == last:
                _copy(x, y, widths, start, end, out, new_x, new_y, new_widths)
                out += end - start
                found += 1
                new_starts[found] = out
                continue
            _add_up(moves, start, end, along)
            before = cut * min(lengths[section], lengths[section - 1]) if section > first else 0.0
            after = cut * min(lengths[section], lengths[section + 1]) if section < last else 0.0
            until = lengths[section] - after
            place = start
            arc_at = out
            if section > first:
                out += len(arc_times)
            own = out
            for at in range(start - 1, end + 1):
                where = before if at < start else until if at == end else along[at]
                if start <= at < end and not before < where < until:
                    continue
                while place + 1 < end and along[place + 1] <= where:
                    place += 1
                new_x[out] = _between(where, along, x, place, end - 1)
                new_y[out] = _between(where, along, y, place, end - 1)
                new_widths[out] = _between(where, along, widths, place, end - 1)
                out += 1
            if section > first:
                _write_arc(x[start], arc, arc_at, new_x)
                _write_arc(y[start], arc, arc_at, new_y)
                left_width, step = new_widths[arc_at - 1], new_widths[own] - new_widths[arc_at - 1]
                for at in range(len(arc_times)):
                    new_widths[arc_at + at] = left_width + step * arc_times[at]
        if cut > 0 and first < last:
            found += 1
            new_starts[found] = out
    return found


@njit("int64(float64[::1], int64[::1], float64[::1], int64[::1])", cache=True, nogil=True)
def sample_counts(density: Floats, starts: Indices, needed: Floats, new_starts: Indices) -> int:
    """Writes the number of samples needed before each one, and where each section starts among the new ones; returns the
    number of all new ones.
    """
    total = 0
    for section in range(len(starts) - 1):
        start, end = starts[section], starts[section + 1]
        _add_up(density, start, end, needed)
        total += max(4, math.ceil(needed[end - 1]) + 1)
        new_starts[section + 1] = total
    return total


@njit(
    "void(float64[::1], float64[::1], float64[::1], float64[::1], int64[::1], int64[::1], complex128[::1], float64[::1])",
    cache=True,
    nogil=True,
)
def resampled(
    needed: Floats,
    x: Floats,
    y: Floats,
    widths: Floats,
    starts: Indices,
    new_starts: Indices,
    points: Complexes,
    new_widths: Floats,
) -> None:
    """Writes the samples of sections at even steps of the number of samples that they need."""
    for section in range(len(starts) - 1):
        place, end = starts[section], starts[section + 1]
        first, count = new_starts[section], new_starts[section + 1] - new_starts[section]
        last = needed[end - 1]
        step = last / (count - 1)
        for number in range(count):
            where = last if number == count - 1 else number * step
            while place + 1 < end and needed[place + 1] <= where:
                place += 1
            points[first + number] = complex(
                _between(where, needed, x, place, end - 1), _between(where, needed, y, place, end - 1)
            )
            new_widths[first + number] = _between(where, needed, widths, place, end - 1)


@njit(
    "int64(float64[::1], int64[::1], boolean[::1], float64, int64[::1], int64[::1])", cache=True, nogil=True
)
def cuts_of(
    turns: Floats, starts: Indices, is_cut: NDArray[np.bool_], most: float, cuts: Indices, counts: Indices
) -> int:
    """Writes the samples of sections at which to start new rings, and their number for each section; returns that of all."""
    total = 0
    for section in range(len(starts) - 1):
        counts[section] = 0
        if not is_cut[section]:
            continue
        start, steps = starts[section], starts[section + 1] - starts[section] - 1
        heading = low = high = 0.0
        for at in range(1, steps):
            heading = turns[start] if at == 1 else heading + turns[start + at - 1]
            low, high = min(low, heading), max(high, heading)
        if high - low <= most:
            continue
        heading = low = high = 0.0
        for at in range(steps):
            if at > 0:
                heading = turns[start] if at == 1 else heading + turns[start + at - 1]
            low, high = min(low, heading), max(high, heading)
            if high - low > most and 1 < at < steps - 2:
                cuts[total] = at
                total += 1
                counts[section] += 1
                low = high = heading
    return total
