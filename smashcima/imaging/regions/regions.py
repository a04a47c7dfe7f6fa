"""Areas of objects in pixels, with all regions of an image in a few arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.pixel_maps import PixelMap
from smashcima.imaging.regions.clipping import clipped
from smashcima.imaging.regions.growing import grown
from smashcima.imaging.regions.oriented_boxes import oriented_boxes
from smashcima.imaging.regions.outline_arrays import Outlines
from smashcima.imaging.regions.rasterizer import SUBPIXELS
from smashcima.imaging.regions.warped_outlines import bent
from smashcima.scene.graph import SceneObject
from smashcima.short_repr import ShortRepr

NOTHING_PX2 = 1e-6
"""Largest area that counts as invisible."""


@dataclass(frozen=True, slots=True, eq=False)
class Region(ShortRepr):
    """The area of one object."""

    id: str
    """Id of the object on its page, equal in all formats and runs."""

    label: str
    scene_object: SceneObject
    """The object of the scene: a visual object, a staff, a measure, a page, ..."""

    rings: tuple[NDArray[np.float64], ...]
    """Closed outlines in pixels, each (N, 2); non-zero winding rule, holes run in the opposite direction."""

    bbox: tuple[float, float, float, float]
    """Left, top, right and bottom in pixels; NaN if the area is empty."""

    visible: float = 1.0
    """Fraction of its area that remained after clipping."""

    @property
    def pixel_box(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of all touched pixels, the last two exclusive; zeros if empty."""
        left, top, right, bottom = _touched_pixels(np.array([self.bbox]))[0].tolist()
        return (left, top, right, bottom)


