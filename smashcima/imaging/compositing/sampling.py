"""Bilinear sampling of images at positions that are given on a lattice, in whole numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.compositing.plain_cells import Pixels, PlainCells
from smashcima.kernels import kernels_are_used

FRACTION_BITS = 16
"""Positions of nodes are in 1 / 65536 px."""

_PART_BITS = 8
"""Pixels are mixed in parts of 256."""

_PIXELS_AT_ONCE = 2**17
"""Number of pixels that NumPy handles at once, so that the arrays fit into the processor cache."""

_INSIDE, _AT_EDGE, _PLAIN, _OUTSIDE = range(4)
"""What a cell shows: the inside of the source; perhaps pixels from outside, too, or pixels far from each other; only the colour of
plain cells; or only pixels from outside."""

_LANES, _HALVES = np.uint64(0x00FF00FF00FF00FF), np.uint64(0x0080008000800080)
_ONE, _EIGHT, _APART = np.uint64(256), np.uint64(8), np.uint64(24)

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]


def sample(source: Pixels, target: Pixels, nodes: Ints, bits: tuple[int, int], border: int) -> None:
    """Fills an image with pixels of another one.

    Cells that show only blank paper, or nothing of the source, are filled with one colour.

    Args:
        source: the image.
        target: the other image.
        nodes: (rows + 1, columns + 1, 2): x and y of the source of the first pixel of each cell of the target, from the centre of
            the first pixel of the source, in units of `FRACTION_BITS`. Positions inside a cell are interpolated.
        bits: base-2 logarithms of the width and height of cells in pixels.
        border: colour outside of the source.
    """
    plain = PlainCells.of(source)
    shown, color = _shown(nodes, source.shape, bits, plain), 0 if plain is None else plain.color
    if kernels_are_used():
        from smashcima.imaging.compositing.sample_kernels import fill

        fill(source, target, nodes, shown, *bits, color, border)
        return
    _fill(source, target, nodes, shown, bits, color, border)


def _shown(
    nodes: Ints, size: tuple[int, ...], bits: tuple[int, int], plain: PlainCells | None
) -> NDArray[np.int8]:
    """(rows, columns): what each cell shows."""
    pixels = nodes >> FRACTION_BITS
    corners = [pixels[:-1, :-1], pixels[1:, :-1], pixels[:-1, 1:], pixels[1:, 1:]]
    # Each pixel is mixed with the next one along each axis.
    low, high = np.minimum.reduce(corners), np.maximum.reduce(corners) + 1
    last = np.array(size[::-1]) - 1
    is_near = high - low <= 2 << max(bits)
    shown = np.where(((low >= 0) & (high <= last) & is_near).all(axis=2), _INSIDE, _AT_EDGE)
    shown[((high < 0) | (low > last)).any(axis=2)] = _OUTSIDE
    if plain is not None:
        shown[(shown == _INSIDE) & plain.contain(low, high)] = _PLAIN
    return shown.astype(np.int8)


def _fill(
    source: Pixels,
    target: Pixels,
    nodes: Ints,
    shown: NDArray[np.int8],
    bits: tuple[int, int],
    plain: int,
    border: int,
) -> None:
    """Fills the target with NumPy, some rows of cells at a time."""
    width = target.shape[1]
    columns, step_x, step_y = shown.shape[1], 1 << bits[0], 1 << bits[1]
    at_once = max(1, _PIXELS_AT_ONCE // (columns * step_x * step_y))
    is_even = _even(source)
    for first in range(0, len(shown), at_once):
        kinds = shown[first : first + at_once]
        cells = np.empty((*kinds.shape, step_y, step_x), source.dtype)
        cells[kinds == _PLAIN] = plain
        cells[kinds == _OUTSIDE] = border
        for kind, known in ((_INSIDE, is_even), (_AT_EDGE, None)):
            chosen = np.nonzero(kinds == kind)
            if len(chosen[0]):
                x, y = _places(nodes[first : first + at_once + 1], chosen, bits)
                cells[chosen] = _mixed(source, x, y, border, known)
        rows = target[first * step_y : (first + len(kinds)) * step_y]
        rows[:] = cells.swapaxes(1, 2).reshape(-1, columns * step_x)[: len(rows), :width]


def _even(source: Pixels) -> NDArray[np.bool_]:
    """Whether each pixel equals those on the right, below, and below on the right; of no meaning in the last ones."""
    even = np.zeros(source.shape, bool)
    even[:-1, :-1] = source[:-1, :-1] == source[:-1, 1:]
    even[:-1, :-1] &= even[1:, :-1] | (source[1:, :-1] == source[1:, 1:])
    even[:-1] &= source[:-1] == source[1:]
    return even


def _places(
    nodes: Ints, cells: tuple[NDArray[np.intp], ...], bits: tuple[int, int]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The sources of all pixels of some cells, (cells, height, width) each for x and y, in parts of 256 of a pixel."""
    step_x, step_y = 1 << bits[0], 1 << bits[1]
    j, i = cells
    below = np.arange(step_y)[:, np.newaxis]
    # Sums of such numbers are exact, and quicker than those of whole numbers.
    right, scale = np.arange(step_x, dtype=np.float64), 0.5 ** (sum(bits) + FRACTION_BITS - _PART_BITS)
    places = []
    for axis in (0, 1):
        plane = nodes[:, :, axis]
        begin, end = (
            plane[j, side][:, np.newaxis, np.newaxis] * (step_y - below)
            + plane[j + 1, side][:, np.newaxis, np.newaxis] * below
            for side in (i, i + 1)
        )
        along = (end - begin) * scale * right
        along += begin * (step_x * scale)
        places.append(np.floor(along, out=along).astype(np.int32))
    return places[0], places[1]


def _mixed(
    source: Pixels, x: NDArray[np.int32], y: NDArray[np.int32], border: int, is_even: NDArray[np.bool_] | None
) -> Pixels:
    """The pixels at places; `is_even` is known if all are inside the source."""
    height, width = source.shape
    flat, shape = source.ravel(), x.shape
    x, y = x.ravel(), y.ravel()
    first = (y >> _PART_BITS).astype(np.intp)
    first *= width
    first += x >> _PART_BITS
    if is_even is None:
        result = np.empty(len(first), source.dtype)
        where = np.arange(len(first))
    else:
        result = flat.take(first)
        where = np.flatnonzero(~is_even.ravel().take(first))
        first, x, y = first.take(where), x.take(where), y.take(where)
    four = []
    for down in (0, 1):
        for across in (0, 1):
            pixels = flat.take(first + (down * width + across), mode="clip")
            if is_even is None:
                column, row = (x >> _PART_BITS) + across, (y >> _PART_BITS) + down
                pixels[(column < 0) | (row < 0) | (column >= width) | (row >= height)] = border
            four.append(_in_lanes(pixels))
    right, below = ((place & 255).astype(np.uint64) for place in (x, y))
    both = _between(_between(four[0], four[1], right), _between(four[2], four[3], right), below)
    result[where] = (both | (both >> _APART)).astype(source.dtype)
    return result.reshape(shape)


def _in_lanes(pixels: Pixels) -> Words:
    """Four bytes, with a gap of one byte after each, so that they can be multiplied together."""
    words = pixels.astype(np.uint64)
    words |= words << _APART
    words &= _LANES
    return words


def _between(first: Words, second: Words, part: Words) -> Words:
    """The weighted means of pixels in lanes."""
    result: Words = first * (_ONE - part)
    result += second * part
    result += _HALVES
    result >>= _EIGHT
    result &= _LANES
    return result
