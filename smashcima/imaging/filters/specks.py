"""Small spots scattered over an image."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.smooth_noise import smooth_field

_SHAPES = 24
"""Number of different shapes of specks on a page."""


class Pixels(NamedTuple):
    """Pixels of an image, possibly with repetitions."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]


def specks(rng: np.random.Generator, size: PictureSize, share: float, size_mm: float) -> Pixels:
    """Irregular spots of a size, with uneven density, that together cover a share of the image."""
    size_px = max(size.px(size_mm), 1.0)
    shapes = _specks(rng, size_px)
    area = sum(len(shape) for shape in shapes) / len(shapes)
    count = round(2 * share * size.width * size.height / area)
    density = smooth_field(rng, size, 25.0, (24, 24))
    drawn = rng.random((count, 4))  # a larger count adds specks to the same ones
    places = drawn[:, :2] * (size.height, size.width)
    # Half of them are removed where less dust gathers.
    cells = (places * (24 / size.height, 24 / size.width)).astype(np.intp)
    kept = drawn[:, 2] < 1 / (1 + np.exp(-2 * density[cells[:, 0], cells[:, 1]]))
    corners = places[kept].astype(np.intp)
    kinds = (drawn[kept, 3] * _SHAPES).astype(np.intp)
    pixels = [
        (corners[kinds == kind][:, np.newaxis] + shape).reshape(-1, 2) for kind, shape in enumerate(shapes)
    ]
    rows, columns = np.concatenate([*pixels, np.empty((0, 2), np.intp)]).T
    inside = (rows >= 0) & (rows < size.height) & (columns >= 0) & (columns < size.width)
    return Pixels(rows[inside], columns[inside])


def _specks(rng: np.random.Generator, size_px: float) -> list[NDArray[np.intp]]:
    """Spots around (0, 0), each the rows and columns (N, 2) of its pixels; most are smaller than the size, few are larger."""
    drawn = [(float(rng.lognormal(-0.1, 0.4)), rng.uniform(0, 2 * np.pi, 3)) for _ in range(_SHAPES)]
    radii = size_px / 2 * np.array([wide for wide, _ in drawn])
    phases = np.array([each for _, each in drawn])[:, :, np.newaxis, np.newaxis]
    reach = int(np.ceil(2 * radii.max()))
    offsets = np.arange(-reach, reach + 1)
    y, x = np.meshgrid(offsets, offsets, indexing="ij")
    angle = np.arctan2(y, x)
    wave = 1 + 0.3 * np.cos(angle + phases[:, 0]) + 0.2 * np.cos(2 * angle + phases[:, 1])
    wave += 0.15 * np.cos(3 * angle + phases[:, 2])
    covered = np.hypot(x, y) < radii[:, np.newaxis, np.newaxis] * wave
    covered[:, reach, reach] = True
    return [np.argwhere(each) - reach for each in covered]
