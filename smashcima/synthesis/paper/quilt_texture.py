"""Textures from photographs of paper."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.paper import PaperPatch
from smashcima.errors import SettingsError
from smashcima.geometry import mm_to_px
from smashcima.randomness import Stream
from smashcima.synthesis.paper.quilting import Quilt, quilt
from smashcima.synthesis.paper.tile import Tile, TileStore

_BLOCK_MM = 11.0
_OVERLAP_PART = 0.22
_SMALLEST_BLOCK_PX = 16
_SIDE_MM = 105.0
_LARGEST_PX = 2048

_STORE = TileStore(96 * 2**20)


class QuiltTexture:
    """The texture of a sheet, quilted from patches of real paper.

    Patches may come from different pages: each is shifted to the mean colour of all, and slow variation (light,
    browning) is removed, since the tone of the sheet adds its own.
    """

    def __init__(self, patches: Sequence[PaperPatch], seed: int = 0) -> None:
        """`seed` selects one of many quilts of the same patches.

        Raises:
            SettingsError: there is no patch, or one is too small for blocks.
        """
        if not patches:
            raise SettingsError("Quilting needs at least one patch of paper; there is none.")
        for patch in patches:
            if min(patch.pixels.shape[:2]) < 2 * _SMALLEST_BLOCK_PX:
                height, width = patch.pixels.shape[:2]
                raise SettingsError(
                    f"The patch {patch.name!r} has {width} x {height} px; patches must have at least "
                    f"{2 * _SMALLEST_BLOCK_PX} px on each side."
                )
        self.patches = tuple(patches)
        self.seed = seed
        digest = hashlib.blake2b(digest_size=16)
        for patch in self.patches:
            digest.update(f"{float(patch.dpi)!r} {patch.pixels.shape} ".encode())
            digest.update(np.ascontiguousarray(patch.pixels).data)
        self.digest: str = digest.hexdigest()
        """Digest that identifies the patches, independent of their names."""
        means = [patch.pixels.reshape(-1, 3).mean(axis=0) for patch in self.patches]
        blue, green, red = np.mean(means, axis=0).tolist()
        self._color = (float(blue), float(green), float(red))

    def with_seed(self, seed: int) -> QuiltTexture:
        """Another quilt of the same patches."""
        other = QuiltTexture.__new__(QuiltTexture)
        other.__dict__.update(self.__dict__)
        other.seed = seed
        return other

    def __eq__(self, other: object) -> bool:
        return isinstance(other, QuiltTexture) and (self.digest, self.seed) == (other.digest, other.seed)

    def __hash__(self) -> int:
        return int(self.digest[:15], 16) ^ self.seed

    @property
    def color(self) -> tuple[float, float, float]:
        """Mean of blue, green and red of all patches."""
        return self._color

    def tile(self, dpi: float) -> Tile:
        """The quilt at a resolution; made at first use and cached."""
        key = (self.digest, self.seed, dpi)
        tile = _STORE.find(key)
        if tile is None:
            tile = self._made(dpi)
            _STORE.keep(key, tile)
        return tile

    def make_quilt(self, dpi: float) -> tuple[Quilt, list[NDArray[np.uint8]]]:
        """Makes a quilt at a resolution; also returns the patches, resampled to it and shifted to one colour."""
        prepared = [_prepared(patch, dpi, self._color) for patch in self.patches]
        least = min(min(patch.shape[:2]) for patch in prepared)
        block = max(_SMALLEST_BLOCK_PX, min(round(mm_to_px(_BLOCK_MM, dpi)), int(0.75 * least)))
        overlap = max(3, round(_OVERLAP_PART * block))
        side = min(_LARGEST_PX, max(round(mm_to_px(_SIDE_MM, dpi)), 4 * block))
        return quilt(
            prepared, side, block, overlap, Stream(self.seed).child("paper quilt").generator()
        ), prepared

    def _made(self, dpi: float) -> Tile:
        import cv2

        # A resolution above that of the patches would add no detail.
        native = min(dpi, max(patch.dpi for patch in self.patches))
        pixels = self.make_quilt(native)[0].pixels
        if native < dpi:
            margin = 4
            around = cv2.copyMakeBorder(pixels, margin, margin, margin, margin, cv2.BORDER_WRAP)
            factor = max(1, math.floor(dpi / native + 0.5))
            large = cv2.resize(around, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
            edge = margin * factor
            pixels = np.asarray(large[edge:-edge, edge:-edge], np.uint8)
        levels = pixels.astype(np.float32)
        levels -= levels.mean(axis=(0, 1))
        blue, green, red = (np.ascontiguousarray(levels[:, :, channel]) for channel in range(3))
        return Tile.of((blue, green, red), dpi)


def _prepared(patch: PaperPatch, dpi: float, color: tuple[float, float, float]) -> NDArray[np.uint8]:
    """A patch at another resolution, with the given mean colour, without slow variation."""
    import cv2

    scale = dpi / patch.dpi
    pixels = patch.pixels
    if abs(scale - 1) > 0.01:
        size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8)
    levels = pixels.astype(np.float32)
    height, width = pixels.shape[:2]
    # Slow variation is measured with a twelfth of the block size as pixel size; finer detail does not affect it.
    coarse = max(1.0, mm_to_px(_BLOCK_MM, dpi) / 12)
    size = (max(1, round(width / coarse)), max(1, round(height / coarse)))
    slow = cv2.resize(levels, size, interpolation=cv2.INTER_AREA)
    slow = cv2.GaussianBlur(slow, (0, 0), 0.6 * 12, borderType=cv2.BORDER_REFLECT)
    slow = cv2.resize(slow, (width, height), interpolation=cv2.INTER_LINEAR)
    levels -= np.asarray(slow, np.float32)
    levels += np.array(color, np.float32)
    return np.clip(np.rint(levels), 0, 255).astype(np.uint8)
