"""An open book: the page beside this one, and the gutter between them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Transform
from smashcima.imaging import DisplacementMap, ImageLayer, ProjectiveMap, draw_layers, merge_layers
from smashcima.imaging.compositing.bitmap_memory import new_bitmap
from smashcima.imaging.compositing.opacity import is_opaque
from smashcima.imaging.compositing.pixel_grid import PixelGrid
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter import Filter, PlannedFilter
from smashcima.imaging.filters.image_in_progress import ImageInProgress
from smashcima.imaging.filters.light import Light
from smashcima.imaging.filters.other_music import other_music
from smashcima.imaging.filters.other_pages import facing, page_of
from smashcima.imaging.filters.other_pages import is_left as is_left_page
from smashcima.imaging.filters.parameters import LogNormal, Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.warp import Warp
from smashcima.scene.visual import Page

_STEEPEST = 0.3
"""Largest ratio of the height of the arch of a page to its reach."""

_STEP_MM = 8.0


@dataclass(kw_only=True, eq=False)
class FacingPage(Filter):
    """The page on the other side of the spine: the picture becomes wider, and both pages sink into a dark gutter.

    The other page is `facing` if set, else that of the scene: pages 2 and 3 are one opening, 4 and 5 the next. Where it was not
    made, the systems and measures of this page in another order take its place. It has no labels. Has no effect on images that
    are not opaque.
    """

    share: Parameter = Uniform(0.04, 0.4)
    """Width of what is seen of it, as a fraction of this page; not affected by the strength."""

    lift_mm: Parameter = LogNormal(6, 0.4)
    """Height of the arches of both pages in mm."""

    reach_mm: Parameter = LogNormal(45, 0.25)
    """Distance from the spine at which a page is flat again, in mm."""

    shade: Parameter = Uniform(0.25, 0.6)
    """Fraction of light lost at the spine."""

    most_dpi: float = 0.0
    """Resolution that is not exceeded where both pages share a picture: that of a camera that sees them together. 0 = no limit."""

    facing: Page | None = None
    """The other page; by default, that of the scene."""

    @property
    def lowers_resolution(self) -> bool:
        """If a limit is set."""
        return self.most_dpi > 0

    def working_dpi(self, planned: PlannedFilter) -> float:
        """The limit."""
        return self.most_dpi if self.most_dpi > 0 else math.inf

    def apply_to_image(self, image: ImageInProgress, planned: PlannedFilter) -> None:
        """Adds the page beside, and queues the warp."""
        draws = planned.start()
        share = float(np.clip(draws.value("share", self.share), 0.01, 1.0))
        at_random = draws.sign() > 0
        drop = int(image.size.px(float(draws.rng.normal(0, 1.5))))
        added: list[int] = []

        sides: list[bool] = []

        def beside(picture: ImageLayer) -> ImageLayer:
            if picture.bitmap.ndim == 3 and not is_opaque(picture.bitmap):
                return picture
            page = page_of(picture.space)
            other = self.facing if self.facing is not None else facing(page)
            is_left = at_random if other is None or page is None else is_left_page(page)
            columns = max(1, round(share * picture.width))
            added.append(columns)
            sides.append(is_left)
            strip = _strip_of(other, picture, columns, is_left)
            if strip is None:
                seen = slice(columns) if is_left else slice(picture.width - columns, picture.width)
                strip = other_music(picture.bitmap, picture.regions, seen)
            return _with_page(picture, strip, is_left, drop)

        image.change(beside, takes_gray=True)
        if added:
            spine_px = image.size.width - added[0] if sides[0] else added[0]
            image.add_warp(self._gutter(image.size, spine_px, draws))

    def _gutter(self, size: PictureSize, spine_px: int, draws: Draws) -> Warp:
        """Both pages rise from the spine and become flat."""
        mm = size.width_mm / size.width
        spine = spine_px * mm
        reach = min(draws.value("reach_mm", self.reach_mm), size.width_mm / 2)
        lift = min(draws.strength * draws.value("lift_mm", self.lift_mm), _STEEPEST * reach)
        shade = min(draws.strength * draws.value("shade", self.shade), 0.9)
        sides = np.array([size.width_mm, size.height_mm])
        eye = 1.4 * float(sides.max())
        steepness = lift * np.e / reach
        shorter = 0.125 * steepness**2 * reach

        def backward(points: NDArray[np.float64]) -> NDArray[np.float64]:
            seen = points * mm
            away = seen[:, 0] - spine
            t = np.abs(away) / reach
            height = lift * np.e * t * np.exp(-t)
            source = sides / 2 + (seen - sides / 2) * ((eye - height) / eye)[:, np.newaxis]
            source[:, 0] += np.sign(away) * shorter * (1 - np.exp(-2 * t))
            return np.asarray(source / mm)

        rows, columns = size.lattice()
        x, _ = size.lattice_mm(rows, columns)
        t = np.abs(x - spine) / reach
        line = 1 - shade * np.exp(-5.5 * t) - 0.25 * shade * np.maximum(1 - t, 0) * np.exp(-1.6 * t)
        light = np.broadcast_to(np.clip(line, 0.02, 1.05), (rows, columns)).astype(np.float32)
        step = max(size.px(_STEP_MM), 1.0)
        pixel_map = DisplacementMap.from_function(backward, size.width, size.height, step)
        return Warp(pixel_map, size.width, size.height, Light(np.ascontiguousarray(light)))


def _strip_of(
    page: Page | None, picture: ImageLayer, columns: int, is_left: bool
) -> NDArray[np.uint8] | None:
    """The part beside the spine of another page, as large as the picture; `None` without a page, or if it has no paper."""
    import cv2

    if page is None:
        return None
    whole = PixelGrid.over(page.view_box.rectangle, picture.dpi)
    first = 0 if is_left else whole.width - columns
    moved = whole.to_px.then(Transform(e=-first))
    grid = PixelGrid(columns, picture.height, picture.dpi, moved)
    drawn = merge_layers(draw_layers(page, picture.dpi, with_regions=False, grid=grid), use_up=True).bitmap
    if not is_opaque(drawn):
        return None
    return (
        drawn if picture.bitmap.ndim == 3 else np.asarray(cv2.cvtColor(drawn, cv2.COLOR_BGRA2GRAY), np.uint8)
    )


def _with_page(picture: ImageLayer, strip: NDArray[np.uint8], is_left: bool, drop_px: int) -> ImageLayer:
    """The picture with a part of another page on its right if it is the left page, else on its left."""
    bitmap = picture.bitmap
    height, width = bitmap.shape[:2]
    columns = strip.shape[1]
    both = new_bitmap((height, width + columns, *bitmap.shape[2:]))
    own, other = (both[:, :width], both[:, width:]) if is_left else (both[:, columns:], both[:, :columns])
    own[:] = bitmap
    drop = int(np.clip(drop_px, 1 - height, height - 1))
    first, last = max(drop, 0), height + min(drop, 0)
    other[first:last] = strip[max(-drop, 0) : height - max(drop, 0)]
    other[:first], other[last:] = strip[0], strip[-1]
    moved = ProjectiveMap.translation(0 if is_left else strip.shape[1], 0)
    return ImageLayer(
        both,
        picture.dpi,
        picture.regions.moved(moved),
        picture.from_scene.then(moved),
        picture.space,
        picture.plans,
    )
