"""COCO documents of MusiCorpus: the objects of an image, and the layout of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from smashcima.datasets.layouts.musicorpus.manifest import Manifest
from smashcima.exporting.annotation import PageAnnotation
from smashcima.exporting.annotation.run_lengths import RunLengths
from smashcima.exporting.mung.nodes import MungNode
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual.page import (
    GrandStaff,
    GrandStaffMeasure,
    StaffMeasure,
    System,
    SystemMeasure,
    SystemStaff,
)

Document = dict[str, Any]

LAYOUT_CLASSES = (
    "staff",
    "emptyStaff",
    "grandstaff",
    "system",
    "staffMeasure",
    "grandstaffMeasure",
    "systemMeasure",
)


def objects_document(
    manifest: Manifest, file_name: str, width: int, height: int, nodes: Sequence[MungNode]
) -> Document:
    """The COCO document of an image. The annotations are the nodes of its MuNG, with the same ids."""
    categories: dict[str, int] = {}
    annotations = []
    for node in nodes:
        mask = node.mask
        annotations.append(
            {
                "id": node.id,
                "image_id": 0,
                "category_id": categories.setdefault(node.class_name, len(categories)),
                "segmentation": {"size": [mask.height, mask.width], "counts": _column_counts(mask)},
                "area": mask.area,
                "bbox": [mask.left, mask.top, mask.width, mask.height],
                "iscrowd": 0,
            }
        )
    return _document(manifest, file_name, width, height, annotations, categories)


def layout_document(manifest: Manifest, file_name: str, annotation: PageAnnotation) -> Document:
    """The COCO document of the areas of a page: staves, grand staves, systems and their measures."""
    image = annotation.image
    boxes = image.regions.pixel_boxes().tolist()
    found: dict[str, list[list[int]]] = {name: [] for name in LAYOUT_CLASSES}
    for thing, (left, top, right, bottom) in zip(image.regions.scene_objects, boxes, strict=True):
        name = _layout_class(thing)
        if name is not None and right > left and bottom > top:
            found[name].append([left, top, right - left, bottom - top])
    categories = {name: number for number, name in enumerate(each for each in LAYOUT_CLASSES if found[each])}
    areas = [(name, box) for name in categories for box in found[name]]
    annotations = [
        {
            "id": number,
            "image_id": 0,
            "category_id": categories[name],
            "segmentation": [_rectangle(box)],
            "area": box[2] * box[3],
            "bbox": box,
            "iscrowd": 0,
        }
        for number, (name, box) in enumerate(areas)
    ]
    return _document(manifest, file_name, image.width, image.height, annotations, categories)


def _document(
    manifest: Manifest,
    file_name: str,
    width: int,
    height: int,
    annotations: list[Document],
    categories: dict[str, int],
) -> Document:
    return {
        "info": manifest.info,
        "licenses": manifest.licences,
        "images": [manifest.image(file_name, width, height)],
        "annotations": annotations,
        "categories": [{"id": number, "name": name} for name, number in categories.items()],
    }


def _layout_class(thing: SceneObject) -> str | None:
    match thing:
        case SystemStaff():
            # Staves without music inside a system are staves nevertheless.
            return "staff" if thing.measures or len(thing.system.staves) > 1 else "emptyStaff"
        case GrandStaff():
            return "grandstaff"
        case System():
            return "system"
        case StaffMeasure():
            return "staffMeasure"
        case GrandStaffMeasure():
            return "grandstaffMeasure"
        case SystemMeasure():
            return "systemMeasure"
    return None


def _rectangle(box: Iterable[int]) -> list[int]:
    """The corners of a box, counter-clockwise from the top left one."""
    left, top, width, height = box
    return [left, top, left, top + height, left + width, top + height, left + width, top]


def _column_counts(mask: RunLengths) -> list[int]:
    """Run lengths of a mask, column by column."""
    values = np.arange(len(mask.counts)) % 2 == 1
    pixels = np.zeros(mask.height * mask.width, np.bool_)
    rows = np.repeat(values, mask.counts)
    pixels[: len(rows)] = rows
    columns = pixels.reshape(mask.height, mask.width).T.ravel()
    bounds = np.flatnonzero(np.diff(columns)) + 1
    lengths = np.diff(np.concatenate([[0], bounds, [len(columns)]])).tolist()
    counts: list[int] = [0, *lengths] if columns[0] else lengths
    return counts
