"""Background around a sheet: a table, a cloth, the lid of a scanner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.compositing.grayscale import gray_of
from smashcima.imaging.filters.backing import Backing
from smashcima.imaging.filters.backing_textures import backing_texture
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import BackingFilter
from smashcima.imaging.filters.grain import TILE_PX
from smashcima.imaging.filters.parameters import LogNormal, Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.smooth_noise import Plane

_TILE_DPI = 150.0
"""Resolution of the textures, which are scaled for images of other resolutions."""

_STEPS = 4
"""Textures are scaled to multiples of a fourth of their size, so that pages share them; up to 4 MB each."""

_SHADE_PX = 8
"""Size of the cells in which the shadow is enlarged to all pixels; positions of blocks are multiples of it."""


@dataclass(frozen=True, slots=True)
class _Material:
    """Material: colours, and variation of brightness."""

    colors: tuple[tuple[int, int, int], ...]
    """Colours (BGR), one of which is drawn."""

    contrast: float
    """Amplitude of the texture; 0 = even."""

    texture: str


_MATERIALS = {
    "dark wood": _Material(((28, 46, 74), (38, 62, 96), (24, 34, 50)), 0.35, "wood"),
    "light wood": _Material(((96, 142, 182), (120, 165, 200), (84, 124, 160)), 0.16, "wood"),
    "cloth": _Material(((58, 52, 50), (70, 40, 32), (48, 60, 44), (96, 92, 90)), 0.30, "weave"),
    "desk": _Material(((150, 154, 156), (196, 200, 202), (70, 68, 66), (110, 116, 118)), 0.04, "speckle"),
    "lid": _Material(((214, 216, 216), (198, 201, 202), (226, 226, 225)), 0.015, "speckle"),
    "black": _Material(((22, 21, 21), (34, 31, 30), (14, 14, 14)), 0.25, "speckle"),
}
BACKINGS = tuple(_MATERIALS)
"""Names of the backgrounds."""


@dataclass(kw_only=True, eq=False)
class LieOn(BackingFilter):
    """A table or another background behind the sheet, with the shadow of the sheet's edge."""

    materials: tuple[str, ...] = ("dark wood", "light wood", "cloth", "desk", "black")
    """Names in `BACKINGS`, one of which is drawn for each page."""

    shadow_mm: Parameter = LogNormal(2.5, 0.4)
    """Extent of the shadow in mm."""

    shadow_depth: Parameter = Uniform(0.2, 0.45)
    """Fraction of light lost next to the sheet."""

    def make_backing(self, outline: NDArray[np.float64], size: PictureSize, draws: Draws) -> Backing:
        """Returns the background; the strength affects only the depth of the shadow."""
        chosen = _MATERIALS[draws.choice("material", self.materials)]
        blue, green, red = chosen.colors[int(draws.rng.integers(len(chosen.colors)))]
        tone = draws.rng.uniform(0.85, 1.12)
        color = (
            min(round(blue * tone), 255),
            min(round(green * tone), 255),
            min(round(red * tone), 255),
        )
        reach = draws.value("shadow_mm", self.shadow_mm)
        depth = min(draws.value("shadow_depth", self.shadow_depth) * min(draws.strength, 1.5), 0.85)
        angle = draws.rng.uniform(0, 2 * np.pi)
        shade = _edge_shadow(outline, size, reach, depth, angle)
        is_upright = bool(draws.rng.integers(4) % 2)
        place = draws.rng.integers(0, TILE_PX, 2)
        tile = _texture(chosen.texture, max(round(_STEPS * size.dpi / _TILE_DPI), 1))
        # Fibres run across or, upright, down.
        tile = tile.T if is_upright else tile
        return _Textured(color, tile, (int(place[0]), int(place[1])), chosen.contrast, shade, size)


@lru_cache(maxsize=8)
def _texture(name: str, steps: int) -> Plane:
    """A texture, enlarged by `steps / _STEPS`."""
    import cv2

    side = TILE_PX * steps // _STEPS
    tile = np.asarray(
        cv2.resize(backing_texture(name), (side, side), interpolation=cv2.INTER_LINEAR), np.uint8
    )
    tile.setflags(write=False)
    return tile


