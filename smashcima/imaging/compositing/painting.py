"""Painting of the ink of a scene to layers of pixels."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours
from smashcima.imaging.compositing.blending import ColorBGR
from smashcima.imaging.compositing.canvas import Canvas, ink_of_outlines
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.ink_layer import InkLayer
from smashcima.imaging.compositing.ink_shading import shade
from smashcima.imaging.compositing.opacity import divided
from smashcima.imaging.compositing.painted_outlines import PaintedOutlines
from smashcima.imaging.compositing.pixel_grid import PixelGrid
from smashcima.imaging.compositing.plain_paper import PlainPaper
from smashcima.imaging.compositing.space_maps import SpaceMaps
from smashcima.imaging.compositing.sprites import is_whole_pixel_move, place_picture, sole_color
from smashcima.imaging.regions.outline_arrays import Affine, Outlines
from smashcima.imaging.regions.rasterizer import draw
from smashcima.kernels import kernels_are_used
from smashcima.scene.visual import Ink, InkLoad
from smashcima.scene.visual.unmade_ink import UnmadeInk

_Stroke = tuple[int, int, int, NDArray[np.uint8], ColorBGR | None, int]
"""Drawing order, left, top, and either clear part, colour and opacity of a shape, or a picture."""


class Palette:
    """Ink, divided into outlines and pictures, with its colours."""

    def __init__(self, ink: Iterable[Ink | UnmadeInk], maps: SpaceMaps) -> None:
        self.contours: list[Contours] = []
        self.maps: list[Affine] = []
        self.colors: list[ColorBGR] = []
        self.opacities: list[int] = []
        self.shape_orders: list[int] = []
        self.pictures: list[tuple[int, NDArray[np.uint8], Affine]] = []
        self.loads: dict[int, InkLoad] = {}
        """Loads of outlines that have one, by their index."""
        for order, item in enumerate(ink):
            if isinstance(item, UnmadeInk):
                blue, green, red, opacity = item.color
                self.shape_orders.append(order)
                self.contours.append(item.contours)
                self.maps.append(maps.of_unmade(item))
                self.colors.append((blue, green, red))
                self.opacities.append(opacity)
                continue
            way = maps.through(item.outline_to_space, item.space)
            picture = item.picture
            if picture is not None:
                self.pictures.append((order, picture, way))
                continue
            load = item.load
            if load is not None:
                self.loads[len(self.contours)] = load
            blue, green, red, opacity = item.fill_color if load is None else load.color
            self.shape_orders.append(order)
            self.contours.append(item.outline)
            self.maps.append(way)
            self.colors.append((blue, green, red))
            self.opacities.append(opacity)

    @property
    def sole_color(self) -> ColorBGR | None:
        """The common colour of all ink; black without ink, `None` for several colours."""
        colors = set(self.colors)
        for bitmap in {id(bitmap): bitmap for _, bitmap, _ in self.pictures}.values():
            color = sole_color(bitmap)
            if color is None:
                return None
            colors.add(color)
        return next(iter(colors), (0, 0, 0)) if len(colors) <= 1 else None

    def shape_colors(self) -> NDArray[np.uint8]:
        """(n, 4): BGR and the opacity of each outline."""
        rows = [(*color, opacity) for color, opacity in zip(self.colors, self.opacities, strict=True)]
        return np.array(rows, np.uint8).reshape(-1, 4)

    @cached_property
    def outlines(self) -> Outlines:
        """All outlines in pixels."""
        return Outlines.of(self.contours, self.maps)

    def shape_strokes(self, width: int, height: int, painted: PaintedOutlines) -> Iterator[_Stroke]:
        """The masks of the outlines, in drawing order; adds them to `painted`."""
        for drawing in draw(self.outlines, width, height):
            painted.add_masks(self.contours, self.maps, drawing)
            for shape, left, top, clear in drawing:
                yield self.shape_orders[shape], left, top, clear, self.colors[shape], self.opacities[shape]

    def picture_strokes(self, width: int, height: int) -> Iterator[_Stroke]:
        """The pictures, in drawing order."""
        for order, bitmap, to_px in self.pictures:
            placed = place_picture(bitmap, to_px, width, height)
            if placed is not None:
                yield order, placed.left, placed.top, placed.picture, None, 255


def paint_ink(
    ink: Iterable[Ink | UnmadeInk],
    grid: PixelGrid,
    maps: SpaceMaps,
    painted: PaintedOutlines | None = None,
) -> InkLayer:
    """Paints all ink in the given order on one layer; `maps` leads to pixels of `grid`.

    Adds the outlines to `painted`, and their masks, except for kernels, which make none and draw them again as fast.
    """
    palette = Palette(ink, maps)
    painted = PaintedOutlines() if painted is None else painted
    painted.add(palette.contours, palette.maps, palette.outlines)
    color = palette.sole_color
    if not palette.pictures and kernels_are_used():
        layer = ink_of_outlines(palette.outlines, palette.shape_colors(), grid.width, grid.height, color)
        return _shaded(layer, palette, grid)
    canvas = Canvas(grid.width, grid.height, color)
    strokes = palette.shape_strokes(grid.width, grid.height, painted)
    if palette.pictures:
        pictures = palette.picture_strokes(grid.width, grid.height)
        strokes = heapq.merge(strokes, pictures, key=itemgetter(0))
    for _, left, top, piece, stroke_color, opacity in strokes:
        if stroke_color is None:
            canvas.cover_with_picture(left, top, piece)
        else:
            canvas.cover(left, top, piece, stroke_color, opacity)
    return _shaded(canvas.finish(), palette, grid)


def _shaded(layer: InkLayer, palette: Palette, grid: PixelGrid) -> InkLayer:
    """A painted layer, shaded by the loads of its ink."""
    if palette.loads:
        outlines = palette.outlines.chosen(np.array(list(palette.loads), np.intp))
        shade(layer, outlines, list(palette.loads.values()), grid)
    return layer


def paint_paper(paper: Ink | None, grid: PixelGrid, maps: SpaceMaps) -> ImageLayer:
    """Paints the paper; the background is transparent without paper."""
    if paper is None:
        return PlainPaper.of((0, 0, 0, 0), grid.width, grid.height, grid.dpi)
    fresh = _drawn_afresh(paper, grid, maps)
    if fresh is not None:
        return ImageLayer(fresh, grid.dpi)
    palette = Palette([paper], maps)
    if palette.pictures:
        _, bitmap, to_px = palette.pictures[0]
        placed = place_picture(bitmap, to_px, grid.width, grid.height)
        image = np.zeros((grid.height, grid.width, 4), np.uint8)
        if placed is not None:
            height, width = placed.picture.shape[:2]
            image[placed.top : placed.top + height, placed.left : placed.left + width] = divided(
                placed.picture
            )
        return ImageLayer(image, grid.dpi)
    if _fills(palette.outlines, grid):
        color = (*palette.colors[0], palette.opacities[0])
        return PlainPaper.of(color, grid.width, grid.height, grid.dpi)
    return ImageLayer(paint_ink([paper], grid, maps).to_bgra(), grid.dpi)


def _drawn_afresh(paper: Ink, grid: PixelGrid, maps: SpaceMaps) -> NDArray[np.uint8] | None:
    """The picture of the paper, drawn for the grid; `None` if the paper is not aligned with the grid or too small."""
    fresh = paper.fresh_picture(grid.dpi)
    if fresh is None:
        return None
    to_px = maps.through(fresh.pixels_to_space, paper.space)
    if not is_whole_pixel_move(to_px, max(grid.width, grid.height)) or any(map(round, to_px[4:])):
        return None
    picture = fresh.draw()
    if picture.shape[0] < grid.height or picture.shape[1] < grid.width:
        return None
    return np.ascontiguousarray(picture[: grid.height, : grid.width])


def _fills(outlines: Outlines, grid: PixelGrid) -> bool:
    """Whether a shape is an upright rectangle that contains all pixels, with a tolerance of half a pixel.

    The size of an image is rounded to whole pixels, which paper with the size of the view box must fill.
    """
    points = outlines.points
    if len(points) != 4:
        return False
    left, top, right, bottom = outlines.bboxes()[0].tolist()
    upright = all((x in (left, right)) and (y in (top, bottom)) for x, y in points.tolist())
    return upright and max(left, top) <= 0.5 and right >= grid.width - 0.5 and bottom >= grid.height - 0.5
