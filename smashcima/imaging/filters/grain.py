"""Fine random textures, made once per process as tiles, from which pages take blocks at random positions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache

import numpy as np

from smashcima.imaging.filters.smooth_noise import Field, Plane
from smashcima.randomness import Stream

TILE_PX = 1024
"""Side of a tile."""

_BLOCK_PX = 512

_FINE_LEVELS = 2**16 - 1

_MOST_TILES = 32
"""Largest number of cached tiles of gray noise, 1 MB each; pages of one resolution need about ten."""


def blocks(rng: np.random.Generator, width: int, height: int) -> Iterator[tuple[slice, slice, int, int]]:
    """Divides an image into blocks: rows, columns, and a random position on a tile for each."""
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


class NoiseTile:
    """Noise that is added to pictures: its tile, and the tile in two parts that bytes can hold."""

    def __init__(self, values: Plane) -> None:
        """`values` has mean 128 and standard deviation 32, with one channel or four, the last of which is 128."""
        self.values = values

    @cached_property
    def parts(self) -> tuple[Plane, Plane]:
        """How much brighter and how much darker than 128 each value is."""
        zero = np.uint8(128)
        brighter: Plane = np.maximum(self.values, zero) - zero
        darker: Plane = zero - np.minimum(self.values, zero)
        for part in (brighter, darker):
            part.setflags(write=False)
        return brighter, darker


@lru_cache(maxsize=2)
def sensor_noise(is_gray: bool) -> NoiseTile:
    """The noise of `sensor_tile` or `gray_sensor_tile`."""
    return NoiseTile(gray_sensor_tile() if is_gray else sensor_tile())


@cache
def sensor_tile() -> Plane:
    """Camera noise: (TILE_PX, TILE_PX, 4), with mean 128 and standard deviation 32; the opacity is 128 everywhere.

    Most of the noise is in brightness, softened as by the processing in cameras: in photographs of pages, neighbouring pixels have
    a correlation of 0.45 to 0.7. Cameras remove most of the noise in colours; what remains is blotchy.
    """
    rng = Stream(0).child("sensor tile").generator()
    size = (TILE_PX, TILE_PX)
    bright = wrapped_blur(rng.standard_normal(size, np.float32), 0.55, 0.55)
    bright /= bright.std()
    tile: Plane = np.full((*size, 4), 128, np.uint8)
    for channel, color_share in enumerate((0.22, 0.12, 0.18)):
        color = wrapped_blur(rng.standard_normal(size, np.float32), 1.6, 1.6)
        color /= color.std()
        mixed = bright + color * np.float32(color_share)
        tile[:, :, channel] = np.clip(np.rint(128 + 32 * mixed / mixed.std()), 0, 255).astype(np.uint8)
    tile.setflags(write=False)
    return tile


@cache
def gray_sensor_tile() -> Plane:
    """The noise of `sensor_tile` in brightness: (TILE_PX, TILE_PX)."""
    tile: Plane = np.ascontiguousarray(sensor_tile()[:, :, 1])
    tile.setflags(write=False)
    return tile


@lru_cache(maxsize=_MOST_TILES)
def gray_tile(softness_px: float = 0.0, stretch: float = 1.0) -> Plane:
    """Noise with levels uniformly distributed from 0 to 255, blurred by `softness_px`: (TILE_PX, TILE_PX).

    `stretch` above 1 stretches it along x, like fibres.
    """
    noise = Stream(0).child("gray tile").generator().standard_normal((TILE_PX, TILE_PX), np.float32)
    if softness_px > 0:
        noise = wrapped_blur(noise, softness_px * stretch, softness_px)
    # Ranks by counting values on a fine scale, which is ten times as fast as sorting them.
    low, high = float(noise.min()), float(noise.max())
    scaled = ((noise - np.float32(low)) * np.float32(_FINE_LEVELS / (high - low))).astype(np.uint16)
    counts = np.bincount(scaled.ravel(), minlength=_FINE_LEVELS + 1)
    ranks = np.cumsum(counts) - (counts + 1) // 2
    tile: Plane = (ranks * 256 // noise.size).astype(np.uint8)[scaled]
    tile.setflags(write=False)
    return tile


def wrapped_blur(noise: Field, sigma_x: float, sigma_y: float) -> Field:
    """Blurs noise across the borders of the tile, so that it can be repeated."""
    import cv2

    if max(sigma_x, sigma_y) <= 0:
        return noise
    pad = min(int(4 * max(sigma_x, sigma_y)) + 1, TILE_PX)
    wrapped = np.pad(noise, pad, mode="wrap")
    soft = cv2.GaussianBlur(wrapped, (0, 0), sigma_x, sigmaY=sigma_y)
    return np.asarray(soft[pad:-pad, pad:-pad], np.float32)


def grain(
    rng: np.random.Generator,
    width: int,
    height: int,
    tile: Plane,
    bands: Sequence[tuple[int, int]] | None = None,
) -> Plane:
    """(height, width): texture of blocks from random positions of a tile.

    With `bands`, first rows and rows after the last, all other rows are arbitrary, which saves time.
    """
    plane = np.empty((height, width), np.uint8)
    for rows, columns, y, x in blocks(rng, width, height):
        for first, last in ((0, height),) if bands is None else bands:
            top, bottom = max(first, rows.start), min(last, rows.stop)
            if top < bottom:
                down, across = y + top - rows.start, columns.stop - columns.start
                plane[top:bottom, columns] = tile[down : down + bottom - top, x : x + across]
    return plane