class _Textured(Backing):
    """A colour, multiplied by a texture and a shadow."""

    def __init__(
        self,
        color: tuple[int, int, int],
        tile: Plane,
        place: tuple[float, float],
        contrast: float,
        shade: Plane,
        size: PictureSize,
    ) -> None:
        self.color = color
        self._place = place
        self._shade = _in_cells(shade, size)
        # 128 is the colour itself.
        levels = np.clip(np.rint(128 * (1 + contrast * (np.arange(256) - 127.5) / 127.5)), 0, 255)
        self._levels = levels.astype(np.uint8)
        self._tile = tile

    def block(self, rows: slice, columns: slice) -> NDArray[np.uint8]:
        """The BGRA pixels of a part of the image."""
        import cv2

        light = self._light(rows, columns)
        planes = [cv2.convertScaleAbs(light, alpha=value / 128) for value in self.color]
        return np.asarray(cv2.merge([*planes, np.full_like(light, 255)]), np.uint8)

    def gray_block(self, rows: slice, columns: slice) -> NDArray[np.uint8]:
        """The brightness of a part of the image."""
        import cv2

        return np.asarray(
            cv2.convertScaleAbs(self._light(rows, columns), alpha=gray_of(self.color) / 128), np.uint8
        )

    def _light(self, rows: slice, columns: slice) -> Plane:
        """Texture and shadow: 128 = the colour itself."""
        import cv2

        texture = cv2.LUT(self._texture(rows, columns), self._levels)
        shade = _sampled(self._shade, rows, columns)
        return np.asarray(cv2.multiply(texture, shade, scale=1 / 255), np.uint8)

    def _texture(self, rows: slice, columns: slice) -> Plane:
        """The tile, repeated over a part of the image."""
        result: Plane = np.empty((rows.stop - rows.start, columns.stop - columns.start), np.uint8)
        for down, tile_rows in self._repeats(rows, 0):
            for across, tile_columns in self._repeats(columns, 1):
                result[down, across] = self._tile[tile_rows, tile_columns]
        return result

    def _repeats(self, part: slice, axis: int) -> Iterator[tuple[slice, slice]]:
        """Rows or columns of a part of the image, and those of the tile that they show."""
        side = len(self._tile)
        place = part.start + int(self._place[axis] / TILE_PX * side)
        begin, count = 0, part.stop - part.start
        while begin < count:
            first = (place + begin) % side
            end = min(begin + side - first, count)
            yield slice(begin, end), slice(first, first + end - begin)
            begin = end


def _in_cells(shade: Plane, size: PictureSize) -> Plane:
    """The shadow in cells of `_SHADE_PX`, with one more on each side."""
    import cv2

    rows, columns = shade.shape
    across, down = _SHADE_PX * columns / size.width, _SHADE_PX * rows / size.height
    # OpenCV counts from the centres of pixels; the first cell lies before the image.
    matrix = np.array([[across, 0, -0.5 * across - 0.5], [0, down, -0.5 * down - 0.5]])
    shape = (-(-size.width // _SHADE_PX) + 2, -(-size.height // _SHADE_PX) + 2)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(shade, matrix, shape, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _sampled(cells: Plane, rows: slice, columns: slice) -> Plane:
    """A part of the shadow, enlarged to pixels."""
    import cv2

    top, left = rows.start // _SHADE_PX, columns.start // _SHADE_PX
    bottom, right = -(-rows.stop // _SHADE_PX) + 2, -(-columns.stop // _SHADE_PX) + 2
    part = cells[top:bottom, left:right]
    size = (part.shape[1] * _SHADE_PX, part.shape[0] * _SHADE_PX)
    fine = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    y, x = rows.start - (top - 1) * _SHADE_PX, columns.start - (left - 1) * _SHADE_PX
    return fine[y : y + rows.stop - rows.start, x : x + columns.stop - columns.start]


def _edge_shadow(
    outline: NDArray[np.float64], size: PictureSize, reach_mm: float, depth: float, angle: float
) -> Plane:
    """Factors of light on the background beside the edge of the sheet, on a lattice; 255 is 1."""
    import cv2

    rows, columns = size.lattice(0.7)
    scale = np.array([columns / size.width, rows / size.height])
    shift = size.px(reach_mm) * 0.35 * np.array([np.cos(angle), np.sin(angle)])
    sheet = np.zeros((rows, columns), np.uint8)
    corners = np.clip(np.rint(((outline + shift) * scale - 0.5) * 16), -(2**19), 2**19).astype(np.int32)
    # Smooth edges: a nearly vertical edge would become a staircase on the lattice.
    cv2.fillPoly(sheet, [corners], 255, lineType=cv2.LINE_AA, shift=4)
    sigma = max(size.px(reach_mm) * float(scale.mean()) / 2, 0.5)
    soft = cv2.GaussianBlur(sheet, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    levels = np.asarray(1 - depth * (np.arange(256, dtype=np.float32) / 255), np.float32)
    return np.asarray(cv2.LUT(soft, np.rint(np.clip(levels, 0, 1) * 255).astype(np.uint8)), np.uint8)
