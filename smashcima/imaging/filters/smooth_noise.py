"""Smooth random fields, drawn for each page."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.filters.picture_size import PictureSize

Field = NDArray[np.float32]
Plane = NDArray[np.uint8]


def smooth_field(
    rng: np.random.Generator, size: PictureSize, scale_mm: float, shape: tuple[int, int], aspect: float = 1.0
) -> Field:
    """Smooth Gaussian noise (rows, columns) over the image, with mean 0, standard deviation near 1, scale `scale_mm`.

    `aspect` is the ratio of the horizontal to the vertical scale.
    """
    import cv2

    cells = (
        int(np.clip(size.width_mm / (scale_mm * aspect), 1, 4 * shape[1])) + 3,
        int(np.clip(size.height_mm / scale_mm, 1, 4 * shape[0])) + 3,
    )
    noise = rng.standard_normal((cells[1], cells[0]), dtype=np.float32)
    # One more cell on each side, so that the variance is the same at the border.
    rows, columns = shape
    large = cv2.resize(
        noise,
        (max(columns * cells[0] // (cells[0] - 2), columns), max(rows * cells[1] // (cells[1] - 2), rows)),
        interpolation=cv2.INTER_CUBIC,
    )
    top, left = (large.shape[0] - rows) // 2, (large.shape[1] - columns) // 2
    # Interpolation between independent values reduces their standard deviation.
    return np.asarray(large[top : top + rows, left : left + columns] * 1.25, dtype=np.float32)


def octaves(
    rng: np.random.Generator, size: PictureSize, scale_mm: float, shape: tuple[int, int], count: int = 3
) -> Field:
    """A sum of noise at several scales, each with half the scale and half the amplitude of the previous one."""
    total = np.zeros(shape, np.float32)
    for octave in range(count):
        total += smooth_field(rng, size, scale_mm / 2**octave, shape) * np.float32(0.5**octave)
    norm = np.sqrt(sum(0.25**octave for octave in range(count)))
    return np.asarray(total / np.float32(norm), dtype=np.float32)


def enlarged(field: Field, width: int, height: int) -> Plane:
    """Scales a field of 0 to 1 to a plane of 0 to 255, at full size."""
    import cv2

    small = np.rint(np.clip(field, 0, 1) * 255).astype(np.uint8)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
