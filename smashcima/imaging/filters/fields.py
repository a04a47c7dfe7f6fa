"""Random textures: smooth fields that are drawn for each page, and fine grain that is made once per process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.randomness import Stream

TILE_PX = 1024
_BLOCK_PX = 512

Field = NDArray[np.float32]
Plane = NDArray[np.uint8]


def smooth_field(
    rng: np.random.Generator, size: PictureSize, scale_mm: float, shape: tuple[int, int], aspect: float = 1.0
) -> Field:
    """(rows, columns): Gaussian noise over the picture, of mean 0 and spread near 1, in lumps of about `scale_mm`.

    `aspect` above 1 makes the lumps so many times as wide as high.
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


def blocks(rng: np.random.Generator, width: int, height: int) -> Iterator[tuple[slice, slice, int, int]]:
    """A picture in blocks: rows, columns, and for each the place on a tile to take texture from."""
    rows, columns = -(-height // _BLOCK_PX), -(-width // _BLOCK_PX)
    offsets = rng.integers(0, TILE_PX - _BLOCK_PX, (rows, columns, 2)).tolist()
    for row in range(rows):
        for column in range(columns):
            top, left = row * _BLOCK_PX, column * _BLOCK_PX
            y, x = offsets[row][column]
            yield (
                slice(top, min(top + _BLOCK_PX, height)),
                slice(left, min(left + _BLOCK_PX, width)),
                y,
                x,
            )


@cache
def sensor_tile() -> Plane:
    """(TILE_PX, TILE_PX, 4): noise of a camera around 128, its spread 32; the opacity is 128 everywhere.

    Most of it is brightness, softened a little as cameras' own processing does, and the colours are blotchier.
    """
    rng = Stream(0).child("sensor tile").generator()
    size = (TILE_PX, TILE_PX)
    bright = _blurred(rng.standard_normal(size, np.float32), 0.6, 0.6)
    bright /= bright.std()
    tile: Plane = np.full((*size, 4), 128, np.uint8)
    for channel, color_share in enumerate((0.5, 0.25, 0.4)):
        color = _blurred(rng.standard_normal(size, np.float32), 1.6, 1.6)
        color /= color.std()
        mixed = bright + color * np.float32(color_share)
        tile[:, :, channel] = np.clip(np.rint(128 + 32 * mixed / mixed.std()), 0, 255).astype(np.uint8)
    tile.setflags(write=False)
    return tile


@cache
def gray_tile(softness_px: float = 0.0, stretch: float = 1.0) -> Plane:
    """(TILE_PX, TILE_PX): even noise from 0 to 255, each value as frequent, softened by so many pixels.

    `stretch` above 1 draws it out along x, like fibres.
    """
    noise = Stream(0).child("gray tile").generator().standard_normal((TILE_PX, TILE_PX), np.float32)
    if softness_px > 0:
        noise = _blurred(noise, softness_px * stretch, softness_px)
    ranks = np.empty(noise.size, np.int64)
    ranks[np.argsort(noise, axis=None, kind="stable")] = np.arange(noise.size)
    tile = (ranks * 256 // noise.size).astype(np.uint8).reshape(noise.shape)
    tile.setflags(write=False)
    return tile


def _blurred(noise: Field, sigma_x: float, sigma_y: float) -> Field:
    """Blurred across the borders of the tile, so that it can be repeated."""
    import cv2

    pad = min(int(4 * max(sigma_x, sigma_y)) + 1, TILE_PX)
    wrapped = np.pad(noise, pad, mode="wrap")
    soft = cv2.GaussianBlur(wrapped, (0, 0), sigma_x, sigmaY=sigma_y)
    return np.asarray(soft[pad:-pad, pad:-pad], np.float32)


def grain(rng: np.random.Generator, width: int, height: int, tile: Plane) -> Plane:
    """(height, width): texture from a tile, block by block from random places of it."""
    plane = np.empty((height, width), np.uint8)
    for rows, columns, y, x in blocks(rng, width, height):
        plane[rows, columns] = tile[
            y : y + rows.stop - rows.start,
            x : x + columns.stop - columns.start,
        ]
    return plane
