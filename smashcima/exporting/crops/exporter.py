"""Exporter of images to crops."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from smashcima.errors import ExportError, Issue
from smashcima.exporting.crops.crop import Box, Crop, cut, scaled
from smashcima.exporting.crops.targets import LEVELS, Target, targets_of
from smashcima.imaging import ImageLayer, ImageSource, ProjectiveMap, Regions, image_of, write_image
from smashcima.imaging.compositing.resampling import check_size
from smashcima.short_repr import ShortRepr

Margin = float | tuple[float, float]
"""Margin on all sides, or a pair: left and right, top and bottom."""

_AROUND_PX = 4
"""Additional pixels around straightened objects, for interpolation at the edges."""

_ROUNDING_PX = 1e-6
"""Tolerance for edges that deviate from whole pixels because of calculations in millimetres."""


@dataclass(frozen=True, slots=True)
class CropExporter(ShortRepr):
    """Cuts an image into its systems, staves, measures and so on, each an image with its own regions.

    A crop is an axis-aligned box. Visible parts of neighbouring objects are kept with their regions, clipped
    at the edges. Every exporter of images accepts `crop.image`. Raises an `ExportError` for invalid options.
    """

    level: str = "systems"
    """One of `LEVELS`."""

    margin_ss: Margin = 1.0
    """Margin around the object in staff spaces. Crops are clipped to the image."""

    margin_mm: Margin | None = None
    """Margin in millimetres on the page; overrides `margin_ss`."""

    dpi: float | None = None
    """Resolution of the crops; by default, that of the image."""

    height: int | None = None
    """Height of all crops in pixels; alternative to `dpi`."""

    content: bool = True
    """Whether a crop encloses all content of a system, staff or measure, such as ledger lines and lyrics;
    otherwise it reaches from the top staff line to the bottom one, plus the margin. The width of measures is
    not affected."""

    rectified: bool = False
    """Whether to straighten skewed objects: the four corners of the object on the undistorted page become
    those of the crop. Curvature between them remains."""

    labels: frozenset[str] | None = None
    """Labels of the objects to crop, such as `smufl::gClef`; by default all objects of the level."""

    fill: tuple[int, int, int, int] = (255, 255, 255, 255)
    """Colour (BGRA) outside the image in straightened crops."""

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ExportError(f"There is no level {self.level!r}; available: {', '.join(LEVELS)}.")
        if self.dpi is not None and self.height is not None:
            raise ExportError("Set either `dpi` or `height` of crops, not both.")
        if self.dpi is not None and not 1 <= self.dpi <= 10_000:
            raise ExportError(f"dpi must be between 1 and 10000, not {self.dpi!r}.")
        if self.height is not None and self.height < 1:
            raise ExportError(f"height must be at least 1 px, not {self.height!r}.")
        for side in (*_sides(self.margin_ss), *_sides(self.margin_mm or 0.0)):
            if not (math.isfinite(side) and side >= 0):
                raise ExportError(f"A margin must be at least 0, not {side!r}.")

    def export(self, x: ImageSource) -> list[Crop]:
        """Returns the crops in reading order. Objects outside the image have none."""
        return list(self.iterate(x))

    def iterate(self, x: ImageSource) -> Iterator[Crop]:
        """Yields the crops one by one, which takes less memory."""
        yield from self._iterate(image_of(x), with_regions=True)

    def _iterate(self, x: ImageLayer, with_regions: bool) -> Iterator[Crop]:
        # Clipping the regions for each crop takes most of the time.
        given = x if with_regions else replace(x, regions=Regions.empty())
        for target in targets_of(x, self.level, self.content, self.labels):
            crop = self._upright(given, target) if self.rectified else self._boxed(given, target)
            if crop is not None:
                yield crop

    def write(self, x: ImageSource, path: str | Path, suffix: str = ".png") -> list[Path]:
        """Writes the crops as `<id>.png` to a folder, which is created if missing; returns the files."""
        folder = Path(path)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ExportError(f"{folder} cannot be created: {error.strerror}.") from error
        files = []
        for crop in self._iterate(image_of(x), with_regions=False):
            files.append(folder / f"{crop.id}{suffix}")
            write_image(crop.image.bitmap, files[-1])
        return files

    def omissions(self, x: ImageSource) -> list[Issue]:
        """Returns an empty list, since every object of the level in the image has a crop."""
        return []

    def _margin(self, target: Target) -> tuple[float, float]:
        """Margin in mm: left and right, top and bottom."""
        if self.margin_mm is not None:
            return _sides(self.margin_mm)
        x, y = _sides(self.margin_ss)
        return x * target.staff_space, y * target.staff_space

    def _size(self, x: ImageLayer, width: float, height: float) -> tuple[int, int]:
        """Size of a crop in pixels, from its size in the image."""
        scale = 1.0
        if self.height is not None:
            scale = self.height / height
        elif self.dpi is not None:
            scale = self.dpi / x.dpi
        return max(1, round(width * scale)), max(1, round(height * scale))

    def _boxed(self, x: ImageLayer, target: Target) -> Crop | None:
        left, top, right, bottom = target.extent()
        margin_x, margin_y = self._margin(target)
        center = np.array([[(left + right) / 2, (top + bottom) / 2]])
        # The scale at this position, since it may vary over the picture.
        here = x.from_scene.backward(center)
        ends = x.from_scene.forward(np.concatenate([here, here + (1, 0), here + (0, 1)]))
        across, down = np.linalg.norm(ends[1:] - ends[0], axis=1).tolist()
        box = _within(
            (
                left - margin_x * across,
                top - margin_y * down,
                right + margin_x * across,
                bottom + margin_y * down,
            ),
            x,
        )
        if box is None:
            return None
        part = cut(x, box)
        width, height = part.width, part.height
        image = scaled(part, *self._size(x, width, height))
        move = ProjectiveMap.translation(-box[0], -box[1])
        resize = ProjectiveMap.scaling(image.width / width, image.height / height)
        return Crop(target.id, image, box, target.scene_object, move.then(resize))

    def _upright(self, x: ImageLayer, target: Target) -> Crop | None:
        on_page = x.from_scene.backward(target.regions.outlines.points)
        left, top, right, bottom = target.extent(on_page)
        margin_x, margin_y = self._margin(target)
        left, top, right, bottom = left - margin_x, top - margin_y, right + margin_x, bottom + margin_y
        corners = x.locate(np.array([(left, top), (right, top), (right, bottom), (left, bottom)]))
        (low_x, low_y), (high_x, high_y) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
        box = _within((low_x - _AROUND_PX, low_y - _AROUND_PX, high_x + _AROUND_PX, high_y + _AROUND_PX), x)
        if box is None:
            return None
        sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
        across, down = (sides[0] + sides[2]).item() / 2, (sides[1] + sides[3]).item() / 2
        width, height = self._size(x, across, down)
        check_size(width, height)
        upright = np.array([(0, 0), (width, 0), (width, height), (0, height)])
        way = ProjectiveMap.between_quads(corners, upright)
        part = cut(x, box)
        back = ProjectiveMap.translation(box[0], box[1])
        image = part.warped(back.then(way), width, height, self.fill)
        image = replace(image, dpi=x.dpi * height / down, regions=image.regions.clipped(width, height))
        return Crop(target.id, image, box, target.scene_object, way)


def _sides(margin: Margin) -> tuple[float, float]:
    return margin if isinstance(margin, tuple) else (margin, margin)


def _within(box: tuple[float, float, float, float], image: ImageLayer) -> Box | None:
    """Pixels of an image that a box touches; `None` if there are none."""
    left, top = (max(0, math.floor(side + _ROUNDING_PX)) for side in box[:2])
    right = min(image.width, math.ceil(box[2] - _ROUNDING_PX))
    bottom = min(image.height, math.ceil(box[3] - _ROUNDING_PX))
    return (left, top, right, bottom) if left < right and top < bottom else None
