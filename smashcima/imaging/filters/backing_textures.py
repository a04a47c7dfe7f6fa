"""Textures of tables, cloths and lids, as seamless tiles."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from smashcima.imaging.filters.grain import TILE_PX
from smashcima.imaging.filters.smooth_noise import Field, Plane
from smashcima.randomness import Stream


@lru_cache(maxsize=4)
def backing_texture(name: str) -> Plane:
    """Returns the texture `wood`, `weave` or `speckle`: (TILE_PX, TILE_PX), with mean 128, read-only."""
    rng = Stream(0).child("backing", name).generator()
    if name == "wood":
        texture = _wood(rng)
    elif name == "weave":
        texture = _weave(rng)
    else:
        texture = _blurred(rng, 0.8, 0.8) + 0.5 * _blurred(rng, 12, 12)
    texture = texture / texture.std()
    tile = np.asarray(np.clip(np.rint(127.5 + 45 * texture), 0, 255), np.uint8)
    tile.setflags(write=False)
    return tile


def _wood(rng: np.random.Generator) -> Field:
    """Long fibres along x, broad growth bands, and fine dark pores."""
    bands = _blurred(rng, 400, 18)
    fibres = _blurred(rng, 90, 1.6)
    pores = np.minimum(_blurred(rng, 14, 0.7), -0.8) + 0.8
    return np.asarray(0.8 * bands + 0.7 * fibres + 0.6 * pores, np.float32)


def _weave(rng: np.random.Generator) -> Field:
    """Slightly irregular threads in both directions."""
    steps = np.arange(TILE_PX) * (2 * np.pi * 128 / TILE_PX)
    x, y = np.meshgrid(steps, steps)
    threads = np.sin(x) * np.sin(y)
    return np.asarray(
        threads * (1 + 0.3 * _blurred(rng, 2, 2)) + 0.5 * _blurred(rng, 1, 1) + 0.4 * _blurred(rng, 30, 30),
        np.float32,
    )


def _blurred(rng: np.random.Generator, sigma_x: float, sigma_y: float) -> Field:
    """Blurred noise with standard deviation 1; uses the Fourier transform, which wraps at the borders of the tile."""
    noise = rng.standard_normal((TILE_PX, TILE_PX))
    along, down = np.fft.rfftfreq(TILE_PX)[np.newaxis], np.fft.fftfreq(TILE_PX)[:, np.newaxis]
    passed = np.exp(-2 * np.pi**2 * ((sigma_x * along) ** 2 + (sigma_y * down) ** 2))
    soft = np.fft.irfft2(np.fft.rfft2(noise) * passed, noise.shape)
    return np.asarray(soft / soft.std(), np.float32)
