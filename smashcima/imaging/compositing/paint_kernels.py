"""Compiled kernels of painting and blending; the same results as `Canvas` and `blend` with OpenCV.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]


@njit(
    "void(int32[:, ::1], int64[::1], uint8[::1], uint8[:, ::1], uint8[:, ::1], uint8[:, ::1], uint8[:, :, ::1],"
    " uint8[:, ::1])",
    cache=True,
    nogil=True,
)
def cover(
    windows: NDArray[np.int32],
    bases: NDArray[np.int64],
    clear: Bytes,
    colors: Bytes,
    parts: Bytes,
    image: Bytes,
    tint: Bytes,
    products: Bytes,
) -> None:
    """Draws the windows of a `Drawing`, in order, on the planes of a canvas.

    `image` (height_px, width_px) is what remains clear, and `tint` (height_px, width_px, 3) the colour; it is empty if all
    ink has one. `colors` (shapes, 4) are BGR and opacity; `parts` (256, 256) is the clear part by opacity and uncovered
    part; `products` is a table.
    """
    is_tinted = len(tint) > 0
    for i in range(len(windows)):
        shape, left, top, width, height = windows[i]
        opacity = colors[shape, 3]
        for row in range(height):
            source = bases[i] + row * (width + 1)
            y = top + row
            for column in range(width):
                part = parts[opacity, clear[source + column]]
                if part == 255:
                    continue
                x = left + column
                image[y, x] = products[image[y, x], part]
                if is_tinted:
                    for channel in range(3):
                        ink = np.int64(colors[shape, channel]) * (255 - np.int64(part))
                        tint[y, x, channel] = (np.int64(tint[y, x, channel]) * part + ink + 127) // 255


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
