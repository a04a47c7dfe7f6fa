"""Objects to crop, with their content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.annotation import annotate
from smashcima.imaging import ImageLayer, PixelMap, Regions
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual import (
    BraceMark,
    GrandStaff,
    GrandStaffMeasure,
    Page,
    StaffLine,
    StaffMeasure,
    System,
    SystemMeasure,
    SystemStaff,
    VisualObject,
)

LEVELS: dict[str, str] = {
    "pages": "the sheets",
    "systems": "the systems",
    "grand staves": "the staves under one brace, system by system",
    "staves": "the staves, system by system",
    "measures": "the measures across all staves of their system",
    "grand staff measures": "the measures across the staves under one brace",
    "staff measures": "the measures, staff by staff",
    "symbols": "everything drawn, except staff lines",
}
"""Levels of crops, with the objects of each."""

_FRAME: dict[str, type[SceneObject]] = {
    "pages": Page,
    "systems": System,
    "grand staves": GrandStaff,
    "staves": SystemStaff,
    "measures": SystemMeasure,
    "grand staff measures": GrandStaffMeasure,
    "staff measures": StaffMeasure,
}
_USUAL_STAFF_SPACE = 1.75


class Target(NamedTuple):
    """Object to crop."""

    id: str
    scene_object: SceneObject
    regions: Regions
    """All regions of the image."""

    members: Sequence[int]
    """Indices of the regions of the object, first, and of its content."""

    keeps_width: bool
    """Whether content extends the crop vertically only, since content of a measure may reach into the next
    one."""

    staff_space: float
    """Staff space in mm."""


def extents_of(targets: Sequence[Target], back: PixelMap | None = None) -> NDArray[np.float64]:
    """(n, 4): bounds (left, top, right, bottom) of all regions of each target; or of their outlines, taken back
    through a map.

    The targets are of one image.
    """
    counts = np.array([len(target.members) for target in targets])
    members = np.array([index for target in targets for index in target.members], np.intp)
    regions = targets[0].regions
    if back is None:
        boxes = regions.bboxes[members]
    else:
        outlines = regions.outlines.chosen(members)
        boxes = outlines.with_points(back.backward(outlines.points)).bboxes()
    firsts = np.cumsum(counts) - counts
    # Empty regions have no box.
    extents = np.concatenate(
        [np.fmin.reduceat(boxes[:, :2], firsts), np.fmax.reduceat(boxes[:, 2:], firsts)], axis=1
    )
    for column in (0, 2):
        own = [target.keeps_width for target in targets]
        extents[own, column] = boxes[firsts[own], column]
    return extents


def targets_of(
    image: ImageLayer, level: str, content: bool, labels: frozenset[str] | None
) -> Iterator[Target]:
    """Objects of a level that are visible in an image, in reading order.

    With `content`, the objects drawn on or around a system, staff or measure belong to it.
    """
    if level == "symbols":
        yield from _symbols(image, labels)
        return
    regions = image.regions
    members = _Members(regions.scene_objects) if content and level != "pages" else None
    for index, thing in enumerate(regions.scene_objects):
        if not isinstance(thing, _FRAME[level]) or np.isnan(regions.bboxes[index, 0]):
            continue
        if labels is not None and regions.labels[index] not in labels:
            continue
        others = members.of(thing, regions.bboxes[index], regions.bboxes) if members is not None else []
        yield Target(
            regions.ids[index], thing, regions, (index, *others), "measures" in level, _staff_space(thing)
        )


def _symbols(image: ImageLayer, labels: frozenset[str] | None) -> Iterator[Target]:
    annotation = annotate(image)
    regions = annotation.regions
    empty = np.isnan(regions.bboxes[:, 0]).tolist()
    for index, node in enumerate(annotation.nodes):
        thing = node.scene_object
        if not node.is_ink or empty[index]:
            continue
        label = thing.label if isinstance(thing, VisualObject) else node.sign.label
        if isinstance(thing, StaffLine) if labels is None else label not in labels:
            continue
        yield Target(node.id, thing, regions, (index,), False, _staff_space(thing))


class _Members:
    """Drawn objects by the area that contains them, as indices of regions."""

    def __init__(self, things: Iterable[SceneObject]) -> None:
        self.by_place: dict[tuple[SceneObject | None, ...], list[int]] = defaultdict(list)
        self.braces: dict[SceneObject | None, list[int]] = defaultdict(list)
        for index, thing in enumerate(things):
            if not isinstance(thing, VisualObject):
                continue
            if thing.system is not None:
                self.by_place[(thing.system,)].append(index)
            if thing.staff is not None:
                self.by_place[(thing.staff,)].append(index)
            if thing.measure is not None:
                self.by_place[(thing.measure,)].append(index)
                self.by_place[(thing.staff, thing.measure)].append(index)
            if isinstance(thing, BraceMark):
                self.braces[thing.system].append(index)

    def of(self, thing: SceneObject, box: NDArray[np.float64], boxes: NDArray[np.float64]) -> list[int]:
        """Indices of the regions that belong to an area."""
        if isinstance(thing, GrandStaff):
            # A brace is linked to a system; it belongs to the staves beside it.
            middles = boxes[:, [1, 3]].mean(axis=1)
            braces = [i for i in self.braces[thing.system] if box[1] <= middles[i] <= box[3]]
            return [*braces, *(index for staff in thing.staves for index in self.by_place[(staff,)])]
        if isinstance(thing, GrandStaffMeasure):
            staves = thing.grand_staff.staves
            return [i for staff in staves for i in self.by_place[(staff, thing.system_measure)]]
        if isinstance(thing, StaffMeasure):
            return self.by_place[(thing.staff, thing.system_measure)]
        return self.by_place[(thing,)]


def _staff_space(thing: SceneObject) -> float:
    """Staff space of the first staff of an object, in mm."""
    staves: Iterable[SystemStaff] = ()
    match thing:
        case Page():
            staves = [staff for system in thing.systems[:1] for staff in system.staves]
        case System() | GrandStaff():
            staves = thing.staves
        case SystemStaff():
            staves = (thing,)
        case SystemMeasure():
            staves = thing.system.staves
        case StaffMeasure():
            staves = (thing.staff,)
        case GrandStaffMeasure():
            staves = thing.grand_staff.staves
        case VisualObject():
            if thing.staff is not None:
                staves = (thing.staff,)
            elif thing.system is not None:
                staves = thing.system.staves
    return next((staff.staff_space for staff in staves), _USUAL_STAFF_SPACE)
