"""Ink that is darker where there is more of it: shades the layer of strokes that have a load."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Transform
from smashcima.imaging.compositing.ink_layer import InkLayer
from smashcima.imaging.compositing.paper_tooth import PITCH, grain_depths, tooth_at
from smashcima.imaging.compositing.pixel_grid import PixelGrid
from smashcima.imaging.compositing.stroke_loads import LoadLattice, load_lattice
from smashcima.imaging.regions.outline_arrays import Outlines
from smashcima.kernels import kernels_are_used
from smashcima.scene.visual import InkLoad, InkMedium

Floats = NDArray[Any]

_FLOWS = 0.25
"""Distance in mm over which ink flows from a thick place into a thin one."""

_BARE_EDGE = 0.3
"""Range of depths of the grain over which ink ends."""

_IN_GRAIN = 0.3
"""Opacity of ink where the paper is bare, relative to the rest."""

_BAND_ROWS = 64

_BAND = 1 << 17
"""Number of pixels that are shaded at once, so that they fit into the processor cache."""


def shade(layer: InkLayer, outlines: Outlines, loads: Sequence[InkLoad], grid: PixelGrid) -> None:
    """Changes opacity and colour of ink in place; `outlines`, in pixels of `grid`, are those of the paths with `loads`.

    The load at a pixel is that of the strokes near it, and less where the ink is thin. The shape of the ink remains.
    """
    for medium in dict.fromkeys(load.medium for load in loads):
        chosen = np.array([index for index, load in enumerate(loads) if load.medium == medium], np.intp)
        _shade_medium(layer, outlines.chosen(chosen), [loads[index] for index in chosen], medium, grid)


def _shade_medium(
    layer: InkLayer, outlines: Outlines, loads: Sequence[InkLoad], medium: InkMedium, grid: PixelGrid
) -> None:
    if len(outlines.points) == 0:
        return
    to_mm = grid.to_px.inverse()
    in_mm = outlines.with_points(to_mm.apply_to(outlines.points))
    corners = to_mm.apply_to(np.array([(x, y) for x in (0.0, grid.width) for y in (0.0, grid.height)]))
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    lattice = load_lattice(in_mm, loads, medium, (left, top, right, bottom))
    around, thickness = _thickness(layer.coverage, medium, abs(grid.to_px.determinant) ** 0.5)
    method = _shade_by_kernel if kernels_are_used() else _shade_by_arrays
    method(layer, lattice, around, thickness, medium, to_mm)


def _shade_by_kernel(
    layer: InkLayer,
    lattice: LoadLattice,
    around: NDArray[np.uint8],
    thickness: NDArray[np.float32],
    medium: InkMedium,
    to_mm: Transform,
) -> None:
    """Shades all pixels with a compiled kernel."""
    from smashcima.imaging.compositing.shade_kernels import shade_pixels

    plain = np.empty(0, np.int64)
    if isinstance(layer.color, tuple) and medium.warmth > 0:
        plain = np.array(layer.color, np.int64)
        layer.color = np.zeros((*layer.coverage.shape, 3), np.uint8)  # untouched memory costs nothing
    color = np.empty((0, 0, 3), np.uint8) if isinstance(layer.color, tuple) else layer.color
    coverage = np.ascontiguousarray(layer.coverage)
    flat = coverage.reshape(-1)
    words = flat[: len(flat) // 8 * 8].view(np.uint64)
    place = (to_mm.a, to_mm.b, to_mm.c, to_mm.d, to_mm.e, to_mm.f, *lattice.origin, lattice.cell, PITCH)
    numbers = (
        *(medium.thin_load, medium.thick_load - medium.thin_load),
        *(medium.dry_opacity, medium.full_opacity - medium.dry_opacity, medium.tooth, medium.even_load),
        *(_BARE_EDGE, _IN_GRAIN, 1 - _IN_GRAIN, medium.warmth),
    )
    thin_color = np.array(medium.thin_color, np.float64) / 255
    shade_pixels(
        *(coverage, words, np.ascontiguousarray(color), plain, around, thickness, lattice.values),
        np.array(place, np.float64),
        np.array(numbers, np.float64).astype(np.float32),
        thin_color.astype(np.float32),
        grain_depths(),
    )
    layer.coverage = coverage


def _shade_by_arrays(
    layer: InkLayer,
    lattice: LoadLattice,
    around: NDArray[np.uint8],
    thickness: NDArray[np.float32],
    medium: InkMedium,
    to_mm: Transform,
) -> None:
    """Shades all pixels with NumPy."""
    coverage, flat_around = layer.coverage.reshape(-1), around.reshape(-1)
    width = layer.coverage.shape[1]
    columns, rows = _inked(layer.coverage)
    if isinstance(layer.color, tuple) and medium.warmth > 0:
        layer.color = _premultiplied(layer.color, layer.coverage, columns, rows)
    a, b, c, d, e, f = to_mm.a, to_mm.b, to_mm.c, to_mm.d, to_mm.e, to_mm.f
    for first in range(0, len(rows), _BAND):
        column, row = columns[first : first + _BAND], rows[first : first + _BAND]
        pixels = row.astype(np.intp) * width + column
        x, y = column + np.float64(0.5), row + np.float64(0.5)
        x, y = a * x + c * y + e, b * x + d * y + f
        flow = lattice.at(x, y)
        layers = medium.thin_load + (medium.thick_load - medium.thin_load) * thickness[flat_around[pixels]]
        load = np.minimum(np.maximum(flow, 0) * layers, 1)
        opacity = _opacity(load, x, y, medium)
        opacity[flow < 0] = 1  # ink of something else
        lack = np.where(flow < 0, 0, medium.warmth * (1 - load)).astype(np.float32)
        _lay(layer, coverage, pixels, opacity, lack, medium)


def _opacity(load: Floats, x: Floats, y: Floats, medium: InkMedium) -> Floats:
    """The opacity at pixels, relative to the colour of the ink."""
    opacity = medium.dry_opacity + (medium.full_opacity - medium.dry_opacity) * load
    if medium.tooth > 0:
        # Deep places are bare, more of them the less ink there is.
        bare = medium.tooth * np.maximum(1 - load / medium.even_load, 0)
        covered = (1 - bare - tooth_at(x, y)) / _BARE_EDGE
        opacity *= _IN_GRAIN + (1 - _IN_GRAIN) * np.clip(covered + 1, 0, 1)
    return np.asarray(opacity, np.float32)


def _lay(
    layer: InkLayer,
    coverage: NDArray[np.uint8],
    pixels: NDArray[np.intp],
    opacity: Floats,
    lack: Floats,
    medium: InkMedium,
) -> None:
    """Writes pixels of ink; `lack` is the share of the colour of thin ink."""
    before = coverage[pixels].astype(np.float32)
    after = np.minimum(before * opacity, 255)
    coverage[pixels] = np.rint(after).astype(np.uint8)
    if isinstance(layer.color, tuple):
        return
    color = layer.color.reshape(-1, 3)
    scale = after / before
    for channel, thin in enumerate(medium.thin_color):
        own = color[pixels, channel].astype(np.float32)
        mixed = (own + lack * (thin / 255 * before - own)) * scale
        color[pixels, channel] = np.rint(np.minimum(mixed, after)).astype(np.uint8)


def _thickness(
    coverage: NDArray[np.uint8], medium: InkMedium, scale: float
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """How much of the pixels around each one is covered, (height_px, width_px), and the thickness of the ink by this number, (256,).

    Thickness goes from 0 (`medium.thin`) to 1 (`medium.thick`); `scale` is in pixels per mm.
    """
    import cv2

    side = 2 * max(1, round((medium.thick * scale - 1) / 2)) + 1
    reach = 2 * max(1, round(_FLOWS * scale / 2)) + 1
    around = np.zeros_like(coverage)
    # Bands of rows with ink fit into the processor cache; the rows beside them change the values in their first and last rows.
    beside = side // 2 + reach // 2
    for top in range(0, len(coverage), _BAND_ROWS):
        inner = slice(top, min(top + _BAND_ROWS, len(coverage)))
        if not coverage[inner].any():
            continue
        first = max(top - beside, 0)
        band = coverage[first : inner.stop + beside]
        blurred = cv2.blur(band, (side, side), borderType=cv2.BORDER_CONSTANT)
        spread = cv2.dilate(blurred, np.ones((reach, reach), np.uint8))
        around[inner] = spread[top - first : inner.stop - first]
    width = np.arange(256, dtype=np.float32) * (side / scale / 255)
    # The square can be smaller than a thick stroke by a part of a pixel.
    thick = max(min(medium.thick, float(width[-1])), 1.01 * medium.thin)
    table = np.clip((width - medium.thin) / (thick - medium.thin), 0, 1)
    return around, np.asarray(table, np.float32)


def _premultiplied(
    color: tuple[int, int, int],
    coverage: NDArray[np.uint8],
    columns: NDArray[np.int32],
    rows: NDArray[np.int32],
) -> NDArray[np.uint8]:
    """The colour of each pixel, multiplied by its coverage; the columns and rows are those of all pixels with ink."""
    result = np.zeros((*coverage.shape, 3), np.uint8)  # untouched memory costs nothing
    part = coverage[rows, columns].astype(np.uint16)
    for channel, value in enumerate(color):
        result[rows, columns, channel] = (part * value + 127) // 255
    return result


def _inked(coverage: NDArray[np.uint8]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Columns and rows of all pixels with ink."""
    import cv2

    if not cv2.countNonZero(coverage):
        return np.empty(0, np.int32), np.empty(0, np.int32)
    found = cv2.findNonZero(coverage)  # several times as fast as NumPy
    columns, rows = found.reshape(-1, 2).T
    return np.ascontiguousarray(columns, np.int32), np.ascontiguousarray(rows, np.int32)
