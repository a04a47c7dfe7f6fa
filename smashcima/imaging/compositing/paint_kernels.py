"""Compiled kernels of painting and blending; the same results as `Canvas` and `blend` with OpenCV.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]


@njit("void(int32[:, ::1], int64[::1], uint8[::1], uint8[:, ::1], uint8[:, ::1])", cache=True, nogil=True)
def cover(
    windows: NDArray[np.int32], bases: NDArray[np.int64], clear: Bytes, image: Bytes, products: Bytes
) -> None:
    """Multiplies an image (height_px, width_px) by the windows of a `Drawing`, in order; `products` is a table."""
    for i in range(len(windows)):
        left, top, width, height = windows[i, 1], windows[i, 2], windows[i, 3], windows[i, 4]
        for row in range(height):
            source = bases[i] + row * (width + 1)
            for column in range(width):
                part = clear[source + column]
                if part != 255:
                    image[top + row, left + column] = products[image[top + row, left + column], part]
