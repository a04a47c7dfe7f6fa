"""Compiled kernels of painting and blending; the same results as `Canvas` and `blend` with OpenCV.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from smashcima.imaging.regions.raster_kernels import add_edges, cells_for

Bytes = NDArray[np.uint8]

_WORDS_AT_ONCE = np.uint64(1024)
"""Number of groups of eight pixels that are filled with the colour of the paper before they are drawn on, so that they are
in the processor cache."""

_BITS = 10
_ONE = 1 << _BITS


@njit(cache=True, nogil=True, forceinline=True)
def _tint(pixel: Bytes, part: int, color: Bytes) -> None:
    """Mixes the colour of ink that leaves a part of a pixel clear into that of the pixel."""
    for channel in range(3):
        ink = np.int64(color[channel]) * (255 - part)
        pixel[channel] = (np.int64(pixel[channel]) * part + ink + 127) // 255


@njit(cache=True, nogil=True, error_model="numpy")
def cover(
    windows: NDArray[np.int32],
    begins: NDArray[np.int32],
    ends: NDArray[np.int32],
    xs: NDArray[np.int32],
    ys: NDArray[np.int32],
    following: NDArray[np.intp],
    colors: Bytes,
    parts: Bytes,
    coverage: Bytes,
    tint: Bytes,
    covered: Bytes,
) -> None:
    """Draws filled outlines, in order, on the planes of a layer; for the first six, see `rasterizer.WindowEdges`.

    `coverage` (height_px, width_px) is that of the ink, and `tint` (height_px, width_px, 3) its colour, which is empty if all
    ink has one. `colors` (shapes, 4) are BGR and opacity; `parts` and `covered` are tables of `canvas`.
    """
    words, cells = cells_for(windows)
    for i in range(len(windows)):
        shape, left, top, width, height = windows[i]
        across = width // 4 + 1
        add_edges(cells, windows[i], begins[i], ends[i], xs, ys, following, 4 * across)
        clear = parts[colors[shape, 3]]
        for row in range(height):
            winding = 0
            pixels = coverage[top + row]
            for four in range(row * across, (row + 1) * across):
                is_even = (words[2 * four] | words[2 * four + 1]) == 0
                if is_even and winding == 0:
                    continue
                column = np.uint64(left + 4 * (four - row * across))
                # A pixel that remains clear keeps its value, which is faster than to find out which ones do.
                for cell in range(4 * four, 4 * four + min(4, left + width - np.int64(column))):
                    winding += cells[cell]
                    part = clear[255 - min((abs(winding) * 255 + _ONE // 2) >> _BITS, 255)]
                    pixels[column] = covered[pixels[column], part]
                    if len(tint) > 0:
                        _tint(tint[top + row, column], np.int64(part), colors[shape])
                    column += np.uint64(1)
                words[2 * four], words[2 * four + 1] = 0, 0


@njit(cache=True, nogil=True, forceinline=True)
def _through_both(pixel: np.uint32, light: np.uint32, over: np.uint32, products: Bytes) -> np.uint32:
    """An opaque pixel seen through two layers with these transmittances."""
    result = np.uint32(0xFF000000)
    for channel in range(3):
        shift = np.uint32(8 * channel)
        both = products[(light >> shift) & np.uint32(255), (over >> shift) & np.uint32(255)]
        result |= np.uint32(products[(pixel >> shift) & np.uint32(255), both]) << shift
    return result


@njit(
    "boolean(uint32[::1], uint8[::1], uint8[::1], uint64[::1], uint64[::1], uint32[::1], uint32[::1], uint8[:, ::1])",
    cache=True,
    nogil=True,
)
def filter_light(
    pixels: NDArray[np.uint32],
    first: Bytes,
    second: Bytes,
    first_words: NDArray[np.uint64],
    second_words: NDArray[np.uint64],
    first_light: NDArray[np.uint32],
    second_light: NDArray[np.uint32],
    products: Bytes,
) -> bool:
    """Lays two layers of ink that filter light over opaque BGRA pixels (n,), in place.

    Returns whether all pixels are opaque; does nothing otherwise. `first` and `second` are the coverages (n,), the light
    tables have the transmittance of a layer by coverage (256,), as BGRA pixels, and `products` is a table. The words are
    views of the coverages, which allow checking several at once.
    """
    white = np.uint32(0xFFFFFFFF)
    together = white
    for i in range(len(pixels)):
        together &= pixels[i]
    if together >> np.uint32(24) != 255:
        return False
    size = len(first)
    for word in range(len(first_words) + 1):
        if word < len(first_words) and first_words[word] | second_words[word] == 0:
            continue
        for i in range(8 * word, min(8 * word + 8, size)):
            one, other = first[i], second[i]
            if one | other == 0:
                continue
            light, over = first_light[one], second_light[other]
            if pixels[i] == white and (one == 0 or other == 0):
                # Nothing is multiplied where one layer lies on white paper, as in nearly all places.
                pixels[i] = light & over
                continue
            pixels[i] = _through_both(pixels[i], light, over, products)
    return True


@njit(
    "void(uint32, uint32[::1], uint8[::1], uint8[::1], uint64[::1], uint64[::1], uint32[::1], uint32[::1], uint32[::1],"
    " uint32[::1], uint8[:, ::1])",
    cache=True,
    nogil=True,
)
def light_through(
    paper: np.uint32,
    pixels: NDArray[np.uint32],
    first: Bytes,
    second: Bytes,
    first_words: NDArray[np.uint64],
    second_words: NDArray[np.uint64],
    first_light: NDArray[np.uint32],
    second_light: NDArray[np.uint32],
    first_seen: NDArray[np.uint32],
    second_seen: NDArray[np.uint32],
    products: Bytes,
) -> None:
    """Fills `pixels` with opaque paper of one colour, seen through two layers; for the other arguments, see `filter_light`.

    The tables `first_seen` and `second_seen` have the colour of the paper through one layer alone, by its coverage.
    """
    # All integers are unsigned: signed indices may count from the end, and comparing both kinds converts them to floats.
    size, words, eight = np.uint64(len(first)), np.uint64(len(first_words)), np.uint64(8)
    zero = np.uint64(0)
    for top in range(zero, words + np.uint64(1), _WORDS_AT_ONCE):
        bottom = min(top + _WORDS_AT_ONCE, words)
        pixels[top * eight : min((top + _WORDS_AT_ONCE) * eight, size)] = paper
        for word in range(top, bottom):
            one_word, other_word = first_words[word], second_words[word]
            if one_word | other_word == zero:
                continue
            # Loops of a known length, without conditions, are the fastest.
            begin = word * eight
            if other_word == zero:
                for i in range(begin, begin + eight):
                    pixels[i] = first_seen[first[i]]
            elif one_word == zero:
                for i in range(begin, begin + eight):
                    pixels[i] = second_seen[second[i]]
            else:
                for i in range(begin, begin + eight):
                    one, other = first[i], second[i]
                    if one != 0 and other != 0:
                        pixels[i] = _through_both(paper, first_light[one], second_light[other], products)
                    else:
                        # One of the two is the paper.
                        pixels[i] = first_seen[one] + second_seen[other] - paper
    for i in range(words * eight, size):
        pixels[i] = _through_both(paper, first_light[first[i]], second_light[second[i]], products)
