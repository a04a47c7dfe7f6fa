"""Exporter of images to alignment documents (JSON)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from smashcima.errors import Issue
from smashcima.exporting.annotation import AnnotationSource, Node, PageAnnotation, annotation_of, facts_of
from smashcima.exporting.annotation.key_points import key_points_of
from smashcima.exporting.classes import VOCABULARIES, vocabulary
from smashcima.exporting.writing import write_text
from smashcima.geometry.polygon import signed_area
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import SemanticObject
from smashcima.scene.visual import StaffMeasure, System, SystemMeasure, SystemStaff, VisualObject
from smashcima.short_repr import ShortRepr

Document = dict[str, Any]

FORMAT = "smashcima-alignment"
VERSION = 1


@dataclass(frozen=True)
class AlignmentExporter(ShortRepr):
    """Exports the complete ground truth of an image as plain JSON, which can be read without Smashcima.

    `objects` are in reading order: pages, systems, staves and measures with their symbols, then groups, then
    staff spaces. Lengths are in pixels from the top left corner of the image. The documentation describes
    every field.
    """

    file_name: str = "page.png"
    outlines: bool = True
    """Whether to include the outlines of objects, which are the largest part of the file."""

    record: Mapping[str, Any] | None = None
    """The record of the scene (`scene.record`), included unchanged."""

    def export(self, x: AnnotationSource) -> Document:
        """Returns the document as a JSON-compatible dictionary."""
        annotation = annotation_of(x)
        image, ids = annotation.image, [node.id for node in annotation.nodes]
        places: dict[SceneObject, str] = {}
        for node in annotation.nodes:
            places.setdefault(node.scene_object, node.id)
        return {
            "format": FORMAT,
            "version": VERSION,
            **({} if self.record is None else {"record": dict(self.record)}),
            "image": {
                "file_name": self.file_name,
                "width": image.width,
                "height": image.height,
                "dpi": image.dpi,
            },
            "objects": [
                self._object(annotation, index, node, places) for index, node in enumerate(annotation.nodes)
            ],
            "links": {
                "syntax": [[ids[a], ids[b]] for a, b in annotation.syntax.tolist()],
                "precedence": [[ids[a], ids[b]] for a, b in annotation.precedence.tolist()],
            },
        }

    def export_string(self, x: AnnotationSource) -> str:
        """Returns the document as text, with one object per line."""
        document = self.export(x)
        objects = document.pop("objects")
        head = json.dumps(document, ensure_ascii=False)[:-1]
        lines = ",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in objects)
        return f'{head}, "objects": [\n{lines}\n]}}\n'

    def write(self, x: AnnotationSource, path: str | Path) -> None:
        """Writes the document to a file."""
        write_text(self.export_string(x), path)

    def omissions(self, x: AnnotationSource) -> list[Issue]:
        """Returns an empty list, since the document contains every object."""
        return []

    def _object(
        self, annotation: PageAnnotation, index: int, node: Node, places: dict[SceneObject, str]
    ) -> Document:
        region = annotation.regions[index]
        thing = node.scene_object
        found: Document = {
            "id": node.id,
            "label": node.sign.label,
            "traits": sorted(node.sign.traits),
            "kind": "ink" if node.is_ink else "group" if node.members else "area",
            "classes": {
                name: known
                for name in VOCABULARIES
                if name != "smashcima" and (known := vocabulary(name).class_of(node.sign)) is not None
            },
            "bbox": None if not np.isfinite(region.bbox).all() else [round(side, 2) for side in region.bbox],
            "visible": round(region.visible, 4),
        }
        if self.outlines:
            found["outline"] = [
                {"hole": signed_area(ring) < 0, "points": np.round(ring, 2).tolist()} for ring in region.rings
            ]
        if node.members:
            found["members"] = [annotation.nodes[member].id for member in node.members]
        points = key_points_of(node, region, annotation.image)
        if points:
            found["key_points"] = [[round(x, 2), round(y, 2)] for x, y in points]
        found |= _standing(thing, places)
        meaning = facts_of(node)
        element = meaning.pop("source_element", None)
        if meaning:
            found["meaning"] = meaning
        semantic = getattr(thing, "semantic", None)
        if element is not None and isinstance(semantic, SemanticObject):
            found["element"] = {"id": element, "tag": semantic.tag}
        return found


def _standing(thing: SceneObject, places: dict[SceneObject, str]) -> Document:
    """Ids of the system, staff and measure that contain an object."""
    found: dict[str, SceneObject | None] = {}
    if isinstance(thing, VisualObject):
        found = {"system": thing.system, "staff": thing.staff, "measure": thing.measure}
    elif isinstance(thing, SystemStaff | SystemMeasure):
        found = {"system": thing.system}
    elif isinstance(thing, StaffMeasure):
        found = {"system": thing.staff.system, "staff": thing.staff, "measure": thing.system_measure}
    elif isinstance(thing, System):
        found = {"page": thing.page}
    return {name: places[other] for name, other in found.items() if other is not None and other in places}
