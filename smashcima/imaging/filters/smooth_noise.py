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
    """(rows, columns): Gaussian noise over the picture, of mean 0 and spread near 1, in lumps of about `scale_mm`.

    `aspect` is the ratio of the width of lumps to their height.
    """
    import cv2

    cells = (
        int(np.clip(size.width_mm / (scale_mm * aspect), 1, 4 * shape[1])) + 3,
        int(np.clip(size.height_mm / scale_mm, 1, 4 * shape[0])) + 3,
    )
    noise = rng.standard_normal((cells[1], cells[0]), dtype=np.float32)
    # One cell more on each side, so that the border is as lively as the rest.
    rows, columns = shape
    large = cv2.resize(
        noise,
        (max(columns * cells[0] // (cells[0] - 2), columns), max(rows * cells[1] // (cells[1] - 2), rows)),
        interpolation=cv2.INTER_CUBIC,
    )
    top, left = (large.shape[0] - rows) // 2, (large.shape[1] - columns) // 2
    # Interpolation between independent values takes away a part of their spread.
    return np.asarray(large[top : top + rows, left : left + columns] * 1.25, dtype=np.float32)


def octaves(
    rng: np.random.Generator, size: PictureSize, scale_mm: float, shape: tuple[int, int], count: int = 3
) -> Field:
    """Lumps of several sizes, each half as large and half as strong as the one before; spread near 1."""
    total = np.zeros(shape, np.float32)
    for octave in range(count):
        total += smooth_field(rng, size, scale_mm / 2**octave, shape) * np.float32(0.5**octave)
    norm = np.sqrt(sum(0.25**octave for octave in range(count)))
    return np.asarray(total / np.float32(norm), dtype=np.float32)


def enlarged(field: Field, width: int, height: int) -> Plane:
    """A field of 0 to 1 as a plane of 0 to 255, at full size."""
    import cv2

    small = np.rint(np.clip(field, 0, 1) * 255).astype(np.uint8)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
