"""Images of staves: ink without paper, with ground truth on request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smashcima.engraving import Primitive
from smashcima.imaging import ImageLayer, PixelGrid, draw_layers, merge_layers
from smashcima.mashcima.warning import CutInkWarning, warn
from smashcima.orchestration import StaffScene
from smashcima.scene.visual import Page, VisualObject

_REACHING_OUT = frozenset({"barline", "staff_line"})
"""Kinds of objects that may extend beyond an image: barlines reach to other staves."""

_TOLERANCE_PX = 1.5
"""Ink that extends less beyond the edge of an image does not count as cut."""

_SPREAD_SS = 1.0
"""Maximum distance between handwritten ink and the engraved symbol that it draws, in staff spaces."""


@dataclass(frozen=True, slots=True, eq=False)
class StaffImage:
    """An image of a staff with its ground truth."""

    pixels: NDArray[np.float32]
    """(height_px, width_px), 0 = paper, 1 = ink: the opacity of `image`."""

    image: ImageLayer
    """Black ink on a transparent background, with the regions of all objects in pixels. Ink of the staves above and
    below has the label `smashcima::distractorNeighbour`."""

    scene: StaffScene
    """The staff: music, visual objects, and the record of how it was made."""

    @staticmethod
    def of(scene: StaffScene, grid: PixelGrid) -> StaffImage:
        """The image of a scene on the given pixels."""
        image = _drawn(scene, grid, with_regions=True)
        regions = image.regions.clipped(image.width, image.height)
        if len(scene.page.systems) > 1:
            regions = scene.with_distractors(regions)
        return StaffImage(_opacity(image), replace(image, regions=regions), scene)


def ink_of(scene: StaffScene, grid: PixelGrid) -> NDArray[np.float32]:
    """The ink of a scene on the given pixels, as of `StaffImage.pixels`."""
    return _opacity(_drawn(scene, grid, with_regions=False))


def symbols_of(scene: StaffScene, grid: PixelGrid) -> NDArray[np.float32]:
    """The ink of a scene without the staff lines: (height_px, width_px), 0 to 1."""
    layers = draw_layers(scene.page, grid.dpi, with_regions=False, with_paper=False, grid=grid)
    return _as_floats(layers.ink.coverage)


def _drawn(scene: StaffScene, grid: PixelGrid, with_regions: bool) -> ImageLayer:
    layers = draw_layers(scene.page, grid.dpi, with_regions, with_paper=False, grid=grid)
    return merge_layers(layers, use_up=True)


def _opacity(image: ImageLayer) -> NDArray[np.float32]:
    return _as_floats(image.bitmap[:, :, 3])


def _as_floats(coverage: NDArray[np.uint8]) -> NDArray[np.float32]:
    result: NDArray[np.float32] = np.divide(coverage, 255, dtype=np.float32)
    return result


def warn_about_cut_ink(scene: StaffScene, grid: PixelGrid, advice: str = "") -> None:
    """Issues a `CutInkWarning` that lists the objects of the staff that are, at least in part, outside of the image."""
    counts = Counter(thing.label.name for thing in cut_objects(scene, grid))
    if counts:
        listed = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
        size = f"{grid.width} x {grid.height} px"
        warn(f"Outside of the image of {size}, at least in part: {listed}.{advice}", CutInkWarning)


def cut_objects(scene: StaffScene, grid: PixelGrid) -> Iterator[VisualObject]:
    """The objects of the staff of a scene, without its neighbours, with ink outside of an image."""
    system = scene.page.systems[scene.main_system]
    spread = _SPREAD_SS * scene.staff.staff_space
    for thing in VisualObject.many_of(scene.page, "page"):
        if thing.system is not system or thing.kind in _REACHING_OUT:
            continue
        if isinstance(thing.primitive, Primitive):
            left, top, right, bottom = thing.primitive.sides()
            left, top, right, bottom = left - spread, top - spread, right + spread, bottom + spread
            corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
            if _is_inside(grid, corners):
                continue
        if not _is_inside(grid, _points(thing, scene.page)):
            yield thing


def _points(thing: VisualObject, page: Page) -> NDArray[np.float64]:
    """The points of the outline of an object in mm on the page: (N, 2)."""
    region = thing.glyph.region
    rings = page.space.transform_from(region.space).apply_to(region.contours).rings
    return np.concatenate([np.empty((0, 2)), *rings])


def _is_inside(grid: PixelGrid, points: NDArray[np.float64]) -> bool:
    """Whether points in mm lie in an image."""
    if not len(points):
        return True
    x, y = grid.to_px.apply_to(points).T
    return bool(
        x.min() >= -_TOLERANCE_PX
        and y.min() >= -_TOLERANCE_PX
        and x.max() <= grid.width + _TOLERANCE_PX
        and y.max() <= grid.height + _TOLERANCE_PX
    )
