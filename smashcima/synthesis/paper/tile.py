"""Textures of paper: cached squares that tile the plane, from which sheets are cut."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import mm_to_px
from smashcima.randomness import Stream
from smashcima.synthesis.paper.noise import Field, band_noise, tiling_clouds
from smashcima.synthesis.paper.style import PaperStyle
from smashcima.synthesis.paper.texture_marks import (
    color_flecks,
    fibres,
    follicles,
    mould_lines,
    specks,
    veins,
)

BIAS = 64
"""Neutral grey level of a texture; lower levels are darker than the sheet."""

_SIDE_MM = 130.0
_SMALLEST_PX, _LARGEST_PX = 128, 4096
_GRANULE_PX = 64


@dataclass(frozen=True, eq=False)
class Tile:
    """The texture of a sheet: grey levels that are added to its tone after subtracting `BIAS`."""

    planes: tuple[NDArray[np.uint8], ...]
    """One plane for all channels, or one each for blue, green and red; shape (height_px, width_px), tileable."""

    dpi: float

    @property
    def height(self) -> int:
        """In pixels."""
        return int(self.planes[0].shape[0])

    @property
    def width(self) -> int:
        """In pixels."""
        return int(self.planes[0].shape[1])

    @property
    def size_bytes(self) -> int:
        """Memory used by the planes."""
        return sum(plane.nbytes for plane in self.planes)

    @staticmethod
    def of(levels: tuple[Field, ...], dpi: float) -> Tile:
        """Makes a tile from signed grey levels."""
        return Tile(tuple(_biased(plane) for plane in levels), dpi)


class TileStore:
    """A least-recently-used cache of tiles with a limit on memory; thread-safe."""

    def __init__(self, most_bytes: int = 64 * 2**20) -> None:
        self.most_bytes = most_bytes
        self._tiles: OrderedDict[object, Tile] = OrderedDict()
        self._ordering = threading.Lock()

    def find(self, key: object) -> Tile | None:
        """The tile of a key, if it is cached."""
        with self._ordering:
            tile = self._tiles.get(key)
            if tile is not None:
                self._tiles.move_to_end(key)
            return tile

    def keep(self, key: object, tile: Tile) -> None:
        """Caches a tile and evicts the least recently used ones; the newest one always stays."""
        with self._ordering:
            self._tiles[key] = tile
            self._tiles.move_to_end(key)
            while len(self._tiles) > 1 and self.size_bytes > self.most_bytes:
                self._tiles.popitem(last=False)

    @property
    def size_bytes(self) -> int:
        """Memory used by all tiles."""
        return sum(tile.size_bytes for tile in self._tiles.values())

    def __len__(self) -> int:
        return len(self._tiles)


_STORE = TileStore()


def tile_of(style: PaperStyle, dpi: float) -> Tile:
    """The texture of a style at a resolution; made at first use and cached."""
    key = (_texture_of(style), dpi)
    tile = _STORE.find(key)
    if tile is None:
        tile = make_tile(style, dpi)
        _STORE.keep(key, tile)
    return tile


def make_tile(style: PaperStyle, dpi: float) -> Tile:
    """Makes the texture of a style. It depends only on the material parameters of `style`."""
    side = tile_side(dpi)
    px = mm_to_px(1.0, dpi)

    def rng(name: str) -> np.random.Generator:
        return Stream(style.texture_seed).child("paper texture", name).generator()

    levels = np.zeros((side, side), np.float32)
    if style.grain > 0:
        fine = style.grain_size * px / 2.5
        # A scanner averages detail smaller than a pixel.
        contrast = style.grain * min(1.0, style.grain_size * px)
        levels += np.float32(contrast) * band_noise(rng("grain"), side, fine, max(3.5 * fine, 1.2))
    if style.clouds > 0:
        for name, size, share in (("clouds", 1.0, 0.85), ("clots", 0.35, 0.5)):
            field = tiling_clouds(rng(name), side, max(size * style.cloud_size * px, 1.0))
            levels += np.float32(share * style.clouds) * field
    if style.laid > 0 or style.chains > 0:
        lines = mould_lines(rng("mould"), side, px, style)
        levels += lines.T if style.chains_across else lines
    if style.follicles > 0:
        follicles(levels, rng("follicles"), px, style)
    if style.veins > 0:
        levels += veins(rng("veins"), side, px, style)
    if style.fibres > 0 and style.fibre_contrast > 0:
        fibres(levels, rng("fibres"), px, style)
    if style.specks > 0 and style.speck_contrast > 0:
        specks(levels, rng("specks"), px, style)
    if style.color_flecks > 0:
        return Tile.of(color_flecks(levels, rng("flecks"), px, style), dpi)
    return Tile.of((levels,), dpi)


def tile_side(dpi: float) -> int:
    """Side of a tile in pixels."""
    wanted = math.ceil(mm_to_px(_SIDE_MM, dpi) / _GRANULE_PX) * _GRANULE_PX
    return min(max(wanted, _SMALLEST_PX), _LARGEST_PX)


def _texture_of(style: PaperStyle) -> tuple[object, ...]:
    """The parameters that a tile depends on."""
    return tuple(getattr(style, name) for name in _TEXTURE_FIELDS)


_TEXTURE_FIELDS = (
    "texture_seed", "grain", "grain_size", "clouds", "cloud_size", "fibres", "fibre_contrast", "specks",
    "speck_size", "speck_contrast", "color_flecks", "laid", "laid_spacing", "chains", "chain_spacing",
    "chains_across", "follicles", "veins",
)  # fmt: skip


def _biased(levels: Field) -> NDArray[np.uint8]:
    import cv2

    # Rounds to the nearest level and clips to the range of a byte.
    bias = np.full_like(levels, BIAS)
    return np.asarray(cv2.add(levels, bias, dtype=cv2.CV_8U), dtype=np.uint8)
