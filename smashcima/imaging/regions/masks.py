"""Masks of single objects, and label maps of whole images."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.imaging.regions.clipping import sliced
from smashcima.imaging.regions.outline_arrays import Outlines, Window
from smashcima.imaging.regions.rasterizer import draw, rasterize
from smashcima.imaging.regions.regions import Regions
from smashcima.imaging.regions.spans import Spans
from smashcima.scene.graph import garbage_collection_paused
from smashcima.scene.visual import SmashcimaLabels, StaffLine

_HALF = 128
"""Coverage from which a pixel belongs to an object: half, so that gain and loss along edges balance."""


_SLICE_PX = 128
_SPARSE = 8.0
"""Ratio of box to area from which shapes wider than two slices are drawn slice by slice."""

_Number = TypeVar("_Number", np.uint8, np.uint16, np.uint32)


class Mask(NamedTuple):
    """The pixels of one object, in a window of the image."""

    left: int
    top: int
    pixels: NDArray[np.bool_]
    """(height_px, width_px) of the window; empty if the object has no pixel in the image."""

    @property
    def area(self) -> int:
        """Number of pixels of the object."""
        return int(np.count_nonzero(self.pixels))

    def on(self, width: int, height: int) -> NDArray[np.bool_]:
        """The mask in an image of `width` × `height` px: (height, width)."""
        result = np.zeros((height, width), bool)
        rows, columns = self.pixels.shape
        result[self.top : self.top + rows, self.left : self.left + columns] = self.pixels
        return result


_NO_PIXEL = Mask(0, 0, np.zeros((0, 0), bool))


class Masks:
    """The masks of all regions of an image, made on demand and cached.

    Ink hides earlier ink in drawing order (`Regions.drawn`). Pages, systems, staves and measures are areas: they have
    full masks, hide nothing, and are not on the maps. A pixel belongs to an object that covers at least half of it. If
    an object covers no pixel that much (a hairline at low resolution), the pixels belong to it that it covers at least
    half as much as the most covered one.
    """

    def __init__(self, regions: Regions, width: int, height: int) -> None:
        """Prepares the masks for an image of `width` × `height` px."""
        self.regions = regions
        self.width = width
        self.height = height

    def __repr__(self) -> str:
        return f"Masks({len(self.regions)} regions, {self.width} x {self.height} px)"

    def full(self, index: int) -> Mask:
        """All pixels of region `index`, including hidden ones."""
        found = self._ink.get(index)
        if found is None:
            if self.regions.drawn[index] >= 0:
                return _NO_PIXEL
            found = self._masks_of(np.array([index])).get(index, _NO_PIXEL)
        return found

    def visible(self, index: int) -> Mask:
        """The pixels of region `index` that no later ink covers; for an area around ink, all its pixels."""
        return self._seen(index, self._ink[index]) if index in self._ink else self.full(index)

    def full_masks(self) -> list[Mask]:
        """The full masks of all ink, in the order of the regions; areas around ink have empty masks here."""
        return [self._ink.get(index, _NO_PIXEL) for index in range(len(self.regions))]

    def visible_masks(self) -> list[Mask]:
        """The visible masks of all ink, in the order of the regions; areas around ink have empty masks here."""
        result = [_NO_PIXEL] * len(self.regions)
        for index, full in self._ink.items():
            result[index] = self._seen(index, full)
        return result

    def full_spans(self) -> Spans:
        """The full masks of all ink as spans, by compiled kernels, in the order of the regions; nothing for areas."""
        ink = np.flatnonzero(self.regions.drawn >= 0)
        outlines, shapes = _with_slices(self.regions.outlines.chosen(ink))
        places = ink[shapes]
        spans, windows = Spans.of_outlines(outlines, self.width, self.height)
        owners = places[windows]
        visible = np.bincount(owners, spans.counts, len(self.regions)) > 0
        faint = np.unique(owners[~visible[owners]]).tolist()
        if faint:
            owners[~visible[owners]] = len(self.regions)
            for index, mask in self._faint_masks(outlines, places, faint).items():
                spans, owners = spans.joined(Spans.of_mask(*mask)), np.append(owners, index)
        members = np.argsort(owners, kind="stable")
        return spans.united(
            members, np.cumsum(np.bincount(owners, minlength=len(self.regions)))[: len(self.regions)]
        )

    @cached_property
    def instance_map(self) -> NDArray[np.uint16] | NDArray[np.uint32]:
        """(height, width): 1 + index of the region whose ink is on top of each pixel; 0 = no ink."""
        dtype = np.uint16 if len(self.regions) < 2**16 else np.uint32
        return self._painted(range(1, len(self.regions) + 1), dtype)

    @cached_property
    def ink_mask(self) -> NDArray[np.bool_]:
        """(height, width): pixels with ink."""
        result: NDArray[np.bool_] = self.instance_map > 0
        return result

    @cached_property
    def staff_line_mask(self) -> NDArray[np.bool_]:
        """(height, width): the pixels of staff lines, including those under other ink."""
        result = np.zeros((self.height, self.width), bool)
        for index, (left, top, pixels) in self._ink.items():
            if self._is_staff_line(index):
                rows, columns = pixels.shape
                result[top : top + rows, left : left + columns] |= pixels
        return result

    def label_ids(self) -> dict[str, int]:
        """Numbers of the labels of all ink, from 1, in alphabetical order."""
        labels = {
            label for label, place in zip(self.regions.labels, self.regions.drawn, strict=True) if place >= 0
        }
        return {label: number for number, label in enumerate(sorted(labels), 1)}

    def semantic_map(
        self, label_ids: Mapping[str, int] | None = None
    ) -> NDArray[np.uint8] | NDArray[np.uint16]:
        """(height, width): the number of the label of the topmost ink at each pixel; 0 = no ink.

        Args:
            label_ids: numbers by label; labels that are missing get 0. By default `label_ids()`; pass the same
                numbers for all images of a data set.

        Returns:
            A map of type uint8 if the numbers fit, else uint16.

        Raises:
            ExportError: a number is not between 0 and 65535.
        """
        table = self.label_ids() if label_ids is None else label_ids
        largest = max(table.values(), default=0)
        if min(table.values(), default=0) < 0 or largest >= 2**16:
            raise ExportError(f"The numbers of labels must be from 0 to {2**16 - 1}, not {largest}.")
        numbers = [table.get(label, 0) for label in self.regions.labels]
        return self._painted(numbers, np.uint8 if largest < 2**8 else np.uint16)

    @cached_property
    def _ink(self) -> dict[int, Mask]:
        """The full masks of all ink with at least one pixel, by index, in the order of the regions."""
        with garbage_collection_paused():
            return self._masks_of(np.flatnonzero(self.regions.drawn >= 0))

    def _seen(self, index: int, full: Mask) -> Mask:
        """The part of a full mask of ink that is on top."""
        left, top, pixels = full
        rows, columns = pixels.shape
        return Mask(left, top, self.instance_map[top : top + rows, left : left + columns] == index + 1)

    def _painted(self, numbers: Sequence[int], dtype: type[_Number]) -> NDArray[_Number]:
        """(height, width): the number of the region whose ink is on top of each pixel; 0 = no ink."""
        result = np.zeros((self.height, self.width), dtype)
        order = self.regions.drawn.tolist()
        for index in sorted(self._ink, key=order.__getitem__):
            left, top, pixels = self._ink[index]
            rows, columns = pixels.shape
            np.copyto(result[top : top + rows, left : left + columns], numbers[index], where=pixels)
        return result

    def _masks_of(self, indices: NDArray[np.intp]) -> dict[int, Mask]:
        outlines, shapes = _with_slices(self.regions.outlines.chosen(indices))
        places = indices[shapes].tolist()
        found: dict[int, Mask] = {}
        several: dict[int, list[Mask]] = {}
        visible: set[int] = set()
        for piece, mask, any_set in _half_covered(outlines, self.width, self.height):
            index = places[piece]
            if index not in found:
                found[index] = mask
            elif index in several:
                several[index].append(mask)
            else:
                several[index] = [found[index], mask]
            if any_set:
                visible.add(index)
        for index, masks in several.items():
            if index in visible:
                found[index] = _united(masks)
        faint = [index for index in found if index not in visible]
        if faint:
            found |= self._faint_masks(outlines, indices[shapes], faint)
        return {index: found[index] for index in sorted(found)}

    def _faint_masks(
        self, outlines: Outlines, places: NDArray[np.intp], faint: Sequence[int]
    ) -> dict[int, Mask]:
        """The masks of shapes that cover no pixel by half; piece i of the outlines belongs to shape `places[i]`."""
        pieces = np.flatnonzero(np.isin(places, faint))
        windows: dict[int, list[Window]] = {}
        for window in rasterize(outlines.chosen(pieces), self.width, self.height):
            windows.setdefault(int(places[pieces[window.shape]]), []).append(window)
        return {index: _most_covered(several) for index, several in windows.items()}

    def _is_staff_line(self, index: int) -> bool:
        return (
            isinstance(self.regions.scene_objects[index], StaffLine)
            or self.regions.labels[index] == SmashcimaLabels.staffLine.value
        )


def _with_slices(outlines: Outlines) -> tuple[Outlines, NDArray[np.intp]]:
    """Cuts long shapes that fill little of their box into slices; returns the outlines, and the shape of each piece.

    A staff line on bent paper has a large box with little ink in it.
    """
    boxes = outlines.bboxes()
    size = np.nan_to_num(boxes[:, 2:] - boxes[:, :2])
    thin = (size[:, 0] > 2 * _SLICE_PX) & (size.prod(axis=1) > _SPARSE * outlines.areas())
    if not thin.any():
        return outlines, np.arange(len(outlines))
    slices, shapes = sliced(outlines, np.flatnonzero(thin), _SLICE_PX)
    rest = np.flatnonzero(~thin)
    return outlines.chosen(rest).joined(slices), np.concatenate([rest, shapes])


def _half_covered(outlines: Outlines, width: int, height: int) -> Iterator[tuple[int, Mask, bool]]:
    """For each window: its shape, the pixels that are at least half covered, and whether there are any."""
    known = outlines.windows(width, height)
    rest = np.array([shape for shape in range(len(outlines)) if shape not in known], np.intp)
    places = rest.tolist()
    for drawing in draw(outlines.chosen(rest) if known else outlines, width, height):
        some = (np.minimum.reduceat(drawing.clear, drawing.bases) < _HALF).tolist()
        parts = drawing.parts(drawing.clear < _HALF)
        for (shape, left, top, _, _), pixels, any_set in zip(
            drawing.windows.tolist(), parts, some, strict=True
        ):
            yield places[shape], Mask(left, top, pixels), any_set
    for shape, (_, left, top, clear) in known.items():
        pixels = clear < _HALF
        yield shape, Mask(left, top, pixels), bool(pixels.any())


def _most_covered(windows: Sequence[Window]) -> Mask:
    """The pixels that a shape covers at least half as much as the most covered one."""
    most = 255 - min(int(window.clear.min()) for window in windows)
    return _united([Mask(left, top, 255 - clear >= max(1, most / 2)) for _, left, top, clear in windows])


def _united(masks: Sequence[Mask]) -> Mask:
    """Merges masks that do not overlap."""
    if len(masks) == 1:
        return masks[0]
    boxes = np.array([(mask.left, mask.top, *mask.pixels.shape[::-1]) for mask in masks])
    left, top = boxes[:, :2].min(axis=0).tolist()
    right, bottom = (boxes[:, :2] + boxes[:, 2:]).max(axis=0).tolist()
    united = np.zeros((bottom - top, right - left), np.bool_)
    for x, y, part in masks:
        rows, columns = part.shape
        united[y - top : y - top + rows, x - left : x - left + columns] = part
    return Mask(left, top, united)
