"""Compiled kernels of painting and blending; the same results as `Canvas` and `blend` with OpenCV.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from smashcima.imaging.regions.raster_kernels import add_edges, cells_for

Bytes = NDArray[np.uint8]

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


@njit(
    "boolean(uint8[:, ::1], uint32[::1], uint8[::1], uint8[::1], uint64[::1], uint64[::1], uint32[::1], uint32[::1],"
    " uint8[:, ::1])",
    cache=True,
    nogil=True,
)
def filter_light(
    image: Bytes,
    pixels: NDArray[np.uint32],
    first: Bytes,
    second: Bytes,
    first_words: NDArray[np.uint64],
    second_words: NDArray[np.uint64],
    first_light: NDArray[np.uint32],
    second_light: NDArray[np.uint32],
    products: Bytes,
) -> bool:
    """Lays two layers of ink that filter light over opaque BGRA pixels (n, 4), in place.

    Returns whether all pixels are opaque; does nothing otherwise. `first` and `second` are the coverages (n,), the light
    tables have the transmittance of a layer by coverage (256,), as BGRA pixels, and `products` is a table. `pixels` and the
    words are views of the same memory, which allow checking several bytes at once.
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
            for channel in range(3):
                shift = np.uint32(8 * channel)
                both = products[(light >> shift) & np.uint32(255), (over >> shift) & np.uint32(255)]
                image[i, channel] = products[image[i, channel], both]
    return True
