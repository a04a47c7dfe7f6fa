"""Exporter of images to COCO documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from smashcima.errors import ExportError, Issue
from smashcima.exporting.annotation import (
    AnnotationSource,
    PageAnnotation,
    annotation_of,
    labels_without_class,
)
from smashcima.exporting.annotation.key_points import key_point_names, key_points_of
from smashcima.exporting.annotation.run_lengths import run_lengths
from smashcima.exporting.classes import ClassesField
from smashcima.exporting.coco.rle import coco_counts, compressed
from smashcima.exporting.former_names import OmittedMethod
from smashcima.exporting.writing import write_text
from smashcima.geometry.polygon import signed_area
from smashcima.scene.graph import garbage_collection_paused
from smashcima.short_repr import ShortRepr

Document = dict[str, Any]

_FIRST_OTHER_ID = 1_000_001


@dataclass(frozen=True)
class CocoExporter(OmittedMethod, ShortRepr):
    """Exports the ground truth of an image as a COCO document.

    Boxes are `[x, y, width, height]` in whole pixels from the top left corner of the image. Drawn objects
    have a mask; areas (staves, systems, measures) are polygons. In addition to the fields of COCO, each
    annotation has `attributes` with the `smashcima_id`, which is the same in every format, the id of the
    element of the score, and its meaning (pitch, onset and so on).
    """

    classes: ClassesField = ClassesField()
    """Selection of classes, or the name of a vocabulary. Category ids are positions in `classes.classes`, from 1. A class that is not among them,
    such as a label of your own, has an id above a million that depends on its name only."""

    segmentation: Literal["rle", "counts", "polygon", "none"] = "rle"
    """Format of masks: `rle` (compressed run lengths), `counts` (lists), `polygon` (outer rings of outlines),
    or `none`."""

    oriented_boxes: bool = False
    """Whether to add `obb`, the four corners of the smallest rotated rectangle: eight numbers."""

    key_points: bool = False
    """Whether to add key points: both ends of stems, beams, curves and other lines, and the centres of
    noteheads."""

    file_name: str = "page.png"
    image_id: int = 1
    first_id: int = 1
    """Id of the first annotation. Continue the numbering from page to page of a data set."""

    def export(self, x: AnnotationSource) -> Document:
        """Returns the document as a JSON-compatible dictionary. Objects without a class or a pixel have no
        annotation.
        """
        annotation = annotation_of(x)
        image = annotation.image
        category_ids = {name: number for number, name in enumerate(self.classes.classes, 1)}
        wanted: list[int] = []
        names: list[str] = []
        for index, node in enumerate(annotation.nodes):
            name = self.classes.class_of_node(node.sign, node.scene_object)
            if name is not None:
                if name not in category_ids:
                    category_ids[name] = _id_of_other_class(name)
                wanted.append(index)
                names.append(name)
        masks = self._masks(annotation, wanted)
        annotations: list[Document] = []
        boxes = annotation.regions.pixel_boxes().tolist()
        oriented = annotation.regions.oriented_boxes() if self.oriented_boxes else None
        for index, name in zip(wanted, names, strict=True):
            node = annotation.nodes[index]
            entry = self._entry(annotation, index, masks.get(index), boxes[index])
            if entry is None:
                continue
            entry |= {
                "id": self.first_id + len(annotations),
                "image_id": self.image_id,
                "category_id": category_ids[name],
            }
            if oriented is not None:
                entry["obb"] = np.round(oriented[index], 2).ravel().tolist()
            if self.key_points:
                points = key_points_of(node, annotation.regions[index], image)
                entry["keypoints"] = [value for x, y in points for value in (round(x, 2), round(y, 2), 2)]
                entry["num_keypoints"] = len(points)
            annotations.append(entry)
        return {
            "info": {"description": "Synthetic sheet music", "version": "1.0"},
            "licenses": [],
            "images": [
                {
                    "id": self.image_id,
                    "file_name": self.file_name,
                    "width": image.width,
                    "height": image.height,
                }
            ],
            "annotations": annotations,
            "categories": [self._category(name, number) for name, number in category_ids.items()],
        }

    def export_string(self, x: AnnotationSource) -> str:
        """Returns the document as text, without spaces."""
        with garbage_collection_paused():
            return json.dumps(self.export(x), separators=(",", ":"), ensure_ascii=False)

    def write(self, x: AnnotationSource, path: str | Path) -> None:
        """Writes the document to a file; raises an `ExportError` if that fails."""
        write_text(self.export_string(x), path)

    def omissions(self, x: AnnotationSource) -> list[Issue]:
        """Lists the labels in the image that have no class."""
        return labels_without_class(annotation_of(x), self.classes)

    def _masks(self, annotation: PageAnnotation, wanted: list[int]) -> dict[int, tuple[int, Any]]:
        """Areas of drawn objects, and their masks as written in the document."""
        height, width = annotation.image.height, annotation.image.width
        inked = [i for i in wanted if annotation.nodes[i].is_ink or annotation.nodes[i].members]
        masks = annotation.full_masks
        runs = run_lengths([masks[index] for index in inked], "columns")
        found = {index: mask for index, mask in zip(inked, runs, strict=True) if mask is not None}
        if self.segmentation not in ("rle", "counts") or not found:
            return {index: (mask.area, None) for index, mask in found.items()}
        counts = coco_counts(list(found.values()), height, width)
        said: list[Any] = compressed(counts) if self.segmentation == "rle" else counts.lists()
        size = [height, width]
        return {
            index: (area, {"size": size, "counts": text})
            for index, area, text in zip(found, counts.areas.tolist(), said, strict=True)
        }

    def _entry(
        self, annotation: PageAnnotation, index: int, mask: tuple[int, Any] | None, box: list[int]
    ) -> Document | None:
        """Box, area and mask of a node; `None` if it covers no pixel."""
        left, top, right, bottom = box
        if right <= left or bottom <= top:
            return None
        node = annotation.nodes[index]
        is_area = not (node.is_ink or node.members)
        if is_area:
            area: float = (right - left) * (bottom - top)
            segmentation = [] if self.segmentation == "none" else _polygons(annotation, index)
        elif mask is None:
            return None
        else:
            area = mask[0]
            segmentation = mask[1] if mask[1] is not None else []
            if self.segmentation == "polygon":
                segmentation = _polygons(annotation, index)
        return {
            "bbox": [left, top, right - left, bottom - top],
            "area": area,
            "segmentation": segmentation,
            "iscrowd": 0,
            "attributes": {"smashcima_id": node.id, **annotation.facts[index]},
        }

    def _category(self, name: str, number: int) -> Document:
        category: Document = {"id": number, "name": name, "supercategory": "music notation"}
        if self.key_points:
            names = key_point_names(name)
            category |= {"keypoints": names, "skeleton": [[1, 2]] if len(names) == 2 else []}
        return category


def _id_of_other_class(name: str) -> int:
    """Id of a class outside the selection, the same in every image and run."""
    return _FIRST_OTHER_ID + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") // 2


def _polygons(annotation: PageAnnotation, index: int) -> list[list[float]]:
    """Rings of an area that are not holes."""
    rings = annotation.regions.outlines.rings(index)
    if len(rings) > 1:
        areas = [signed_area(ring) for ring in rings]
        sign = np.sign(max(areas, key=abs))
        rings = tuple(ring for ring, area in zip(rings, areas, strict=True) if area * sign > 0)
    return [np.round(ring, 2).ravel().tolist() for ring in rings]


def merged_coco(documents: Iterable[Document]) -> Document:
    """Merges the documents of several pages; renumbers images and annotations from 1.

    Raises an `ExportError` if the documents have different categories.
    """
    result: Document | None = None
    for document in documents:
        if result is None:
            result = {**document, "images": [], "annotations": []}
        elif document["categories"] != result["categories"]:
            raise ExportError(
                "COCO documents with different categories cannot be merged. Use the same `classes` for all exporters."
            )
        new_ids = {}
        for image in document["images"]:
            new_ids[image["id"]] = len(result["images"]) + 1
            result["images"].append({**image, "id": new_ids[image["id"]]})
        for annotation in document["annotations"]:
            number = len(result["annotations"]) + 1
            result["annotations"].append(
                {**annotation, "id": number, "image_id": new_ids[annotation["image_id"]]}
            )
    if result is None:
        raise ExportError("There is no COCO document to merge.")
    return result
