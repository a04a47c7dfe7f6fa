"""Exporter of images to COCO documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import Issue
from smashcima.exporting.annotation import (
    AnnotationSource,
    PageAnnotation,
    annotation_of,
    labels_without_class,
)
from smashcima.exporting.annotation.key_points import key_point_names, key_points_of
from smashcima.exporting.classes import ClassesField
from smashcima.exporting.coco.rle import coco_counts, compressed
from smashcima.exporting.coco.text import count_texts, json_members, json_text, polygon_texts
from smashcima.exporting.former_names import OmittedMethod
from smashcima.exporting.text_columns import TextColumn, text_of
from smashcima.exporting.writing import write_text
from smashcima.geometry.polygon import signed_area
from smashcima.imaging import ImageLayer
from smashcima.kernels import kernels_are_used
from smashcima.scene.graph import garbage_collection_paused
from smashcima.short_repr import ShortRepr

Document = dict[str, Any]

_FIRST_OTHER_ID = 1_000_001


class _Chosen(NamedTuple):
    """The nodes that are exported."""

    category_ids: dict[str, int]
    nodes: NDArray[np.intp]
    """Indices of the nodes in the annotation."""

    categories: NDArray[np.int64]
    boxes: NDArray[np.int64]
    """(n, 4): left, top, width and height."""

    areas: NDArray[np.int64]
    """The areas of the boxes."""

    has_mask: NDArray[np.bool_]


class _Entries(NamedTuple):
    """The nodes that are exported, with their masks, in columns."""

    nodes: list[int]
    """Indices of the nodes in the annotation."""

    categories: list[int]
    boxes: list[list[int]]
    """Left, top, width and height."""

    areas: list[int]
    counts: list[str | list[int] | None]
    """The masks as run lengths, if they are written so."""


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
        chosen = self._chosen(annotation)
        entries = self._entries(annotation, chosen)
        return {
            **self._head(annotation.image),
            "annotations": [
                self._object(annotation, number, *entry)
                for number, entry in enumerate(zip(*entries, strict=True))
            ],
            "categories": _categories(chosen.category_ids.items(), self.key_points),
        }

    def export_string(self, x: AnnotationSource) -> str:
        """Returns the document as text, without spaces."""
        with garbage_collection_paused():
            annotation = annotation_of(x)
            chosen = self._chosen(annotation)
            head = json_text(self._head(annotation.image))[:-1]
            has_extras = self.oriented_boxes or self.key_points
            if self.segmentation == "rle" and not has_extras and kernels_are_used():
                texts = [self._text_by_kernel(annotation, chosen)]
            else:
                texts = self._texts(annotation, self._entries(annotation, chosen))
            categories = _categories_text(tuple(chosen.category_ids.items()), self.key_points)
            return "".join([head, ',"annotations":[', *texts, '],"categories":', categories, "}"])

    def write(self, x: AnnotationSource, path: str | Path) -> None:
        """Writes the document to a file; raises an `ExportError` if that fails."""
        write_text(self.export_string(x), path)

    def omissions(self, x: AnnotationSource) -> list[Issue]:
        """Lists the labels in the image that have no class."""
        return labels_without_class(annotation_of(x), self.classes)

    def _head(self, image: ImageLayer) -> Document:
        """The members of the document before its annotations."""
        file = {
            "id": self.image_id,
            "file_name": self.file_name,
            "width": image.width,
            "height": image.height,
        }
        return {
            "info": {"description": "Synthetic sheet music", "version": "1.0"},
            "licenses": [],
            "images": [file],
        }

    def _chosen(self, annotation: PageAnnotation) -> _Chosen:
        """The nodes that have a class and cover a pixel."""
        category_ids, categories = annotation.kept(
            "coco categories", self.classes, lambda: self._categories_of(annotation)
        )
        boxes = annotation.regions.pixel_boxes()
        boxes[:, 2:] -= boxes[:, :2]
        has_mask = annotation.table.has_mask
        wanted = (categories >= 0) & (boxes[:, 2:] > 0).all(axis=1)
        chosen = np.flatnonzero(wanted & (~has_mask | annotation.has_pixels))
        return _Chosen(
            category_ids,
            chosen,
            categories[chosen],
            boxes[chosen],
            boxes[chosen, 2:].prod(axis=1),
            has_mask[chosen],
        )

    def _categories_of(self, annotation: PageAnnotation) -> tuple[dict[str, int], NDArray[np.int64]]:
        """The numbers of all categories, and that of each node; -1 without a class."""
        category_ids = dict(self.classes.numbers)
        categories = []
        for name in annotation.class_names(self.classes):
            if name is not None and name not in category_ids:
                category_ids[name] = _id_of_other_class(name)
            categories.append(-1 if name is None else category_ids[name])
        return category_ids, np.array(categories, np.int64)

    def _entries(self, annotation: PageAnnotation, chosen: _Chosen) -> _Entries:
        """The chosen nodes with their masks."""
        drawn = np.flatnonzero(chosen.has_mask)
        masks, areas = annotation.column_runs.chosen(chosen.nodes[drawn]), chosen.areas.copy()
        counts: list[str | list[int] | None] = [None] * len(areas)
        if self.segmentation in ("rle", "counts"):
            found = coco_counts(masks, annotation.image.height, annotation.image.width)
            areas[drawn] = found.areas
            said: Sequence[str | list[int]] = (
                compressed(found) if self.segmentation == "rle" else found.lists()
            )
            for place, each in zip(drawn.tolist(), said, strict=True):
                counts[place] = each
        else:
            areas[drawn] = masks.areas()
        return _Entries(
            chosen.nodes.tolist(), chosen.categories.tolist(), chosen.boxes.tolist(), areas.tolist(), counts
        )

    def _text_by_kernel(self, annotation: PageAnnotation, chosen: _Chosen) -> str:
        """All annotations as JSON with compressed masks, put together by a compiled kernel."""
        from smashcima.exporting.coco.document_kernels import BYTES_PER_NUMBER, write_annotations

        height, width = annotation.image.height, annotation.image.width
        fixed = TextColumn.of(
            (
                '{"bbox":[',
                '],"area":',
                ',"segmentation":',
                f'{{"size":[{height},{width}],"counts":"',
                '"}',
                f',"image_id":{json_text(self.image_id)},"category_id":',
                "},",
            )
        )
        shapes = TextColumn.of(polygon_texts(_polygons(annotation, chosen.nodes[~chosen.has_mask])))
        attributes = annotation.kept("coco attributes", None, lambda: _attributes(annotation))
        spans = annotation.spans
        # At most one run for each pixel, and the pixels before it.
        counts = 2 * int((spans.spans[:, 2] - spans.spans[:, 1]).sum()) + len(chosen.nodes)
        room = len(shapes.content) + attributes.chosen_size(chosen.nodes) + BYTES_PER_NUMBER * counts
        text = np.empty(room + (len(fixed.content) + 8 * BYTES_PER_NUMBER) * len(chosen.nodes), np.uint8)
        used = write_annotations(
            *fixed,
            *shapes,
            *attributes,
            chosen.nodes,
            chosen.has_mask,
            chosen.boxes,
            chosen.areas,
            chosen.categories,
            *spans,
            self.first_id,
            height,
            width,
            text,
        )
        return text_of(text[: max(used - 1, 0)])

    def _object(
        self,
        annotation: PageAnnotation,
        number: int,
        index: int,
        category: int,
        box: list[int],
        area: int,
        counts: str | list[int] | None,
    ) -> Document:
        """An annotation as a dictionary."""
        segmentation: Any = []
        if counts is not None:
            segmentation = {"size": [annotation.image.height, annotation.image.width], "counts": counts}
        elif self._has_polygon(annotation, index):
            rings = _outer_rings(annotation, index)
            segmentation = [np.round(ring, 2).ravel().tolist() for ring in rings]
        return {
            "bbox": box,
            "area": area,
            "segmentation": segmentation,
            "iscrowd": 0,
            "attributes": {"smashcima_id": annotation.table.ids[index], **annotation.facts[index]},
            "id": self.first_id + number,
            "image_id": self.image_id,
            "category_id": category,
            **self._extras(annotation, index),
        }

    def _texts(self, annotation: PageAnnotation, entries: _Entries) -> list[str]:
        """All annotations as JSON, in pieces: the same as of `_object`, in a fraction of the time."""
        image_id = json_text(self.image_id)
        extras = [""] * len(entries.nodes)
        if self.oriented_boxes or self.key_points:
            extras = [f",{json_text(self._extras(annotation, index))[1:-1]}" for index in entries.nodes]
        attributes = _attribute_texts(annotation, entries.nodes)
        # The segmentations are most of the text, so it is put together once.
        segmentations = self._segmentation_texts(annotation, entries)
        pieces = [
            piece
            for (left, top, width, height), area, segmentation, said, number, category, extra in zip(
                entries.boxes,
                entries.areas,
                segmentations,
                attributes,
                range(self.first_id, self.first_id + len(entries.nodes)),
                entries.categories,
                extras,
                strict=True,
            )
            for piece in (
                f',{{"bbox":[{left},{top},{width},{height}],"area":{area},"segmentation":',
                *segmentation,
                f'{said}{number},"image_id":{image_id},"category_id":{category}{extra}}}',
            )
        ]
        if pieces:
            pieces[0] = pieces[0][1:]
        return pieces

    def _segmentation_texts(self, annotation: PageAnnotation, entries: _Entries) -> list[tuple[str, ...]]:
        """The segmentation of each node, in pieces."""
        texts: list[tuple[str, ...]] = [("[]",)] * len(entries.nodes)
        before = f'{{"size":[{annotation.image.height},{annotation.image.width}],"counts":'
        counted = [place for place, counts in enumerate(entries.counts) if counts is not None]
        for place, text in zip(counted, count_texts([entries.counts[i] for i in counted]), strict=True):
            texts[place] = (before, text, "}")
        outlined = [
            place for place, index in enumerate(entries.nodes) if self._has_polygon(annotation, index)
        ]
        polygons = _polygons(annotation, np.array([entries.nodes[place] for place in outlined], np.intp))
        for place, text in zip(outlined, polygon_texts(polygons), strict=True):
            texts[place] = (text,)
        return texts

    def _has_polygon(self, annotation: PageAnnotation, index: int) -> bool:
        """Whether the segmentation of a node is a polygon: areas have nothing else."""
        if self.segmentation == "polygon":
            return True
        return self.segmentation != "none" and not annotation.table.has_mask[index]

    def _extras(self, annotation: PageAnnotation, index: int) -> Document:
        """Oriented box and key points, as far as wanted."""
        extras: Document = {}
        if self.oriented_boxes:
            extras["obb"] = np.round(annotation.oriented_boxes[index], 2).ravel().tolist()
        if self.key_points:
            points = key_points_of(annotation.nodes[index], annotation.regions[index], annotation.image)
            extras["keypoints"] = [value for x, y in points for value in (round(x, 2), round(y, 2), 2)]
            extras["num_keypoints"] = len(points)
        return extras


def _attributes(annotation: PageAnnotation) -> TextColumn:
    return TextColumn.of(_attribute_texts(annotation, range(len(annotation))))


def _attribute_texts(annotation: PageAnnotation, nodes: Sequence[int]) -> list[str]:
    """What annotations say between their segmentation and their id."""
    facts, ids = annotation.fact_texts(nodes, json_members), annotation.table.ids
    return [
        f',"iscrowd":0,"attributes":{{"smashcima_id":{quoted(ids[index])}{said and ","}{said}}},"id":'
        for index, said in zip(nodes, facts, strict=True)
    ]


def _categories(numbers: Iterable[tuple[str, int]], key_points: bool) -> list[Document]:
    """The categories of a document, with the key points of each."""
    return [_category(name, number, key_points) for name, number in numbers]


@lru_cache(maxsize=8)
def _categories_text(numbers: tuple[tuple[str, int], ...], key_points: bool) -> str:
    """The categories as JSON, which are mostly the same for all pages of a data set."""
    return json_text(_categories(numbers, key_points))


def _category(name: str, number: int, key_points: bool) -> Document:
    category: Document = {"id": number, "name": name, "supercategory": "music notation"}
    if key_points:
        names = key_point_names(name)
        category |= {"keypoints": names, "skeleton": [[1, 2]] if len(names) == 2 else []}
    return category


def _id_of_other_class(name: str) -> int:
    """Id of a class outside the selection, the same in every image and run."""
    return _FIRST_OTHER_ID + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") // 2


def _polygons(annotation: PageAnnotation, nodes: NDArray[np.intp]) -> list[Sequence[NDArray[np.float64]]]:
    """The rings of areas that are not holes."""
    outlines = annotation.regions.outlines
    first, last = outlines.shape_rings[nodes], outlines.shape_rings[nodes + 1]
    if (last - first != 1).any():
        return [_outer_rings(annotation, index) for index in nodes.tolist()]
    # Most areas are simple, and need not be looked at one by one.
    begins, ends = outlines.ring_starts[first].tolist(), outlines.ring_starts[last].tolist()
    return [[outlines.points[begin:end]] for begin, end in zip(begins, ends, strict=True)]


def _outer_rings(annotation: PageAnnotation, index: int) -> tuple[NDArray[np.float64], ...]:
    """Rings of an area that are not holes."""
    rings = annotation.regions.outlines.rings(index)
    if len(rings) > 1:
        areas = [signed_area(ring) for ring in rings]
        sign = np.sign(max(areas, key=abs))
        rings = tuple(ring for ring, area in zip(rings, areas, strict=True) if area * sign > 0)
    return rings
