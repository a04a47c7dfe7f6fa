"""Applies filters: those on layers one by one, those that move pixels or throw light together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import SettingsError
from smashcima.imaging import ImageLayer, LayerSet, PixelMap
from smashcima.imaging.compositing.opacity import is_opaque
from smashcima.imaging.filters.filter import Draws, Step
from smashcima.imaging.filters.filter_types import (
    Backing,
    BackingFilter,
    GeometricFilter,
    ImageFilter,
    LayersFilter,
    LightFilter,
    Warp,
    frame_of,
)
from smashcima.imaging.filters.light import Light, multiply
from smashcima.imaging.filters.picture_frame import Frame

_LIGHT_STEP_MM = 0.9
"""How finely light is sampled at the finest: creases are the finest there is."""

_BACK_STEP_MM = 4.0
"""Where the places of that light come from is found out so far apart, and interpolated between."""

_EDGE_STEP_PX = 64

_CELL_PX, _BAND_CELLS = 8, 16
_BAND_ROWS = _CELL_PX * _BAND_CELLS
"""The sheet is told from what is around it in bands of so many rows, first roughly, in cells."""

_FAR_PX = 2**14
"""Corners that are further away are pulled in, so that their numbers are not too large to draw with."""


def apply_to_layers(layers: LayerSet, steps: Sequence[Step]) -> LayerSet:
    """Applies the filters on layers among the steps."""
    for step in steps:
        if isinstance(step.filter, LayersFilter):
            layers = step.filter.change_layers(layers, step.begin())
    return layers


def apply_to_image(image: ImageLayer, steps: Sequence[Step]) -> ImageLayer:
    """Applies all other filters among the steps to a picture."""
    pending = _Pending(frame_of(image))
    for step in steps:
        chosen = step.filter
        if isinstance(chosen, LayersFilter):
            continue
        if isinstance(chosen, GeometricFilter):
            pending.add_warp(chosen.make_warp(pending.frame, step.begin()))
        elif isinstance(chosen, LightFilter):
            pending.add_light(chosen.make_light(pending.frame, step.begin()))
        elif isinstance(chosen, BackingFilter):
            pending.backing = (chosen, step.begin())
        elif isinstance(chosen, ImageFilter):
            image = pending.develop(image)
            image = chosen.change_image(image, step.begin())
            pending = _Pending(frame_of(image))
        else:
            raise SettingsError(
                f"{type(chosen).__name__} does not say when it is applied: it has to extend LayersFilter, "
                "GeometricFilter, LightFilter or ImageFilter."
            )
    return pending.develop(image)


@dataclass(slots=True)
class _Pending:
    """Filters in a row that move pixels or throw light, not yet done."""

    frame: Frame
    """Of the picture after them."""

    frames: list[Frame] = field(default_factory=list)
    """Of the picture before each warp."""

    warps: list[PixelMap] = field(default_factory=list)
    lights: list[tuple[int, Light]] = field(default_factory=list)
    """With the number of warps before it."""

    backing: tuple[BackingFilter, Draws] | None = None

    def add_warp(self, warp: Warp) -> None:
        if warp.light is not None:
            self.add_light(warp.light)
        self.frames.append(self.frame)
        self.warps.append(warp.pixel_map)
        self.frame = Frame(warp.width, warp.height, self.frame.dpi)

    def add_light(self, light: Light) -> None:
        self.lights.append((len(self.warps), light))

    def develop(self, image: ImageLayer) -> ImageLayer:
        """The picture after all of them."""
        if self.warps:
            chain = self.warps[0]
            for pixel_map in self.warps[1:]:
                chain = chain.then(pixel_map)
            width, height = self.frame.width, self.frame.height
            if self.backing is not None and is_opaque(image.bitmap):
                outline = chain.forward(_edge(self.frames[0]))
                chosen, draws = self.backing
                backing = chosen.make_backing(outline, self.frame, draws)
                image = image.warped(chain, width, height, (*backing.color, 255))
                _lay_behind(image.bitmap, outline, backing)
            else:
                image = image.warped(chain, width, height)
        if self.lights:
            multiply(image.bitmap, self._factors())
        return image

    def _factors(self) -> NDArray[np.float32]:
        """All lights together, on a lattice over the picture after."""
        if not self.warps and len(self.lights) == 1:
            return self.lights[0][1].factors
        rows, columns = self._lattice()
        lattice = _Lattice.over(self.frame, rows, columns)
        total: NDArray[np.float32] = np.ones((rows * columns, 1), np.float32)
        frame = self.frame
        for level in range(len(self.warps), -1, -1):
            here = [light for number, light in self.lights if number == level]
            if here:
                points = lattice.points()
                for light in here:
                    total = total * light.at(points, frame.width, frame.height).reshape(len(points), -1)
            if not any(number < level for number, _ in self.lights):
                break
            lattice = lattice.back(self.warps[level - 1])
            frame = self.frames[level - 1]
        shape = (rows, columns, 3) if total.shape[1] == 3 else (rows, columns)
        return total.reshape(shape)

    def _lattice(self) -> tuple[int, int]:
        """Rows and columns that are as fine as those of the finest light, within `_LIGHT_STEP_MM`."""
        finest = self.frame.lattice(_LIGHT_STEP_MM)
        given = np.array([light.factors.shape[:2] for _, light in self.lights]).max(axis=0).tolist()
        return min(finest[0], max(2, given[0])), min(finest[1], max(2, given[1]))


@dataclass(frozen=True, slots=True)
class _Lattice:
    """Where the points of a lattice are, known at some of them, one on each side more."""

    known: NDArray[np.float64]
    """(rows, columns, 2)"""

    rows: int
    columns: int
    parts: tuple[int, int]
    """How many points of the lattice, down and across, there are to one that is known."""

    @staticmethod
    def over(frame: Frame, rows: int, columns: int) -> _Lattice:
        """The middles of so many cells of a picture."""
        step_x, step_y = frame.width / columns, frame.height / rows
        reach = frame.px(_BACK_STEP_MM)
        parts = max(1, int(reach / step_y)), max(1, int(reach / step_x))
        ys = (np.arange(-1, -(-rows // parts[0]) + 1) + 0.5) * (parts[0] * step_y)
        xs = (np.arange(-1, -(-columns // parts[1]) + 1) + 0.5) * (parts[1] * step_x)
        return _Lattice(np.stack(np.meshgrid(xs, ys), axis=2), rows, columns, parts)

    def back(self, pixel_map: PixelMap) -> _Lattice:
        """The places that these come from."""
        places = pixel_map.backward(self.known.reshape(-1, 2)).reshape(self.known.shape)
        return replace(self, known=places)

    def points(self) -> NDArray[np.float64]:
        """(rows * columns, 2): all of them."""
        import cv2

        down, across = self.parts
        size = (self.known.shape[1] * across, self.known.shape[0] * down)
        fine = np.asarray(cv2.resize(self.known, size, interpolation=cv2.INTER_LINEAR), np.float64)
        return fine[down : down + self.rows, across : across + self.columns].reshape(-1, 2)


def _edge(frame: Frame) -> NDArray[np.float64]:
    """(N, 2): points around a picture, the corners among them."""
    across = np.linspace(0, frame.width, max(2, frame.width // _EDGE_STEP_PX + 1))[:-1]
    down = np.linspace(0, frame.height, max(2, frame.height // _EDGE_STEP_PX + 1))[:-1]
    sides = [
        np.stack([across, np.zeros_like(across)], axis=1),
        np.stack([np.full_like(down, frame.width), down], axis=1),
        np.stack([frame.width - across, np.full_like(across, frame.height)], axis=1),
        np.stack([np.zeros_like(down), frame.height - down], axis=1),
    ]
    return np.concatenate(sides)


def _lay_behind(bitmap: NDArray[np.uint8], outline: NDArray[np.float64], backing: Backing) -> None:
    """Fills what lies outside of an outline, in place."""
    import cv2

    height, width = bitmap.shape[:2]
    surely_inside = _inside_cells(outline, width, height)
    # Pixels that the edge of the sheet runs through are blended with the colour of the backing already.
    corners = np.rint((np.clip(outline, -_FAR_PX, _FAR_PX) - 0.5) * 16).astype(np.int32)
    for cell, top in enumerate(range(0, height, _BAND_ROWS)):
        rows = slice(top, min(top + _BAND_ROWS, height))
        cells = surely_inside[cell * _BAND_CELLS : (cell + 1) * _BAND_CELLS].min(axis=0)
        for first, last in _runs(cells == 0):
            columns = slice(first * _CELL_PX, min(last * _CELL_PX, width))
            outside = np.full((rows.stop - rows.start, columns.stop - columns.start), 255, np.uint8)
            cv2.fillPoly(outside, [corners - (16 * columns.start, 16 * rows.start)], 0, shift=4)
            if cv2.countNonZero(outside):
                cv2.copyTo(backing.block(rows, columns), outside, bitmap[rows, columns])


def _inside_cells(outline: NDArray[np.float64], width: int, height: int) -> NDArray[np.uint8]:
    """(rows, columns) of cells of `_CELL_PX`: 1 where a cell lies wholly inside of an outline, with a margin."""
    import cv2

    cells = np.zeros((-(-height // _CELL_PX), -(-width // _CELL_PX)), np.uint8)
    corners = np.clip(outline, -_FAR_PX, _FAR_PX) / _CELL_PX - 0.5
    cv2.fillPoly(cells, [np.rint(corners * 16).astype(np.int32)], 1, shift=4)
    return np.asarray(cv2.erode(cells, np.ones((5, 5), np.uint8)), np.uint8)


def _runs(wanted: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First indices of runs of true values, and the indices after them."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], wanted, [False]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