@dataclass(frozen=True, slots=True, eq=False)
class Regions(Sequence[Region]):
    """All regions of an image, from the outside (page, systems, staves, measures) to single symbols.

    All arrays and tuples have one entry per region, in the same order.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    scene_objects: tuple[SceneObject, ...]
    outlines: Outlines
    """The areas in pixels; shape i belongs to region i."""

    bboxes: NDArray[np.float64]
    """(n, 4): left, top, right and bottom in pixels; NaN for an empty area."""

    drawn: NDArray[np.int32]
    """(n,): drawing order, later above earlier; -1 for areas around ink, such as a page, system, staff or measure."""

    visible: NDArray[np.float64]
    """(n,): fraction of each area that remained after clipping; 1 = all."""

    dropped: int = 0
    """Number of regions that were dropped because nothing of them remained."""

    _places: dict[SceneObject, int] | None = field(default=None, init=False, repr=False)

    @staticmethod
    def empty() -> Regions:
        """No regions."""
        return Regions.of((), (), (), Outlines.of((), ()))

    @staticmethod
    def of(
        ids: Sequence[str],
        labels: Sequence[str],
        scene_objects: Sequence[SceneObject],
        outlines: Outlines,
        drawn: Sequence[int] | NDArray[np.int32] | None = None,
    ) -> Regions:
        """Makes regions from areas in pixels, and computes their boxes. By default, all are ink, drawn in this order."""
        order = np.arange(len(ids)) if drawn is None else drawn
        return Regions(
            tuple(ids),
            tuple(labels),
            tuple(scene_objects),
            outlines,
            outlines.bboxes(),
            np.asarray(order, dtype=np.int32),
            np.ones(len(ids)),
        )

    def __repr__(self) -> str:
        return f"Regions({len(self.ids)} regions)"

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, index: int) -> Region:  # type: ignore[override]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(f"There is no region {index}; there are {len(self)}.")
        left, top, right, bottom = self.bboxes[index].tolist()
        return Region(
            self.ids[index],
            self.labels[index],
            self.scene_objects[index],
            self.outlines.rings(index),
            (left, top, right, bottom),
            float(self.visible[index]),
        )

    def __iter__(self) -> Iterator[Region]:
        return (self[index] for index in range(len(self)))

    def index_of(self, scene_object: SceneObject) -> int | None:
        """The index of the region of an object of the scene; `None` if it has none."""
        if self._places is None:
            # Of several regions of an object, the first is used. Set when complete, since threads may read concurrently.
            places = {thing: len(self) - 1 - back for back, thing in enumerate(reversed(self.scene_objects))}
            object.__setattr__(self, "_places", places)
            return places.get(scene_object)
        return self._places.get(scene_object)

    def of_object(self, scene_object: SceneObject) -> Region | None:
        """The region of an object of the scene; `None` if it has none."""
        index = self.index_of(scene_object)
        return None if index is None else self[index]

    def pixel_boxes(self) -> NDArray[np.int64]:
        """(n, 4): left, top, right and bottom of the touched pixels, the last two exclusive; zeros if empty."""
        return _touched_pixels(self.bboxes)

    def oriented_boxes(self) -> NDArray[np.float64]:
        """(n, 4, 2): the corners of the minimum-area rectangle around each area; NaN if empty."""
        return oriented_boxes(self.outlines)

    def chosen(self, indices: NDArray[np.intp]) -> Regions:
        """The regions with the given indices, in that order; all others do not count as dropped."""
        places = indices.tolist()
        return Regions(
            tuple(self.ids[i] for i in places),
            tuple(self.labels[i] for i in places),
            tuple(self.scene_objects[i] for i in places),
            self.outlines.chosen(indices),
            self.bboxes[indices],
            self.drawn[indices],
            self.visible[indices],
            self.dropped,
        )

    def moved(self, pixel_map: PixelMap) -> Regions:
        """The regions warped by a map. If it bends lines, points are added to outlines as necessary."""
        return self._with_outlines(bent(self.outlines, pixel_map))

    def mapped(self, function: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Regions:
        """The regions with their points mapped by a function of points (N, 2), called once for all points."""
        return self._with_outlines(self.outlines.with_points(function(self.outlines.points)))

    def clipped(self, width: float, height: float) -> Regions:
        """Clips the regions to an image of `width` × `height` px. Drops regions outside of it; keeps empty ones."""
        outlines = clipped(self.outlines, width, height)
        if outlines is self.outlines:
            return self
        before, after = self.outlines.areas(), outlines.areas()
        bboxes = outlines.bboxes()
        cut = (bboxes != self.bboxes).any(axis=1) & np.isfinite(self.bboxes[:, 0])
        part = np.clip(after / np.maximum(before, 1e-12), 0, 1)
        result = replace(
            self, outlines=outlines, bboxes=bboxes, visible=self.visible * np.where(cut, part, 1.0)
        )
        gone = cut & ~(after > NOTHING_PX2)
        if not gone.any():
            return result
        result = result.chosen(np.flatnonzero(~gone))
        return replace(result, dropped=self.dropped + int(gone.sum()))

    def grown(self, by_px: float | NDArray[np.float64], where: NDArray[np.bool_] | None = None) -> Regions:
        """Dilates the regions by `by_px` on all sides; a negative number erodes them.

        `by_px` is one number, or one per region; only the regions in `where` (n,) change, by default all ink.
        """
        chosen = self.drawn >= 0 if where is None else where
        distance = np.where(chosen, np.broadcast_to(np.asarray(by_px, np.float64), (len(self),)), 0.0)
        return self._with_outlines(grown(self.outlines, distance))

    def _with_outlines(self, outlines: Outlines) -> Regions:
        return replace(self, outlines=outlines, bboxes=outlines.bboxes())


def _touched_pixels(boxes: NDArray[np.float64]) -> NDArray[np.int64]:
    """Boxes (n, 4) extended to whole pixels, after the rounding of the rasterizer, so that they match its masks."""
    grid = np.rint(np.nan_to_num(boxes) * SUBPIXELS) / SUBPIXELS
    return np.concatenate([np.floor(grid[:, :2]), np.ceil(grid[:, 2:])], axis=1).astype(np.int64)
