"""Exporter of images to crops."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError, Issue
from smashcima.exporting.crops.crop import Box, Crop, corner_of, cut_with, scaled
from smashcima.exporting.crops.targets import LEVELS, Target, extents_of, targets_of
from smashcima.imaging import ImageLayer, ImageSource, PixelMap, ProjectiveMap, Regions, image_of, write_image
from smashcima.imaging.compositing.resampling import check_size
from smashcima.imaging.regions.cutting import clipped_together, regions_in_boxes
from smashcima.short_repr import ShortRepr

Margin = float | tuple[float, float]
"""Margin on all sides, or a pair: left and right, top and bottom."""

_AROUND_PX = 4
"""Additional pixels around straightened objects, for interpolation at the edges."""

_AT_ONCE = 64
"""Number of crops whose boxes and regions are computed in the same arrays. More are not faster, but take more memory."""

_ROUNDING_PX = 1e-6
"""Tolerance for edges that deviate from whole pixels because of calculations in millimetres."""


class _View(NamedTuple):
    """Size and position of a straightened crop."""

    way: ProjectiveMap
    """From the pixels of the image."""
    width: int
    height: int
    dpi: float


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
        cropped = self._upright if self.rectified else self._boxed
        targets = targets_of(x, self.level, self.content, self.labels)
        while some := list(islice(targets, _AT_ONCE)):
            yield from cropped(given, some)

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

    def _margins(self, targets: Sequence[Target]) -> NDArray[np.float64]:
        """(n, 2): margins in mm: left and right, top and bottom."""
        if self.margin_mm is not None:
            return np.array([_sides(self.margin_mm)] * len(targets))
        return np.array(_sides(self.margin_ss)) * [[target.staff_space] for target in targets]

    def _size(self, x: ImageLayer, width: float, height: float) -> tuple[int, int]:
        """Size of a crop in pixels, from its size in the image."""
        scale = 1.0
        if self.height is not None:
            scale = self.height / height
        elif self.dpi is not None:
            scale = self.dpi / x.dpi
        return max(1, round(width * scale)), max(1, round(height * scale))

    def _boxed(self, x: ImageLayer, targets: Sequence[Target]) -> Iterator[Crop]:
        """The crops of some targets, as boxes along the sides of the image."""
        extents = extents_of(targets)
        # The scale at each position, since it may vary over the picture.
        here = x.from_scene.backward((extents[:, :2] + extents[:, 2:]) / 2)
        ends = x.from_scene.forward(np.concatenate([here, here + (1, 0), here + (0, 1)]))
        begin, right, down = ends.reshape(3, -1, 2)
        scales = np.stack(
            [np.linalg.norm(right - begin, axis=1), np.linalg.norm(down - begin, axis=1)], axis=1
        )
        margins = self._margins(targets) * scales
        extents[:, :2] -= margins
        extents[:, 2:] += margins
        boxes = _within(extents, x)
        for index, box, regions in _with_regions(x, boxes):
            target, move = targets[index], corner_of(box)
            part = cut_with(x, box, regions, move)
            image = scaled(part, *self._size(x, part.width, part.height))
            from_page: PixelMap = move
            if image is not part:
                from_page = move.then(
                    ProjectiveMap.scaling(image.width / part.width, image.height / part.height)
                )
            yield Crop(target.id, image, box, target.scene_object, from_page)

    def _upright(self, x: ImageLayer, targets: Sequence[Target]) -> Iterator[Crop]:
        """The crops of some targets, straightened."""
        extents = extents_of(targets, x.from_scene)
        margins = self._margins(targets)
        extents[:, :2] -= margins
        extents[:, 2:] += margins
        corners = x.locate(extents[:, [0, 1, 2, 1, 2, 3, 0, 3]]).reshape(-1, 4, 2)
        around = np.concatenate([corners.min(axis=1) - _AROUND_PX, corners.max(axis=1) + _AROUND_PX], axis=1)
        boxes = _within(around, x)
        inside, views, moved = [], [], []
        for index, box, regions in _with_regions(x, boxes):
            view = self._view(x, corners[index])
            inside.append((targets[index], box))
            views.append(view)
            moved.append(regions.moved(_from_part(box, view)))
        sizes = np.array([(view.width, view.height) for view in views], np.int64)
        for (target, box), view, regions in zip(inside, views, clipped_together(moved, sizes), strict=True):
            part = cut_with(x, box, Regions.empty(), corner_of(box))
            image = part.warped(_from_part(box, view), view.width, view.height, self.fill)
            image = replace(image, dpi=view.dpi, regions=regions)
            yield Crop(target.id, image, box, target.scene_object, view.way)

    def _view(self, x: ImageLayer, quad: NDArray[np.float64]) -> _View:
        """How the area between four corners (4, 2) in an image becomes a straightened crop."""
        sides = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
        across, down = (sides[0] + sides[2]).item() / 2, (sides[1] + sides[3]).item() / 2
        width, height = self._size(x, across, down)
        check_size(width, height)
        upright = np.array([(0, 0), (width, 0), (width, height), (0, height)])
        return _View(ProjectiveMap.between_quads(quad, upright), width, height, x.dpi * height / down)


def _from_part(box: Box, view: _View) -> PixelMap:
    """The map from the pixels in a box of an image to those of a straightened crop."""
    return ProjectiveMap.translation(box[0], box[1]).then(view.way)


def _sides(margin: Margin) -> tuple[float, float]:
    return margin if isinstance(margin, tuple) else (margin, margin)


def _within(extents: NDArray[np.float64], image: ImageLayer) -> list[Box | None]:
    """Pixels of an image that boxes (n, 4) touch; `None` for those that touch none."""
    low = np.maximum(np.floor(extents[:, :2] + _ROUNDING_PX), 0)
    high = np.minimum(np.ceil(extents[:, 2:] - _ROUNDING_PX), (image.width, image.height))
    touching = ((low[:, 0] < high[:, 0]) & (low[:, 1] < high[:, 1])).tolist()
    # Of a box far outside of the image, numbers can be infinite or NaN, which are no pixels.
    boxes = np.concatenate([low, high], axis=1).tolist()
    return [
        (int(box[0]), int(box[1]), int(box[2]), int(box[3])) if touches else None
        for box, touches in zip(boxes, touching, strict=True)
    ]


def _with_regions(image: ImageLayer, boxes: Sequence[Box | None]) -> Iterator[tuple[int, Box, Regions]]:
    """The number of each box inside the image, the box, and the regions visible there."""
    seen = [(index, box) for index, box in enumerate(boxes) if box is not None]
    if len(image.regions):
        parts = regions_in_boxes(image.regions, np.array([box for _, box in seen], np.int64).reshape(-1, 4))
    else:
        parts = [image.regions] * len(seen)
    return ((index, box, part) for (index, box), part in zip(seen, parts, strict=True))
