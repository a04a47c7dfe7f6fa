"""The drawn objects of one page as a table: labels, boxes of their regions and ink, staves and measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours, Transform
from smashcima.imaging.compositing.space_maps import SpaceMaps
from smashcima.scene.visual import AffineSpace, Page, SystemMeasure, SystemStaff, VisualObject

FloatArray = NDArray[np.float64]
Affine = tuple[float, float, float, float, float, float]

_NO_BOX = (np.nan, np.nan, np.nan, np.nan)


class DrawnPage:
    """What is drawn on a page. Row i of every array belongs to `things[i]`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.things: list[VisualObject] = VisualObject.many_of(page, "page")
        # Fields are read from the dictionaries of objects: pages have more than a thousand objects.
        self.fields: list[dict[str, Any]] = [thing.__dict__ for thing in self.things]
        """The fields of each object."""
        self.glyphs: list[dict[str, Any]] = [fields["glyph"].__dict__ for fields in self.fields]
        """The fields of the glyph of each object."""
        self.regions: list[dict[str, Any]] = [glyph["region"].__dict__ for glyph in self.glyphs]
        """The fields of the region of each object."""
        labels = [region["label"] for region in self.regions]
        bare = {label: label.rpartition("::")[2] for label in set(labels)}
        self.names: list[str] = [bare[label] for label in labels]
        """The label of each object without its vocabulary."""
        self.staves: list[SystemStaff | None] = [fields["staff"] for fields in self.fields]
        self.measures: list[SystemMeasure | None] = [fields["measure"] for fields in self.fields]
        self.row_of: dict[VisualObject, int] = dict(zip(self.things, range(len(self.things)), strict=True))
        self.rows: dict[type[VisualObject], list[int]] = {}
        """The rows of each class, in drawing order."""
        for row, kind in enumerate(map(type, self.things)):
            if kind in self.rows:
                self.rows[kind].append(row)
            else:
                self.rows[kind] = [row]
        self._maps = SpaceMaps(page.space, Transform.identity())
        self._space_of_page = page.space
        shapes: list[Contours] = [region["contours"] for region in self.regions]
        self.ways: FloatArray = np.array(
            [self.way(region["space"]) for region in self.regions], dtype=np.float64
        ).reshape(-1, 6)
        """(N, 6): the maps from the spaces of the regions to the page, as the numbers of a `Transform`."""
        self.boxes: FloatArray = boxes_of(shapes, self.ways)
        """(N, 4): left, top, right and bottom of each region in mm on the page; NaN for an empty region."""

    def of(self, *kinds: type[VisualObject]) -> list[int]:
        """The rows of objects of these classes and their subclasses, in drawing order."""
        found = [self.rows[kind] for kind in self.rows if issubclass(kind, kinds)]
        if len(found) == 1:
            return found[0]
        return sorted(row for rows in found for row in rows)

    def way(self, space: AffineSpace) -> Affine:
        """The map from the coordinates of a space to the page."""
        fields = space.__dict__
        if fields["parent_space"] is self._space_of_page:
            move = fields["transform"]
            return (move.a, move.b, move.c, move.d, move.e, move.f)
        return self._maps.of(space)

    def way_through(self, transform: Transform, space: AffineSpace) -> Affine:
        """The map to the page of something with a transform of its own inside a space."""
        return self._maps.through(transform, space)


def boxes_of(shapes: Sequence[Contours], ways: FloatArray) -> FloatArray:
    """Bounding boxes (N, 4) of shapes after maps; NaN for empty shapes. Shared shapes are measured once."""
    if not shapes:
        return np.empty((0, 4))
    slots: dict[int, int] = {}
    unique: list[Contours] = []
    slot_of = []
    for shape in shapes:
        slot = slots.setdefault(id(shape), len(unique))  # alive, so that its `id()` is its own
        if slot == len(unique):
            unique.append(shape)
        slot_of.append(slot)
    local = _local_boxes(unique)[slot_of]
    # A map without rotation takes the sides of a box to those of its image.
    x = local[:, 0::2] * ways[:, 0:1] + ways[:, 4:5]
    y = local[:, 1::2] * ways[:, 3:4] + ways[:, 5:6]
    boxes: FloatArray = np.stack([x.min(1), y.min(1), x.max(1), y.max(1)], axis=1)
    turned = np.flatnonzero((ways[:, 1] != 0) | (ways[:, 2] != 0))
    for row in turned.tolist():
        boxes[row] = _turned_box(shapes[row], ways[row])
    return boxes


def _local_boxes(shapes: Sequence[Contours]) -> FloatArray:
    boxes = np.full((len(shapes), 4), np.nan)
    rings = [ring for shape in shapes for ring in shape.rings if len(ring)]
    if not rings:
        return boxes
    counts = np.array([sum(map(len, shape.rings)) for shape in shapes])
    # Along one contiguous axis, `reduceat` is several times as fast.
    x, y = np.concatenate(rings).T.copy()
    starts = np.cumsum(counts) - counts
    filled = np.flatnonzero(counts)
    for column, values, reduce in (
        (0, x, np.minimum), (1, y, np.minimum), (2, x, np.maximum), (3, y, np.maximum),
    ):  # fmt: skip
        boxes[filled, column] = reduce.reduceat(values, starts[filled])
    return boxes


def _turned_box(shape: Contours, way: FloatArray) -> FloatArray:
    if shape.is_empty:
        return np.array(_NO_BOX)
    a, b, c, d, e, f = way
    points = np.concatenate(shape.rings)
    x = points[:, 0] * a + points[:, 1] * c + e
    y = points[:, 0] * b + points[:, 1] * d + f
    return np.array([x.min(), y.min(), x.max(), y.max()])
