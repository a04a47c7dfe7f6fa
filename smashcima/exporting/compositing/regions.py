"""Areas of objects in pixels, all regions of an image in a few arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.compositing.outlines import Outlines
from smashcima.exporting.compositing.pixel_maps import PixelMap
from smashcima.exporting.compositing.rasterizer import SUBPIXELS
from smashcima.scene.graph import SceneObject


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """The area of one object."""

    id: str
    """Id of the object on its page, the same in every format and every run."""

    label: str
    scene_object: SceneObject
    """The object of the scene: a visual object, a staff, a measure, a page, ..."""

    rings: tuple[NDArray[np.float64], ...]
    """Closed outlines in pixels, each (N, 2); non-zero winding, holes run against what they are in."""

    bbox: tuple[float, float, float, float]
    """Left, top, right, bottom in pixels; NaN if the area is empty."""

    @property
    def pixel_box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of all pixels that are touched, the last two exclusive; zeros if empty."""
        left, top, right, bottom = _touched_pixels(np.array([self.bbox]))[0].tolist()
        return (left, top, right, bottom)


@dataclass(frozen=True, slots=True, eq=False)
class Regions(Sequence[Region]):
    """All regions of an image, from the outside (page, systems, staves, measures) to the single signs."""

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    scene_objects: tuple[SceneObject, ...]
    outlines: Outlines
    """The areas, in pixels; shape i is that of region i."""

    bboxes: NDArray[np.float64]
    """(n, 4): left, top, right, bottom in pixels; NaN for an empty area."""

    @staticmethod
    def empty() -> Regions:
        """No regions."""
        return Regions.of((), (), (), Outlines.of((), ()))

    @staticmethod
    def of(
        ids: Sequence[str], labels: Sequence[str], scene_objects: Sequence[SceneObject], outlines: Outlines
    ) -> Regions:
        """From areas in pixels; the boxes are computed."""
        return Regions(tuple(ids), tuple(labels), tuple(scene_objects), outlines, outlines.bboxes())

    def __repr__(self) -> str:
        return f"Regions({len(self.ids)} regions)"

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, index: int) -> Region:  # type: ignore[override]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(f"There is no region {index} among {len(self)}.")
        first, last = self.outlines.shape_rings[index : index + 2].tolist()
        starts = self.outlines.ring_starts
        rings = tuple(self.outlines.points[starts[i] : starts[i + 1]] for i in range(first, last))
        left, top, right, bottom = self.bboxes[index].tolist()
        return Region(
            self.ids[index], self.labels[index], self.scene_objects[index], rings, (left, top, right, bottom)
        )

    def __iter__(self) -> Iterator[Region]:
        return (self[index] for index in range(len(self)))

    def of_object(self, scene_object: SceneObject) -> Region | None:
        """The region of an object of the scene, if it has one here."""
        for index, candidate in enumerate(self.scene_objects):
            if candidate is scene_object:
                return self[index]
        return None

    def pixel_boxes(self) -> NDArray[np.int64]:
        """(n, 4): left, top, right, bottom of the touched pixels, the last two exclusive; zeros if empty."""
        return _touched_pixels(self.bboxes)

    def moved(self, pixel_map: PixelMap) -> Regions:
        """The regions after a map of pixels."""
        return self.mapped(pixel_map.forward)

    def mapped(self, function: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Regions:
        """The regions after a map of points (N, 2) to points (N, 2), applied once to all of them."""
        outlines = replace(self.outlines, points=function(self.outlines.points))
        return replace(self, outlines=outlines, bboxes=outlines.bboxes())


def _touched_pixels(boxes: NDArray[np.float64]) -> NDArray[np.int64]:
    """Boxes (n, 4) widened to whole pixels, rounded first just as the rasteriser does: so they fit its ink."""
    grid = np.rint(np.nan_to_num(boxes) * SUBPIXELS) / SUBPIXELS
    return np.concatenate([np.floor(grid[:, :2]), np.ceil(grid[:, 2:])], axis=1).astype(np.int64)
