"""Exporter of images to DeepScoresV2 files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError, Issue
from smashcima.exporting.annotation import (
    AnnotationSource,
    Node,
    annotation_of,
    facts_of,
    labels_without_class,
)
from smashcima.exporting.classes import ClassSelection, vocabulary
from smashcima.exporting.deepscores.categories import Category, categories, category_of, palette
from smashcima.exporting.deepscores.palette_png import palette_png
from smashcima.exporting.former_names import OmittedMethod
from smashcima.exporting.writing import write_bytes, write_text
from smashcima.imaging import Masks
from smashcima.short_repr import ShortRepr

Document = dict[str, Any]

_SETS = ("deepscores", "muscima++")
_COARSER = {
    "noteheadFull": "noteheadFullSmall",
    "noteheadHalf": "noteheadHalfSmall",
    "gClef": "clefG",
    "cClef": "clefC",
    "fClef": "clefF",
}
"""Classes of MUSCIMA++ 2 with another name in the coarser set of DeepScoresV2. (Of noteheads, that set has
only the small ones, which stand for all.)"""


@dataclass(frozen=True)
class DeepScoresExporter(OmittedMethod, ShortRepr):
    """Exports the ground truth of an image in the format of DeepScoresV2.

    `export` returns the JSON document: axis-aligned boxes `a_bbox`, the four corners `o_bbox` of oriented
    ones, and for each object a category of each of the two annotation sets. `segmentation` returns the image
    of category colours. Numbers and colours of categories are those of the data set, so recognisers trained
    on it can be used.
    """

    file_name: str = "page.png"
    image_id: int = 1
    first_id: int = 1
    """Id of the first annotation. Continue the numbering from page to page of a data set."""

    def export(self, x: AnnotationSource) -> Document:
        """Returns the document as a JSON-compatible dictionary. Objects without a category are left out;
        `omissions` lists them.
        """
        annotation = annotation_of(x)
        boxes = annotation.regions.pixel_boxes()
        oriented = annotation.regions.oriented_boxes()
        masks = annotation.masks()
        found: Document = {}
        for index, node in enumerate(annotation.nodes):
            fine = _category(node)
            left, top, right, bottom = boxes[index].tolist()
            if fine is None or right <= left or bottom <= top:
                continue
            coarse = _coarse_category(node)
            number = self.first_id + len(found)
            area = masks.full(index).area if node.is_ink else (right - left) * (bottom - top)
            found[str(number)] = {
                "a_bbox": [left, top, right, bottom],
                "o_bbox": np.round(oriented[index], 2).ravel().tolist(),
                "cat_id": [str(fine.id), None if coarse is None else str(coarse.id)],
                "area": area,
                "img_id": str(self.image_id),
                "comments": _comments(node, index),
            }
        return {
            "info": {"description": "Synthetic sheet music in the layout of DeepScoresV2", "version": "2.0"},
            "annotation_sets": list(_SETS),
            "categories": {
                str(each.id): {
                    "name": each.name,
                    "annotation_set": each.annotation_set,
                    "color": each.color,
                }
                for each in categories()
            },
            "images": [
                {
                    "id": self.image_id,
                    "filename": self.file_name,
                    "width": annotation.image.width,
                    "height": annotation.image.height,
                    "ann_ids": list(found),
                }
            ],
            "annotations": found,
        }

    def export_string(self, x: AnnotationSource) -> str:
        """Returns the document as text, without spaces."""
        return json.dumps(self.export(x), separators=(",", ":"), ensure_ascii=False)

    def segmentation(self, x: AnnotationSource) -> NDArray[np.uint8]:
        """Returns the segmentation, (height_px, width_px): the colour of the category of the topmost ink; 0 =
        none. Staff lines are `staff`.
        """
        annotation = annotation_of(x)
        staff = category_of("staff")
        colors: dict[int, int] = {}
        for index, node in enumerate(annotation.nodes):
            found = staff if node.sign.label == "staffLine" else _category(node)
            if found is not None and node.is_ink:
                colors[index] = found.color
        # Objects without a category do not hide others.
        known = annotation.regions.chosen(np.array(list(colors), np.intp))
        named = replace(known, labels=tuple(map(str, colors.values())))
        table = {str(color): color for color in colors.values()}
        width, height = annotation.image.width, annotation.image.height
        return Masks(named, width, height).semantic_map(table).astype(np.uint8)

    def segmentation_png(self, x: AnnotationSource) -> bytes:
        """Returns the segmentation as a PNG file with a palette."""
        return palette_png(self.segmentation(x), palette())

    def write(self, x: AnnotationSource, path: str | Path) -> None:
        """Writes the JSON document and the segmentation: `page.json` and `page_seg.png`."""
        annotation = annotation_of(x)
        file = Path(path)
        write_text(self.export_string(annotation), file)
        write_bytes(self.segmentation_png(annotation), file.with_name(f"{file.stem}_seg.png"))

    def omissions(self, x: AnnotationSource) -> list[Issue]:
        """Lists the labels in the image that have no category."""
        return labels_without_class(annotation_of(x), ClassSelection("deepscores"))


def _category(node: Node) -> Category | None:
    name = vocabulary("deepscores").class_of(node.sign)
    return None if name is None else category_of(name)


def _coarse_category(node: Node) -> Category | None:
    name = vocabulary("muscimapp2").class_of(node.sign)
    if name is None:
        return None
    return category_of(name, "muscima++") or category_of(_COARSER.get(name, ""), "muscima++")


def _comments(node: Node, index: int) -> str:
    """Comments of a node, separated by semicolons as in the data set: instance, duration, position, and the
    `smashcima_id`.
    """
    facts = facts_of(node)
    said = {"instance": f"#{index + 1:06x}", "duration": facts.get("duration_beats")}
    if node.sign.label.startswith("notehead"):
        said["rel_position"] = facts.get("staff_position")
    said["smashcima_id"] = node.id
    return "".join(f"{key}:{value};" for key, value in said.items() if value is not None)


def merged_deepscores(documents: Iterable[Document]) -> Document:
    """Merges the documents of several pages; renumbers images and annotations from 1."""
    result: Document | None = None
    for document in documents:
        if result is None:
            result = {**document, "images": [], "annotations": {}}
        for image in document["images"]:
            number = len(result["images"]) + 1
            ids = []
            for old in image["ann_ids"]:
                new = str(len(result["annotations"]) + 1)
                result["annotations"][new] = {**document["annotations"][old], "img_id": str(number)}
                ids.append(new)
            result["images"].append({**image, "id": number, "ann_ids": ids})
    if result is None:
        raise ExportError("There is no DeepScores document to merge.")
    return result
